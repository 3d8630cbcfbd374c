"""What was sent and received, and which case or submission a message means."""

from collections.abc import Iterable, Iterator

from accounts.models import User
from cases.models import Batch, Case, StoredFile
from cases.queries.visibility import visible_to


class UnknownCases(LookupError):
    """Some of the numbers belong to no case that the user may see."""


def cases_numbered(numbers: Iterable[str], user: User | None = None) -> list[Case]:
    """The cases of these numbers, in their order, each once. Raises UnknownCases with a remedy."""
    wanted = list(dict.fromkeys(numbers))
    cases = visible_to(user) if user else Case.objects.all()
    found = {case.number: case for case in cases.filter(number__in=wanted)}
    unknown = [number for number in wanted if number not in found]
    if unknown:
        raise UnknownCases(
            f"No case is numbered {', '.join(unknown)}. `manage.py score` lists all cases by their numbers."
        )
    return [found[number] for number in wanted]


def file_of(batch: Batch) -> Iterator[bytes]:
    """The bytes of a batch's file as it came or left, piece by piece."""
    digests = batch.pieces.order_by("position").values_list("file_id", flat=True)
    for digest in digests.iterator(chunk_size=1000):
        yield bytes(StoredFile.objects.values_list("content", flat=True).get(pk=digest))
