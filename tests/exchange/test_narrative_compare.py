"""Numbers, dates and drugs that only the narrative has, or only the rows."""

import pytest

from exchange.narrative.compare import compare

DRUGS = {"allopurinol": "allopurinol", "zyloric": "allopurinol", "insulin": "insulin"}
ROWS = "ALT: 312.5 U/L, 29 Sep 2026. Allopurinol was given: 300 mg every day, from Sep 2026."

NARRATED = (
    # the narrative, and what of it no row has
    ("ALT rose to 312.5 U/L.", []),
    ("ALT rose to 312,5 U/L.", []),
    ("ALT rose to 312.50U/L.", []),
    ("ALT rose to 321.5 U/L.", ["321.5"]),
    ("On 29 September 2026, on 2026-09-29, on 29.9.2026.", []),
    ("On 29-Sep-2026; in September 2026; in 2026.", []),
    # More exact than the row on the start of the drug, and another day.
    ("On 28 Sep 2026.", ["28 Sep 2026"]),
    # One of the two readings of 9/10/2026 would be a day of the rows, but isn't.
    ("On 9/10/2026.", ["9/10/2026"]),
    ("Zyloric was begun.", []),
    ("Insulin was begun.", ["Insulin"]),
    ("Insulinoma was excluded.", []),
    # Names with numbers are no numbers.
    ("HHV-6, B*58:01 and x10.", []),
    ("Grade 3; two of three doses.", ["3", "two", "three"]),
    ("39.5°C for 7-10 days.", ["39.5", "7", "10"]),
)


@pytest.mark.parametrize(("narrative", "words"), NARRATED)
def test_what_no_row_has(narrative, words):
    lacking = compare(narrative, ROWS, [], DRUGS).only_narrated
    assert [word for each in lacking for word in each.words] == words


def test_what_the_rows_have_is_named_sentence_by_sentence():
    narrative = "The patient took allopurinol from 29 Sep 2026."
    (lacking,) = compare(narrative, ROWS, [], DRUGS).only_recorded[:1]
    assert lacking.sentence.startswith("ALT: 312.5 U/L")
    assert lacking.words == ("312.5",)
    # A narrative that is less exact than the row lacks its date.
    lacking = compare("In September 2026.", "Onset: 29 Sep 2026.", [], DRUGS).only_recorded
    assert [each.words for each in lacking] == [("29 Sep 2026",)]


def test_other_statements_of_rows_may_be_repeated_and_need_not():
    assert compare("Weight 70 kg.", "", ["70"], {}) == ([], [])
    assert compare("", "", ["70"], {}) == ([], [])


def test_equal_texts_never_differ():
    assert compare(ROWS, ROWS, [], DRUGS) == ([], [])


def test_an_empty_narrative_lacks_all():
    assert len(compare("", ROWS, [], DRUGS).only_recorded) == 2
