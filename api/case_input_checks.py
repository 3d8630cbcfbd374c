"""Check the rows of a parsed case before they are written: UUIDs, dates, values and constraints."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from api.case_input import CaseInput, InvalidCaseInput, RowInput
from api.field_values import no_choice
from cases.constraint_fields import fields_of
from cases.models import CaseRow, Examination
from cases.models.fields import MomentField
from cases.recognition import refused_unit


def check(case_input: CaseInput) -> None:
    """Raise InvalidCaseInput with every problem that can be found without writing."""
    _check_new_uuids(case_input)
    _check_anchors(case_input)
    for row_input in case_input:
        _clean(case_input, row_input)
        _check_unit(case_input, row_input)
    if case_input.problems:
        find_violations(case_input)
        raise InvalidCaseInput(case_input.problems)


def find_violations(case_input: CaseInput) -> None:
    """Validate the constraints of every row whose values are valid; adds a problem for each one broken."""
    for row_input in case_input:
        if not row_input.invalid:
            _find_violations_of_row(case_input, row_input)


def _check_new_uuids(case_input: CaseInput) -> None:
    """The UUID of a new row is new to the registry."""
    paths_by_model: dict[type[CaseRow], dict[UUID, str]] = {}
    for row_input in case_input.rows:
        if row_input.is_new:
            paths_by_model.setdefault(type(row_input.row), {})[row_input.row.uuid] = row_input.path
    for model, paths in paths_by_model.items():
        for taken in model.objects.filter(uuid__in=paths).values_list("uuid", flat=True):
            case_input.add_problem(
                f"{paths[taken]}.uuid", "Another row has this UUID. Leave it out to have one given."
            )


def _check_anchors(case_input: CaseInput) -> None:
    """A moment relative to an event names an event of this case."""
    rows = [*case_input.stored.values(), *case_input.given.values()]
    anchors = {"birth"} | {row.anchor for row in rows if row not in case_input.removed}
    for row_input in case_input.rows:
        for name in row_input.changed:
            moment = _moment(row_input.row, name)
            if moment and moment.is_relative and moment.anchor.removesuffix(".end") not in anchors:
                row_input.invalid.add(name)
                case_input.add_problem(
                    f"{row_input.path}.{name}", f"{moment.anchor} is no event of this case."
                )


def _moment(row: Any, name: str) -> Any:
    return getattr(row, name) if isinstance(row._meta.get_field(name), MomentField) else None


def _clean(case_input: CaseInput, row_input: RowInput) -> None:
    """The model's own validation; constraints come later, once all values are valid."""
    is_case = row_input.row is case_input.case
    keys = {field.name for field in row_input.row._meta.fields if field.is_relation}
    exclude = (keys | row_input.invalid) - ({"organisation"} if is_case else set())
    unique = row_input.is_new and is_case
    try:
        row_input.row.full_clean(exclude=exclude, validate_unique=unique, validate_constraints=False)
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            row_input.invalid.add(name)
            for message in _messages(row_input, name, errors):
                case_input.add_problem(f"{row_input.path}.{'' if name == '__all__' else name}", message)


def _messages(row_input: RowInput, name: str, errors: list[ValidationError]) -> Iterator[str]:
    """What is wrong with a field, in sentences; where it takes one of a list, the list."""
    for error in errors:
        if error.code == "invalid_choice":
            yield no_choice(row_input.row._meta.get_field(name), getattr(row_input.row, name))
        else:
            yield from error.messages


def _check_unit(case_input: CaseInput, row_input: RowInput) -> None:
    """A unit that has no safe reading is refused, unless it is stored already."""
    row = row_input.row
    if not isinstance(row, Examination) or {"unit", "name", "test"} & row_input.invalid:
        return
    refusal = refused_unit(row) if row_input.is_new or "unit" in row_input.changed else ""
    if refusal:
        row_input.invalid.add("unit")
        case_input.add_problem(f"{row_input.path}.unit", refusal)


def _find_violations_of_row(case_input: CaseInput, row_input: RowInput) -> None:
    for constraint in row_input.row._meta.constraints:
        try:
            constraint.validate(type(row_input.row), row_input.row)
        except ValidationError as error:
            name = _given_field(constraint, row_input)
            case_input.add_problem(f"{row_input.path}.{name}", " ".join(error.messages))


def _given_field(constraint: Any, row_input: RowInput) -> str:
    """The first given field that a constraint is about; empty where none of its fields was given."""
    about = fields_of(constraint)
    return next((name for name in row_input.changed if name in about), "")
