"""Filters on laboratory peaks, virus tests, biopsies and organs during the reaction, and on genetic tests.

Virus, result, specimen and copies must hold for the same test; so must the filters on a biopsy, on an allele
and on an organ.
"""

from django.db.models import Q
from django_filters import FilterSet

from assessments.facts.peaks import ALT, CREATININE, EOSINOPHILS
from cases.models import BiopsyDetail, OrganInvolvement
from cases.models.examination import Virus
from research.filters.conditions import (
    BIOPSY,
    GENE,
    ORGAN,
    SUMMARY,
    VIRUS,
    Allele,
    Amount,
    AnyOf,
    AtLeast,
    AtMost,
    Contains,
    OneOf,
)
from research.filters.form_fields import PeakField
from scoring.facts import UPPER_BOUNDS, ResultKind


def _results(prefix: str) -> dict[str, tuple[str, Q]]:
    """Conditions by result, for a table with result, value and qualifier; a number above zero is positive."""
    measured = {f"{prefix}result": ResultKind.MEASURED.value}
    above = Q(**measured, **{f"{prefix}value__gt": 0}) & ~Q(**{f"{prefix}qualifier__in": UPPER_BOUNDS})
    zero = Q(**measured) & ~above
    return {
        "positive": ("Positive", Q(**{f"{prefix}result": ResultKind.POSITIVE.value}) | above),
        "negative": ("Negative", Q(**{f"{prefix}result": ResultKind.NEGATIVE.value}) | zero),
        "qualitative": ("In words only", Q(**{f"{prefix}result": ResultKind.QUALITATIVE.value})),
        "not_done": ("Not done", Q(**{f"{prefix}result": ResultKind.NOT_DONE.value})),
        "not_stated": ("Not stated", Q(**{f"{prefix}result": ResultKind.NOT_STATED.value})),
    }


TEST_RESULTS = _results("examination__")
IN_BLOOD = Q(specimen__iregex=r"blood|plasma|serum|pbmc|leu[ck]ocyte")
SPECIMENS = {
    "blood": ("Blood, plasma or serum", IN_BLOOD),
    "other": ("Another", ~IN_BLOOD & ~Q(specimen="")),
    "not_stated": ("Not stated", Q(specimen="")),
}
COPIES = ("examination__value", "examination__unit")
INVOLVEMENT = {
    "positive": ("Involved", Q(result__in=[ResultKind.POSITIVE.value, ResultKind.MEASURED.value])),
    "negative": ("Not involved", Q(result=ResultKind.NEGATIVE.value)),
    "open": ("In words, not done or not stated", Q(result__in=["qualitative", "not_done", "not_stated"])),
}
BIOPSY_TEXTS = ("keratinocyte_necrosis", "infiltrate", "conclusion_verbatim")
EOS, ALAT, CREA = ("eosinophil_peak",) * 2, ("alt_peak",) * 2, ("creatinine_peak",) * 2


class LaboratoryFilters(FilterSet):
    """Peaks during the reaction."""

    eosinophils_min = AtLeast(
        SUMMARY,
        EOS,
        "Eosinophil peak from",
        "With its unit: 1500/mm3, 1.5 10*9/L.",
        PeakField,
        scale=EOSINOPHILS,
        example="1500/mm3",
    )
    eosinophils_max = AtMost(
        SUMMARY,
        EOS,
        "Eosinophil peak to",
        "With its unit: 5000/mm3, 5 10*9/L.",
        PeakField,
        scale=EOSINOPHILS,
        example="1500/mm3",
    )
    alt_min = AtLeast(
        SUMMARY,
        ALAT,
        "ALT peak from",
        "With its unit: 200 U/L, 3.3 ukat/L.",
        PeakField,
        scale=ALT,
        example="200 U/L",
    )
    alt_max = AtMost(
        SUMMARY, ALAT, "ALT peak to", "With its unit: 200 U/L.", PeakField, scale=ALT, example="200 U/L"
    )
    creatinine_min = AtLeast(
        SUMMARY,
        CREA,
        "Creatinine peak from",
        "With its unit: 150 umol/L, 1.7 mg/dL.",
        PeakField,
        scale=CREATININE,
        example="150 umol/L",
    )
    creatinine_max = AtMost(
        SUMMARY,
        CREA,
        "Creatinine peak to",
        "With its unit: 150 umol/L, 1.7 mg/dL.",
        PeakField,
        scale=CREATININE,
        example="150 umol/L",
    )


class VirusFilters(FilterSet):
    """Conditions on one virus test."""

    virus = OneOf(VIRUS, "virus", Virus.choices, "Virus", "Looked for during the reaction, by any method.")
    virus_result = AnyOf(VIRUS, TEST_RESULTS, "Result for the virus", "Of the same test.")
    specimen = AnyOf(VIRUS, SPECIMENS, "Specimen", "In what the virus was looked for, in the same test.")
    copies_min = Amount(
        VIRUS,
        *COPIES,
        "Copies from",
        "With their unit, such as 1000 copies/mL, in the same test.",
        lookup="gte",
        example="1000 copies/mL",
        kinds=("nucleic_acid_load",),
    )
    copies_max = Amount(
        VIRUS,
        *COPIES,
        "Copies to",
        "With their unit, such as 1000 copies/mL, in the same test.",
        lookup="lte",
        example="1000 copies/mL",
        kinds=("nucleic_acid_load",),
    )


class FindingFilters(FilterSet):
    """Biopsies, organs and HLA alleles."""

    biopsy = OneOf(
        BIOPSY,
        "conclusion",
        BiopsyDetail.CONCLUSIONS,
        "Biopsy: conclusion",
        "Of a biopsy during the reaction.",
    )
    biopsy_finding = Contains(
        BIOPSY,
        BIOPSY_TEXTS,
        "Biopsy: finding",
        "Part of what was seen in the same biopsy: infiltrate, necrosis.",
    )
    biopsy_tissue = Contains(BIOPSY, ("tissue",), "Biopsy: tissue", "Where the same biopsy was taken from.")
    organ = OneOf(
        ORGAN,
        "organ",
        OrganInvolvement.ORGANS,
        "Organ",
        "Of which the report says something for the reaction.",
    )
    organ_result = AnyOf(ORGAN, INVOLVEMENT, "Organ: involved", "Whether that organ was involved.")
    explanation = OneOf(
        ORGAN,
        "other_explanation",
        OrganInvolvement.EXPLANATIONS,
        "Organ: other explanation",
        "Whether something else explains the trouble of that organ.",
    )
    allele = Allele(GENE, "allele", "HLA allele", "Or its beginning: B*58:01, HLA-B*58.")
    allele_result = AnyOf(GENE, TEST_RESULTS, "Result for the allele", "Of the same test.")
