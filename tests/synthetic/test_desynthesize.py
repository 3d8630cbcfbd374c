"""Synthetic cases go whole; what belongs to patients stays as it is, byte for byte."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from assessments.assessing import adjudicate
from cases.amendment import amend
from cases.models import Case, CaseEvent, LinkedCase, Symptom
from tests.product import product_models

pytestmark = pytest.mark.django_db
# The account of the generator, the log of what it did and counters of keys are no part of any case.
TABLES = [model for model in product_models("cases") if model is not CaseEvent]


def dump() -> dict:
    """Every row of every table of the record, history included."""
    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY t::text")
            found[table] = cursor.fetchall()
    return found


def run(*arguments) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def make(count=30):
    run("synthesize", count, "--seed", 4, "--jobs", 1)


def test_cases_of_patients_are_left_as_they_are(letter_cases):
    before, events = dump(), CaseEvent.objects.count()
    make()
    assert dump() != before
    assert "30 synthetic cases removed" in run("desynthesize", "--yes")
    assert dump() == before
    event = CaseEvent.objects.first()
    assert (event.action, event.changes) == (
        "desynthesized",
        ["removed 30 synthetic cases with their history"],
    )
    assert event.case_number == "SYN-4-10-0000001 to SYN-4-10-0000030"
    assert CaseEvent.objects.count() == events + 30 + 1


def test_nothing_is_removed_without_yes(letter_cases):
    make(3)
    before = dump()
    assert run("desynthesize") == "3 synthetic cases would be removed. Say --yes to do it.\n"
    assert dump() == before


def test_what_people_did_to_a_synthetic_case_goes_with_it(drugs, assessor, reviewer):
    empty = dump()
    make(3)
    case = Case.objects.first()
    with amend(case, by=assessor, reason="practice") as amendment:
        amendment.add(Symptom(term="tired"))
    adjudicate(case, "fever", "yes", by=reviewer, reason="practice")
    run("desynthesize", "--yes")
    assert dump() == empty


def test_a_synthetic_case_that_a_patients_case_is_linked_to_stays(letter_cases, assessor):
    make(3)
    other = Case.objects.get(number="SYN-4-10-0000002")
    with amend(letter_cases[0], by=assessor, reason="twin") as amendment:
        amendment.add(LinkedCase(number=other.number, other=other))
    output = run("desynthesize", "--yes")
    assert "SYN-4-10-0000002 stays" in output
    assert "2 synthetic cases removed" in output
    assert list(Case.objects.filter(is_synthetic=True)) == [other]
    assert other.reactions.exists()


@pytest.mark.parametrize("table", ["cases_case", "assessments_assessment", "cases_casehistory"])
def test_the_guards_stay_on_for_everybody_else(letter_cases, table):
    make(2)
    run("desynthesize", "--yes")
    with pytest.raises(DatabaseError, match=r"Cannot (update or )?delete"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")
