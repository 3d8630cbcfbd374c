"""Tests of the organ item.

One organ is 1, two or more are 2, each past its limit and with other explanations excluded. An
explanation that is not known leaves the organ open to 0, one that is present makes it No. A value
that needs a second date is open until there is one, and never No. A value above its limit of normal
and short of what means involvement is open too: only normal results and denials are No.
"""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import (
    EXCLUDED,
    NEGATIVE,
    NOT_DONE,
    NOT_KNOWN,
    NOT_STATED,
    POSITIVE,
    PRESENT,
    QUALITATIVE,
    case,
    facts,
    lab,
    line,
    organ,
)

NO_OTHER = organ("all_others", NEGATIVE)
INVOLVED = {"proof": True, "explanation": EXCLUDED}
DISAGREE = "unknown 0 [0, 1] missing"
ORGANS = ("liver", "kidney", "lung", "muscle_heart", "pancreas", "other")


def excluded(name):
    """Nothing else explains it; says nothing on the organ's own trouble."""
    return organ(name, "measured", explanation=EXCLUDED)


COUNTING = [
    case("nothing is recorded", reads="unknown 0 [0, 2] missing"),
    case("one organ, no other", organ("liver", **INVOLVED), NO_OTHER, reads="one 1 [1, 1] measured"),
    case("one organ, nothing on others", organ("liver", **INVOLVED), reads="one 1 [1, 2] missing"),
    case(
        "two organs",
        organ("liver", **INVOLVED),
        organ("lung", **INVOLVED),
        reads="two_or_more 2 [2, 2] measured",
    ),
    case(
        "three organs are no more than two",
        *(organ(name, **INVOLVED) for name in ORGANS[:3]),
        reads="two_or_more 2 [2, 2] measured",
    ),
    case(
        "one organ twice is one organ",
        organ("liver", **INVOLVED),
        organ("liver", **INVOLVED),
        NO_OTHER,
        reads="one 1 [1, 1] measured",
    ),
    case("no organ", organ("all_others", NEGATIVE), reads="no 0 [0, 0] denied"),
    case(
        "every organ denied by name", *(organ(name, NEGATIVE) for name in ORGANS), reads="no 0 [0, 0] denied"
    ),
    case(
        "all but one denied by name",
        *(organ(name, NEGATIVE) for name in ORGANS[1:]),
        reads="unknown 0 [0, 1] missing",
    ),
    case("one organ denied leaves five unknown", organ("liver", NEGATIVE), reads="unknown 0 [0, 2] missing"),
    case(
        "one involved, one in words",
        organ("liver", **INVOLVED),
        organ("lung", QUALITATIVE),
        NO_OTHER,
        reads="two_or_more 2 [1, 2] reported",
    ),
    case("organ in words, no other", organ("liver", QUALITATIVE), NO_OTHER, reads="one 1 [0, 1] reported"),
    case(
        "two organs in words",
        organ("liver", QUALITATIVE),
        organ("lung", POSITIVE),
        NO_OTHER,
        reads="two_or_more 2 [0, 2] reported",
    ),
    case(
        "other organs in words are not denied",
        organ("all_others", POSITIVE),
        reads="unknown 0 [0, 2] missing",
    ),
    case("not examined", organ("liver", NOT_DONE), reads="unknown 0 [0, 2] missing"),
    case("not stated", organ("liver", NOT_STATED), reads="unknown 0 [0, 2] missing"),
    case(
        "'no other organ' not stated denies nothing",
        organ("all_others", NOT_STATED),
        reads="unknown 0 [0, 2] missing",
    ),
]

EXPLANATIONS = [
    case(
        "excluded closes it",
        organ("liver", proof=True, explanation=EXCLUDED),
        NO_OTHER,
        reads="one 1 [1, 1] measured",
    ),
    case(
        "not known leaves it open to nothing",
        organ("liver", proof=True, explanation=NOT_KNOWN),
        NO_OTHER,
        reads="one 1 [0, 1] reported",
    ),
    case(
        "present makes it no",
        organ("liver", proof=True, explanation=PRESENT),
        NO_OTHER,
        reads="no 0 [0, 0] denied",
    ),
    case(
        "present in one row and excluded in another: the rows disagree",
        organ("liver", **INVOLVED),
        organ("liver", explanation=PRESENT),
        NO_OTHER,
        reads=DISAGREE,
    ),
    case(
        "excluded does not make words a measure",
        organ("liver", QUALITATIVE, explanation=EXCLUDED),
        NO_OTHER,
        reads="one 1 [0, 1] reported",
    ),
    case(
        "excluded for another organ does not help",
        organ("liver", proof=True),
        excluded("lung"),
        NO_OTHER,
        reads="one 1 [0, 1] reported",
    ),
    case(
        "proof and exclusion in two rows",
        organ("liver", proof=True),
        excluded("liver"),
        NO_OTHER,
        reads="one 1 [1, 1] measured",
    ),
]


def alt(value, on=None, upper=40):
    return lab("alt", value, upper=upper, on=on)


def creatinine(value, on, **bounds):
    return lab("creatinine", value, on=on, **bounds)


LIVER = [excluded("liver"), NO_OTHER]
KIDNEY = [excluded("kidney"), NO_OTHER]
HEART = [excluded("muscle_heart"), NO_OTHER]
PANCREAS = [excluded("pancreas"), NO_OTHER]
YES, OPEN, NO = "one 1 [1, 1] measured", "one 1 [0, 1] reported", "no 0 [0, 0] measured"
SHORT = "unknown 0 [0, 1] missing"  # above normal, short of what means involvement

TRIAD = {"ast": 81, "bilirubin_total": 81, "alp": 81}


def triad(**values):
    return (lab(name, value, upper=40) for name, value in (TRIAD | values).items() if value is not None)


LIMITS = [
    # Liver: twice the upper limit, exceeded on two dates.
    case("ALT above twice its limit on two dates", alt(81, 1), alt(90, 3), *LIVER, reads=YES),
    case("ALT at exactly twice its limit on two dates", alt(80, 1), alt(80, 3), *LIVER, reads=SHORT),
    case("ALT above on one date, at the limit on another", alt(81, 1), alt(80, 3), *LIVER, reads=OPEN),
    case("one raised ALT without a second date", alt(300, 1), *LIVER, reads=OPEN),
    case("two raised ALT on the same date", alt(300, 1), alt(200, 1), *LIVER, reads=OPEN),
    case("two raised ALT without dates", alt(300), alt(200), *LIVER, reads=OPEN),
    case("two raised ALT, one without a date", alt(300, 1), alt(200), *LIVER, reads=OPEN),
    case("two raised ALT whose dates may be the same", alt(300, 2), alt(200, (1, 3)), *LIVER, reads=OPEN),
    case("two raised ALT hours apart", alt(300, "1.25"), alt(200, "1.75"), *LIVER, reads=OPEN),
    case("two raised ALT, one some time later", alt(300, (1, 2)), alt(200, (3, 9)), *LIVER, reads=YES),
    case(
        "a high ALT without its limit is not denied by the word on others",
        alt(300, 1, upper=None),
        alt(300, 3, upper=None),
        NO_OTHER,
        reads="unknown 0 [0, 1] missing",
    ),
    case(
        "raised ALT without its limit, nothing else said",
        alt(300, 1, upper=None),
        reads="unknown 0 [0, 2] missing",
    ),
    case(
        "direct bilirubin on two dates",
        *(lab("bilirubin_direct", 5, upper=2, on=on) for on in (1, 3)),
        *LIVER,
        reads=YES,
    ),
    case(
        "direct bilirubin at exactly twice its limit",
        *(lab("bilirubin_direct", 4, upper=2, on=on) for on in (1, 3)),
        *LIVER,
        reads=SHORT,
    ),
    case(
        "one ALT and one direct bilirubin are no two dates of either",
        alt(300, 1),
        lab("bilirubin_direct", 5, upper=2, on=3),
        *LIVER,
        reads=OPEN,
    ),
    case("AST, bilirubin and ALP above once", *triad(), *LIVER, reads=YES),
    case("AST, bilirubin above, ALP at the limit", *triad(alp=80), *LIVER, reads="unknown 0 [0, 1] missing"),
    case(
        "AST and bilirubin above, ALP not known",
        *triad(alp=None),
        *LIVER,
        reads="unknown 0 [0, 1] missing",
    ),
    case("AST normal", lab("ast", 40, upper=40), NO_OTHER, reads=NO),
    case(
        "AST above normal, short of the limit",
        lab("ast", 41, upper=40),
        NO_OTHER,
        reads="unknown 0 [0, 1] missing",
    ),
    case("liver enzymes in words", lab("liver_enzymes", kind=QUALITATIVE), NO_OTHER, reads=OPEN),
    case("liver enzymes reported raised", lab("liver_enzymes", kind=POSITIVE), NO_OTHER, reads=OPEN),
    case("ALT in words", lab("alt", kind=QUALITATIVE), NO_OTHER, reads=OPEN),
    case("liver enzymes normal", lab("liver_enzymes", kind=NEGATIVE), NO_OTHER, reads=NO),
    case("ALT normal", alt(30, 1), NO_OTHER, reads=NO),
    case("ALT normal one day, above another", alt(30, 1), alt(300, 3), *LIVER, reads=OPEN),
    # Kidney: half as much again as the patient's own value, on two dates.
    case(
        "creatinine at exactly 1.5 times the baseline on two dates",
        creatinine(150, 1, baseline=100),
        creatinine(150, 3, baseline=100),
        *KIDNEY,
        reads=YES,
    ),
    case(
        "creatinine just below 1.5 times the baseline",
        creatinine(149, 1, baseline=100),
        creatinine(149, 3, baseline=100),
        *KIDNEY,
        reads=NO,
    ),
    case("creatinine at 1.5 times the baseline once", creatinine(150, 1, baseline=100), *KIDNEY, reads=OPEN),
    case("creatinine normal, baseline not known", creatinine(90, 1, upper=90), *KIDNEY, reads=NO),
    case(
        "creatinine above normal, baseline not known",
        creatinine(91, 1, upper=90),
        NO_OTHER,
        reads="unknown 0 [0, 1] missing",
    ),
    case("1 g of protein a day", lab("urine_protein_daily", 1), *KIDNEY, reads=SHORT),
    case("more than 1 g of protein a day", lab("urine_protein_daily", "1.01"), *KIDNEY, reads=YES),
    case("haematuria", lab("haematuria", kind=POSITIVE), *KIDNEY, reads=YES),
    case("no haematuria", lab("haematuria", kind=NEGATIVE), *KIDNEY, reads=NO),
    case(
        "a count of erythrocytes in urine has no limit to judge it by",
        lab("haematuria", 50),
        NO_OTHER,
        reads="unknown 0 [0, 1] missing",
    ),
    case(
        "creatinine at its limit is normal, whatever the baseline",
        creatinine(90, 1, upper=90),
        *(organ(name, NEGATIVE) for name in ORGANS if name != "kidney"),
        reads=NO,
    ),
    # Muscle and heart are one organ.
    case("CK above twice its limit once", lab("creatine_kinase", 401, upper=200), *HEART, reads=YES),
    case("CK at exactly twice its limit", lab("creatine_kinase", 400, upper=200), *HEART, reads=SHORT),
    case("troponin T above its own limit", lab("troponin_t", "0.02", upper="0.014"), *HEART, reads=YES),
    case("0.012 within its own limit", lab("troponin_t", "0.012", upper="0.014"), *HEART, reads=NO),
    case("troponin T above 0.01, no limit of its own", lab("troponin_t", "0.011"), *HEART, reads=OPEN),
    case("troponin T of 0.01, no limit of its own", lab("troponin_t", "0.01"), *HEART, reads=NO),
    case(
        "CK and troponin are one organ",
        lab("creatine_kinase", 401, upper=200),
        lab("troponin_t", 1),
        *HEART,
        reads=YES,
    ),
    # Pancreas.
    case("amylase above twice its limit", lab("amylase", 201, upper=100), *PANCREAS, reads=YES),
    case("amylase at exactly twice its limit", lab("amylase", 200, upper=100), *PANCREAS, reads=SHORT),
    case("lipase above twice its limit", lab("lipase", 121, upper=60), *PANCREAS, reads=YES),
    case("lipase at exactly twice its limit", lab("lipase", 120, upper=60), *PANCREAS, reads=SHORT),
    # Tests that name no organ.
    case("C-reactive protein is no organ", lab("crp", 300), NO_OTHER, reads="no 0 [0, 0] denied"),
    case("a test that was not done", lab("alt", kind=NOT_DONE), reads="unknown 0 [0, 2] missing"),
    # Test and finding of one organ together.
    case(
        "values past the limit explained by something else",
        alt(81, 1),
        alt(90, 3),
        organ("liver", explanation=PRESENT),
        NO_OTHER,
        reads=NO,
    ),
    case("values past the limit, explanation not known", alt(81, 1), alt(90, 3), NO_OTHER, reads=OPEN),
    case(
        "a normal test beside an organ in words",
        alt(30, 1),
        organ("liver", QUALITATIVE),
        NO_OTHER,
        reads=OPEN,
    ),
    case("a normal test beside a denial", alt(30, 1), organ("liver", NEGATIVE), NO_OTHER, reads=NO),
]


@pytest.mark.parametrize(("rows", "reads"), COUNTING)
def test_counting_organs(rows, reads):
    assert line("organs", *rows) == reads


@pytest.mark.parametrize(("rows", "reads"), EXPLANATIONS)
def test_other_explanations(rows, reads):
    assert line("organs", *rows) == reads


@pytest.mark.parametrize(("rows", "reads"), LIMITS)
def test_limits_of_each_organ(rows, reads):
    assert line("organs", *rows) == reads


@pytest.mark.parametrize("name", ORGANS)
def test_every_organ_of_the_table_counts(name):
    assert line("organs", organ(name, **INVOLVED), NO_OTHER) == YES


def test_organs_nobody_mentioned_are_named():
    item = v1.assess(facts(*(organ(name, NEGATIVE) for name in ORGANS[:4]))).item("organs")
    assert item.needs == "Whether an organ was affected: pancreas, another organ."


def test_tests_and_findings_are_both_evidence():
    rows = (lab("alt", 300, upper=40, row="alt"), organ("liver", QUALITATIVE, row="words"))
    assert v1.assess(facts(*rows)).item("organs").evidence == ("alt", "words")


@pytest.mark.parametrize("kind", [NOT_DONE, NOT_STATED])
def test_what_nobody_looked_at_is_no_evidence(kind):
    rows = (lab("alt", kind=kind), organ("liver", kind, explanation=PRESENT))
    assert v1.assess(facts(*rows)).item("organs").evidence == ()
