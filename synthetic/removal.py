"""Remove synthetic cases with their scores, events and history, and nothing else.

Their history is nobody's, so a registry that was filled for a trial need not carry it on. One event for each
chunk records what was removed. The triggers that protect append-only tables are ignored for the statements
of this module alone, which name the keys of cases locked as synthetic; the trigger that protects every other
case stays on. Frozen records of their versions are removed where no other row refers to the same content; all
other files stay, as they are stored by content.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pghistory
import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from assessments.models import Assessment, AssessmentItem, ReviewerAnswer, Standing
from cases.locks import lock_cases
from cases.models import (
    Case,
    CaseEvent,
    CaseRow,
    CaseShare,
    CaseSummary,
    CaseVersion,
    JoinedDuplicate,
    LinkedCase,
    Presence,
    StoredFile,
)

CHUNK = 250
# Triggers that would refuse, count or record the removal. Not that of the case itself.
IGNORED_TRIGGERS = ("append_only", "delete_delete", "evidence_delete")


def removable() -> QuerySet[Case]:
    """Synthetic cases to which no row outside synthetic cases refers."""
    links = LinkedCase.objects.filter(other=OuterRef("pk"), case__is_synthetic=False)
    duplicates = JoinedDuplicate.objects.filter(master=OuterRef("pk"), case__is_synthetic=False)
    masters = JoinedDuplicate.objects.filter(case=OuterRef("pk"), master__is_synthetic=False)
    sent = (model.objects.filter(case=OuterRef("pk")) for model in _holding_tables())  # type: ignore[attr-defined]
    referring = (links, duplicates, masters, *sent)
    return Case.objects.filter(*(~Exists(rows) for rows in referring), is_synthetic=True)


def held() -> QuerySet[Case]:
    """Synthetic cases that a patient's case is linked to, or that were sent or received in a message."""
    return Case.objects.filter(is_synthetic=True).exclude(pk__in=removable())


def desynthesize(by: User, reason: str) -> Iterator[int]:
    """Remove all synthetic cases but those that are `held`; yields how many in each committed chunk."""
    last = 0
    while keys := list(removable().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield _remove(keys, by, reason)
        last = keys[-1]


def _remove(keys: list[int], by: User, reason: str) -> int:
    with transaction.atomic():
        # Summaries first, in order, as every writer locks them.
        lock_cases(keys)
        cases = list(removable().select_for_update().filter(pk__in=keys).order_by("pk"))
        if not cases:
            return 0
        locked = [case.pk for case in cases]
        frozen = _frozen_files(locked)
        for model in _cleared_tables():
            _delete(model, locked)
        _delete_unused(frozen)
        CaseEvent.objects.create(
            case_id=0,
            case_number=f"{cases[0].number} to {cases[-1].number}"[:100],
            action="desynthesized",
            changes=[f"removed {len(cases)} synthetic cases with their history"],
            reason=reason,
            by_id=by.pk,
            by_name=by.get_username(),
        )
    return len(cases)


def _delete(model: type[models.Model], keys: list[int]) -> None:
    """Delete the rows of these cases from one table."""
    columns = COLUMNS.get(model, ("case_id",))
    where = " OR ".join(f"{column} = ANY(%s)" for column in columns)
    if model is AssessmentItem:
        where = f"assessment_id IN (SELECT id FROM {Assessment._meta.db_table} WHERE {where})"  # noqa: S608
    with connection.cursor() as cursor, pgtrigger.ignore(*_ignored_triggers(model)):
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {where}", [keys] * len(columns))  # noqa: S608


def _frozen_files(keys: list[int]) -> list[str]:
    """The digests of the files that were frozen when versions of these cases were closed."""
    closed = CaseVersion.objects.filter(case_id__in=keys, closed_at__isnull=False)
    return [digest for pair in closed.values_list("record_id", "message_id") for digest in pair if digest]


def _delete_unused(digests: list[str]) -> None:
    """Delete the files among these that no row refers to any more."""
    relations: Iterable[Any] = StoredFile._meta.get_fields(include_hidden=True)
    users = [
        Exists(relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in relations
        if relation.one_to_many and not issubclass(relation.related_model, pghistory.models.Event)
    ]
    unused = StoredFile.objects.filter(*(~user for user in users), pk__in=digests)
    with connection.cursor() as cursor, pgtrigger.ignore(*_ignored_triggers(StoredFile)):
        keys = list(unused.values_list("pk", flat=True))
        cursor.execute(f"DELETE FROM {StoredFile._meta.db_table} WHERE digest = ANY(%s)", [keys])  # noqa: S608


# Where a case is named by another column than `case_id`.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Case: ("id",),
    Case.history.rel.related_model: ("id",),  # type: ignore[attr-defined]
    LinkedCase: ("case_id", "other_id"),
    JoinedDuplicate: ("case_id", "master_id"),
}
# Tables of a case beside its rows. A row of any other table (messages and the like) holds the case it names.
OWNED = {
    Assessment,
    AssessmentItem,
    CaseShare,
    CaseSummary,
    CaseVersion,
    JoinedDuplicate,
    Presence,
    ReviewerAnswer,
    Standing,
}


@cache
def _cleared_tables() -> tuple[type[models.Model], ...]:
    """Every table that is cleared, tables that refer to others before those."""
    models_ = list(apps.get_models())
    owned = [model for model in models_ if model in OWNED or issubclass(model, CaseRow | Case)]
    owned += [model for model in models_ if _is_keyed_by_case(model) and model not in owned]
    owned += [model for model in models_ if getattr(model, "pgh_tracked_model", None) in owned]
    referring: dict[type[models.Model], set[type[models.Model]]] = {model: set() for model in owned}
    for model in owned:
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in referring and field.related_model is not model:
                referring[field.related_model].add(model)
    return tuple(TopologicalSorter(referring).static_order())


def _is_keyed_by_case(model: type[models.Model]) -> bool:
    """Whether each row belongs to one case, which is its key."""
    return model._meta.pk.is_relation and model._meta.pk.related_model is Case


@cache
def _holding_tables() -> tuple[type[models.Model], ...]:
    """Tables of messages sent and received: a case that one of their rows names stays."""
    naming = (
        m
        for m in apps.get_models()
        if any(f.name == "case" and f.related_model is Case for f in m._meta.fields)
    )
    return tuple(
        m for m in naming if m not in _cleared_tables() and not issubclass(m, pghistory.models.Event)
    )


@cache
def _ignored_triggers(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(
        f"{model._meta.label}:{trigger.name}"
        for owner, trigger in pgtrigger.registered()
        if owner is model and trigger.name in IGNORED_TRIGGERS
    )
