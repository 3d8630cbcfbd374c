"""The search page: few clicks, counts, order, places, comparison, downloads, and no identities."""

import json
import zipfile
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from assessments.assessing import make_current
from cases.amendment import amend
from cases.models import Case, Examination, ExportLog, ViralTest
from research import case_list
from research import facets as facets_module
from research.case_list import SORTS, page_of
from research.facets import facets
from research.filters import CaseFilter
from research.summaries import summary
from synthetic.insertion import synthesize
from tests.cases.rows import sql
from tests.pseudonyms import pseudonym


@pytest.fixture
def hhv6(letter_cases, assessor):
    """HHV-6 in the blood of patient 2, and before the reaction in that of patient 1."""
    for case, phase in zip(letter_cases, ("background", "reaction"), strict=True):
        with amend(case, by=assessor, reason="test") as amendment:
            test = amendment.add(Examination(name="PCR", kind="viral", result="positive", phase=phase))
            amendment.add(ViralTest(examination=test, virus="hhv6", specimen="Whole blood"))
    make_current([case.pk for case in letter_cases])
    return letter_cases


@pytest.fixture
def see(client, assessor):
    client.force_login(assessor)
    return lambda **query: client.get(reverse("case-list"), query)


def numbers(response):
    return [row["number"] for row in response.context["rows"]]


def test_the_researchers_question_takes_three_clicks(client, see, hhv6):
    address = ""
    for wanted in ("Probable or definite", "Under an interleukin-1 inhibitor", "HHV-6 in the blood"):
        page = client.get(reverse("case-list") + address)
        address = next(one["address"] for one in page.context["shortcuts"] if one["label"] == wanted)
    page = client.get(reverse("case-list") + address)
    assert numbers(page) == ["LETTER-P2"]
    assert "0 to 6 half-lives after the last dose" in page.text
    assert "HHV-6 positive (whole blood)" in page.text
    assert page.context["tokens"][0]["words"] == "Class: probable or definite, settled or open"


def test_a_shortcut_that_is_set_takes_itself_back(see, hhv6):
    page = see(category="probable,definite", sex="1")
    (back,) = [one for one in page.context["shortcuts"] if one["is_set"]]
    assert back["address"] == "?sex=1"


def test_checkboxes_and_commas_are_one_address(client, see, letter_cases):
    page = client.get(reverse("case-list") + "?category=probable&category=definite")
    assert numbers(page) == numbers(see(category="probable,definite")) == ["LETTER-P2", "LETTER-P1"]
    assert page.context["query"] == "category=probable%2Cdefinite"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"catgory": "probable"}, "There is no filter “catgory”."),
        ({"sort": "size"}, "There is no order “size”. Choose among: newest"),
        ({"columns": "case,x"}, "There is no column “x”."),
        ({"eosinophils_min": "5000"}, "Eosinophil peak from: Write a number and its unit"),
        ({"older_than": "x"}, "There is no such page; this is the first one."),
        ({"sort": "latency", "older_than": "5~x"}, "There is no such page"),
        ({"sort": "score", "older_than": "5~1e9"}, "There is no such page"),
        ({"older_than": "9" * 30}, "There is no such page"),
    ],
)
def test_what_is_no_question_is_named(see, letter_cases, query, sentence):
    page = see(**query)
    assert page.status_code == 200
    assert sentence in " ".join(page.context["problems"])


def test_columns_are_chosen_by_the_address(see, letter_cases):
    page = see(columns="completeness,class")
    assert [column.key for column in page.context["columns"]] == ["class", "completeness"]
    assert "Would decide</th>" not in page.text


def test_what_is_undetermined_is_counted_and_can_be_shown(see, letter_cases):
    page = see(half_lives_last_max="1")
    assert numbers(page) == ["LETTER-P1"]
    assert page.context["undetermined"] == "1 further case is undetermined"
    wider = see(half_lives_last_max="1", certainty="possibly")
    assert numbers(wider) == ["LETTER-P2", "LETTER-P1"]
    assert wider.context["undetermined"] == ""


def test_counts_stop_at_a_limit_and_go_on_when_asked(see, letter_cases, monkeypatch):
    for module in ("research.case_list", "research.pages.search"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 1)
    assert see().context["count_words"] == "more than 1 cases"
    assert see(count="exact").context["count_words"] == "2 cases"


@pytest.fixture
def many(letter_cases, synthesizer, monkeypatch):
    list(synthesize(60, seed=9))
    sql("UPDATE cases_examination SET value = value WHERE case_id = %s", Case.objects.order_by("-pk")[5].pk)
    monkeypatch.setattr(case_list, "PAGE_SIZE", 7)


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_shows_every_case_once_down_and_up_again(many, sort):
    order, everything = SORTS[sort], Case.objects.all()
    down = [page_of(everything, sort=order)]
    while down[-1].older_than:
        down.append(page_of(everything, older_than=down[-1].older_than, sort=order))
    up = [down[-1]]
    while up[-1].newer_than:
        up.append(page_of(everything, newer_than=up[-1].newer_than, sort=order))
    seen = [case.pk for page in down for case in page.cases]
    assert (len(seen), len(set(seen))) == (62, 62)
    assert [page.cases for page in reversed(up)] == [page.cases for page in down]
    values = [getattr(case, "sorted_by", -case.pk) for page in down for case in page.cases]
    present = [value for value in values if value is not None]
    assert values[len(present) :] == [None] * (62 - len(present))
    assert present == sorted(present, reverse=order.descending and bool(order.column))


@pytest.mark.parametrize(
    "address", ["", "category=probable", "sex=1&origin=computed", "virus_result=positive"]
)
def test_a_facet_counts_what_choosing_it_would_find(many, address):
    data = dict(parse_qsl(address))
    for name, values in facets(CaseFilter(data, queryset=Case.objects.all(), identities=True)).counts.items():
        for value, count in values.items():
            chosen = CaseFilter({**data, name: value}, queryset=Case.objects.all(), identities=True)
            assert chosen.qs.count() == count, (name, value)


def test_facets_look_at_the_newest_cases_only(many, monkeypatch, see):
    monkeypatch.setattr(facets_module, "MOST_LOOKED_AT", 10)
    counted = facets(CaseFilter({}, queryset=Case.objects.all(), identities=True))
    assert not counted.is_exact
    assert sum(counted.counts["state"].values()) == 10
    assert "The numbers are those of the newest" in see().text
    everything = facets(CaseFilter({}, queryset=Case.objects.all(), identities=True), of_all=True)
    assert sum(everything.counts["state"].values()) == 62


@pytest.mark.parametrize(
    ("address", "beside"),
    [("", 1), ("atc=L04AC", 2), ("drug=canakinumab", 3), ("category=probable&sex=1", 3)],
    ids=("keys", "keys and dictionary", "keys, dictionary and reported names", "keys of three groups"),
)
def test_three_queries_for_all_facets_beside_keys_and_names_of_drugs(
    many, django_assert_num_queries, address, beside
):
    filters = CaseFilter(dict(parse_qsl(address)), queryset=Case.objects.all(), identities=True)
    with django_assert_num_queries(3 + beside):
        facets(filters)


def test_two_searches_side_by_side(client, see, hhv6):
    page = client.get(reverse("compare"), {"a": "drug=canakinumab", "b": "drug=anakinra"})
    tables = {table["title"]: table["rows"] for table in page.context["tables"]}
    counts = {row["label"]: [cell["count"] for cell in row["cells"]] for row in tables["Standing class"]}
    assert counts == {
        "No case": ["0", "0"],
        "Possible": ["0", "0"],
        "Probable": ["1", "1"],
        "Definite": ["0", "0"],
    }
    (ebv,) = [row for row in tables["Virus found"] if row["label"] == "EBV"]
    assert [cell["beside"] for cell in ebv["cells"]] == ["0 % of 1 tested", "100 % of 1 tested"]
    assert "Drug: canakinumab" in page.text


def test_a_summary_adds_up(many, django_assert_num_queries):
    filters = CaseFilter({"synthetic": "yes"}, queryset=Case.objects.all(), identities=True)
    with django_assert_num_queries(3):
        result = summary(filters)
    assert (result.total, result.outdated) == (60, 1)
    for counts in (result.classes, result.latency, result.half_lives):
        assert sum(counts.values()) == 59
    for virus in result.viruses:
        assert 0 <= virus.positive <= virus.tested


@pytest.fixture
def see_as_researcher(see, client, researcher):
    client.force_login(researcher)
    return see


def test_a_researcher_is_shown_no_small_count(client, see_as_researcher, hhv6):
    choices = [choice for field in fields_of(see_as_researcher()) for choice in field["choices"] or ()]
    assert {choice["count"] for choice in choices} == {"<5", None}
    assert {choice["settled"] for choice in choices} == {"<5", None}
    page = client.get(reverse("compare"), {"a": "drug=canakinumab", "b": "drug=anakinra"})
    cases, *tables = page.context["tables"]
    assert [row["cells"][0]["count"] for row in cases["rows"]] == ["1", "0", "0"]
    cells = [cell for table in tables for row in table["rows"] for cell in row["cells"]]
    assert {(cell["count"], cell["width"]) for cell in cells} == {("<5", 0)}
    assert not any("%" in cell["beside"] for cell in cells)
    assert "&lt;5: fewer than 5 cases" in page.text
    assert "Virus found" in page.text
    assert "EBV" not in page.text


def test_who_sees_identities_is_shown_every_count(client, hhv6, assessor):
    client.force_login(assessor)
    page = client.get(reverse("case-list"))
    counts = {choice["count"] for field in fields_of(page) for choice in field["choices"] or ()}
    assert counts <= {0, 1, 2, None}
    assert "fewer than 5 cases" not in page.text


def fields_of(page):
    return [field for chapter in page.context["chapters"] for field in chapter["fields"]]


def test_small_facets_of_many_cases_are_withheld_with_the_next_smallest(see_as_researcher, many):
    fields = {field["bound"].name: field["choices"] for field in fields_of(see_as_researcher())}
    assert {choice["value"]: choice["count"] for choice in fields["synthetic"]} == {
        "yes": "withheld",
        "no": "<5",
    }
    assert all(
        choice["count"] == "<5" or choice["count"] == "withheld" or choice["count"] >= 5
        for choice in fields["sex"]
    )


def test_a_comparison_with_a_wrong_side_says_which(client, see, letter_cases):
    page = client.get(reverse("compare"), {"a": "drug=x", "b": "category=sure"})
    assert page.status_code == 400
    assert "B: Class: There is no “sure” here." in page.text


def prepared(client, **form):
    return client.post(reverse("download"), {"format": "csv", "query": "", **form})


def test_a_download_is_prepared_while_its_progress_is_shown(client, see, letter_cases, settings, tmp_path):
    settings.VAR_DIR, settings.K_ANONYMITY_FLOOR = tmp_path, 1
    response = client.post(
        reverse("download"),
        {"format": "csv", "query": "drug=anakinra"},
        headers={"accept": "application/x-ndjson"},
    )
    lines = [json.loads(line) for line in response.getvalue().decode().splitlines()]
    assert lines[:-1] == [{"done": 0, "of": 1}, {"done": 1, "of": 1}]
    log = ExportLog.objects.get()
    assert lines[-1] == {
        "ready": reverse("download-file", args=[log.uuid]),
        "cases": 1,
        "rows": sum(log.row_counts.values()),
        "anonymity": "k-anonymity is 1 over age band, sex, country, site, suspect drugs, year of onset, "
        "HLA alleles and death; the floor is 1.",
    }
    file = client.get(lines[-1]["ready"])
    assert "deidentified-csv.zip" in file["Content-Disposition"]
    (tmp_path / "got.zip").write_bytes(file.getvalue())
    summaries = zipfile.ZipFile(tmp_path / "got.zip").read("casesummary.csv").decode()
    assert pseudonym("LETTER-P2") in summaries
    assert pseudonym("LETTER-P1") not in summaries


def test_a_prepared_file_is_for_its_user_only(client, see, letter_cases, settings, tmp_path, make_user):
    settings.VAR_DIR, settings.K_ANONYMITY_FLOOR = tmp_path, 1
    address = prepared(client).url
    client.force_login(make_user("researcher", "another"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [({"identified": "yes"}, 403), ({"format": "pdf"}, 400), ({"query": "category=sure"}, 400)],
)
def test_what_may_not_be_taken_is_refused(client, researcher, letter_cases, form, status):
    client.force_login(researcher)
    assert prepared(client, **form).status_code == status
    assert not ExportLog.objects.exists()


HIDDEN = ("as of 20", "<q>", "Version", "doi ", "/files/")


def test_the_case_page_of_a_researcher_identifies_nobody(client, researcher, letter_cases):
    client.force_login(researcher)
    page = client.get(reverse("case-detail", args=[pseudonym("LETTER-P1")]))
    assert client.get(reverse("case-detail", args=["LETTER-P1"])).status_code == 404
    assert "LETTER" not in page.text
    assert [word for word in HIDDEN if word in page.text] == []
    assert "You read this case without identities" in page.text
    assert page.context["narrative"] is None
    assert "Probable" in page.text
    assert "10 days" in page.text


@pytest.mark.parametrize("name", ["case-versions", "case-history"])
def test_pages_in_the_words_of_the_record_are_not_for_researchers(client, researcher, letter_cases, name):
    client.force_login(researcher)
    assert client.get(reverse(name, args=[pseudonym("LETTER-P1")])).status_code == 403
    assert client.get(reverse(name, args=["LETTER-P1"])).status_code == 404


def test_nobody_searches_without_a_login(client, db):
    for name in ("case-list", "compare"):
        assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse("download")).status_code == 302
