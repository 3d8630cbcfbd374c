"""From score cards to what templates show, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import User
from assessments.display.standing import standing
from assessments.models import ReviewerAnswer
from cases.models import Dose, Exposure, Treatment
from research.pages.listing import list_row
from scoring.adjudication import adjudicate, item_digest
from scoring.answer import Answer
from scoring.facts import Facts
from scoring.halflife import Presence
from tests.scoring.build import NEGATIVE, facts, lab, nodes, organ, skin
from tests.web.case_page.builders import FEVER, RULES, SOME, card, reported
from values.spans import Span
from web.case_page.audit import audit_view
from web.case_page.drugs import drugs_view, share
from web.case_page.items import item_rows, latest_by_item, options
from web.case_page.settle import settle_view

DIGESTS = {row.key: item_digest(RULES, SOME, row.key) for row in RULES.TABLE}


def adjudicated(key="suggesting", answer="yes"):
    return adjudicate(RULES, SOME, [Answer(key, answer, "seen", "rev", DIGESTS[key])]).result


def answered(key="suggesting", answer="yes", digest=None, by="rev"):
    return ReviewerAnswer(
        key=key, answer=answer, reason="seen", by=User(username=by), evidence_digest=digest or DIGESTS[key]
    )


STANDING = [
    (
        card(),
        "Open: no case to definite (1)",
        (
            "computed from the evidence. By the table its total is 1. "
            "Anything from −2 to 9 remains attainable."
        ),
    ),
    (
        card(
            reported=reported(5, "probable"),
            origin="reported",
            total=5,
            category="probable",
        ),
        "Reported probable 5",
        (
            "as reported (A letter), attainable from the evidence. The evidence alone leaves it "
            "open: no case to definite (1), and anything from −2 to 9 remains attainable."
        ),
    ),
    (
        card(
            reported=reported(None, "probable"),
            origin="reported",
            total=None,
            category="probable",
        ),
        "Reported probable",
        (
            "as reported (A letter), attainable from the evidence. The evidence alone leaves it "
            "open: no case to definite (1), and anything from −2 to 9 remains attainable."
        ),
    ),
    (
        card(
            adjudicated=adjudicated(),
            origin="adjudicated",
            total=2,
            category="possible",
        ),
        "Adjudicated, open: no case to definite (2)",
        (
            "adjudicated by Rev A. The evidence alone leaves it open: no case to definite (1). "
            "With the answers, anything from 0 to 9 remains attainable."
        ),
    ),
]


@pytest.mark.parametrize(("shown", "headline", "sentence"), STANDING)
def test_standing_is_one_clear_sentence(shown, headline, sentence):
    view = standing(shown, ["Rev A"])
    assert view["headline"] == headline
    assert f"{view['says']} {view['evidence']}" == sentence


def test_an_outdated_card_has_no_standing():
    assert standing(card(is_current=False), []) is None


@pytest.mark.parametrize(("share", "words"), [("0.809999", "80 %"), ("1", "100 %"), (None, "")])
def test_completeness_is_rounded_down_where_it_is_known(share, words):
    shown = card(completeness=None if share is None else Decimal(share))
    assert standing(shown, [])["made"]["complete"] == words


def test_a_provisional_score_shows_the_total_without_the_penalty():
    shown = card()
    shown.__dict__["computed"] = replace(shown.computed, provisional=True, total_without_penalty=2)
    assert "the total is 2." in standing(shown, [])["provisional"]


def test_a_reported_score_out_of_reach_is_shown_as_contradicting_the_evidence():
    view = standing(card(reported=reported(-4)), [])
    assert view["contradiction"] == (
        "The reported total −4 contradicts the evidence, which allows totals in [−2, 9]."
    )
    assert view["picture"]["lanes"][-1]["kind"] == "reported contradicted"


def test_items_come_in_the_order_of_the_table():
    assert [row["key"] for row in item_rows(card(), {}, {}, DIGESTS)] == [row.key for row in RULES.TABLE]


@pytest.mark.parametrize(
    ("key", "states"),
    [
        ("fever", [("−1", "attainable"), ("0", "taken")]),
        ("eosinophilia", [("0", "out"), ("+1", "out"), ("+2", "taken")]),
        ("suggesting", [("−1", "attainable"), ("0", "taken"), ("+1", "attainable")]),
    ],
)
def test_points_taken_attainable_and_out_of_reach(key, states):
    row = next(row for row in RULES.TABLE if row.key == key)
    drawn = options(row, RULES.assess(SOME).item(key))
    assert [(option["points"], option["state"]) for option in drawn] == states


def test_an_answer_that_holds_is_shown_with_what_the_evidence_alone_says():
    rows = item_rows(card(adjudicated=adjudicated()), {}, {"suggesting": answered()}, DIGESTS)
    row = next(row for row in rows if row["key"] == "suggesting")
    assert (row["answered"]["by"], row["answered"]["reason"], row["due"]) == ("rev", "seen", None)
    assert row["alone"]["answer"] == "Unknown"


def test_an_answer_to_other_evidence_is_due():
    rows = item_rows(card(), {}, {"suggesting": answered(digest="before")}, DIGESTS)
    row = next(row for row in rows if row["key"] == "suggesting")
    assert (row["answered"], row["due"]["answer"]) == (None, "Yes")


def test_the_latest_answer_counts_and_a_withdrawn_one_does_not():
    log = [answered(answer="no"), answered(answer="yes"), answered("fever", ""), answered("fever", "yes")]
    assert {key: row.answer for key, row in latest_by_item(log).items()} == {"suggesting": "no"}


def test_settling_names_the_classes_that_each_item_reaches():
    lines = {line["key"]: line for line in settle_view(card())["decisive"]}
    assert (lines["organs"]["totals"], lines["organs"]["classes"]) == ("1 to 3", "no case to possible")


def test_items_that_alone_change_nothing_are_named_apart():
    assert "fever" in [line["key"] for line in settle_view(card())["others"]]


def test_the_audit_shows_six_ways_and_keeps_the_rest():
    view = audit_view(card(reported=reported(5)))
    assert (len(view["first"]), view["fitting"]) == (6, 6 + len(view["rest"]))


def test_each_way_says_what_it_changes():
    way = audit_view(card(reported=reported(2)))["first"][0]
    assert [change["label"] for change in way["changes"]] == [
        point["label"] for point in way["points"] if point["changed"]
    ]
    assert way["changes"][0]["answer"]


def test_nothing_reported_means_no_audit():
    assert audit_view(card()) is None


def test_a_row_of_the_list_has_at_most_three_deciding_items():
    row = list_row(card())
    assert len(row["decisive"]) == 3
    assert row["more_decisive"] > 0


def test_open_items_that_change_the_class_only_together_are_named():
    shown = card(Facts(temperatures=(FEVER,)))
    assert list_row(shown)["decisive"] == ["Eosinophilia", "Rash suggesting DRESS", "Organ involvement"]
    assert settle_view(shown)["decisive"] == []
    assert settle_view(shown)["together"] == "no case to definite"


def test_where_the_interval_touches_one_class_nothing_is_asked_for():
    low = facts(
        skin(10, suggestive=False),
        lab("eosinophils", kind=NEGATIVE),
        lab("atypical_lymphocytes", kind=NEGATIVE),
        nodes(NEGATIVE),
        organ("all_others", NEGATIVE),
    )
    assert list_row(card(low))["undecided"] == "nothing open could change the class"
    assert settle_view(card(low))["together"] == ""


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ({}, []),
        (
            {"latency_first_low": Decimal(7), "latency_first_high": Decimal(7)},
            ["7 days after the first dose"],
        ),
        (
            {"latency_last_low": Decimal(0), "latency_last_high": Decimal(1)},
            ["0 to 1 days after the last dose"],
        ),
        (
            {"latency_last_low": Decimal(-2), "latency_last_high": Decimal(-2)},
            ["still taken at onset"],
        ),
        (
            {"latency_last_low": Decimal(-30), "latency_last_high": Decimal(30)},
            ["within 30 days of the last dose, order unknown"],
        ),
    ],
)
def test_only_a_known_time_to_onset_is_shown(score, words):
    assert list_row(card(**score))["latencies"] == words


def test_an_outdated_row_of_the_list_carries_nothing_of_the_score():
    row = list_row(card(is_current=False))
    assert not row["is_current"]
    assert not {"headline", "computed", "mini", "decisive", "latencies"} & set(row)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (None, "not known"),
        ((0.3899, 0.4112), "39 to 41 %"),
        ((1.0, 1.0), "100 %"),
        ((0.0001, 0.02), "under 1 to 2 %"),
        ((0.0, 0.0), "0 %"),
    ],
)
def test_share_still_in_the_body(bounds, words):
    assert share(bounds) == words


def test_a_drug_shows_both_windows_from_first_and_last_dose():
    exposure = Exposure(pk=1, name="canakinumab", stated_half_life_low_hours=Decimal(576))
    exposure.stated_half_life_high_hours = Decimal(576)
    presence = Presence(
        exposure=str(exposure.uuid),
        present="yes",
        first_dose=Span.days(66, 72),
        last_dose=Span.days(10),
        half_lives_since_last=Span.days("0.42"),
        share_remaining=(0.39, 0.41),
        windows={
            "1-8 weeks": {"first dose": "no", "last dose": "yes"},
            "2-8 weeks": {"first dose": "no", "last dose": "unknown"},
        },
    )
    view = drugs_view([exposure], [Dose(exposure_id=1)], [presence], [Treatment(is_systemic_steroid=True)])
    (drug,) = view["drugs"]
    assert [latency["days"] for latency in drug["latencies"]] == ["66 to 72 days", "10 days"]
    assert [[w["answer"] for w in latency["windows"]] for latency in drug["latencies"]] == [
        ["outside", "outside"],
        ["within", "not known"],
    ]
    assert (drug["stated"], drug["half_lives"], drug["present"]) == ("24 days", "0.42", "Yes")
    assert "not an informative dechallenge" in view["dechallenge"]


def test_without_presence_a_drug_still_shows_what_was_reported():
    (drug,) = drugs_view([Exposure(pk=1, name="anakinra")], [], [], [])["drugs"]
    assert (drug["name"], drug["stated"], "latencies" in drug) == ("anakinra", "not stated", False)
