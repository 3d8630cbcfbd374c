"""What the instruments read: the evidence of one reaction, frozen.

Every fact is of the reaction's own phase (except a baseline), and all times are days counted from
the onset of the reaction. `id` names the row of evidence that a fact came from; it has no influence
on any answer. What is not recorded is absent or None, never "no".
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from values.spans import UNKNOWN_SPAN, Span
from vocabulary.signs import Evidence


class ResultKind(StrEnum):
    """How a test or finding was reported. None of the six kinds implies another."""

    MEASURED = "measured"  # a number
    POSITIVE = "positive"  # present, detected, abnormal
    NEGATIVE = "negative"  # the report states explicitly that it was absent or normal
    QUALITATIVE = "qualitative"  # in words without a measure: "slightly elevated", "widespread"
    NOT_DONE = "not_done"  # the report states that nobody looked
    NOT_STATED = "not_stated"  # the report is silent


NO_RESULT = (ResultKind.NOT_DONE, ResultKind.NOT_STATED)
IN_WORDS = (ResultKind.POSITIVE, ResultKind.QUALITATIVE)


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


class Qualifier(StrEnum):
    """How a number is meant: as it is, or as a bound ("< 0.01", "> 5")."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class Outcome(StrEnum):
    """How the reaction ended, in the reporter's words, as of when the patient was last seen."""

    RECOVERED = "recovered"
    SEQUELAE = "sequelae"  # recovered with sequelae: of what is not said
    RUNNING = "running"  # recovering, or not recovered


UPPER_BOUNDS = (Qualifier.LESS, Qualifier.AT_MOST)
LOWER_BOUNDS = (Qualifier.MORE, Qualifier.AT_LEAST)


class Bounded:
    """A number that may only be known as a bound, and what is sure of it whatever the bound leaves open.

    Its `number` is None where none can be compared; then nothing is sure.
    """

    __slots__ = ()
    if TYPE_CHECKING:  # declared by each kind of fact
        qualifier: Qualifier

        @property
        def number(self) -> Decimal | None: ...

    @property
    def is_upper_bound(self) -> bool:
        """Whether the value is only known to lie below the number ("< 0.01")."""
        return self.qualifier in UPPER_BOUNDS

    @property
    def is_lower_bound(self) -> bool:
        """Whether the value is only known to lie above the number ("> 5")."""
        return self.qualifier in LOWER_BOUNDS

    def surely_above(self, limit: Decimal) -> bool:
        """Whether the value lies above a limit."""
        number, qualifier = self.number, self.qualifier
        if number is None or qualifier in UPPER_BOUNDS:
            return False
        return number >= limit if qualifier is Qualifier.MORE else number > limit

    def surely_at_least(self, limit: Decimal) -> bool:
        """Whether the value reaches a limit."""
        number = self.number
        return number is not None and self.qualifier not in UPPER_BOUNDS and number >= limit

    def surely_at_most(self, limit: Decimal) -> bool:
        """Whether the value stays within a limit."""
        number = self.number
        return number is not None and self.qualifier not in LOWER_BOUNDS and number <= limit

    def surely_below(self, limit: Decimal) -> bool:
        """Whether the value stays below a limit."""
        number, qualifier = self.number, self.qualifier
        if number is None or qualifier in LOWER_BOUNDS:
            return False
        return number <= limit if qualifier is Qualifier.LESS else number < limit


class BiopsyConclusion(StrEnum):
    """What the pathologist or the source concluded from a skin biopsy."""

    COMPATIBLE = "compatible"  # suggests, or is compatible with, DRESS
    OTHER_DIAGNOSIS = "other_diagnosis"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Temperature(Bounded):
    """One temperature in degrees Celsius, or fever reported without one."""

    id: str
    kind: ResultKind
    celsius: Decimal | None = None
    axillary: bool = False
    is_peak: bool = False  # stated to be the highest of the reaction
    day: Span = UNKNOWN_SPAN
    qualifier: Qualifier = Qualifier.EQUAL

    @property
    def number(self) -> Decimal | None:
        """The degrees; None for fever in words."""
        return self.celsius


@dataclass(frozen=True, slots=True)
class NodeSite:
    """One lymph node region with its largest node, in cm where measured.

    `region` and `area` are those of `vocabulary.sites`: cervical lies in the area "neck"; empty where the
    text was not read. `is_several`: it stands for two or more regions that are not named.
    """

    site: str
    size_cm: Decimal | None = None
    region: str = ""
    area: str = ""
    is_several: bool = False


@dataclass(frozen=True, slots=True)
class NodeExamination:
    """One examination of the lymph nodes."""

    id: str
    kind: ResultKind
    sites: tuple[NodeSite, ...] = ()
    is_complete: bool = False  # all regions were examined: what is not listed was not enlarged


@dataclass(frozen=True, slots=True)
class Test(Bounded):
    """One laboratory or functional result, by a name of `scoring.vocabulary.TESTS`.

    `value`, `lower` and `upper` (limits of normal) and `baseline` (the patient's own, before the
    reaction) are in the unit that the vocabulary gives for that name; None where not reported
    or not safely convertible. `qualifier` makes the value a bound. Results of one blood sample share
    `sample`. `is_plausible`: whether a patient can have the value; if not, the unit or the number is wrong.
    `limits_from` and `baseline_from`: the rows that gave them, where it was another row.
    """

    id: str
    name: str
    kind: ResultKind
    value: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    sample: str = ""
    day: Span = UNKNOWN_SPAN
    qualifier: Qualifier = Qualifier.EQUAL
    is_plausible: bool = True
    lower: Decimal | None = None
    limits_from: str = ""
    baseline_from: str = ""
    is_peak: bool = False  # stated to be the highest of the reaction

    @property
    def number(self) -> Decimal | None:
        """The number where a patient can have it; None otherwise."""
        return self.value if self.is_plausible else None


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
    is_skin: bool = True  # False: the tissue is not named, and taken as skin at the reporter's word


@dataclass(frozen=True, slots=True)
class OrganFinding:
    """Involvement of one organ as reported, or its explicit absence."""

    id: str
    organ: Organ
    kind: ResultKind
    meets_threshold: bool = False  # by imaging, biopsy or function: the finding alone proves involvement
    explanation: Explanation = Explanation.NOT_KNOWN
    name: str = ""  # which other organ, where it is none of the five


@dataclass(frozen=True, slots=True)
class Sign:
    """A whole term of a reaction or symptom that the vocabulary knows as evidence of an item.

    `field`: the feature of the skin or the name of the test that the term speaks of, as in the vocabulary.
    """

    id: str
    term: str
    item: str
    evidence: Evidence
    organ: str = ""
    field: str = ""
    day: Span = UNKNOWN_SPAN


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Another diagnosis that the report confirms, about the reaction and not about an underlying disease."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Steroid:
    """A systemic steroid and the day of its first dose, counted from onset."""

    id: str
    name: str
    began: Span = UNKNOWN_SPAN


@dataclass(frozen=True, slots=True)
class Course:
    """The course of the reaction. Days count from onset, except `days_from_treatment`.

    `followed_for` ends with the last dated observation of the patient, by the rows `seen_by`; a date of
    paperwork is none.
    """

    id: str
    resolved_after: Span = UNKNOWN_SPAN  # onset to the end of the reaction
    is_resolved: bool | None = None  # complete resolution: reported, denied, or not stated
    days_from_treatment: Span = UNKNOWN_SPAN  # as stated, counted from treatment or withdrawal
    days_from_treatment_evidence: str = ""
    relapsed_after: Span = UNKNOWN_SPAN
    died_after: Span | None = None
    followed_for: Span = UNKNOWN_SPAN
    outcome: Outcome | None = None
    is_reexposed: bool | None = False  # a suspect drug was given again before the relapse; None: perhaps
    lacks_onset: bool = False  # no day of onset is recorded
    seen_by: tuple[str, ...] = ()


class Condition(StrEnum):
    """For whom or for what a half-life holds."""

    ADULT = "adult"
    CHILD = "child"
    NEWBORN = "newborn"
    ELDERLY = "elderly"
    FIRST_DOSE = "first_dose"
    CHRONIC = "chronic"
    ACTIVE_METABOLITE = "active_metabolite"
    RENAL_IMPAIRMENT = "renal_impairment"
    HEPATIC_IMPAIRMENT = "hepatic_impairment"
    INTERACTION = "interaction"
    DEPOT = "depot"
    TISSUE = "tissue"
    CLEARANCE = "clearance"  # not a half-life: the time until the drug can't be measured any more
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HalfLife:
    """A half-life of the dictionary in hours, lowest and highest; None where the source gives no number."""

    condition: Condition
    hours: tuple[Decimal, Decimal] | None = None
    is_verified: bool = True  # somebody has seen the source


@dataclass(frozen=True, slots=True)
class Exposure:
    """One drug and when it was given, in days before onset (positive: before).

    `doses`: each dose, where all of them are known one by one. `half_life_hours`: lowest and highest, as
    the report gives it, else the first of `reference`: those of the dictionary that may hold for the
    patient. Where it isn't known that treatment had ended, `last_dose` reaches up to onset.
    """

    id: str
    name: str
    is_suspect: bool = False
    first_dose: Span = UNKNOWN_SPAN
    last_dose: Span = UNKNOWN_SPAN
    doses: tuple[Span, ...] = ()
    is_continued: bool | None = None  # still given at onset
    half_life_hours: tuple[Decimal, Decimal] | None = None
    is_half_life_stated: bool = False  # by the report
    reference: tuple[HalfLife, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the instruments read of one case. The order within a section has no meaning."""

    as_of: str = ""  # ISO date of the latest information; the assessment holds as of this day
    informed_for: Span = UNKNOWN_SPAN  # days from onset to the latest information
    temperatures: tuple[Temperature, ...] = ()
    nodes: tuple[NodeExamination, ...] = ()
    tests: tuple[Test, ...] = ()
    skin: tuple[SkinExamination, ...] = ()
    biopsies: tuple[Biopsy, ...] = ()
    organs: tuple[OrganFinding, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    course: Course | None = None
    signs: tuple[Sign, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    steroids: tuple[Steroid, ...] = ()


# A fact that is read from one row of evidence.
Fact = (
    Temperature
    | NodeExamination
    | Test
    | SkinExamination
    | Biopsy
    | OrganFinding
    | Sign
    | Diagnosis
    | Steroid
    | Exposure
    | Course
)
