"""Filters of cases: the database finds what plain Python finds, and bad input is named."""

from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.assessing import adjudicate, make_current
from assessments.facts.age import age_in_years
from assessments.facts.peaks import ALT, CREATININE, peak
from assessments.scorecards import scorecards
from cases.amendment import amend
from cases.models import (
    Case,
    Examination,
    GeneticDetail,
    OtherIdentifier,
    Patient,
    Reaction,
    Substance,
    ViralTest,
)
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import read_cases
from cases.versions import nullify
from research.filters import CHAPTERS, CaseFilter
from scoring.instruments import primary
from synthetic.insertion import synthesize
from tests.cases.rows import open_case, sql
from tests.research.plain_filters import RANGES, WHOLE, Loaded, fits
from tests.research.plain_row_filters import ROWS
from values.moments import Moment

MANY = 250
ITEMS = primary().items


def filtered(address: str) -> CaseFilter:
    return CaseFilter(QueryDict(address), queryset=Case.objects.all(), identities=True)


def found(address: str) -> set[str]:
    chosen = filtered(address)
    assert chosen.is_valid(), chosen.errors
    return set(chosen.qs.values_list("number", flat=True))


def some(*values: str):
    """One of them, or several with commas."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(",".join)


def whole(low: int, high: int, ending: str = ""):
    return st.integers(low, high).map(lambda number: f"{number}{ending}")


DAYS = st.dates(date(2008, 1, 1), date(2024, 1, 1)).map(str)
CLASSES = some("no_case", "possible", "probable", "definite")
RESULTS = some("positive", "negative", "not_done", "not_stated", "qualitative")
CELLS = st.one_of(whole(100, 6000, "/mm3"), whole(1, 6, " 10*9/L"), whole(1, 6, " K/uL"))
CREATININES = st.one_of(whole(60, 200, " umol/L"), st.sampled_from(["0.9 mg/dL", "1.5 mg/dL", "2 mg/dL"]))
DOSES = st.one_of(whole(1, 900, " mg"), st.sampled_from(["0.1 g", "0.2g", "200000 ug"]))
COPIES = st.one_of(whole(300, 90000, " copies/mL"), st.just("5000000 {copies}/L"))
ENDS = {
    "received": DAYS, "latest": DAYS, "onset": DAYS, "age": whole(0, 95),
    "completeness": st.sampled_from(["0", "0.1", "0.25", "0.7", "0.81", "1"]), "total": whole(-4, 9),
    "latency_first": whole(0, 60), "latency_last": whole(0, 60), "half_lives_first": whole(0, 200),
    "half_lives_last": whole(0, 60), "eosinophils": CELLS, "alt": whole(20, 500, " U/L"),
    "creatinine": CREATININES, "dose": DOSES, "copies": COPIES,
}  # fmt: skip
VALUES = {
    **{f"{name}_{end}": values for name, values in ENDS.items() for end in ("min", "max")},
    "category": CLASSES,
    "settled": some("yes", "no"),
    "touches": CLASSES,
    "origin": some("computed", "reported", "adjudicated"),
    "attention": some("outdated", "answers_due"),
    "present": some("yes", "no", "unknown"),
    "missing": some("reporter", "patient", "drug", "reaction"),
    "state": some("draft", "in_review", "closed", "nullified"),
    "report_type": some("1", "2", "3"),
    "synthetic": some("yes", "no"),
    "words": st.sampled_from(["LETTER", "dress", "rash", "s1", "7"]),
    "identifier": st.sampled_from(["FR-", "OTHER", "LETTER-P1", "SYNTHETIC"]),
    "country": some("FR", "de", "JP", "SE"),
    "narrative": st.sampled_from(["fever", "canakinumab", "erythroderma", "topical", "mevalonate"]),
    "sex": some("1", "2"),
    "reaction": st.sampled_from(["DRESS", "fever", "ema", "Ξ"]),
    "outcome": some("0", "1", "2", "3", "5"),
    "serious": some("any", "death", "hospitalisation", "life_threatening"),
    "drug": st.sampled_from(["an", "ANAKINRA", "ine", "%", "allopurinol"]),
    "substance": st.sampled_from(["a", "canakinumab", "phen", "made up"]),
    "atc": some("L04AC", "L04AC03", "N03", "J", "M04AA01"),
    "role": some("1", "2", "3"),
    "virus": some("hhv6", "ebv", "cmv", "hhv7"),
    "virus_result": RESULTS,
    "specimen": some("blood", "other", "not_stated"),
    "biopsy": some("compatible", "unclear", "other_diagnosis"),
    "biopsy_finding": st.sampled_from(["eosinophil", "lymph", "necrosis"]),
    "biopsy_tissue": st.sampled_from(["skin", "liver"]),
    "organ": some("liver", "kidney", "lung", "muscle_heart", "all_others"),
    "organ_result": some("positive", "negative", "open"),
    "explanation": some("excluded", "not_known", "present"),
    "allele": st.sampled_from(["B*58", "HLA-B*58:01", "A*31", "I268T"]),
    "allele_result": RESULTS,
    **{f"item_{row.key}": some(*row.points) for row in ITEMS},
    **{f"basis_{row.key}": some("measured", "denied", "reported", "adjudicated", "missing") for row in ITEMS},
}  # fmt: skip


@pytest.fixture
def population(letter_cases, assessor, reviewer, synthesizer):
    """Two cases of patients and many of the generator, with what the generator never makes."""
    list(synthesize(MANY, seed=11))
    first, second, third, fourth, fifth, *_ = Case.objects.filter(is_synthetic=True).order_by("pk")
    with amend(first, by=assessor, reason="test") as amendment:
        amendment.add(OtherIdentifier(source="sender", identifier="OTHER-1"))
        for virus, unit, phase in (("hhv6", "copies/mL", "reaction"), ("cmv", "{copies}/L", "background")):
            test = amendment.add(
                Examination(name="PCR", kind="viral", value=4000, unit=unit, phase=phase, result="measured")
            )
            amendment.add(ViralTest(examination=test, virus=virus, specimen="Skin"))
    with amend(second, by=assessor, reason="test") as amendment:
        amendment.add(Substance(exposure=second.exposures.first(), name="made up"))
        for name, result in (("B*58:01", "positive"), ("HLA-A*31:01", "negative")):
            test = amendment.add(Examination(name="HLA", kind="genetic", result=result))
            amendment.add(GeneticDetail(examination=test, gene="HLA", allele=name))
    make_current([first.pk, second.pk])
    adjudicate(third, "eosinophilia", "marked", by=reviewer, reason="seen")
    adjudicate(fourth, "fever", "no", by=reviewer, reason="seen")
    nullify(fifth, by=assessor, reason="a duplicate")
    sql("UPDATE cases_examination SET value = value + 1 WHERE case_id = %s AND value > 0", fourth.pk)
    make_current([fourth.pk])
    sql("UPDATE cases_reaction SET outcome = '5' WHERE case_id = %s", Case.objects.order_by("-pk")[0].pk)
    everything = read_cases(Case.objects.values_list("pk", flat=True))
    cards = scorecards([one.case for one in everything.values()])
    return [Loaded(one, card) for one, card in zip(everything.values(), cards, strict=True)]


SWITCHED = st.fixed_dictionaries(
    {
        "certainty": st.sampled_from(["certainly", "possibly"]),
        "class_by": st.sampled_from(["standing", "evidence", "lower", "upper", "settled"]),
        "nullified": st.sampled_from(["leave_out", "include", "only"]),
    }
)


def agree(population, chosen: dict[str, str], switches: dict[str, str]) -> None:
    address = QueryDict(mutable=True)
    address.update({**chosen, **switches})
    expected = {case.whole.case.number for case in population if fits(case, {**chosen, **switches})}
    assert found(address.urlencode()) == expected, (chosen, switches)


def many(count: int):
    """Property tests over one population: no shrinking data base, no limit of time."""
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.parametrize(
    ("alone", "combined"), [(1, 40), pytest.param(4, 400, marks=pytest.mark.slow, id="often")]
)
def test_the_database_and_plain_python_find_the_same_cases(population, alone, combined):
    """Each filter by itself over its kinds of values, then random combinations."""

    @many(combined)
    @given(st.data())
    def together(data):
        names = data.draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=2, max_size=4, unique=True))
        agree(population, {name: data.draw(VALUES[name]) for name in names}, data.draw(SWITCHED))

    for name in VALUES:
        many(alone)(
            given(VALUES[name].map(lambda value, name=name: {name: value}), SWITCHED)(
                lambda chosen, switches: agree(population, chosen, switches)
            )
        )()
    together()


def test_every_filter_has_a_second_implementation_a_help_text_and_a_chapter():
    names = set(CaseFilter.base_filters) - {"certainty", "class_by", "nullified"}
    assert names == set(VALUES)
    kinds = {*ROWS, *RANGES, *WHOLE, "category", "dose_min", "dose_max"} - {"dose", "item_", "basis_"}
    assert names == kinds | {f"{part}_{row.key}" for part in ("item", "basis") for row in ITEMS}
    assert names == {name for _, chapter in CHAPTERS for name in chapter.base_filters}
    assert all(known.extra["help_text"] for known in CaseFilter.base_filters.values())


def test_what_is_undetermined_is_between_certainly_and_possibly(population):
    chosen = filtered("latency_last_max=14&latency_last_min=2")
    surely = found("latency_last_max=14&latency_last_min=2&certainty=certainly")
    perhaps = found("latency_last_max=14&latency_last_min=2&certainty=possibly")
    assert surely < perhaps
    assert set(chosen.undetermined().values_list("number", flat=True)) == perhaps - surely
    assert not filtered("category=probable").undetermined().exists()


@pytest.mark.parametrize(
    ("address", "name", "sentence"),
    [
        ("category=sure", "category", "There is no “sure” here. Choose among: no_case, possible,"),
        ("category=probable,sure", "category", "There is no “sure” here."),
        ("atc=L04ACX", "atc", "“L04ACX” is no such code. Write 1, 3, 4, 5 or 7 signs of an ATC code"),
        ("country=France", "country", "“FRANCE” is no such code. Write two letters"),
        ("eosinophils_min=5000", "eosinophils_min", "Write a number and its unit, such as 1500/mm3"),
        ("eosinophils_min=5,000/mm3", "eosinophils_min", "Write a number and its unit, such as 1500/mm3"),
        ("eosinophils_min=-5/mm3", "eosinophils_min", "Write a number and its unit"),
        ("eosinophils_min=5 mg", "eosinophils_min", "“mg” can't be converted to 10*9/L."),
        ("alt_max=3 apples", "alt_max", "“apples” is no unit that is known here."),
        ("dose_min=100 mgg", "dose_min", "“mgg” is no unit that is known here. Write it like 100 mg."),
        ("dose_min=1 mg/mg/mg/mg", "dose_min", "is no unit that is known here"),
        ("dose_min=1 m%00g", "dose_min", "Null characters are not allowed."),
        ("drug=%00", "drug", "Null characters are not allowed."),
        ("received_min=3/1/2016", "received_min", "has 2 readings. Write 3 Jan 2016, or 1 Mar 2016."),
        ("received_min=2016-02-30", "received_min", "not a date of the calendar"),
        ("received_min=Mar 2016", "received_min", "Write day, month and year: 29 Sep 2026."),
        ("age_min=old", "age_min", "Enter a number."),
        ("age_min=-1", "age_min", "greater than or equal to 0"),
        ("latency_last_max=1e400", "latency_last_max", "no more than 15 digits"),
        ("completeness_min=80", "completeness_min", "less than or equal to 1"),
        ("certainty=maybe", "certainty", "Choose among: certainly, possibly."),
    ],
)
def test_a_wrong_value_is_named_at_its_filter_and_finds_nothing(letter_cases, address, name, sentence):
    chosen = filtered(f"{address}&sex=1,2")
    assert sentence in " ".join(chosen.errors[name])
    assert not chosen.qs.exists()


def test_a_name_that_is_no_filter_is_listed():
    assert filtered("catgory=probable&page=2&sex=1").unknown(other_parameters=["page"]) == ["catgory"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("drug=anakinra&role=1", {"LETTER-P2"}),
        ("atc=L04AC&category=probable,definite", {"LETTER-P1", "LETTER-P2"}),
        ("atc=L04AC08", {"LETTER-P1"}),
        ("atc=l04ac03,N03", {"LETTER-P2"}),
        ("half_lives_last_max=1", {"LETTER-P1"}),
        ("half_lives_last_max=1&certainty=possibly", {"LETTER-P1", "LETTER-P2"}),
        ("narrative=%22no such words%22", set()),
        ("synthetic=yes", set()),
        ("dose_min=2 mg/kg", {"LETTER-P1", "LETTER-P2"}),
    ],
)
def test_the_two_cases_of_the_letter(letter_cases, address, expected):
    assert found(address) == expected


def record_of(*rows) -> CaseRecord:
    record = CaseRecord(Case(latest_information=date(2020, 1, 31)))
    record.add(rows)
    return record


@pytest.mark.parametrize(
    ("patient", "low", "high"),
    [
        ({"age": Decimal(30), "age_unit": "mo"}, "2.5", "2.5"),
        ({"age": Decimal(3), "age_unit": "{decade}"}, "30", "40"),
        ({"age": Decimal(7), "age_unit": "{trimester}"}, None, None),
        ({"age": Decimal(400), "age_unit": "a"}, None, None),
        ({"age_group": "5"}, "18", "65"),
        ({"age_group": "6"}, "65", None),
        ({"birth_date": Moment.parse("2000")}, "19.041752", "20.041068"),
        ({}, None, None),
    ],
)
def test_age_as_closely_as_the_report_says(patient, low, high):
    record = record_of(Patient(**patient), Reaction(term="rash", onset=Moment.parse("2020-01-16")))
    age = age_in_years(record, CaseTimeline(record))
    assert (age.low, age.high) == tuple(None if end is None else Decimal(end) for end in (low, high))


def exam(test: str, value: str, unit: str, **more) -> Examination:
    values = {"result": "measured", "phase": "reaction", "qualifier": "=", **more}
    return Examination(test=test, value=Decimal(value), unit=unit, **values)


@pytest.mark.parametrize(
    ("scale", "rows", "expected"),
    [
        (ALT, [exam("alt", "120", "U/L"), exam("alt", "3", "ukat/L")], "180"),
        (ALT, [exam("alt", "120", "IU/L"), exam("alt", "900", "U/L", phase="background")], "120"),
        (ALT, [exam("alt", "120", "U/L", qualifier="<")], None),
        (ALT, [exam("alt", "120", "U/L", qualifier=">")], "120"),
        (ALT, [exam("alt", "120", "")], None),
        (ALT, [exam("alt", "1e12", "U/L")], None),
        (CREATININE, [exam("creatinine", "2", "mg/dl"), exam("creatinine", "150", "µmol/L")], "176.8"),
        (CREATININE, [exam("creatinine", "1", "mg/dl"), exam("creatinine", "150", "µmol/L")], "150"),
        (CREATININE, [exam("creatinine", "0.2", "mmol/l")], "200"),
    ],
)
def test_peaks_in_one_unit(scale, rows, expected):
    assert peak(record_of(*rows), scale) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("2.4", "G/l"),
        ("2.4", "x10⁹/L"),
        ("2.4", "×10³/µL"),
        ("2.4", "Gpt/l"),
        ("2400", "/µl"),
        ("2400", "cells/mm3"),
        ("2400", "Zellen/µl"),
        ("0.024", "lakhs/cumm"),
    ],
)
def test_a_count_is_found_in_whatever_unit_it_was_written(assessor, value, unit):
    """The name alone says which test it is."""
    case = open_case(assessor, number="COUNTED")
    with amend(case, by=assessor, reason="test") as amendment:
        amendment.add(Examination(name="Eosinophils", value=Decimal(value), unit=unit, result="measured"))
    make_current([case.pk])
    for asked in ("2.3 10*9/L", "2300/mm3", "2.3 G/l"):
        assert found(f"eosinophils_min={quote(asked)}") == {"COUNTED"}
    assert found("eosinophils_min=2.5 G/l") == set()


@pytest.mark.parametrize(
    ("onset", "expected"),
    [
        ("2016-03", (date(2016, 3, 1), date(2016, 3, 31))),
        ("2016-03-15T10:30", (date(2016, 3, 15), date(2016, 3, 15))),
        (None, (None, None)),
        ("birth+2..3d", (date(2000, 1, 3), date(2000, 1, 4))),
    ],
)
def test_the_days_on_which_the_reaction_can_have_begun(onset, expected):
    reaction = Reaction(term="rash", onset=Moment.parse(onset) if onset else None)
    record = record_of(Patient(birth_date=Moment.parse("2000-01-01")), reaction)
    assert CaseTimeline(record).days_of_onset() == expected


def test_a_standing_is_joined_once_for_all_filters(letter_cases):
    filters = filtered("category=probable&drug=anakinra")
    assert str(filters.qs.query).count('"assessments_standing"') == 1
