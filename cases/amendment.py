"""The one door for writes to a case: `amend(case, by=, reason=)`.

On entering: permission, transaction, lock on the case, history context. On leaving: what follows from an
amendment (`cases.effects`): the whole case is checked, an event is logged, and the case is scored anew. If
anything is refused, nothing has happened.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction

from accounts.models import User
from cases.database_errors import as_validation_errors
from cases.date_consistency import is_dated_outside_sources
from cases.drugs.linked import link_drugs
from cases.effects import Amended, run_effects
from cases.filled_tests import fill_test
from cases.holders import check_holder
from cases.locks import lock_cases
from cases.models import Case, CaseEvent, CaseRow, CaseState, Examination
from cases.new_rows import check_fields, copy_rows, foreign_keys
from cases.record.read_cases import read_scored_cases
from cases.visibility import can_amend
from cases.workflow import REMEDIES, check_state_change

Row = TypeVar("Row", bound=CaseRow)


class Amendment:
    """The changes of one case. Its rows are saved and removed through this, and through nothing else."""

    def __init__(self, case: Case, state: str, by: User) -> None:
        self.case = case
        self.by = by
        self.state = state  # as it is stored
        self.changes: list[str] = []
        self.may_break_dates = False  # whether a moment could now refer to a row that isn't there

    def add(self, row: Row) -> Row:
        """Save a new row of the case. Raises ValidationError, field by field."""
        return self._save(row, "added")

    def add_all(self, rows: Iterable[CaseRow]) -> None:
        """Save new rows in any order, one statement for each table, parents before their children.

        Raises ValidationError as `add` does.
        """
        add_to_all([(self, rows)])

    def change(self, row: Row, **values: object) -> Row:
        """Save a row after setting the fields named. Raises ValidationError, field by field."""
        for name, value in values.items():
            setattr(row, name, value)
        return self._save(row, "changed")

    def change_case(self, **values: object) -> Case:
        """Save fields of the case itself. Raises ValidationError, field by field."""
        for name, value in values.items():
            setattr(self.case, name, value)
        check_state_change(self.state, self.case.state)
        if "organisation" in values:
            check_holder(self.case.organisation, by=self.by)
        self.case.full_clean(validate_constraints=False, validate_unique=False)
        with as_validation_errors():
            self.case.save(update_fields=values or None)
        self.state = self.case.state
        self.changes.append(f"case: {', '.join(values) or 'changed'}")
        return self.case

    def change_state(self, state: CaseState, **values: object) -> Case:
        """As `change_case`, with a state that only a version may give."""
        self.state = state
        return self.change_case(state=state, **values)

    def remove(self, row: CaseRow) -> None:
        """Remove a row of the case; its history stays."""
        self._own(row)
        self.may_break_dates = True
        self.changes.append(f"removed {_describe(row)}")
        with as_validation_errors():
            row.delete()

    def _save(self, row: Row, verb: str) -> Row:
        link_drugs([row])
        self._prepare(row)
        with as_validation_errors():
            row.save()
        self.changes.append(f"{verb} {_describe(row)}")
        return row

    def _prepare(self, row: CaseRow) -> None:
        if row.case_id is None:
            row.case = self.case
        self._own(row)
        for name in foreign_keys(type(row)) & row._state.fields_cache.keys():
            # A parent that was saved after it was assigned.
            setattr(row, name, getattr(row, name))
        row.prepare()
        if isinstance(row, Examination):
            fill_test(row)
        check_fields(row)
        self.may_break_dates |= is_dated_outside_sources(row)

    def _own(self, row: CaseRow) -> None:
        if row.case_id != self.case.pk:
            raise ValidationError(f"{_describe(row)} belongs to another case than {self.case}.")


def _describe(row: CaseRow) -> str:
    return f"{row._meta.verbose_name}: {row}"


class ConcurrentChange(ValidationError):
    """Somebody else changed the case after it was looked at. `events` are their changes, latest first."""

    def __init__(self, case: Case, events: list[CaseEvent]) -> None:
        self.events = events
        changes = "; ".join(f"{event.by_name} at {event.at:%H:%M} UTC ({event.reason})" for event in events)
        super().__init__(
            f"Case {case} was changed while you had it open, by {changes}. Look at what changed, then save "
            "yours on top."
        )


@contextmanager
def amend(
    case: Case,
    *,
    by: User,
    reason: str,
    action: str = "amended",
    seen: int | None = None,
    revives: bool = False,
) -> Iterator[Amendment]:
    """Change one case. Raises PermissionDenied, and ValidationError when anything is refused.

    `seen` is the id of the latest event of the case that whoever changes it has looked at: a later one
    raises ConcurrentChange. Only what `revives` a nullified case may change it.
    """
    if not can_amend(by, case):
        raise PermissionDenied(f"{by} may not change case {case}.")
    with door([case], by=by, reason=reason, action=action, seen=seen, revives=revives) as (amendment,):
        yield amendment


@contextmanager
def amend_set(
    cases: Iterable[Case], *, by: User, reason: str, action: str = "amended"
) -> Iterator[list[Amendment]]:
    """As `amend` for many cases at once, in one transaction, scored in one go. In order of their ids."""
    ordered = sorted(cases, key=lambda case: case.pk)
    for case in ordered:
        if not can_amend(by, case):
            raise PermissionDenied(f"{by} may not change case {case}.")
    with door(ordered, by=by, reason=reason, action=action) as amendments:
        yield amendments


@contextmanager
def door(
    cases: list[Case],
    *,
    by: User,
    reason: str,
    action: str,
    seen: int | None = None,
    revives: bool = False,
) -> Iterator[list[Amendment]]:
    """What every change of cases goes through; the caller has checked permission."""
    if not reason.strip():
        raise ValidationError("Give a reason for the change: it is kept in the history.")
    with transaction.atomic():
        ids = [case.pk for case in cases]
        lock_cases(ids)
        stored = _stored(ids)
        for case in cases:
            _check(case, stored[case.pk], seen, revives)
        # History rows name the first event of their transaction, by which all that one save did is found.
        first = min((state.event for state in stored.values()), default=None)
        with pghistory.context(user=by.pk, username=by.get_username(), reason=reason, event=first):
            amendments = [Amendment(case, stored[case.pk].state, by) for case in cases]
            yield amendments
            events = {pk: state.event for pk, state in stored.items()}
            run_effects(Amended(amendments, read_scored_cases(ids), events, by, reason, action))


@dataclass(frozen=True)
class _Stored:
    """A case as it is stored, read under the lock."""

    state: str
    latest: int | None  # the id of its latest event
    event: int  # the id set aside for the event of this amendment


def _stored(case_ids: list[int]) -> dict[int, _Stored]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, state, (SELECT max(id) FROM cases_caseevent WHERE case_id = cases_case.id), "
            "nextval(pg_get_serial_sequence('cases_caseevent', 'id')) "
            "FROM cases_case WHERE id = ANY(%s)",
            [case_ids],
        )
        return {pk: _Stored(*values) for pk, *values in cursor.fetchall()}


def _check(case: Case, stored: _Stored, seen: int | None, revives: bool) -> None:
    if stored.state == CaseState.NULLIFIED and not revives:
        raise ValidationError(f"Case {case} is nullified. {REMEDIES[CaseState.NULLIFIED]}")
    if seen is not None and (stored.latest or 0) > seen:
        raise ConcurrentChange(case, list(CaseEvent.objects.filter(case_id=case.pk, id__gt=seen)))


def add_to_all(wanted: Iterable[tuple[Amendment, Iterable[CaseRow]]]) -> None:
    """Save new rows of several cases, one statement for each table. Raises ValidationError as `add` does."""
    tables: dict[type[CaseRow], list[tuple[Amendment, CaseRow]]] = {}
    for amendment, rows in wanted:
        for row in rows:
            tables.setdefault(type(row), []).append((amendment, row))
    for model in sorted(tables, key=_depth):
        _copy(model, tables[model])


def _copy(model: type[CaseRow], wanted: list[tuple[Amendment, CaseRow]]) -> None:
    link_drugs(row for _, row in wanted)
    for amendment, row in wanted:
        amendment._prepare(row)
    with as_validation_errors():
        copy_rows(model, [row for _, row in wanted])
    for amendment, row in wanted:
        amendment.changes.append(f"added {_describe(row)}")


@cache
def _depth(model: type[models.Model]) -> int:
    """How many levels a table of the case lies below the case; parents are saved before their children."""
    targets = (field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey))
    parents = [p for p in targets if isinstance(p, type) and issubclass(p, CaseRow) and p is not model]
    return 1 + max(map(_depth, parents), default=0)
