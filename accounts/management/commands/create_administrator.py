"""The first two administrators, made in the shell; they make the others together, in the admin."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.access_log import log_event
from accounts.lockout import one_at_a_time
from accounts.models import AccessKind, Organisation, Reach, User
from accounts.role_requests import password_link

ENOUGH = 2


class Command(BaseCommand):
    help = "Make one of the first two administrators, and print a one-time link to set the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="", help="where links for a new password are sent")
        parser.add_argument("--organisation", required=True, help="identifier; it is made if there is none")
        parser.add_argument("--organisation-name", default="", help="of a new organisation")
        parser.add_argument("--address", default="http://localhost:8000", help="of the pages")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_at_a_time("first administrators"):
            count = User.objects.filter(role="administrator", is_active=True).count()
            if count >= ENOUGH:
                raise CommandError(
                    f"There are {count} administrators: in the admin, one of them asks for the "
                    "role of another user, and another one confirms it. Nothing was changed."
                )
            try:
                user = _administrator(options)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from None
            log_event(None, AccessKind.ROLE_CHANGED, user, detail=f"{user}: administrator, made in the shell")
        self.stdout.write(f"{user} is an administrator. The password is set here, once and within a day:")
        self.stdout.write(options["address"].rstrip("/") + password_link(user))


def _administrator(options: dict[str, Any]) -> User:
    """The user of this name as an administrator. Raises ValidationError."""
    identifier = options["organisation"]
    organisation = Organisation.objects.filter(identifier=identifier).first()
    if organisation is None:
        organisation = Organisation(identifier=identifier, name=options["organisation_name"] or identifier)
        organisation.full_clean()
        organisation.save()
    user = User.objects.filter(username=options["username"]).first()
    if user is None:
        user = User(username=options["username"])
        user.set_unusable_password()
        user.organisation, user.email = organisation, options["email"].lower()
    user.role, user.reach, user.is_staff, user.is_active = "administrator", Reach.ALL, True, True
    user.full_clean()
    user.save()
    return user
