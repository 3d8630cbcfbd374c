"""Read the rows of many cases table by table for export, as recorded or de-identified.

The caller passes the keys of visible cases only, one chunk at a time.
"""

from collections.abc import Callable, Iterator, Sequence
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
from research.deidentified import TABLE, Leaves, leaves
from scoring.instruments import INSTRUMENTS, PRIMARY
from values.dates import PartialDate
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]

Cell = str | int | Decimal | bool | date | datetime | None
Timelines = dict[int, CaseTimeline]
Shape = Callable[[tuple[Any, ...], Timelines], tuple[Cell, ...]]
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

    def rows(self, ids: list[int], timelines: Timelines) -> Iterator[tuple[Cell, ...]]:
        """The rows of these cases in the order of the cases. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [ids] if self.is_of_cases else [])
            for row in cursor.fetchall():
                yield self.shape(row, timelines)


def export_tables(*, is_deidentified: bool) -> list[ExportTable]:
    """Every table of the record, the scores with their items, and the dictionary that drugs refer to."""
    return [
        *(_table(model, is_deidentified=is_deidentified) for model in TABLE),
        _items(),
        _dictionary(),
    ]


def timelines_of(ids: list[int], *, is_deidentified: bool) -> Timelines:
    """The time lines from which days are counted; none unless de-identified. A fixed number of queries."""
    return (
        {pk: CaseTimeline(record) for pk, record in read_scored_cases(ids).items()} if is_deidentified else {}
    )


def _table(model: type[models.Model], *, is_deidentified: bool) -> ExportTable:
    fields = {field.name: field for field in model._meta.concrete_fields}
    ways = leaves(model) if is_deidentified else dict.fromkeys(fields, Leaves.AS_IS)
    as_is = [fields[name] for name, way in ways.items() if way is Leaves.AS_IS]
    days = [fields[name] for name, way in ways.items() if way is Leaves.AS_DAYS]
    key = "id" if model is Case else "case_id"
    # Days are counted by case and row: both keys are selected last, and cut off from the row of the file.
    tail = [key, *(["uuid"] if model not in WITHOUT_UUID else [])]
    names = [f'"{field.column}"' for field in (*as_is, *days)] + tail
    order = key if model in (Case, CaseSummary) else "case_id, id"
    sql = (
        f"SELECT {', '.join(names)} FROM {model._meta.db_table} "  # noqa: S608 - names of models
        f"WHERE {key} = ANY(%s) ORDER BY {order}"
    )
    counted = tuple(_counted(model, field) for field in days)
    columns = (*(_column(field) for field in as_is), *(end for field in days for end in _ends(field)))
    converted = tuple(
        at for at, field in enumerate(as_is) if isinstance(field, models.UUIDField | ArrayField)
    )
    shape = _shape(len(as_is), converted, counted, len(tail))
    if model is Standing:
        columns, shape = (*columns, BADGE), _with_badge(tuple(field.name for field in as_is), shape)
    return ExportTable(str(model._meta.model_name), columns, sql, shape)


def _with_badge(names: tuple[str, ...], shape: Shape) -> Shape:
    """As `shape`, with the class in words at the end of the row of a standing."""

    def with_badge(row: tuple[Any, ...], timelines: Timelines) -> tuple[Cell, ...]:
        values = dict(zip(names, row, strict=False))
        definition = INSTRUMENTS.get(values["instrument"])
        words = str(badge(SimpleNamespace(**values, definition=definition))) if definition else ""
        return (*shape(row, timelines), words)

    return with_badge


def _shape(
    width: int,
    converted: tuple[int, ...],
    counted: tuple[Callable[[CaseTimeline, Any, str], Span], ...],
    tail: int,
) -> Shape:
    """The function that makes a row of the file.

    `width`: columns that leave as they are; `converted`: those of them that need a conversion; `counted`: how
    the columns after them become days; `tail`: keys at the end of the selected row.
    """

    def shape(row: tuple[Any, ...], timelines: Timelines) -> tuple[Cell, ...]:
        cells = list(row[:width])
        for at in converted:
            cells[at] = plain(cells[at])
        case_id, uuid = row[-tail], str(row[-1])
        for count, value in zip(counted, row[width:], strict=False):
            span = UNKNOWN_SPAN if value is None else count(timelines[case_id], value, uuid)
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


def _column(field: "AnyField") -> Column:
    return Column(field.attname, _kind(field), " ".join(str(field.help_text or field.verbose_name).split()))


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


def _as_selected(row: tuple[Any, ...], timelines: Timelines) -> tuple[Cell, ...]:
    return tuple(map(plain, row))


ITEM = ("key", "answer", "points", "low", "high", "basis", "rule", "needs", "evidence")
DRUG = ("id", "name", "substance", "atc", "is_class", "release")


def _named(model: type[models.Model], names: Sequence[str]) -> tuple[Column, ...]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    return tuple(_column(fields[name]) for name in names)


def _items() -> ExportTable:
    """The items of the standing score of each case."""
    columns = (Column("case_id", "whole", "The case."), *_named(AssessmentItem, ITEM))
    sql = (
        f"SELECT s.case_id, {', '.join(f'i.{name}' for name in ITEM)} FROM assessments_standing s "  # noqa: S608
        "JOIN assessments_assessmentitem i ON i.assessment_id = COALESCE(s.adjudicated_id, s.computed_id) "
        f"WHERE s.case_id = ANY(%s) AND s.instrument = '{PRIMARY}' ORDER BY s.case_id, i.position"
    )
    return ExportTable("assessmentitem", columns, sql, _as_selected)


def _dictionary() -> ExportTable:
    columns = _named(Drug, DRUG)
    sql = f"SELECT {', '.join(DRUG)} FROM cases_drug ORDER BY id"  # noqa: S608
    return ExportTable("drug", columns, sql, _as_selected, is_of_cases=False)
