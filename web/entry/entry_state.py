"""What one request to the case form carries from one step of the admin to the next."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from cases.history import Seen
from cases.models import Case
from cases.record.case_record import CaseRecord
from web.entry.concurrent_editing.conflicts import OthersChanges
from web.entry.page_rows import PageRows
from web.entry.service_errors import ServiceError


@dataclass
class EntryState:
    """`tabs`: those that the form holds; `case`: the one on the page, once it is read.

    `record`: the case as it is stored, where nothing was posted; `seen`: its state that the page shows;
    `saved`: sentences on what was saved, if it was.
    """

    tabs: frozenset[str] | None = None
    case: Case | None = None
    page_rows: PageRows | None = None
    record: CaseRecord | None = None
    service_error: ServiceError | None = None
    seen: Seen | None = None
    others_changes: OthersChanges | None = None
    saved: list[str] | None = None
    nested_formsets: dict[Any, Any] = field(default_factory=dict)  # classes of formsets, made once


def entry_state(request: HttpRequest) -> EntryState:
    """The state of a request, made when it is first asked for."""
    state: EntryState = request.__dict__.setdefault("entry_state", EntryState())
    return state


def case_on_page(request: HttpRequest, row: Model | None) -> Case | None:
    """The case of a request's page. The tables of the form are handed it, and tables below a row that row."""
    state = entry_state(request)
    if isinstance(row, Case):
        state.case = row
    return state.case
