"""JSON schemas of the OpenAPI document: those of a case made from its models, the others literal."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from api.case_input import READ_ONLY
from cases.models.fields import SHAPE, MomentField
from cases.record.tree import Branch, leads_to_row, tree
from research.deidentified import Leaves, leaves

Shape = dict[str, Any]
NUMBER = r"^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$"
TEXT, WHOLE, TRUTH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
UUID, TIME, DAY = ({"type": "string", "format": kind} for kind in ("uuid", "date-time", "date"))
DAYS_KEY = {"$ref": "#/components/schemas/Days"}


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def listed(item: Shape) -> Shape:
    return {"type": "array", "items": item}


def maybe(shape: Shape) -> Shape:
    """The shape, or null."""
    if isinstance(shape.get("type"), str) and "enum" not in shape:
        return {**shape, "type": [shape["type"], "null"]}
    return {"anyOf": [shape, {"type": "null"}]}


def thing(optional: tuple[str, ...] = (), /, **properties: Shape) -> Shape:
    """An object with these properties and no other."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def case_shapes() -> Iterator[tuple[str, Shape]]:
    """Every table of a case twice: as it is read, and as it is entered (`...Input`)."""
    for branch in tree():
        yield branch.title, _output(branch)
        yield f"{branch.title}Input", _input(branch)


def _output(branch: Branch) -> Shape:
    """What is required is what de-identified cases have too."""
    ways = leaves(branch.model)
    properties = {"uuid": UUID}
    required = ["uuid"] if ways.get("uuid") == Leaves.AS_IS else []
    for field in branch.fields:
        shape = _value(field)
        if ways[field.name] == Leaves.AS_DAYS:
            shape = {"anyOf": [shape, DAYS_KEY]}
        properties[field.name] = {**shape, "description": _meaning(field)}
        if ways[field.name] != Leaves.NOT:
            required.append(field.name)
    for below in branch.branches:
        properties[below.name] = maybe(ref(below.title)) if below.is_single else listed(ref(below.title))
        required.append(below.name)
    if branch.parent == "":
        properties |= BESIDE_CASE
        required += ["seen", "updated", "score", "items"]
    return {
        "type": "object",
        "description": (branch.model.__doc__ or "").strip(),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _input(branch: Branch) -> Shape:
    properties: Shape = {"uuid": UUID}
    for field in branch.fields:
        if branch.is_given(field):
            properties[field.name] = {**_value(field), "description": _meaning(field)}
        else:
            properties[field.name] = {"description": "Follows from the rest: not read.", "readOnly": True}
    for below in branch.branches:
        name = f"{below.title}Input"
        properties[below.name] = maybe(ref(name)) if below.is_single else listed(ref(name))
    if branch.parent == "":
        properties |= {name: {"description": "Shown: not read.", "readOnly": True} for name in READ_ONLY}
        properties["adjudications"] = {
            **listed(ref("AdjudicationEntered")),
            "description": "Read when a case is entered, by those who may answer items; else shown.",
        }
        properties |= {"seen": WHOLE, "reason": {**TEXT, "description": "Why; from review on it is needed."}}
    else:
        properties["remove"] = {"const": True, "description": "Takes this row away."}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(field: Any) -> Shape:
    shape = _value_not_null(field)
    return maybe(shape) if field.null else shape


def _value_not_null(field: Any) -> Shape:
    if field.is_relation:
        return UUID if leads_to_row(field) else TEXT
    if isinstance(field, MomentField):
        return {**TEXT, "pattern": SHAPE}
    for field_class, shape in (
        (models.JSONField, {"type": "object"}),
        (models.DateTimeField, TIME),
        (models.DateField, DAY),
        (models.BooleanField, TRUTH),
        (models.IntegerField, WHOLE),
        (models.DecimalField, {"type": ["string", "number"], "pattern": NUMBER}),
    ):
        if isinstance(field, field_class):
            return shape
    if field.choices:
        return {**TEXT, "enum": _choices(field)}
    return {**TEXT, "maxLength": field.max_length} if field.max_length else TEXT


def _choices(field: Any) -> list[str]:
    codes = [code for code, _ in field.flatchoices]
    return [*codes, ""] if field.blank and "" not in codes else codes


def _meaning(field: Any) -> str:
    elements = ", ".join(getattr(field, "ich", ()))
    return " ".join(filter(None, [str(field.help_text), f"ICH E2B(R3): {elements}." if elements else ""]))


SCORE = thing(
    is_current={
        **TRUTH,
        "description": "False: the evidence has changed since; the class may not be relied on.",
    },
    category=maybe({**TEXT, "description": "The standing class: open unless `is_settled`, or as reported."}),
    total=maybe(WHOLE),
    origin=maybe({**TEXT, "description": "adjudicated, reported or computed: where the class comes from."}),
    is_settled=maybe(
        {
            **TRUTH,
            "description": "Whether evidence and reviewers' answers leave one class only. Else the class is "
            "open, from the lowest to the highest one below.",
        }
    ),
    computed_total=maybe({**WHOLE, "description": "Points from the evidence alone."}),
    computed_category=maybe({**TEXT, "description": "The class of the computed total."}),
    low=maybe({**WHOLE, "description": "The least total that is attainable when what is open is settled."}),
    high=maybe(WHOLE),
    lowest_category=maybe(TEXT),
    highest_category=maybe(TEXT),
    adjudicated_low=maybe(
        {**WHOLE, "description": "The same with reviewers' answers; null where none holds."}
    ),
    adjudicated_high=maybe(WHOLE),
    adjudicated_lowest_category=maybe(TEXT),
    adjudicated_highest_category=maybe(TEXT),
    provisional=TRUTH,
    answers_due={**WHOLE, "description": "Reviewers' answers that are due for re-review."},
    rule_version=TEXT,
)
ITEM = thing(
    ("label",),
    key=TEXT,
    label=TEXT,
    answer=TEXT,
    points=WHOLE,
    low=WHOLE,
    high=WHOLE,
    basis={**TEXT, "enum": ["measured", "denied", "reported", "adjudicated", "missing"]},
    rule={**TEXT, "description": "The sentence of the table that decided."},
    needs={**TEXT, "description": "What would settle it; empty when it is settled."},
    evidence={**listed(UUID), "description": "The rows that it rests on."},
)
OF_RESULT = {
    "total": maybe(WHOLE),
    "low": maybe(WHOLE),
    "high": maybe(WHOLE),
    "category": maybe(TEXT),
    "rule_version": maybe(TEXT),
}
SCORES = thing(
    ("by_instrument", "exposure"),
    by_instrument={
        "type": "object",
        "additionalProperties": listed(ref("Scores")),
        "description": "The same by other instruments: one entry, or one for each suspect drug.",
    },
    exposure={**maybe(UUID), "description": "The drug, where an instrument assesses drugs."},
    current=TRUTH,
    standing=maybe(
        thing(
            **OF_RESULT,
            origin=TEXT,
            settled={**TRUTH, "description": "Whether evidence and answers leave one class only."},
            badge={
                **TEXT,
                "description": "The class in words: settled, reported, or open with all in reach.",
            },
        )
    ),
    computed=maybe(thing(**OF_RESULT)),
    adjudicated=maybe(thing(**OF_RESULT)),
    reported=maybe(thing(("source",), **OF_RESULT, source=TEXT, attainable=maybe(TRUTH))),
    categories={**listed(TEXT), "description": "Every class that the attainable interval touches."},
    provisional=TRUTH,
    decisive={**listed(TEXT), "description": "Open items that could change the class, the strongest first."},
    answers_due=WHOLE,
    items=listed(ref("Item")),
)
FINDING = thing(
    ("message",),
    rule=TEXT,
    severity={**TEXT, "enum": ["incomplete", "implausible"]},
    model=TEXT,
    row=TEXT,
    field=TEXT,
    message=TEXT,
)
BESIDE_CASE: Shape = {
    "seen": {**maybe(WHOLE), "description": "Names this state of the case: send it with a change."},
    "updated": {**maybe(TIME), "description": "When the case or its score last changed."},
    "score": ref("Score"),
    "items": listed(ref("Item")),
    "scores": ref("Scores"),
    "adjudications": {
        **listed(ref("Adjudication")),
        "description": "Reviewers' answers to items, in the order in which they were given.",
    },
    "versions": {**listed(ref("Version")), "description": "Initial report and follow-ups."},
    "findings": listed(ref("Finding")),
    "moments": {
        "type": "object",
        "additionalProperties": TEXT,
        "description": "What each moment of the case means in words, by its canonical text.",
    },
}
VERSION = thing(
    uuid=UUID,
    number=WHOLE,
    kind=TEXT,
    received=maybe(DAY),
    day_zero=maybe(DAY),
    held_by=TEXT,
    source=TEXT,
    significance=maybe(TEXT),
    reason=TEXT,
    opened_at=TIME,
    closed_at=maybe(TIME),
)
LATENCY = {
    **thing(
        **{
            f"{what}_from_{which}_dose_{end}": maybe(TEXT)
            for what in ("days", "half_lives")
            for which in ("first", "last")
            for end in ("low", "high")
        },
        present_at_onset=maybe({**TEXT, "description": "Was it still in the body: yes, no or unknown."}),
    ),
    "description": "From the first suspect drug to onset, at least and at most.",
}
LINE = thing(
    ("uuid",),
    uuid=UUID,
    number=TEXT,
    state=TEXT,
    is_synthetic=TRUTH,
    first_received={"anyOf": [maybe(DAY), DAYS_KEY]},
    latest_information={"anyOf": [maybe(DAY), DAYS_KEY]},
    updated=maybe(TIME),
    suspects=listed(TEXT),
    latency=LATENCY,
    score=ref("Score"),
)
SMALL = {"anyOf": [WHOLE, TEXT]}  # "<5"
ANONYMITY = thing(
    k=maybe(WHOLE), over=listed(TEXT), floor=WHOLE, cases_in_smaller_groups=SMALL, allowed_by=TEXT
)
OF_PAGE = {
    "as_of": {**TIME, "description": "Ask next time for what was updated since: nothing is missed."},
    "next": {
        **maybe({**TEXT, "format": "uri"}),
        "description": "Where the next page begins; null at the end.",
    },
    "unreadable": {
        **listed(thing(number=TEXT, problem=TEXT)),
        "description": "Cases of this page that can't be read, and why; they are missing among the cases.",
    },
    "left_out": {
        **maybe(ref("LeftOut")),
        "description": "On the first page: cases that the filters can't decide on, and nullified ones.",
    },
}
ASSESSMENT = {
    "uuid": UUID,
    "kind": TEXT,
    "instrument": TEXT,
    "rule_version": TEXT,
    "total": WHOLE,
    "low": WHOLE,
    "high": WHOLE,
    "category": TEXT,
    "provisional": TRUTH,
    "created_at": TIME,
    "facts_digest": TEXT,
    "as_of": maybe(DAY),
}
DOCUMENT = thing(
    **dict.fromkeys(("kind", "description", "shows", "phase", "verbatim", "file_name", "media_type"), TEXT),
    uuid=UUID,
    when=maybe(TEXT),
    size=maybe(WHOLE),
    sha256=maybe(TEXT),
    address=maybe({**TEXT, "format": "uri"}),
)
HALF_LIFE = thing(
    low_hours=maybe(TEXT),
    high_hours=maybe(TEXT),
    **dict.fromkeys(("condition", "population", "source"), TEXT),
    is_verified=TRUTH,
    is_default=TRUTH,
)
DRUG = thing(
    **dict.fromkeys(("name", "substance", "atc", "release", "note"), TEXT),
    is_class=TRUTH,
    half_lives=listed(ref("HalfLife")),
)
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `errors` name each wrong value by its path: exposures[1].doses[0].unit.",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "errors": listed(thing(path=TEXT, detail=TEXT)),
    },
    "required": ["type", "title", "status", "detail"],
}
UPLOAD = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        **dict.fromkeys(("reason", "kind", "description", "shows", "when", "phase", "verbatim"), TEXT),
    },
    "required": ["file"],
}


def all_shapes() -> Shape:
    """Every component, by name."""
    answer = {
        "uuid": UUID, "instrument": TEXT, "key": TEXT, "answer": maybe(TEXT), "at": TIME,
        "evidence_digest": TEXT, "by": TEXT, "reason": TEXT,
    }  # fmt: skip
    return {
        **dict(case_shapes()),
        "Days": {
            **thing(low=maybe(TEXT), high=maybe(TEXT)),
            "description": "Days from the onset of the reaction, at least and at most; null where open.",
        },
        "Score": SCORE,
        "Item": ITEM,
        "Scores": SCORES,
        "Finding": FINDING,
        "Line": LINE,
        "LeftOut": thing(outdated=WHOLE, undetermined=WHOLE, nullified=WHOLE),
        "CasePage": thing(**OF_PAGE, cases=listed(ref("Line"))),
        "CaseBulk": thing(("anonymity",), **OF_PAGE, anonymity=ref("Anonymity"), cases=listed(ref("Case"))),
        "Anonymity": ANONYMITY,
        "StoredAssessment": thing(("created_at", "as_of"), **ASSESSMENT),
        "WholeAssessment": thing(
            **ASSESSMENT,
            facts=TEXT,
            answers=TEXT,
            result=TEXT,
            replay=thing(is_identical=TRUTH, problem=TEXT),
        ),
        "Assessments": thing(assessments=listed(ref("StoredAssessment"))),
        "Adjudication": thing(("at", "by", "reason"), **answer),
        "Adjudications": thing(adjudications=listed(ref("Adjudication"))),
        "AdjudicationEntered": thing(
            ("uuid", "instrument", "answer", "at", "evidence_digest", "by"),
            key=TEXT,
            reason=TEXT,
            **{name: maybe(TEXT) for name in ("uuid", "instrument", "answer", "at", "evidence_digest", "by")},
        ),
        "Version": VERSION,
        "AdjudicationInput": thing(("seen_digest",), key=TEXT, answer=TEXT, reason=TEXT, seen_digest=TEXT),
        "StoredDocument": DOCUMENT,
        "Documents": thing(documents=listed(ref("StoredDocument"))),
        "Upload": UPLOAD,
        "HalfLife": HALF_LIFE,
        "Drug": DRUG,
        "Drugs": thing(drugs=listed(ref("Drug"))),
        "Problem": PROBLEM,
    }
