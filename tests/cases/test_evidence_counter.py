"""The evidence counter: raised by any change of evidence, by whatever door, in the same transaction."""

import io

import pytest
from django.apps import apps
from django.db import connection, transaction

from cases.models import Case, CaseSummary, Exposure, ReportedScore, Symptom, Temperature
from cases.record.case_record import SOURCES
from tests.cases.rows import NODES, PARENTS, add, open_case, sql

pytestmark = pytest.mark.django_db

NEEDED = {
    "Patient": {},
    "MedicalHistory": {"term": "x"},
    "PastDrug": {"name": "x"},
    "Exposure": {"name": "x"},
    "Reaction": {"term": "x"},
    "Treatment": {"name": "x"},
    "Temperature": {"celsius": 37},
    "OrganInvolvement": {"organ": "liver"},
    "Symptom": {"term": "x"},
    "DifferentialDiagnosis": {"diagnosis": "x"},
    "LymphNodeSite": {"site": "x"},
    "Examination": {"name": "x", "result": "not_done"},
    "ReportedScore": {"total": 5, "source": "x"},
}


def version(case) -> int:
    return CaseSummary.objects.get(case=case).evidence_version


def make(model, case, by):
    values = dict(NEEDED.get(model.__name__, {}))
    for name, parent in PARENTS.items():
        if any(f.name == name and f.is_relation for f in model._meta.fields):
            values[name] = add(case, by, NODES() if model.__name__ == "LymphNodeSite" else parent())
    return model(**values)


@pytest.mark.parametrize("model", [*SOURCES, ReportedScore], ids=lambda m: m.__name__)
def test_insert_update_and_delete_by_raw_sql_each_raise_it(assessor, model):
    case = open_case(assessor)
    row = make(model, case, assessor)
    before = version(case)
    add(case, assessor, row)
    after_insert = version(case)
    table = model._meta.db_table
    sql(f"UPDATE {table} SET verbatim = 'by hand' WHERE case_id = %s", case.pk)
    after_update = version(case)
    sql(f"DELETE FROM {table} WHERE case_id = %s", case.pk)
    after_delete = version(case)
    assert before < after_insert < after_update < after_delete
    assert not CaseSummary.objects.get(case=case).is_current


def test_the_case_itself_counts(assessor):
    case = open_case(assessor)
    before = version(case)
    sql("UPDATE cases_case SET latest_information = '2020-01-01' WHERE id = %s", case.pk)
    assert version(case) > before


def test_one_statement_raises_it_once_for_every_case_it_touches(letter_cases):
    before = [version(case) for case in letter_cases]
    sql("UPDATE cases_examination SET comment = 'checked'")
    assert [version(case) for case in letter_cases] == [number + 1 for number in before]


def test_queryset_update_and_bulk_create_count(letter_cases):
    case = letter_cases[0]
    before = version(case)
    Temperature.objects.filter(case=case).update(is_peak=True)
    Symptom.objects.bulk_create(Symptom(case=case, term=str(n)) for n in range(20))
    assert version(case) == before + 2


def test_copy_counts(letter_cases):
    case = letter_cases[0]
    before = version(case)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            "COPY cases_symptom (uuid, null_flavors, verbatim, phase, case_id, term, result) FROM STDIN",
            io.StringIO(
                f"6c1f0000-0000-4000-8000-00000000009e\t{{}}\t\treaction\t{case.pk}\titch\tpositive\n"
            ),
        )
    assert version(case) == before + 1


def test_moving_a_row_to_another_case_counts_for_both(letter_cases):
    mine, other = letter_cases
    before = version(mine), version(other)
    sql("UPDATE cases_symptom SET case_id = %s WHERE case_id = %s", other.pk, mine.pk)
    assert (version(mine), version(other)) == (before[0] + 1, before[1] + 1)


def test_what_no_score_looks_at_does_not_count(letter_cases):
    case = letter_cases[0]
    before = version(case)
    sql("UPDATE cases_literaturereference SET doi = 'x' WHERE case_id = %s", case.pk)
    assert version(case) == before


def test_scoring_and_raising_the_counter_write_no_history(letter_cases):
    history = [m for m in apps.get_models() if m.__name__ in ("CaseSummaryHistory", "StandingHistory")]
    assert history == []


def test_a_score_cannot_claim_to_be_newer_than_the_evidence(letter_cases):
    with pytest.raises(Exception, match="standing_not_ahead_of_evidence"), transaction.atomic():
        sql("UPDATE assessments_standing SET scored_version = evidence_version + 1")
    with pytest.raises(Exception, match="summary_not_ahead_of_evidence"), transaction.atomic():
        sql("UPDATE cases_casesummary SET summarised_version = evidence_version + 1")


def test_every_case_has_its_summary_whoever_made_it(organisation):
    """Made as a bulk load would, past every service."""
    (case,) = Case.objects.bulk_create([Case(number="RAW-1", organisation=organisation)])
    summary = CaseSummary.objects.get(case=case)
    assert (summary.is_current, list(case.standings.all())) == (False, [])


def test_exposure_history_is_written_by_triggers_too(letter_cases):
    sql("UPDATE cases_exposure SET name = 'changed by hand'")
    assert Exposure.objects.first().history.filter(pgh_label="update").exists()
