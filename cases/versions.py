"""Versions of a case: the first with its opening, each follow-up and amendment, nullification.

A new version closes the one before it, which is frozen as it stands: every row, and the case as an ICH
message. What is entered afterwards belongs to the new version.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from cases.amendment import Amendment, amend
from cases.database_errors import as_validation_errors
from cases.documents.storage import store_content
from cases.models import Case, CaseState, CaseVersion, Significance, VersionKind
from cases.version_records import canonical, freeze_record

NULLIFICATION, AMENDMENT = "1", "2"  # C.1.11.1
RECORD_TYPE, MESSAGE_TYPE = "application/json", "application/xml"
# The fields of a version that can be corrected while it is open.
DESCRIBED = ("received", "day_zero", "held_by", "source", "significance")
OPENED_BY_PEOPLE = (VersionKind.FOLLOW_UP, VersionKind.AMENDMENT)


def first_versions(cases: Iterable[Case], by: User, reason: str) -> list[CaseVersion]:
    """Open version 1 of new cases, in one statement. Call it in the transaction that opens them."""
    with as_validation_errors():
        return CaseVersion.objects.bulk_create(
            CaseVersion(
                case=case,
                number=1,
                kind=VersionKind.INITIAL,
                received=case.first_received,
                reason=reason,
                opened_by=by,
            )
            for case in cases
        )


def open_version(
    case: Case,
    *,
    by: User,
    reason: str,
    kind: str = VersionKind.FOLLOW_UP,
    received: date | None = None,
    day_zero: date | None = None,
    held_by: str = "",
    source: str = "",
    significance: str = Significance.NOT_ASSESSED,
    seen: int | None = None,
) -> CaseVersion:
    """Close the open version and open the next. Raises PermissionDenied and ValidationError.

    A closed case comes back to review. A nullified one is revived by an amendment, and by nothing else. The
    latest information (C.1.5) moves forward to `received`, never back.
    """
    if kind not in OPENED_BY_PEOPLE:
        raise ValidationError({"kind": "People open follow-ups and amendments; `nullify` nullifies."})
    revives = kind == VersionKind.AMENDMENT
    if revives and case.joined_to.filter(parted_at=None).exists():
        raise ValidationError(
            f"Case {case} is joined to its master case. Part the two on its page “Same case twice”."
        )
    action = f"{VersionKind(kind).label.lower()} opened"
    with amend(case, by=by, reason=reason, action=action, seen=seen, revives=revives) as amendment:
        receipt = {"received": received, "day_zero": day_zero, "held_by": held_by, "source": source}
        version = _next(amendment, by, reason, kind=kind, significance=significance, **receipt)
        _reopen(amendment, reason, is_amendment=kind == VersionKind.AMENDMENT, received=received)
    return version


def nullify(
    case: Case, *, by: User, reason: str, seen: int | None = None, action: str = "nullified"
) -> CaseVersion:
    """Nullify a case: a version, its state and C.1.11 in one go. Raises as `open_version`."""
    with amend(case, by=by, reason=reason, action=action, seen=seen) as amendment:
        version = _next(amendment, by, reason, kind=VersionKind.NULLIFICATION, received=timezone.localdate())
        amendment.change_state(
            CaseState.NULLIFIED, nullification_or_amendment=NULLIFICATION, nullification_reason=reason
        )
    return version


def describe_version(
    version: CaseVersion, *, by: User, reason: str, seen: int | None = None, **fields: object
) -> CaseVersion:
    """Correct the open version: receipt, day zero and who held it, source, significance."""
    if unknown := set(fields) - set(DESCRIBED):
        raise ValidationError(
            f"Of a version one can say {', '.join(DESCRIBED)}; not {', '.join(sorted(unknown))}."
        )
    with amend(version.case, by=by, reason=reason, action="version described", seen=seen) as amendment:
        version.refresh_from_db()
        if version.closed_at is not None:
            raise ValidationError(f"{version} is closed and stays as it is. Open an amendment version.")
        for name, value in fields.items():
            setattr(version, name, value)
        _save(version)
        amendment.changes.append(f"{version}: {', '.join(fields)}")
        if version.received is not None:
            _move_latest(amendment, version.received)
    return version


def _next(amendment: Amendment, by: User, reason: str, **fields: object) -> CaseVersion:
    case = amendment.case
    # The caller may have read the case before somebody else changed it.
    case.refresh_from_db()
    last = case.versions.order_by("-number").first() or first_versions([case], by, reason)[0]
    _close(last, amendment, by)
    version = CaseVersion(case=case, number=last.number + 1, reason=reason, opened_by=by, **fields)
    _save(version)
    amendment.changes.append(f"opened {version}")
    return version


def _close(version: CaseVersion, amendment: Amendment, by: User) -> None:
    version.record = store_content(canonical(freeze_record(amendment.case)), RECORD_TYPE)
    try:
        version.message = store_content(_message_of_version()(amendment.case), MESSAGE_TYPE)
    except ValueError as error:
        # A report may be too unfinished to be sent; a version of it is closed all the same.
        amendment.changes.append(f"{version} is kept without an ICH message: {error}")
    version.closed_by, version.closed_at = by, timezone.now()
    _save(version)
    amendment.changes.append(f"closed {version}")


@cache
def _message_of_version() -> Callable[[Case], bytes]:
    message_of_version: Callable[[Case], bytes] = import_string(settings.MESSAGE_OF_CLOSED_VERSION)
    return message_of_version


def _save(version: CaseVersion) -> None:
    version.full_clean(exclude=("case", "opened_by", "closed_by", "record", "message"), **_UNCHECKED)
    with as_validation_errors():
        version.save()


# The database checks these, in the same words.
_UNCHECKED = {"validate_unique": False, "validate_constraints": False}


def _reopen(amendment: Amendment, reason: str, *, is_amendment: bool, received: date | None) -> None:
    values = {
        "nullification_or_amendment": AMENDMENT if is_amendment else "",
        "nullification_reason": reason if is_amendment else "",
    }
    if amendment.state in (CaseState.CLOSED, CaseState.NULLIFIED):
        amendment.change_state(CaseState.IN_REVIEW, **values)
    elif any(getattr(amendment.case, name) != value for name, value in values.items()):
        amendment.change_case(**values)
    if received is not None:
        _move_latest(amendment, received)


def _move_latest(amendment: Amendment, received: date) -> None:
    latest = amendment.case.latest_information
    if latest is None or received > latest:
        amendment.change_case(latest_information=received)
