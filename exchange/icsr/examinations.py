"""F.r: laboratory, viral, tissue, genetic and functional tests, all as tests with a result.

What a test is beyond ICH's elements is sent as tags below its comment (see `comment_tags`), unless it can be
recognised without them. A test without tags is recognised by its name and unit; what was recognised is noted,
and whoever corrects it is right from then on.
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
from cases.models.examination import Detail
from cases.recognition import read_test
from cases.record.case_record import CaseRecord
from e2b import Null, Range, Value, text_of
from exchange.icsr.columns import number
from exchange.icsr.comment_tags import add_tags, split_tags
from exchange.icsr.recognition import hla_of, result_of, unit_of, virus_of
from scoring.facts import Qualifier, ResultKind
from values.dates import PartialDate
from vocabulary.sites import biopsied_tissue

# Tags of a test, and of its detail: label, field.
TEST_TAGS = (
    ("kind", "kind"),
    ("phase", "phase"),
    ("result", "result"),
    ("test", "test"),
    ("sample", "sample"),
)
PEAK = "highest of the reaction"
DETAIL_TAGS: dict[type[Detail], tuple[tuple[str, str], ...]] = {
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
class RecognisedTest:
    """What a test is, by its tags or as its elements show it: fields of the test and of its details."""

    test: dict[str, str]
    details: Mapping[type[Detail], Mapping[str, str]] = field(default_factory=dict)
    is_peak: bool = False
    has_tags: bool = False
    remarks: list[str] = field(default_factory=list)


# Outgoing


def examination_elements(
    record: CaseRecord, row: Examination, values: dict[str, Value], onset: PartialDate | None
) -> dict[str, Value]:
    """The elements of a test with its qualifier, and with tags where it wouldn't be recognised otherwise."""
    elements = qualified(row, values)
    actual = RecognisedTest(
        {name: str(getattr(row, name)) for _, name in TEST_TAGS},
        {type(detail): _fields(detail) for detail in details_of(record, row)},
        is_peak=row.is_peak,
    )
    recognised = recognise_test(elements, onset)
    if not row.is_peak and (recognised.test, recognised.details) == (actual.test, actual.details):
        return elements
    added = added_elements(row, elements)
    comment = add_tags(text_of(elements.get("F.r.6")), {**_tags(actual), ADDED: "".join(added)})
    return {**elements, **added, "F.r.6": comment}


def details_of(record: CaseRecord, row: Examination) -> Iterator[Detail]:
    """The rows that hold more of a test: of a virus, a biopsy, a gene or a function."""
    for model in DETAIL_TAGS:
        yield from record.below(model, "examination", row)


def qualified(row: Examination, values: dict[str, Value]) -> dict[str, Value]:
    exact = values.get("F.r.3.2")
    if row.qualifier == Qualifier.EQUAL or not isinstance(exact, str):
        return values
    return {**values, "F.r.3.2": Range.of(row.qualifier, exact)}


def added_elements(row: Examination, values: Mapping[str, Value]) -> dict[str, Value]:
    if row.kind in _CODED_KINDS and row.result in _CODES and "F.r.3.1" not in values:
        return {"F.r.3.1": _CODES[row.result]}
    if row.result in _WORDS and not {"F.r.3.1", "F.r.3.2", "F.r.3.4"} & set(values):
        return {"F.r.3.4": _WORDS[row.result]}
    return {}


def _tags(test: RecognisedTest) -> dict[str, str]:
    tags = {label: test.test[name] for label, name in TEST_TAGS}
    for model, fields in test.details.items():
        tags |= {label: fields[name] for label, name in DETAIL_TAGS[model]}
    return {**tags, PEAK: "yes" if test.is_peak else ""}


def _fields(detail: Detail) -> dict[str, str]:
    return {name: str(getattr(detail, name)) for _, name in DETAIL_TAGS[type(detail)]}


# Incoming


def read_examination(
    values: Mapping[str, Value], onset: PartialDate | None
) -> tuple[dict[str, Value], str, RecognisedTest]:
    """The elements as they were reported, the qualifier of the number, and what the test is."""
    comment, tags = split_tags(text_of(values.get("F.r.6")))
    reported = _without_additions(values, comment, tags)
    if tags:
        recognised = _from_tags(tags, reported)
    else:
        recognised = recognise_test(reported, onset)
        recognised.remarks += _remarks(reported, recognised)
    result = reported.get("F.r.3.2")
    comparator = result.comparator if isinstance(result, Range) else ""
    return reported, comparator or Qualifier.EQUAL.value, recognised


def _without_additions(
    values: Mapping[str, Value], comment: str, tags: Mapping[str, str]
) -> dict[str, Value]:
    """The elements without the tags, and without the element that was added with them."""
    reported = dict(values)
    if tags:
        reported.pop("F.r.6")
        if comment:
            reported["F.r.6"] = comment
        if tags.get(ADDED) in _MAY_BE_ADDED:
            reported.pop(tags[ADDED], None)
    return reported


def exact_number(value: Value | None) -> Decimal | None:
    """The number of a result, whatever its qualifier."""
    if isinstance(value, Range) and value.comparator:
        ends = [end.value for end in (value.low, value.high) if end and isinstance(end.value, str)]
        return number(ends[0])
    return None if value is None else number(value)


def _from_tags(tags: Mapping[str, str], values: Mapping[str, Value]) -> RecognisedTest:
    """Without a tag for it, the test is the one that name and unit lead to."""
    test = {name: tags.get(label, "") for label, name in TEST_TAGS}
    test["test"] = test["test"] or _test_of(values, test["kind"])
    details = {
        model: {name: tags.get(label, "") for label, name in fields}
        for model, fields in DETAIL_TAGS.items()
        if any(label in tags for label, _ in fields)
    }
    return RecognisedTest(test, details, is_peak=tags.get(PEAK) == "yes", has_tags=True)


def _test_of(values: Mapping[str, Value], kind: str) -> str:
    return read_test("", text_of(values.get("F.r.2.1")), text_of(values.get("F.r.3.3")), kind).key


def recognise_test(values: Mapping[str, Value], onset: PartialDate | None) -> RecognisedTest:
    """What the elements of a test show of it, by literal tables and dates alone."""
    kind, test, details = _named(text_of(values.get("F.r.2.1")), text_of(values.get("F.r.3.3")))
    return RecognisedTest(
        {
            "kind": kind.value,
            "phase": phase_of(values.get("F.r.1"), onset).value,
            "result": _result(values, kind),
            "test": test,
            "sample": "",
        },
        details,
    )


@lru_cache(maxsize=4096)
def _named(name: str, unit: str) -> tuple[ExaminationKind, str, Mapping[type[Detail], Mapping[str, str]]]:
    """By name and unit: the kind of test, the test itself, and the fields of its details."""
    kind, details = _detail(name)
    return kind, read_test("", name, unit, kind).key, details


def _detail(name: str) -> tuple[ExaminationKind, dict[type[Detail], dict[str, str]]]:
    """The kind of test by its name, and the fields of its details."""
    virus, method = virus_of(name)
    if virus:
        return ExaminationKind.VIRAL, {ViralTest: {"virus": virus, "assay": method, "specimen": ""}}
    if tissue := biopsied_tissue(name)[: BiopsyDetail._meta.get_field("tissue").max_length]:
        empty = dict.fromkeys((column for _, column in DETAIL_TAGS[BiopsyDetail]), "")
        return ExaminationKind.BIOPSY, {BiopsyDetail: {**empty, "tissue": tissue}}
    gene, allele = hla_of(name)
    if gene:
        return ExaminationKind.GENETIC, {GeneticDetail: {"gene": gene, "allele": allele}}
    return ExaminationKind.LABORATORY, {}


def _remarks(values: Mapping[str, Value], recognised: RecognisedTest) -> Iterator[str]:
    """What was recognised, as sentences for whoever checks the import."""
    name, unit = text_of(values.get("F.r.2.1")), text_of(values.get("F.r.3.3"))
    if test := recognised.test["test"]:
        yield f"“{name}” taken for {_labels(Examination, 'test')[test]}"
    for model, fields in recognised.details.items():
        labels = ", ".join(str(_labels(model, field).get(value, value)) for field, value in fields.items())
        yield f"“{name}” taken for {model._meta.verbose_name}: {labels.strip(', ')}"
    if (code := unit_of(unit, name)) != unit:
        yield f"unit “{unit}” taken for {code}"
    if recognised.test["phase"] == Phase.BACKGROUND:
        yield f"“{name}”: dated before the first reaction, and so taken as background"


@cache
def _labels(model: type[CaseRow], field: str) -> dict[str, str]:
    return dict(model._meta.get_field(field).flatchoices or ())  # type: ignore[union-attr]


def phase_of(when: Value | None, onset: PartialDate | None) -> Phase:
    """Background for a test that is dated before the first reaction."""
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
    if words := result_of(text_of(values.get("F.r.3.4"))):
        return words.value
    reported = any(
        element in values and not isinstance(values[element], Null)
        for element in ("F.r.3.1", "F.r.3.2", "F.r.3.4")
    )
    return (ResultKind.QUALITATIVE if reported else ResultKind.NOT_STATED).value


def onset_of(starts: list[Value | None]) -> PartialDate | None:
    """The earliest start of a reaction that is dated."""
    dated = [start for start in starts if isinstance(start, PartialDate)]
    return min(dated, key=lambda start: start.earliest, default=None)


def detail_rows(row: Examination, recognised: RecognisedTest) -> Iterator[CaseRow]:
    """New rows for the details of a test."""
    for model, fields in recognised.details.items():
        yield model(examination=row, **fields)
