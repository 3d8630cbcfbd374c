"""Tests of canonical text: one text for equal facts and results, and digests without ids and order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.answer import Answer
from scoring.canonical import (
    decode_answer,
    decode_facts,
    decode_result,
    digest,
    digest_text,
    encode,
    encode_facts,
)
from scoring.facts import Exposure, Facts
from scoring.regiscar import v1
from tests.scoring.build import (
    NEGATIVE,
    PATIENT_1,
    PATIENT_2,
    course,
    facts,
    lab,
    nodes,
    temperature,
)
from values.spans import Span

TEN, TWENTY = Span.days(10), Span.days(20)


def test_nothing_is_an_empty_object():
    assert encode_facts(Facts()) == "{}"


def test_a_row_is_its_fields_without_those_that_hold_their_default():
    assert encode_facts(facts(temperature("38.5", row="t"))) == (
        '{"temperatures":[{"id":"t","kind":"measured","celsius":"38.5"}]}'
    )


def test_a_span_is_its_two_bounds():
    written = encode_facts(facts(course(Span(Decimal(3), None), resolved=True, row="c")))
    assert written == '{"course":{"id":"c","resolved_after":["3",null],"is_resolved":true}}'


def test_an_unknown_day_of_death_differs_from_no_death():
    died = course(died=Span(), row="c")
    assert encode_facts(facts(died)) == '{"course":{"id":"c","died_after":[null,null]}}'
    assert decode_facts(encode_facts(facts(died))).course == died


NUMBERS = [
    ("10", "10"),
    ("10.0", "10"),
    ("10.00", "10"),
    ("1E+1", "10"),
    ("0.70", "0.7"),
    ("7E-1", "0.7"),
    ("-0.0", "0"),
    ("1E-7", "0.0000001"),
    ("100", "100"),
]


@pytest.mark.parametrize(("digits", "written"), NUMBERS)
def test_equal_numbers_have_one_text(digits, written):
    text = encode_facts(facts(lab("crp", digits, row="t", on=Span.days(digits))))
    assert f'"value":"{written}","day":["{written}","{written}"]' in text


@pytest.mark.parametrize("digits", [number for number, _ in NUMBERS])
def test_a_number_is_not_rounded(digits):
    assert decode_facts(encode_facts(facts(lab("crp", digits, row="t")))).tests[0].value == Decimal(digits)


def test_a_number_of_forty_digits_survives():
    number = Decimal("1234567890123456789012345678901234567890.5")
    assert decode_facts(encode_facts(facts(lab("crp", number, row="t")))).tests[0].value == number


@pytest.mark.parametrize("evidence", [PATIENT_1, PATIENT_2, facts()], ids=["patient-1", "patient-2", "none"])
def test_facts_survive_their_text_up_to_order(evidence):
    assert encode_facts(decode_facts(encode_facts(evidence))) == encode_facts(evidence)


@pytest.mark.parametrize("evidence", [PATIENT_1, PATIENT_2, facts()], ids=["patient-1", "patient-2", "none"])
def test_a_result_survives_its_text(evidence):
    assert decode_result(encode(v1.assess(evidence))) == v1.assess(evidence)


def test_a_provisional_result_survives_its_text():
    result = v1.assess(facts(course(resolved=False, followed=5)))
    assert decode_result(encode(result)) == result


def test_an_answer_survives_its_text():
    given = Answer("fever", "yes", "seen on the chart", "reviewer", "0" * 64)
    assert decode_answer(encode(given)) == given


def test_letters_of_any_script_stay_readable():
    assert "Müller" in encode_facts(facts(lab("crp", row="Müller", kind=NEGATIVE)))


def test_rows_are_written_in_an_order_of_their_content():
    rows = [temperature(39, row="b"), temperature(38, row="a")]
    assert encode_facts(facts(*rows)) == encode_facts(facts(*reversed(rows)))


def test_rows_of_equal_content_are_written_in_an_order_of_their_ids():
    rows = [temperature(39, row="b"), temperature(39, row="a")]
    assert encode_facts(facts(*rows)) == encode_facts(facts(*reversed(rows)))


@pytest.mark.parametrize("first", ["ą", "𝄞", "\x7f"])
def test_rows_are_compared_with_every_letter_beyond_ascii_escaped(first):
    """Stored texts were sorted so: a backslash comes before a tilde, the letter itself would not."""
    rows = [Exposure("a", "~"), Exposure("b", first)]
    written = encode_facts(facts(*rows))
    assert written == encode_facts(facts(*reversed(rows)))
    assert written.index(first) < written.index("~")


def test_a_word_that_no_version_knew_is_refused():
    with pytest.raises(ValueError, match="perhaps"):
        decode_facts('{"temperatures":[{"id":"t","kind":"perhaps"}]}')


def test_sites_of_one_examination_have_no_order():
    assert encode_facts(facts(nodes(neck=1, groin=2))) == encode_facts(facts(nodes(groin=2, neck=1)))


def test_doses_of_one_exposure_have_no_order():
    drugs = [Exposure("d", "anakinra", doses=days) for days in ((TEN, TWENTY), (TWENTY, TEN))]
    assert encode_facts(facts(drugs[0])) == encode_facts(facts(drugs[1]))


def test_an_unknown_day_is_not_written():
    assert "day" not in encode_facts(facts(lab("crp", kind=NEGATIVE, row="t", on=Span())))


def test_a_digest_sees_no_ids_however_deep():
    named = replace(PATIENT_1, course=replace(PATIENT_1.course, id="x", days_from_treatment_evidence="y"))
    assert digest(named) == digest(PATIENT_1)


def test_a_digest_sees_every_value():
    assert digest(facts(temperature(39))) != digest(facts(temperature("39.1")))


def test_a_digest_counts_equal_rows():
    once, twice = facts(temperature(39)), facts(temperature(39), temperature(39))
    assert digest(once) != digest(twice)
    assert digest(*once.temperatures) != digest(*twice.temperatures)


def test_a_digest_of_several_rows_has_no_order():
    assert digest(temperature(39), temperature(38)) == digest(temperature(38), temperature(39))


def test_the_digest_of_a_text_is_its_sha_256():
    assert digest_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
