"""One case that can't be read never breaks an answer about many: it is named there, and logged."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from api.case_entry import enter_case
from e2b import ICH_PROFILE
from exchange.export_job import Export
from exchange.exporting import export_cases, preview
from exchange.receivers import Receiver
from tests.canary.walk import read_out
from tests.cases.rows import sql

pytestmark = pytest.mark.django_db
SLOW = pytest.mark.slow
# What a database shell can do to a row that no service would.
DAY = "a day that no month has"
CHANGES = {
    DAY: "UPDATE cases_reaction SET onset = '2016-02-31' WHERE case_id = %s",
    "such a day of a test": "UPDATE cases_examination SET \"when\" = '2016-02-31' WHERE case_id = %s",
    "an age that is no number": "UPDATE cases_patient SET age = 'NaN' WHERE case_id = %s",
    "a result that is no number": "UPDATE cases_examination SET value = 'NaN' WHERE case_id = %s",
    "a code that is in no table": "UPDATE cases_patient SET sex = '7' WHERE case_id = %s",
    "reasons of absence of another shape": (
        """UPDATE cases_patient SET null_flavors = '{"received": 5}' WHERE case_id = %s"""
    ),
    "a score that isn't one": "UPDATE assessments_assessment SET result = '{}' WHERE case_id = %s",
    "unknown rules": "UPDATE assessments_assessment SET result = replace(result, 'regiscar-', 'none-'), "
    "rule_version = 'none-1' WHERE case_id = %s",
    "facts of another shape": "UPDATE assessments_assessment SET facts = '[]' WHERE case_id = %s",
}
# Of these, one is quick: what comes of the others belongs to the long tests.
EACH_CHANGE = [pytest.param(change, marks=[] if change == DAY else SLOW) for change in CHANGES]
BODY = {
    "patient": {"age": "30", "age_unit": "a", "sex": "1"},
    "exposures": [{"name": "allopurinol", "role": "1", "doses": [{"start": "2016-01-01"}]}],
    "reactions": [{"term": "DRESS", "onset": "2016-02-01", "is_assessed": True}],
    "examinations": [
        {
            "name": "HHV-6",
            "kind": "viral",
            "result": "positive",
            "value": "2",
            "unit": "{copies}/mL",
            "when": "2016-02-10",
            "viral_test": {"virus": "hhv6"},
        }
    ],
}


@pytest.fixture(autouse=True)
def _no_floor(settings):
    settings.K_ANONYMITY_FLOOR = 1


def break_one(change: str, by):
    """Two cases, of which the second is changed past every service."""
    enter_case({"number": "WHOLE", **BODY}, by=by)
    case = enter_case({"number": "BROKEN", **BODY}, by=by)
    sql("SET LOCAL session_replication_role = replica")
    sql(CHANGES[change], case.pk)
    sql("SET LOCAL session_replication_role = origin")
    return case


@pytest.mark.parametrize("who", ["assessor", "researcher"])
@pytest.mark.parametrize("change", EACH_CHANGE)
def test_lists_and_bulk(change, who, assessor, visitor):
    case = break_one(change, assessor)
    client, _ = visitor(who)
    number = "BROKEN" if who == "assessor" else case.summary.pseudonym
    page = client.get("/cases/")
    assert (page.status_code, page.text.count(number) > 0) == (200, True)
    assert client.get("/cases/?sort=number&columns=age,virus").status_code == 200
    assert client.get("/compare/").status_code == 200
    for address in ("/api/v1/cases/", "/api/v1/bulk/cases/"):
        answer = client.get(address)
        assert answer.status_code == 200
        data = answer.json()
        numbers = [row["number"] for row in (*data["cases"], *data["unreadable"])]
        assert (len(numbers), number in numbers) == (2, True)


@pytest.mark.parametrize("change", EACH_CHANGE)
def test_the_list_of_the_admin(change, assessor, client):
    break_one(change, assessor)
    client.force_login(assessor)
    assert "BROKEN" in client.get("/admin/cases/case/").text


@pytest.mark.parametrize("format_", ["csv", *(pytest.param(key, marks=SLOW) for key in ("xlsx", "parquet"))])
@pytest.mark.parametrize("identified", ["yes", "no"])
@pytest.mark.parametrize("change", EACH_CHANGE)
def test_downloads(change, format_, identified, assessor, client):
    break_one(change, assessor)
    client.force_login(assessor)
    answer = client.post("/download/", {"format": format_, "identified": identified})
    assert answer.headers["Location"].startswith("/download/")
    assert read_out(client.get(answer.headers["Location"]))


def test_what_a_download_leaves_out(assessor, client):
    case = break_one(DAY, assessor)
    client.force_login(assessor)
    answer = client.post("/download/", {"format": "csv", "identified": "no"})
    content = read_out(client.get(answer.headers["Location"]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read("case.csv").count(b"\n") == 2
    assert [left["number"] for left in manifest["left_out"]] == [case.summary.pseudonym]
    assert manifest["cases"] == 1


def test_who_sees_the_reason(assessor, visitor, caplog):
    break_one(DAY, assessor)
    (left,) = visitor("researcher")[0].get("/api/v1/bulk/cases/").json()["unreadable"]
    assert left["problem"] == "This case can't be read: staff asked to look at it."
    assert "2016-02-31 is not a date of the calendar" in caplog.text


@pytest.mark.parametrize("change", EACH_CHANGE)
def test_messages(change, assessor, tmp_path):
    """The case that can't be read is refused with the reason; what becomes of the other stays the same."""
    case = break_one(change, assessor)
    ids = [case.pk, case.pk - 1]
    export = Export(assessor, Receiver.of(ICH_PROFILE), Path(tmp_path), is_draft=True)
    foreseen = {result.case: result for result in preview(ids, export)}
    assert set(foreseen) == {"BROKEN", "WHOLE"}
    results = []
    export_cases(ids, export, results.append)
    assert {result.case for result in results} == {"BROKEN", "WHOLE"}
    if change == DAY:
        assert "can't be read" in foreseen["BROKEN"].violations[0].sentence


@pytest.mark.slow
@pytest.mark.parametrize("command", ["score", "score --json", "print_cioms"])
@pytest.mark.parametrize("change", EACH_CHANGE)
def test_commands(change, command, assessor, tmp_path, monkeypatch, capsys):
    """The other case comes out all the same; the one that can't be read is named with the reason."""
    monkeypatch.chdir(tmp_path)
    break_one(change, assessor)
    name, *options = command.split()
    problem = _problem_of(name, "BROKEN", "WHOLE", *options)
    printed = capsys.readouterr()
    assert "WHOLE" in printed.out
    assert ("1 of 2 cases can't be" in problem) == ("BROKEN: This case can't be read" in printed.err)
    assert problem or change != DAY or command == "score"


def _problem_of(*command: str) -> str:
    try:
        call_command(*command)
    except CommandError as error:
        return str(error)
    return ""


PAGES = (
    "/cases/{}/",
    "/cases/{}/history/",
    "/cases/{}/versions/",
    "/admin/cases/case/{pk}/change/",
    "/api/v1/cases/{}/",
    "/api/v1/cases/{}.xml",
    "/api/v1/cases/{}.pdf",
    "/api/v1/cases/{}/assessments/",
)


@pytest.mark.parametrize("who", ["assessor", "researcher"])
@pytest.mark.parametrize("change", EACH_CHANGE)
def test_pages_of_the_case(change, who, assessor, visitor):
    """Where the page can't be made, it says why to staff, and that there is something to others."""
    case = break_one(change, assessor)
    client, _ = visitor(who)
    number = "BROKEN" if who == "assessor" else case.summary.pseudonym
    for page in PAGES:
        answer = client.get(page.format(number, pk=case.pk))
        assert answer.status_code in (200, 302, 403, 404, 422), page
        if answer.status_code == 422:
            text = answer.text.replace("&#x27;", "'")
            assert "This case can't be read" in text, page
            assert ("read: staff asked to look at it." in text) == (who == "researcher"), page


def test_a_fault_of_the_program_stays_one(assessor, client, monkeypatch):
    enter_case({"number": "WHOLE", **BODY}, by=assessor)
    client.force_login(assessor)
    monkeypatch.setattr("web.case_page.views.sheet_of", lambda *_: {}["fault"])
    with pytest.raises(KeyError, match="fault"):
        client.get("/cases/WHOLE/")
