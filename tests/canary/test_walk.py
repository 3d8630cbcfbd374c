"""Nobody finds in any answer what isn't theirs to see.

One case has a word of its own in every column of text and a day of its own in every date (`case.py`). Every
address of the resolver is asked for (`addresses.py`, `walk.py`), and all that comes back is looked through:
bodies, headers, file names, archives, tables, values in addresses.

Tried by hand: `{{ case.worldwide_id }}` written into the head of the case's page makes `test_a_researcher`
fail with that column.
"""

import pytest

from tests.canary.case import Canary
from tests.canary.walk import recognised, walk

pytestmark = pytest.mark.django_db

# Whoever sees identities finds every word but these, which no page has room for.
SHOWN_NOWHERE = {"Answer.message_time", "Message.created_at", "Message.receiver", "Message.sender"}
WITHOUT_IDENTITIES = (
    "researcher",
    "researcher staff",
    "api_client:read",
    "api_client:read+export",
    "anonymous",
)
ELSEWHERE = (
    "assessor elsewhere",
    "reviewer elsewhere",
    "administrator elsewhere",
    "researcher staff elsewhere",
)


def test_a_researcher(canary, visitor):
    visit = walk(canary, *visitor("researcher"))
    assert visit.found == {}
    assert 200 in visit.statuses["case-detail"] & visit.statuses["api-case"]


@pytest.mark.slow
@pytest.mark.parametrize("who", WITHOUT_IDENTITIES)
def test_every_verb_and_query_of_who_sees_no_identities(canary, visitor, who):
    visit = walk(canary, *visitor(who), thoroughly=True)
    assert visit.found == {}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["assessor", "reviewer", "administrator"])
def test_who_sees_identities_finds_every_word(canary, visitor, who):
    """Else the walk could be blind."""
    visit = walk(canary, *visitor(who))
    missing = {*canary.words.values(), *canary.days.values()} - visit.everything
    assert missing == SHOWN_NOWHERE


@pytest.mark.slow
@pytest.mark.parametrize("who", ELSEWHERE)
def test_nobody_of_another_organisation_finds_a_word(canary, visitor, who):
    visit = walk(canary, *visitor(who))
    assert visit.found == {}


@pytest.mark.parametrize(
    ("text", "is_recognised"),
    [
        ("born 1934-05-17", True),
        ("19340517", True),
        ("age 97.53125", True),
        ("age 97.5, man", True),
        ("97 years", True),
        ('"5c0d9f1e-1934-4512-9b61-1f5d2a6f3c11"', False),
        ("19340517-6b1f-4f7e-9b61-1f5d2a6f3c11", False),
        ("12,97,5,true", False),  # two numbers in CSV
        ('<rect x="97.5" width="12"/>', False),
        ('<i style="left: 97.53px">', False),
        ("97.5 KB", False),
    ],
)
def test_what_looks_like_a_day_or_an_age_by_chance_is_none(text, is_recognised):
    assert bool(list(recognised(Canary(None), text))) is is_recognised
