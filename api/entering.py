"""Enter and change cases that are told as a tree (`cases.record.tree`): through the door, all at once.

Rows are named by UUID: one that the case has is changed in what is told of it, any other is added, and
`"remove": true` takes one away. What isn't told stays. Everything that is wrong is told together, each with
its path (`exposures[1].doses[0].unit`); then nothing is changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from api.answer_input import give_answers, read_answers
from api.case_input import Reading, Refused
from cases.amendment import ChangedMeanwhile, add_to_all, amend
from cases.models import Case
from cases.opening import opening
from cases.record.read_whole import whole_cases
from cases.workflow import DATA_ENTRY


def enter_case(told: Mapping[str, Any], *, by: User, reason: str = "") -> Case:
    """Open a case with all that is told of it, answers of reviewers with it.

    Raises PermissionDenied, Refused and ValidationError.
    """
    reading = Reading(Case(organisation=by.organisation))
    reading.read(told)
    state = reading.take_state()
    reading.check()
    answers = read_answers(told, by=by)
    with _located(reading), opening(by=by, reason=reason or DATA_ENTRY, **reading.values_of_case()) as opened:
        for one in reading.told_rows:
            one.row.case = opened.case
        add_to_all([(opened, [one.row for one in reading.told_rows])])
        if state != opened.case.state:
            opened.change_case(state=state)
        opened.changes += give_answers(opened.case, answers, by=by)
    return opened.case


def change_case(
    case: Case, told: Mapping[str, Any], *, by: User, reason: str = "", seen: int | None = None
) -> Case:
    """Change what is told of a case. Raises as `enter_case`, and ChangedMeanwhile."""
    (whole,) = whole_cases([case.pk]).values()
    reading = Reading(whole.case, whole)
    reading.read(told)
    reading.check()
    needs_none = case.state == "draft"
    with (
        _located(reading),
        amend(whole.case, by=by, reason=reason or (DATA_ENTRY if needs_none else ""), seen=seen) as amendment,
    ):
        for row in reading.removed:
            amendment.remove(row)
        add_to_all([(amendment, [one.row for one in reading.told_rows if one.is_new])])
        for one in reading.told_rows:
            if not one.is_new and one.changed:
                amendment.change(one.row, **{name: getattr(one.row, name) for name in one.changed})
        if values := reading.values_of_case():
            amendment.change_case(**values)
    return whole.case


@contextmanager
def _located(reading: Reading) -> Iterator[None]:
    """Where the database refuses, find out what in the tree it is about."""
    try:
        yield
    except (Refused, ChangedMeanwhile):
        raise
    except ValidationError:
        reading.find_violations()
        if reading.problems:
            raise Refused(reading.problems) from None
        raise
