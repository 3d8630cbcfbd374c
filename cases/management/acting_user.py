"""In whose name a command acts: whoever changes or sends cases has a name in the history."""

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from accounts.roles import Permission


def add_by(parser: CommandParser) -> None:
    parser.add_argument("--by", metavar="USERNAME", help="who does this (default: the only user who may)")


def acting_user(name: str | None, permission: Permission) -> User:
    """The user named, or the only one who may. Raises CommandError with a remedy."""
    if name:
        found = User.objects.filter(username=name).first()
        if found is None:
            raise CommandError(f"There is no user {name!r}.")
        if not found.may(permission):
            raise CommandError(
                f"{name} may not {permission.value.replace('_', ' ')}: give the user another role."
            )
        return found
    able = [user for user in User.objects.filter(is_active=True).order_by("pk") if user.may(permission)]
    if len(able) == 1:
        return able[0]
    names = ", ".join(user.username for user in able[:10]) or "nobody"
    raise CommandError(f"Say who does this: --by USERNAME. Those who may: {names}.")
