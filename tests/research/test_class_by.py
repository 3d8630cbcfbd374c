"""Classes counted by standing, evidence, bounds: facets, comparison, download agree with plain Python."""

import csv
import io
import json
import zipfile
from collections import Counter

import pytest
from django.urls import reverse

from assessments.assessing import adjudicate
from assessments.scorecards import scorecards
from cases.models import Case
from cases.record.read_cases import read_cases
from cases.versions import nullify
from research.downloads import download, path_of, prepare
from research.facets import facets
from research.filters import CaseFilter
from research.filters.class_by import CLASS_BY
from research.summaries import OPEN, summary
from scoring.instruments import primary
from synthetic.insertion import synthesize
from tests.research.plain_filters import CLASSES, Loaded, class_of, fits, is_settled

LABELS = dict(primary().category_choices)


@pytest.fixture
def settled(letter_cases, reviewer):
    """The first case of the letter, all items of which are answered: it comes to 9."""
    answers = {
        "fever": "yes", "nodes": "yes", "eosinophilia": "marked", "atypical": "yes", "extent": "yes",
        "suggesting": "yes", "biopsy": "yes", "organs": "two_or_more", "resolution": "yes",
        "other_causes": "yes",
    }  # fmt: skip
    for key, answer in answers.items():
        adjudicate(letter_cases[0], key, answer, by=reviewer, reason="seen")
    return letter_cases[0]


@pytest.fixture
def nullified(letter_cases, assessor):
    nullify(letter_cases[1], by=assessor, reason="a duplicate")
    return letter_cases[1]


@pytest.fixture
def population(settled, nullified, synthesizer):
    list(synthesize(25, seed=5))
    everything = read_cases(Case.objects.values_list("pk", flat=True))
    cards = scorecards([one.case for one in everything.values()])
    return [Loaded(one, card) for one, card in zip(everything.values(), cards, strict=True)]


def searched(address=""):
    data = dict(pair.split("=") for pair in address.split("&") if pair)
    return CaseFilter(data, queryset=Case.objects.all(), identities=True)


def counted(cases, class_by):
    return dict(Counter(filter(None, (class_of(case, class_by) for case in cases))))


@pytest.mark.parametrize("address", ["", "sex=1", "nullified=include"])
def test_every_count_of_classes_agrees_with_plain_python(population, address):
    for class_by in CLASS_BY:
        filters = searched(f"{address}&class_by={class_by}")
        cases = [
            case for case in population if case.whole.case.pk in set(filters.qs.values_list("pk", flat=True))
        ]
        expected = counted(cases, class_by)
        shown, summed = facets(filters), summary(filters)
        assert shown.counts["category"] == expected
        classes = dict(zip(LABELS.values(), map(expected.get, LABELS), strict=True))
        of_summary = {words: count or None for words, count in summed.classes.items() if words != OPEN}
        assert of_summary == classes
        of_settled = counted(filter(is_settled, cases), class_by)
        assert shown.settled == (None if class_by == "settled" else of_settled)
        assert {
            key: summed.settled[words] for key, words in LABELS.items() if key in of_settled
        } == of_settled
        if class_by == "settled":
            assert summed.classes[OPEN] == len(cases) - sum(expected.values())


def test_bounds_enclose_the_evidence(population):
    for case in population:
        lower, evidence, upper = (
            CLASSES.index(class_of(case, way)) for way in ("lower", "evidence", "upper")
        )
        assert lower <= evidence <= upper


def test_a_case_is_settled_where_all_its_items_are(settled):
    standing = settled.standings.get()
    assert str(standing.badge) == "adjudicated definite 9; evidence open: no case to definite (3)"
    assert (standing.is_settled, standing.adjudicated_low, standing.adjudicated_high) == (True, 9, 9)
    assert (standing.low, standing.high, standing.computed_category) == (-1, 7, "possible")


@pytest.fixture
def see(client, assessor):
    client.force_login(assessor)
    return lambda **query: client.get(reverse("case-list"), query)


def test_the_list_says_what_is_open(see, letter_cases):
    page = see()
    assert [(row["headline"], row["evidence"]) for row in page.context["rows"]] == [
        ("Reported probable 5", "evidence open: no case to definite (3)")
    ] * 2
    assert "Yes: one class in reach" in page.text
    assert '<span class="facet">2, 0 settled</span>' in page.text
    assert [row["number"] for row in see(settled="no").context["rows"]] == ["LETTER-P2", "LETTER-P1"]
    assert see(settled="yes").context["rows"] == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"category": "probable"}, ["Class: probable, settled or open"]),
        (
            {"category": "probable", "settled": "yes"},
            ["Class: probable", "Settled: yes: one class in reach"],
        ),
        ({"category": "possible", "class_by": "lower"},
         ["Class: possible, settled or open", "Classes by lower bound"]),
        ({"nullified": "include"}, ["Nullified cases: included"]),
    ],
)  # fmt: skip
def test_what_is_set_says_how_classes_are_taken(see, letter_cases, query, words):
    assert [token["words"] for token in see(**query).context["tokens"]] == words


def test_nullified_cases_are_left_out_and_the_page_says_so(see, nullified):
    page = see()
    assert [row["number"] for row in page.context["rows"]] == ["LETTER-P1"]
    assert page.context["count"] == 1
    assert page.context["left_out"] == "1 nullified case left out"
    assert see(drug="canakinumab").context["left_out"] == ""
    wider = see(nullified="include")
    assert [row["number"] for row in wider.context["rows"]] == ["LETTER-P2", "LETTER-P1"]
    assert "nullified</span>" in wider.text
    assert wider.context["left_out"] == ""
    for query in ({"nullified": "only"}, {"state": "nullified"}):
        assert [row["number"] for row in see(**query).context["rows"]] == ["LETTER-P2"]


def test_two_searches_are_counted_by_what_is_chosen(client, see, settled):
    sides = {"a": "drug=canakinumab", "b": "drug=anakinra"}
    expected = {
        "standing": {"Probable": ["0", "1"], "Definite": ["1", "0"]},
        "evidence": {"Possible": ["1", "1"]},
        "lower": {"No case": ["1", "1"]},
        "upper": {"Definite": ["1", "1"]},
        "settled": {"Definite": ["1", "0"], OPEN: ["0", "1"]},
    }
    for class_by, classes in expected.items():
        page = client.get(reverse("compare"), {**sides, "class_by": class_by})
        (table,) = [one for one in page.context["tables"] if one["title"] == CLASS_BY[class_by].title]
        counts = {row["label"]: [cell["count"] for cell in row["cells"]] for row in table["rows"]}
        assert {label: pair for label, pair in counts.items() if pair != ["0", "0"]} == classes
    page = client.get(reverse("compare"), {**sides, "class_by": "guess"})
    assert page.status_code == 400
    assert "Classes aren’t counted by “guess”." in page.text


def test_a_comparison_counts_what_is_left_out(client, see, nullified):
    page = client.get(reverse("compare"), {"a": "", "b": "nullified=include"})
    rows = {
        row["label"]: [cell["count"] for cell in row["cells"]] for row in page.context["tables"][0]["rows"]
    }
    assert (rows["found"], rows["nullified, left out"]) == (["1", "2"], ["1", "0"])


def test_a_download_has_the_badge_and_says_what_it_counts(settled, researcher, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.K_ANONYMITY_FLOOR = 1
    settings.SMALL_CELLS_BELOW = 0  # of two cases the manifest would show no number
    order = download(researcher, searched("class_by=evidence"), "csv")
    list(prepare(order))
    archive = zipfile.ZipFile(path_of(order.log))
    rows = list(csv.DictReader(io.StringIO(archive.read("standing.csv").decode("utf-8-sig"))))
    # In the order of pseudonyms, which is no order of the cases.
    assert sorted((row["is_settled"], row["computed_category"], row["badge"]) for row in rows) == [
        ("false", "possible", "reported probable 5; evidence open: no case to definite (3)"),
        ("true", "possible", "adjudicated definite 9; evidence open: no case to definite (3)"),
    ]
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["nullified"] == "leave_out"
    assert manifest["classes"] == {
        "by": "evidence",
        "cases": {"No case": 0, "Possible": 2, "Probable": 0, "Definite": 0},
    }


def test_the_second_implementation_leaves_out_what_is_nullified(population, nullified):
    (case,) = [one for one in population if one.whole.case.pk == nullified.pk]
    found = {switch: fits(case, {"nullified": switch}) for switch in ("leave_out", "include", "only")}
    assert found == {"leave_out": False, "include": True, "only": True}
