"""The user in whose name a command changes or sends cases, for the history."""

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from accounts.roles import Permission


def add_by(parser: CommandParser) -> None:
    parser.add_argument("--by", metavar="USERNAME", help="who does this (default: the only user who may)")


def acting_user(name: str | None, permission: Permission) -> User:
    """The user named, or the only one who may. Raises CommandError with a remedy."""
    if name:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user {name!r}.")
        if not user.may(permission):
            raise CommandError(
                f"{name} may not {permission.value.replace('_', ' ')}: give the user another role."
            )
        return user
    able = [user for user in User.objects.filter(is_active=True).order_by("pk") if user.may(permission)]
    if len(able) == 1:
        return able[0]
    names = ", ".join(user.username for user in able[:10]) or "nobody"
    raise CommandError(f"Say who does this: --by USERNAME. Those who may: {names}.")
