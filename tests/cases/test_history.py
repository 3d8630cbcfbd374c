"""The history of a case as readable differences, whatever door a change came by."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.amendment import amend
from cases.history import DATABASE, HistoryPosition, Seen, history, seen_now, since
from cases.models import CASE_ROWS, CaseRow, Drug, Exposure, Symptom, Temperature
from cases.record.row_snapshots import HISTORIES
from tests.cases.rows import add, open_case, sql
from values.moments import Moment

pytestmark = pytest.mark.django_db


def told(page):
    return [
        (save.by, save.reason, change.kind, change.table, change.title, [f.label for f in change.fields])
        for save in page.saves
        for change in save.changes
    ]


def fields(page):
    return {
        f.label: (f.before, f.after) for save in page.saves for change in save.changes for f in change.fields
    }


def test_every_table_of_a_case_is_in_its_history():
    assert set(CASE_ROWS) <= set(HISTORIES)
    assert all(
        issubclass(model, CaseRow) or model.__name__ in ("Case", "CaseShare", "CaseVersion")
        for model in HISTORIES
    )


def test_who_when_which_field_from_to_and_why(letter_cases, reviewer):
    case = letter_cases[0]
    dose = case.doses.get(position=3)
    with amend(case, by=reviewer, reason="misread") as amendment:
        amendment.change_case(report_type="2")
        amendment.change(dose, amount=5, end=Moment.parse(f"dose:{dose.uuid}+1d"))
    newest = history(case).saves[0]
    assert (newest.by, newest.reason) == ("reviewer", "misread")
    changed = {f.label: (f.before, f.after) for change in newest.changes for f in change.fields}
    assert changed == {
        "Report type": ("", "Report from study"),
        "Amount": ("4", "5"),
        "End": ("", "1 day after third dose of canakinumab"),
    }


def test_added_and_removed_rows_stay_readable(assessor, drugs):
    case = open_case(assessor)
    seen = seen_now(case.pk)
    drug = Drug.objects.get(name="phenytoin")
    exposure = add(case, assessor, Exposure(name="Epanutin", drug=drug, role="1"))
    with amend(case, by=assessor, reason="another patient") as amendment:
        amendment.remove(exposure)
    added, removed = told(since(case, seen))[::-1]
    assert added[1:5] == ("test", "added", "exposure", "Epanutin")
    assert removed[1:5] == ("another patient", "removed", "exposure", "Epanutin")
    assert fields(history(case))["Drug"] in (("", "phenytoin"), ("phenytoin", ""))


@pytest.mark.django_db(transaction=True)
def test_a_change_past_every_service_is_told_as_the_databases(assessor):
    case = open_case(assessor)
    add(case, assessor, Symptom(term="malaise"))
    sql("UPDATE cases_symptom SET term = 'fatigue' WHERE case_id = %s", case.pk)
    saves = [save for save in history(case).saves if not save.reason]
    (change,) = saves[0].changes
    assert saves[0].by == DATABASE
    assert [(f.before, f.after) for f in change.fields] == [("malaise", "fatigue")]


def test_pages_follow_each_other_without_gap_or_repetition(letter_cases, assessor):
    case = letter_cases[0]
    add(case, assessor, Temperature(celsius=39))
    whole = told(history(case, limit=1000))
    paged, place = [], None
    while True:
        page = history(case, older_than=place, limit=7)
        paged += told(page)
        place = page.older
        if place is None:
            break
        place = HistoryPosition.parse(str(place))
    assert len(whole) > 20
    assert sorted(map(str, paged)) == sorted(map(str, whole))


def test_the_number_of_queries_is_fixed(letter_cases, assessor):
    case = letter_cases[0]

    def queries():
        with CaptureQueriesContext(connection) as captured:
            history(case)
        return len(captured)

    before = queries()
    for number in range(5):
        add(case, assessor, Exposure(name=f"drug {number}"))
    assert queries() == before <= 10


def test_since_knows_rows_as_they_were_seen_and_as_they_are(assessor):
    case = open_case(assessor)
    changed, gone = (add(case, assessor, Symptom(term=term)) for term in ("malaise", "itch"))
    seen = Seen.parse(str(seen_now(case.pk)))
    assert since(case, seen).rows == {}
    with amend(case, by=assessor, reason="once") as amendment:
        amendment.change(changed, term="fatigue")
        amendment.remove(Symptom.objects.get(pk=gone.pk))
        new = amendment.add(Symptom(term="cough"))
    with amend(case, by=assessor, reason="twice") as amendment:
        amendment.change(changed, term="exhaustion")
    found = {
        pk: (states.before and states.before.term, states.after and states.after.term)
        for (_, pk), states in since(case, seen).rows.items()
    }
    assert found == {changed.pk: ("malaise", "exhaustion"), gone.pk: ("itch", None), new.pk: (None, "cough")}
