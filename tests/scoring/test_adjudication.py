"""Tests of adjudication: a reviewer's answer moves the score, while its evidence is unchanged."""

from dataclasses import replace

import pytest

from scoring.adjudication import adjudicate, check_answer, item_digest
from scoring.answer import Answer
from scoring.regiscar import v1
from scoring.regiscar.categories import Category
from scoring.result import Basis
from tests.scoring.build import (
    COMPATIBLE,
    MEASURED,
    NEGATIVE,
    PATIENT_1,
    PATIENT_2,
    POSITIVE,
    PRESENT,
    biopsy,
    course,
    facts,
    lab,
    organ,
    skin,
    temperature,
)


def answer(evidence, key, choice, by="reviewer"):
    return Answer(key, choice, "the photograph shows it", by, item_digest(v1, evidence, key))


def test_answering_one_item_moves_patient_1_to_probable():
    result = adjudicate(v1, PATIENT_1, [answer(PATIENT_1, "suggesting", "yes")]).result
    assert (result.total, result.category) == (4, Category.PROBABLE)


def test_an_answered_item_is_closed_and_names_reviewer_and_reason():
    result = adjudicate(v1, PATIENT_1, [answer(PATIENT_1, "suggesting", "yes")]).result
    item = result.item("suggesting")
    assert (item.low, item.high, item.basis, item.needs) == (1, 1, Basis.ADJUDICATED, "")
    assert item.rule == "Answered by reviewer: the photograph shows it"


def test_the_other_items_stay_as_computed():
    before, after = (
        v1.assess(PATIENT_1),
        adjudicate(v1, PATIENT_1, [answer(PATIENT_1, "suggesting", "yes")]).result,
    )
    assert [i for i in before.items if i.key != "suggesting"] == [
        i for i in after.items if i.key != "suggesting"
    ]


def test_no_answers_give_the_computed_score():
    assert adjudicate(v1, PATIENT_1, []).result == v1.assess(PATIENT_1)


def test_an_adjudicated_unknown_stays_open():
    item = adjudicate(v1, PATIENT_1, [answer(PATIENT_1, "suggesting", "unknown")]).result.item("suggesting")
    assert (item.points, item.low, item.high, item.basis) == (0, -1, 1, Basis.ADJUDICATED)


def test_an_adjudicated_unknown_fever_scores_the_unknown_column():
    item = adjudicate(v1, PATIENT_1, [answer(PATIENT_1, "fever", "unknown")]).result.item("fever")
    assert (item.points, item.low, item.high) == (-1, -1, 0)


def test_an_adjudicated_unknown_reopens_what_was_measured():
    evidence = facts(temperature(39))
    item = adjudicate(v1, evidence, [answer(evidence, "fever", "unknown")]).result.item("fever")
    assert (item.points, item.low, item.high) == (-1, -1, 0)


def test_a_reviewer_may_go_beyond_what_the_evidence_leaves_open():
    item = adjudicate(v1, PATIENT_1, [answer(PATIENT_1, "nodes", "yes")]).result.item("nodes")
    assert (item.points, item.low, item.high) == (1, 1, 1)


CHANGES = [
    # item, new evidence, whether an answer given before still holds
    pytest.param("suggesting", skin(scaling=True, row="new"), False, id="a-feature-seen"),
    pytest.param("suggesting", temperature(39, row="new"), True, id="another-item's-evidence"),
    pytest.param("extent", skin(70, row="new"), False, id="an-extent-measured"),
    pytest.param("extent", skin(widespread=False, row="new"), False, id="an-extent-in-words"),
    pytest.param("fever", temperature(39, row="new"), False, id="a-temperature-measured"),
    pytest.param("biopsy", biopsy(COMPATIBLE, row="new"), False, id="a-second-biopsy"),
    pytest.param("organs", lab("alt", 300, upper=40, row="new"), False, id="an-alt-measured"),
    pytest.param("organs", lab("crp", 300, row="new"), True, id="a-test-that-no-organ-reads"),
    pytest.param("other_causes", lab("ana", kind=MEASURED, row="new"), False, id="a-listed-test"),
    pytest.param("other_causes", lab("hhv6_pcr", 1000, row="new"), True, id="a-herpes-pcr"),
    pytest.param("atypical", lab("atypical_lymphocytes", 0, row="new"), False, id="a-smear"),
    pytest.param("eosinophilia", lab("leukocytes", 3, row="new"), False, id="leukocytes"),
]


@pytest.mark.parametrize(("key", "row", "holds"), CHANGES)
def test_an_answer_holds_only_while_the_evidence_of_its_item_is_unchanged(key, row, holds):
    given = answer(PATIENT_1, key, "no")
    everything = [*_rows(PATIENT_1), row]
    adjudication = adjudicate(v1, facts(*everything), [given])
    assert (adjudication.held, adjudication.due) == (((key,), ()) if holds else ((), (key,)))


def _rows(evidence):
    sections = (evidence.temperatures, evidence.nodes, evidence.tests, evidence.skin, evidence.biopsies)
    return [*(row for section in sections for row in section), *evidence.organs, evidence.course]


def test_an_answer_that_is_due_falls_back_to_the_evidence():
    given = answer(PATIENT_1, "suggesting", "yes")
    changed = replace(PATIENT_1, skin=(skin(widespread=True, suggestive=False, row="skin"),))
    assert adjudicate(v1, changed, [given]).result == v1.assess(changed)


def test_held_and_due_answers_are_listed_in_order():
    stale = replace(answer(PATIENT_1, "atypical", "yes"), evidence_digest="of something else")
    given = [answer(PATIENT_1, "suggesting", "yes"), stale, answer(PATIENT_1, "extent", "no")]
    adjudication = adjudicate(v1, PATIENT_1, given)
    assert (adjudication.held, adjudication.due) == (("extent", "suggesting"), ("atypical",))


ALT = {"value": 81, "upper": 40, "baseline": 30, "on": 1}
PARTS = [
    pytest.param("organs", lab("alt", **ALT), lab("alt", **ALT | {"value": 82}), id="value"),
    pytest.param("organs", lab("alt", **ALT), lab("alt", **ALT | {"upper": 41}), id="upper-limit"),
    pytest.param("organs", lab("alt", **ALT), lab("alt", **ALT | {"baseline": 31}), id="baseline"),
    pytest.param("organs", lab("alt", **ALT), lab("alt", **ALT | {"on": 2}), id="day"),
    pytest.param("organs", lab("alt", kind=POSITIVE), lab("alt", kind=NEGATIVE), id="kind-of-an-organ-test"),
    pytest.param("organs", organ("liver"), organ("lung"), id="organ"),
    pytest.param("organs", organ("liver"), organ("liver", NEGATIVE), id="kind-of-a-finding"),
    pytest.param("organs", organ("liver"), organ("liver", proof=True), id="proof"),
    pytest.param("organs", organ("liver"), organ("liver", explanation=PRESENT), id="explanation"),
    pytest.param("other_causes", lab("ana", kind=POSITIVE), lab("ana", kind=NEGATIVE), id="kind-of-a-cause"),
    pytest.param("other_causes", lab("hepatitis_a", kind=NEGATIVE), lab("ana", kind=NEGATIVE), id="cause"),
    pytest.param(
        "atypical",
        lab("atypical_lymphocytes", kind=POSITIVE),
        lab("atypical_lymphocytes", kind=NEGATIVE),
        id="kind-of-a-smear",
    ),
    pytest.param("resolution", course(died=10), course(died=20), id="death"),
    pytest.param("resolution", course(10, resolved=True), course(10, resolved=False), id="resolved"),
    pytest.param("extent", skin(widespread=True), skin(widespread=False), id="extent-in-words"),
    pytest.param("suggesting", skin(suggestive=True), skin(suggestive=False), id="judgement-of-the-source"),
]


@pytest.mark.parametrize(("key", "before", "after"), PARTS)
def test_every_part_that_an_item_reads_is_in_its_digest(key, before, after):
    assert item_digest(v1, facts(before), key) != item_digest(v1, facts(after), key)


def test_counts_moving_to_one_sample_is_a_change():
    apart = facts(lab("eosinophils", 1, sample="one"), lab("leukocytes", 3, sample="two"))
    together = facts(lab("eosinophils", 1, sample="one"), lab("leukocytes", 3, sample="one"))
    assert item_digest(v1, apart, "eosinophilia") != item_digest(v1, together, "eosinophilia")


SWAPS = [
    pytest.param({"resolved_after": 20, "from_treatment": 10}, id="resolved-after-and-from-treatment"),
    pytest.param({"resolved_after": 20, "relapsed": 10}, id="resolved-after-and-relapsed"),
    pytest.param({"relapsed": 20, "followed": 10}, id="relapsed-and-followed"),
    pytest.param({"died": 20, "followed": 10}, id="died-and-followed"),
]


@pytest.mark.parametrize("days", SWAPS)
def test_two_spans_of_the_course_changing_places_is_a_change(days):
    swapped = dict(zip(days, reversed(days.values()), strict=True))
    digests = {item_digest(v1, facts(course(**arguments)), "resolution") for arguments in (days, swapped)}
    assert len(digests) == 2


def test_a_minute_before_day_15_is_not_day_15():
    days = ("14.9993", "15")
    digests = {item_digest(v1, facts(course(day, resolved=True)), "resolution") for day in days}
    assert len(digests) == 2


def test_answering_the_resolution_ends_the_provisional_state():
    evidence = facts(course(resolved=False, followed=5))
    assert not adjudicate(v1, evidence, [answer(evidence, "resolution", "no")]).result.provisional


def test_an_adjudicated_unknown_resolution_leaves_it_provisional():
    evidence = facts(course(resolved=False, followed=5))
    assert adjudicate(v1, evidence, [answer(evidence, "resolution", "unknown")]).result.provisional


def test_answering_another_item_leaves_it_provisional():
    evidence = facts(course(resolved=False, followed=5))
    result = adjudicate(v1, evidence, [answer(evidence, "fever", "no")]).result
    assert (result.provisional, result.total_without_penalty) == (True, result.total + 1)


def test_an_unknown_item_is_refused_with_those_that_exist():
    with pytest.raises(ValueError, match="regiscar has no item 'headache'; its items are fever, nodes, eos"):
        check_answer(v1, "headache", "yes")


def test_an_answer_that_the_table_lacks_is_refused_with_those_it_has():
    with pytest.raises(
        ValueError, match="'yes' is no answer to 'eosinophilia'; choose one of no, moderate, marked, unknown"
    ):
        check_answer(v1, "eosinophilia", "yes")


def test_a_wrong_answer_is_refused_even_when_its_evidence_has_changed():
    with pytest.raises(ValueError, match="'maybe' is no answer"):
        adjudicate(v1, PATIENT_2, [Answer("fever", "maybe", "", "reviewer", "of something else")])


@pytest.mark.parametrize("row", v1.TABLE, ids=lambda row: row.key)
def test_every_answer_of_the_table_is_allowed(row):
    for choice in row.points:
        check_answer(v1, row.key, choice)
