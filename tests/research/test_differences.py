"""Two downloads that are subtracted from each other set no fewer than five cases apart."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Organisation
from cases.amendment import amend
from cases.models import Case
from research.differences import TooFewApart, fewest_apart
from research.download_requests import allow_download, request_download
from research.downloads import download, prepare
from research.filters import CaseFilter
from research.models import DownloadedCases
from tests.api.conftest import make_machine  # noqa: F401 - a fixture
from tests.cases.rows import sql
from tests.research.test_anonymity import case_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.K_ANONYMITY_FLOOR = 1


@pytest.fixture
def cases(drugs, assessor):
    """Six men and two women."""
    return [case_of(assessor, number, sex="1" if number < 6 else "2") for number in range(8)]


def taken(user, address=""):
    list(prepare(download(user, filters_of(address), "csv")))


def filters_of(address=""):
    return CaseFilter(QueryDict(address), queryset=Case.objects.all())


def remembered(organisation, numbers, digest="earlier"):
    """An earlier download of these cases, as they are now."""
    keys = list(Case.objects.filter(number__in=numbers).values_list("pk", flat=True))
    return DownloadedCases.objects.create(
        organisation=organisation, digest=digest, by_id=_anybody(), at=timezone.now(), cases=keys
    )


def _anybody():
    return sql("SELECT min(id) FROM accounts_user")[0][0]


# What was taken before and what is taken now, by their places; how few are set apart, None where none are.
@pytest.mark.parametrize(
    ("before", "now", "apart"),
    [
        ([0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6], None),
        ([0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5], 1),  # narrowed
        ([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5, 6, 7], 2),  # widened
        ([0, 1, 2, 3], [1, 2, 3, 4, 5, 6, 7], 1),  # one on this side, four on that
        ([0], [0, 1, 2, 3, 4, 5], None),  # five
        ([0, 1], [2, 3, 4, 5, 6, 7], None),  # nothing to subtract
    ],
)
def test_few_are_set_apart_by_either_direction(cases, assessor, before, now, apart):
    numbers = [cases[place].number for place in before]
    remembered(assessor.organisation, numbers)
    chosen = Case.objects.filter(pk__in=[cases[place].pk for place in now])
    result = fewest_apart(chosen, "now", assessor.organisation)
    assert (result.cases if result else None) == apart


def test_a_download_that_differs_by_few_is_refused(cases, researcher):
    taken(researcher)
    with pytest.raises(TooFewApart, match=r"set fewer than 5 cases apart\. Widen the search, or ask two"):
        taken(researcher, "sex=1")
    taken(researcher)  # the same again
    assert DownloadedCases.objects.count() == 1


def test_colleagues_are_compared_and_other_organisations_are_not(cases, researcher, make_user):
    taken(researcher)
    with pytest.raises(TooFewApart):
        taken(make_user("researcher", "colleague"), "sex=1")
    other = make_user("researcher", "elsewhere")
    other.organisation = Organisation.objects.create(name="Another centre", identifier="ELSEWHERE")
    other.save()
    taken(other, "sex=1")


def test_new_and_changed_cases_are_no_difference_of_the_filters(cases, assessor, researcher):
    taken(researcher, "sex=1")
    case_of(assessor, 8, sex="1")
    with amend(cases[0], by=assessor, reason="test") as amendment:
        amendment.change(cases[0].patient, sex="2")
    taken(researcher, "sex=1&state=draft")
    assert DownloadedCases.objects.count() == 2


def test_who_sees_identities_is_neither_refused_nor_remembered(cases, assessor):
    taken(assessor)
    taken(assessor, "sex=1")
    assert not DownloadedCases.objects.exists()


def test_two_administrators_allow_it(cases, researcher, make_user):
    taken(researcher)
    asked = request_download(filters_of("sex=1"), "a thesis", by=researcher)
    assert asked.cases_apart == 2
    for name in ("first", "second"):
        allow_download(asked, by=make_user("administrator", name))
    taken(researcher, "sex=1")


def test_what_was_allowed_holds_for_no_smaller_difference(cases, assessor, researcher, make_user):
    taken(researcher)
    asked = request_download(filters_of("sex=1"), "a thesis", by=researcher)
    for name in ("first", "second"):
        allow_download(asked, by=make_user("administrator", name))
    remembered(researcher.organisation, [case.number for case in cases[:7]])
    with pytest.raises(TooFewApart):
        taken(researcher, "sex=1")


def test_bulk_reading_is_compared_too(cases, make_machine):  # noqa: F811
    machine = make_machine("reviewer", "read", "export")
    assert machine.get("bulk/cases/").status_code == 200
    answer = machine.get("bulk/cases/?sex=1")
    assert (answer.status_code, "fewer than 5 cases apart" in answer.json()["detail"]) == (403, True)


def test_the_page_says_why(client, cases, researcher):
    taken(researcher)
    client.force_login(researcher)
    text = client.get("/download/anonymity/?sex=1").text
    assert "it would set fewer than 5 cases apart" in text
    assert "Ask two administrators" in text
