"""What is inserted in bulk is as if entered case by case: whole, tracked, logged, scored, and only once."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from assessments.assessing import replay
from assessments.models import Standing
from cases.date_consistency import check_dates
from cases.models import Case, CaseEvent, CaseSummary, Exposure
from cases.record.read_cases import read_cases
from cases.version_records import compare, freeze_record, read_frozen_record
from synthetic import insertion
from synthetic.generator import COLUMNS
from synthetic.insertion import make, synthesize

pytestmark = pytest.mark.django_db
TABLES = [apps.get_model("cases", name) for name in COLUMNS]


def run(*arguments) -> str:
    out = StringIO()
    call_command("synthesize", *map(str, arguments), "--jobs", "1", "--chunk", "4", stdout=out, stderr=out)
    return out.getvalue()


def contents() -> dict:
    """Every synthetic row without the keys that the database gives, and without today's date."""
    return {
        model.__name__: sorted(
            json.dumps({k: str(v) for k, v in row.items() if not k.endswith("id") or k == "uuid"})
            for row in model.objects.values()
        )
        for model in TABLES
    }


def test_cases_are_synthetic_scored_and_there_once(drugs):
    assert run(10, "--seed", 7).startswith("10 cases made, 0 were there already;")
    assert Case.objects.filter(is_synthetic=True).count() == 10
    assert Standing.objects.filter(is_current=True).exclude(category="").count() == 10
    assert run(12, "--seed", 7).startswith("2 cases made, 10 were there already;")
    assert Case.objects.count() == 12


def test_the_same_seed_gives_the_same_rows(drugs):
    run(6, "--seed", 3)
    first = contents()
    call_command("desynthesize", "--yes", stdout=StringIO())
    assert not Case.objects.exists()
    run(6, "--seed", 3)
    assert contents() == first


def test_a_run_that_was_cut_short_is_taken_up_where_it_was(drugs):
    run(8, "--seed", 3)
    whole = contents()
    call_command("desynthesize", "--yes", stdout=StringIO())
    chunks = synthesize(8, seed=3, is_scored=False, chunk=4)
    assert next(chunks).made == 4
    chunks.close()
    assert Case.objects.count() == 4
    assert run(8, "--seed", 3).startswith("4 cases made, 4 were there already;")
    assert contents() == whole
    assert CaseSummary.objects.filter(is_current=False).count() == 0


def test_unscored_cases_say_that_they_are_outdated(drugs):
    run(3, "--seed", 1, "--no-score")
    assert [score.is_current for score in CaseSummary.objects.all()] == [False] * 3


def test_every_row_has_its_history_with_who_and_why(drugs):
    run(30, "--seed", 2, "--no-score")
    for model in (model for model in TABLES if hasattr(model, "history")):
        history = model.history.rel.related_model.objects
        assert history.count() == model.objects.count() > 0, model
        contexts = {
            (context["username"], context["reason"])
            for context in history.values_list("pgh_context", flat=True)
        }
        assert contexts == {("synthesizer", insertion.REASON)}, model


def test_every_case_has_its_event_and_its_first_version(drugs):
    run(5, "--seed", 2, "--no-score")
    for case in Case.objects.all():
        event = CaseEvent.objects.get(case_id=case.pk)
        assert (event.action, event.case_number, event.by_name) == ("synthesized", case.number, "synthesizer")
        first, *later = case.versions.order_by("number")
        assert (first.number, first.kind) == (1, "initial")
        assert [(v.number, v.kind) for v in later] in ([], [(2, "follow_up")])


def test_a_follow_up_brought_what_the_frozen_first_version_lacks(drugs):
    run(40, "--seed", 2, "--no-score")
    followed = Case.objects.filter(versions__number=2)
    assert 0 < followed.count() < 40
    brought = set()
    for case in followed:
        first, second = case.versions.order_by("number")
        assert (first.received, second.received) == (case.first_received, case.latest_information)
        assert first.closed_at == second.opened_at
        assert second.closed_at is None
        changes = compare(read_frozen_record(first), freeze_record(case))
        assert {change.kind for change in changes} <= {"added", "changed"}
        assert [change.table for change in changes if change.kind == "changed"] == ["case"]
        brought |= {change.table for change in changes}
    assert brought == {"case", "treatment", "differential diagnosis", "reported score"}


def test_what_is_entered_would_have_passed_the_door(drugs):
    """Row by row and as whole cases: the checks that bulk writing leaves out find nothing.

    Constraints, unique keys and foreign keys are left out here: the database has checked them on the way in.
    """
    run(40, "--seed", 5, "--no-score")
    for model in TABLES:
        keys = [field.name for field in model._meta.fields if field.is_relation]
        for row in model.objects.all():
            row.full_clean(keys, validate_unique=False, validate_constraints=False)
    check_dates(read_cases(Case.objects.values_list("pk", flat=True)).values())


def test_the_half_life_of_the_dictionary_is_copied(drugs):
    run(10, "--seed", 5, "--no-score")
    for row in Exposure.objects.select_related("drug"):
        default = row.drug.half_lives.filter(is_default=True).first()
        assert row.reference_half_life_low_hours == (default.low_hours if default else None)
        assert row.reference_release == row.drug.release


def test_all_classes_and_all_origins_but_the_reviewers_come_up(drugs):
    run(120, "--seed", 1)
    found = Standing.objects.values_list("category", "origin", "reported_is_attainable")
    assert {category for category, _, _ in found} == {"no_case", "possible", "probable", "definite"}
    assert {(origin, attainable) for _, origin, attainable in found} == {
        ("computed", None), ("computed", False), ("reported", True),
    }  # fmt: skip
    assert all(replayed.is_identical for replayed in replay(_assessments()))


def _assessments():
    return apps.get_model("assessments", "Assessment").objects.all()


def test_without_a_dictionary_the_command_names_the_remedy(db):
    with pytest.raises(CommandError, match="dictionary is empty"):
        run(1, "--seed", 1)


def test_a_chunk_takes_as_many_queries_whatever_its_size(drugs, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    order = insertion.Order(1, 10, insertion.synthesizer().pk, is_scored=False)
    with CaptureQueriesContext(connection) as few:
        make(order, range(1, 60))
    with CaptureQueriesContext(connection) as many:
        make(order, range(60, 260))
    assert len(few) == len(many)
