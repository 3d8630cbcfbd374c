"""No stale score is ever shown as current, whoever changes what behind our back."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from assessments.score_cases import score_cases
from assessments.scorecards import as_data, scorecards
from cases.amendment import amend
from cases.models import CaseSummary, Symptom, Temperature
from tests.cases.rows import sql

LOWER = "UPDATE cases_examination SET value = 300 WHERE test = 'eosinophils'"


@pytest.mark.django_db
def test_a_raw_update_of_an_eosinophil_value_makes_the_score_outdated(letter_cases):
    sql(LOWER)
    for card in scorecards(letter_cases):
        assert not card.is_current
        assert as_data(card)["standing"] is None


@pytest.mark.django_db
def test_the_score_command_scores_anew_before_it_prints(letter_cases):
    sql(LOWER)
    out = StringIO()
    call_command("score", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert [case["current"] for case in told] == [True, True]
    assert [case["computed"]["total"] for case in told] == [1, 1]


@pytest.mark.django_db
def test_rescore_brings_what_is_outdated_up_to_date(letter_cases):
    sql(LOWER)
    out = StringIO()
    call_command("rescore", stdout=out)
    assert out.getvalue() == "2 of 2 cases scored.\n"
    assert CaseSummary.objects.filter(is_current=True).count() == 2
    call_command("rescore", stdout=out)
    assert "0 of 0 cases scored." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_score_that_lost_a_race_does_not_pass_for_current(letter_cases, monkeypatch):
    """Somebody commits new evidence after our rows were read and before our result is stored."""
    from assessments import score_cases as scoring

    case, read, raced = letter_cases[0], scoring.read_scored_cases, threading.Event()

    def raw_writer():
        with connection.cursor() as cursor:
            # Evidence itself is not locked, only the counter: this waits until we are done.
            cursor.execute(f"{LOWER} AND case_id = {case.pk}")
        connection.close()

    def read_then_race(ids):
        found = read(ids)
        if not raced.is_set():
            raced.set()
            writer.start()
        return found

    writer = threading.Thread(target=raw_writer)
    monkeypatch.setattr(scoring, "read_scored_cases", read_then_race)
    score_cases([case.pk])
    writer.join(timeout=10)
    assert not CaseSummary.objects.get(case=case).is_current


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_lose_nothing_and_end_current(letter_cases, assessor):
    """Eight people amend both cases at once while somebody else works in raw SQL."""
    failures = []

    def work(number: int):
        try:
            for turn in range(5):
                case = letter_cases[(number + turn) % 2]
                with amend(case, by=assessor, reason=f"writer {number}") as amendment:
                    amendment.add(Symptom(term=f"{number}-{turn}"))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    def meddle():
        for _ in range(10):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE cases_temperature SET verbatim = verbatim || '.'")
        connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)] + [threading.Thread(target=meddle)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert Symptom.objects.filter(term__contains="-").count() == 40
    for card in scorecards(letter_cases):
        # Current ones were scored from these very rows; the rest say that they are outdated.
        assert card.is_current == (card.standing.evidence_version == card.standing.scored_version)
    score_cases([case.pk for case in letter_cases])
    assert CaseSummary.objects.filter(is_current=True).count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_counter_and_the_evidence_are_committed_together(letter_cases):
    case = letter_cases[0]
    before = CaseSummary.objects.get(case=case).evidence_version
    with pytest.raises(RuntimeError), transaction.atomic():
        Temperature.objects.filter(case=case).update(is_peak=True)
        raise RuntimeError("power cut")
    assert CaseSummary.objects.get(case=case).evidence_version == before
