"""A case told as a tree, read into rows: each value checked, each problem kept with its path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from api.field_values import NotThis, uuid_told, value_told
from cases.constraint_fields import fields_of
from cases.models import Case, CaseRow, CaseState, Drug
from cases.models.fields import MomentField
from cases.record.tree import Branch, leads_to_row, tree
from cases.record.whole_case import WholeCase

REMOVE = "remove"
# What a case is shown with and nobody enters.
SHOWN = {
    "seen", "updated", "score", "items", "scores", "moments", "findings", "adjudications", "versions", "uuid",
}  # fmt: skip
# Said when a case is opened, and never again.
AT_OPENING = ("number", "is_synthetic")


class Refused(ValidationError):
    """What was told can't be entered. `errors`: each problem with the path of the value it is about."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__([f"{one['path']}: {one['detail']}" for one in errors])
        self.errors = errors


@dataclass
class ToldRow:
    """One row, where it stands in the tree, and what of it is told."""

    path: str
    row: Any
    is_new: bool
    changed: list[str] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)


class Reading:
    """Rows in the making. `whole` is the case as it is stored, if it is."""

    def __init__(self, case: Case, whole: WholeCase | None = None) -> None:
        self.case, self.whole = case, whole
        self.told_case = ToldRow("", case, is_new=whole is None)
        self.told_rows: list[ToldRow] = []
        self.removed: list[CaseRow] = []
        self.problems: list[dict[str, str]] = []
        self._stored: dict[UUID, CaseRow] = {row.uuid: row for row in whole} if whole else {}
        self._named: dict[UUID, CaseRow] = {}
        self._references: list[tuple[ToldRow, Any, Any]] = []
        self._last: dict[Any, int] = {}

    def read(self, told: Mapping[str, Any]) -> None:
        """The whole tree. Problems are kept, not raised."""
        if self.told_case.is_new and told.get("uuid") is not None:
            self._try(".uuid", lambda: setattr(self.case, "uuid", uuid_told(told["uuid"])))
        self._row(tree(), self.told_case, told)
        self._resolve()
        self._check_new_names()
        self._check_moments()

    def take_state(self) -> str:
        """The state that a new case shall have; it is opened as a draft."""
        state, self.case.state = self.case.state, CaseState.DRAFT.value
        self.told_case.changed = [name for name in self.told_case.changed if name != "state"]
        return str(state)

    def values_of_case(self) -> dict[str, Any]:
        named = [*self.told_case.changed, *(["uuid"] if self.told_case.is_new else [])]
        return {name: getattr(self.case, name) for name in named}

    def check(self) -> None:
        """Raise Refused for everything that is wrong, as far as it can be told before it is tried."""
        for one in (self.told_case, *self.told_rows):
            self._clean(one)
        if self.problems:
            self.find_violations()
            raise Refused(self.problems)

    def find_violations(self) -> None:
        """Ask the database which rows break which of its constraints, and keep that as problems."""
        for one in (self.told_case, *self.told_rows):
            if not one.wrong:
                self._violations(one)

    def _problem(self, path: str, detail: str) -> None:
        self.problems.append({"path": path.lstrip("."), "detail": detail})

    def _try(self, path: str, act: Any) -> Any:
        try:
            return act()
        except NotThis as error:
            self._problem(path, str(error))
            return None

    def _row(self, branch: Branch, one: ToldRow, told: Mapping[str, Any]) -> None:
        fields = {known.name: known for known in branch.fields}
        below = {known.name: known for known in branch.branches}
        for name, value in told.items():
            path = f"{one.path}.{name}"
            if name in fields:
                self._field(branch, one, fields[name], value)
            elif name in below:
                self._below(below[name], one, path, value)
            elif name not in (SHOWN if branch.model is Case else ("uuid", REMOVE)):
                self._problem(path, f"There is no field of this name in {branch.name}.")

    def _field(self, branch: Branch, one: ToldRow, known: Any, value: Any) -> None:
        if not branch.is_given(known) or (known.name in AT_OPENING and not one.is_new):
            return
        path = f"{one.path}.{known.name}"
        if known.is_relation:
            self._references.append((one, known, value))
            return
        try:
            read = value_told(known, value)
        except NotThis as error:
            one.wrong.add(known.name)
            self._problem(path, str(error))
            return
        self._set(one, known.name, read)

    def _set(self, one: ToldRow, name: str, value: Any) -> None:
        before = getattr(one.row, name)
        if one.is_new or before != value or str(before) != str(value):
            setattr(one.row, name, value)
            one.changed.append(name)

    def _below(self, branch: Branch, above: ToldRow, path: str, value: Any) -> None:
        if branch.is_single:
            if value is not None:
                self._told_row(branch, above, path, value)
        elif not isinstance(value, list):
            self._problem(path, "Write a list.")
        else:
            for number, told in enumerate(value):
                self._told_row(branch, above, f"{path}[{number}]", told)

    def _told_row(self, branch: Branch, above: ToldRow, path: str, told: Any) -> None:
        if not isinstance(told, Mapping):
            self._problem(path, "Write an object.")
            return
        named = (
            None if told.get("uuid") is None else self._try(f"{path}.uuid", lambda: uuid_told(told["uuid"]))
        )
        row = self._stored_row(branch, above, path, named)
        if told.get(REMOVE):
            self._remove(path, row, told[REMOVE])
            return
        one = ToldRow(path, row or branch.model(), is_new=row is None)
        if row is None:
            self._begin(branch, one, above, named)
        if one.row.uuid in self._named:
            self._problem(f"{path}.uuid", "This UUID stands twice in what was sent.")
        self._named[one.row.uuid] = one.row
        self.told_rows.append(one)
        self._row(branch, one, told)

    def _begin(self, branch: Branch, one: ToldRow, above: ToldRow, named: UUID | None) -> None:
        """A new row: its name, its case, what it hangs below, its place among the others."""
        one.row.case = self.case
        setattr(one.row, branch.parent, above.row)
        if named is not None:
            one.row.uuid = named
        if any(known.name == "position" for known in branch.fields):
            one.row.position = self._next_position(branch, above)

    def _next_position(self, branch: Branch, above: ToldRow) -> int:
        """After the rows that are there, in the order in which new ones are told."""
        place = (branch.model, id(above))
        if place not in self._last:
            stored = self.whole.all(branch.model) if self.whole and not above.is_new else []
            below = (row for row in stored if getattr(row, branch.parent) == above.row)
            self._last[place] = max((row.position for row in below), default=0)
        self._last[place] += 1
        return self._last[place]

    def _stored_row(self, branch: Branch, above: ToldRow, path: str, named: UUID | None) -> CaseRow | None:
        if self.whole is None or above.is_new:
            return None
        if branch.is_single and named is None:
            rows = self.whole.all(branch.model)
            return next((row for row in rows if getattr(row, branch.parent) == above.row), None)
        row = None if named is None else self._stored.get(named)
        if row is not None and (type(row) is not branch.model or getattr(row, branch.parent) != above.row):
            self._problem(f"{path}.uuid", "The row of this UUID belongs elsewhere in the case.")
            return None
        return row

    def _remove(self, path: str, row: CaseRow | None, wanted: Any) -> None:
        if wanted is not True:
            self._problem(f"{path}.{REMOVE}", "Write true, or leave it out.")
        elif row is None:
            self._problem(path, "The case has no such row to remove. Name it by its UUID.")
        else:
            self.removed.append(row)

    def _resolve(self) -> None:
        """References to drugs of the dictionary by name, and to rows of the case by UUID."""
        words = {value for _, _, value in self._references if isinstance(value, str)}
        drugs = {drug.name: drug for drug in Drug.objects.filter(name__in=words)} if words else {}
        for one, known, value in self._references:
            path = f"{one.path}.{known.name}"
            if value is None and known.null:
                self._set(one, known.name, None)
            elif leads_to_row(known):
                self._refer_to_row(one, known, path, value)
            elif isinstance(value, str) and value in drugs:
                self._set(one, known.name, drugs[value])
            else:
                one.wrong.add(known.name)
                self._problem(path, f"The drug dictionary has no {str(value)[:100]!r}: see /api/v1/drugs/.")

    def _refer_to_row(self, one: ToldRow, known: Any, path: str, value: Any) -> None:
        named = self._try(path, lambda: uuid_told(value))
        row = self._named.get(named) or self._stored.get(named)
        if row is not None and isinstance(row, known.related_model):
            if one.is_new or getattr(one.row, known.attname) != row.pk or row.pk is None:
                setattr(one.row, known.name, row)
                one.changed.append(known.name)
            return
        one.wrong.add(known.name)
        if named is not None:
            self._problem(path, f"This case has no {known.related_model._meta.verbose_name} of this UUID.")

    def _check_new_names(self) -> None:
        """UUIDs belong to one row of the registry."""
        fresh: dict[type[CaseRow], dict[UUID, str]] = {}
        for one in self.told_rows:
            if one.is_new:
                fresh.setdefault(type(one.row), {})[one.row.uuid] = one.path
        for model, paths in fresh.items():
            for taken in model.objects.filter(uuid__in=paths).values_list("uuid", flat=True):
                self._problem(
                    f"{paths[taken]}.uuid", "Another row has this UUID. Leave it out to have one given."
                )

    def _check_moments(self) -> None:
        """What is dated by an event is dated by one of this case."""
        rows = [*self._stored.values(), *self._named.values()]
        known = {"birth"} | {row.anchor for row in rows if row not in self.removed}
        for one in self.told_rows:
            for name in one.changed:
                moment = getattr(one.row, name)
                is_moment = isinstance(one.row._meta.get_field(name), MomentField) and moment is not None
                if is_moment and moment.is_relative and moment.anchor.removesuffix(".end") not in known:
                    one.wrong.add(name)
                    self._problem(f"{one.path}.{name}", f"{moment.anchor} is no event of this case.")

    def _clean(self, one: ToldRow) -> None:
        keys = {known.name for known in one.row._meta.fields if known.is_relation}
        exclude = (keys | one.wrong) - ({"organisation"} if one.row is self.case else set())
        unique = one.is_new and one.row is self.case
        try:
            one.row.full_clean(exclude=exclude, validate_unique=unique, validate_constraints=False)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                one.wrong.add(name)
                for message in messages:
                    self._problem(f"{one.path}.{'' if name == '__all__' else name}".rstrip("."), message)

    def _violations(self, one: ToldRow) -> None:
        for constraint in one.row._meta.constraints:
            try:
                constraint.validate(type(one.row), one.row)
            except ValidationError as error:
                name = self._field_of(constraint, one)
                self._problem(f"{one.path}.{name}".rstrip("."), " ".join(error.messages))

    def _field_of(self, constraint: Any, one: ToldRow) -> str:
        """The told field that a constraint is about; empty where none of them was told."""
        about = fields_of(constraint)
        return next((name for name in one.changed if name in about), "")
