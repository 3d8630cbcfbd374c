"""One case reported twice: one becomes the master case, the other its duplicate, until they are parted.

The master gets the other's identifiers (C.1.9.1.r) and a link to it (C.1.10.r). The duplicate is nullified:
it stays as it is, and is out of lists and counts. Which rows the master got is stored, so that parting takes
back those and no others.
"""

from collections.abc import Iterable
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.amendment import amend
from cases.database_errors import as_validation_errors
from cases.locks import lock_cases
from cases.models import Case, CaseRow, CaseState, JoinedDuplicate, LinkedCase, OtherIdentifier, VersionKind
from cases.versions import nullify, open_version
from cases.visibility import can_view

# The word of the event log for what becomes of the duplicate.
JOINED = "joined to master case"
RELATION = "The same case, reported once more."
HAS_NONE = {"C.1.9.1": "NI"}
LONGEST_REASON = 2000  # C.1.11.2


def join(
    case: Case, master: Case, *, identifiers: Iterable[tuple[str, str]], by: User, reason: str
) -> JoinedDuplicate:
    """Make a case a duplicate of a master case.

    `identifiers`: source and number of all that the master gets as other identifiers (C.1.9.1.r). Raises
    PermissionDenied, and ValidationError where one of the two can't be changed.
    """
    joined = JoinedDuplicate(case=case, master=master, by=by, reason=reason)
    with transaction.atomic():
        lock_cases([case.pk, master.pk])
        with amend(master, by=by, reason=reason, action="duplicate joined") as amendment:
            rows = [*_new_identifiers(master, identifiers), *_new_links(master, case)]
            joined.added = [str(row.uuid) for row in rows]
            with as_validation_errors():
                joined.save()
            amendment.add_all(rows)
            amendment.changes.append(f"{case} is the same case")
            if not master.has_other_identifiers and master.other_identifiers.exists():
                flavors = {
                    name: flavor for name, flavor in master.null_flavors.items() if name not in HAS_NONE
                }
                amendment.change_case(has_other_identifiers=True, null_flavors=flavors)
        because = f"Duplicate of {identifier_of(master)}: {reason}"
        nullify(case, by=by, reason=because[:LONGEST_REASON], action=JOINED)
    return joined


def part(joined: JoinedDuplicate, *, by: User, reason: str) -> None:
    """Undo a joining: the duplicate comes back to review, and the master loses what it got.

    Raises PermissionDenied and ValidationError.
    """
    master = joined.master
    with transaction.atomic():
        lock_cases([joined.case_id, master.pk])
        locked = JoinedDuplicate.objects.select_for_update().get(pk=joined.pk)
        if locked.parted_at is not None:
            raise ValidationError(f"The two were parted on {locked.parted_at:%d %B %Y} already.")
        locked.parted_at = timezone.now()
        locked.save(update_fields=["parted_at"])
        open_version(joined.case, by=by, reason=reason, kind=VersionKind.AMENDMENT)
        with amend(master, by=by, reason=reason, action="duplicate parted", revives=True) as amendment:
            for row in chain(master.other_identifiers.all(), master.linked_cases.all()):
                if str(row.uuid) in locked.added:
                    amendment.remove(row)
            if master.has_other_identifiers and not master.other_identifiers.exists():
                flavors = {**master.null_flavors, **HAS_NONE}
                amendment.change_case(has_other_identifiers=None, null_flavors=flavors)


def joining_of(case: Case) -> JoinedDuplicate | None:
    """How a case is a duplicate; None if it is none."""
    return case.joined_to.filter(parted_at=None).select_related("master").first()


def master_for(user: User, case: Case) -> Case | None:
    """The master case of a duplicate, if it is one and the user may read its master."""
    joined = joining_of(case) if case.state == CaseState.NULLIFIED else None
    return joined.master if joined and can_view(user, joined.master) else None


def identifier_of(case: Case) -> str:
    """The worldwide identifier of a case, or the number under which it is here."""
    return case.worldwide_id or case.safety_report_id or case.number


def _new_identifiers(master: Case, identifiers: Iterable[tuple[str, str]]) -> list[CaseRow]:
    known = set(master.other_identifiers.values_list("identifier", flat=True))
    new = {number: source for source, number in identifiers if number and number not in known}
    return [OtherIdentifier(case=master, source=source, identifier=number) for number, source in new.items()]


def _new_links(master: Case, case: Case) -> list[CaseRow]:
    number = identifier_of(case)
    if master.linked_cases.filter(number=number).exists():
        return []
    return [LinkedCase(case=master, number=number, other=case, relation=RELATION)]
