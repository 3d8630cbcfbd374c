"""What only FDA or EMA asks for: from a message into the case, shown to some, kept from others."""

from dataclasses import replace

import pytest
from django.urls import reverse

from cases.history import history
from cases.models import Case
from e2b import Block, Code, Message, Null
from tests.exchange.material import again, case_message, file_of, imported, written
from tests.pseudonyms import pseudonym
from tests.web.entry.posting import CHANGE, Page

pytestmark = pytest.mark.django_db
EMAIL, MAKER = "ada.reporter@example.org", "Zebra Devices"


def regional_message() -> Message:
    """A case that another sender meant for FDA; the code of the second race is in none of its lists."""
    message = case_message(1)
    (reporter,) = message.C["C.2.r"]
    (drug,), (reaction,) = message.G, message.E
    problem = Block("FDA.G.k.12.r.3.r", {"FDA.G.k.12.r.3.r": "2993"})
    device = Block(
        "FDA.G.k.12.r",
        {"FDA.G.k.12.r.1": "true", "FDA.G.k.12.r.4": Null("NI"), "FDA.G.k.12.r.7.1a": MAKER},
        {"FDA.G.k.12.r.3.r": (problem,)},
    )
    races = tuple(Block("FDA.D.11.r", {"FDA.D.11.r.1": code}) for code in ("C41260", "C99999"))
    case = message.C.with_values({"FDA.C.1.12": "true", "FDA.C.1.7.1": Code("3", "9.9")})
    case = replace(case, blocks={**case.blocks, "C.2.r": (reporter.with_values({"FDA.C.2.r.2.8": EMAIL}),)})
    return replace(
        message,
        C=case,
        D=replace(message.D, blocks={**message.D.blocks, "FDA.D.11.r": races}),
        E=(reaction.with_values({"FDA.E.i.3.2h": "true"}),),
        G=(replace(drug, blocks={**drug.blocks, "FDA.G.k.12.r": (device,)}),),
    )


@pytest.fixture
def case(drugs, assessor, tmp_path) -> Case:
    imported(*written(tmp_path, file_of(regional_message())))
    return Case.objects.get()


def test_a_message_brings_them_in_and_they_leave_as_they_came(case):
    sent, received = again(case), regional_message()
    assert sent.C["FDA.C.1.7.1"] == Code("3", "9.9")
    assert sent.C["C.2.r"][0]["FDA.C.2.r.2.8"] == EMAIL
    assert sent.D["FDA.D.11.r"] == received.D["FDA.D.11.r"]
    assert sent.G[0]["FDA.G.k.12.r"] == received.G[0]["FDA.G.k.12.r"]


def test_the_page_of_the_case_shows_them_in_words(client, assessor, case):
    client.force_login(assessor)
    shown = client.get(reverse("case-detail", args=[case.number])).content.decode()
    section = shown[shown.index('id="regional"') :]
    for words in (EMAIL, MAKER, "Asian", "2993", "no information", "C99999 <span", "not in the region"):
        assert words in section


def test_the_form_shows_what_is_in_no_list_as_received(client, assessor, case):
    client.force_login(assessor)
    page = Page(client, CHANGE.format(case.pk))
    assert page.data["patient-0-fda_second_race"] == "as received"
    assert "As received: C99999" in page.text
    page.set(reason="better known", **{"patient-0-fda_race": "C41261"}).accepted()
    assert [race["FDA.D.11.r.1"] for race in again(case).D["FDA.D.11.r"]] == ["C41261", "C99999"]
    (changed,) = [row for row in history(case).saves[0].changes if row.table == "patient"]
    ((before, after),) = [(field.before, field.after) for field in changed.fields]
    assert "FDA.D.11.r.1 Patient race: Asian; FDA.D.11.r.1 Patient race: C99999" in before
    assert after == before.replace("Asian", "White")


@pytest.mark.parametrize("path", ["/cases/{}/", "/api/v1/cases/{}/", "/api/v1/cases/{}.json"])
def test_readers_without_identities_are_shown_none_of_them(client, researcher, case, path):
    client.force_login(researcher)
    response = client.get(path.format(pseudonym(case.number)))
    shown = response.content.decode()
    assert response.status_code in (200, 404), shown[:300]
    assert not [words for words in (EMAIL, MAKER, "C99999", "Asian", "FDA.D.11.r") if words in shown]
