"""Every page opens, for those who may see it, in a fixed number of queries."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import ApiToken
from accounts.role_requests import request_role
from assessments.assessing import adjudicate
from cases.amendment import amend
from cases.models import Case, CaseRow, Drug, Symptom
from exchange.models import Acknowledgement, Answer, Batch, ReceivedMessage, Submission
from exchange.receipt_models import Receipt
from exchange.sending_models import ReceiverSettings
from research.download_requests import request_download
from research.filters import CaseFilter
from tests.exchange.material import enter_sender
from tests.web.entry.posting import ADD, CHANGE
from web.entry.form_tabs import INLINES

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/case/"
# With rows to open: tests/exchange/test_pages.py, test_receipt_pages.py.
OPENED_WITH_THE_EXCHANGE = (Acknowledgement, Answer, Batch, Receipt, ReceivedMessage, Submission)


@pytest.fixture
def everything(letter_cases, reviewer, administrator):
    request_role(reviewer, "administrator", by=administrator)
    request_download(CaseFilter({}, queryset=Case.objects.all()), "a thesis", by=administrator)
    adjudicate(letter_cases[0], "suggesting", "yes", by=reviewer, reason="typical picture")
    ApiToken.objects.create(
        user=reviewer,
        name="a machine",
        scopes=["read"],
        digest="0" * 64,
        created_by=administrator,
        expires_at=timezone.now(),
    )
    enter_sender(reviewer.organisation)
    ReceiverSettings.objects.create(organisation=reviewer.organisation, receiver="FDA")
    return letter_cases


def pages():
    for model in admin.site._registry:
        yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/", model


def test_every_list_opens(client, administrator, everything):
    client.force_login(administrator)
    for url, _ in pages():
        assert client.get(url).status_code == 200, url
        assert client.get(f"{url}?q=a").status_code == 200, url


def test_every_form_opens(client, administrator, everything):
    client.force_login(administrator)
    for url, model in pages():
        if model in OPENED_WITH_THE_EXCHANGE:
            continue
        row = model._default_manager.order_by("pk").first()
        assert row is not None, url
        assert client.get(f"{url}{row.pk}/change/").status_code == 200, url
        adds = admin.site.get_model_admin(model).has_add_permission(_request(administrator))
        assert client.get(f"{url}add/").status_code == (200 if adds else 403), url


def _request(user):
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = user
    return request


def _all_fields(model):
    skipped = {"id", "uuid", "case", "kind"}
    for field in model._meta.fields:
        parent = field.is_relation and field.name in ("examination",)
        if field.editable and field.name not in skipped and not parent:
            yield field.name


def _inlines(classes):
    for inline in classes:
        yield inline
        yield from _inlines(getattr(inline, "inlines", ()))


# Set by the form above, not typed.
PARENTS = {
    "Dose": {"exposure"},
    "Indication": {"exposure"},
    "Substance": {"exposure"},
    "DrugInformation": {"exposure"},
    "CausalityAssessment": {"pair"},
}


def test_every_row_of_the_record_and_every_field_of_it_can_be_edited():
    def subclasses(model):
        for below in model.__subclasses__():
            yield below
            yield from subclasses(below)

    shown = {}
    for inline in _inlines(INLINES):
        named = inline.fieldsets or [(None, {"fields": inline.fields})]
        fields = admin.utils.flatten_fieldsets(named)
        shown.setdefault(inline.model, []).append(set(fields))
    for model in subclasses(CaseRow):
        if model._meta.abstract or model.__module__.startswith("tests"):
            continue
        assert model in shown, f"{model.__name__} can't be entered anywhere"
        for fields in shown[model]:
            missing = set(_all_fields(model)) - fields - PARENTS.get(model.__name__, set())
            assert not missing, f"{model.__name__}: {missing}"


def test_the_list_shows_class_origin_and_interval(client, assessor, letter_cases):
    client.force_login(assessor)
    text = client.get(LIST).content.decode()
    assert "Reported probable 5" in text
    assert "evidence open: no case to definite (3), −1 to 7 attainable" in text
    assert "canakinumab" in text


def test_the_list_shows_completeness_what_is_lacking_and_the_last_change(client, assessor, letter_cases):
    client.force_login(assessor)
    response = client.get(LIST)
    text = response.content.decode()
    assert '<span title="Most gained by: Country of origin">72 %</span>' in text
    assert "no identifiable reporter" in text
    changed = response.context["cl"].result_list[0].changed_at
    assert date_format(changed, "DATETIME_FORMAT") in text


def test_a_long_list_is_counted_up_to_a_limit(client, assessor, organisation, monkeypatch):
    from research import case_list as counting
    from web.entry import case_list

    monkeypatch.setattr(case_list, "MOST_COUNTED", 100)
    monkeypatch.setattr(counting, "MOST_COUNTED", 100)
    Case.objects.bulk_create(Case(number=f"MORE-{i:03}", organisation=organisation) for i in range(120))
    client.force_login(assessor)
    shown = client.get(LIST)
    assert "more than 100 cases" in " ".join(shown.content.decode().split())
    assert shown.context["cl"].paginator.num_pages == 2
    assert [case.number for case in client.get(f"{LIST}?p=2").context["cl"].result_list][-1] == "MORE-099"


def test_an_outdated_class_is_never_shown(client, assessor, letter_cases):
    Symptom.objects.filter(case=letter_cases[0]).update(term="changed behind everybody's back")
    client.force_login(assessor)
    text = client.get(f"{LIST}?number=LETTER-P1").content.decode()
    assert "outdated" in text
    assert "probable 5" not in text
    form = client.get(CHANGE.format(letter_cases[0].pk)).content.decode()
    assert "The evidence has changed" in form
    assert "probable 5" not in form


SEARCHES = (
    ("q=LETTER-P1", ["LETTER-P1", "LETTER-P2"]),  # the one, and the one that is linked with it
    ("q=canakinumab", ["LETTER-P1"]),
    ("q=probable+DRESS", ["LETTER-P1", "LETTER-P2"]),
    ("q=nothing+like+it", []),
    ("standing=probable", ["LETTER-P1", "LETTER-P2"]),
    ("standing=definite", []),
    ("standing=outdated", []),
    ("origin=reported", ["LETTER-P1", "LETTER-P2"]),
    ("origin=computed", []),
    ("completeness=middle", ["LETTER-P1", "LETTER-P2"]),
    ("completeness=well", []),
    ("completeness=low", []),
    ("completeness=none", []),
    ("attention=invalid", ["LETTER-P1", "LETTER-P2"]),
    ("attention=answers_due", []),
    ("attention=uncoded", ["LETTER-P1", "LETTER-P2"]),
    ("q=anakinra&attention=uncoded", ["LETTER-P1", "LETTER-P2"]),
    ("q=LETTER+interleukin", []),
)


def test_search_and_filters(client, assessor, letter_cases):
    client.force_login(assessor)
    for query, results in SEARCHES:
        rows = client.get(f"{LIST}?{query}").context["cl"].result_list
        assert [case.number for case in rows] == results, query


def test_drugs_are_found_by_name_substance_and_atc(client, assessor, drugs):
    client.force_login(assessor)
    drug = Drug.objects.get(name="canakinumab")
    asked = {"app_label": "cases", "model_name": "exposure", "field_name": "drug"}
    for term in ("canakin", drug.atc):
        results = client.get("/admin/autocomplete/", {**asked, "term": term}).json()["results"]
        assert str(drug.pk) in [result["id"] for result in results]


def test_rescoring_from_the_list(client, assessor, letter_cases):
    Symptom.objects.filter(case=letter_cases[0]).update(term="changed behind everybody's back")
    client.force_login(assessor)
    chosen = {"action": "rescore_selected", "_selected_action": [case.pk for case in letter_cases]}
    response = client.post(LIST, chosen, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["2 cases rescored."]
    assert Case.objects.filter(summary__is_current=True).count() == 2


def test_what_cannot_be_rescored_is_named_and_stops_nothing(client, assessor, letter_cases, monkeypatch):
    from assessments import assessing

    good = assessing.score_cases

    def fails_for_one(ids):
        if letter_cases[0].pk in ids:
            raise ValueError("broken facts")
        return good(ids)

    monkeypatch.setattr(assessing, "rescore_cases", fails_for_one)
    monkeypatch.setattr(assessing, "score_cases", fails_for_one)
    client.force_login(assessor)
    chosen = {"action": "rescore_selected", "_selected_action": [case.pk for case in letter_cases]}
    messages = [str(message) for message in client.post(LIST, chosen, follow=True).context["messages"]]
    assert messages == [
        "1 case rescored.",
        "Not rescored, and still outdated: LETTER-P1: ValueError: broken facts",
    ]


def queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(client, assessor, letter_cases, organisation):
    client.force_login(assessor)
    case = letter_cases[0]
    before = [queries(client, url) for url in (LIST, CHANGE.format(case.pk), ADD)]
    # Six of those of the form are about the version and about whoever else has the case open; the panel
    # and the findings take what the form has read. One of each page is the side bar's, for what waits.
    assert before == [7, 61, 4]
    _grow(case, assessor)
    Case.objects.bulk_create(Case(number=f"MORE-{i}", organisation=organisation) for i in range(30))
    assert [queries(client, url) for url in (LIST, CHANGE.format(case.pk), ADD)] == before


def test_saving_costs_queries_for_what_was_changed_only(client, assessor, letter_cases, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.web.entry.posting import Page

    client.force_login(assessor)
    case = letter_cases[0]

    def cost():
        page = Page(client, CHANGE.format(case.pk)).set(reason="count")
        page.fill(page.row_of("symptoms", "term", "arthralgia"), verbatim=f"again {LogEntry.objects.count()}")
        with CaptureQueriesContext(connection) as captured:
            assert page.post().status_code == 302
        return len(captured)

    before = cost()
    _grow(case, assessor)
    assert cost() <= before


def _grow(case, by):
    """Five more rows of each kind that has rows below it or links to the dictionary."""
    from cases.models import Dose, DrugReaction, Examination, Exposure, PastDrug, Reaction, ViralTest

    drug = Drug.objects.first()
    with amend(case, by=by, reason="more of everything") as amendment:
        for number in range(5):
            exposure = amendment.add(Exposure(name=f"drug {number}", drug=drug, position=number + 5))
            for _ in range(2):
                amendment.add(Dose(exposure=exposure, amount=1))
            reaction = amendment.add(Reaction(term=f"term {number}", position=number + 5))
            amendment.add(DrugReaction(exposure=exposure, reaction=reaction))
            amendment.add(PastDrug(name=f"drug {number}", drug=drug))
            test = amendment.add(Examination(kind="viral", name="EBV PCR", result="negative"))
            amendment.add(ViralTest(examination=test, virus="ebv"))
