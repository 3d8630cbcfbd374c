"""Tests of the vector runner: it passes what agrees with the table, and fails whatever does not."""

import json
from copy import deepcopy

import pytest

from scoring.vectors import ITEMS, main, run
from tests.material import VECTORS, conformance

ORGANS = ("liver", "kidney", "lung", "muscle_heart", "pancreas", "other")
ANSWERS = {
    "fever_ge_38_5": {"answer": "unknown", "lenient": "yes"},
    "lymph_nodes_ge_2_sites_ge_1cm": {"answer": "no"},
    "eosinophilia": {"answer": "ge_1500"},
    "atypical_lymphocytes": {"answer": "no"},
    "rash_extent_gt_50_bsa": {"answer": "yes"},
    "rash_suggesting_dress": {"answer": "unknown"},
    "biopsy_suggesting_dress": {"answer": "yes"},
    "organ_involvement": {name: {"answer": "no"} for name in ORGANS} | {"liver": {"answer": "yes"}},
    "resolution_ge_15_days": {"answer": "yes"},
    "other_causes_excluded": {"answer": "no"},
}
VECTOR = {
    "id": "v",
    "items": ANSWERS,
    "published_total": 4,
    "published_class": "probable",
    "derived_by_rule": {
        "table_total_with_unknowns_as_table": 3,
        "table_class": "possible",
        "interval_unknowns_open": [2, 5],
        "interval_lenient_unknowns_open": [3, 5],
        "total_with_reported_answers": 4,
    },
}
BOUNDARY = {"id": "b", "given": {"temperature_c": 38.5}, "item": "fever_ge_38_5", "expected_points": 0}


def faults(vector=None, boundary=None):
    document = {"vectors": [vector] if vector else [], "rule_boundaries": [boundary] if boundary else []}
    return [fault for _, vector_faults in run(document) for fault in vector_faults]


def changed(*path, to):
    vector = deepcopy(VECTOR)
    node = vector
    for step in path[:-1]:
        node = node.setdefault(step, {})
    node[path[-1]] = to
    return vector


def test_a_vector_that_agrees_has_no_faults():
    assert faults(VECTOR) == []


DISAGREEMENTS = [
    pytest.param(("published_total",), 6, "published total 6 is outside [2, 5]", id="total-outside"),
    pytest.param(
        ("published_class",),
        "definite",
        "published class definite is not among possible, probable",
        id="class-outside",
    ),
    pytest.param(("published_range",), [3, 7], "published total 7 is outside [2, 5]", id="range-outside"),
    pytest.param(
        ("published_total_range",),
        {"low": 1, "high": 3},
        "published total 1 is outside [2, 5]",
        id="named-range-outside",
    ),
    pytest.param(
        ("alternative_published_total",),
        {"total": -1},
        "published total -1 is outside [2, 5]",
        id="other-total",
    ),
    pytest.param(
        ("derived_by_rule", "table_total_with_unknowns_as_table"),
        4,
        "table_total_with_unknowns_as_table: 4 expected, 3 found",
        id="wrong-total",
    ),
    pytest.param(
        ("derived_by_rule", "table_class"),
        "probable",
        "table_class: probable expected, possible found",
        id="wrong-class",
    ),
    pytest.param(
        ("derived_by_rule", "interval_unknowns_open"),
        [2, 6],
        "interval_unknowns_open: [2, 6] expected, [2, 5] found",
        id="wrong-interval",
    ),
    pytest.param(
        ("derived_by_rule", "interval_lenient_unknowns_open"),
        [2, 5],
        "interval_lenient_unknowns_open: [2, 5] expected, [3, 5] found",
        id="wrong-lenient-interval",
    ),
    pytest.param(
        ("derived_by_rule", "total_with_reported_answers"),
        3,
        "total_with_reported_answers: 3 expected, 4 found",
        id="wrong-total-at-the-reporter's-word",
    ),
    pytest.param(
        ("items", "eosinophilia", "points"),
        1,
        "eosinophilia: 1 points printed, 2 to 2 attainable",
        id="wrong-printed-points",
    ),
]


@pytest.mark.parametrize(("path", "value", "fault"), DISAGREEMENTS)
def test_each_disagreement_is_named(path, value, fault):
    assert faults(changed(*path, to=value)) == [fault]


BOUNDARIES = [
    pytest.param({"temperature_c": 38.4}, "fever_ge_38_5", -1, id="core-temperature"),
    pytest.param({"temperature_c": 38.0, "site": "axilla"}, "fever_ge_38_5", 0, id="axillary-temperature"),
    pytest.param({"node_sites_cm": [1.0, 1.2]}, "lymph_nodes_ge_2_sites_ge_1cm", 1, id="node-sizes"),
    pytest.param(
        {"node_sites_cm": {"neck": 1, "groin": 0.9}}, "lymph_nodes_ge_2_sites_ge_1cm", 0, id="node-sites"
    ),
    pytest.param({"atypical_lymphocytes": "yes"}, "atypical_lymphocytes", 1, id="smear-yes"),
    pytest.param({"atypical_lymphocytes": False}, "atypical_lymphocytes", 0, id="smear-no"),
    pytest.param(
        {"features": {"scaling": True, "infiltration": True}}, "rash_suggesting_dress", 1, id="features"
    ),
    pytest.param({"biopsy": "other diagnosis"}, "biopsy_suggesting_dress", -1, id="biopsy"),
    pytest.param({"organs_yes": ["liver"]}, "organ_involvement", 1, id="organ"),
    pytest.param({"days_to_resolution": 14}, "resolution_ge_15_days", -1, id="resolution"),
    pytest.param({"negative": ["ANA", "HAV", "Chlamydia"]}, "other_causes_excluded", 1, id="negative-tests"),
    pytest.param(
        {"negative": ["ANA", "HAV", "Chlamydia"], "positive": ["HCV"]},
        "other_causes_excluded",
        0,
        id="positive-test",
    ),
]


@pytest.mark.parametrize(("given", "item", "points"), BOUNDARIES)
def test_measurements_become_points(given, item, points):
    assert faults(boundary={"id": "b", "given": given, "item": item, "expected_points": points}) == []


def test_a_boundary_with_other_points_fails():
    assert faults(boundary=BOUNDARY | {"expected_points": -1}) == [
        "fever_ge_38_5: -1 points expected, 0 found"
    ]


def test_a_measurement_with_an_unknown_name_fails():
    assert faults(boundary=BOUNDARY | {"given": {"temperature_f": 101}}) == ["not understood: temperature_f"]


UNREADABLE = [
    pytest.param(changed("items", "fever_ge_38_5", to={"answer": "perhaps"}), id="answer-of-no-table"),
    pytest.param(changed("items", to={"fever_ge_38_5": {"answer": "yes"}}), id="items-missing"),
    pytest.param({"id": "v"}, id="no-items"),
]


@pytest.mark.parametrize("vector", UNREADABLE)
def test_a_vector_that_cannot_be_read_fails_alone(vector):
    results = list(run({"vectors": [vector, VECTOR], "rule_boundaries": [BOUNDARY]}))
    assert results[0][1][0].startswith("cannot be read")
    assert [bad for _, bad in results[1:]] == [[], []]


@pytest.mark.parametrize("given", [{"temperature_c": "warm"}, {"negative": ["unheard of"]}])
def test_a_boundary_that_cannot_be_read_fails_alone(given):
    results = list(run({"rule_boundaries": [BOUNDARY | {"given": given}, BOUNDARY]}))
    assert (results[0][1][0].startswith("cannot be read"), results[1][1]) == (True, [])


def test_every_item_of_the_table_has_a_name_in_the_vectors():
    from scoring.regiscar import v1

    assert sorted(ITEMS.values()) == sorted(row.key for row in v1.TABLE)


def test_the_command_prints_a_line_each_and_the_sum(tmp_path, capsys):
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps({"vectors": [VECTOR, VECTOR | {"id": "w", "published_total": 9}]}))
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok    v",
        "FAIL  w",
        "        published total 9 is outside [2, 5]",
        "1 passed, 1 failed",
    ]


def test_the_command_succeeds_when_all_pass(tmp_path, capsys):
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps({"vectors": [VECTOR], "rule_boundaries": [BOUNDARY]}))
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.endswith("2 passed, 0 failed\n")


def test_the_command_without_a_file_explains_itself(capsys):
    assert main([]) == 2
    assert "python -m scoring.vectors FILE" in capsys.readouterr().err


@conformance
def test_the_published_cases_agree():
    results = list(run(json.loads(VECTORS.read_text(encoding="utf-8"))))
    assert [(name, bad) for name, bad in results if bad] == []
    assert results
