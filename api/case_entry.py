"""Enter and change cases given as JSON in the shape of `cases.record.tree`, each in one transaction.

Rows are named by UUID: a row that the case has is changed in the fields that are given, any other is added,
and `"remove": true` removes one. What isn't given stays as it is. All problems are reported together, each
with its path (`exposures[1].doses[0].unit`); then nothing is changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from api.answer_input import parse_answers, store_answers
from api.case_input import CaseInput, InvalidCaseInput
from api.case_input_checks import check, find_violations
from cases.amendment import ConcurrentChange, add_to_all, amend
from cases.models import Case
from cases.opening import opening
from cases.record.read_cases import read_cases
from cases.workflow import DATA_ENTRY


def enter_case(data: Mapping[str, Any], *, by: User, reason: str = "") -> Case:
    """Open a case with the given rows and reviewers' answers.

    Raises PermissionDenied, InvalidCaseInput and ValidationError.
    """
    case_input = CaseInput(Case(organisation=by.organisation), by)
    case_input.parse(data)
    state = case_input.pop_state()
    check(case_input)
    answers = parse_answers(data, by=by)
    with (
        _violations_located(case_input),
        opening(by=by, reason=reason or DATA_ENTRY, **case_input.case_values()) as opened,
    ):
        for row_input in case_input.rows:
            row_input.row.case = opened.case
        add_to_all([(opened, [row_input.row for row_input in case_input.rows])])
        if state != opened.case.state:
            opened.change_case(state=state)
        opened.changes += store_answers(opened.case, answers, by=by)
    return opened.case


def change_case(
    case: Case, data: Mapping[str, Any], *, by: User, reason: str = "", seen: int | None = None
) -> Case:
    """Change what is given of a case. `seen`: the event up to which the case was looked at.

    Raises as `enter_case`, and ConcurrentChange.
    """
    (whole,) = read_cases([case.pk]).values()
    case_input = CaseInput(whole.case, by, whole)
    case_input.parse(data)
    check(case_input)
    default_reason = DATA_ENTRY if case.state == "draft" else ""
    with (
        _violations_located(case_input),
        amend(whole.case, by=by, reason=reason or default_reason, seen=seen) as amendment,
    ):
        for row in case_input.removed:
            amendment.remove(row)
        add_to_all([(amendment, [row_input.row for row_input in case_input.rows if row_input.is_new])])
        for row_input in case_input.rows:
            if not row_input.is_new and row_input.changed:
                values = {name: getattr(row_input.row, name) for name in row_input.changed}
                amendment.change(row_input.row, **values)
        if values := case_input.case_values():
            amendment.change_case(**values)
    return whole.case


@contextmanager
def _violations_located(case_input: CaseInput) -> Iterator[None]:
    """Where the database refuses, name the rows and fields of the input whose constraints are broken."""
    try:
        yield
    except (InvalidCaseInput, ConcurrentChange):
        raise
    except ValidationError:
        find_violations(case_input)
        if case_input.problems:
            raise InvalidCaseInput(case_input.problems) from None
        raise
