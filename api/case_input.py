"""Parse a case given as JSON into rows of the models, collecting every problem with its path."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.reach import organisations_in_reach
from api.field_values import InvalidValue, parse_uuid, parse_value
from cases.models import Case, CaseRow, CaseState, Drug
from cases.receipt_days import written_on
from cases.record.case_record import CaseRecord
from cases.record.tree import Branch, leads_to_row, tree

T = TypeVar("T")

REMOVE = "remove"
# Parts of a case's JSON that are read only: they follow from the rest.
READ_ONLY = {
    "seen", "updated", "score", "items", "scores", "moments", "findings", "adjudications", "versions", "uuid",
}  # fmt: skip
# Fixed when a case is opened; ignored in later changes.
FIXED_AT_OPENING = ("number", "is_synthetic")


class InvalidCaseInput(ValidationError):
    """The input can't be entered. `errors`: each problem as `path` and `detail`."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__([f"{error['path']}: {error['detail']}" for error in errors])
        self.errors = errors


@dataclass
class RowInput:
    """A row with the values given for it, and its path in the JSON, such as `exposures[1]`."""

    path: str
    row: Any
    is_new: bool
    changed: list[str] = field(default_factory=list)
    invalid: set[str] = field(default_factory=set)


class CaseInput:
    """The rows of one case as `by` gives them as JSON. `whole`: the case as it is stored, if it is."""

    def __init__(self, case: Case, by: User, whole: CaseRecord | None = None) -> None:
        self.case, self.by, self.whole = case, by, whole
        self.case_row = RowInput("", case, is_new=whole is None)
        self.rows: list[RowInput] = []
        self.removed: list[CaseRow] = []
        self.problems: list[dict[str, str]] = []
        self.stored: dict[UUID, CaseRow] = {row.uuid: row for row in whole} if whole else {}
        self.given: dict[UUID, CaseRow] = {}
        self.written_on = written_on(case, {})
        self._references: list[tuple[RowInput, Any, Any]] = []
        self._last_position: dict[Any, int] = {}

    def __iter__(self) -> Iterator[RowInput]:
        """The case itself, then every row below it in the order of the JSON."""
        yield self.case_row
        yield from self.rows

    def parse(self, data: Mapping[str, Any]) -> None:
        """Parse the whole tree. Problems are collected, not raised."""
        self.written_on = written_on(self.case, data)
        if self.case_row.is_new and data.get("uuid") is not None:
            self._collecting(".uuid", lambda: setattr(self.case, "uuid", parse_uuid(data["uuid"])))
        self._parse_row(tree(), self.case_row, data)
        self._resolve_references()

    def pop_state(self) -> str:
        """The state that a new case shall have; the case is opened as a draft first."""
        state, self.case.state = self.case.state, CaseState.DRAFT.value
        self.case_row.changed = [name for name in self.case_row.changed if name != "state"]
        return str(state)

    def case_values(self) -> dict[str, Any]:
        """The columns of the case that change, with their new values."""
        names = [*self.case_row.changed, *(["uuid"] if self.case_row.is_new else [])]
        return {name: getattr(self.case, name) for name in names}

    def add_problem(self, path: str, detail: str) -> None:
        self.problems.append({"path": path.strip("."), "detail": detail})

    def _collecting(self, path: str, parse: Callable[[], T]) -> T | None:
        """The parsed value; None with a problem noted where it is invalid."""
        try:
            return parse()
        except InvalidValue as error:
            self.add_problem(path, str(error))
            return None

    def _parse_row(self, branch: Branch, row_input: RowInput, data: Mapping[str, Any]) -> None:
        fields = {field.name: field for field in branch.fields}
        branches = {below.name: below for below in branch.branches}
        for name, value in data.items():
            path = f"{row_input.path}.{name}"
            if name in fields:
                self._parse_field(branch, row_input, fields[name], value)
            elif name in branches:
                self._parse_rows_below(branches[name], row_input, path, value)
            elif name not in (READ_ONLY if branch.model is Case else ("uuid", REMOVE)):
                self.add_problem(path, f"There is no field of this name in {branch.name}.")

    def _parse_field(self, branch: Branch, row_input: RowInput, field: Any, value: Any) -> None:
        if field.name == "organisation":
            self._parse_organisation(row_input, value)
            return
        if not branch.is_given(field) or (field.name in FIXED_AT_OPENING and not row_input.is_new):
            return
        if field.is_relation:
            self._references.append((row_input, field, value))
            return
        try:
            self._set(row_input, field.name, parse_value(field, value, self.written_on))
        except InvalidValue as error:
            row_input.invalid.add(field.name)
            self.add_problem(f"{row_input.path}.{field.name}", str(error))

    def _parse_organisation(self, row_input: RowInput, identifier: Any) -> None:
        """Who holds the case: refused, and not passed over, where the user may not give it to them."""
        if identifier == self.case.organisation.identifier:
            return
        reach = organisations_in_reach(self.by)
        organisation = reach.filter(identifier=identifier).first() if isinstance(identifier, str) else None
        if organisation is not None:
            self._set(row_input, "organisation", organisation)
        elif self.by.reaches_all:
            self.add_problem("organisation", "There is no organisation of this identifier.")
        else:
            own = self.by.organisation.identifier
            self.add_problem("organisation", f"You keep cases for {own!r} only. Leave the organisation out.")

    def _set(self, row_input: RowInput, name: str, value: Any) -> None:
        before = getattr(row_input.row, name)
        # As text too: 10 and 10.0 are equal, and yet reported differently.
        if row_input.is_new or before != value or str(before) != str(value):
            setattr(row_input.row, name, value)
            row_input.changed.append(name)

    def _parse_rows_below(self, branch: Branch, above: RowInput, path: str, value: Any) -> None:
        if branch.is_single:
            if value is not None:
                self._parse_row_below(branch, above, path, value)
        elif not isinstance(value, list):
            self.add_problem(path, "Write a list.")
        else:
            for number, data in enumerate(value):
                self._parse_row_below(branch, above, f"{path}[{number}]", data)

    def _parse_row_below(self, branch: Branch, above: RowInput, path: str, data: Any) -> None:
        if not isinstance(data, Mapping):
            self.add_problem(path, "Write an object.")
            return
        uuid = self._parse_own_uuid(path, data)
        row = self._stored_row(branch, above, path, uuid)
        if data.get(REMOVE):
            self._remove(path, row, data[REMOVE])
            return
        row_input = RowInput(path, row or branch.model(), is_new=row is None)
        if row is None:
            self._begin_row(branch, row_input, above, uuid)
        if row_input.row.uuid in self.given:
            self.add_problem(f"{path}.uuid", "This UUID stands twice in what was sent.")
        self.given[row_input.row.uuid] = row_input.row
        self.rows.append(row_input)
        self._parse_row(branch, row_input, data)

    def _parse_own_uuid(self, path: str, data: Mapping[str, Any]) -> UUID | None:
        if data.get("uuid") is None:
            return None
        return self._collecting(f"{path}.uuid", lambda: parse_uuid(data["uuid"]))

    def _begin_row(self, branch: Branch, row_input: RowInput, above: RowInput, uuid: UUID | None) -> None:
        """A new row: its UUID, its case, the row it hangs below, its position among the others."""
        row_input.row.case = self.case
        setattr(row_input.row, branch.parent, above.row)
        if uuid is not None:
            row_input.row.uuid = uuid
        if any(field.name == "position" for field in branch.fields):
            row_input.row.position = self._next_position(branch, above)

    def _next_position(self, branch: Branch, above: RowInput) -> int:
        """After the stored rows, in the order in which new ones are given."""
        siblings = (branch.model, id(above))
        if siblings not in self._last_position:
            stored = self.whole.all(branch.model) if self.whole and not above.is_new else []
            below = (row for row in stored if getattr(row, branch.parent) == above.row)
            self._last_position[siblings] = max((row.position for row in below), default=0)
        self._last_position[siblings] += 1
        return self._last_position[siblings]

    def _stored_row(self, branch: Branch, above: RowInput, path: str, uuid: UUID | None) -> CaseRow | None:
        if self.whole is None or above.is_new:
            return None
        if branch.is_single and uuid is None:
            rows = self.whole.all(branch.model)
            return next((row for row in rows if getattr(row, branch.parent) == above.row), None)
        row = None if uuid is None else self.stored.get(uuid)
        if row is not None and (type(row) is not branch.model or getattr(row, branch.parent) != above.row):
            self.add_problem(f"{path}.uuid", "The row of this UUID belongs elsewhere in the case.")
            return None
        return row

    def _remove(self, path: str, row: CaseRow | None, flag: Any) -> None:
        if flag is not True:
            self.add_problem(f"{path}.{REMOVE}", "Write true, or leave it out.")
        elif row is None:
            self.add_problem(path, "The case has no such row to remove. Name it by its UUID.")
        else:
            self.removed.append(row)

    def _resolve_references(self) -> None:
        """Foreign keys: to drugs of the dictionary by name, to rows of the case by UUID."""
        names = {value for _, _, value in self._references if isinstance(value, str)}
        drugs = {drug.name: drug for drug in Drug.objects.filter(name__in=names)} if names else {}
        for row_input, key, value in self._references:
            path = f"{row_input.path}.{key.name}"
            if value is None and key.null:
                self._set(row_input, key.name, None)
            elif leads_to_row(key):
                self._refer_to_row(row_input, key, path, value)
            elif isinstance(value, str) and value in drugs:
                self._set(row_input, key.name, drugs[value])
            else:
                row_input.invalid.add(key.name)
                self.add_problem(
                    path, f"The drug dictionary has no {str(value)[:100]!r}: see /api/v1/drugs/."
                )

    def _refer_to_row(self, row_input: RowInput, key: Any, path: str, value: Any) -> None:
        uuid = self._collecting(path, lambda: parse_uuid(value))
        row = None if uuid is None else self.given.get(uuid) or self.stored.get(uuid)
        if row is not None and isinstance(row, key.related_model):
            if row_input.is_new or getattr(row_input.row, key.attname) != row.pk or row.pk is None:
                setattr(row_input.row, key.name, row)
                row_input.changed.append(key.name)
            return
        row_input.invalid.add(key.name)
        if uuid is not None:
            self.add_problem(path, f"This case has no {key.related_model._meta.verbose_name} of this UUID.")
