"""Hand a valid case form to the services: one call, everything or nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from cases.amendment import Amendment, amend
from cases.database_errors import as_validation_errors
from cases.models import CaseState
from cases.opening import opening
from cases.workflow import DATA_ENTRY, needs_reason
from web.entry.concurrent_editing.seen_form import FORM_ONLY_FIELDS
from web.entry.django_types import AnyModelForm
from web.entry.posted_changes import PostedChange, posted_changes
from web.entry.service_errors import service_errors_raised

MISSING = "Give a reason: it is kept in the history of the case, and from review on every change has one."


def open_case(form: AnyModelForm, formsets: list[Any], user: User) -> None:
    """Open the case that was typed in, with all its rows. Raises ServiceError."""
    fields = {name: value for name, value in form.cleaned_data.items() if name not in FORM_ONLY_FIELDS}
    changes = posted_changes(formsets)
    case = form.instance
    with service_errors_raised(), opening(by=user, reason=_reason(form), **fields) as amendment:
        _apply(changes, amendment)
    case.pk, case._state.adding = amendment.case.pk, False


def amend_case(form: AnyModelForm, formsets: list[Any], user: User) -> bool:
    """Amend a case with whatever was changed; False if nothing was. Raises ServiceError."""
    columns = [name for name in form.changed_data if name not in FORM_ONLY_FIELDS]
    changes = posted_changes(formsets)
    if not columns and not changes:
        return False
    seen = form.cleaned_data["seen"]
    event = seen.event if seen is not None else None
    with (
        service_errors_raised(),
        amend(form.instance, by=user, reason=_reason(form), seen=event) as amendment,
    ):
        if columns:
            amendment.change_case(**{name: form.cleaned_data[name] for name in columns})
        _apply(changes, amendment)
    return True


def _reason(form: AnyModelForm) -> str:
    reason = form.cleaned_data["reason"]
    if reason:
        return str(reason)
    if form.instance._state.adding or needs_reason(form.initial.get("state", CaseState.DRAFT)):
        raise ValidationError({"reason": MISSING})
    return DATA_ENTRY


def _apply(changes: list[PostedChange], amendment: Amendment) -> None:
    for change in changes:
        if change.row.case_id is None:
            change.row.case = amendment.case
        change.apply(amendment)
    with as_validation_errors():
        # Links between rows are otherwise checked after this, when no answer can be given any more.
        connection.check_constraints()
