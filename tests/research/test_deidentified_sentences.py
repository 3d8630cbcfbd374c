"""Sentences of a score without the words that people typed: same points, other words."""

import pytest

from assessments.scorecards import scorecards
from cases.amendment import amend
from cases.models import DifferentialDiagnosis, LymphNodeExamination, LymphNodeSite, OrganInvolvement
from research.deidentified_sentences import ANSWERED, WITHHELD, readings_of, sentences, without_words
from research.recognised import Recogniser
from scoring.result import Basis, Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(letter_cases, assessor):
    case = letter_cases[0]
    with amend(case, by=assessor, reason="test") as amendment:
        nodes = amendment.add(LymphNodeExamination(result="positive"))
        for site in ("where Miller felt it", "below Miller's ear"):
            amendment.add(LymphNodeSite(examination=nodes, site=site, size_cm="2"))
        amendment.add(DifferentialDiagnosis(diagnosis="Miller's disease", status="confirmed"))
        amendment.add(OrganInvolvement(organ="other", name="Miller's organ", result="positive"))
    (card,) = scorecards([case])
    return card


def test_no_word_of_people_is_left_and_every_number_stays(card):
    masked = without_words(card.computed, card.facts, Recogniser())
    texts = " ".join(f"{item.rule} {item.needs}" for item in masked.items)
    assert "Miller" in " ".join(f"{item.rule} {item.needs}" for item in card.computed.items)
    assert "Miller" not in texts
    assert (masked.total, masked.low, masked.high) == (
        card.computed.total, card.computed.low, card.computed.high,
    )  # fmt: skip
    assert [(item.key, item.answer, item.points, item.evidence) for item in masked.items] == [
        (item.key, item.answer, item.points, item.evidence) for item in card.computed.items
    ]


def test_sites_that_nobody_recognises_stay_apart(card):
    nodes = readings_of(card.computed.rule_version, card.facts, Recogniser())["nodes"]
    stored = card.computed.item("nodes")
    assert (nodes.answer, nodes.basis) == (stored.answer, stored.basis)


@pytest.mark.parametrize(
    ("answer", "basis", "rule"),
    [
        ("yes", Basis.MEASURED, "Because."),
        ("no", Basis.MEASURED, WITHHELD),
        ("yes", Basis.REPORTED, WITHHELD),
        ("yes", Basis.ADJUDICATED, ANSWERED),
    ],
)
def test_a_sentence_that_fits_no_more_is_withheld(answer, basis, rule):
    reading = Reading("yes", Basis.MEASURED, ("yes",), "Because.")
    assert sentences(answer, basis, reading).rule == rule
    assert sentences(answer, basis, None).rule in (WITHHELD, ANSWERED)
