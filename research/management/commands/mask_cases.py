"""`manage.py mask_cases`: have the documents of all cases without identities ready before anybody asks."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from cases.management.progress import counting
from cases.models import Case
from research.masked_documents import whole

CHUNK = 250


class Command(BaseCommand):
    help = (
        "Make the de-identified document of each case whose stored one is missing or no longer of it. "
        "Without this, it is made when it is asked for first, which takes several times as long."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Case.objects.order_by("pk").values_list("pk", flat=True)
        total = cases.count()
        keys = cases.iterator(CHUNK)
        with counting("Cases", total) as advance:
            while chunk := list(islice(keys, CHUNK)):
                advance(len(whole(chunk)))
        self.stdout.write(f"The de-identified documents of {total:,} cases are ready.")
