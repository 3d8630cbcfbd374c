"""The frame around pages and admin: who sees which entries, what waits, and that each leads somewhere."""

import re

import pytest
from django.urls import reverse

from web.start.navigation import NAVIGATION, current_entry

pytestmark = pytest.mark.django_db

STAFF = ["New case", "Work", "Cases", "Receive", "Send", "Research", "Dictionaries"]
SIDE_BAR = re.compile(r'<nav id="side-bar".*?</nav>', re.S)
# Of models, which no menu names.
OURS = ("Answers", "Batches", "Case events", "Assessments", "Reviewer answers")


def titles(page) -> list[str]:
    bar = SIDE_BAR.search(page.text)[0]
    return re.findall(r"<a [^>]*><span>(.*?)</span>", bar)


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        ("assessor", STAFF),
        ("reviewer", STAFF),
        ("administrator", [*STAFF, "Administration"]),
        ("researcher", ["Research", "Search", "Compare"]),
    ],
)
def test_each_role_sees_what_it_does_in_pages_and_admin(client, make_user, role, sections):
    client.force_login(make_user(role))
    pages = [client.get(reverse("own-tokens"))]
    if role != "researcher":
        pages.append(client.get(reverse("admin:cases_case_changelist")))
    assert [titles(page) for page in pages] == [sections if role != "researcher" else ["Research"]] * len(
        pages
    )
    assert not any(name in titles(page) for page in pages for name in OURS)


@pytest.mark.parametrize("role", ["assessor", "administrator", "researcher"])
def test_every_entry_opens_and_is_marked(client, make_user, role):
    user = make_user(role)
    client.force_login(user)
    for section in NAVIGATION:
        for entry in section.entries if section.is_for(user) else ():
            page = client.get(reverse(entry.view))
            title = entry.title if len(section.entries) > 1 else section.title
            assert page.status_code == 200, entry
            assert f'aria-current="page"><span>{title}<' in page.text, entry


@pytest.mark.parametrize(
    ("view", "title"),
    [
        ("case-detail", "Cases"),
        ("admin:cases_case_change", "Cases"),
        ("admin:cases_case_add", "New case"),
        ("case-list", "Search"),
        ("admin:exchange-decide", "Received messages"),
        ("admin:auth_user_password_change", "Users"),
        ("own-tokens", None),
    ],
)
def test_a_page_belongs_to_the_entry_that_names_it_most_closely(view, title):
    entry = current_entry(NAVIGATION, view)
    assert (entry.title if entry else None) == title
