"""Conversion of a message to unsaved rows: every element in its column, or preserved as it was received.

Nothing is judged here: a row that contradicts a constraint is made all the same, and refused, in words, when
it is saved.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from cases.models import (
    Case,
    CaseRow,
    Drug,
    DrugReaction,
    Examination,
    Exposure,
    PastDrug,
    Patient,
    Reaction,
    ReportedScore,
    StoredFile,
)
from cases.record.case_record import CaseRecord
from e2b import Attachment, Block, Message, Null, Range, Value, text_of
from e2b.diff import short_text
from e2b.elements import BLOCK, ICH
from exchange.icsr.columns import Column, column_text
from exchange.icsr.derived import temperature_of
from exchange.icsr.documents import ELEMENTS as DOCUMENTS
from exchange.icsr.documents import attach
from exchange.icsr.examinations import TEST_TAGS, detail_rows, exact_number, onset_of, read_examination
from exchange.icsr.fast_defaults import new_row
from exchange.icsr.history import split_term
from exchange.icsr.narrative import without_addition
from exchange.icsr.plan import BLOCK_MODELS, PLANS, SECTIONS, SPECIAL, kinds_in
from exchange.icsr.preserved_elements import preserve_blocks, preserve_value
from exchange.icsr.recognition import is_dress, unit_of
from exchange.icsr.scores import reported_score, split_reported
from scoring.facts import Qualifier
from values.dates import PartialDate

# Reactions and drugs get UUIDs from the case's identifier and the message's local ids, so that a follow-up
# finds them. Local ids alone won't do: senders use the same ones in message after message.
NAMESPACE = uuid.UUID("8c7c4f0e-51a5-4c0c-9d0f-2f6f0b7f3f65")

# Elements that say what the sender thinks: as long as they are the sender's, they don't leave as ours.
_OF_THE_SENDER = ("C.1.7", "H.4")

# Elements that a constraint requires together: one alone is preserved as it was received.
_TOGETHER: dict[type[models.Model], tuple[str, str]] = {Patient: ("D.2.2a", "D.2.2b")}


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something a person should know of a message: what was recognised, what fits no column."""

    element: str
    location: str
    words: str

    def __str__(self) -> str:
        return f"{self.element}{f' [{self.location}]' if self.location else ''}: {self.words}"


@dataclass
class IncomingCase:
    """A message as rows of the record, unsaved and linked, those first that others hang below.

    Save `files` first (those that are not stored yet), then the case with `case_values`, then `rows`
    through `Amendment.add_all`. `refs` are the message's own ids of reactions and drugs and `tagged` the
    columns that tags have filled, both by `id(row)`.
    """

    case_values: dict[str, Any] = field(default_factory=dict)
    rows: list[CaseRow] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    notes: list[ImportNote] = field(default_factory=list)
    refs: dict[int, str] = field(default_factory=dict)
    tagged: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def record(self) -> CaseRecord:
        """As the record of a case that was never saved."""
        return CaseRecord.of(Case(**self.case_values), self.rows)


def rows_of(message: Message, *, drugs: Mapping[str, Drug] | None = None) -> IncomingCase:
    """The rows of a message. `drugs` is the dictionary by name in lower case: equal names are linked."""
    return _Reader(message, drugs or {}).read()


class _Reader:
    def __init__(self, message: Message, drugs: Mapping[str, Drug]) -> None:
        self._message, self._drugs = message, drugs
        self._incoming = IncomingCase()
        self._case_name = text_of(message.C["C.1.8.1"]) or text_of(message.C["C.1.1"])
        self._names: set[uuid.UUID] = set()
        self._reactions: dict[str, Reaction] = {}
        self._onset: PartialDate | None = onset_of([block["E.i.4"] for block in message.E])

    def read(self) -> IncomingCase:
        message = self._message
        self._section(message.C)
        self._section(message.D)
        self._blocks(message.E, None, "")
        self._tests(message.F)
        self._blocks(message.G, None, "")
        self._section(self._comments(_without_additions(message.H)))
        return self._incoming

    def _comments(self, section: Block) -> Block:
        """Section H without the score that stands in our words among the reporter's comments."""
        words, score = split_reported(text_of(section["H.2"]))
        if score is None:
            return section
        if not any(isinstance(row, ReportedScore) for row in self._incoming.rows):
            self._incoming.rows.append(score)
            self._note(
                "H.2", "", f"the score in the reporter's comments was taken as reported score: {score}"
            )
        return section.with_values({"H.2": words or None})

    def _section(self, block: Block) -> None:
        """C, D or H: each of its models gets the elements that it holds, the first one all others too."""
        held = {element: model for model in SECTIONS[block.kind] for element in PLANS[model].held}
        first = SECTIONS[block.kind][0]
        own: dict[type[models.Model], dict[str, Value]] = {first: {}}
        for element, value in block.values.items():
            own.setdefault(held.get(element, first), {})[element] = value
        own[first].pop("C.1.2", None)
        without_rows = _without_rows(block)
        for model in SECTIONS[block.kind]:
            values, blocks = own.get(model, {}), without_rows if model is first else []
            if model is Case:
                case = new_row(Case)
                self._fill(case, values, "")
                preserve_blocks(case.null_flavors, blocks)
                columns = PLANS[Case].columns
                self._incoming.case_values = {column.name: getattr(case, column.name) for column in columns}
                self._incoming.case_values["null_flavors"] = case.null_flavors
            elif values or blocks:
                row = self._row(new_row(model), values, "")  # type: ignore[arg-type]
                preserve_blocks(row.null_flavors, blocks)
        for kind in kinds_in(block.kind):
            self._blocks(block[kind], None, "")

    def _blocks(self, blocks: Iterable[Block], parent: CaseRow | None, within: str) -> None:
        for number, block in enumerate(blocks, start=1):
            self._block(block, number, parent, within)

    def _block(self, block: Block, number: int, parent: CaseRow | None, within: str) -> None:
        plan = PLANS[BLOCK_MODELS[block.kind]]
        location = _location(block, number, within)
        row: Any = new_row(plan.model)
        values: Mapping[str, Value] = block.values
        if plan.numbered:
            row.position = number
        if plan.parent:
            setattr(row, plan.parent, parent)
        if isinstance(row, (Reaction, Exposure)):
            self._name(row, block)
        if isinstance(row, DrugReaction):
            row.reaction = self._reactions[str(values["G.k.9.i.1"])]
        if block.kind in ("D.7.1.r", "D.10.7.1.r"):
            values, row.term = split_term(block.kind, values)
            if len(values) != len(block.values) or values != block.values:
                self._incoming.tagged[id(row)] = {"term": row.term}
        self._row(row, values, location)
        if isinstance(row, (Exposure, PastDrug)):
            row.drug = self._drug(row, block)
        if block.kind in DOCUMENTS:
            self._attach(row, values.get(DOCUMENTS[block.kind]), location)
        if isinstance(row, Reaction) and is_dress(row.term, row.translation):
            row.is_assessed = True
            self._note(
                "E.i.1.1a", location, f"“{row.term or row.translation}” taken for what the score is about"
            )
        self._inside(block, row, location)

    def _inside(self, block: Block, row: CaseRow, location: str) -> None:
        without_rows = _without_rows(block)
        for kind in kinds_in(block.kind):
            inner = block[kind]
            if kind == "G.k.9.i":
                lost = [pair for pair in inner if str(pair["G.k.9.i.1"] or "") not in self._reactions]
                inner = [pair for pair in inner if str(pair["G.k.9.i.1"] or "") in self._reactions]
                for _ in lost:
                    self._note("G.k.9.i.1", location, "names no reaction of this message; kept as received")
                without_rows += lost
            self._blocks(inner, row, location)
        preserve_blocks(row.null_flavors, without_rows)

    def _tests(self, blocks: Iterable[Block]) -> None:
        score = None
        for number, block in enumerate(blocks, start=1):
            reported = reported_score(block) if score is None else None
            if reported:
                score = reported
            else:
                self._test(block, number)
        if score:
            self._incoming.rows.append(score)
            self._note("F.r", "", f"the sender's classification was taken as reported score: {score}")

    def _test(self, block: Block, number: int) -> None:
        values, qualifier, recognised = read_examination(block.values, self._onset)
        row = new_row(Examination)
        row.position, row.qualifier, row.is_peak = number, qualifier, recognised.is_peak
        for name, content in recognised.test.items():
            setattr(row, name, content)
        location = _location(block, number, "")
        self._row(row, _exact_result(values), location)
        self._preserve_result(row, values)
        if row.value is None and qualifier != Qualifier.EQUAL:
            row.qualifier = Qualifier.EQUAL.value
        preserve_blocks(row.null_flavors, _without_rows(block))
        self._incoming.rows += detail_rows(row, recognised)
        if recognised.has_tags:
            self._incoming.tagged[id(row)] = {
                **{name: recognised.test[name] for _, name in TEST_TAGS},
                "is_peak": recognised.is_peak,
            }
        for remark in recognised.remarks:
            self._note("F.r.2.1", location, remark)
        if temperature := temperature_of(row):
            self._incoming.rows.append(temperature)
            self._note("F.r.3.2", location, f"also entered as a body temperature: {temperature}")

    def _preserve_result(self, row: Examination, values: Mapping[str, Value]) -> None:
        """A result as it was received: a range, a unit in another spelling."""
        unit, result = values.get("F.r.3.3"), values.get("F.r.3.2")
        if unit is not None and row.unit and unit != row.unit:
            preserve_value(row.null_flavors, "F.r.3.3", unit, column_text(row.unit))
        if not isinstance(result, Range) or row.value is None:
            return
        if result != Range.of(row.qualifier, f"{row.value:f}"):
            preserve_value(row.null_flavors, "F.r.3.2", result, column_text(row.value))

    def _row(self, row: CaseRow, values: Mapping[str, Value], location: str) -> CaseRow:
        self._fill(row, values, location)
        self._incoming.rows.append(row)
        return row

    def _fill(self, row: Any, values: Mapping[str, Value], location: str) -> None:
        """Every element into its column; what doesn't fit, or has no column, is preserved."""
        plan = PLANS[type(row)]
        flavors: dict[str, Any] = {}
        for column in plan.columns:
            value = values.get(column.element)
            if value is None:
                setattr(row, column.name, column.empty)
            elif isinstance(value, Null):
                setattr(row, column.name, column.empty)
                self._absent(flavors, column, value, location)
            else:
                self._present(row, flavors, column, value, location)
        for element, value in values.items():
            if element not in plan.held and element not in SPECIAL:
                preserve_value(flavors, element, value, "")
        self._empty_incomplete(row, flavors, values, location)
        row.null_flavors = flavors

    def _absent(self, flavors: dict[str, Any], column: Column, value: Null, location: str) -> None:
        if value.flavor in ICH[column.element].null_flavors and not value.whole:
            flavors[column.element] = value.flavor
        else:
            preserve_value(flavors, column.element, value, "")
            self._note(column.element, location, f"{value.flavor} is kept as received")

    def _present(
        self, row: Any, flavors: dict[str, Any], column: Column, value: Value, location: str
    ) -> None:
        content = column.inward(value)
        setattr(row, column.name, content)
        is_empty = content == column.empty and content is not False
        if is_empty or column.outward(content) != value or column.element in _OF_THE_SENDER:
            preserve_value(flavors, column.element, value, column_text(content))
        if is_empty:
            self._note(
                column.element, location, f"{short_text(value)} does not fit its field; kept as received"
            )

    def _empty_incomplete(
        self, row: Any, flavors: dict[str, Any], values: Mapping[str, Value], location: str
    ) -> None:
        """Empty a number without its unit or a unit without its number; the element is preserved."""
        together = _TOGETHER.get(type(row))
        if together is None:
            return
        columns = [column for column in PLANS[type(row)].columns if column.element in together]
        if len({getattr(row, column.name) == column.empty for column in columns}) < 2:
            return
        for column in columns:
            setattr(row, column.name, column.empty)
            flavors.pop(column.element, None)
            if column.element in values:
                preserve_value(flavors, column.element, values[column.element], "")
        self._note(together[0], location, "a number and its unit need each other; kept as received")

    def _name(self, row: Reaction | Exposure, block: Block) -> None:
        self._incoming.refs[id(row)] = block.ref
        if self._case_name and block.ref:
            name = uuid.uuid5(NAMESPACE, f"{self._case_name}/{block.kind}/{block.ref}")
            if name not in self._names:
                self._names.add(name)
                row.uuid = name
        if isinstance(row, Reaction):
            self._reactions.setdefault(block.ref, row)

    def _drug(self, row: Exposure | PastDrug, block: Block) -> Drug | None:
        """The entry of the dictionary of the same name, or of the only substance."""
        substances = block["G.k.2.3.r"] if block.kind == "G.k" else ()
        names = [
            row.name,
            *(text_of(substance["G.k.2.3.r.1"]) for substance in substances if len(substances) == 1),
        ]
        return next((drug for name in names if (drug := self._drugs.get(name.strip().lower()))), None)

    def _attach(self, row: Any, value: Value | None, location: str) -> None:
        if value is None:
            return
        element = DOCUMENTS[PLANS[type(row)].kind]
        rest = attach(row, value) if isinstance(value, Attachment) else value
        if rest is not None:
            preserve_value(row.null_flavors, element, rest, "")
        if row.file_id:
            self._incoming.files.append(row.file)
        else:
            self._note(element, location, "holds no document that can be decoded; kept as received")

    def _note(self, element: str, location: str, words: str) -> None:
        self._incoming.notes.append(ImportNote(element, location, words))


def _exact_result(values: Mapping[str, Value]) -> dict[str, Value]:
    """The elements of a test as its columns hold them: the number without its qualifier, the unit in UCUM."""
    exact = dict(values)
    result = values.get("F.r.3.2")
    if isinstance(result, Range) and (number := exact_number(result)) is not None:
        exact["F.r.3.2"] = f"{number:f}"
    if "F.r.3.3" in values:
        exact["F.r.3.3"] = unit_of(text_of(values["F.r.3.3"]), text_of(values.get("F.r.2.1")))
    return exact


def _without_additions(section: Block) -> Block:
    """Section H as the sender wrote it."""
    values = {
        name: without_addition(value) if isinstance(value, str) and name in ("H.1", "H.4") else value
        for name, value in section.values.items()
    }
    return Block("H", {name: value for name, value in values.items() if value}, section.blocks)


def _without_rows(block: Block) -> list[Block]:
    """The blocks inside that the record has no rows for: those of regions."""
    return [inner for kind, inside in block.blocks.items() if kind not in BLOCK_MODELS for inner in inside]


def _location(block: Block, number: int, within: str) -> str:
    own = f"{BLOCK[block.kind].noun} {number}"
    return f"{within}, {own}" if within else own
