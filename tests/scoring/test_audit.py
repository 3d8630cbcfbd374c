"""Tests of the audit, on the two patients of the letter: 3 from the text, 5 published, how that can be.

Source: Orphanet J Rare Dis 2017, s13023-017-0645-x. Neither 5 follows from the text alone; both are
attainable, and three ways of settling the open items are the same for both patients.
"""

import pytest

from scoring.audit import audit
from scoring.regiscar import v1
from scoring.regiscar.categories import Category
from tests.scoring.build import PATIENT_1, PATIENT_2

SEEDS = {"patient-1": PATIENT_1, "patient-2": PATIENT_2}

# item: patient 1, patient 2, as the letter leaves them.
ITEMS = [
    ("fever", "yes 0 [-1, 0] reported", "yes 0 [-1, 0] reported"),
    ("nodes", "no 0 [0, 0] denied", "yes 1 [0, 1] reported"),
    ("eosinophilia", "marked 2 [2, 2] measured", "marked 2 [2, 2] measured"),
    ("atypical", "unknown 0 [0, 1] missing", "unknown 0 [0, 1] missing"),
    ("extent", "yes 1 [0, 1] reported", "yes 1 [0, 1] reported"),
    ("suggesting", "unknown 0 [-1, 1] missing", "unknown 0 [-1, 1] missing"),
    ("biopsy", "yes 0 [0, 0] measured", "yes 0 [0, 0] measured"),
    ("organs", "one 1 [0, 1] reported", "unknown 0 [0, 2] missing"),
    ("resolution", "no -1 [-1, 0] reported", "no -1 [-1, 0] reported"),
    ("other_causes", "unknown 0 [0, 1] missing", "unknown 0 [0, 1] missing"),
]

# Signs of fever, atypical, extent, suggesting, liver, resolution, other causes; the rest is fixed.
WAYS_OF_PATIENT_1 = [
    "000++0+",
    "00+0+0+",
    "00++00+",
    "00+++-+",
    "00+++00",
    "0+00+0+",
    "0+0+00+",
    "0+0++-+",
    "0+0++00",
    "0++-+0+",
    "0++000+",
    "0++0+-+",
    "0++0+00",
    "0+++0-+",
    "0+++000",
    "0++++-0",
    "-0+++0+",
    "-+0++0+",
    "-++0+0+",
    "-+++00+",
    "-++++-+",
    "-++++00",
]
FREE = ("fever", "atypical", "extent", "suggesting", "organs", "resolution", "other_causes")
SIGN = {-1: "-", 0: "0", 1: "+"}

# suggesting, resolution, other causes, with everything else at the reporter's word.
WAYS_OF_BOTH = {"A": (1, 0, 0), "B": (1, -1, 1), "C": (0, 0, 1)}


def published(evidence, total=None, category=None):
    return audit(v1.assess(evidence), total=total, category=category, classify=v1.category)


def points_of(assignment, *keys):
    order = [row.key for row in v1.TABLE]
    return tuple(assignment.points[order.index(key)] for key in keys)


@pytest.mark.parametrize(("key", "first", "second"), ITEMS, ids=[key for key, _, _ in ITEMS])
def test_each_item_is_as_the_letter_leaves_it(key, first, second):
    items = [v1.assess(evidence).item(key) for evidence in SEEDS.values()]
    read = [f"{i.answer} {i.points} [{i.low}, {i.high}] {i.basis}" for i in items]
    assert read == [first, second]


@pytest.mark.parametrize(("name", "total", "low", "high"), [("patient-1", 3, -1, 7), ("patient-2", 3, -1, 9)])
def test_the_letter_alone_gives_three(name, total, low, high):
    result = v1.assess(SEEDS[name])
    assert (result.total, result.low, result.high, result.category) == (total, low, high, Category.POSSIBLE)


@pytest.mark.parametrize("name", SEEDS)
def test_the_interval_touches_all_four_classes(name):
    assert v1.assess(SEEDS[name]).categories == tuple(Category)


@pytest.mark.parametrize("name", SEEDS)
def test_neither_score_is_provisional(name):
    assert not v1.assess(SEEDS[name]).provisional


@pytest.mark.parametrize(("name", "ways", "of"), [("patient-1", 22, 192), ("patient-2", 113, 576)])
def test_the_published_five_is_attainable(name, ways, of):
    result = published(SEEDS[name], total=5)
    assert (result.is_attainable, len(result.assignments), result.combinations) == (True, ways, of)


def test_the_ways_of_patient_1_are_exactly_those_worked_by_hand():
    assignments = published(PATIENT_1, total=5).assignments
    signs = {"".join(SIGN[points] for points in points_of(way, *FREE)) for way in assignments}
    assert signs == set(WAYS_OF_PATIENT_1)


@pytest.mark.parametrize(
    ("fever", "resolution", "ways"), [(0, 0, 36), (0, -1, 30), (-1, 0, 30), (-1, -1, 17)]
)
def test_the_ways_of_patient_2_by_fever_and_resolution(fever, resolution, ways):
    assignments = published(PATIENT_2, total=5).assignments
    assert sum(points_of(way, "fever", "resolution") == (fever, resolution) for way in assignments) == ways


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("way", WAYS_OF_BOTH)
def test_three_ways_are_the_same_for_both_patients(name, way):
    computed = v1.assess(SEEDS[name])
    expected = {item.key: item.points for item in computed.items}
    expected |= dict(zip(("suggesting", "resolution", "other_causes"), WAYS_OF_BOTH[way], strict=True))
    assert tuple(expected.values()) in {way.points for way in published(SEEDS[name], total=5).assignments}


@pytest.mark.parametrize("name", SEEDS)
def test_with_the_statements_of_the_text_exactly_those_three_remain(name):
    assignments = published(SEEDS[name], total=5).assignments
    stated = ("fever", "nodes", "atypical", "extent", "organs")
    stated_points = tuple(v1.assess(SEEDS[name]).item(key).points for key in stated)
    remaining = {
        points_of(way, "suggesting", "resolution", "other_causes")
        for way in assignments
        if points_of(way, *stated) == stated_points
    }
    assert remaining == set(WAYS_OF_BOTH.values())


@pytest.mark.parametrize("name", SEEDS)
def test_ways_that_change_least_come_first(name):
    changes = [len(way.changes) for way in published(SEEDS[name], total=5).assignments]
    assert changes == sorted(changes)


def test_of_as_many_changes_those_of_fewest_points_come_first():
    ways = published(PATIENT_2, category=Category.PROBABLE).assignments
    sizes = [(len(way.changes), sum(abs(new - old) for _, old, new in way.changes)) for way in ways]
    assert sizes == sorted(sizes)


def test_a_change_names_the_item_and_both_points():
    first = published(PATIENT_1, total=4).assignments[0]
    assert (first.changes, first.total) == ((("other_causes", 0, 1),), 4)


def test_a_published_nine_contradicts_patient_1():
    result = published(PATIENT_1, total=9)
    assert (result.is_attainable, result.assignments) == (False, ())
    assert result.sentence == "The reported total 9 contradicts the evidence, which allows totals in [-1, 7]."


def test_a_published_nine_is_attainable_for_patient_2_in_one_way():
    assert len(published(PATIENT_2, total=9).assignments) == 1


def test_a_published_three_is_what_the_evidence_gives():
    assert published(PATIENT_1, total=3).sentence == "The reported total 3 is what the evidence gives."


def test_the_sentence_counts_the_ways_and_the_least_change():
    assert published(PATIENT_1, total=5).sentence == (
        "The reported total 5 is attainable: 22 ways of settling the open items give it, "
        "each with at least 2 that the report does not state so."
    )


def test_one_way_is_written_in_the_singular():
    assert "1 way of settling" in published(PATIENT_1, total=7).sentence


def test_a_published_class_alone_fits_every_total_of_it():
    ways = {total: len(published(PATIENT_1, total=total).assignments) for total in (4, 5)}
    assert len(published(PATIENT_1, category=Category.PROBABLE).assignments) == sum(ways.values())


def test_a_published_class_that_is_out_of_reach_contradicts():
    closed_low = v1.assess(PATIENT_1)
    result = audit(closed_low, total=8, category=Category.DEFINITE, classify=v1.category)
    assert not result.is_attainable


def test_a_total_and_a_class_that_do_not_belong_together_contradict_each_other():
    result = published(PATIENT_1, total=5, category=Category.DEFINITE)
    assert result.is_attainable is False
    assert result.sentence == "The reported total 5 and class definite contradict each other."


def test_a_reported_score_needs_a_total_or_a_class():
    with pytest.raises(ValueError, match="needs a total or a class"):
        published(PATIENT_1)
