"""Lists, bulk and single cases: complete, conditional, compressed, de-identified, in so many queries."""

import gzip
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from api.listing import PAGING_PARAMETERS
from assessments import case_json
from cases.amendment import amend
from cases.models import Case, ExportLog
from cases.record.tree import tree
from research.deidentified import Leaves, leaves
from research.filters import CaseFilter
from synthetic.insertion import synthesize
from tests.cases.rows import open_case
from tests.pseudonyms import pseudonym

pytestmark = pytest.mark.django_db


def pages(machine, address):
    """Every page from an address on."""
    found = []
    while address:
        page = machine.get(address).json()
        found.append(page)
        address = (page["next"] or "").partition("/api/v1/")[2]
    return found


@pytest.mark.parametrize("place", ["cases/", "bulk/cases/"])
def test_pages_hold_every_case_once_in_the_order_of_their_opening(machine, reviewer, place):
    numbers = [open_case(reviewer, f"N-{number}").number for number in range(7)]
    found = pages(machine, f"{place}?limit=3")
    assert [len(page["cases"]) for page in found] == [3, 3, 1]
    assert [one["number"] for page in found for one in page["cases"]] == numbers
    assert len({page["as_of"] for page in found}) == 1


def test_what_is_taken_is_logged_and_what_is_only_looked_at_is_not(machine, letter_cases):
    machine.get("cases/")
    machine.get("cases/LETTER-P1/")
    tag = machine.get("bulk/cases/").headers["ETag"]
    machine.get("bulk/cases/", **{"If-None-Match": tag})
    machine.get("cases/LETTER-P1.xml")
    machine.get("cases/LETTER-P1.pdf")
    logged = [(log.format, log.cases, log.is_deidentified) for log in ExportLog.objects.order_by("pk")]
    assert logged[:1] == [("json", 2, False)]
    assert logged[-2:] == [("e2b", 1, False), ("cioms", 1, False)]


def test_what_changed_since_is_listed_and_what_is_being_written_will_be(machine, reviewer):
    before = [open_case(reviewer, f"N-{number}") for number in range(3)]
    since = timezone.now()
    with amend(before[1], by=reviewer, reason="test") as amendment:
        amendment.change_case(report_type="1")
    page = machine.get(f"cases/?updated_since={since.isoformat().replace('+', '%2B')}").json()
    assert [one["number"] for one in page["cases"]] == ["N-1"]
    assert page["as_of"] < since.isoformat()
    assert machine.get(f"cases/?updated_since={(since + timedelta(days=1)).date()}").json()["cases"] == []


def test_an_open_transaction_holds_back_the_next_synchronisation(machine, django_db_blocker):
    import psycopg2

    settings = connection.settings_dict
    other = psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"] or None,
        password=settings["PASSWORD"] or None, dbname=settings["NAME"],
    )  # fmt: skip
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT now()")
            begun = cursor.fetchone()[0]
        assert machine.get("cases/").json()["as_of"] < begun.isoformat()
    finally:
        other.close()


def test_filters_are_those_of_the_search_page(machine, letter_cases):
    asked = "cases/?category=probable,definite&drug=canakinumab"
    assert [one["number"] for one in machine.get(asked).json()["cases"]] == ["LETTER-P1"]
    assert not set(CaseFilter.base_filters) & set(PAGING_PARAMETERS)


def test_what_the_filters_cannot_speak_of_is_counted(machine, letter_cases):
    case = letter_cases[0]
    Case.objects.filter(pk=case.pk).update(report_type="2")  # past the door: the score is outdated
    page = machine.get("cases/?category=probable").json()
    assert [one["number"] for one in page["cases"]] == ["LETTER-P2"]
    assert page["left_out"]["outdated"] == 1
    assert machine.get("cases/?received_min=2020-01-01").json()["left_out"]["undetermined"] == 2


WRONG = [
    "colour=red", "limit=0", "limit=1001", "limit=-1", "limit=x", "limit=9999999999999999999999", "cursor=x",
    "cursor=", "cursor=MQ", "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkgMjAyMC0wMS0wMQ",
    "updated_since=yesterday",
    "updated_since=2020-02-31", "updated_since=0001-01-01T00:00:00%2B14:00", "category=perhaps", "age_min=x",
    "received_min=x", "narrative=%00", "words=%ED%A0%80",
]  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_a_parameter_that_cannot_be_used_is_refused_by_name(machine, query):
    answer = machine.get(f"cases/?{query}")
    if query == "words=%ED%A0%80":  # read as replacement characters: an ordinary text
        assert answer.status_code == 200
        return
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["path"] == query.split("=")[0]


@pytest.mark.parametrize(
    "address",
    ["cases/", "bulk/cases/", "cases/LETTER-P1/", "cases/LETTER-P1.xml", "cases/LETTER-P1.pdf", "drugs/", ""],
)
def test_what_is_known_is_not_sent_again(machine, letter_cases, address):
    read = machine.get(address)
    again = machine.get(address, If_None_Match=read["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == read["ETag"]
    assert "Authorization" in read["Vary"]


@pytest.mark.parametrize("address", ["cases/", "bulk/cases/", "cases/?limit=1", "bulk/cases/?limit=1"])
@pytest.mark.parametrize("scopes", [("read", "full", "export"), ("read", "export")], ids=["full", "masked"])
def test_a_list_is_sent_again_when_something_in_it_changed(
    make_machine, letter_cases, reviewer, settings, address, scopes
):
    settings.K_ANONYMITY_FLOOR = 1
    machine = make_machine("reviewer", *scopes)
    tag = machine.get(address)["ETag"]
    assert machine.get(address, If_None_Match=tag).status_code == 304
    order = (lambda case: case.pk) if "full" in scopes else (lambda case: pseudonym(case.number))
    with amend(min(letter_cases, key=order), by=reviewer, reason="test") as amendment:
        amendment.change_case(report_type="2")
    is_shown = "full" in scopes or "bulk" in address
    assert machine.get(address, If_None_Match=tag).status_code == (200 if is_shown else 304)


@pytest.mark.parametrize("address", ["cases/", "bulk/cases/", "cases/LETTER-P1/"])
def test_who_accepts_gzip_gets_it(machine, letter_cases, address):
    packed = machine.get(address, Accept_Encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert set(json.loads(gzip.decompress(packed.content))) == set(machine.get(address).json())


FORMS = [
    ("cases/LETTER-P1/", "application/json", "application/json"),
    ("cases/LETTER-P1/", "application/xml", "application/xml"),
    ("cases/LETTER-P1/", "application/pdf", "application/pdf"),
    ("cases/LETTER-P1.json", "*/*", "application/json"),
    ("cases/LETTER-P1.xml", "*/*", "application/xml"),
    ("cases/LETTER-P1.pdf", "*/*", "application/pdf"),
]


@pytest.mark.parametrize(("address", "accept", "media_type"), FORMS)
def test_a_case_in_three_forms(machine, letter_cases, address, accept, media_type):
    answer = machine.get(address, Accept=accept)
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    if media_type == "application/xml":
        assert etree.fromstring(answer.content).tag.endswith("MCCI_IN200100UV01")
    if media_type == "application/pdf":
        assert answer.content.startswith(b"%PDF")


def test_a_case_has_its_dates_in_words_and_its_scores_with_their_reasons(machine, letter_cases):
    document = machine.get("cases/LETTER-P1/").json()
    assert document["medical_history"][0]["start"] == "birth+12..13mo"
    assert "months" in document["moments"]["birth+12..13mo"]
    assert document["scores"]["computed"]["total"] == 3
    reported = document["scores"]["reported"]
    assert (reported["total"], reported["attainable"]) == (5, True)
    fever = next(one for one in document["scores"]["items"] if one["key"] == "fever")
    assert fever["basis"] == "reported"
    assert fever["needs"]
    assert {one["rule"] for one in document["findings"]}


def test_a_number_may_hold_dots_and_words_of_addresses(machine, reviewer):
    for number in ("DE-2026-1.5", "A.pdf", "bulk"):
        open_case(reviewer, number)
        assert machine.get(f"cases/{number}/").json()["number"] == number
        assert machine.get(f"cases/{number}.json").json()["number"] == number


def test_without_the_full_scope_nobody_can_be_recognised(make_machine, letter_cases, settings):
    settings.K_ANONYMITY_FLOOR = 1  # two cases are never alike
    number = pseudonym("LETTER-P1")
    for place in (f"cases/{number}/", "bulk/cases/"):
        machines = (make_machine("reviewer", "read", "export"), make_machine("researcher"))
        for machine in machines:
            document = machine.get(place).json()
            rows = document.get("cases", [document])
            (row,) = (row for row in rows if row["number"] == number)
            assert_deidentified(tree(), row)
            assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
            assert machine.get("cases/LETTER-P1/").status_code == 404
            assert not {"uuid", "seen", "updated", "created_at", "versions", "adjudications"} & set(row)
    full = make_machine().get("cases/LETTER-P1/").json()
    assert full["narrative"]["case_narrative"]


def assert_deidentified(branch, row):
    ways = leaves(branch.model)
    for field in branch.fields:
        # A case is numbered by its pseudonym.
        if ways[field.name] == Leaves.NOT and field.name != "number":
            assert field.name not in row
        if ways[field.name] == Leaves.AS_DAYS and row[field.name] is not None:
            assert set(row[field.name]) == {"low", "high"}
    for below in branch.branches:
        for one in filter(None, [row[below.name]] if below.is_single else row[below.name]):
            assert_deidentified(below, one)


@pytest.mark.parametrize(("place", "queries"), [("cases/", 6), ("bulk/cases/", 7), ("cases/{}/", 56)])
def test_queries_do_not_grow_with_cases(make_machine, synthesizer, drugs, place, queries):
    machine = make_machine()
    counts = []
    for size in (3, 12):
        list(synthesize(size, seed=3))
        number = Case.objects.latest("pk").number
        with CaptureQueriesContext(connection) as found:
            assert machine.get(place.format(number)).status_code == 200
        counts.append(len(found))
    assert counts == [queries, queries]


def test_the_statement_returns_every_row(machine, drugs):
    """A plain second implementation: rows counted table by table."""
    list(synthesize(10, seed=5))
    documents = [
        json.loads(text) for text in case_json.whole(Case.objects.values_list("pk", flat=True)).values()
    ]
    for branch in tree():
        assert sum(count(tree(), branch, one) for one in documents) == branch.model.objects.count()


def count(at, wanted, row):
    if at is wanted:
        return 1
    found = 0
    for below in at.branches:
        rows = [row[below.name]] if below.is_single else row[below.name]
        found += sum(count(below, wanted, one) for one in rows if one)
    return found
