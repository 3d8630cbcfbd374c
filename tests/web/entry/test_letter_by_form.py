"""Patient 2 of the letter, typed into the empty form and saved once, is the case of the fixture."""

import re
import tomllib
import uuid
from pathlib import Path

import pytest

from assessments.facts import facts_of
from cases.models import Case, Drug
from cases.record.read_cases import read_cases
from scoring.canonical import digest
from tests.standings import standing
from tests.web.entry.posting import ADD, Page
from values.moment_text import format_moment
from values.moments import Moment
from web.entry.form_tabs import INLINES

pytestmark = pytest.mark.django_db
FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "letter_patient_2.toml"


def every_inline(inlines=INLINES):
    for inline in inlines:
        yield inline
        yield from every_inline(getattr(inline, "inlines", ()))


MODELS = {inline.model._meta.model_name: inline.model for inline in every_inline()}
# What the letter's events are called by somebody who types.
CALLED = {
    "mas": "Macrophage activation syndrome",
    "mas.end": "end of Macrophage activation syndrome",
    "anakinra-dose": "first dose of anakinra",
    "dress": "onset",
    "topical-corticosteroids": "treatment with topical corticosteroids",
}
ANCHORS = {key: f"row:{uuid.uuid5(uuid.NAMESPACE_URL, key)}" for key in CALLED}
PARENTS = ("exposure", "examination")


def as_typed(moment: str) -> str:
    """The fixture's {dose}+7d in words."""
    anchored = re.sub(r"\{([\w-]+)\}(\.end)?", lambda key: ANCHORS[f"{key[1]}{key[2] or ''}"], moment)
    return format_moment(Moment.parse(anchored), {called: ANCHORS[key] for key, called in CALLED.items()})


class Typist:
    """Fills in the form from the fixture, row by row in its order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows: dict[str, str] = {}

    def enter(self, table: str, entry: dict) -> None:
        model = MODELS[table]
        boxes = {
            name: self.box(model, name, value) for name, value in entry.items() if name not in ("key", "kind")
        }
        above = next((boxes.pop(name) for name in PARENTS if name in boxes and table != "drugreaction"), None)
        row = self.row(model, entry, above)
        self.page.fill(row, **boxes)
        self.rows[entry.get("key", table)] = row

    def row(self, model, entry, above) -> str:
        place = model._meta.get_field("examination" if hasattr(model, "examination") else "case")
        if model._meta.model_name in ("patient", "narrative"):
            return f"{model._meta.model_name}-0"
        if hasattr(model, "examination"):
            return f"{above}-{model._meta.model_name}-0"
        if above:
            accessor = model._meta.get_field("exposure").remote_field.get_accessor_name()
            return self.page.add(f"{above}-{accessor}")
        return self.page.add(entry.get("kind") or place.remote_field.get_accessor_name())

    def box(self, model, name, value) -> str:
        field = model._meta.get_field(name)
        if isinstance(value, str) and value.startswith("@"):
            return self.rows[value[1:]]
        if name == "drug":
            return str(Drug.objects.get(name=value).pk)
        if type(field).__name__ == "MomentField":
            return as_typed(value)
        if isinstance(value, bool):
            return str(value).lower() if field.null else "on" * value
        return str(value)


def test_patient_2_from_an_empty_database_in_one_save(client, assessor, drugs, letter_cases):
    document = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))
    client.force_login(assessor)
    page = Page(client, ADD).set(number="TYPED-2")
    typist = Typist(page)
    for table, entries in document.items():
        if table != "case":
            for entry in entries if isinstance(entries, list) else [entries]:
                typist.enter(table, entry)
    page.accepted()

    typed, stored = Case.objects.get(number="TYPED-2"), letter_cases[1]
    records = read_cases([typed.pk, stored.pk])
    assert digest(facts_of(records[typed.pk])) == digest(facts_of(records[stored.pk]))
    for name in ("category", "total", "origin", "computed_total", "low", "high"):
        assert getattr(standing(typed), name) == getattr(standing(stored), name), name
    assert typed.drug_reactions.count() == 1
