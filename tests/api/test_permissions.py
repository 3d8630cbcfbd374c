"""Every endpoint of the API, and who may use it: one table. An endpoint that isn't in it fails."""

from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from accounts.models import Scope
from tests.api.conftest import Machine
from tests.cases.samples import PDF
from tests.pseudonyms import pseudonym

pytestmark = pytest.mark.django_db

PEOPLE = ("researcher", "assessor", "reviewer", "administrator")
# Machines by their user's role and the scopes of their token.
MACHINES = {
    "client:read": ("api_client", Scope.READ),
    "client:full": ("api_client", Scope.READ, Scope.FULL),
    "client:write": ("api_client", Scope.READ, Scope.WRITE),
    "client:export": ("api_client", Scope.EXPORT),
    "client:all": ("api_client", *Scope),
    "reviewer:read": ("reviewer", Scope.READ),
    "reviewer:write": ("reviewer", Scope.READ, Scope.WRITE),
    "reviewer:all": ("reviewer", *Scope),
}
COLUMNS = ("anonymous", *PEOPLE, *MACHINES)
# y: allowed. In the order of the columns: anonymous; researcher, assessor, reviewer, administrator;
# api_client with read, full, write, export, all; reviewer with read, with write, with all.
READ = "- yyyy yyy-y yyy"
READ_IDENTIFIED = "- -yyy -y--y --y"
EXPORT_IDENTIFIED = "- -yyy ----y --y"
TABLE = {
    ("api-index", "GET"): "y yyyy yyyyy yyy",
    ("api-cases", "GET"): READ,
    ("api-cases", "POST"): "- -yyy ----- -yy",
    ("api-bulk", "GET"): "- yyyy ---yy --y",
    ("api-bulk-request", "GET"): "- yyyy ---yy --y",
    ("api-bulk-request", "POST"): "- yyyy ---yy --y",
    ("api-case", "GET"): READ,
    ("api-case", "PATCH"): "- -yyy ----- -yy",
    ("api-case-as", "GET"): READ,
    ("api-case-as.xml", "GET"): EXPORT_IDENTIFIED,
    ("api-case-as.pdf", "GET"): EXPORT_IDENTIFIED,
    ("api-assessments", "GET"): READ,
    ("api-assessment", "GET"): READ_IDENTIFIED,
    ("api-adjudications", "GET"): READ,
    ("api-adjudications", "POST"): "- --y- ----- -yy",
    ("api-documents", "GET"): READ_IDENTIFIED,
    ("api-documents", "POST"): "- -yyy ----- -yy",
    ("api-document-file", "GET"): READ_IDENTIFIED,
    ("api-changes", "GET"): READ_IDENTIFIED,
    ("api-receipts", "GET"): READ_IDENTIFIED,
    ("api-receipts", "POST"): "- -yyy ----- --y",
    ("api-receipt", "GET"): READ_IDENTIFIED,
    ("api-receipt", "PATCH"): "- -yyy ----- --y",
    ("api-acknowledgements", "POST"): EXPORT_IDENTIFIED,
    ("api-drugs", "GET"): READ,
    ("api-schema", "GET"): "y yyyy yyyyy yyy",
    ("api-docs", "GET"): "y yyyy yyyyy yyy",
}


# Columns of readers without the right to identities: they know cases by pseudonyms.
WITHOUT_IDENTITIES = {
    "researcher", *(name for name, (_, *scopes) in MACHINES.items() if Scope.FULL not in scopes)
}  # fmt: skip


NOTHING = UUID(int=0)


def addresses(case, number="") -> dict[str, str]:
    of_case = f"cases/{number or case.number}"
    return {
        "api-index": "",
        "api-cases": "cases/",
        "api-bulk": "bulk/cases/",
        "api-bulk-request": "bulk/cases/request/",
        "api-case": f"{of_case}/",
        "api-case-as": f"{of_case}.json",
        "api-case-as.xml": f"{of_case}.xml",
        "api-case-as.pdf": f"{of_case}.pdf",
        "api-assessments": f"{of_case}/assessments/",
        "api-assessment": f"{of_case}/assessments/{case.assessments.first().uuid}/",
        "api-adjudications": f"{of_case}/adjudications/",
        "api-documents": f"{of_case}/documents/",
        "api-document-file": f"{of_case}/documents/{uuid4()}/file",
        "api-changes": "changes/",
        "api-receipts": "icsr/",
        "api-receipt": f"icsr/{NOTHING}/",
        "api-acknowledgements": "acknowledgements/",
        "api-drugs": "drugs/",
        "api-schema": "schema/",
        "api-docs": "docs/",
    }


FILES = {"api-receipts", "api-acknowledgements"}
BODIES = {
    "api-receipt": {"state": "cancelled"},
    "api-bulk-request": {},
    "api-cases": {"number": "NEW-1"},
    "api-case": {"seen": 10**9, "reason": "test", "patient": {"sex": "2"}},
    "api-adjudications": {"key": "fever", "answer": "yes", "reason": "39 °C in the chart"},
}


@pytest.fixture
def asking(letter_cases, make_user, make_machine, settings):
    """Whoever stands in a column."""
    settings.K_ANONYMITY_FLOOR = 1  # no rule of who may: tests/research/test_download_requests.py

    def make(column: str) -> Machine:
        if column == "anonymous":
            return Machine()
        if column in MACHINES:
            return make_machine(*MACHINES[column])
        client = Client()
        client.force_login(make_user(column, f"{column}-person"))
        return Machine(client=client)

    return make


def test_every_endpoint_stands_in_the_table():
    api = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/")
    named = {(one.name, method) for one in api.url_patterns if one.name for method in methods(one.callback)}
    assert named == {(name, method) for name, method in TABLE if "." not in name}
    assert set(addresses_known()) == {name for name, _ in TABLE}


def methods(view):
    needs = getattr(view.cls, "needs", {"GET": None})
    return set(needs)


def addresses_known():
    class Case:
        number = "X"

        class assessments:  # noqa: N801 - stands for a manager
            first = staticmethod(uuid4_row)

    return addresses(Case)


class uuid4_row:  # noqa: N801 - stands for a row
    uuid = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize("column", COLUMNS)
def test_the_table_holds(asking, letter_cases, column):
    who, at = asking(column), COLUMNS.index(column)
    case = letter_cases[0]
    places = addresses(case, pseudonym(case.number) if column in WITHOUT_IDENTITIES else "")
    found = {
        (name, method): ask(who, method, name, places[name]).status_code not in (401, 403)
        for name, method in TABLE
    }
    assert found == {key: row.replace(" ", "")[at] == "y" for key, row in TABLE.items()}


def ask(who, method, name, address):
    if method == "GET":
        return who.get(address)
    if name == "api-documents":
        file = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
        return who.client.post(f"/api/v1/{address}", {"file": file}, headers=who.headers)
    if name in FILES:
        return who.post(address, b"<nothing/>", content_type="application/xml")
    return (who.post if method == "POST" else who.patch)(address, BODIES[name])


@pytest.mark.parametrize("address", ["cases/", "cases/LETTER-P1/", "drugs/"])
def test_nobody_comes_in_without_a_token_or_a_session(letter_cases, address):
    for machine in (Machine(), Machine("registry_guessed"), Machine("ü")):
        answer = machine.get(address)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"


def test_a_browser_needs_the_csrf_token_to_write(letter_cases, make_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("reviewer"))
    refused = Machine(client=client).post("cases/", {"number": "NEW-1"})
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert "CSRF" in refused.json()["detail"]
