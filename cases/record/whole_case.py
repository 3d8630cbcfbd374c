"""A whole case in memory: all its rows, linked to each other, as they were read or as they will be saved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.db.models import ForeignKey

from cases.event_names import DatingRows
from cases.models import Case, CaseRow, CaseScore, Dose, MedicalHistory, Reaction, Treatment

Row = TypeVar("Row", bound=CaseRow)


@dataclass
class WholeCase:
    """One case with its rows by model, each in its own order. Foreign keys between them are filled in."""

    case: Case
    rows: dict[type[CaseRow], list[CaseRow]] = field(default_factory=lambda: defaultdict(list))
    score: CaseScore | None = None
    _below: dict[tuple[type[CaseRow], str], dict[int, list[CaseRow]]] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def of(cls, case: Case, rows: Iterable[CaseRow]) -> "WholeCase":
        """From rows that are linked already, saved or not."""
        whole = cls(case)
        for row in rows:
            whole.rows[type(row)].append(row)
        return whole

    def all(self, model: type[Row]) -> list[Row]:
        return self.rows.get(model, [])  # type: ignore[return-value]

    def one(self, model: type[Row]) -> Row | None:
        """The row of a model that a case has at most once."""
        return next(iter(self.all(model)), None)

    def below(self, model: type[Row], key: str, parent: CaseRow) -> list[Row]:
        """The rows of a model that hang below another row by a foreign key."""
        if (model, key) not in self._below:
            grouped: dict[int, list[CaseRow]] = defaultdict(list)
            for row in self.all(model):
                grouped[id(getattr(row, key))].append(row)
            self._below[model, key] = grouped
        return self._below[model, key].get(id(parent), [])  # type: ignore[return-value]

    @property
    def dating_rows(self) -> DatingRows:
        """The rows that others are dated by."""
        return DatingRows(self.all(Reaction), self.all(Dose), self.all(Treatment), self.all(MedicalHistory))

    def __iter__(self) -> Iterator[CaseRow]:
        """Every row of the case."""
        for rows in self.rows.values():
            yield from rows


@cache
def keys_to_rows(model: type[CaseRow]) -> list["ForeignKey[Any, Any]"]:
    """The foreign keys of a model that lead to other rows of the same case."""
    return [
        key
        for key in model._meta.fields
        if isinstance(key, ForeignKey) and issubclass(key.related_model, CaseRow)
    ]
