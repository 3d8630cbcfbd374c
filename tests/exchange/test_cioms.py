"""CIOMS I on paper: every word of the case is in the PDF, whatever its length and alphabet."""

import io
import re
import time

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.models import Organisation
from cases.models import (
    Case,
    Dose,
    DrugReaction,
    Exposure,
    MedicalHistory,
    Narrative,
    Patient,
    Reaction,
    Reporter,
)
from cases.record.case_record import CaseRecord
from cases.record.read_cases import read_cases
from exchange.cioms.form import Form, cioms
from values.moments import Moment

# What pages repeat, in the middle of whatever goes on from one page to the next.
FOOT = re.compile(r"CIOMS Form I .*Page \d+ of \d+\s*$")
WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], max_codepoint=0x52F),
    min_size=1,
    max_size=90,
)


def case(**values) -> Case:
    return Case(**{"number": "C-1", "organisation": Organisation(name="Centre", identifier="C"), **values})


def squeezed(pdf: bytes) -> str:
    """The text of a PDF without blanks, line breaks and what every page repeats."""
    pages = (FOOT.sub("", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"[\s\u200b]+", "", "".join(pages))


def missing(words: list[str], pdf: bytes) -> list[str]:
    text = squeezed(pdf)
    return [word for word in words if re.sub(r"\s", "", word) not in text]


_QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
_LONG = settings(_QUICK, max_examples=300)
_STORIES = (st.lists(WORDS, max_size=60), st.lists(WORDS, max_size=60), WORDS, WORDS)


@_QUICK
@given(*_STORIES)
def test_every_word_is_on_paper(story, history, drug, initials):
    all_on_paper(story, history, drug, initials)


@pytest.mark.slow
@_LONG
@given(*_STORIES)
def test_every_word_of_many_stories_is_on_paper(story, history, drug, initials):
    all_on_paper(story, history, drug, initials)


def all_on_paper(story, history, drug, initials):
    rows = [
        Patient(initials=initials, history_text=" ".join(history)),
        Narrative(case_narrative="\n".join(story), sender_comments=" ".join(history)),
        Exposure(role="1", name=drug),
        Reaction(term=drug),
    ]
    made = cioms(CaseRecord.of(case(), rows))
    lost = [word for word in (*story, *history, drug, initials) if not set(word) & set(made.unprintable)]
    assert missing(lost, made.pdf) == []


@pytest.mark.parametrize("field", ["case_narrative", "reporter_comments"])
def test_a_very_long_story_goes_on_and_on(field):
    words = [f"word{number}" for number in range(5_000)]
    made = cioms(CaseRecord.of(case(), [Narrative(**{field: " ".join(words)})]))
    assert missing(words, made.pdf) == []
    assert len(PdfReader(io.BytesIO(made.pdf)).pages) >= 4
    assert "(seecontinuation)" in squeezed(made.pdf)


@pytest.mark.parametrize("narrow", ["initials", "country"])
def test_the_smallest_boxes_overflow_too(narrow):
    words = [f"{narrow}{number}" for number in range(60)]
    row = Patient(initials=" ".join(words)) if narrow == "initials" else Reaction(country=" ".join(words))
    assert missing(words, cioms(CaseRecord.of(case(), [row])).pdf) == []


def test_a_word_without_end_is_broken_into_lines():
    run = "".join(f"{number:05d}" for number in range(3000))
    assert missing([run], cioms(CaseRecord.of(case(), [Narrative(case_narrative=run)])).pdf) == []


def test_what_has_no_glyph_is_named_and_spelled():
    made = cioms(CaseRecord.of(case(), [Narrative(case_narrative="a\ue000b \U0010fffd \x07 c")]))
    assert made.unprintable == ("\ue000", "\U0010fffd", "\x07")
    assert missing(["a⟨U+E000⟩b", "⟨U+10FFFD⟩", "⟨U+0007⟩"], made.pdf) == []
    assert "U+E000, U+10FFFD, U+0007" in made.remark
    assert cioms(CaseRecord.of(case(), [Narrative(case_narrative="Ωμέγα, щавель, ≥ 38.5 °C")])).remark == ""


def test_markup_in_a_text_is_text():
    markup = '#panic("x") $x^2$ *bold* \\ "quoted" @label <b> // comment'
    assert missing(markup.split(), cioms(CaseRecord.of(case(), [Narrative(case_narrative=markup)])).pdf) == []


# action taken, outcome, dechallenge, recurrence -> boxes 20 and 21
ANSWERS = [
    ("1", "1", "abated", "", "yes", ""),
    ("2", "2", "abated", "4", "yes", "na"),
    ("1", "3", "persisted", "1", "no", "yes"),
    ("1", "5", "persisted", "2", "no", "no"),
    ("1", "1", "unknown", "3", "", ""),
    ("", "1", "not done", "", "na", ""),
    # Recovery after a withdrawal isn't said to follow from it.
    ("1", "1", "", "", "", ""),
    ("1", "3", "", "", "", ""),
    ("4", "1", "", "", "na", ""),
    ("3", "1", "", "", "na", ""),
    ("9", "3", "", "3", "na", ""),
    ("0", "1", "", "", "", ""),
    ("", "", "", "", "", ""),
]


@pytest.mark.parametrize(("action", "outcome", "dechallenge", "recurrence", "abated", "reappeared"), ANSWERS)
def test_boxes_20_and_21(action, outcome, dechallenge, recurrence, abated, reappeared):
    reaction, drug = Reaction(term="rash", outcome=outcome), Exposure(role="1", name="X", action_taken=action)
    pair = DrugReaction(exposure=drug, reaction=reaction, dechallenge=dechallenge, recurrence=recurrence)
    boxes = Form(CaseRecord.of(case(), [reaction, drug, pair])).boxes(None)
    assert boxes["abated"] == {"answer": abated, "words": ""}
    assert boxes["reappeared"] == {"answer": reappeared, "words": ""}


def test_drugs_that_differ_answer_one_by_one():
    reaction = Reaction(term="rash", outcome="1")
    stopped = Exposure(role="1", name="A", action_taken="1")
    rows = [
        reaction,
        stopped,
        Exposure(role="3", name="B", action_taken="4"),
        Exposure(role="3", name="C", action_taken="1"),
        DrugReaction(exposure=stopped, reaction=reaction, dechallenge="abated"),
    ]
    abated = Form(CaseRecord.of(case(), rows)).boxes(None)["abated"]
    assert abated == {"answer": "", "words": "A: yes\nB: NA"}


@pytest.mark.parametrize(
    ("start", "end", "dates", "duration"),
    [
        ("onset-10d", "onset-8d", "5 Mar 2016 to 7 Mar 2016", "3 d"),
        ("onset-8..10d", None, "between 5 Mar 2016 and 7 Mar 2016", ""),
        ("2016-03-01", "2016-03-01", "1 Mar 2016 to 1 Mar 2016", "1 d"),
        ("2016-02", "2016-03-01", "Feb 2016 to 1 Mar 2016", ""),
        ("birth+10d", None, "10 days after birth", ""),
    ],
)
def test_dates_and_durations_that_follow_from_others_are_printed_as_such(start, end, dates, duration):
    drug, reaction = Exposure(role="1", name="A"), Reaction(term="rash", onset=Moment.parse("2016-03-15"))
    anchored = [moment and moment.replace("onset", reaction.anchor) for moment in (start, end)]
    given = [moment and Moment.parse(moment) for moment in anchored]
    dose = Dose(exposure=drug, start=given[0], end=given[1])
    boxes = Form(CaseRecord.of(case(), [reaction, drug, dose])).boxes(None)
    assert (boxes["dates"], boxes["duration"]) == (dates, duration)


def test_a_duration_as_reported_comes_first():
    drug = Exposure(role="1", name="A")
    days = {"start": Moment.parse("2016-03-01"), "end": Moment.parse("2016-03-09")}
    dose = Dose(exposure=drug, duration=2, duration_unit="wk", **days)
    assert Form(CaseRecord.of(case(), [drug, dose])).boxes(None)["duration"] == "2 wk"


def test_every_reaction_and_drug_stands_in_its_box():
    suspects = [Exposure(role=role, name=f"Drug {role}") for role in "134"]
    doses = [
        Dose(exposure=suspect, amount=5, unit="mg", start=f"2016-0{n}", route="oral")
        for n, suspect in enumerate(suspects, 1)
    ]
    rows = [
        *suspects,
        *doses,
        Exposure(role="2", name="Other"),
        Reaction(term="Rash", is_assessed=True, onset="2016-03-15"),
        Reaction(term="Fever", reporter_hospitalisation=True),
        MedicalHistory(term="Asthma", is_family_history=True),
        Reporter(qualification="1", country="FR", given_name="A", is_primary=True),
    ]
    for row in rows:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    boxes = Form(CaseRecord.of(case(report_type="2"), rows)).boxes(None)
    assert [line[:9] for line in boxes["drugs"].splitlines()] == ["1) Drug 1", "2) Drug 3", "3) Drug 4"]
    assert boxes["dates"].splitlines() == ["1) Jan 2016", "2) Feb 2016", "3) Mar 2016"]
    assert boxes["routes"] == "1) oral\n2) oral\n3) oral"
    assert boxes["onset"] == ["15", "Mar", "2016"]
    assert "Rash" in boxes["describe"]
    assert "Fever" in boxes["describe"]
    assert boxes["concomitants"].startswith("Other")
    assert boxes["history"] == "family: Asthma"
    assert boxes["country"] == "France"
    assert [on for _, on in boxes["source"]] == [True, False, True, False]
    assert {key for key, on in boxes["serious"].items() if on} == {"hospitalisation"}


@pytest.mark.django_db
def test_the_cases_of_the_letter(letter_cases, tmp_path, capsys):
    call_command("print_cioms", *(case.number for case in letter_cases), out=tmp_path / "forms")
    expected = {
        "LETTER-P1": ["canakinumab", "DRESS", "anakinra", "exanthema", "C-reactive", "probable", "24"],
        "LETTER-P2": ["anakinra", "DRESS", "lymph"],
    }
    for number, words in expected.items():
        assert missing(words, (tmp_path / "forms" / f"CIOMS-{number}.pdf").read_bytes()) == []


@pytest.mark.django_db
def test_a_form_of_no_case_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"No case is numbered X-1"):
        call_command("print_cioms", "X-1", out=tmp_path)


@pytest.mark.django_db
def test_a_page_takes_50_milliseconds_at_most(letter_cases):
    record = read_cases([letter_cases[0].pk])[letter_cases[0].pk]
    cioms(record)
    began = time.perf_counter()
    pages = sum(len(PdfReader(io.BytesIO(cioms(record).pdf)).pages) for _ in range(3))
    # Compiling what was compiled already is quicker still; the bound leaves room for a busy machine.
    assert (time.perf_counter() - began) / pages < 0.25
