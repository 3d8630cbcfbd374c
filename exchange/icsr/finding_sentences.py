"""Findings and treatments, for which E2B has no element, as sentences that a physician would write."""

from collections.abc import Callable
from typing import Any

from cases.models import (
    CaseRow,
    DifferentialDiagnosis,
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    Phase,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
)
from exchange.icsr.row_texts import RowDescriber, capital
from scoring.facts import Explanation, Organ, ResultKind
from values.numbers import plain_number

_POSITIVE = (ResultKind.POSITIVE.value, ResultKind.QUALITATIVE.value)
_NEGATIVE, _NOT_DONE = ResultKind.NEGATIVE.value, ResultKind.NOT_DONE.value
_PHASES = {Phase.BACKGROUND.value: "Before the reaction: ", Phase.AFTER.value: "After the reaction: "}
_SKIN_SIGNS = {
    "facial_oedema": "facial oedema",
    "infiltration": "infiltration",
    "purpura_beyond_legs": "purpura beyond the legs",
    "scaling": "scaling",
    "itch": "itch",
}
_EXPLANATIONS = {
    Explanation.EXCLUDED.value: "other explanations were excluded",
    Explanation.PRESENT.value: "something else explains it",
}


def finding_sentence(row: CaseRow, describer: RowDescriber) -> str:
    """A row in one sentence; empty where the report is silent."""
    words = _WORDS[type(row)](row, describer)
    if not words:
        return ""
    when = getattr(row, "when", None)
    prefix = _PHASES.get(getattr(row, "phase", ""), "")
    sentence = f"{prefix}{words}{f', {describer.moment(when)}' if when else ''}"
    return f"{capital(sentence).rstrip('. ')}."


def _by_result(result: str, positive: str, negative: str, not_done: str) -> str:
    if result in _POSITIVE:
        return positive
    return {_NEGATIVE: negative, _NOT_DONE: not_done}.get(result, "")


def _temperature(row: Any, describer: RowDescriber) -> str:
    if row.celsius is None:
        return _by_result(row.result, "fever", "no fever", "the body temperature was not measured")
    site = f", {row.get_site_display().lower()}" if row.site else ""
    peak = ", the highest of the reaction" if row.is_peak else ""
    return f"body temperature {plain_number(row.celsius)} °C{site}{peak}"


def _symptom(row: Any, describer: RowDescriber) -> str:
    return _by_result(row.result, row.term, f"no {row.term}", f"{row.term} was not looked for")


def _nodes(row: Any, describer: RowDescriber) -> str:
    extent = " at any site" if row.is_complete else ""
    return _by_result(
        row.result,
        "enlarged lymph nodes",
        f"no enlarged lymph nodes{extent}",
        "the lymph nodes were not examined",
    )


def _node(row: Any, describer: RowDescriber) -> str:
    size = f", up to {plain_number(row.size_cm)} cm" if row.size_cm is not None else ""
    return f"enlarged lymph node: {row.site}{size}"


def _organ(row: Any, describer: RowDescriber) -> str:
    organ = row.name or row.get_organ_display().lower()
    if row.organ == Organ.ALL_OTHERS.value:
        return _by_result(
            row.result,
            "other organs were involved",
            "no other organ was involved",
            "other organs were not examined",
        )
    words = _by_result(row.result, f"{organ} involved", f"{organ} not involved", f"{organ} was not examined")
    if not words:
        return ""
    basis = f" ({row.basis})" if row.basis else ""
    return "; ".join(filter(None, [f"{words}{basis}", _EXPLANATIONS.get(row.other_explanation, "")]))


def _skin(row: Any, describer: RowDescriber) -> str:
    percent = f"{plain_number(row.extent_percent)} % of the body surface" if row.extent_percent else ""
    signs = [
        words if getattr(row, name) else f"no {words}"
        for name, words in _SKIN_SIGNS.items()
        if getattr(row, name) is not None
    ]
    extent = row.extent if row.extent and row.extent not in row.description else ""
    parts = filter(None, [row.description, extent, percent, row.distribution, *signs])
    words = ", ".join(parts)
    return f"skin: {words}" if words else ""


def _diagnosis(row: Any, describer: RowDescriber) -> str:
    about = "as cause of the underlying disease, " if row.of_background else ""
    basis = f" ({row.basis})" if row.basis else ""
    return f"{about}{row.diagnosis} was {row.get_status_display().lower()}{basis}"


def _treatment(row: Any, describer: RowDescriber) -> str:
    dose = f" {plain_number(row.amount)} {row.unit}".rstrip() if row.amount is not None else ""
    route = f", {row.route}" if row.route and row.route not in row.name else ""
    start = f", begun {describer.moment(row.start)}" if row.start else ""
    end = f", ended {describer.moment(row.end)}" if row.end else ""
    at = f", {describer.moment(row.response_at)}" if row.response and row.response_at else ""
    response = f"; {row.get_response_display().lower()}{at}" if row.response else ""
    comments = f"; {row.comments}" if row.comments else ""
    return f"the reaction was treated with {row.name}{dose}{route}{start}{end}{response}{comments}"


_WORDS: dict[type[CaseRow], Callable[[Any, RowDescriber], str]] = {
    Temperature: _temperature,
    SkinExamination: _skin,
    LymphNodeExamination: _nodes,
    LymphNodeSite: _node,
    OrganInvolvement: _organ,
    Symptom: _symptom,
    DifferentialDiagnosis: _diagnosis,
    Treatment: _treatment,
}
