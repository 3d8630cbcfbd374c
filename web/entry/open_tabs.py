"""Which tabs of the case form a request is about. The others are neither read nor sent nor saved.

A form says of each tab that it holds which state of the case the tab shows, in a hidden box of the tab. One
that says it of none, as scripts and pages from before the tabs came by themselves, holds all of them.
"""

from collections.abc import Mapping

from django.http import HttpRequest

from web.entry.entry_state import entry_state
from web.entry.form_locations import FIELDS_OF_CASE
from web.entry.form_tabs import TABS

MARK = "loaded-"
ALL = "all"
KEYS = tuple(tab.key for tab in TABS)


def open_tabs(request: HttpRequest) -> frozenset[str]:
    """The tabs that the form of a request holds: those that were posted, or the one that is asked for."""
    state = entry_state(request)
    if state.tabs is None:
        state.tabs = (
            frozenset(posted_tabs(request.POST) or KEYS) if request.method == "POST" else _asked(request)
        )
    return state.tabs


def posted_tabs(posted: Mapping[str, str]) -> dict[str, str]:
    """The tabs that a posted form holds, each with the state of the case that it shows."""
    return {key: posted[MARK + key] for key in KEYS if MARK + key in posted}


def asked_part(request: HttpRequest) -> str:
    """The tab that is to be sent without the page around it; "" where the whole page is asked for."""
    part = request.GET.get("part", "") if request.method == "GET" else ""
    return part if part in KEYS else ""


def tab_in_view(request: HttpRequest) -> str:
    """The tab to show first, unless the address names another."""
    tab = (request.POST if request.method == "POST" else request.GET).get("tab", "")
    return tab if tab in KEYS else FIELDS_OF_CASE


def _asked(request: HttpRequest) -> frozenset[str]:
    if request.GET.get("tab") == ALL:
        return frozenset(KEYS)
    return frozenset({asked_part(request) or tab_in_view(request)})
