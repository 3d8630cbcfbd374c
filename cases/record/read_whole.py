"""Read whole cases, every row of them, for export: a fixed number of queries, however many cases."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import ForeignKey

from cases.models import CASE_ROWS, Case, CaseRow, CaseScore, Drug
from cases.record.fast_rows import light_rows, order_of
from cases.record.whole_case import WholeCase, keys_to_rows

CHUNK = 200


def whole_cases(case_ids: Iterable[int]) -> dict[int, WholeCase]:
    """These cases by id, in the order asked for, with all their rows.

    One query for the cases, one for their scores, one for each table and one for the drug dictionary. The
    caller sees to it that only visible cases are asked for.
    """
    ids = list(case_ids)
    cases = Case.objects.in_bulk(ids)
    found = {pk: WholeCase(cases[pk]) for pk in ids if pk in cases}
    for score in CaseScore.objects.filter(case_id__in=ids):
        found[score.case_id].score = score
    with connection.cursor() as cursor:
        by_key = {model: _read(cursor, model, ids, found) for model in CASE_ROWS}
    _link(by_key)
    return found


def stream_whole_cases(case_ids: Iterable[int], chunk: int = CHUNK) -> Iterator[WholeCase]:
    """As `whole_cases`, but in chunks, so that memory doesn't grow with the number of cases."""
    left = iter(case_ids)
    while ids := list(islice(left, chunk)):
        yield from whole_cases(ids).values()


def _read(
    cursor: CursorWrapper, model: type[CaseRow], ids: list[int], found: dict[int, WholeCase]
) -> dict[int, CaseRow]:
    linked = any(_leads_outside(key) for key in model._meta.fields)
    rows = _rows_with_links(model, ids) if linked else light_rows(cursor, model, ids)
    to_case: Any = next(field for field in model._meta.fields if field.name == "case")
    by_key = {}
    for row in rows:
        by_key[row.pk] = row
        whole = found[row.case_id]  # type: ignore[index]
        whole.rows[model].append(row)
        to_case.set_cached_value(row, whole.case)
    return by_key


def _rows_with_links(model: type[CaseRow], ids: list[int]) -> Iterable[CaseRow]:
    """Rows with the files and other cases that they name."""
    outside = [key for key in model._meta.fields if _leads_outside(key)]
    files = [key.name for key in outside if _leads_to(key, "StoredFile")]
    rows = model.objects.filter(case_id__in=ids).order_by(*order_of(model))
    return rows.select_related(*(key.name for key in outside)).defer(
        *(f"{name}__thumbnail" for name in files)
    )


def _link(by_key: dict[type[CaseRow], dict[int, CaseRow]]) -> None:
    """Let foreign keys between the rows, and to the dictionary, lead to what is in memory."""
    drugs: dict[int, Drug] | None = None
    for model, rows in by_key.items():
        for key in keys_to_rows(model):
            for row in rows.values():
                if (pk := getattr(row, key.attname)) is not None:
                    key.set_cached_value(row, by_key[key.related_model][pk])  # type: ignore[index]
        for to_drug in [key for key in model._meta.fields if _leads_to(key, "Drug")]:
            if drugs is None:
                drugs = _drugs(by_key)
            for row in rows.values():
                if (pk := getattr(row, to_drug.attname)) is not None:
                    to_drug.set_cached_value(row, drugs[pk])  # type: ignore[attr-defined]


def _drugs(by_key: dict[type[CaseRow], dict[int, CaseRow]]) -> dict[int, Drug]:
    wanted = {
        getattr(row, key.attname)
        for model, rows in by_key.items()
        for key in model._meta.fields
        if _leads_to(key, "Drug")
        for row in rows.values()
    }
    return {drug.pk: drug for drug in Drug.objects.filter(pk__in=wanted - {None})}


def _leads_to(key: object, *models: str) -> bool:
    return isinstance(key, ForeignKey) and key.related_model.__name__ in models


def _leads_outside(key: object) -> bool:
    """Whether a key leads to a file, or to a case that is not the row's own."""
    return _leads_to(key, "StoredFile") or (_leads_to(key, "Case") and key.name != "case")  # type: ignore[attr-defined]
