"""The one door for writes to a case: `amend(case, by=, reason=)`.

On entering: permission, transaction, lock on the case's score row, history context. On leaving:
the whole case is checked, what happened is written down in domain words, and the case is scored
anew. If anything is refused, nothing has happened.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from accounts.models import User
from cases.models import Case, CaseEvent, CaseRow, CaseScore
from cases.queries.records import records
from cases.queries.visibility import can_amend
from cases.services.checks import check_records
from cases.services.refusals import in_words
from cases.services.scoring import score_cases

Row = TypeVar("Row", bound=CaseRow)


class Amendment:
    """What is being changed in one case. Rows are saved and removed through it, and through nothing else."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.changes: list[str] = []

    def add(self, row: Row) -> Row:
        """Save a new row of the case. Raises ValidationError, field by field."""
        return self._save(row, "added")

    def add_all(self, rows: Iterable[CaseRow]) -> None:
        """Save new rows, one statement for each table; rows that others hang below come first.

        Raises ValidationError as `add` does.
        """
        tables: dict[type[CaseRow], list[CaseRow]] = {}
        for row in rows:
            tables.setdefault(type(row), []).append(row)
        for model, of_table in tables.items():
            for row in of_table:
                self._prepare(row)
            with in_words():
                model.objects.bulk_create(of_table)
            self.changes += [f"added {_describe(row)}" for row in of_table]

    def change(self, row: Row, **values: object) -> Row:
        """Save a row after setting the fields named. Raises ValidationError, field by field."""
        for name, value in values.items():
            setattr(row, name, value)
        return self._save(row, "changed")

    def change_case(self, **values: object) -> Case:
        """Save fields of the case itself. Raises ValidationError, field by field."""
        for name, value in values.items():
            setattr(self.case, name, value)
        self.case.full_clean(validate_constraints=False, validate_unique=False)
        with in_words():
            self.case.save()
        self.changes.append(f"case: {', '.join(values) or 'changed'}")
        return self.case

    def remove(self, row: CaseRow) -> None:
        """Remove a row of the case; its history stays."""
        self._own(row)
        self.changes.append(f"removed {_describe(row)}")
        with in_words():
            row.delete()

    def _save(self, row: Row, verb: str) -> Row:
        self._prepare(row)
        with in_words():
            row.save()
        self.changes.append(f"{verb} {_describe(row)}")
        return row

    def _prepare(self, row: CaseRow) -> None:
        if row.case_id is None:
            row.case = self.case
        self._own(row)
        for field in row._meta.fields:
            # A parent that was saved after it was assigned.
            if isinstance(field, models.ForeignKey) and field.is_cached(row):
                setattr(row, field.name, getattr(row, field.name))
        row.prepare()
        foreign = {field.name for field in row._meta.fields if isinstance(field, models.ForeignKey)}
        row.full_clean(exclude=foreign, validate_unique=False, validate_constraints=False)

    def _own(self, row: CaseRow) -> None:
        if row.case_id != self.case.pk:
            raise ValidationError(f"{_describe(row)} belongs to another case than {self.case}.")


def _describe(row: CaseRow) -> str:
    return f"{row._meta.verbose_name}: {row}"


@contextmanager
def amend(case: Case, *, by: User, reason: str, action: str = "amended") -> Iterator[Amendment]:
    """Change one case. Raises PermissionDenied, and ValidationError when anything is refused."""
    if not can_amend(by, case):
        raise PermissionDenied(f"{by} may not change case {case}.")
    with door([case], by=by, reason=reason, action=action) as (amendment,):
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
def door(cases: list[Case], *, by: User, reason: str, action: str) -> Iterator[list[Amendment]]:
    """What every change of cases goes through, once it is known to be allowed."""
    if not reason.strip():
        raise ValidationError("Give a reason for the change: it is kept in the history.")
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        lock([case.pk for case in cases])
        amendments = [Amendment(case) for case in cases]
        yield amendments
        found = records(case.pk for case in cases)
        check_records(found.values())
        CaseEvent.objects.bulk_create(
            CaseEvent(
                case_id=amendment.case.pk,
                case_number=amendment.case.number,
                action=action,
                changes=amendment.changes,
                reason=reason,
                by_id=by.pk,
                by_name=by.get_username(),
            )
            for amendment in amendments
        )
        score_cases([case.pk for case in cases], found)


def lock(case_ids: Iterable[int]) -> None:
    """Lock the score rows of these cases, always in the same order, so that no two writers deadlock."""
    list(CaseScore.objects.select_for_update().filter(case_id__in=list(case_ids)).order_by("case_id"))
