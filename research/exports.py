"""Read the rows of many cases table by table for export, as recorded or de-identified.

The caller passes the keys of visible cases only, one chunk at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from assessments.display.badge import badge
from assessments.models import AssessmentItem, Standing
from cases.models import Case, CaseSummary, Drug
from cases.models.fields import MomentField
from cases.record.case_record import SOURCES
from cases.record.case_timeline import CaseTimeline, dated
from cases.record.read_cases import read_scored_cases
from research.deidentified import TABLE, Leaves, leaves, words_of
from research.deidentified_json import facts_of_scores
from research.deidentified_sentences import Sentences, readings_of, sentences
from research.masking import BANDS
from research.recognised import CODED_BY, Recogniser, Words
from scoring.canonical import decode_facts
from scoring.instruments import INSTRUMENTS, PRIMARY
from scoring.result import Reading
from values.dates import PartialDate
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]

Cell = str | int | Decimal | bool | date | datetime | None
Shape = Callable[[tuple[Any, ...], "Masking | None"], tuple[Cell, ...]]
Mask = Callable[[list[Any], "Masking"], None]
# Of these a row is named by its case, or not at all.
WITHOUT_UUID = (Case, CaseSummary, Standing)
# A date that leaves as days fills two columns of these endings.
LEAST, MOST = "_days_least", "_days_most"
DAYS_MEAN = "days from the onset of the reaction, negative before it, at"


@dataclass(frozen=True)
class Column:
    """A column of a file: its name, what it holds, and what it means."""

    name: str
    kind: str  # text, number, whole, truth, day or time
    meaning: str


BADGE = Column("badge", "text", "The class in words: settled, reported, or open with all classes in reach.")


@dataclass(frozen=True)
class ExportTable:
    """A table of the export: its statement, and how a selected row becomes a row of the file."""

    name: str
    columns: tuple[Column, ...]
    sql: str
    shape: Shape
    is_of_cases: bool = True

    def rows(self, ids: list[int], masking: "Masking | None") -> Iterator[tuple[Cell, ...]]:
        """The rows of these cases in the order of the cases. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [ids] if self.is_of_cases else [])
            for row in cursor.fetchall():
                yield self.shape(row, masking)


class Masking:
    """What de-identifies the rows of some cases: their time lines, the recogniser, and their sentences.

    A fixed number of queries for any number of cases.
    """

    def __init__(self, ids: list[int]) -> None:
        self.timelines = {pk: CaseTimeline(record) for pk, record in read_scored_cases(ids).items()}
        self.recogniser = Recogniser()
        self._facts = facts_of_scores(ids)
        self._readings: dict[int, dict[str, Reading]] = {}

    def sentences(self, case_id: int, key: str, answer: str, basis: str) -> Sentences:
        """The sentences of an item of the standing score, without what people typed."""
        if case_id not in self._readings:
            stored = self._facts.get(case_id)
            self._readings[case_id] = (
                readings_of(stored.rule_version, decode_facts(stored.facts), self.recogniser)
                if stored
                else {}
            )
        return sentences(answer, basis, self._readings[case_id].get(key))


def export_tables(*, is_deidentified: bool) -> list[ExportTable]:
    """Every table of the record, the scores with their items, and the dictionary that drugs refer to."""
    return [
        *(_table(model, is_deidentified=is_deidentified) for model in TABLE),
        _items(is_deidentified=is_deidentified),
        _dictionary(),
    ]


def masking_of(ids: list[int], *, is_deidentified: bool) -> Masking | None:
    """What de-identifies the rows of these cases; None unless they are."""
    return Masking(ids) if is_deidentified else None


def _table(model: type[models.Model], *, is_deidentified: bool) -> ExportTable:
    fields = {field.name: field for field in model._meta.concrete_fields}
    ways = leaves(model) if is_deidentified else dict.fromkeys(fields, Leaves.AS_IS)
    as_is, words, ages, days = (
        [fields[name] for name, way in ways.items() if way is wanted]
        for wanted in (Leaves.AS_IS, Leaves.RECOGNISED, Leaves.BANDED, Leaves.AS_DAYS)
    )
    key = "id" if model is Case else "case_id"
    if is_deidentified:
        as_is = [field for field in as_is if field.name != "uuid"]  # it stands for the key
    # Days are counted by case and row: both keys are selected last, and cut off from the row of the file.
    tail = [key, *(["uuid"] if model not in WITHOUT_UUID else [])]
    shown = (*as_is, *words, *ages)
    hidden = _hidden_keys(model, as_is) if is_deidentified else {}
    names = [hidden.get(field.name, f't."{field.column}"') for field in (*shown, *days)]
    order = "" if model in (Case, CaseSummary) else ", t.id"
    sql = (
        f"SELECT {', '.join([*names, *(f't.{name}' for name in tail)])} "  # noqa: S608 - names of models
        f"FROM unnest(%s) WITH ORDINALITY chosen (id, place) JOIN {model._meta.db_table} t "
        f"ON t.{key} = chosen.id ORDER BY chosen.place{order}"
    )
    columns = (
        *(_column(field, is_hidden=field.name in hidden) for field in shown),
        *(end for field in days for end in _ends(field)),
    )
    converted = tuple(
        at
        for at, field in enumerate(as_is)
        if field.name in hidden or isinstance(field, models.UUIDField | ArrayField)
    )
    masks = tuple(_masks(model, shown)) if is_deidentified else ()
    shape = _shape(len(shown), converted, masks, tuple(_counted(model, field) for field in days), len(tail))
    if model is Standing:
        columns, shape = (*columns, BADGE), _with_badge(tuple(field.name for field in as_is), shape)
    return ExportTable(str(model._meta.model_name), columns, sql, shape)


def _hidden_keys(model: type[models.Model], shown: Iterable["AnyField"]) -> dict[str, str]:
    """By column, what stands for a key that shows the order of entry: the pseudonym of a case, the UUID of
    any other row. As SQL of the table `t`.
    """
    keys = {}
    for field in shown:
        target: Any = field.related_model if field.is_relation else model if field.primary_key else None
        if target in (None, Drug):
            continue
        table, key, stands_for_it = target._meta.db_table, "id", "uuid"
        if target is Case:
            table, key, stands_for_it = CaseSummary._meta.db_table, "case_id", "pseudonym"
        keys[field.name] = f"(SELECT k.{stands_for_it} FROM {table} k WHERE k.{key} = t.{field.column})"  # noqa: S608
    return keys


def _masks(model: type[models.Model], shown: Sequence["AnyField"]) -> Iterator[Mask]:
    """What masks the recognised texts and the ages of a row, in place."""
    at = {field.name: position for position, field in enumerate(shown)}
    for column, words in words_of(model).items():
        yield _named_by(at[column], words, at.get(CODED_BY.get(words, "")))
    for first, second, banded in BANDS:
        if leaves(model).get(first) is Leaves.BANDED:
            yield _banded_by(at[first], at[second], banded)


def _named_by(at: int, words: Words, coded: int | None) -> Mask:
    def mask(cells: list[Any], masking: Masking) -> None:
        cells[at] = masking.recogniser.shown(words, cells[at], None if coded is None else cells[coded])

    return mask


def _banded_by(first: int, second: int, banded: Callable[..., tuple[Any, Any]]) -> Mask:
    def mask(cells: list[Any], masking: Masking) -> None:
        cells[first], cells[second] = banded(cells[first], cells[second])

    return mask


def _with_badge(names: tuple[str, ...], shape: Shape) -> Shape:
    """As `shape`, with the class in words at the end of the row of a standing."""

    def with_badge(row: tuple[Any, ...], masking: Masking | None) -> tuple[Cell, ...]:
        values = dict(zip(names, row, strict=False))
        definition = INSTRUMENTS.get(values["instrument"])
        words = str(badge(SimpleNamespace(**values, definition=definition))) if definition else ""
        return (*shape(row, masking), words)

    return with_badge


def _shape(
    width: int,
    converted: tuple[int, ...],
    masks: tuple[Mask, ...],
    counted: tuple[Callable[[CaseTimeline, Any, str], Span], ...],
    tail: int,
) -> Shape:
    """The function that makes a row of the file.

    `width`: columns that are shown; `converted`: those of them that need a conversion; `masks`: what masks
    some of them; `counted`: how the columns after them become days; `tail`: keys at the end of the selected
    row.
    """

    def shape(row: tuple[Any, ...], masking: Masking | None) -> tuple[Cell, ...]:
        cells = list(row[:width])
        for at in converted:
            cells[at] = plain(cells[at])
        if masking is None:
            return tuple(cells)
        for mask in masks:
            mask(cells, masking)
        case_id, uuid = row[-tail], str(row[-1])
        for count, value in zip(counted, row[width:], strict=False):
            span = UNKNOWN_SPAN if value is None else count(masking.timelines[case_id], value, uuid)
            cells += (span.low, span.high)
        return tuple(cells)

    return shape


def _counted(model: type[models.Model], field: "AnyField") -> Callable[[CaseTimeline, Any, str], Span]:
    """The function that turns a column into days: by its event on the time line, else by date."""
    event = dict(dated(model)).get(field.name) if model in SOURCES else None
    if event is not None:
        name = str(model._meta.model_name)
        return lambda timeline, value, uuid: timeline.days_to(event.format(f"{name}:{uuid}"))
    if isinstance(field, MomentField):
        return lambda timeline, value, uuid: timeline.days_at(Moment.parse(value))
    return lambda timeline, value, uuid: timeline.days_at(_on(value))


def _on(day: date) -> Moment:
    return Moment(date=PartialDate.of(day.date() if isinstance(day, datetime) else day))


def plain(value: Any) -> Cell:
    """A value of the database as a cell of a file."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    return value  # type: ignore[no-any-return]


def _column(field: "AnyField", *, is_hidden: bool = False) -> Column:
    meaning = " ".join(str(field.help_text or field.verbose_name).split())
    return Column(field.attname, "text" if is_hidden else _kind(field), meaning)


def _ends(field: "AnyField") -> Sequence[Column]:
    return [
        Column(f"{field.name}{ending}", "number", f"{field.verbose_name}: {DAYS_MEAN} {words}")
        for ending, words in ((LEAST, "least"), (MOST, "most"))
    ]


KINDS: tuple[tuple[type["AnyField"], str], ...] = (
    (models.BooleanField, "truth"),
    (models.DateTimeField, "time"),
    (models.DateField, "day"),
    (models.DecimalField, "number"),
    (models.IntegerField, "whole"),
)


@cache
def _kind(field: "AnyField") -> str:
    stored: Any = field
    if isinstance(field, models.GeneratedField):
        stored = field.output_field
    if isinstance(field, models.ForeignKey):
        stored = field.target_field
    return next((kind for field_class, kind in KINDS if isinstance(stored, field_class)), "text")


def _as_selected(row: tuple[Any, ...], masking: Masking | None) -> tuple[Cell, ...]:
    return tuple(map(plain, row))


def _item(row: tuple[Any, ...], masking: Masking | None) -> tuple[Cell, ...]:
    """The row of an item; its case is selected last as well, and cut off."""
    item: dict[str, Any] = dict(zip(("case_id", *ITEM), map(plain, row[:-1]), strict=True))
    if masking is not None:
        masked = masking.sentences(row[-1], item["key"], item["answer"], item["basis"])
        item.update(masked._asdict())
    return tuple(item.values())


ITEM = ("key", "answer", "points", "low", "high", "basis", "rule", "needs", "evidence")
DRUG = ("id", "name", "substance", "atc", "is_class", "release")


def _named(model: type[models.Model], names: Sequence[str]) -> tuple[Column, ...]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    return tuple(_column(fields[name]) for name in names)


def _items(*, is_deidentified: bool) -> ExportTable:
    """The items of the standing score of each case."""
    kind, shown = ("text", "p.pseudonym") if is_deidentified else ("whole", "s.case_id")
    columns = (Column("case_id", kind, "The case."), *_named(AssessmentItem, ITEM))
    sql = (
        f"SELECT {shown}, {', '.join(f'i.{name}' for name in ITEM)}, s.case_id "  # noqa: S608
        "FROM unnest(%s) WITH ORDINALITY chosen (id, place) "
        "JOIN assessments_standing s ON s.case_id = chosen.id "
        "JOIN cases_casesummary p ON p.case_id = chosen.id "
        "JOIN assessments_assessmentitem i ON i.assessment_id = COALESCE(s.adjudicated_id, s.computed_id) "
        f"WHERE s.instrument = '{PRIMARY}' ORDER BY chosen.place, i.position"
    )
    return ExportTable("assessmentitem", columns, sql, _item)


def _dictionary() -> ExportTable:
    columns = _named(Drug, DRUG)
    sql = f"SELECT {', '.join(DRUG)} FROM cases_drug ORDER BY id"  # noqa: S608
    return ExportTable("drug", columns, sql, _as_selected, is_of_cases=False)
