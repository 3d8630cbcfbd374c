"""Laws of the score that hold for every case, tested on arbitrary and contradictory facts."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoring.adjudication import adjudicate, item_digest
from scoring.answer import Answer
from scoring.canonical import decode_facts, digest, encode, encode_facts
from scoring.facts import Facts, Qualifier
from scoring.halflife import presence
from scoring.regiscar import v1
from scoring.result import Basis
from tests.scoring.build import (
    MEASURED,
    PATIENT_1,
    PATIENT_2,
    POSITIVE,
    QUALITATIVE,
    facts,
    lab,
    nodes,
    signs,
    skin,
    temperature,
)
from tests.scoring.strategies import SECTIONS, any_facts
from values.spans import Span

KEYS = [row.key for row in v1.TABLE]
ROWS = (*SECTIONS, "course")


def law(test):
    """Few examples every day, many in the long run."""
    return settings(max_examples=60, deadline=None)(test)


def all_rows(evidence):
    return [row for name in SECTIONS for row in getattr(evidence, name)]


def check_interval(evidence):
    result = v1.assess(evidence)
    assert -4 <= result.low <= result.total <= result.high <= 9


def check_classes(evidence):
    result = v1.assess(evidence)
    touched = {v1.category(total) for total in range(result.low, result.high + 1)}
    assert set(result.categories) == touched
    assert list(result.categories) == sorted(touched, key=lambda category: category.rank)
    assert result.category is v1.category(result.total)


def check_items(evidence):
    """What basis and interval have to do with each other, item by item."""
    ids = {row.id for row in all_rows(evidence)}
    if evidence.course is not None:
        ids |= {evidence.course.id, evidence.course.days_from_treatment_evidence}
    for row, item in zip(v1.TABLE, v1.assess(evidence).items, strict=True):
        assert item.points == row.points[item.answer]
        assert item.low <= item.points <= item.high
        assert item.is_open == (item.basis in (Basis.REPORTED, Basis.MISSING))
        assert bool(item.needs) == item.is_open
        assert item.rule
        assert set(item.evidence) <= ids
        assert list(item.evidence) == sorted(item.evidence)


def check_missing_is_unknown(evidence):
    """Where nothing recorded decides, the answer is never No."""
    for item in v1.assess(evidence).items:
        assert (item.basis, item.answer) != (Basis.MISSING, "no")


def check_answering(evidence):
    before = v1.assess(evidence)
    for key, reading in v1.read(evidence).items():
        for choice in reading.attainable:
            answer = Answer(key, choice, "", "", item_digest(v1, evidence, key))
            after = adjudicate(v1, evidence, [answer]).result
            assert before.low <= after.low <= after.total <= after.high <= before.high
            assert not after.item(key).is_open


def check_decisive(evidence):
    result = v1.assess(evidence)
    assert {item.key for item in result.decisive} == {item.key for item in result.items if item.is_open}
    ranks = [(-item.class_steps, -item.points) for item in result.decisive]
    assert ranks == sorted(ranks)


def check_encoded_and_decoded(evidence):
    decoded = decode_facts(encode_facts(evidence))
    assert v1.assess(decoded) == v1.assess(evidence)
    assert encode_facts(decoded) == encode_facts(evidence)


def check_sections_not_read(evidence):
    """What the rules say that they don't read changes nothing: rescoring leaves it out."""
    read = decode_facts(encode_facts(evidence), v1.SECTIONS_NOT_READ)
    assert not read.exposures
    assert v1.assess(read) == v1.assess(evidence)


def check_provisional(evidence):
    result = v1.assess(evidence)
    if result.provisional:
        assert result.total_without_penalty == result.total + 1
        assert result.item("resolution").is_open
    else:
        assert result.total_without_penalty is None


LAWS = [
    check_interval,
    check_classes,
    check_items,
    check_missing_is_unknown,
    check_answering,
    check_decisive,
    check_encoded_and_decoded,
    check_sections_not_read,
    check_provisional,
]


@given(any_facts())
@example(facts())
@example(PATIENT_1)
@example(PATIENT_2)
@law
@pytest.mark.parametrize("check", LAWS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_it_holds_for_any_facts(check, evidence):
    check(evidence)


@pytest.mark.slow
@given(any_facts())
@settings(max_examples=2000, deadline=None)
def test_everything_holds_for_very_many_facts(evidence):
    for check in LAWS:
        check(evidence)


@st.composite
def shuffled(draw):
    """Facts, and the same facts with their rows, sites and doses in another order."""
    evidence = draw(any_facts())
    sections = {name: tuple(draw(st.permutations(getattr(evidence, name)))) for name in SECTIONS}
    sections["nodes"] = tuple(
        replace(exam, sites=tuple(draw(st.permutations(exam.sites)))) for exam in sections["nodes"]
    )
    sections["exposures"] = tuple(
        replace(drug, doses=tuple(draw(st.permutations(drug.doses)))) for drug in sections["exposures"]
    )
    return evidence, replace(evidence, **sections)


def item_digests(evidence):
    return [item_digest(v1, evidence, key) for key in KEYS]


@given(shuffled())
@law
def test_the_order_of_rows_never_matters(pair):
    original, reordered = pair
    assert encode(v1.assess(original)) == encode(v1.assess(reordered))
    assert encode_facts(original) == encode_facts(reordered)
    assert digest(original) == digest(reordered)
    assert item_digests(original) == item_digests(reordered)


def renamed(evidence):
    """The same rows under other ids, in the opposite order of names."""
    numbers = iter(range(900, 0, -1))
    sections = {
        name: tuple(replace(row, id=f"{next(numbers):03d}") for row in getattr(evidence, name))
        for name in SECTIONS
    }
    course = evidence.course and replace(evidence.course, id="x", days_from_treatment_evidence="y")
    return replace(evidence, course=course, **sections)


@given(any_facts())
@law
def test_the_ids_of_rows_never_count(evidence):
    other = renamed(evidence)
    assert digest(other) == digest(evidence)
    assert item_digests(other) == item_digests(evidence)
    assert [i.points for i in v1.assess(other).items] == [i.points for i in v1.assess(evidence).items]


def with_other_digits(value):
    """The same with every decimal spelled with two more zeros, or with an exponent."""
    if isinstance(value, Decimal):
        return value.normalize() if value == value.to_integral() else Decimal(f"{value}00")
    if isinstance(value, tuple):
        return tuple(with_other_digits(member) for member in value)
    if is_dataclass(value):
        return replace(value, **{f.name: with_other_digits(getattr(value, f.name)) for f in fields(value)})
    return value


@given(any_facts())
@example(facts(*(row for row in all_rows(PATIENT_1))))
@law
def test_the_digits_of_numbers_never_matter(evidence):
    other = with_other_digits(evidence)
    assert encode(v1.assess(other)) == encode(v1.assess(evidence))
    assert encode_facts(other) == encode_facts(evidence)
    assert item_digests(other) == item_digests(evidence)


@st.composite
def one_section_exchanged(draw):
    """Facts, and the same facts with first section taken from second facts."""
    first, second = draw(any_facts()), draw(any_facts())
    name = draw(st.sampled_from(ROWS))
    return first, replace(first, **{name: getattr(second, name)})


def verdicts(evidence, key):
    reading = v1.read(evidence)[key]
    return reading.answer, reading.basis, reading.attainable


@given(one_section_exchanged())
@settings(max_examples=80, deadline=None)
def test_an_item_moves_only_when_its_digest_does(pair):
    first, second = pair
    for key in KEYS:
        if item_digest(v1, first, key) == item_digest(v1, second, key):
            assert verdicts(first, key) == verdicts(second, key)


@given(any_facts(), any_facts())
@law
def test_facts_that_differ_are_written_differently(first, second):
    assert (encode_facts(first) == encode_facts(second)) == (ordered(first) == ordered(second))


def ordered(evidence: Facts):
    """Rows, sites and doses in one order, the rest as it is."""
    sections = {name: tuple(sorted(getattr(evidence, name), key=repr)) for name in SECTIONS}
    nodes = tuple(replace(exam, sites=tuple(sorted(exam.sites, key=repr))) for exam in sections["nodes"])
    drugs = tuple(replace(drug, doses=tuple(sorted(drug.doses, key=repr))) for drug in sections["exposures"])
    return with_other_digits(replace(evidence, **{**sections, "nodes": nodes, "exposures": drugs}))


@given(any_facts())
@law
def test_the_presence_of_any_drug_has_an_answer(evidence):
    for drug in evidence.exposures:
        result = presence(drug)
        assert result.present in ("yes", "no", "unknown")
        if result.share_remaining is not None:
            assert 0 <= result.share_remaining[0] <= result.share_remaining[1] <= 1


@given(any_facts())
@law
def test_a_drug_without_any_day_is_never_surely_absent(evidence):
    for drug in evidence.exposures:
        without_days = replace(drug, first_dose=Span(), last_dose=Span())
        assert presence(without_days).present in ("yes", "unknown")


def interval(evidence, key):
    item = v1.assess(evidence).item(key)
    return item.low, item.points, item.high


def with_tests(evidence, *rows):
    return replace(evidence, tests=(*evidence.tests, *rows))


HIGH_COUNTS = [lab("eosinophils", "1.5", row="x"), lab("eosinophils", 9, sample="one", row="x", on=20)]


@given(any_facts(), st.sampled_from(HIGH_COUNTS))
@law
def test_a_further_high_count_is_marked_whatever_else_is_recorded(evidence, count):
    assert interval(with_tests(evidence, count), "eosinophilia") == (2, 2, 2)


COUNTS = [
    lab("eosinophils", count, row="x", on=day) for count in ("0.1", "0.8", "1.4") for day in (None, -4, 3, 30)
]


@given(any_facts(), st.sampled_from(COUNTS))
@law
def test_a_further_count_never_lowers_what_is_surely_reached(evidence, count):
    before, after = (interval(e, "eosinophilia") for e in (evidence, with_tests(evidence, count)))
    assert before[0] <= after[0]
    assert before[1] <= after[1]


@given(any_facts(), st.sampled_from(["<=", ">="]))
@law
def test_a_bound_leaves_open_all_that_its_number_leaves_open(evidence, qualifier):
    numbers = [t for t in evidence.tests if t.kind is MEASURED and t.qualifier == "="]
    bounds = [replace(t, qualifier=Qualifier(qualifier)) for t in numbers]
    others = [t for t in evidence.tests if t not in numbers]
    exact, bound = (replace(evidence, tests=(*others, *rows)) for rows in (numbers, bounds))
    for key in ("eosinophilia", "atypical"):
        low, _, high = interval(exact, key)
        least, _, most = interval(bound, key)
        assert least <= low <= high <= most


ABNORMAL = [
    lab("alt", 300, upper=40, on=9),
    lab("alp", 130, upper=120),
    lab("lipase", "> 200", upper=60),
    lab("egfr", 20, lower=60),
    lab("chest_imaging", kind=POSITIVE),
    lab("haematuria", kind=POSITIVE),
    lab("csf", kind=POSITIVE),
    lab("tsh", 9, upper=4),
    lab("abdominal_imaging", kind=POSITIVE),
    lab("troponin_t", "0.02"),
]


@given(any_facts(), st.sampled_from(ABNORMAL))
@law
def test_a_further_abnormal_result_never_lowers_the_organs(evidence, result):
    further = with_tests(evidence, replace(result, id="x"))
    pairs = zip(interval(evidence, "organs"), interval(further, "organs"), strict=True)
    assert all(before <= after for before, after in pairs)


WORSE = [
    ("fever", "temperatures", temperature(39, row="x")),
    ("fever", "temperatures", temperature(kind=QUALITATIVE, row="x")),
    ("fever", "signs", *signs("Pyrexia", row="x")),
    ("nodes", "nodes", nodes(neck=2, groin=2, row="x")),
    ("nodes", "nodes", nodes(neck=2, row="x")),
    ("nodes", "nodes", nodes(QUALITATIVE, row="x")),
    ("nodes", "signs", *signs("Lymphadenopathy", row="x")),
    ("eosinophilia", "signs", *signs("Eosinophilia", row="x")),
    ("atypical", "tests", lab("atypical_lymphocytes", 4, row="x")),
    ("atypical", "signs", *signs("virocytes", row="x")),
    ("extent", "skin", skin(80, row="x")),
    ("extent", "signs", *signs("Erythroderma", row="x")),
    ("suggesting", "skin", skin(scaling=True, facial_oedema=True, row="x")),
    ("suggesting", "signs", *signs("swollen face", row="x")),
]


@given(any_facts(), st.sampled_from(WORSE))
@settings(max_examples=200, deadline=None)
def test_a_further_abnormal_finding_never_lowers_its_item(evidence, finding):
    key, section, row = finding
    worse = replace(evidence, **{section: (*getattr(evidence, section), row)})
    before, after = interval(evidence, key), interval(worse, key)
    assert all(least <= most for least, most in zip(before, after, strict=True))
