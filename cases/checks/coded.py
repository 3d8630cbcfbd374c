"""Coded terms: where each stands in the record, and how far it is coded.

No terminology is licensed here. A typed code is kept as it is and shown as not validated; a term without
code is allowed until the case leaves the house.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import (
    AutopsyCauseOfDeath,
    CaseRow,
    Dose,
    Examination,
    Exposure,
    Indication,
    MedicalHistory,
    ParentMedicalHistory,
    ParentPastDrug,
    PastDrug,
    Reaction,
    ReportedCauseOfDeath,
    SenderDiagnosis,
    Substance,
)

MEDDRA = "MedDRA"
PRODUCT = "MPID or PhPID"
SUBSTANCE = "substance"
EDQM = "EDQM"

# A lowest level term of MedDRA is written with eight digits.
LLT_DIGITS = 8


class Coded(NamedTuple):
    """One term of a table: its words, and the codes that can stand for it, each with its version."""

    model: type[CaseRow]
    verbatim: str
    codes: tuple[tuple[str, str], ...]
    dictionary: str


def _meddra(model: type[CaseRow], verbatim: str, prefix: str = "") -> Coded:
    return Coded(model, verbatim, ((f"{prefix}meddra_code", f"{prefix}meddra_version"),), MEDDRA)


PRODUCT_CODES = (("mpid", "mpid_version"), ("phpid", "phpid_version"))
CODED = (
    _meddra(Reaction, "term"),
    _meddra(Indication, "text"),
    _meddra(Examination, "name"),
    _meddra(MedicalHistory, "term"),
    _meddra(PastDrug, "indication", "indication_"),
    _meddra(PastDrug, "reaction", "reaction_"),
    _meddra(ReportedCauseOfDeath, "text"),
    _meddra(AutopsyCauseOfDeath, "text"),
    _meddra(ParentMedicalHistory, "term"),
    _meddra(ParentPastDrug, "indication", "indication_"),
    _meddra(ParentPastDrug, "reaction", "reaction_"),
    _meddra(SenderDiagnosis, "term"),
    Coded(Exposure, "name", PRODUCT_CODES, PRODUCT),
    Coded(PastDrug, "name", PRODUCT_CODES, PRODUCT),
    Coded(ParentPastDrug, "name", PRODUCT_CODES, PRODUCT),
    Coded(Substance, "name", (("term", "term_version"),), SUBSTANCE),
    Coded(Dose, "form", (("form_code", "form_code_version"),), EDQM),
    Coded(Dose, "route", (("route_code", "route_code_version"),), EDQM),
    Coded(Dose, "parent_route", (("parent_route_code", "parent_route_code_version"),), EDQM),
)


class Status(StrEnum):
    """How far a term is coded."""

    EMPTY = "empty"
    UNCODED = "uncoded"
    NO_VERSION = "code without version"
    NOT_VALIDATED = "not validated"


def status(row: CaseRow, coded: Coded) -> Status:
    """How far one term of a row is coded."""
    codes = [(getattr(row, code), getattr(row, version)) for code, version in coded.codes]
    if not any(code for code, _ in codes):
        return Status.UNCODED if getattr(row, coded.verbatim) else Status.EMPTY
    return Status.NO_VERSION if any(code and not version for code, version in codes) else Status.NOT_VALIDATED


def reaction_uncoded(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Of all terms only the reaction's has to be coded before a case can leave."""
    for row in checked.record.all(Reaction):
        if status(row, CODED[0]) is Status.UNCODED:
            yield FieldRemark(
                row, "meddra_code", "Not coded yet. A MedDRA code is needed before the case is sent."
            )


def malformed_code(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row, code, _, dictionary in _pairs(checked):
        typed = getattr(row, code)
        if dictionary == MEDDRA and typed and not (typed.isdecimal() and len(typed) == LLT_DIGITS):
            yield FieldRemark(row, code, f"A code of MedDRA has {LLT_DIGITS} digits. Check the code.")


def code_without_version(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row, code, version, dictionary in _pairs(checked):
        if getattr(row, code) and not getattr(row, version):
            yield FieldRemark(
                row, version, f"A code without the version of {dictionary} it is from. Enter it."
            )


def version_without_code(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row, code, version, _ in _pairs(checked):
        if getattr(row, version) and not getattr(row, code):
            yield FieldRemark(row, code, "A version without its code. Enter the code, or clear the version.")


def _pairs(checked: CheckedCase) -> Iterator[tuple[CaseRow, str, str, str]]:
    for coded in CODED:
        for row in checked.record.all(coded.model):
            for code, version in coded.codes:
                yield row, code, version, coded.dictionary
