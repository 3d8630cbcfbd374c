"""The first page of the API names addresses that there are."""

import pytest

from tests.api.conftest import Machine

pytestmark = pytest.mark.django_db


def test_every_address_of_the_index_answers(machine, letter_cases):
    addresses = Machine().get().json()["addresses"]
    assert addresses["cases"] == "http://testserver/api/v1/cases/"
    for address in addresses.values():
        place = address.replace("{number}", "LETTER-P1").removeprefix("http://testserver/api/v1/")
        # An acknowledgement is only sent in.
        assert machine.get(place).status_code == (405 if place == "acknowledgements/" else 200), place
