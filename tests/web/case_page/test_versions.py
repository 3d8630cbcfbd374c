"""Versions and history for those who read."""

import json

import pytest
from django.urls import reverse
from lxml import html

from cases.amendment import amend
from cases.version_records import canonical, freeze_record
from cases.versions import open_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed_up(letter_cases, assessor):
    """A case with a second version that differs in one field, and the record of the first."""
    case = letter_cases[0]
    first = canonical(freeze_record(case))
    open_version(case, by=assessor, reason="telephone call")
    with amend(case, by=assessor, reason="telephone call") as amendment:
        amendment.change(case.doses.get(position=3), amount=5)
    return case, first


def differences(response):
    tree = html.fromstring(response.content)
    return [
        tuple(" ".join(cell.text_content().split()) for cell in row)
        for row in tree.get_element_by_id("differences").xpath(".//tbody/tr")
    ]


def test_the_last_closed_version_is_compared_with_the_case_as_it_is(client, reviewer, followed_up):
    case, _ = followed_up
    client.force_login(reviewer)
    url = reverse("case-versions", args=[case.number])
    assert differences(client.get(url)) == [("Amount G.k.4.r.1a", "4", "5")]
    assert differences(client.get(f"{url}?before=1&after=2")) == [("Amount G.k.4.r.1a", "4", "5")]
    assert differences(client.get(f"{url}?before=current&after=1")) == [("Amount G.k.4.r.1a", "5", "4")]
    assert "No difference" in client.get(f"{url}?before=1&after=1").content.decode()


@pytest.mark.parametrize("query", ["before=7", "before=one", "after=-1"])
def test_a_version_that_is_not_there(client, reviewer, followed_up, query):
    client.force_login(reviewer)
    url = reverse("case-versions", args=[followed_up[0].number])
    assert client.get(f"{url}?{query}").status_code == 404


def test_what_was_frozen_is_downloaded_as_it_is(client, reviewer, followed_up):
    case, first = followed_up
    client.force_login(reviewer)
    record = client.get(reverse("case-version-record", args=[case.number, 1]))
    assert record.content == first
    assert json.loads(record.content)["case"]["title"] == "LETTER-P1"
    message = client.get(reverse("case-version-message", args=[case.number, 1]))
    assert message.content.startswith(b"<?xml")
    assert client.get(reverse("case-version-record", args=[case.number, 2])).status_code == 404


def test_the_history_shows_it(client, reviewer, followed_up):
    client.force_login(reviewer)
    url = reverse("case-history", args=[followed_up[0].number])
    tree = html.fromstring(client.get(url).content)
    cells = [[cell.text_content() for cell in row] for row in tree.xpath(".//tbody/tr")]
    assert ["Amount G.k.4.r.1a", "4", "5"] in cells
    assert "telephone call" in tree.text_content()
    assert client.get(f"{url}?older_than=yesterday").status_code == 404


def test_nobody_who_is_not_logged_in_sees_any_of_it(client, followed_up):
    case, _ = followed_up
    for name, more in (("case-versions", []), ("case-history", []), ("case-version-record", [1])):
        assert client.get(reverse(name, args=[case.number, *more])).status_code == 302
