"""The blocks of a case as an expert would send them: what was not done stays out, doses become regimens.

The record keeps its rows, and `builder` their form without loss; what leaves in another form, or in words
instead, is decided here.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from django.db import models

from cases.models import (
    Case,
    CaseRow,
    Document,
    Dose,
    Examination,
    Exposure,
    Indication,
    LinkedCase,
    LiteratureReference,
    MedicalHistory,
    Parent,
    ParentMedicalHistory,
    Patient,
    Reaction,
    Substance,
)
from cases.models.exposure import Role
from cases.models.fields import MomentField
from cases.models.reaction import SERIOUSNESS
from cases.record.case_record import CaseRecord
from e2b import Block, Value, text_of
from e2b.elements import ICH
from exchange.icsr.builder import MessageBuilder
from exchange.icsr.documents import ELEMENTS as DOCUMENTS
from exchange.icsr.documents import Attached, redacted_attachment
from exchange.icsr.history import COMMENTS, UNNAMED, placeholder_term
from exchange.icsr.losses import Derived, Loss, LossHandling
from exchange.icsr.null_defaults import null_defaults
from exchange.icsr.plan import PLANS
from exchange.icsr.recognition import is_dress
from exchange.icsr.regimens import as_regimens
from exchange.icsr.result_comments import commented, has_result
from exchange.icsr.row_texts import RowDescriber, capital
from scoring.facts import NO_RESULT, ResultKind
from values.dates import PartialDate

Condition = MedicalHistory | ParentMedicalHistory
_HISTORY: tuple[tuple[type[Patient | Parent], type[Condition], str], ...] = (
    (Patient, MedicalHistory, "D.7.2"),
    (Parent, ParentMedicalHistory, "D.10.7.2"),
)


class LeavingBuilder(MessageBuilder):
    """Also gathers what leaves in words instead: `losses`, `derived` dates by row and column, and `sent`.

    `sent`: the `id(row)` of rows whose statements all leave, in another form. `stayed`: by kind of block, the
    rows that don't leave as blocks.
    """

    def __init__(self, record: CaseRecord, links: Mapping[int, str]) -> None:
        super().__init__(record)
        self.describer = RowDescriber(record)
        self.losses: list[Loss] = []
        self.derived: dict[Derived, str] = {}
        self.sent: set[int] = set()
        self.stayed: dict[str, list[CaseRow]] = {}
        self._links = links
        self._reactions = [row.term.lower() for row in record.all(Reaction) if row.term]

    def _values(self, row: models.Model) -> dict[str, Value]:
        """The elements of a row's columns, a date that follows exactly from another one among them."""
        values = super()._values(row)
        if isinstance(row, Case):
            return values
        for element, name in _dated(type(row)):
            moment = getattr(row, name)
            if moment is None or not moment.is_relative or element in values:
                continue
            day = self.describer.day_of(moment)
            if day is not None:
                values[element] = PartialDate.of(day)
                words = f"{capital(row._meta.verbose_name)} {row}, {_label(row, name)}"
                self.derived[id(row), name] = f"{words}: {self.describer.moment(moment)}"
        return values

    def _completed(
        self, kind: str, values: dict[str, Value], inside: dict[str, tuple[Block, ...]], ref: str = ""
    ) -> Block:
        if kind == "D":
            values = {**values, **self._history()}
        return super()._completed(kind, {**values, **null_defaults(kind, {*values, *inside})}, inside, ref)

    def _blocks_of(self, kind: str, rows: Sequence[CaseRow]) -> tuple[Block, ...]:
        leaving = [row for row in rows if self._leaves(row)]
        if len(leaving) < len(rows):
            left = set(map(id, leaving))
            self.stayed.setdefault(kind, []).extend(row for row in rows if id(row) not in left)
        rows = leaving
        blocks = super()._blocks_of(kind, rows)
        if kind == "G.k.4.r" and len(blocks) == len(rows) > 1:
            doses = [row for row in rows if isinstance(row, Dose)]
            return as_regimens(doses, blocks, self.describer)
        return blocks

    def _leaves(self, row: CaseRow) -> bool:
        """Whether a row leaves as a block; otherwise what it says leaves in words."""
        if isinstance(row, Examination) and row.result in NO_RESULT and not has_result(super()._values(row)):
            self.sent.add(id(row))
            is_known = row.result == ResultKind.NOT_DONE.value
            words = f"{row.name} was not done." if is_known else f"Test {row.name}: nothing stated"
            handling = LossHandling.IN_WORDS if is_known else LossHandling.STAYS
            self.losses.append(Loss(row, "", capital(words), handling))
            return False
        if isinstance(row, (MedicalHistory, ParentMedicalHistory)):
            return not self._is_in_words(row)
        if isinstance(row, Exposure) and self._only_treats(row):
            self.sent.add(id(row))
            self.losses.append(_in_words(row, f"The reaction was treated with {row}."))
            return False
        return True

    def _only_treats(self, row: Exposure) -> bool:
        """Whether a medicine was only given for the reaction: it is none that the patient took before."""
        if row.role != Role.CONCOMITANT:
            return False
        reasons = [reason.text for reason in self._record.below(Indication, "exposure", row)]
        return bool(reasons) and all(is_dress(text) or text.lower() in self._reactions for text in reasons)

    def _elements(self, kind: str, row: CaseRow, values: dict[str, Value]) -> dict[str, Value]:
        if isinstance(row, Examination):
            return self._test(row, values)
        if isinstance(row, (MedicalHistory, ParentMedicalHistory)):
            return self._condition(kind, row, values)
        values = super()._elements(kind, row, values)
        if isinstance(row, (Document, LiteratureReference)):
            values = self._attached(DOCUMENTS[kind], row, values)
        if isinstance(row, Reaction):
            return {**values, **_company_view(row)}
        if isinstance(row, LiteratureReference):
            return {**values, **_with_doi(row)}
        if isinstance(row, LinkedCase):
            return {**values, **self._link(row)}
        return values

    def _attached(self, element: str, row: Attached, values: dict[str, Value]) -> dict[str, Value]:
        """A document with its redacted file in place of its own, or without a file where none may leave."""
        redacted = redacted_attachment(row)
        if redacted is None and not row.withheld_because:
            return values
        words = (
            "a redacted file leaves in its place"
            if redacted
            else f"it does not leave: {row.withheld_because}"
        )
        name = f"{capital(row._meta.verbose_name)} {row}"
        self.losses.append(Loss(row, "file", f"{name}, {words}", LossHandling.STAYS))
        rest = {name: value for name, value in values.items() if name != element}
        return {**rest, element: redacted} if redacted else rest

    def _link(self, row: LinkedCase) -> dict[str, Value]:
        """The other case by its worldwide identifier; why they belong together stands in H.4."""
        number = self._links.get(row.other_id or 0, row.number)
        self.sent.add(id(row))
        if row.relation:
            words = f"Linked with case {number}: {row.relation.rstrip('. ')}."
            self.losses.append(Loss(row, "relation", words, LossHandling.IN_WORDS, "H.4"))
        return {"C.1.10.r": number}

    def _test(self, row: Examination, values: dict[str, Value]) -> dict[str, Value]:
        elements, addition = commented(self._record, row, values, self.describer)
        if len(text_of(elements.get("F.r.6"))) <= ICH["F.r.6"].length:
            return elements
        self.losses.append(_in_words(row, f"{row.name}: {addition}"))
        return {**elements, "F.r.6": values["F.r.6"]}

    def _fill(self, inside: dict[str, tuple[Block, ...]], kind: str, parent: CaseRow | None) -> None:
        super()._fill(inside, kind, parent)
        if isinstance(parent, Exposure) and not self._has_substances(parent):
            substance = parent.drug.substance if parent.drug else ""
            if substance:
                inside["G.k.2.3.r"] = (Block("G.k.2.3.r", {"G.k.2.3.r.1": substance}),)

    def _has_substances(self, row: Exposure) -> bool:
        return bool(row.mpid or row.phpid or self._record.below(Substance, "exposure", row))

    # The history: a condition without a code leaves in the words of D.7.2.

    def _is_in_words(self, row: Condition) -> bool:
        if row.meddra_code or row.term == UNNAMED:
            return False
        return row.term != placeholder_term(PLANS[type(row)].kind, super()._values(row))

    def _condition(
        self, kind: str, row: MedicalHistory | ParentMedicalHistory, values: dict[str, Value]
    ) -> dict[str, Value]:
        """A coded condition, with its name where the comments don't hold it."""
        comments, name = COMMENTS.format(kind), row.term
        reported = text_of(values.get(comments))
        if name == placeholder_term(kind, values) or name.lower() in reported.lower():
            return values
        words = "; ".join(filter(None, [name, reported]))
        return {**values, comments: words} if len(words) <= ICH[comments].length else values

    def _history(self) -> dict[str, Value]:
        """D.7.2 and D.10.7.2: what was recorded in words, and the conditions that have no code."""
        values: dict[str, Value] = {}
        for model, conditions, element in _HISTORY:
            person = self._record.single(model)
            rows = [row for row in self._record.all(conditions) if self._is_in_words(row)]
            text = getattr(person, "history_text", "")
            words = [text, *map(self._condition_in_words, rows)]
            text = " ".join(filter(None, words))
            self.sent.update(map(id, rows))
            if len(text) > ICH[element].length:
                self.losses += [_in_words(row, self._condition_in_words(row)) for row in rows]
            elif rows:
                values[element] = text
        return values

    def _condition_in_words(self, row: Condition) -> str:
        parts = [
            f"{row.term}{' (family history)' if getattr(row, 'is_family_history', False) else ''}",
            f"began {self.describer.moment(row.start)}" if row.start else "",
            f"ended {self.describer.moment(row.end)}" if row.end else "",
            {True: "continuing", False: "no longer present"}.get(row.is_continuing, ""),  # type: ignore[arg-type]
            row.comments,
        ]
        return f"{'; '.join(filter(None, parts)).rstrip('. ')}."


@cache
def _dated(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """The columns of a model that hold a moment, with their elements."""
    return tuple(
        (column.element, column.name)
        for column in PLANS[model].columns
        if isinstance(model._meta.get_field(column.name), MomentField)
    )


def _in_words(row: CaseRow, sentence: str) -> Loss:
    return Loss(row, "", sentence, LossHandling.IN_WORDS)


def _label(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _company_view(row: Reaction) -> dict[str, Value]:
    """The criteria of seriousness that we see, beside those of the reporter: either makes it serious."""
    return {
        f"E.i.3.2{letter}": "true" for key, _, letter in SERIOUSNESS if getattr(row, f"company_{key}") is True
    }


def _with_doi(row: LiteratureReference) -> dict[str, Value]:
    if not row.citation or not row.doi or row.doi.lower() in row.citation.lower():
        return {}
    citation = f"{row.citation.rstrip('. ')}. doi:{row.doi}"
    return {"C.4.r.1": citation} if len(citation) <= ICH["C.4.r.1"].length else {}
