"""What one request to the case form carries from one step of the admin to the next."""

from dataclasses import dataclass

from django.http import HttpRequest

from cases.history import Seen
from web.entry.concurrent_editing.conflicts import OthersChanges
from web.entry.page_rows import PageRows
from web.entry.service_errors import ServiceError


@dataclass
class EntryState:
    """`seen`: the state of the case that the page shows; `saved`: sentences on what was saved, if it was."""

    page_rows: PageRows | None = None
    service_error: ServiceError | None = None
    seen: Seen | None = None
    others_changes: OthersChanges | None = None
    saved: list[str] | None = None


def entry_state(request: HttpRequest) -> EntryState:
    """The state of a request, made when it is first asked for."""
    state: EntryState = request.__dict__.setdefault("entry_state", EntryState())
    return state
