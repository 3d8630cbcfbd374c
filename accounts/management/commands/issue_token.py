"""`manage.py issue_token`: an API token for a user, made in the shell."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.access_log import log_event
from accounts.api_tokens import LASTS_DAYS, MAX_DAYS, store_token
from accounts.models import AccessKind, Scope, User


class Command(BaseCommand):
    help = "Make an API token for a user, and print it: it is shown once, and only its digest is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        scopes = ", ".join(f"{value} ({label.lower()})" for value, label in Scope.choices)
        parser.add_argument(
            "--scope",
            nargs="+",
            action="extend",
            required=True,
            choices=Scope.values,
            help=f"what it may be used for, as far as the user's role allows: {scopes}",
        )
        parser.add_argument("--days", type=int, default=LASTS_DAYS, help=f"how long it opens ({LASTS_DAYS})")
        parser.add_argument("--name", default="issued in the shell", help="which machine uses it")
        parser.add_argument("--plain", action="store_true", help="print nothing but the token, for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if not 1 <= days <= MAX_DAYS:
            raise CommandError(f"--days {days}: choose a number from 1 to {MAX_DAYS}.")
        user = User.objects.filter(username=options["username"]).first()
        if user is None or not user.is_active:
            raise CommandError(f"There is no active user {options['username']!r}.")
        expires = timezone.now() + timedelta(days=days)
        try:
            token, secret = store_token(user, options["name"], set(options["scope"]), expires, by=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        detail = f"API token {token.name}: made in the shell, {', '.join(token.scopes)}"
        log_event(None, AccessKind.ACCOUNT_CHANGED, user, detail=detail)
        if options["plain"]:
            self.stdout.write(secret)
            return
        self.stdout.write(f"{user}, {', '.join(token.scopes)}, until {expires:%Y-%m-%d %H:%M} UTC:")
        self.stdout.write(secret)
        self.stdout.write("Send it as “Authorization: Bearer <token>”. It can't be shown again.")
