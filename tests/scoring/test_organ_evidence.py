"""Tests of what decides an organ: all of its tests, words beside them, and each other organ by itself.

The worst reading of all tests of an organ decides. Not involved are an organ whose minimum set of tests
is normal and no test anything else, and one that the report denies.
"""

import pytest

from scoring.regiscar import v1
from scoring.regiscar.v1.organs import states
from tests.scoring.build import (
    EXCLUDED,
    MEASURED,
    NEGATIVE,
    POSITIVE,
    PRESENT,
    QUALITATIVE,
    diagnosis,
    facts,
    lab,
    organ,
    signs,
)

NO_OTHER = organ("all_others", NEGATIVE)
INVOLVED, OPEN, NOT = "involved", "open", "not_involved"


def state(title, name, *rows, is_):
    """One row of a table: an organ, the recorded rows, and its state."""
    return pytest.param(name, rows, is_, id=title)


def alt(value=30, on=1, upper=40, **more):
    return lab("alt", value, upper=upper, on=on, **more)


def creatinine(value, on=1, **more):
    return lab("creatinine", value, on=on, **more)


ALP, BILIRUBIN = lab("alp", 100, upper=120), lab("bilirubin_total", 1, upper="1.2")
CK, TROPONIN = lab("creatine_kinase", 100, upper=200), lab("troponin_i", 10, upper=34)
ECG, IMAGE = lab("ecg_echo", kind=NEGATIVE), lab("chest_imaging", kind=NEGATIVE)

MINIMUM_SETS = [
    state("ALT alone leaves the liver open", "liver", alt(), is_=OPEN),
    state("ALT and ALP", "liver", alt(), ALP, is_=NOT),
    state("ALT and bilirubin", "liver", alt(), BILIRUBIN, is_=NOT),
    state("ALP and bilirubin without ALT", "liver", ALP, BILIRUBIN, is_=OPEN),
    state("liver enzymes normal in words", "liver", lab("liver_enzymes", kind=NEGATIVE), is_=NOT),
    state("a second ALT above its limit", "liver", alt(), ALP, alt(60, 3), is_=OPEN),
    state("GGT without its limit", "liver", alt(), ALP, lab("ggt", 300), is_=OPEN),
    state("creatinine within its limit", "kidney", creatinine("0.9", upper="1.2"), is_=NOT),
    state("creatinine near the baseline", "kidney", creatinine(1, baseline="0.9"), is_=NOT),
    state("creatinine without either", "kidney", creatinine(1), is_=OPEN),
    state("no blood in the urine alone", "kidney", lab("haematuria", kind=NEGATIVE), is_=OPEN),
    state(
        "eGFR below its limit beside it",
        "kidney",
        creatinine(1, upper=2),
        lab("egfr", 40, lower=90),
        is_=OPEN,
    ),
    state(
        "eGFR within its limit beside it",
        "kidney",
        creatinine(1, upper=2),
        lab("egfr", 95, lower=90),
        is_=NOT,
    ),
    state(
        "blood in the urine beside it",
        "kidney",
        creatinine(1, upper=2),
        lab("haematuria", kind=POSITIVE),
        is_=OPEN,
    ),
    state("CK alone leaves the heart open", "muscle_heart", CK, is_=OPEN),
    state("troponin and ECG leave the muscle open", "muscle_heart", TROPONIN, ECG, is_=OPEN),
    state("CK and troponin", "muscle_heart", CK, TROPONIN, is_=NOT),
    state("CK and ECG", "muscle_heart", CK, ECG, is_=NOT),
    state("troponin, ECG and the word on others", "muscle_heart", TROPONIN, ECG, NO_OTHER, is_=NOT),
    state("a high BNP beside them", "muscle_heart", CK, TROPONIN, lab("bnp", 900, upper=100), is_=OPEN),
    state(
        "a low ejection fraction beside them", "muscle_heart", CK, ECG, lab("lvef", 30, lower=50), is_=OPEN
    ),
    state("a chest image", "lung", IMAGE, is_=NOT),
    state("an abnormal chest image", "lung", lab("chest_imaging", kind=POSITIVE), NO_OTHER, is_=OPEN),
    state("low oxygen beside a normal image", "lung", IMAGE, lab("blood_gas", 60, lower=80), is_=OPEN),
    state("one enzyme of the pancreas", "pancreas", lab("lipase", 30, upper=60), is_=NOT),
    state(
        "the other enzyme raised",
        "pancreas",
        lab("lipase", 30, upper=60),
        lab("amylase", 150, upper=100),
        is_=OPEN,
    ),
    state("normal CSF is no other organ denied", "other", lab("csf", kind=NEGATIVE), is_=OPEN),
    state("TSH needs both of its limits", "other", lab("tsh", 1, upper=4), NO_OTHER, is_=OPEN),
    state("TSH within both", "other", lab("tsh", 1, upper=4, lower="0.4"), NO_OTHER, is_=NOT),
]

BOUNDS = [
    state("below detection is normal", "pancreas", lab("lipase", "< 20", upper=60), is_=NOT),
    state("a bound above the limit is open", "pancreas", lab("lipase", "< 90", upper=60), NO_OTHER, is_=OPEN),
    state("troponin T below 0.01 without a limit", "muscle_heart", lab("troponin_t", "< 0.01"), CK, is_=NOT),
    state(
        "more than five times",
        "pancreas",
        lab("lipase", "> 300", upper=60),
        organ("pancreas", MEASURED, explanation=EXCLUDED),
        is_=INVOLVED,
    ),
    state("more than half the limit", "pancreas", lab("lipase", "> 30", upper=60), NO_OTHER, is_=OPEN),
    state(
        "a value that no patient can have", "liver", alt(9000000, is_plausible=False), ALP, NO_OTHER, is_=OPEN
    ),
    state("a unit that was not read", "liver", lab("alt", kind=MEASURED), ALP, NO_OTHER, is_=OPEN),
]

BASELINES = [
    state("ALT unchanged from before", "liver", alt(150, 2, baseline=150), ALP, is_=NOT),
    state(
        "ALT a little above before", "liver", alt(155, 2, baseline=150), alt(150, 6, baseline=150), is_=OPEN
    ),
    state(
        "ALT above twice the value before",
        "liver",
        *(alt(301, on, baseline=150) for on in (2, 6)),
        organ("liver", MEASURED, explanation=EXCLUDED),
        is_=INVOLVED,
    ),
    state(
        "a normal value before changes nothing",
        "liver",
        alt(81, 1, baseline=20),
        alt(90, 3, baseline=20),
        is_=OPEN,
    ),
    state("chronic kidney disease unchanged", "kidney", creatinine(2, upper="1.2", baseline=2), is_=NOT),
    state("1.4 times, above the limit", "kidney", creatinine("1.4", upper="1.2", baseline=1), is_=OPEN),
    state(
        "a low eGFR unchanged",
        "kidney",
        creatinine(2, upper="1.2", baseline=2),
        lab("egfr", 40, lower=90, baseline=38),
        is_=NOT,
    ),
]

WORDS = [
    state("reported, nothing measured", "liver", *signs("Hepatitis"), NO_OTHER, is_=OPEN),
    state("reported beside a denial", "liver", *signs("Hepatitis"), organ("liver", NEGATIVE), is_=OPEN),
    state("reported beside normal tests", "liver", *signs("Hepatitis"), alt(), ALP, is_=OPEN),
    state("denied in words", "liver", *signs("no hepatitis"), is_=NOT),
    state("denied in words, one value above normal", "liver", *signs("no hepatitis"), alt(60), is_=OPEN),
    state(
        "denied in words, a value without its limit",
        "liver",
        *signs("no hepatitis"),
        alt(30, upper=None),
        is_=NOT,
    ),
    state("a normal test in words is that test", "muscle_heart", *signs("Troponin normal"), is_=OPEN),
    state("both halves normal in words", "muscle_heart", *signs("Troponin normal"), CK, is_=NOT),
    state("no organ at all, in words", "lung", *signs("no other organ involvement"), is_=NOT),
    state("suggested, others denied", "pancreas", *signs("Nausea"), NO_OTHER, is_=OPEN),
    state(
        "suggested, settled by its test", "pancreas", *signs("Nausea"), lab("lipase", 30, upper=60), is_=NOT
    ),
    state("suggested, denied by name", "pancreas", *signs("Nausea"), organ("pancreas", NEGATIVE), is_=NOT),
    state("what must not count", "liver", *signs("Hepatic steatosis"), NO_OTHER, is_=NOT),
    state(
        "proven, and denied",
        "liver",
        organ("liver", proof=True, explanation=EXCLUDED),
        organ("liver", NEGATIVE),
        is_=OPEN,
    ),
    state(
        "explained, and reported",
        "liver",
        organ("liver", QUALITATIVE),
        organ("liver", explanation=PRESENT),
        is_=OPEN,
    ),
]


@pytest.mark.parametrize(("name", "rows", "expected"), MINIMUM_SETS)
def test_all_tests_of_an_organ_decide(name, rows, expected):
    assert states(facts(*rows))[name] == expected


@pytest.mark.parametrize(("name", "rows", "expected"), BOUNDS)
def test_bounds_and_numbers_that_cannot_be_compared(name, rows, expected):
    assert states(facts(*rows))[name] == expected


@pytest.mark.parametrize(("name", "rows", "expected"), BASELINES)
def test_the_own_value_before_the_reaction(name, rows, expected):
    assert states(facts(*rows))[name] == expected


@pytest.mark.parametrize(("name", "rows", "expected"), WORDS)
def test_words_beside_measures(name, rows, expected):
    assert states(facts(*rows))[name] == expected


INVOLVES = {"proof": True, "explanation": EXCLUDED}


@pytest.mark.parametrize(
    ("rows", "interval"),
    [
        pytest.param(
            [organ("other", which="Milz", **INVOLVES), organ("other", which="spleen", **INVOLVES)],
            (1, 1),
            id="one-organ-in-two-languages",
        ),
        pytest.param(
            [organ("other", which="spleen", **INVOLVES), organ("other", which="colon", **INVOLVES)],
            (2, 2),
            id="two-organs",
        ),
        pytest.param([organ("other", **INVOLVES), organ("other", **INVOLVES)], (1, 2), id="without-a-name"),
        pytest.param(
            [organ("other", which="spleen", **INVOLVES), organ("other", **INVOLVES)],
            (1, 2),
            id="one-without-a-name",
        ),
        pytest.param(
            [organ("other", which="spleen", **INVOLVES), *signs("Splenomegaly")], (1, 1), id="its-own-sign"
        ),
        pytest.param(
            [organ("other", which="spleen", **INVOLVES), *signs("Uveitis")], (1, 2), id="a-sign-of-another"
        ),
        pytest.param(
            [organ("other", which="whiskers", **INVOLVES), organ("other", which="spleen", **INVOLVES)],
            (2, 2),
            id="a-name-of-no-table",
        ),
        pytest.param(
            [organ("other", NEGATIVE, which="spleen"), organ("other", which="colon", **INVOLVES)],
            (1, 1),
            id="one-denied",
        ),
        pytest.param([*signs("multi-organ involvement")], (0, 1), id="a-word-that-names-none"),
    ],
)
def test_each_other_organ_is_its_own(rows, interval):
    item = v1.assess(facts(*rows, NO_OTHER)).item("organs")
    assert (item.low, item.high) == interval


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([alt(800, 2, upper=None), creatinine("4.3", 2)], "ALT 800 on day 2 without its limit"),
        ([alt(300, 2), alt(280, 6)], "ALT above twice its upper limit on two dates"),
        ([alt(9000000, is_plausible=False)], "which no patient can have"),
        ([alt(155, 2, baseline=150)], "the patient’s own 150 before"),
        ([organ("liver", proof=True), diagnosis("sepsis")], "sepsis is confirmed and may explain it"),
        ([organ("liver", **INVOLVES), organ("liver", explanation=PRESENT)], "the rows disagree"),
        ([*signs("Hepatitis"), organ("liver", NEGATIVE)], "“Hepatitis”, and the report denies it"),
        (
            [
                alt(90),
                lab("ast", 300, upper=40),
                lab("alp", 300, upper=120),
                lab("bilirubin_total", 3, upper=1),
            ],
            "AST, total bilirubin and ALP above twice",
        ),
    ],
)
def test_the_sentence_names_the_rule_that_fired(rows, part):
    assert part in v1.assess(facts(*rows)).item("organs").rule


@pytest.mark.parametrize(
    ("rows", "needs"),
    [
        ([alt(300, 2), alt(280, 6)], "Whether other explanations of the liver are excluded."),
        ([alt(300, 3, upper=None)], "The upper limit of ALT on day 3."),
        (
            [alt(300, 3), organ("liver", MEASURED, explanation=EXCLUDED)],
            "A second date above twice the limit for ALT.",
        ),
        ([creatinine("4.3")], "A baseline or upper limit of creatinine on day 1."),
        ([creatinine("4.3", upper="1.2")], "A baseline of creatinine."),
        ([lab("egfr", 50, on=(1, 3))], "The lower limit of eGFR."),
        ([alt()], "A result of total bilirubin or direct bilirubin or ALP or liver enzymes."),
        ([alt("< 300")], "The value of ALT itself on day 1."),
        (
            [alt(300), alt(300, upper=None, on=4)],
            (
                "A second date above twice the limit for ALT, the upper limit of ALT on day 4, and whether "
                "other explanations of the liver are excluded."
            ),
        ),
        (
            [organ("muscle_heart", QUALITATIVE)],
            (
                "A measure or a finding that shows how the muscle or heart is involved, and whether other "
                "explanations of the muscle or heart are excluded."
            ),
        ),
    ],
)
def test_what_is_lacking_is_named(rows, needs):
    assert v1.assess(facts(*rows)).item("organs").needs == needs
