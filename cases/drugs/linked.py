"""New drugs of a case are linked to the entry of the dictionary that has their name.

Only where nobody chose an entry, and only equal names: neither a part of a name nor another spelling is
guessed. The form shows the link, where it can be changed or taken away; what was taken away stays away.
"""

from collections.abc import Iterable

from django.db.models.functions import Lower

from cases.models import CaseRow, Drug, Exposure, Treatment
from cases.models.patient import EarlierDrug

LINKED = (Exposure, EarlierDrug, Treatment)


def link_drugs(rows: Iterable[CaseRow]) -> None:
    """Link new rows whose name is a drug's of the dictionary. Two queries; none where all are linked."""
    unlinked = [row for row in rows if isinstance(row, LINKED) and row._state.adding and row.drug is None]
    if not unlinked:
        return
    names = {_as_compared(row.name) for row in unlinked}
    drugs = Drug.objects.annotate(lower=Lower("name")).filter(lower__in=names).prefetch_related("half_lives")
    by_name = {drug.lower: drug for drug in drugs}
    for row in unlinked:
        row.drug = by_name.get(_as_compared(row.name))


def _as_compared(name: str) -> str:
    return " ".join(name.split()).lower()
