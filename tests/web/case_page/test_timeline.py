"""The time line of whole cases: what is drawn, what is listed, nothing dropped or invented."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.amendment import amend
from cases.event_names import name_events
from cases.models import (
    Case,
    Dose,
    Examination,
    Exposure,
    MedicalHistory,
    PastDrug,
    Patient,
    Reaction,
    Symptom,
    Temperature,
    Treatment,
)
from cases.opening import opening
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import DEATH, CaseTimeline, events
from cases.record.read_cases import read_cases
from tests.web.case_page.rich_case import open_rich_case
from values.moments import Moment
from web.case_page.timeline.lanes import CaseDates
from web.case_page.timeline.picture import lay_out, timeline_view

# Whole cases


def view_of(case, **how):
    record = read_cases([case.pk])[case.pk]
    return timeline_view(record, name_events(record.anchor_rows), **how)


def lanes_of(view, at=0):
    return {lane["label"]: lane for group in view["pictures"][at]["groups"] for lane in group["lanes"]}


def places(lane, key="marks"):
    return [(round(mark["x"], 1), mark["shape"]) for mark in lane[key]]


def test_the_first_letter_patient_is_drawn_from_intervals_alone(letter_cases):
    view = view_of(letter_cases[0])
    assert [picture["key"] for picture in view["pictures"]] == ["even", "folded"]
    lanes = lanes_of(view)
    assert list(lanes) == ["canakinumab", "probable DRESS syndrome", "methylprednisolone"]
    canakinumab = lanes["canakinumab"]
    assert [note["text"] for note in canakinumab["notes"]] == ["suspect; 72 to 75 % of its peak at onset"]
    assert [bracket["text"] for bracket in canakinumab["brackets"]] == [
        "first dose: 66 to 72 days before onset = 2.8 to 3 half-lives",
        "last dose: 10 days before onset = 0.4 half-lives",
    ]
    assert [mark["shape"] for mark in canakinumab["marks"]] == ["dose"] * 3
    assert canakinumab["marks"][0]["reach"]["fill"] == "both"
    assert canakinumab["marks"][2]["reach"] is None
    # When it resolved is counted from a treatment of which nobody says when it began.
    assert lanes["probable DRESS syndrome"]["bars"][0]["is_endless"]
    assert view["onset"] == ""


def test_what_the_letter_does_not_date_is_listed_and_not_drawn(letter_cases):
    view = view_of(letter_cases[0])
    listed = {phase["title"]: [row.text for row in phase["rows"]] for phase in view["undated"]}
    assert {"eosinophils: 10000 /mm³", "Fever: present", "EBV PCR: negative"} <= set(
        listed["During the reaction"]
    )
    assert "Skin: urticaria during flares" in listed["Before this reaction"]
    drawn_marks = [mark["text"] for lane in lanes_of(view).values() for mark in lane["marks"]]
    assert not any("eosinophils" in mark for mark in drawn_marks)


def test_the_second_letter_patient_has_a_short_acting_drug(letter_cases):
    view = view_of(letter_cases[1])
    assert [picture["key"] for picture in view["pictures"]] == ["even"]
    lanes = lanes_of(view)
    assert lanes["anakinra"]["notes"][0]["text"] == "suspect; 1 to 94 % of its peak at onset"
    assert lanes["corticosteroids"]["notes"][0]["text"] == "concomitant; half-life not known"
    chart = chart_of(letter_cases[1])
    (anakinra,) = [lane for lane in chart.lanes if lane.label == "anakinra"]
    assert max(anakinra.share.at(1)) < 0.07


def chart_of(case):
    record = read_cases([case.pk])[case.pk]
    return lay_out(record, CaseDates(CaseTimeline(record), {}))


@pytest.fixture
def rich(assessor):
    return open_rich_case(assessor)


def test_suspects_come_first_and_each_kind_has_its_lane(rich):
    view = view_of(rich)
    assert [group["title"] for group in view["pictures"][0]["groups"]] == [
        "Drugs",
        "Reaction",
        "Treatment of the reaction",
        "Measurements",
        "Viruses",
        "Biopsies",
        "Signs and organs",
        "Before",
    ]
    kinds = {label: lane["kind"] for label, lane in lanes_of(view).items()}
    assert list(kinds)[:4] == ["allopurinol", "canakinumab", "amoxicillin", "bisoprolol"]
    assert (kinds["methylprednisolone"], kinds["clobetasol cream"]) == ("steroid", "treatment")


def test_series_share_a_unit_and_show_their_thresholds(rich):
    lanes = lanes_of(view_of(rich))
    eosinophils, alt = lanes["Eosinophils, absolute"], lanes["Alanine aminotransferase (ALT)"]
    assert eosinophils["measure"]["unit"] == "×10⁹/L"
    assert [line["label"] for line in eosinophils["measure"]["lines"]] == ["0.7", "1.5"]
    assert [mark["word"] for mark in eosinophils["marks"]] == ["0.2", "0.6", "1.4", "4.8", "2.1", "0.4"]
    assert alt["measure"]["unit"] == "× upper limit"
    assert [mark["word"] for mark in alt["marks"]][-2:] == ["4.5", "1.1"]
    assert ("much raised", "words") in [(mark["word"], mark["shape"]) for mark in alt["marks"]]
    assert eosinophils["marks"][0]["phase"] == "background"


def test_viruses_and_biopsies_are_marked_by_result(rich):
    lanes = lanes_of(view_of(rich))
    assert [mark["shape"] for mark in lanes["HHV-6 PCR"]["marks"]] == ["negative", "positive", "not_done"]
    (biopsy,) = lanes["Biopsy of skin"]["marks"]
    assert biopsy["word"] == "compatible with DRESS"
    # "March 2021", which is 14 days before to 16 days after onset.
    assert biopsy["text"].endswith("from 14 days before to 16 days after onset (Mar 2021)")


def test_a_drug_that_goes_on_has_an_arrow_at_both_ends(rich):
    (bar,) = lanes_of(view_of(rich))["bisoprolol"]["bars"]
    assert (bar["goes_on"], bar["since_before"], bar["is_endless"]) == (True, True, False)


def test_what_lies_beyond_the_picture_is_named_below(rich):
    assert [item["text"] for item in view_of(rich)["beyond"]] == [
        "hernia repair: 3362 to 3726 days before onset (2011)"
    ]


def test_without_dates_nothing_reveals_the_calendar(rich):
    page = {
        shows: render_to_string(
            "web/case_page/_timeline.html", {"timeline": view_of(rich, shows_dates=shows), "case": rich}
        )
        for shows in (True, False)
    }
    for calendar in ("15 Mar 2021", "15 Mar ’21", "(2011)", "(Mar 2021)", "<td>15 Mar 2021", "<td>2016<"):
        assert calendar in page[True]
        assert calendar not in page[False]


def test_a_case_with_nothing_but_a_reaction_says_what_is_missing(client, assessor):
    for number in ("BARE", "RASH"):
        with opening(number, by=assessor, reason="new") as amendment:
            if number == "RASH":
                amendment.add(Reaction(term="rash", onset=Moment.parse("2021-03-15")))
    client.force_login(assessor)
    for number in ("BARE", "RASH"):
        page = client.get(reverse("case-detail", args=[number]))
        assert "Nothing can be drawn yet." in page.text
        assert 'class="course"' not in page.text


def test_words_of_the_report_are_never_markup(client, assessor, rich):
    hostile = '"><script>alert(1)</script>'
    with amend(rich, by=assessor, reason="follow-up") as amendment:
        drug = amendment.add(Exposure(name=hostile, role="1"))
        amendment.add(Dose(exposure=drug, text=hostile, start=Moment.parse("2021-03-01")))
        amendment.add(Symptom(term=hostile, when=Moment.parse("2021-03-16")))
        amendment.add(Treatment(name=hostile))
    client.force_login(assessor)
    page = client.get(reverse("case-detail", args=[rich.number])).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_table_holds_everything_that_is_drawn(client, assessor, rich):
    view = view_of(rich)
    for picture in view["pictures"]:
        for group in picture["groups"]:
            for lane, part in zip(group["lanes"], parts_of(view, group["title"]), strict=True):
                assert len(part["rows"]) == len(lane["bars"]) + len(lane["marks"])


def parts_of(view, group):
    return [part for part in view["table"] if part["group"] == group]


# Nothing that has a date is dropped

DATES = st.sampled_from(
    ["2021", "2021-03", "2021-03-15", "2021-02-28T10:20", "2021-03-15T10:20+01:00", "0001", "9998-12-31"]
)
UNITS = st.sampled_from(["d", "wk", "mo", "a", "h"])


@st.composite
def cases(draw):
    """Rows of every dated kind, dated by the calendar, by each other, in a circle, or not at all."""
    drug = Exposure(id=1, name="a drug", role=draw(st.sampled_from("124")), action_taken="4")
    drug.stated_half_life_low_hours, drug.stated_half_life_high_hours = Decimal(5), Decimal(9)
    drug.is_ongoing_at_onset = draw(st.sampled_from([None, True, False]))
    interval = draw(st.sampled_from([None, Decimal(1), Decimal(30)]))
    rows = [
        *(Dose(id=at, exposure_id=1, interval=interval, interval_unit="d") for at in range(3)),
        *(Reaction(id=at, term="DRESS", is_assessed=at == 0) for at in range(2)),
        Treatment(id=1, name="steroid"),
        Temperature(id=1, celsius=39, phase=draw(st.sampled_from(["reaction", "background"]))),
        Examination(id=1, name="ALT", test="alt", value=80, unit="U/L", upper_limit=40),
        Examination(id=2, name="CMV", kind="viral", result="negative"),
        MedicalHistory(id=1, term="gout"),
        PastDrug(id=1, name="anakinra"),
        Patient(id=1),
        Symptom(id=1, term="malaise"),
    ]  # fmt: skip
    anchors = [row.anchor for row in rows if not isinstance(row, (Patient, Symptom))]
    relative = st.builds(
        lambda anchor, sign, low, more, unit: f"{anchor}{sign}{low}{more}{unit}",
        st.sampled_from(anchors), st.sampled_from("+-"), st.integers(0, 90),
        st.sampled_from(["", ".."]), UNITS,
    )  # fmt: skip
    moment = st.none() | st.builds(Moment.parse, DATES | relative)
    for row in rows:
        for name in (row.starts, row.ends, "response_at", "relapse", "death_date"):
            if name and name != "birth_date" and hasattr(row, name):
                setattr(row, name, draw(moment))
    record = CaseRecord(Case(number="C-1"))
    record.add([drug, *rows])
    return record


@given(cases())
@settings(max_examples=60, deadline=None)
def test_every_dated_fact_is_drawn_or_listed(record):
    view = timeline_view(record, {})
    shown = [row["event"] for part in view["table"] for row in part["rows"]]
    shown += [item["event"] for item in view["beyond"]]
    shown += [row.event for phase in view["undated"] for row in phase["rows"]]
    recorded = {event for event, _ in events(record)} | {symptom.anchor for symptom in record.all(Symptom)}
    assert recorded - {event for each in shown for event in each.split()} == set()
    assert DEATH in " ".join(shown) or not record.all(Patient)[0].death_date
    render_to_string("web/case_page/_timeline.html", {"timeline": view, "case": record.case})
