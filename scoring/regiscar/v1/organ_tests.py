"""Which tests speak to which organ, and what each result says: working definitions of involvement.

The 2007 table names organs only. The numbers are the working definitions of the RegiSCAR study group as
quoted in secondary literature (Kardaun 2013, Br J Dermatol 169:1071); where these are silent, an abnormal
result opens the organ and settles nothing.
"""

from decimal import Decimal
from enum import Enum, IntEnum
from typing import NamedTuple

from scoring.facts import Organ


class State(IntEnum):
    """What one result says of its organ, the worst last."""

    NORMAL = 0
    BELOW = 1  # only known to lie below a number, without a limit: as laboratories print what is not raised
    NOT_JUDGED = 2  # a number without its limit, or no number that can be compared
    ABNORMAL = 3  # beyond normal, short of any definition: the organ is open
    REPORTED = 4  # affected by the reporter's word
    BEYOND = 5  # beyond what means that the organ is involved, if it is so on enough dates


class Side(Enum):
    """On which side of its limits a result is abnormal."""

    HIGH = "high"
    LOW = "low"
    EITHER = "either"
    WORDS = "words"  # a finding that no number stands for


ABNORMAL, REPORTED, BEYOND = State.ABNORMAL, State.REPORTED, State.BEYOND
HIGH, LOW, EITHER, WORDS = Side.HIGH, Side.LOW, Side.EITHER, Side.WORDS
HALF_AS_MUCH_AGAIN = Decimal("1.5")
LIVER, KIDNEY, LUNG = Organ.LIVER, Organ.KIDNEY, Organ.LUNG
HEART, PANCREAS, OTHER = Organ.MUSCLE_HEART, Organ.PANCREAS, Organ.OTHER


class OrganTest(NamedTuple):
    """How one test speaks to its organ.

    The organ is involved beyond `upper` times the upper limit of normal, from `baseline` times the
    patient's own value, or beyond `above` in the unit of the vocabulary, on `dates` different dates.
    The limit of the report goes first: `without_limit` is used where the report gives none, and then a
    higher value is only reported. `in_words`: what "raised" or "abnormal" says. `name`: which other organ.

    Where the patient's own value before the reaction exceeds the upper limit, it takes the place of that
    limit, and multiples are of it: an unchanged chronic disease is not the reaction's.
    """

    organ: Organ
    test: str
    in_words: State = ABNORMAL
    dates: int = 1
    upper: Decimal | None = None
    baseline: Decimal | None = None
    above: Decimal | None = None
    without_limit: Decimal | None = None
    side: Side = HIGH
    name: str = ""


# fmt: off
ORGAN_TESTS = (
    OrganTest(LIVER, "alt", REPORTED, dates=2, upper=Decimal(2)),
    OrganTest(LIVER, "bilirubin_direct", REPORTED, dates=2, upper=Decimal(2)),
    OrganTest(LIVER, "ast", REPORTED),
    OrganTest(LIVER, "bilirubin_total", REPORTED),
    OrganTest(LIVER, "alp", REPORTED),
    OrganTest(LIVER, "ggt", REPORTED),
    OrganTest(LIVER, "liver_enzymes", REPORTED, side=WORDS),
    OrganTest(LIVER, "inr"),               # raised by anticoagulants too
    OrganTest(LIVER, "prothrombin_time", side=EITHER),  # seconds rise, per cent fall
    OrganTest(KIDNEY, "creatinine", REPORTED, dates=2, baseline=HALF_AS_MUCH_AGAIN),
    OrganTest(KIDNEY, "urine_protein_daily", REPORTED, above=Decimal(1)),
    OrganTest(KIDNEY, "haematuria", BEYOND, upper=Decimal(1)),
    OrganTest(KIDNEY, "egfr", REPORTED, side=LOW),
    OrganTest(KIDNEY, "creatinine_clearance", REPORTED, side=LOW),
    OrganTest(KIDNEY, "urea"),             # these support, and establish nothing
    OrganTest(KIDNEY, "bun"),
    OrganTest(KIDNEY, "urine_protein_creatinine"),  # 1 g/g is about 1 g/day and never equal to it
    OrganTest(KIDNEY, "urine_albumin_creatinine"),
    OrganTest(KIDNEY, "urine_protein"),    # in fever and effort too
    OrganTest(KIDNEY, "pyuria"),
    OrganTest(KIDNEY, "urine_eosinophils"),
    OrganTest(LUNG, "chest_imaging", side=WORDS),  # an effusion or pneumonia is no interstitial change
    OrganTest(LUNG, "blood_gas", side=LOW),
    OrganTest(LUNG, "bal", REPORTED),
    OrganTest(HEART, "creatine_kinase", REPORTED, upper=Decimal(2)),
    OrganTest(HEART, "ck_mb", REPORTED, upper=Decimal(1)),
    OrganTest(HEART, "ck_mm", REPORTED, upper=Decimal(1)),
    # 0.01 ug/L stands in the definition; up to 0.014 is normal in high-sensitivity assays.
    OrganTest(HEART, "troponin_t", REPORTED, upper=Decimal(1), without_limit=Decimal("0.01")),
    OrganTest(HEART, "troponin_i", REPORTED, upper=Decimal(1)),
    OrganTest(HEART, "troponin", REPORTED, upper=Decimal(1)),
    OrganTest(HEART, "nt_probnp"),
    OrganTest(HEART, "bnp"),
    OrganTest(HEART, "lvef", REPORTED, side=LOW),
    OrganTest(HEART, "ecg_echo", side=WORDS),  # abnormal in any tachycardia
    OrganTest(HEART, "aldolase"),
    OrganTest(HEART, "myoglobin"),
    OrganTest(PANCREAS, "amylase", REPORTED, upper=Decimal(2)),
    OrganTest(PANCREAS, "amylase_pancreatic", REPORTED, upper=Decimal(2)),
    OrganTest(PANCREAS, "lipase", REPORTED, upper=Decimal(2)),
    OrganTest(PANCREAS, "elastase_serum"),
    OrganTest(OTHER, "tsh", side=EITHER, name="thyroid"),
    OrganTest(OTHER, "ft4", side=EITHER, name="thyroid"),
    OrganTest(OTHER, "ft3", side=EITHER, name="thyroid"),
    OrganTest(OTHER, "anti_tpo", name="thyroid"),
    OrganTest(OTHER, "csf", name="brain"),
    OrganTest(OTHER, "abdominal_imaging", side=WORDS),  # of spleen, gut or gallbladder: it does not say
)
# fmt: on

# Tests of which an exact value within the upper limit, and no other number to compare it with, is normal.
PLAIN = frozenset(rule.test for rule in ORGAN_TESTS if rule.side is HIGH and rule.above is None)

# All three beyond twice their upper limit once also mean the liver.
LIVER_TRIAD = ("ast", "bilirubin_total", "alp")
LIVER_TRIAD_UPPER = Decimal(2)

# What must be normal before an organ is not involved by its tests alone: of each group at least one, and
# no result of the organ anything but normal. Small enough for the work-up of a usual report, and such
# that no common kind of involvement escapes it. Other organs have no such set: only a denial closes them.
NORMAL_SETS: dict[Organ, tuple[tuple[str, ...], ...]] = {
    # Hepatocellular, and cholestatic injury.
    LIVER: (("alt", "liver_enzymes"), ("bilirubin_total", "bilirubin_direct", "alp", "liver_enzymes")),
    # Interstitial nephritis raises creatinine; a normal urine alone does not exclude it.
    KIDNEY: (("creatinine",),),
    # Pneumonitis shows on an image, whatever the gases.
    LUNG: (("chest_imaging",),),
    # Muscle, and heart: one normal test does not speak for the other half.
    HEART: (("creatine_kinase",), ("troponin_t", "troponin_i", "troponin", "ecg_echo")),
    PANCREAS: (("lipase", "amylase", "amylase_pancreatic"),),
}
