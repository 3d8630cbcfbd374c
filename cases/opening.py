"""Open a case: the case itself, its first version and its first rows."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission
from cases.amendment import Amendment, door
from cases.database_errors import as_validation_errors
from cases.holders import check_holder
from cases.models import Case
from cases.versions import first_versions


@contextmanager
def opening(number: str, *, by: User, reason: str, **fields: object) -> Iterator[Amendment]:
    """Open a case with its first version and enter its first rows, in one go.

    Raises PermissionDenied and ValidationError.
    """
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not open cases.")
    if not reason.strip():
        raise ValidationError("Give a reason for opening the case: it is kept in the history.")
    fields.setdefault("organisation", by.organisation)
    case = Case(number=number, **fields)
    case.full_clean(validate_constraints=False)
    check_holder(case.organisation, by=by)
    with transaction.atomic():
        insert_cases([case], by=by, reason=reason)
        with door([case], by=by, reason=reason, action="opened") as (amendment,):
            yield amendment


def insert_cases(cases: list[Case], *, by: User, reason: str) -> None:
    """Store new cases, each with its first version; their rows follow through the door.

    Call it in the transaction that enters the rows. Raises ValidationError.
    """
    context = {"user": by.pk, "username": by.get_username(), "reason": reason}
    with pghistory.context(**context), as_validation_errors():
        Case.objects.bulk_create(cases)
        first_versions(cases, by, reason)
