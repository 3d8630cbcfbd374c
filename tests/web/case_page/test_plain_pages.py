"""Login, and the pages that say what went wrong."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse


def test_the_login_leads_to_where_one_wanted_to_go(client, researcher):
    page = client.get(reverse("login"), {"next": "/?drug=anakinra"})
    assert 'name="next" value="/?drug=anakinra"' in page.text
    html = {"login": "researcher", "password": "a long pass phrase", "next": "/?drug=anakinra"}
    assert client.post(reverse("login"), html).url == "/?drug=anakinra"


def test_a_wrong_password_is_reported(client, researcher):
    page = client.post(reverse("login"), {"login": "researcher", "password": "guess"})
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("name", ["500.html", "404.html", "403.html"])
def test_error_pages_render_without_request_and_database(name):
    assert "To the start page" in render_to_string(name)


def test_pages_need_nothing_from_elsewhere(client, researcher):
    client.force_login(researcher)
    page = client.get(reverse("case-list")).text
    assert "http://" not in page
    assert "https://" not in page
    assert re.findall(r"<script(?! src=\"/static/)[^>]*>", page) == []
