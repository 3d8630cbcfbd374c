"""Organisations as walls between users: which users and organisations somebody works with."""

from django.db.models import QuerySet

from accounts.models import Organisation, Reach, User
from accounts.roles import Permission


def organisations_in_reach(user: User) -> QuerySet[Organisation]:
    """The organisations that a user works with: the own one, or all."""
    everything = Organisation.objects.all()
    return everything if user.reaches_all else everything.filter(pk=user.organisation_id)


def users_in_reach(user: User) -> QuerySet[User]:
    """The users whom somebody may look up."""
    return User.objects.filter(organisation__in=organisations_in_reach(user))


def may_manage(user: User, *, by: User) -> bool:
    """Whether `by` may change or issue tokens for a user: nobody of another organisation, or of wider reach.

    A superuser holds every permission: taking one over, by a new password or a token, would give them all.
    """
    if not by.may(Permission.MANAGE_USERS):
        return False
    if by.reaches_all:
        return by.is_superuser or not user.is_superuser
    return user.organisation_id == by.organisation_id and not user.reaches_all


def reaches_to_give(user: User) -> list[tuple[str, str]]:
    """The reaches that a user may give: none wider than the own."""
    return list(Reach.choices) if user.reaches_all else [(Reach.OWN.value, Reach.OWN.label)]
