"""Who may see and do what: for each rule a queryset and a predicate that agree."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Permission
from cases.models import Case, CaseShare


def visible_to(user: User) -> QuerySet[Case]:
    """The cases that a user may read."""
    return _allowed(user, Permission.VIEW_CASES)


def visible_case_of(user: User, number: str, *, identities: bool) -> Case | None:
    """The case of a number as a machine or an address names it; None where the user may read none.

    Without `identities`, cases bear their pseudonyms only. With them, both: a researcher's question names
    the pseudonym.
    """
    if "\x00" in number:  # PostgreSQL takes no text with this character, so that no case has it
        return None
    cases = visible_to(user).select_related("summary")
    by_number = cases.filter(number=number).first() if identities else None
    return by_number or cases.filter(summary__pseudonym=number).first()


def shown_number(case: Case, *, identities: bool) -> str:
    """The number under which a reader knows a case."""
    return case.number if identities else case.summary.pseudonym


def can_view(user: User, case: Case) -> bool:
    return _is_allowed(user, case, Permission.VIEW_CASES)


def sees_identities(user: User) -> bool:
    """Whether a user may read what could identify patient or reporter, and the report's own words."""
    return _may(user, Permission.VIEW_IDENTITIES)


def amendable_by(user: User) -> QuerySet[Case]:
    """The cases whose evidence a user may change."""
    return _allowed(user, Permission.AMEND_CASES)


def can_amend(user: User, case: Case) -> bool:
    return _is_allowed(user, case, Permission.AMEND_CASES)


def adjudicable_by(user: User) -> QuerySet[Case]:
    """The cases whose score a user may answer items of."""
    return _allowed(user, Permission.ADJUDICATE)


def can_adjudicate(user: User, case: Case) -> bool:
    return _is_allowed(user, case, Permission.ADJUDICATE)


@dataclass(frozen=True)
class Reach:
    """Among which cases a user has their permissions: the condition of a query, and the same of one case."""

    condition: Q
    includes: Callable[[Case], bool]


EVERY_CASE = Reach(Q(), lambda case: True)


def reach_of(user: User, permission: Permission = Permission.VIEW_CASES) -> Reach:
    """All cases, or those of the own organisation and, to be read only, those shared with it."""
    if user.reaches_all:
        return EVERY_CASE
    own = Q(organisation=user.organisation_id)
    if permission != Permission.VIEW_CASES:
        return Reach(own, lambda case: case.organisation_id == user.organisation_id)
    shares = CaseShare.objects.filter(organisation=user.organisation_id, withdrawn_at__isnull=True)
    return Reach(
        own | Q(pk__in=shares.values("case")),
        lambda case: case.organisation_id == user.organisation_id or shares.filter(case=case).exists(),
    )


def _allowed(user: User, permission: Permission) -> QuerySet[Case]:
    if not _may(user, permission):
        return Case.objects.none()
    return Case.objects.filter(reach_of(user, permission).condition)


def _is_allowed(user: User, case: Case, permission: Permission) -> bool:
    return _may(user, permission) and reach_of(user, permission).includes(case)


def _may(user: User, permission: Permission) -> bool:
    return user.is_authenticated and user.may(permission)
