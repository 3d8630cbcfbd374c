"""Stored scores: three kinds side by side, where the case stands, and what makes it move."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.assessing import adjudicate, assess, replay, report_score, rescore
from assessments.models import Assessment, AssessmentItem, ReviewerAnswer
from assessments.scorecards import scorecards
from cases.amendment import amend
from cases.models import (
    ReportedScore,
    Temperature,
)
from tests.cases.rows import add, open_case, sql
from tests.standings import standing

pytestmark = pytest.mark.django_db


def stands(case) -> tuple:
    row = standing(case)
    return row.category, row.total, row.origin


def interval(case) -> tuple:
    row = standing(case)
    return row.computed_total, row.low, row.high


def skin_of(case):
    return case.skin_examinations.get(phase="reaction")


def test_an_empty_case_is_all_unknown(assessor):
    case = open_case(assessor)
    assert interval(case) == (-2, -4, 9)
    assert stands(case) == ("no_case", -2, "computed")


def test_a_measured_temperature_closes_fever(letter_cases, assessor):
    case = letter_cases[0]
    add(case, assessor, Temperature(celsius="39.2"))
    assert interval(case) == (3, 0, 7)
    (card,) = scorecards([case])
    assert card.computed.item("fever").basis == "measured"


def test_a_reviewers_answer_moves_the_case(letter_cases, reviewer):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Facial oedema and infiltration on the photo.")
    assert stands(case) == ("probable", 4, "adjudicated")
    assert interval(case) == (3, -1, 7)


def test_the_answer_names_the_reviewer_and_the_reason(letter_cases, reviewer):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Seen on the photo.")
    (card,) = scorecards([case])
    item = card.adjudicated.item("suggesting")
    assert (item.basis, item.points, item.rule) == (
        "adjudicated",
        1,
        "Answered by reviewer: Seen on the photo.",
    )


def test_an_answer_is_due_for_review_once_its_evidence_changes(letter_cases, reviewer, assessor):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Seen on the photo.")
    with amend(case, by=assessor, reason="letter from the dermatologist") as amendment:
        amendment.change(skin_of(case), scaling=False)
    assert standing(case).answers_due == 1
    assert stands(case) == ("probable", 5, "reported")


def test_an_answer_holds_while_other_evidence_changes(letter_cases, reviewer, assessor):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Seen on the photo.")
    add(case, assessor, Temperature(celsius="39.2"))
    assert standing(case).answers_due == 0
    assert stands(case) == ("probable", 4, "adjudicated")


def test_the_latest_answer_counts_and_none_is_lost(letter_cases, reviewer):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Seen on the photo.")
    adjudicate(case, "suggesting", "no", by=reviewer, reason="It was another patient's photo.")
    assert stands(case) == ("possible", 2, "adjudicated")
    assert ReviewerAnswer.objects.filter(case=case).count() == 2


def test_an_answer_can_be_withdrawn(letter_cases, reviewer):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Seen on the photo.")
    adjudicate(case, "suggesting", "", by=reviewer, reason="I answered the wrong case.")
    assert stands(case) == ("probable", 5, "reported")


@pytest.mark.parametrize(
    ("key", "answer", "reason", "words"),
    [
        ("suggesting", "perhaps", "x", "choose one of"),
        ("colour", "yes", "x", "its items are fever"),
        ("suggesting", "yes", " ", "reason"),
    ],
    ids=["unknown-answer", "unknown-item", "no-reason"],
)
def test_a_poor_answer_is_refused_in_words(letter_cases, reviewer, key, answer, reason, words):
    with pytest.raises(ValidationError, match=words):
        adjudicate(letter_cases[0], key, answer, by=reviewer, reason=reason)
    assert not ReviewerAnswer.objects.exists()


@pytest.mark.parametrize("role", ["assessor", "researcher", "administrator", "api_client"])
def test_only_reviewers_answer(letter_cases, make_user, role):
    with pytest.raises(PermissionDenied):
        adjudicate(letter_cases[0], "fever", "yes", by=make_user(role, "somebody"), reason="x")


def test_an_answer_to_evidence_that_changed_meanwhile_is_refused(letter_cases, reviewer):
    with pytest.raises(ValidationError, match="has changed since"):
        adjudicate(letter_cases[0], "fever", "yes", by=reviewer, reason="x", seen_digest="what I saw")


@pytest.mark.parametrize(
    ("total", "standing"),
    [(7, ("definite", 7, "reported")), (8, ("possible", 3, "computed")), (-2, ("possible", 3, "computed"))],
    ids=["highest-attainable", "above-the-interval", "below-the-interval"],
)
def test_a_reported_score_stands_only_where_the_evidence_allows_it(letter_cases, assessor, total, standing):
    case = letter_cases[0]
    report_score(case, by=assessor, reason="erratum", source="Authors", total=total)
    assert stands(case) == standing
    assert ReportedScore.objects.get(case=case).total == total


def test_a_reported_class_without_a_total_stands_too(letter_cases, assessor):
    case = letter_cases[1]
    report_score(case, by=assessor, reason="abstract only", source="Abstract", category="definite")
    assert stands(case) == ("definite", None, "reported")


def test_a_total_that_contradicts_its_own_class_is_not_attainable(letter_cases, assessor):
    case = letter_cases[1]
    report_score(case, by=assessor, reason="x", source="Authors", total=5, category="definite")
    assert standing(case).reported_is_attainable is False


def test_items_are_rows_that_can_be_filtered(letter_cases):
    reported = AssessmentItem.objects.filter(key="fever", basis="reported").values_list(
        "assessment__case__number", flat=True
    )
    assert sorted(reported) == ["LETTER-P1", "LETTER-P2"]
    item = AssessmentItem.objects.get(assessment__case=letter_cases[0], key="eosinophilia")
    assert item.evidence == [letter_cases[0].examinations.get(test="eosinophils", phase="reaction").uuid]


def test_every_point_leads_back_to_a_row_of_its_case(letter_cases):
    for item in AssessmentItem.objects.select_related("assessment__case"):
        case = item.assessment.case
        rows = {
            row.uuid
            for relation in ("temperatures", "skin_examinations", "lymph_node_examinations")
            for row in getattr(case, relation).all()
        } | {
            row.uuid
            for relation in ("examinations", "organ_involvements", "reactions", "treatments")
            for row in getattr(case, relation).all()
        }
        assert set(item.evidence) <= rows
        assert item.evidence or item.basis == "missing"


def test_nothing_new_is_stored_where_nothing_changed(letter_cases):
    before = Assessment.objects.count()
    assess(letter_cases[0])
    assert Assessment.objects.count() == before


def test_what_was_computed_before_stays(letter_cases, assessor):
    case = letter_cases[0]
    add(case, assessor, Temperature(celsius="39.2"))
    assert [a.low for a in Assessment.objects.filter(case=case).order_by("id")][-2:] == [-1, 0]


@pytest.mark.parametrize(
    "statement", ["UPDATE assessments_assessment SET total = 3", "DELETE FROM assessments_assessmentitem"]
)
def test_stored_assessments_are_never_changed(letter_cases, statement):
    with pytest.raises(Exception, match=r"Cannot (update|delete)"):
        sql(statement)


def test_replay_of_every_assessment_gives_the_same_bytes(letter_cases, reviewer, assessor):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="Seen on “the” photo;\nsecond line.")
    adjudicate(case, "organs", "unknown", by=reviewer, reason="Cannot tell.")
    add(case, assessor, Temperature(celsius="39.2"))
    replayed = list(replay(Assessment.objects.all()))
    assert len(replayed) >= 5
    assert all(r.is_identical for r in replayed)


def test_replay_tells_a_forged_result(letter_cases):
    stored = Assessment.objects.first()
    stored.result = stored.result.replace('"total":3', '"total":4')
    (replayed,) = replay([stored])
    assert not replayed.is_identical


def test_replay_tells_rules_that_are_not_installed(letter_cases):
    stored = Assessment.objects.first()
    stored.rule_version = "regiscar-2099"
    (replayed,) = replay([stored])
    assert "Install the release" in replayed.problem


def test_rescoring_goes_on_past_a_case_that_cannot_be_scored(letter_cases, monkeypatch):
    bad, good = letter_cases
    from assessments import score_cases as scoring

    read = scoring.facts_of

    def fail_for_one(record, timeline):
        if record.case == bad:
            raise ValueError("unreadable")
        return read(record, timeline)

    sql("UPDATE cases_temperature SET verbatim = 'x'")
    monkeypatch.setattr(scoring, "facts_of", fail_for_one)
    done = list(rescore([bad.pk, good.pk]))
    assert [getattr(d, "reason", d) for d in done] == ["ValueError: unreadable", 1]
    assert [str(standing(c).is_current) for c in letter_cases] == ["False", "True"]


def test_scoring_many_cases_takes_as_many_queries_as_one(letter_cases, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from assessments.score_cases import score_cases

    sql("UPDATE cases_temperature SET is_peak = true")
    with CaptureQueriesContext(connection) as one:
        score_cases([letter_cases[0].pk])
    sql("UPDATE cases_temperature SET is_peak = false")
    with CaptureQueriesContext(connection) as two:
        score_cases([case.pk for case in letter_cases])
    assert len(one) == len(two)
