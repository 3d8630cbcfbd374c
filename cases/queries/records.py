"""Read whole cases for scoring: a fixed number of queries, however many cases."""

from collections.abc import Iterable, Sequence

from cases.facts.record import SOURCES, Record
from cases.models import Case, CaseRow


def records(case_ids: Iterable[int], tables: Sequence[type[CaseRow]] = SOURCES) -> dict[int, Record]:
    """The records of these cases by id. One query for the cases and one for each table."""
    ids = list(case_ids)
    found = {case.pk: Record(case) for case in Case.objects.filter(pk__in=ids)}
    for model in tables:
        for row in model.objects.filter(case_id__in=ids).order_by(*_order(model)):
            if row.case_id in found:
                found[row.case_id].rows[model].append(row)
    return found


def _order(model: type[CaseRow]) -> tuple[str, ...]:
    names = {field.name for field in model._meta.fields}
    return ("position", "id") if "position" in names else ("id",)
