"""The first page of the API names addresses that there are."""

import pytest
from django.urls import resolve

from tests.api.conftest import Machine

pytestmark = pytest.mark.django_db


def test_every_address_of_the_index_is_one():
    addresses = Machine().get().json()["addresses"]
    assert addresses["cases"] == "http://testserver/api/v1/cases/"
    for address in addresses.values():
        found = resolve(address.replace("{number}", "LETTER-P1").removeprefix("http://testserver"))
        assert found.url_name, address


@pytest.mark.parametrize("address", ["schema/", "docs/"])
def test_schema_and_its_page_are_sent_once(address):
    first = Machine().get(address)
    again = Machine().get(address, If_None_Match=first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
