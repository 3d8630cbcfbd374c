"""Enter a case from a TOML file, through the door that every change goes through.

Tables are named after models (`[[dose]]`), columns after their fields. `key` names a row within
the file: `exposure = "@canakinumab"` points to it, and `onset = "{third}+10d"` is ten days after it.
"""

import tomllib
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import User
from cases.amendment import Amendment, amend_set
from cases.models import Case, CaseRow, Drug, LinkedCase
from cases.opening import opening

# Rows have the same UUIDs at every loading, so that links to evidence stay good.
NAMESPACE = uuid.UUID("5b0d8c9e-6a1f-4a57-9b3e-0c1d2e3f4a5b")


def load_case(path: Path, *, by: User, reason: str) -> Case:
    """Enter the case of a file, unless a case of its number is there already; return it."""
    document = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    case_fields = document.pop("case")
    existing = Case.objects.filter(number=case_fields["number"]).first()
    if existing:
        return existing
    with opening(by=by, reason=reason, **case_fields) as amendment:
        _Loader(amendment, document).load()
    return amendment.case


def link_cases(cases: list[Case], *, relation: str, by: User, reason: str) -> None:
    """Link every case to every other, where it is not linked yet."""
    linked = set(LinkedCase.objects.filter(case__in=cases).values_list("case_id", "number"))
    missing = [
        (case, other)
        for case in cases
        for other in cases
        if other != case and (case.pk, other.number) not in linked
    ]
    if not missing:
        return
    with amend_set({case for case, _ in missing}, by=by, reason=reason, action="linked") as amendments:
        for amendment in amendments:
            others = [other for case, other in missing if case == amendment.case]
            amendment.add_all(LinkedCase(number=o.number, other=o, relation=relation) for o in others)


class _Loader:
    def __init__(self, amendment: Amendment, document: dict[str, Any]) -> None:
        self.amendment = amendment
        self.rows: dict[str, CaseRow] = {}
        self.entries = [
            (apps.get_model("cases", name), entry)
            for name, tables in document.items()
            for entry in (tables if isinstance(tables, list) else [tables])
        ]
        for at, (model, entry) in enumerate(self.entries):
            key = entry.get("key", f"row-{at}")
            self.rows[key] = model(uuid=uuid.uuid5(NAMESPACE, f"{amendment.case.number}/{key}"))
            entry["key"] = key
        self.anchors = {key: row.anchor for key, row in self.rows.items()}
        self.drugs = {drug.name: drug for drug in Drug.objects.filter(name__in=self._drug_names())}

    def _drug_names(self) -> set[str]:
        return {entry["drug"] for _, entry in self.entries if "drug" in entry}

    def load(self) -> None:
        for _, entry in self.entries:
            row = self.rows[entry.pop("key")]
            for name, value in entry.items():
                setattr(row, name, self._value(row, name, value))
        self.amendment.add_all(self.rows.values())

    def _value(self, row: CaseRow, name: str, value: Any) -> Any:
        field: Any = row._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            return self._pointed_to(field, value)
        if isinstance(value, str) and "{" in value and "MomentField" in type(field).__name__:
            value = value.format_map(self.anchors)
        return field.to_python(value)

    def _pointed_to(self, field: Any, value: str) -> models.Model:
        if value.startswith("@"):
            return self.rows[value[1:]]
        if field.related_model is Drug:
            drug = self.drugs.get(value)
            if drug is None:
                raise ValidationError(
                    f"The drug dictionary has no {value!r}: load it first, or leave it out."
                )
            return drug
        raise ValidationError(f"{field.name}: write @key to point to a row of this file, not {value!r}.")
