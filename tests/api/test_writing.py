"""Cases entered and changed by machines: the same comes out, and every problem has its path."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import ApiRequest, Reach, User
from assessments.assessing import adjudicate
from cases.models import CASE_ROWS, Case, CaseEvent, Dose, Exposure
from cases.record.tree import tree
from synthetic.insertion import synthesize
from tests.cases.rows import sql

pytestmark = pytest.mark.django_db
# What the registry gives by itself when a case is entered.
OWN = {"seen", "updated", "created_at", "organisation", "versions"}
OF_ASSESSMENTS = {"uuid", "created_at"}


def empty_the_registry():
    """As a registry of its own would be: users and dictionary, no case."""
    tables = ", ".join(model._meta.db_table for model in (*CASE_ROWS, Case))
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"TRUNCATE {tables} CASCADE")
    sql("TRUNCATE cases_caseevent")
    assert not Case.objects.exists()


def same(document):
    return {name: value for name, value in document.items() if name not in OWN}


def test_the_tree_holds_every_table_and_every_column():
    branches = list(tree())
    assert {one.model for one in branches} == {Case, *CASE_ROWS}
    for one in branches:
        columns = {field.name for field in one.model._meta.concrete_fields}
        left_out = columns - {field.name for field in one.fields} - {"id", "case", "uuid", one.parent}
        assert left_out == ({"other"} if one.name == "linked_cases" else set())


def test_both_cases_of_the_letter_posted_to_an_empty_registry_are_the_same(machine, letter_cases):
    before = [machine.get(f"cases/{case.number}/").json() for case in letter_cases]
    empty_the_registry()
    answers = [machine.post("cases/", one) for one in before]
    assert [one.status_code for one in answers] == [201, 201], answers[0].content
    after = [machine.get(f"cases/{one['number']}/").json() for one in before]
    assert [same(one) for one in after] == [same(one) for one in before]
    assert [one.json()["score"] for one in answers] == [one["score"] for one in before]
    assert [(one["score"]["computed_total"], one["score"]["total"]) for one in after] == [(3, 5), (3, 5)]


def test_synthetic_cases_posted_to_an_empty_registry_are_the_same(machine, drugs):
    # An organisation of their own holds them.
    User.objects.update(reach=Reach.ALL)
    list(synthesize(8, seed=7))
    numbers = list(Case.objects.order_by("number").values_list("number", flat=True))
    before = {number: machine.get(f"cases/{number}/").json() for number in numbers}
    empty_the_registry()
    for one in before.values():
        answer = machine.post("cases/", one)
        assert answer.status_code == 201, answer.content[:2000]
        assert same(answer.json()) == same(one)


def test_a_case_that_reviewers_answered_stands_the_same_after_its_way(machine, letter_cases, reviewer):
    case = letter_cases[0]
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="seen with the photographs")
    adjudicate(case, "fever", "yes", by=reviewer, reason="fever said")
    adjudicate(case, "fever", "", by=reviewer, reason="said of another day")
    before = machine.get(f"cases/{case.number}/").json()
    assert before["score"]["origin"] == "adjudicated"
    empty_the_registry()
    assert machine.post("cases/", before).status_code == 201
    after = machine.get(f"cases/{case.number}/").json()
    assert after["score"] == before["score"]
    answers = [
        [(row["key"], row["answer"], row["evidence_digest"]) for row in document["adjudications"]]
        for document in (before, after)
    ]
    assert answers[0] == answers[1]
    assert [row["by"] for row in after["adjudications"]] == ["reviewer-machine"] * 3
    today = before["adjudications"][0]["at"][:10]
    assert after["adjudications"][0]["reason"] == f"seen with the photographs (reviewer, {today})"


def test_an_answer_whose_evidence_is_not_this_one_is_due_and_does_not_count(machine, letter_cases, reviewer):
    adjudicate(letter_cases[0], "suggesting", "yes", by=reviewer, reason="seen")
    body = machine.get("cases/LETTER-P1/").json()
    body["adjudications"][0]["evidence_digest"] = "0" * 64
    empty_the_registry()
    score = machine.post("cases/", body).json()["score"]
    assert (score["origin"], score["answers_due"]) == ("reported", 1)


ANSWER = {"key": "fever", "answer": "yes", "reason": "39 °C in the chart"}
WRONG_ANSWERS = [
    ({}, "adjudications", "list"),
    ([5], "adjudications[0]", "object"),
    ([ANSWER, {**ANSWER, "key": "nose"}], "adjudications[1]", "nose"),
    ([{**ANSWER, "answer": "perhaps"}], "adjudications[0]", "perhaps"),
    ([{**ANSWER, "answer": True}], "adjudications[0].answer", "text"),
    ([{**ANSWER, "reason": " "}], "adjudications[0].reason", "text"),
    ([{"key": "fever"}], "adjudications[0].reason", "text"),
    ([{**ANSWER, "because": "x"}], "adjudications[0].because", "no field"),
    ([{**ANSWER, "evidence_digest": "0" * 65}], "adjudications[0].evidence_digest", "digest"),
    ([{**ANSWER, "instrument": "euroscar"}], "adjudications[0].instrument", "regiscar"),
]


@pytest.mark.parametrize(("body", "path", "word"), WRONG_ANSWERS)
def test_an_answer_that_cannot_be_entered_with_its_case(machine, body, path, word):
    answer = machine.post("cases/", new(adjudications=body))
    assert answer.status_code == 422
    assert [one["path"] for one in answer.json()["errors"]] == [path]
    assert word in answer.json()["errors"][0]["detail"]
    assert not Case.objects.exists()


def test_who_may_not_answer_items_enters_a_case_without_answers(make_machine):
    assessor = make_machine("assessor", "read", "full", "write")
    refused = assessor.post("cases/", new(adjudications=[ANSWER]))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["path"] == "adjudications"
    assert assessor.post("cases/", new(adjudications=[])).status_code == 201


def new(**values):
    return {"number": "NEW-1", **values}


NOBODY = "0f6f1f5e-3c64-4d5e-9a53-1d2b9f4f0001"
WRONG = [
    (new(patient={"age": "sixteen"}), "patient.age", "number"),
    (new(patient={"age": 16}), "patient.age", "unit"),
    (new(patient=[]), "patient", "object"),
    (new(patient={"sex": "female"}), "patient.sex", "Choose among: 1 ("),
    (new(patient={"shoe_size": 38}), "patient.shoe_size", "no field"),
    (new(patient={"birth_date": "2016-13"}), "patient.birth_date", "date"),
    (new(patient={"birth_date": "birth~3"}), "patient.birth_date", "date"),
    (new(patient={"null_flavors": {"D.1": "MAYBE"}}), "patient.null_flavors", "allowed"),
    (new(patient={"null_flavors": {"D.1": 1}}), "patient.null_flavors", "reason"),
    (new(patient={"null_flavors": {"received": {"D.1": 1}}}), "patient.null_flavors", "received"),
    (new(first_received="20 November"), "first_received", "date"),
    (new(exposures={}), "exposures", "list"),
    (new(exposures=[1]), "exposures[0]", "object"),
    (new(exposures=[{}, {"doses": [{"unit": 5}]}]), "exposures[1].doses[0].unit", "text"),
    (new(exposures=[{"doses": [{"unit": "x" * 51}]}]), "exposures[0].doses[0].unit", "at most"),
    (new(exposures=[{"doses": [{"amount": -1}]}]), "exposures[0].doses[0].amount", "negative"),
    (new(exposures=[{"doses": [{"amount": "1e999"}]}]), "exposures[0].doses[0].amount", "digits"),
    (new(exposures=[{"doses": [{"amount": "NaN"}]}]), "exposures[0].doses[0].amount", "number"),
    (new(exposures=[{"doses": [{"amount": True}]}]), "exposures[0].doses[0].amount", "number"),
    (new(exposures=[{"position": 10**9}]), "exposures[0].position", "less than or equal"),
    (new(exposures=[{"position": 10**30}]), "exposures[0].position", "less than or equal"),
    (new(exposures=[{"drug": "elixir"}]), "exposures[0].drug", "dictionary"),
    (new(exposures=[{"drug": ["elixir"]}]), "exposures[0].drug", "dictionary"),
    (new(exposures=[{"uuid": "seven"}]), "exposures[0].uuid", "UUID"),
    (new(exposures=[{"remove": True}]), "exposures[0]", "no such row"),
    (new(exposures=[{"reactions": [{"reaction": "x"}]}]), "exposures[0].reactions[0].reaction", "UUID"),
    (
        new(exposures=[{"reactions": [{"reaction": NOBODY}]}]),
        "exposures[0].reactions[0].reaction",
        "no reaction",
    ),
    (new(reactions=[{"onset": f"reaction:{NOBODY}+1d"}]), "reactions[0].onset", "no event"),
    (new(reactions=[{"onset": "2016-03", "end": "2016-01"}]), "reactions[0].onset", "onset"),
    (new(examinations=[{"name": "x"}]), "examinations[0]", "number"),
    (new(temperatures=[{"celsius": "98.6"}]), "temperatures[0].celsius", "Fahrenheit"),
    (new(state="closed"), "state", "review"),
    ({"number": "two words"}, "number", "one word"),
    ({}, "number", "blank"),
    ({"number": 5}, "number", "text"),
    ({"number": "x" * 101}, "number", "at most"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "path", "word"), WRONG, ids=lambda value: str(value)[:50])
def test_what_is_wrong_is_named_by_its_path(machine, drugs, body, path, word):
    answer = machine.post("cases/", json.dumps(body))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content
    found = {one["path"]: one["detail"] for one in answer.json()["errors"]}
    assert path in found, found
    assert word in found[path]
    assert not Case.objects.exists()


def test_all_problems_are_reported_at_once(machine, drugs):
    body = {"number": "A B", "patient": {"age": 3}, "exposures": [{"doses": [{"unit": 5}, {"amount": -1}]}]}
    paths = [one["path"] for one in machine.post("cases/", body).json()["errors"]]
    assert sorted(paths) == [
        "exposures[0].doses[0].unit",
        "exposures[0].doses[1].amount",
        "number",
        "patient.age",
    ]


def test_a_number_and_a_uuid_are_given_once(machine, letter_cases):
    body = {"number": "LETTER-P1", "exposures": [{"uuid": str(Exposure.objects.first().uuid)}]}
    found = {one["path"]: one["detail"] for one in machine.post("cases/", body).json()["errors"]}
    assert set(found) == {"number", "exposures[0].uuid"}


def test_a_change_touches_what_is_given_and_nothing_else(machine, letter_cases):
    case = letter_cases[0]
    before = machine.get(f"cases/{case.number}/").json()
    exposure = before["exposures"][0]
    doses = exposure["doses"]
    body = {
        "seen": before["seen"],
        "reason": "follow-up",
        "patient": {"weight_kg": "10.50"},
        "exposures": [
            {
                "uuid": exposure["uuid"],
                "doses": [{"uuid": doses[0]["uuid"], "route": "oral"}, {"amount": "3.0"}],
            }
        ],
        "symptoms": [{"term": "Cough"}],
    }
    answer = machine.patch(f"cases/{case.number}/", body)
    assert answer.status_code == 200, answer.content
    after = answer.json()
    assert after["patient"] == {**before["patient"], "weight_kg": "10.50"}
    kept, *others = after["exposures"][0]["doses"]
    assert kept == {**doses[0], "route": "oral"}
    assert others[-1]["amount"] == "3.0"
    assert [one["term"] for one in after["symptoms"]] == [*(s["term"] for s in before["symptoms"]), "Cough"]
    event = CaseEvent.objects.filter(case_id=case.pk).first()
    assert (event.reason, after["seen"], len(event.changes)) == ("follow-up", event.pk, 4)


def test_a_whole_case_sent_back_changes_nothing(machine, letter_cases):
    before = machine.get("cases/LETTER-P1/").json()
    after = machine.patch("cases/LETTER-P1/", before).json()
    assert same(after) == same(before)
    assert CaseEvent.objects.get(pk=after["seen"]).changes == []


def test_a_row_is_removed_only_on_request(machine, letter_cases):
    before = machine.get("cases/LETTER-P1/").json()
    gone = before["exposures"][0]["doses"][-1]
    unused = next(one for one in before["examinations"] if one["test"] == "leukocytes")
    body = {"seen": before["seen"], "examinations": [{"uuid": unused["uuid"], "remove": True}]}
    after = machine.patch("cases/LETTER-P1/", body).json()
    assert len(after["examinations"]) == len(before["examinations"]) - 1
    assert Dose.objects.filter(uuid=gone["uuid"]).exists()
    foreign = machine.get("cases/LETTER-P2/").json()["examinations"][0]["uuid"]
    refused = machine.patch(
        "cases/LETTER-P1/", {"seen": after["seen"], "examinations": [{"uuid": foreign, "remove": True}]}
    )
    assert refused.json()["errors"][0]["path"] == "examinations[0]"


def test_who_changes_a_case_says_which_state_was_looked_at(machine, letter_cases):
    read = machine.get("cases/LETTER-P1/")
    body = {"reason": "test", "patient": {"sex": "1"}}
    assert machine.patch("cases/LETTER-P1/", body).status_code == 428
    assert machine.patch("cases/LETTER-P1/", body, If_Match=read["ETag"]).status_code == 200
    late = machine.patch("cases/LETTER-P1/", {**body, "seen": read.json()["seen"]})
    assert late.status_code == 409
    assert late.json()["meanwhile"][0]["reason"] == "test"


def test_a_stale_etag_is_a_failed_precondition(machine, letter_cases):
    read = machine.get("cases/LETTER-P1/")
    tag, seen = read["ETag"], read.json()["seen"]
    body = {"reason": "test", "patient": {"sex": "1"}}
    assert machine.patch("cases/LETTER-P1/", body, If_Match=f'"other", {tag}').status_code == 200
    stale = machine.patch("cases/LETTER-P1/", body, If_Match=tag)
    assert (stale.status_code, stale.json()["title"]) == (412, "Precondition Failed")
    assert stale.json()["meanwhile"][0]["reason"] == "test"
    latest = {**body, "seen": machine.get("cases/LETTER-P1/").json()["seen"]}
    for_tag = {
        tag: 412,  # the older of two states counts
        '"nothing of ours"': 412,
        "*": 200,  # the state stands in the body
        "": 200,
    }
    for header, status in for_tag.items():
        latest["seen"] = machine.get("cases/LETTER-P1/").json()["seen"]
        assert machine.patch("cases/LETTER-P1/", latest, If_Match=header).status_code == status
    assert machine.patch("cases/LETTER-P1/", body, If_Match="*").status_code == 428
    assert seen < latest["seen"]


def test_a_case_that_is_entered_twice_under_one_key_is_there_once(machine, make_machine, drugs):
    first = machine.post("cases/", {"number": "K-1"}, Idempotency_Key="k")
    again = machine.post("cases/", {"number": "K-1"}, Idempotency_Key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first["Location"]) == (again.content, again["Location"])
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1
    assert machine.get(first["Location"].split("/api/v1/")[1]).status_code == 200
    assert machine.post("cases/", {"number": "K-2"}, Idempotency_Key="k").status_code == 422
    other = make_machine("assessor")
    assert other.post("cases/", {"number": "K-2"}, Idempotency_Key="k").status_code == 201


def test_what_was_refused_can_be_mended_under_the_same_key(machine, drugs):
    assert machine.post("cases/", {"number": "K 1"}, Idempotency_Key="k").status_code == 422
    assert not ApiRequest.objects.exists()
    assert machine.post("cases/", {"number": "K-1"}, Idempotency_Key="k").status_code == 201


def test_from_review_on_a_change_needs_a_reason(machine, drugs):
    answer = machine.post("cases/", {"number": "R-1", "state": "in_review"})
    body = {"seen": answer.json()["seen"], "patient": {"sex": "1"}}
    assert machine.patch("cases/R-1/", body).status_code == 422
    assert machine.patch("cases/R-1/", {**body, "reason": "letter"}).status_code == 200


NO_JSON = [
    b"{", b"[]", b'"text"', b"1", b'{"a":NaN}', b'{"a":1e999999999999999999999}', b'{"a":"\\u0000"}',
    b'{"a":"\\ud800"}', b'{"\\ud800":1}', b"\xff\xfe", b'{"a":1,"a":2}',
    b'{"a":' + b"[" * 50 + b"]" * 50 + b"}",
    b'{"a":' * 100_000, b'{"a":' + b"9" * 5000 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("content", NO_JSON, ids=lambda content: repr(content[:20]))
def test_what_is_no_json_is_a_problem(machine, content):
    answer = machine.post("cases/", content)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = sorted({field.name for one in tree() for field in (*one.fields, *one.branches)})


def row_values(branch):
    """Rows with any values at all in the right places."""
    fields = {field.name: JSON_VALUES for field in branch.fields}
    below = {
        one.name: JSON_VALUES | st.lists(st.deferred(lambda one=one: row_values(one)), max_size=2)
        for one in branch.branches
    }
    return st.fixed_dictionaries({}, optional={**fields, **below})


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=row_values(tree()))
def test_no_value_in_any_place_is_an_error_of_ours(machine, body):
    answer = machine.post("cases/", json.dumps(body))
    assert answer.status_code in (201, 400, 422)


def test_a_case_for_another_organisation_is_refused_and_not_passed_over(machine, other_organisation):
    for identifier in ("OTHER", "NOBODY", 7):
        refused = machine.post("cases/", {"number": "NEW-1", "organisation": identifier})
        assert (refused.status_code, [error["path"] for error in refused.json()["errors"]]) == (
            422,
            ["organisation"],
        )
    assert "TESTCENTRE" in refused.json()["errors"][0]["detail"]
    assert machine.post("cases/", {"number": "NEW-1", "organisation": "TESTCENTRE"}).status_code == 201
    event = machine.get("cases/NEW-1/").json()["seen"]
    moved = machine.patch("cases/NEW-1/", {"seen": event, "organisation": "OTHER", "reason": "x"})
    assert moved.status_code == 422
    User.objects.update(reach=Reach.ALL)
    assert machine.post("cases/", {"number": "NEW-2", "organisation": "OTHER"}).status_code == 201
    assert Case.objects.get(number="NEW-2").organisation == other_organisation
