"""Downloads below the floor of k-anonymity: refused, unless two administrators allow them."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent, AccessKind, Organisation, User
from cases.models import Case, ExportLog
from research.anonymity import BelowFloor
from research.download_requests import allow_download, request_download
from research.downloads import download, path_of, prepare
from research.filters import CaseFilter
from research.models import DownloadRequest
from tests.api.conftest import make_machine  # noqa: F401 - a fixture
from tests.research.test_anonymity import case_of

pytestmark = pytest.mark.django_db
ALLOWED = "first and second"


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def first(make_user):
    return make_user("administrator", "first")


@pytest.fixture
def second(make_user):
    return make_user("administrator", "second")


@pytest.fixture
def cases(drugs, assessor):
    """Three that are alike, and one who is a woman."""
    return [case_of(assessor, number, sex="2" if number == 3 else "1") for number in range(4)]


def filters_of(address: str = "") -> CaseFilter:
    return CaseFilter(QueryDict(address), queryset=Case.objects.all())


def taken(user, address="") -> ExportLog:
    order = download(user, filters_of(address), "csv")
    list(prepare(order))
    return order.log


def allowed(user, first, second, address="", reason="a thesis") -> DownloadRequest:
    asked = request_download(filters_of(address), reason, by=user)
    allow_download(asked, by=first)
    return allow_download(asked, by=second)


def manifest_of(log: ExportLog) -> dict:
    return json.loads(zipfile.ZipFile(path_of(log)).read("manifest.json"))


def test_cases_that_are_too_few_alike_are_refused(cases, researcher):
    with pytest.raises(BelowFloor) as refusal:
        taken(researcher)
    assert str(refusal.value) == (
        "This download is refused. k-anonymity is 1 over age band, sex, country, site, suspect drugs, year "
        "of onset, HLA alleles and death; the floor is 3. Some of its 4 cases stand in groups of fewer than "
        "3. Widen the search, or ask two administrators to allow it."
    )
    assert not ExportLog.objects.exists()


def test_cases_that_are_alike_leave_with_their_k(cases, researcher):
    log = taken(researcher, "sex=1")
    assert (log.k, log.cases_in_small_groups, log.allowed_by) == (3, 0, "")
    stated = manifest_of(log)["anonymity"]
    assert (stated["k"], stated["floor"], stated["cases_in_smaller_groups"]) == (3, 3, 0)
    assert "death" in stated["over"]


@pytest.mark.parametrize(("floor", "is_refused"), [(1, False), (3, False), (4, True)])
def test_the_floor_is_set(cases, researcher, settings, floor, is_refused):
    settings.K_ANONYMITY_FLOOR = floor
    if is_refused:
        with pytest.raises(BelowFloor, match="the floor is 4"):
            taken(researcher, "sex=1")
    else:
        assert taken(researcher, "sex=1").k == 3


def test_without_cases_there_is_no_k_and_no_refusal(drugs, researcher):
    log = taken(researcher)
    assert (log.k, log.cases) == (None, 0)
    assert manifest_of(log)["anonymity"]["k"] is None


def test_who_sees_identities_is_not_refused_and_takes_the_k(cases, assessor):
    assert (taken(assessor).k, taken(assessor).cases_in_small_groups) == (1, 1)
    order = download(assessor, filters_of(), "csv", is_deidentified=False)
    list(prepare(order))
    assert order.log.k is None
    assert "anonymity" not in manifest_of(order.log)


def test_two_administrators_allow_it_for_a_while(cases, researcher, first, second):
    asked = request_download(filters_of(), "a thesis", by=researcher)
    assert (asked.k, asked.cases, asked.cases_in_small_groups) == (1, 4, 1)
    allow_download(asked, by=first)
    with pytest.raises(BelowFloor):
        taken(researcher)
    allow_download(asked, by=second)
    log = taken(researcher)
    assert (log.k, log.cases_in_small_groups, log.allowed_by) == (1, 1, ALLOWED)
    assert manifest_of(log)["anonymity"]["allowed_by"] == ALLOWED
    DownloadRequest.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(BelowFloor):
        taken(researcher)
    assert list(AccessEvent.objects.order_by("pk").values_list("kind", "name")) == [
        (AccessKind.DOWNLOAD_REQUESTED, "researcher"),
        (AccessKind.DOWNLOAD_ALLOWED, "first"),
        (AccessKind.DOWNLOAD_ALLOWED, "second"),
    ]


def test_it_holds_for_one_person_and_these_filters(cases, researcher, first, second, make_user):
    allowed(researcher, first, second, "sex=2")
    assert taken(researcher, "sex=2&nullified=").cases == 1
    for user, address in ((researcher, ""), (make_user("researcher", "another"), "sex=2")):
        with pytest.raises(BelowFloor):
            taken(user, address)


def test_it_does_not_hold_when_cases_are_less_alike_than_the_administrators_saw(
    cases, assessor, researcher, first, second
):
    case_of(assessor, 4, sex="2")
    assert allowed(researcher, first, second).k == 2
    assert taken(researcher).k == 2
    case_of(assessor, 5, country="DE")
    with pytest.raises(BelowFloor):
        taken(researcher)


def test_what_is_refused(cases, researcher, first, second, assessor):
    with pytest.raises(ValidationError, match="Say what the cases are needed for"):
        request_download(filters_of(), " ", by=researcher)
    with pytest.raises(PermissionDenied, match="this download isn't refused"):
        request_download(filters_of("sex=1"), "a thesis", by=researcher)
    asked = request_download(filters_of(), "a thesis", by=researcher)
    with pytest.raises(ValidationError, match="asked for already"):
        request_download(filters_of(), "a second thesis", by=researcher)
    for by in (researcher, assessor):
        with pytest.raises(PermissionDenied, match="isn't yours to manage"):
            allow_download(asked, by=by)
    allow_download(asked, by=first)
    with pytest.raises(ValidationError, match="Two different administrators"):
        allow_download(asked, by=first)
    allow_download(asked, by=second)
    with pytest.raises(PermissionDenied, match="allowed this already"):
        allow_download(asked, by=first)


def test_an_administrator_who_asked_allows_nothing(cases, first, second):
    """Their machine may read without identities."""
    asked = request_download(filters_of(), "a thesis", by=first)
    with pytest.raises(ValidationError, match="neither of them the one who asked"):
        allow_download(asked, by=first)


def test_administrators_of_another_organisation_have_no_say(cases, researcher, first):
    User.objects.filter(pk=first.pk).update(
        organisation=Organisation.objects.create(name="Another centre", identifier="ELSEWHERE")
    )
    asked = request_download(filters_of(), "a thesis", by=researcher)
    with pytest.raises(PermissionDenied):
        allow_download(asked, by=User.objects.get(pk=first.pk))


NOW = timezone.now()
# Who allowed it, with what beside; None where the database stores it.
ROWS = [
    ({}, None),
    ({"reason": " \n"}, "has_reason"),
    ({"first_allowed_by": "first", "first_allowed_at": NOW}, None),
    ({"first_allowed_by": "first"}, "allowed_at"),
    ({"first_allowed_at": NOW}, "allowed_at"),
    ({"first_allowed_by": "researcher", "first_allowed_at": NOW}, "by_two_others"),
    ({"second_allowed_by": "first", "second_allowed_at": NOW, "valid_until": NOW}, "by_two_others"),
    *(
        ({"first_allowed_by": "first", "first_allowed_at": NOW, "second_allowed_by": name, **beside}, refused)
        for name, beside, refused in (
            ("second", {"second_allowed_at": NOW, "valid_until": NOW}, None),
            ("second", {"second_allowed_at": NOW}, "allowed_at"),
            ("second", {}, "allowed_at"),
            ("first", {"second_allowed_at": NOW, "valid_until": NOW}, "by_two_others"),
            ("researcher", {"second_allowed_at": NOW, "valid_until": NOW}, "by_two_others"),
        )
    ),
]


@pytest.mark.parametrize(("values", "refused"), ROWS)
def test_form_and_database_refuse_the_same(researcher, first, second, values, refused):
    people = {user.username: user for user in (researcher, first, second)}
    row = {name: people.get(value, value) for name, value in values.items()}
    asked = DownloadRequest(
        **{"requested_by": researcher, "digest": "0" * 64, "reason": "x", "k": 1, "cases": 1, **row},
        cases_in_small_groups=1,
    )
    if refused is None:
        asked.full_clean()
        asked.save()
        return
    with pytest.raises(ValidationError, match=r".{15,}"):
        asked.full_clean()
    with pytest.raises(IntegrityError, match=f"download_request_{refused}"), transaction.atomic():
        asked.save()


def test_an_open_request_stands_once(researcher):
    row = {"requested_by": researcher, "digest": "0" * 64, "reason": "x", "k": 1, "cases": 1}
    DownloadRequest.objects.create(**row, cases_in_small_groups=1)
    with pytest.raises(IntegrityError, match="download_request_open_once"):
        DownloadRequest.objects.create(**row, cases_in_small_groups=1)


def test_who_asked_and_allowed_stays(cases, researcher, first, second):
    asked = allowed(researcher, first, second)
    assert [row.pgh_label for row in asked.history.order_by("pgh_id")] == ["insert", "update", "update"]


ASK = reverse("download-anonymity")


def test_a_person_asks_and_administrators_allow(client, cases, researcher, first, second):
    client.force_login(researcher)
    order = {"format": "csv", "query": "sex=2"}
    refused = client.post(reverse("download"), order)
    assert refused.url == f"{ASK}?sex=2"
    page = client.get(refused.url)
    assert "This download is refused." in page.text
    assert "k-anonymity is 1 over" in page.text
    assert "Say what the cases are needed for" in client.post(refused.url, {"reason": " "}).text
    assert "two administrators decide" in client.post(refused.url, {"reason": "a thesis"}, follow=True).text
    asked = DownloadRequest.objects.get()
    for user, words in ((first, "takes another administrator"), (second, "allowed until")):
        client.force_login(user)
        assert "Sex: female" in client.get("/admin/research/downloadrequest/").text
        assert "Allow this download" in client.get(f"/admin/research/downloadrequest/{asked.pk}/change/").text
        form = {"action": "allow", "_selected_action": [asked.pk]}
        assert words in client.post("/admin/research/downloadrequest/", form, follow=True).text
    client.force_login(researcher)
    assert "first and second have allowed it until" in client.get(refused.url).text
    assert client.post(reverse("download"), order).url.startswith("/download/")
    assert ExportLog.objects.get().allowed_by == ALLOWED


def test_the_same_administrator_twice_is_shown_why_not(client, cases, researcher, first):
    asked = request_download(filters_of(), "a thesis", by=researcher)
    client.force_login(first)
    form = {"action": "allow", "_selected_action": [asked.pk]}
    client.post("/admin/research/downloadrequest/", form)
    assert (
        "Two different administrators"
        in client.post("/admin/research/downloadrequest/", form, follow=True).text
    )


def test_progress_ends_with_the_refusal_and_where_to_ask(client, cases, researcher):
    client.force_login(researcher)
    answer = client.post(
        reverse("download"), {"format": "csv", "query": "sex=2"}, headers={"accept": "application/x-ndjson"}
    )
    (line,) = answer.getvalue().decode().splitlines()
    assert json.loads(line)["ask"] == f"{ASK}?sex=2"
    assert "the floor is 3" in json.loads(line)["problem"]


@pytest.mark.parametrize(
    ("role", "query", "status", "words"),
    [
        ("researcher", "sex=1", 200, "It may be downloaded de-identified."),
        ("researcher", "sex=2", 200, "It is refused."),
        ("researcher", "country=XX", 200, "no k to state"),
        ("assessor", "sex=2", 200, "you may download these cases"),
        ("researcher", "nonsense=1", 400, "There is no filter “nonsense”."),
        ("researcher", "sex=9", 400, "Sex: "),
        ("researcher", "narrative=x", 400, "only to readers who may see identities"),
    ],
)
def test_the_page_states_k(client, cases, make_user, role, query, status, words):
    client.force_login(make_user(role, "reader"))
    page = client.get(f"{ASK}?{query}")
    assert (page.status_code, words in page.text) == (status, True)


def test_the_list_of_cases_leads_to_it(client, cases, researcher):
    client.force_login(researcher)
    assert f'href="{ASK}?sex=1"' in client.get("/cases/?sex=1&sort=newest").text


@pytest.mark.parametrize("scopes", [("read", "export"), ("read", "full", "export")])
def test_bulk_is_a_download_and_a_list_is_none(cases, make_machine, scopes):  # noqa: F811
    machine = make_machine("reviewer", *scopes)
    assert machine.get("cases/").status_code == 200
    answer = machine.get("bulk/cases/?limit=2")
    if "full" in scopes:
        assert "anonymity" not in answer.json()
        return
    assert answer.status_code == 403
    problem = answer.json()
    assert problem["ask"].endswith(f"{ASK}?")
    assert "Widen the search, or ask two administrators" in problem["detail"]
    page = machine.get("bulk/cases/?sex=1&limit=2").json()
    assert (page["anonymity"]["k"], len(page["cases"])) == (3, 2)
    log = ExportLog.objects.get()
    assert (log.k, log.cases, log.is_deidentified) == (3, 2, True)
    assert machine.get(page["next"].partition("/api/v1/")[2].replace("sex=1", "sex=2")).status_code == 403


def test_further_pages_rest_on_what_was_measured_with_the_first(cases, assessor, make_machine):  # noqa: F811
    machine = make_machine("reviewer", "read", "export")
    following = machine.get("bulk/cases/?sex=1&limit=2").json()["next"].partition("/api/v1/")[2]
    case_of(assessor, 4, age=30)
    assert machine.get(following).json()["anonymity"]["k"] == 3
    assert machine.get("bulk/cases/?sex=1&limit=2").status_code == 403
    cache.clear()
    assert machine.get(following).status_code == 403


def test_a_machine_asks_too(cases, make_machine, first, second):  # noqa: F811
    machine, address = make_machine("reviewer", "read", "export"), "bulk/cases/request/"
    assert machine.get(f"{address}?sex=1").json()["state"] == "free"
    assert machine.get(address).json()["state"] == "refused"
    assert machine.post(address, {"why": "a thesis"}).json()["errors"][0]["path"] == "reason"
    assert machine.post(address, {"reason": " "}).status_code == 422
    assert machine.post(f"{address}?sex=1", {"reason": "a thesis"}).status_code == 403
    assert machine.post(address, {"reason": "a thesis"}).json()["state"] == "asked"
    for administrator in (first, second):
        allow_download(DownloadRequest.objects.get(), by=administrator)
    answer = machine.get(address).json()
    assert (answer["state"], answer["allowed_by"]) == ("allowed", ALLOWED)
    assert machine.get("bulk/cases/").status_code == 200


def test_what_is_allowed_is_allowed_in_bulk(cases, make_machine, first, second):  # noqa: F811
    machine = make_machine("reviewer", "read", "export")
    allowed(User.objects.get(username="reviewer-machine"), first, second)
    assert machine.get("bulk/cases/").json()["anonymity"]["allowed_by"] == ALLOWED
    assert ExportLog.objects.get().allowed_by == ALLOWED
