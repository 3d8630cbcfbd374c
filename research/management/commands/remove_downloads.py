"""`manage.py remove_downloads`: remove prepared downloads whose time is over. For a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from research.downloads import remove_expired


class Command(BaseCommand):
    help = "Remove prepared downloads that are older than DOWNLOADS_KEPT_MINUTES. Have a timer call it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Expired downloads removed: {remove_expired()}.")
