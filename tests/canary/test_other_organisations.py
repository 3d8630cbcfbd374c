"""The permission matrix of organisations: role x address x verb.

To people and machines of another organisation everything of a case answers as if it weren't there.
"""

import re
from urllib.parse import quote

import pytest

from tests.api.conftest import ALL
from tests.canary.addresses import Address, pairs

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROLES = ("researcher", "assessor", "reviewer", "administrator")
VISITORS = [f"{role} staff elsewhere" for role in ROLES]
# What belongs to no organisation, and the log in which the visitor's own login is the first line.
SHARED = ("admin:cases_drug", "admin:case-half-life", "admin:view_on_site", "admin:accounts_accessevent")


def answer_of(client, address: Address, verb: str) -> tuple[int, str]:
    """The status and where it leads to, without what the address itself names."""
    answer = getattr(client, verb)(address.path)
    named = f"{re.escape(address.path)}|{re.escape(quote(address.path, safe=''))}"
    return answer.status_code, re.sub(named, "", answer.headers.get("Location", ""))


@pytest.mark.parametrize("who", VISITORS)
def test_what_another_organisation_holds_answers_as_if_it_were_not_there(canary, visitor, who):
    client, _ = visitor(who)
    differing = {
        (stored.name, verb): answers
        for stored, absent in pairs(canary.case.number)
        if not stored.name.startswith(SHARED)
        for verb in ("get", "post")
        if len(set(answers := [answer_of(client, address, verb) for address in (stored, absent)])) > 1
    }
    assert differing == {}


def test_a_machine_of_another_organisation_finds_nothing(canary, make_machine, other_organisation):
    machine = make_machine("api_client", *ALL, username="elsewhere")
    canary.case.organisation.users.filter(username="elsewhere").update(organisation=other_organisation)
    number = canary.case.number
    assert machine.get("cases/").json()["cases"] == []
    for address in (f"cases/{number}/", f"cases/{number}.json", f"cases/{number}/assessments/"):
        problem, absent = (
            machine.get(at).json() for at in (address, address.replace(number, "NO-SUCH-CASE"))
        )
        assert problem["status"] == absent["status"] == 404
        assert problem["detail"].replace(number, "NO-SUCH-CASE") == absent["detail"]
