"""What the instruments read: the evidence of one reaction, frozen.

Every fact is of the reaction's own phase (except a baseline), and all times are days counted from
the onset of the reaction. `id` names the row of evidence that a fact came from; it has no influence
on any answer. What is not recorded is absent or None, never "no".
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from values.spans import UNKNOWN_SPAN, Span


class ResultKind(StrEnum):
    """How a test or finding was reported. None of the six kinds implies another."""

    MEASURED = "measured"  # a number
    POSITIVE = "positive"  # present, detected, abnormal
    NEGATIVE = "negative"  # the report states explicitly that it was absent or normal
    QUALITATIVE = "qualitative"  # in words without a measure: "slightly elevated", "widespread"
    NOT_DONE = "not_done"  # the report states that nobody looked
    NOT_STATED = "not_stated"  # the report is silent


class Explanation(StrEnum):
    """Whether something other than the reaction explains the involvement of an organ."""

    EXCLUDED = "excluded"
    PRESENT = "present"
    NOT_KNOWN = "not_known"


class Organ(StrEnum):
    """Organs of the RegiSCAR table. Lymph nodes and blood are not organs here."""

    LIVER = "liver"
    KIDNEY = "kidney"
    LUNG = "lung"
    MUSCLE_HEART = "muscle_heart"
    PANCREAS = "pancreas"
    OTHER = "other"
    ALL_OTHERS = "all_others"  # "no other organ involvement": every organ not named otherwise


class BiopsyConclusion(StrEnum):
    """What the pathologist or the source concluded from a skin biopsy."""

    COMPATIBLE = "compatible"  # suggests, or is compatible with, DRESS
    OTHER_DIAGNOSIS = "other_diagnosis"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Temperature:
    """One temperature in degrees Celsius, or fever reported without one."""

    id: str
    kind: ResultKind
    celsius: Decimal | None = None
    axillary: bool = False
    is_peak: bool = False  # stated to be the highest of the reaction
    day: Span = UNKNOWN_SPAN


@dataclass(frozen=True, slots=True)
class NodeSite:
    """One lymph node region with its largest node, in cm where measured."""

    site: str
    size_cm: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NodeExamination:
    """One examination of the lymph nodes."""

    id: str
    kind: ResultKind
    sites: tuple[NodeSite, ...] = ()
    is_complete: bool = False  # all regions were examined: what is not listed was not enlarged


@dataclass(frozen=True, slots=True)
class Test:
    """One laboratory or functional result, by a name of `scoring.vocabulary.TESTS`.

    `value`, `upper` (upper limit of normal) and `baseline` (the patient's own, before the
    reaction) are in the unit that the vocabulary gives for that name; None where not reported
    or not safely convertible. Results of one blood sample share `sample`.
    """

    id: str
    name: str
    kind: ResultKind
    value: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    sample: str = ""
    day: Span = UNKNOWN_SPAN


@dataclass(frozen=True, slots=True)
class SkinExamination:
    """One examination of the skin. Features: True present, False looked for and absent, None not stated."""

    id: str
    extent_percent: Decimal | None = None  # of body surface area
    is_widespread: bool | None = None  # in words only: True widespread, False localised
    facial_oedema: bool | None = None
    infiltration: bool | None = None
    purpura_beyond_legs: bool | None = None
    scaling: bool | None = None
    reporter_finds_suggestive: bool | None = None  # the source's own judgement


@dataclass(frozen=True, slots=True)
class Biopsy:
    """One skin biopsy and what the pathologist or the source concluded."""

    id: str
    kind: ResultKind
    conclusion: BiopsyConclusion | None = None


@dataclass(frozen=True, slots=True)
class OrganFinding:
    """Involvement of one organ as reported, or its explicit absence."""

    id: str
    organ: Organ
    kind: ResultKind
    meets_threshold: bool = False  # by imaging, biopsy or function: the finding alone proves involvement
    explanation: Explanation = Explanation.NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Course:
    """The course of the reaction. Days count from onset, except `days_from_treatment`."""

    id: str
    resolved_after: Span = UNKNOWN_SPAN  # onset to the last skin or organ sign gone
    is_resolved: bool | None = None  # complete resolution: reported, denied, or not stated
    days_from_treatment: Span = UNKNOWN_SPAN  # as stated, counted from treatment or withdrawal
    days_from_treatment_evidence: str = ""
    relapsed_after: Span = UNKNOWN_SPAN
    died_after: Span | None = None
    followed_for: Span = UNKNOWN_SPAN  # onset to the latest information in the report


@dataclass(frozen=True, slots=True)
class Exposure:
    """One drug and when it was given, in days before onset (positive: before)."""

    id: str
    name: str
    is_suspect: bool = False
    first_dose: Span = UNKNOWN_SPAN
    last_dose: Span = UNKNOWN_SPAN
    doses: tuple[Span, ...] = ()
    is_continued: bool | None = None  # still given at onset
    half_life_hours: tuple[Decimal, Decimal] | None = None  # lowest and highest


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the instruments read of one case. The order within a section has no meaning."""

    as_of: str = ""  # ISO date of the latest information; the assessment holds as of this day
    temperatures: tuple[Temperature, ...] = ()
    nodes: tuple[NodeExamination, ...] = ()
    tests: tuple[Test, ...] = ()
    skin: tuple[SkinExamination, ...] = ()
    biopsies: tuple[Biopsy, ...] = ()
    organs: tuple[OrganFinding, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    course: Course | None = None
