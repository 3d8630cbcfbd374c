"""The picture of a case: places on the axis, how much of a drug is left, nothing dropped or invented."""

from decimal import Decimal
from itertools import pairwise
from math import inf

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.amendment import amend
from cases.event_names import AnchorRows, name_events
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
from tests.web.case_page.rich_case import ONSET, open_rich_case
from values.moments import Moment
from values.spans import Span
from web.case_page.timeline.axis import Axis, even, folded, ticks, window
from web.case_page.timeline.draw import draw
from web.case_page.timeline.picture import tell_story, timeline_view
from web.case_page.timeline.share import Given, share_of
from web.case_page.timeline.story import Bar, Lane, Mark, Measure, Teller, at, during

# The axis


@pytest.mark.parametrize(
    ("axis", "places"),
    [
        (even(-50, 50), {-60: 0, -50: 0, 0: 50, 25: 75, 50: 100, 51: 100}),
        # Near and reaction halve the width, whatever their lengths.
        (folded(-80, 21), {-80: 0, -40: 25, 0: 50, 10.5: 75, 21: 100}),
        # A year before and a year after: 1 part, 2 parts, 2 parts, 1 part.
        (
            folded(-420, 420),
            {-420: 0, -238: 8.333, -56: 16.667, -28: 33.333, 0: 50, 14: 66.667, 28: 83.333, 420: 100},
        ),
    ],
)
def test_days_have_their_places(axis, places):
    assert {day: axis.x(day) for day in places} == pytest.approx(places, abs=0.001)


def test_an_axis_is_folded_only_where_that_enlarges_something():
    assert folded(-20, 21) == even(-20, 21)
    assert folded(-80, 21) != even(-80, 21)


EDGES = st.tuples(
    st.floats(-700_000, -1, allow_nan=False), st.floats(21, 700_000, allow_nan=False)
)  # fmt: skip


@given(EDGES, st.lists(st.floats(-700_000, 700_000, allow_nan=False), min_size=2))
def test_later_days_never_stand_further_left(edges, days):
    for axis in (even(*edges), folded(*edges)):
        places = [axis.x(day) for day in sorted(days)]
        assert places == sorted(places)
        assert 0 <= places[0] <= places[-1] <= 100


@given(EDGES)
def test_labels_stand_apart_and_name_onset(edges):
    for axis in (even(*edges), folded(*edges)):
        for room, least in (("wide", 6), ("narrow", 11)):
            shown = [tick for tick in ticks(axis, None) if tick["at"] in ("both", room)]
            assert "0" in [tick["label"] for tick in shown]
            assert all(after["x"] - before["x"] > least for before, after in pairwise(shown))


def test_ticks_carry_the_calendar_where_onset_has_its_day():
    shown = {tick["label"]: tick["date"] for tick in ticks(even(-30, 30), ONSET)}
    assert (shown["0"], shown["+14"]) == ("15 Mar ’21", "29 Mar ’21")


def test_the_picture_reaches_day_15_at_least():
    low, high = window([Span.days(-7), Span(Decimal(0), None)])
    assert low < -7
    assert high > 15


# What is still in the body

SIX_HOURS, MONTHLY = (Decimal(6), Decimal(6)), (Decimal(24 * 24), Decimal(26 * 24))


@pytest.mark.parametrize(
    ("doses", "half_life", "day", "low", "high"),
    [
        ([Span.days(0)], SIX_HOURS, -0.01, 0, 0),
        ([Span.days(0)], SIX_HOURS, 0, 1, 1),
        ([Span.days(0)], SIX_HOURS, 0.25, 0.5, 0.5),
        ([Span.days(0)], SIX_HOURS, 0.5, 0.25, 0.25),
        # Gone after a day, or after ten days nearly all there.
        ([Span.days(0)], SIX_HOURS, 1, 0.0625, 0.0625),
        ([Span.days(0)], MONTHLY, 10, 0.749, 0.766),
        # A dose of some day from -4 to -2: surely there from -2 on, perhaps from -4 on.
        ([Span.days(-4, -2)], SIX_HOURS, -4.1, 0, 0),
        ([Span.days(-4, -2)], SIX_HOURS, -3, 0, 1),
        ([Span.days(-4, -2)], SIX_HOURS, -1.75, 0.5**9, 0.5),
        # Two doses a half-life apart: 1, then 1.5 of one dose, which is the peak.
        ([Span.days(0), Span.days("0.25")], SIX_HOURS, 0, 2 / 3, 2 / 3),
        ([Span.days(0), Span.days("0.25")], SIX_HOURS, 0.25, 1, 1),
        ([Span.days(0), Span.days("0.25")], SIX_HOURS, 0.5, 0.5, 0.5),
    ],
)
def test_the_share_in_the_body_falls_by_its_half_life(doses, half_life, day, low, high):
    share = share_of([Given.once(dose) for dose in doses], half_life)
    assert share.at(day) == pytest.approx((low, high), abs=0.001)


def test_a_stretch_keeps_its_level_and_falls_between_doses_as_far_as_it_can():
    share = share_of([Given((-10, -10), (0, 0), every=0.5)], SIX_HOURS)
    assert share.at(-11) == (0, 0)
    assert share.at(-5) == (0.25, 1)
    assert share.at(0.25) == (0.5, 0.5)


def test_a_stretch_that_goes_on_never_falls():
    assert share_of([Given((-10, -10), (inf, inf), every=0)], SIX_HOURS).at(900) == (1, 1)


@pytest.mark.parametrize(("doses", "half_life"), [([], SIX_HOURS), ([Span.days(0)], None)])
def test_without_dose_or_half_life_there_is_no_curve(doses, half_life):
    assert share_of([Given.once(dose) for dose in doses], half_life) is None


# Bars and marks


def drawn(*bars: Bar, marks=(), axis: Axis | None = None, **lane):
    row = Lane("Drugs", "treatment", "x", bars=list(bars), marks=list(marks), **lane)
    (group,) = draw("even", "", axis or even(-50, 50), [row], None)["groups"]
    return group["lanes"][0]


@pytest.mark.parametrize(
    ("start", "end", "is_open", "pieces"),
    [
        (Span.days(-10), Span.days(10), False, [(40, 20, "whole")]),
        (Span.days(-20, -10), Span.days(0, 10), False, [(30, 10, "in"), (40, 10, "whole"), (50, 10, "out")]),
        # Nothing is sure where the latest start lies after the earliest end.
        (Span.days(-10, 10), Span.days(0, 20), False, [(40, 30, "both")]),
        (Span.days(0), Span(Decimal(0), None), False, [(50, 50, "out")]),
        (Span(Decimal(0), None), Span(Decimal(0), None), False, [(50, 50, "out")]),
        (Span(None, Decimal(0)), Span.days(10), False, [(0, 50, "in"), (50, 10, "whole")]),
        (Span.days(-900), Span(), True, [(0, 100, "whole")]),
    ],
)
def test_uncertain_ends_fade(start, end, is_open, pieces):
    bar = drawn(Bar(("e",), start, end, "x", is_open=is_open))["bars"][0]
    assert [(p["x"], p["width"], p["fill"]) for p in bar["pieces"]] == pieces
    assert bar["goes_on"] == is_open


def test_a_value_of_an_uncertain_day_stands_between_its_ends():
    mark = Mark("e", Span.days(0, 20), "x", value=2.0)
    lane = drawn(marks=[mark], measure=Measure("u", 0, 4, ((2.0, "2"),)))
    (shown,) = lane["marks"]
    assert (shown["x"], shown["reach"]["x"], shown["reach"]["end"]) == (60, 50, 70)
    assert shown["y"] == lane["measure"]["lines"][0]["y"]


def test_a_day_open_on_one_side_is_a_line_without_a_mark():
    (shown,) = drawn(marks=[Mark("e", Span(Decimal(0), None), "x")])["marks"]
    assert (shown["is_open"], shown["reach"]["x"], shown["reach"]["right_cap"]) == (True, 50, False)


def test_words_that_would_run_into_each_other_are_left_to_the_tip():
    marks = [Mark(f"{day}", Span.days(day), "x", word="a word") for day in (0, 3, 30)]
    assert [mark["word_at"] for mark in drawn(marks=marks)["marks"]] == ["", "both", "both"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (Span(), "day not stated"),
        (Span.days(0), "at onset"),
        (Span.days(1), "1 day after onset"),
        (Span.days(-72, -66), "66 to 72 days before onset"),
        (Span.days(-1, 2), "from 1 day before to 2 days after onset"),
        (Span(Decimal(0), None), "at onset or later"),
        (Span(None, Decimal(0)), "at onset or earlier"),
        (Span(Decimal(-3), None), "3 days before onset or later"),
        (Span(None, Decimal(5)), "5 days after onset or earlier"),
    ],
)
def test_a_place_in_words(days, said):
    assert at(days) == said


@pytest.mark.parametrize(
    ("start", "end", "is_open", "said"),
    [
        (Span.days(0), Span.days(14), False, "from onset until 14 days after onset"),
        (Span.days(0), Span(Decimal(0), None), False, "from onset, end not known"),
        (Span.days(-9), Span(), True, "from 9 days before onset, goes on"),
        (Span(Decimal(0), None), Span(Decimal(0), None), False, "at onset or later"),
        (Span.days(-9), Span(Decimal(0), None), False, "from 9 days before onset until onset or later"),
    ],
)
def test_how_long_in_words(start, end, is_open, said):
    assert during(Bar((), start, end, "x", is_open=is_open)) == said


# Whole cases


def view_of(case, **how):
    record = read_cases([case.pk])[case.pk]
    of = record.all
    for dose in of(Dose):
        dose.exposure = next(row for row in of(Exposure) if row.pk == dose.exposure_id)
    names = name_events(AnchorRows(of(Reaction), of(Dose), of(Treatment), of(MedicalHistory)))
    return timeline_view(record, list(case.symptoms.all()), list(case.viral_tests.all()), names, **how)


def lanes_of(view, at=0):
    return {lane["label"]: lane for group in view["pictures"][at]["groups"] for lane in group["lanes"]}


def places(lane, key="marks"):
    return [(round(mark["x"], 1), mark["shape"]) for mark in lane[key]]


def test_the_first_letter_patient_is_drawn_from_intervals_alone(letter_cases):
    view = view_of(letter_cases[0])
    assert [picture["key"] for picture in view["pictures"]] == ["folded", "even"]
    lanes = lanes_of(view)
    assert list(lanes) == ["canakinumab", "probable DRESS syndrome", "methylprednisolone"]
    canakinumab = lanes["canakinumab"]
    assert [note["text"] for note in canakinumab["notes"]] == ["suspect; 72 to 75 % of its peak at onset"]
    assert [bracket["tells"] for bracket in canakinumab["brackets"]] == [
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
    listed = {phase["title"]: [row.tells for row in phase["rows"]] for phase in view["undated"]}
    assert {"eosinophils: 10000 /mm³", "Fever: present", "EBV PCR: negative"} <= set(
        listed["During the reaction"]
    )
    assert "Skin: urticaria during flares" in listed["Before this reaction"]
    drawn_marks = [mark["tells"] for lane in lanes_of(view).values() for mark in lane["marks"]]
    assert not any("eosinophils" in mark for mark in drawn_marks)


def test_the_second_letter_patient_has_a_short_acting_drug(letter_cases):
    view = view_of(letter_cases[1])
    assert [picture["key"] for picture in view["pictures"]] == ["even"]
    lanes = lanes_of(view)
    assert lanes["anakinra"]["notes"][0]["text"] == "suspect; 1 to 94 % of its peak at onset"
    assert lanes["corticosteroids"]["notes"][0]["text"] == "concomitant; half-life not known"
    story = story_of(letter_cases[1])
    (anakinra,) = [lane for lane in story.lanes if lane.label == "anakinra"]
    assert max(anakinra.share.at(1)) < 0.07


def story_of(case):
    record = read_cases([case.pk])[case.pk]
    return tell_story(record, [], [], Teller(CaseTimeline(record), {}))


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
    assert biopsy["tells"].endswith("from 14 days before to 16 days after onset (2021-03)")


def test_a_drug_that_goes_on_has_an_arrow_at_both_ends(rich):
    (bar,) = lanes_of(view_of(rich))["bisoprolol"]["bars"]
    assert (bar["goes_on"], bar["since_before"], bar["is_endless"]) == (True, True, False)


def test_what_lies_beyond_the_picture_is_named_below(rich):
    assert [one["tells"] for one in view_of(rich)["beyond"]] == [
        "hernia repair: 3362 to 3726 days before onset (2011)"
    ]


def test_without_dates_nothing_tells_the_calendar(rich):
    page = {
        shows: render_to_string(
            "web/case_page/_timeline.html", {"timeline": view_of(rich, shows_dates=shows), "case": rich}
        )
        for shows in (True, False)
    }
    for calendar in ("March 2021", "15 Mar ’21", "(2011)", "(2021-03)", "<td>2021-03-15", "<td>2016<"):
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
    record.add([drug, *(row for row in rows if not isinstance(row, Symptom))])
    return record, [row for row in rows if isinstance(row, Symptom)]


@given(cases())
@settings(max_examples=60, deadline=None)
def test_every_dated_fact_is_drawn_or_listed(told):
    record, symptoms = told
    view = timeline_view(record, symptoms, [], {})
    shown = [row["event"] for part in view["table"] for row in part["rows"]]
    shown += [one["event"] for one in view["beyond"]]
    shown += [row.event for phase in view["undated"] for row in phase["rows"]]
    told_events = {event for event, _ in events(record)} | {symptom.anchor for symptom in symptoms}
    assert told_events - {event for each in shown for event in each.split()} == set()
    assert DEATH in " ".join(shown) or not record.all(Patient)[0].death_date
    render_to_string("web/case_page/_timeline.html", {"timeline": view, "case": record.case})
