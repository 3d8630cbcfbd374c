"""Who may not see a date, a text or an exact age doesn't find it by asking: filters and orders are bisected.

A filter that tells apart two days of one year, two withheld words, or two ages above 90, gives them away:
some seventeen requests find a day. What is bisected is found from the filters and orders themselves, so
that a new one can't be forgotten.
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import quote, urlencode

import pytest

from cases.models import Case, CaseSummary, ExportLog
from research.case_list import SORTS
from research.filters import CaseFilter
from tests.canary.case import Canary
from tests.cases.rows import sql

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, LAST = date(1900, 1, 1), date(2030, 1, 1)
SPELLINGS = ("%Y-%m-%d", "%Y-%m", "%Y")
REFUSED = "refused"
Ask = Callable[[dict[str, str]], object]


def of_list(client) -> Ask:
    """The page of the list: what it counts, shows, and leaves out."""

    def ask(filters):
        shown = client.get("/cases/", filters).context
        if shown["problems"]:
            return REFUSED
        return [
            shown["count"],
            shown["undetermined"],
            shown["left_out"],
            [row["number"] for row in shown["rows"]],
        ]

    return ask


def of_comparison(client) -> Ask:
    def ask(filters):
        answer = client.get("/compare/", {"a": urlencode(filters), "b": ""})
        return REFUSED if answer.status_code != 200 else repr(answer.context["tables"])

    return ask


def of_download(client) -> Ask:
    def ask(filters):
        answer = client.post("/download/", {"format": "csv", "query": urlencode(filters)})
        return ExportLog.objects.latest("pk").cases if answer.status_code == 302 else REFUSED

    return ask


def of_api(address: str) -> Callable[..., Ask]:
    def door(client) -> Ask:
        def ask(filters):
            answer = client.get(address, filters)
            if answer.status_code != 200:
                return REFUSED
            page = answer.json()
            return page["left_out"], len(page["cases"])

        return ask

    return door


API = of_api("/api/v1/cases/")
OTHER_DOORS = {
    "list": of_list,
    "comparison": of_comparison,
    "download": of_download,
    "bulk": of_api("/api/v1/bulk/cases/"),
}


@pytest.fixture
def researching(visitor):
    return visitor("researcher")[0]


def names() -> list[str]:
    return [*CaseFilter.all_filters()]


def test_no_filter_gives_a_day_away(canary, researching):
    ask = API(researching)
    assert {name for name in names() if gives_a_day_away(ask, name)} == set()


def gives_a_day_away(ask: Ask, name: str) -> bool:
    """Whether a filter turns at a day within a year. The first day of a year only gives the year away."""
    days = (turning_day(ask, name, spelling) for spelling in SPELLINGS)
    return any(day is not None and (day.month, day.day) != (1, 1) for day in days)


def turning_day(ask: Ask, name: str, spelling: str) -> date | None:
    """The first day with another answer than the day before; None where no day makes a difference."""

    def answer(day: date) -> object:
        return ask({name: day.strftime(spelling)})

    low, high = FIRST, LAST
    first = answer(low)
    if first == REFUSED or first == answer(high):
        return None
    while (high - low).days > 1:
        middle = date.fromordinal((low.toordinal() + high.toordinal()) // 2)
        low, high = (middle, high) if answer(middle) == first else (low, middle)
    return high


def test_no_filter_gives_a_word_away(canary, researching):
    ask = API(researching)
    assert {name for name in names() if gives_a_word_away(ask, name, canary)} == set()


def gives_a_word_away(ask: Ask, name: str, canary: Canary) -> bool:
    """Whether a filter answers otherwise to words of the case than to words of none."""
    story, unit = (canary.word_of(column) for column in ("Narrative.case_narrative", "Dose.unit"))
    pairs = (("zq", "qz"), (story, "qz0000kw"), (f"3 {unit}", "3 qz0000kw"))
    return any(ask({name: asked}) != ask({name: other}) for asked, other in pairs)


def test_no_filter_tells_ages_above_ninety_apart(canary, researching):
    ask = API(researching)
    assert {name for name in names() if ask({name: "91"}) != ask({name: "110"})} == set()


def test_who_sees_identities_finds_them_by_the_same_questions(canary, visitor):
    """Else the attack could be blind."""
    ask = API(visitor("assessor")[0])
    assert gives_a_day_away(ask, "onset_min")
    assert gives_a_word_away(ask, "narrative", canary)
    assert gives_a_word_away(ask, "reaction", canary)
    assert ask({"age_min": "91"}) != ask({"age_min": "110"})


@pytest.mark.parametrize("value", ["1933-04-14", "zq", "97"])
@pytest.mark.parametrize("door", OTHER_DOORS)
def test_what_one_door_refuses_every_door_refuses(canary, researching, door, value):
    refused = {name for name in names() if API(researching)({name: value}) == REFUSED}
    ask = OTHER_DOORS[door](researching)
    assert {name for name in refused if ask({name: value}) != REFUSED} == set()


@pytest.mark.parametrize("sort", SORTS)
def test_no_order_depends_on_a_date_or_a_number(canary, researching, sort):
    """Two cases that exchange their dates and identifiers stand in the list as before."""
    first, second = Case.objects.order_by("pk")[:2]
    orders = []
    for turn, (early, late) in enumerate(((first, second), (second, first))):
        exchange(early, f"AAAA-{turn}", 1935, 1952)
        exchange(late, f"ZZZZ-{turn}", 1939, 1958)
        known = [case["number"] for case in researching.get("/api/v1/cases/").json()["cases"]]
        shown = researching.get("/cases/", {"sort": sort}).context["rows"]
        orders.append([known.index(row["number"]) for row in shown])
    assert orders[0] == orders[1]


def exchange(case: Case, number: str, year: int, noted: int) -> None:
    sql("SET LOCAL session_replication_role = replica")
    Case.objects.filter(pk=case.pk).update(
        number=number,
        safety_report_id=number,
        worldwide_id=number,
        first_received=date(year, 5, 5),
        latest_information=date(year, 6, 6),
        created_at=datetime(noted, 5, 5, tzinfo=UTC),
    )
    CaseSummary.objects.filter(case=case).update(
        onset_earliest=date(year, 4, 4),
        onset_latest=date(year, 4, 4),
        updated_at=datetime(noted, 5, 5, tzinfo=UTC),
    )
    sql("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_begins_where_the_list_says_and_nowhere_else(canary, researching, sort):
    """A position made by hand would bisect whatever the list is sorted by."""
    for position in ("1", "1~", "1~5", "1~1933-05-05", f"{canary.case.pk}~zq"):
        for name in ("older_than", "newer_than"):
            shown = researching.get("/cases/", {"sort": sort, name: position}).context
            assert shown["problems"], (name, position)


@pytest.mark.parametrize("who", ["researcher", "api_client:read+export"])
@pytest.mark.parametrize("address", ["/api/v1/cases/", "/api/v1/bulk/cases/"])
def test_a_cursor_is_opaque(canary, visitor, who, address):
    client, headers = visitor(who)
    following = client.get(f"{address}?limit=1", headers=headers).json()["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert str(datetime.now(UTC).year).encode() not in content
    forged = base64.urlsafe_b64encode(f"{canary.case.pk} 2026-01-01T00:00:00+00:00".encode()).decode()
    assert client.get(f"{address}?cursor={quote(forged.rstrip('='))}", headers=headers).status_code == 400


@pytest.mark.parametrize("who", ["researcher", "api_client:read+export"])
@pytest.mark.parametrize("address", ["/api/v1/cases/", "/api/v1/bulk/cases/"])
def test_changes_since_tell_no_time_of_a_case(canary, visitor, who, address):
    """The canary was last touched in the 1950s: no question may find that out."""
    client, headers = visitor(who)
    answers = set()
    for since in ("1949-01-01", "1951-07-01", "1951-12-31", "1970-01-01"):
        answer = client.get(address, {"updated_since": since}, headers=headers)
        answers.add(json.dumps(answer.json().get("cases", REFUSED)) if answer.status_code == 200 else REFUSED)
    assert len(answers) == 1
