"""The narrative of one case beside what its rows give."""

from collections.abc import Iterator
from typing import NamedTuple

from cases.models import Drug, Exposure, Narrative
from cases.record.case_record import CaseRecord
from exchange.icsr.row_texts import RowDescriber
from exchange.narrative.compare import Comparison, compare
from exchange.narrative.draft import draft


class CaseNarrative(NamedTuple):
    """The stored narrative, the one drafted from the rows, and how they differ."""

    stored: str
    drafted: str
    comparison: Comparison


def narrative_of(record: CaseRecord) -> CaseNarrative:
    """Compare the narrative of a case with its rows. One query, for the names of drugs."""
    row = record.single(Narrative)
    stored, drafted = row.case_narrative if row else "", draft(record)
    return CaseNarrative(stored, drafted, compare(stored, drafted, _texts(record), _drug_names(record)))


def _texts(record: CaseRecord) -> Iterator[str]:
    """Every statement of the rows, one by one; the narratives themselves are none."""
    describer = RowDescriber(record)
    for row in record:
        if not isinstance(row, Narrative):
            yield from (describer.field(row, field) for field in row._meta.concrete_fields)


def _drug_names(record: CaseRecord) -> dict[str, str]:
    """Names of the dictionary and of the case in lower case, each with the name that stands for the drug."""
    names = {name.lower(): name for name in Drug.objects.values_list("name", flat=True)}
    for row in record.all(Exposure):
        names[row.name.lower()] = row.drug.name if row.drug else row.name
    return names
