"""The data dictionary: every column of the record, made from the models and the element table of ICH.

Chapters, tables and columns stand in the order of the case form.
"""

from collections.abc import Iterable, Iterator
from inspect import getdoc
from typing import Any, TypeAlias

import pgtrigger
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models

from cases.field_labels import label_of
from cases.models import CASE_ROWS, Case, CaseVersion
from cases.models.fields import MomentField
from cases.models.ich import NumberField
from e2b.elements import ICH
from scoring.instrument import Instrument, Subject
from scoring.instruments import INSTRUMENTS

AnyField: TypeAlias = "models.Field[Any, Any]"

# Listed once for all rows.
COMMON = ("uuid", "case", "null_flavors", "verbatim")
LEFT_OUT = {"id"}
HEAD = ("Field", "Meaning", "Type", "Unit", "Allowed values", "ICH element", "May be absent as")
CONFORMANCE = {"M": "mandatory", "R": "required", "C": "conditional", "O": "optional"}
TYPES: tuple[tuple[type[AnyField], str], ...] = (
    (MomentField, "moment"),
    (models.ForeignKey, "link"),
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "date and time"),
    (models.DateField, "date"),
    (NumberField, "number, digits as reported"),
    (models.DecimalField, "number"),
    (models.IntegerField, "whole number"),
    (models.UUIDField, "UUID"),
    (models.JSONField, "JSON"),
)
# How the name of a column ends that bears its unit.
UNITS = {"_kg": "kg", "_cm": "cm", "_hours": "hours", "_percent": "%", "celsius": "°C"}

# The meaning of columns that have no help text, as their label is enough on the form.
MEANINGS = {
    "uuid": "Names the row in messages and among the evidence; never changes.",
    "case": "The case that the row belongs to.",
    "state": "Where the case stands in the house.",
    "organisation": "Who keeps the case.",
    "created_at": "When the case was opened here.",
    "significance": "Whether the new information changes assessment or management of the case.",
    "opened_by": "Who opened the version.",
    "opened_at": "When it was opened.",
    "closed_by": "Who closed it.",
    "closed_at": "When it was closed; from then on it is frozen.",
    "record": "Every row of the case as it was then, frozen as bytes.",
    "message": "The case as an ICH message as it was then, frozen as bytes.",
    "age_unit": "Unit of the age.",
    "gestation_unit": "Unit of the gestation.",
    "amount": "How much was given at a time.",
    "assay": "How the virus was looked for.",
    "category": "The class that the source gives.",
    "comments": "What else is to be said.",
    "conclusion": "What the pathologist concludes.",
    "conclusion_verbatim": "The conclusion in the pathologist's own words.",
    "description": "What it looks like.",
    "diagnosis": "Another disease that could explain the picture.",
    "distribution": "Which parts of the body are affected.",
    "drug": "The entry of the drug dictionary, if there is one.",
    "earlier_response": "How the patient did with the drug before this reaction.",
    "earlier_response_text": "The same in words.",
    "end": "When it ended.",
    "examination": "The examination that this belongs to.",
    "exposure": "The drug that this belongs to.",
    "extent": "How far the rash spreads, where no percentage is told.",
    "extent_percent": "Share of the body surface that the rash covers at its widest.",
    "facial_oedema": "Swelling of the face.",
    "file": "The file itself, kept once under the SHA-256 of its bytes.",
    "file_name": "Name of the file as it was chosen or received.",
    "indication": "What the drug was given for.",
    "infiltration": "The skin is thickened to the touch.",
    "instrument": "The score that the source used.",
    "is_family_history": "Of the family, not of the patient.",
    "is_off_label": "Used outside its authorisation.",
    "is_systemic_steroid": "A glucocorticoid that acts in the whole body.",
    "itch": "The rash itches.",
    "kind": "Which of the kinds below it is.",
    "literature": "The publication that says so.",
    "media_type": "What the file is, by its content or as a message said.",
    "name": "What it is called.",
    "organ": "The organ that is involved, or was found not to be.",
    "other": "The other case, where it is in this registry.",
    "other_explanation": "Whether something else explains it: only what is excluded or unknown counts.",
    "pair": "The drug and the reaction that this assesses.",
    "phase": "Whether it belongs to the time before, during or after the reaction; only the reaction's own "
    "is evidence.",
    "position": "Place in the order of the case.",
    "qualifier": "Whether the true value is below or above the number.",
    "reaction": "The reaction.",
    "reference_half_life_high_hours": "Upper end of the half-life in the dictionary when entered.",
    "reference_half_life_low_hours": "Lower end of the half-life in the dictionary when entered.",
    "reference_release": "Release of the dictionary that the half-life came from.",
    "reporter_finds_suggestive": "The source itself calls the rash suggestive of DRESS.",
    "response": "How the patient did with it.",
    "response_at": "When that was seen.",
    "result": "Measured, positive, negative, told in words, not done, not stated: six different things.",
    "route": "How it was given.",
    "scaling": "The skin scales.",
    "sequelae": "What remained.",
    "site": "Where it was measured.",
    "size_cm": "Largest diameter of the largest node.",
    "start": "When it began.",
    "stated_half_life_high_hours": "Upper end of the elimination half-life as the report gives it.",
    "stated_half_life_low_hours": "Lower end of the elimination half-life as the report gives it.",
    "status": "Whether the diagnosis is excluded, considered or present.",
    "term": "What it is called, in the words of the report.",
    "tissue": "Where it was taken from.",
    "total": "The sum of points that the source gives.",
    "virus": "Which virus was looked for.",
    "when": "When it was seen, measured or taken.",
    "doi": "Digital object identifier of the publication.",
    "celsius": "The temperature.",
}


def lines() -> Iterator[str]:
    """The data dictionary as lines of Markdown."""
    form: Any = admin.site.get_model_admin(Case)
    yield from ("# Data dictionary", "")
    yield from ("Made by `manage.py data_dictionary`; do not edit. Words: [glossary](glossary.md).", "")
    yield from _explanations()
    yield from _common()
    described: set[type[models.Model]] = set()
    for chapter in form.chapters:
        yield from (f"## {chapter.title}", "")
        if Case not in described:
            yield from _table(Case, flatten_fieldsets(form.fieldsets))
            described.add(Case)
        for model, names in _tables(chapter.inlines).items():
            if model not in described:
                yield from _table(model, names)
                described.add(model)
    yield from ("## Versions", "")
    yield from _table(CaseVersion, ())
    yield from ("## Scores", "")
    for instrument in INSTRUMENTS.values():
        yield from _instrument(instrument)


def text() -> str:
    """The whole page."""
    return "\n".join(lines()).rstrip() + "\n"


def _explanations() -> Iterator[str]:
    yield "- Empty text means that nothing was reported. A question without an answer means that nobody said."
    yield "- A *moment* is a date as precise as it is known (2016, 2016-03, 2016-03-15), an interval of dates"
    yield "  (2016-03-11..2016-03-20), or an event and an interval (“7 days after first dose of anakinra”);"
    yield "  with ~ before it, it was reported as “about”."
    yield "- *ICH element*: id in E2B(R3) ([all of them](e2b-coverage.md); those of the header,"
    yield "  N, are kept with the messages) and conformance. What is mandatory is asked for when a case"
    yield "  leaves, not when it is entered."
    yield "- *May be absent as*: the nullFlavors that ICH allows instead of a value."
    yield "- Under each table stand the sentences with which the database refuses what can't be."
    yield ""


def _common() -> Iterator[str]:
    yield from ("## In every row of a case", "")
    columns = {column.name: column for column in CASE_ROWS[0]._meta.fields}
    yield from _columns(columns[name] for name in COMMON)


def _tables(inlines: Iterable[Any]) -> dict[type[models.Model], list[str]]:
    """The tables of a chapter with their columns, each once, those below a row after it."""
    tables: dict[type[models.Model], list[str]] = {}
    for inline in inlines:
        fields = flatten_fieldsets(inline.fieldsets or [(None, {"fields": inline.fields})])
        tables.setdefault(inline.model, []).extend(fields)
        for model, names in _tables(getattr(inline, "inlines", ())).items():
            tables.setdefault(model, []).extend(names)
    return tables


def _table(model: type[models.Model], in_form: Iterable[str]) -> Iterator[str]:
    yield from (f"### {_sentence(model._meta.verbose_name)}", "")
    yield from ((getdoc(model) or "").splitlines()[0], "")
    yield from (_evidence(model), "")
    yield from _columns(_ordered(model, list(in_form)))
    yield from _constraint_sentences(model)


def _instrument(instrument: Instrument) -> Iterator[str]:
    """What a score is made of: its items with their answers and points, and its classes."""
    subject = "the case" if instrument.subject is Subject.CASE else "each suspect drug"
    yield from (f"### {instrument.title}", "")
    yield f"{instrument.purpose}, of {subject}. Rules {instrument.rules.RULE_VERSION}. {instrument.citation}"
    yield ""
    yield from (_row(("Item", "Answers with their points")), _row(("---", "---")))
    for row in instrument.items:
        answers = (
            f"{choice.label} `{choice.answer}` {choice.points:+d}" for choice in instrument.choices(row)
        )
        yield _row((f"{row.label} `{row.key}`", "; ".join(answers).replace("+0", "0")))
    yield ""
    yield from (_row(("Class", "Total")), _row(("---", "---")))
    for band in instrument.bands:
        label = instrument.category(str(band.category)).label
        yield _row((f"{label} `{band.category}`", f"{band.low} to {band.high}"))
    yield ""


def _evidence(model: type[models.Model]) -> str:
    names = {trigger.name for owner, trigger in pgtrigger.registered() if owner is model}
    counts = "evidence_update" in names
    effect = "evidence: every change outdates the score" if counts else "no evidence for the score"
    return f"`{model._meta.db_table}`, {effect}."


def _ordered(model: type[models.Model], in_form: list[str]) -> list[AnyField]:
    """The columns of a table: first those of the form in its order, then those that nobody enters."""
    fields = [field for field in model._meta.fields if field.name not in {*COMMON, *LEFT_OUT}]
    place = {name: at for at, name in reversed(list(enumerate(in_form)))}
    return sorted(fields, key=lambda field: place.get(field.name, len(in_form)))


def _columns(fields: Iterable[AnyField]) -> Iterator[str]:
    yield _row(HEAD)
    yield _row(["---"] * len(HEAD))
    for field in fields:
        yield _row(_cells(field))
    yield ""


def _cells(field: AnyField) -> Iterator[str]:
    yield f"{label_of(field)} `{field.name}`"
    yield meaning_of(field)
    yield _type(field)
    yield _unit(field)
    yield _allowed(field)
    elements = [ICH[element] for element in getattr(field, "ich", ())]
    yield "; ".join(f"{element.id}, {CONFORMANCE[element.conformance]}" for element in elements)
    yield " ".join(dict.fromkeys(flavor for element in elements for flavor in element.null_flavors))


def meaning_of(field: AnyField) -> str:
    """The help text of the form, without the id that has a column of its own; else its line in MEANINGS."""
    meaning = str(field.help_text) or MEANINGS.get(field.name, "")
    for element in getattr(field, "ich", ()):
        meaning = meaning.replace(f" ({element})", "")
    return meaning


def _type(field: AnyField) -> str:
    if field.remote_field:
        return f"link: {field.remote_field.model._meta.verbose_name}"
    if field.choices:
        return "choice"
    if isinstance(field, models.BooleanField) and field.null:
        return "yes, no, or not said"
    if isinstance(field, models.CharField | models.TextField):
        return f"text, up to {field.max_length}" if field.max_length else "text"
    return next((words for kind, words in TYPES if isinstance(field, kind)), type(field).__name__)


def _unit(field: AnyField) -> str:
    if not isinstance(field, models.DecimalField | models.IntegerField):
        return ""
    if unit := next((unit for ending, unit in UNITS.items() if field.name.endswith(ending)), ""):
        return unit
    beside = {column.name for column in field.model._meta.fields}
    is_amount = isinstance(field, models.DecimalField)
    partner = next((name for name in (f"{field.name}_unit", is_amount and "unit") if name in beside), "")
    return f"`{partner}`" if partner else ""


def _allowed(field: AnyField) -> str:
    if field.choices:
        return "; ".join(f"`{value}` {label}" for value, label in field.choices if value not in (None, ""))
    if isinstance(field, models.BooleanField):
        return ""
    lists = {ICH[element].codes for element in getattr(field, "ich", ())} - {""}
    named = sorted(name for name in lists if name.isalpha() or " " in name)
    return ", ".join(f"code: {name}" for name in named)


def _constraint_sentences(model: type[models.Model]) -> Iterator[str]:
    sentences = dict.fromkeys(str(c.get_violation_error_message()) for c in model._meta.constraints)
    yield from (f"- {sentence}" for sentence in sentences)
    if sentences:
        yield ""


def _row(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _sentence(words: object) -> str:
    return str(words)[:1].upper() + str(words)[1:]
