"""Rules that every model must obey: the one that nobody classified fails here."""

import pghistory
import pgtrigger
import pytest
from django.db import connection, models

from assessments.models import Assessment, AssessmentItem, ReviewerAnswer, Standing
from cases import models as record
from cases.models import (
    AutopsyCauseOfDeath,
    Case,
    CaseEvent,
    CaseRow,
    CaseSummary,
    CausalityAssessment,
    Document,
    DrugInformation,
    ExportLog,
    LinkedCase,
    LiteratureReference,
    OtherIdentifier,
    Parent,
    ParentMedicalHistory,
    ParentPastDrug,
    Presence,
    ReportedCauseOfDeath,
    ReportedScore,
    Sender,
    SenderDiagnosis,
    StoredFile,
    Study,
    StudyRegistration,
    Substance,
    Summary,
)
from cases.record.case_record import SOURCES
from exchange.models import Acknowledgement, Batch, FileChunk, Message
from exchange.receipt_models import Receipt, ReceiptChunk, ReceiptFile
from research.models import DownloadedCases, MaskedDocument, PreparedDownload
from tests.product import product_models

RECORD = [
    m
    for m in product_models("cases", "assessments", "exchange", "research")
    if not issubclass(m, pghistory.models.Event)
]
CASE_ROWS = [model for model in RECORD if issubclass(model, CaseRow)]

APPEND_ONLY = {
    Acknowledgement,
    Assessment,
    AssessmentItem,
    Batch,
    CaseEvent,
    ExportLog,
    FileChunk,
    Message,
    Receipt,
    ReceiptChunk,
    ReceiptFile,
    ReviewerAnswer,
    StoredFile,
}
# Made anew from rows that are tracked, or of the moment; what left is in the log of exports.
UNTRACKED = APPEND_ONLY | {
    CaseSummary,
    DownloadedCases,
    MaskedDocument,
    PreparedDownload,
    Presence,
    Standing,
}
# Rows of a case that no score looks at.
NOT_EVIDENCE = {
    AutopsyCauseOfDeath,
    CausalityAssessment,
    Document,
    DrugInformation,
    LinkedCase,
    LiteratureReference,
    OtherIdentifier,
    Parent,
    ParentMedicalHistory,
    ParentPastDrug,
    ReportedCauseOfDeath,
    Sender,
    SenderDiagnosis,
    Study,
    StudyRegistration,
    Substance,
    Summary,
}


def triggers(model) -> set[str]:
    return {trigger.name for owner, trigger in pgtrigger.registered() if owner is model}


def counts(model) -> bool:
    return {"evidence_insert", "evidence_update", "evidence_delete"} <= triggers(model)


@pytest.mark.parametrize("model", RECORD, ids=lambda m: m.__name__)
def test_every_table_is_tracked_or_append_only_or_says_why_not(model):
    is_tracked = any("insert_insert" in name or name == "insert_insert" for name in triggers(model))
    assert is_tracked == (model not in UNTRACKED)
    assert ("append_only" in triggers(model)) == (model in APPEND_ONLY)


def test_every_table_of_a_case_is_in_the_list_that_reads_and_exports_it():
    assert set(record.CASE_ROWS) == set(CASE_ROWS)
    assert len(record.CASE_ROWS) == len(CASE_ROWS)


@pytest.mark.parametrize("model", CASE_ROWS, ids=lambda m: m.__name__)
def test_every_row_of_a_case_counts_as_evidence_or_is_listed_as_not(model):
    assert counts(model) == (model not in NOT_EVIDENCE)


@pytest.mark.parametrize("model", [*SOURCES, Case, ReportedScore, ReviewerAnswer], ids=lambda m: m.__name__)
def test_whatever_a_score_is_read_from_raises_the_counter(model):
    assert counts(model)


@pytest.mark.parametrize("model", CASE_ROWS, ids=lambda m: m.__name__)
def test_every_row_carries_its_case_and_a_name_that_survives_export(model):
    assert model._meta.get_field("case").remote_field.model is Case
    assert model._meta.get_field("uuid").unique


@pytest.mark.parametrize("model", CASE_ROWS, ids=lambda m: m.__name__)
def test_moments_that_begin_and_end_a_row_exist(model):
    for name in filter(None, (model.starts, model.ends)):
        assert type(model._meta.get_field(name)).__name__ == "MomentField"


@pytest.mark.django_db
def test_every_declared_trigger_is_installed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'"
        )
        installed = {(table.strip('"'), name) for table, name in cursor.fetchall()}
    for model, trigger in pgtrigger.registered():
        assert (model._meta.db_table, trigger.get_pgid(model)) in installed


@pytest.mark.django_db
@pytest.mark.parametrize("model", product_models(), ids=lambda m: m.__name__)
def test_the_database_has_every_constraint_and_index_that_is_declared(model):
    with connection.cursor() as cursor:
        existing = connection.introspection.get_constraints(cursor, model._meta.db_table)
    declared = {declaration.name for declaration in (*model._meta.constraints, *model._meta.indexes)}
    assert declared <= set(existing)
    foreign = {constraint["columns"][0] for constraint in existing.values() if constraint["foreign_key"]}
    unique = {
        constraint["columns"][0]
        for constraint in existing.values()
        if constraint["unique"] and len(constraint["columns"]) == 1
    }
    for column in model._meta.local_fields:
        if column.remote_field and column.db_constraint:
            assert column.column in foreign
        if column.unique:
            assert column.column in unique


def test_generated_fields_and_choices_are_not_nullable_text():
    for model in CASE_ROWS:
        for column in model._meta.fields:
            if isinstance(column, models.CharField | models.TextField):
                assert not column.null, f"{model.__name__}.{column.name}: empty text says “not reported”"
