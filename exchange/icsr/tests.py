"""F.r: laboratory, viral, tissue, genetic and functional tests, all as tests with a result.

What a test is beyond ICH's elements stands in a line below its comment (see `line`). The line is left out
where a reader would find the same without it. A test that came from others is recognised by its name and
unit; what was taken for what is noted, and whoever corrects it is right from then on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from cases.models import (
    BiopsyDetail,
    CaseRow,
    Examination,
    ExaminationKind,
    FunctionalDetail,
    GeneticDetail,
    Phase,
    ViralTest,
)
from cases.models.examination import Detail, Qualifier
from cases.record.case_record import CaseRecord
from e2b import Null, Range, Value, text_of
from exchange.icsr.columns import number
from exchange.icsr.comment_tags import with_line, without_line
from exchange.icsr.recognised import biopsied, hla_of, known_test, result_of, unit_of, virus_of
from scoring.facts import ResultKind
from values.dates import PartialDate

# What the line says of a test, and of its detail: label, field.
OF_TEST = (("kind", "kind"), ("phase", "phase"), ("result", "result"), ("test", "test"), ("sample", "sample"))
OF_DETAIL: dict[type[Detail], tuple[tuple[str, str], ...]] = {
    ViralTest: (("virus", "virus"), ("method", "assay"), ("specimen", "specimen")),
    BiopsyDetail: (
        ("tissue", "tissue"),
        ("keratinocyte necrosis", "keratinocyte_necrosis"),
        ("infiltrate", "infiltrate"),
        ("conclusion", "conclusion"),
        ("conclusion in words", "conclusion_verbatim"),
    ),
    GeneticDetail: (("gene", "gene"), ("allele", "allele")),
    FunctionalDetail: (("function", "function"),),
}
# Elements that were not reported but follow from the result, so that a receiver sees it. Codes only where
# "negative" can't be read as "normal function is missing".
ADDED = "added"
_MAY_BE_ADDED = ("F.r.3.1", "F.r.3.4")
_CODES = {ResultKind.POSITIVE.value: "1", ResultKind.NEGATIVE.value: "2"}
_CODED_KINDS = (ExaminationKind.VIRAL, ExaminationKind.GENETIC)
_WORDS = {
    ResultKind.POSITIVE.value: "positive, present or abnormal",
    ResultKind.NEGATIVE.value: "negative, absent or normal",
    ResultKind.QUALITATIVE.value: "abnormal",
    ResultKind.NOT_DONE.value: "not done",
    ResultKind.NOT_STATED.value: "not stated",
}
_RESULT_OF_CODE = {"1": ResultKind.POSITIVE, "2": ResultKind.NEGATIVE}


@dataclass
class Understood:
    """What a test is, as told by our own line or as far as its elements show it."""

    test: dict[str, str]
    details: Mapping[type[Detail], Mapping[str, str]] = field(default_factory=dict)
    own: bool = False  # told by a line
    remarks: list[str] = field(default_factory=list)


# --- out -------------------------------------------------------------------------------------------


def say(
    whole: CaseRecord, row: Examination, values: dict[str, Value], onset: PartialDate | None
) -> dict[str, Value]:
    """The elements of a test with its qualifier, and with the line that says what it is."""
    said = _qualified(row, values)
    found = Understood(
        {name: str(getattr(row, name)) for _, name in OF_TEST},
        {type(detail): _fields(detail) for detail in details_of(whole, row)},
    )
    understood = understand(said, onset)
    if (understood.test, understood.details) == (found.test, found.details):
        return said
    added = _added(row, said)
    comment = with_line(text_of(said.get("F.r.6")), {**_told(found), ADDED: "".join(added)})
    return {**said, **added, "F.r.6": comment}


def details_of(whole: CaseRecord, row: Examination) -> Iterator[Detail]:
    for model in OF_DETAIL:
        yield from whole.below(model, "examination", row)


def _qualified(row: Examination, values: dict[str, Value]) -> dict[str, Value]:
    exact = values.get("F.r.3.2")
    if row.qualifier == Qualifier.EQUAL or not isinstance(exact, str):
        return values
    return {**values, "F.r.3.2": Range.of(row.qualifier, exact)}


def _added(row: Examination, values: Mapping[str, Value]) -> dict[str, Value]:
    if row.kind in _CODED_KINDS and row.result in _CODES and "F.r.3.1" not in values:
        return {"F.r.3.1": _CODES[row.result]}
    if row.result in _WORDS and not {"F.r.3.1", "F.r.3.2", "F.r.3.4"} & set(values):
        return {"F.r.3.4": _WORDS[row.result]}
    return {}


def _told(found: Understood) -> dict[str, str]:
    told = {label: found.test[name] for label, name in OF_TEST}
    for model, fields in found.details.items():
        told |= {label: fields[name] for label, name in OF_DETAIL[model]}
    return told


def _fields(detail: Detail) -> dict[str, str]:
    return {name: str(getattr(detail, name)) for _, name in OF_DETAIL[type(detail)]}


# --- in --------------------------------------------------------------------------------------------


def hear(values: Mapping[str, Value], onset: PartialDate | None) -> tuple[dict[str, Value], str, Understood]:
    """The elements as they were reported, the qualifier of the number, and what the test is."""
    comment, told = without_line(text_of(values.get("F.r.6")))
    reported = dict(values)
    if told:
        reported.pop("F.r.6")
        if comment:
            reported["F.r.6"] = comment
        if told.get(ADDED) in _MAY_BE_ADDED:
            reported.pop(told[ADDED], None)
    understood = _from_line(told) if told else understand(reported, onset)
    if not told:
        understood.remarks += _remarks(reported, understood)
    qualifier = Qualifier.EQUAL.value
    found = reported.get("F.r.3.2")
    if isinstance(found, Range) and found.comparator:
        qualifier = found.comparator
    return reported, qualifier, understood


def exact_number(value: Value | None) -> Decimal | None:
    """The number of a result, whatever its qualifier."""
    if isinstance(value, Range) and value.comparator:
        ends = [end.value for end in (value.low, value.high) if end and isinstance(end.value, str)]
        return number(ends[0])
    return None if value is None else number(value)


def _from_line(told: Mapping[str, str]) -> Understood:
    of_test = {name: told.get(label, "") for label, name in OF_TEST}
    details = {
        model: {name: told.get(label, "") for label, name in fields}
        for model, fields in OF_DETAIL.items()
        if any(label in told for label, _ in fields)
    }
    return Understood(of_test, details, own=True)


def understand(values: Mapping[str, Value], onset: PartialDate | None) -> Understood:
    """What the elements of a test show of it, by literal tables and dates alone."""
    kind, test, details = _named(text_of(values.get("F.r.2.1")), text_of(values.get("F.r.3.3")))
    return Understood(
        {
            "kind": kind.value,
            "phase": _phase(values.get("F.r.1"), onset).value,
            "result": _result(values, kind),
            "test": test,
            "sample": "",
        },
        details,
    )


@lru_cache(maxsize=4096)
def _named(name: str, unit: str) -> tuple[ExaminationKind, str, Mapping[type[Detail], Mapping[str, str]]]:
    """What a name and a unit mean: the kind of test, the test of the score, and what it is besides."""
    test = known_test(name, unit_of(unit))
    kind, details = (ExaminationKind.LABORATORY, {}) if test else _detail(name)
    return kind, test, details


def _detail(name: str) -> tuple[ExaminationKind, dict[type[Detail], dict[str, str]]]:
    """Which kind of test a name speaks of, and what it says of it."""
    virus, method = virus_of(name)
    if virus:
        return ExaminationKind.VIRAL, {ViralTest: {"virus": virus, "assay": method, "specimen": ""}}
    if tissue := biopsied(name):
        silent = dict.fromkeys((column for _, column in OF_DETAIL[BiopsyDetail]), "")
        return ExaminationKind.BIOPSY, {BiopsyDetail: {**silent, "tissue": tissue}}
    gene, allele = hla_of(name)
    if gene:
        return ExaminationKind.GENETIC, {GeneticDetail: {"gene": gene, "allele": allele}}
    return ExaminationKind.LABORATORY, {}


def _remarks(values: Mapping[str, Value], found: Understood) -> Iterator[str]:
    name, unit = text_of(values.get("F.r.2.1")), text_of(values.get("F.r.3.3"))
    if test := found.test["test"]:
        yield f"“{name}” taken for {_labels(Examination, 'test')[test]}"
    for model, fields in found.details.items():
        said = ", ".join(str(_labels(model, field).get(value, value)) for field, value in fields.items())
        yield f"“{name}” taken for {model._meta.verbose_name}: {said.strip(', ')}"
    if unit_of(unit) != unit:
        yield f"unit “{unit}” taken for {unit_of(unit)}"
    if found.test["phase"] == Phase.BACKGROUND:
        yield f"“{name}”: dated before the first reaction, and so taken as background"


@cache
def _labels(model: type[CaseRow], field: str) -> dict[str, str]:
    return dict(model._meta.get_field(field).flatchoices or ())  # type: ignore[union-attr]


def _phase(when: Value | None, onset: PartialDate | None) -> Phase:
    before = isinstance(when, PartialDate) and onset is not None and when.last_day < onset.first_day
    return Phase.BACKGROUND if before else Phase.REACTION


def _result(values: Mapping[str, Value], kind: ExaminationKind) -> str:
    coded = _RESULT_OF_CODE.get(text_of(values.get("F.r.3.1")))
    if exact_number(values.get("F.r.3.2")) is not None:
        # A number beside "negative" is a limit of detection or a contradiction: the number stands.
        viral_positive = kind is ExaminationKind.VIRAL and coded is ResultKind.POSITIVE
        return (ResultKind.POSITIVE if viral_positive else ResultKind.MEASURED).value
    if coded:
        return coded.value
    if recognised := _recognised_result(values):
        return recognised
    reported = any(
        element in values and not isinstance(values[element], Null)
        for element in ("F.r.3.1", "F.r.3.2", "F.r.3.4")
    )
    return (ResultKind.QUALITATIVE if reported else ResultKind.NOT_STATED).value


def _recognised_result(values: Mapping[str, Value]) -> str:
    found = result_of(text_of(values.get("F.r.3.4")))
    return found.value if found else ""


def onset_of(starts: list[Value | None]) -> PartialDate | None:
    """The earliest start of a reaction that is dated."""
    dated = [start for start in starts if isinstance(start, PartialDate)]
    return min(dated, key=lambda start: start.earliest, default=None)


def detail_rows(row: Examination, found: Understood) -> Iterator[CaseRow]:
    for model, fields in found.details.items():
        yield model(examination=row, **fields)
