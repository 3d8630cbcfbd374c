"""`manage.py mask_cases`: have the documents of all cases without identities ready before anybody asks."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from cases.management.progress import counting
from cases.models import Case
from cases.unreadable import read_each
from research.masked_documents import whole

CHUNK = 250


class Command(BaseCommand):
    help = (
        "Make the de-identified document of each case whose stored one is missing or no longer of it. "
        "Without this, it is made when it is asked for first, which takes several times as long."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Case.objects.order_by("pk").values_list("pk", flat=True)
        total, count = cases.count(), 0
        keys = cases.iterator(CHUNK)
        with counting("Cases", total) as advance:
            while chunk := list(islice(keys, CHUNK)):
                ready, _ = read_each(chunk, whole)
                count += len(ready)
                advance(len(chunk))
        self.stdout.write(f"The de-identified documents of {count:,} cases are ready.")
        if count < total:
            self.stderr.write(f"{total - count:,} can't be made: the log says of which cases, and why.")
