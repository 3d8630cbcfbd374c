"""Dates out of any life are refused at every door, each with a sentence; the database has the last word."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cases.amendment import amend
from cases.models import Reaction
from exchange.receiving import time_within
from tests.cases.rows import add, open_case, sql
from tests.values.test_bounds import IMPOSSIBLE, POSSIBLE
from values.dates import PartialDate
from values.moments import Moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def reaction(assessor):
    return add(open_case(assessor), assessor, Reaction(term="rash"))


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_an_impossible_moment_is_refused_by_the_service_and_by_the_database(reaction, assessor, text):
    with pytest.raises(ValidationError, match="out of any life"):
        add(reaction.case, assessor, Reaction(term="fever", onset=Moment.parse(text)))
    with pytest.raises(IntegrityError, match="onset"):
        sql("UPDATE cases_reaction SET onset = %s WHERE id = %s", str(Moment.parse(text)), reaction.pk)


@pytest.mark.parametrize("text", ["9999-12-31", "9999", "~9999-12", "2016..9999"])
def test_what_no_calendar_reads_is_not_stored_either(reaction, text):
    with pytest.raises(IntegrityError, match="onset"):
        sql("UPDATE cases_reaction SET onset = %s WHERE id = %s", text, reaction.pk)


@pytest.mark.parametrize("text", POSSIBLE)
def test_a_possible_one_is_stored(reaction, text):
    sql("UPDATE cases_reaction SET onset = %s WHERE id = %s", text, reaction.pk)
    reaction.refresh_from_db()
    assert str(reaction.onset) == text


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1849, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_an_impossible_day_is_refused_by_both(assessor, day):
    case = open_case(assessor)
    with (
        pytest.raises(ValidationError, match="between 1850 and 2199"),
        amend(case, by=assessor, reason="x") as amendment,
    ):
        amendment.change_case(first_received=day)
    with pytest.raises(IntegrityError, match="first_received"):
        sql("UPDATE cases_case SET first_received = %s WHERE id = %s", day, case.pk)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_api_names_the_field(client, reviewer, day):
    client.force_login(reviewer)
    body = {"number": "NEW-1", "first_received": day, "reactions": [{"term": "rash", "onset": day}]}
    answer = client.post("/api/v1/cases/", body, content_type="application/json")
    assert answer.status_code == 422
    assert {error["path"] for error in answer.json()["errors"]} == {"first_received", "reactions[0].onset"}


def test_a_message_of_an_impossible_time_is_kept_without_it():
    assert time_within(PartialDate.parse("9998-12-31")) is None
    assert time_within(None) is None
    assert str(time_within(PartialDate.parse("2016-03"))) == "2016-03"
