"""Rescoring in sets reads what it needs, writes what changed, and says beforehand what rules would do."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.assessing import replay, rescore_in_chunks
from assessments.facts import facts_of
from assessments.models import Assessment, Standing
from assessments.outdated import stream_ids
from assessments.rule_changes import preview
from assessments.score_cases import score_cases
from assessments.summary import fill_from_rows
from cases.models import CaseSummary
from cases.record.case_record import SOURCES
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import SCORED, read_cases, read_scored_cases
from scoring import instruments
from scoring.canonical import encode_facts
from scoring.regiscar import v1
from tests.cases.rows import sql
from tests.standings import regiscar

pytestmark = pytest.mark.django_db


def run(*arguments) -> str:
    out = StringIO()
    call_command("rescore", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def row_versions() -> list:
    return [
        sql(f"SELECT case_id, xmin::text FROM {table} ORDER BY case_id")
        for table in ("cases_casesummary", "assessments_standing")
    ]


def test_what_is_read_for_scoring_gives_the_same_facts(cases):
    whole, light = read_cases(cases), read_scored_cases(cases)
    for pk in cases:
        assert encode_facts(facts_of(light[pk])) == encode_facts(facts_of(whole[pk]))
        summaries = [CaseSummary(), CaseSummary()]
        for summary, record in zip(summaries, (light[pk], whole[pk]), strict=True):
            fill_from_rows(summary, record, CaseTimeline(record))
        assert len({(s.completeness, s.would_raise_most, *s.missing_criteria) for s in summaries}) == 1


def test_nothing_is_fetched_row_by_row(cases):
    """The columns that scoring looks at are all there: one query for the cases and one for each table."""
    with CaptureQueriesContext(connection) as queries:
        for record in read_scored_cases(cases).values():
            facts_of(record)
            fill_from_rows(CaseSummary(), record, CaseTimeline(record))
    assert len(queries) == 1 + len(SOURCES)
    assert set(SCORED) == set(SOURCES)


def test_a_chunk_takes_as_many_queries_whatever_its_size(cases):
    counts = []
    for ids in (cases[:2], cases):
        sql("UPDATE cases_patient SET age = age + 1")
        with CaptureQueriesContext(connection) as queries:
            score_cases(ids)
        counts.append(len(queries))
    # Savepoint and release, locks, standings, answers, reported scores, cases, tables, keys or rows.
    assert counts == [8 + len(SOURCES)] * 2


def test_what_did_not_change_is_not_written_again(cases):
    before, assessments = row_versions(), Assessment.objects.count()
    assert json.loads(run("--all", "--json"))["changed"] == 0
    assert row_versions() == before
    assert Assessment.objects.count() == assessments


def test_what_changed_is_written_and_what_was_stays(cases):
    sql("UPDATE cases_examination SET value = 0.01 WHERE test = 'eosinophils' AND result = 'measured'")
    outdated = CaseSummary.objects.filter(is_current=False).count()
    output = json.loads(run("--outdated", "--json"))
    assert (output["scored"], output["changed"], output["failed"]) == (outdated, outdated, [])
    assert not CaseSummary.objects.filter(is_current=False).exists()
    assert Assessment.objects.count() > len(cases)
    assert all(replayed.is_identical for replayed in replay(Assessment.objects.all()))


def test_ids_are_streamed_in_order_and_each_once(cases, monkeypatch):
    monkeypatch.setattr("assessments.outdated.CHUNK", 5)
    assert list(stream_ids(CaseSummary.objects.all())) == cases


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (["LETTER-P1", "LETTER-P2"], "2 of 2 cases scored.\n"),
        (["--filter", "drug=canakinumab", "--filter", "category=probable"], "1 of 1 cases scored.\n"),
        (["--outdated"], "0 of 0 cases scored.\n"),
        (["--rules", "regiscar-kardaun-2007.1"], "0 of 0 cases scored.\n"),
    ],
    ids=["numbers", "filters", "outdated", "rules"],
)
def test_some_cases_are_chosen(letter_cases, arguments, output):
    assert run(*arguments) == output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["NOBODY"], "No case is numbered NOBODY"),
        (["--filter", "colour=red"], "No filter is named colour: choose category"),
        (["--filter", "category=perhaps"], "category: There is no “perhaps” here"),
        (["--filter", "category"], "Write --filter category=VALUE"),
        (["--rules", "regiscar-2099"], "No rules named 'regiscar-2099' are installed"),
    ],
)
def test_a_poor_choice_is_refused_in_words(letter_cases, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_a_dry_run_says_which_cases_would_change_class_and_why(cases, lenient):
    before, assessments = row_versions(), Assessment.objects.count()
    output = json.loads(run("--rules", "regiscar-lenient.1", "--dry-run", "--json"))
    assert (row_versions(), Assessment.objects.count()) == (before, assessments)
    assert output["cases"] == len(cases)
    assert 0 < output["changing_class"] == len(output["moved"])
    for moved in output["moved"]:
        assert moved["before"] != moved["after"]
        assert moved["reasons"] == [reason for reason in moved["reasons"] if reason.startswith("Fever")]
        assert moved["total_after"] == moved["total_before"] + 1
    assert sum(output["items"].values()) >= output["changing_class"]


def test_a_dry_run_prints_tables_for_people(cases, lenient):
    output = run("--rules", "regiscar-lenient.1", "--dry-run")
    for words in (
        "would change class under regiscar-lenient.1",
        "class now",
        "Fever",
        "SYN-11-10-",
        "→ yes (0)",
    ):
        assert words in output


def test_a_dry_run_of_the_current_rules_changes_nothing(cases):
    version = instruments.INSTRUMENTS["regiscar"].rules.RULE_VERSION
    assert run("--all", "--dry-run") == f"0 of {len(cases)} cases would change class under {version}.\n"


def test_new_rules_are_applied_in_one_go_and_old_results_stay(cases, lenient, monkeypatch):
    foreseen = json.loads(run("--rules", "regiscar-lenient.1", "--dry-run", "--json"))
    stood = dict(Standing.objects.values_list("case__number", "category"))
    old = set(Assessment.objects.values_list("pk", flat=True))
    monkeypatch.setitem(instruments.INSTRUMENTS, "regiscar", regiscar(v1, lenient))
    assert run("--rules", "regiscar-lenient.1") == f"{len(cases)} of {len(cases)} cases scored.\n"
    stands = dict(Standing.objects.values_list("case__number", "category"))
    assert {n: (stood[n], stands[n]) for n in stands if stood[n] != stands[n]} == {
        moved["number"]: (moved["before"], moved["after"]) for moved in foreseen["moved"]
    }
    assert old < set(Assessment.objects.values_list("pk", flat=True))
    assert set(Standing.objects.values_list("rule_version", "computed__rule_version")) == {
        ("regiscar-lenient.1", "regiscar-lenient.1")
    }
    assert all(replayed.is_identical for replayed in replay(Assessment.objects.all()))
    assert run("--rules", "regiscar-lenient.1") == "0 of 0 cases scored.\n"


def test_rules_that_are_not_the_current_ones_are_not_applied(cases, lenient):
    with pytest.raises(CommandError, match="add --dry-run"):
        run("--rules", "regiscar-lenient.1")


def test_chunks_are_reported_one_by_one(cases):
    chunks = list(rescore_in_chunks(cases, chunk=20))
    assert [chunk.done for chunk in chunks] == [20, 20, 2]
    assert [one.done for one in preview(cases, v1.RULE_VERSION)] == [42]
