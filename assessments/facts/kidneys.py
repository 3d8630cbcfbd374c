"""Whether the kidneys failed: then drugs that leave by the kidney, or whose metabolites do, stay longer."""

from functools import cache

from cases.models import MedicalHistory, OrganInvolvement, Phase, Reaction, Symptom
from cases.record.case_record import CaseRecord
from scoring.facts import Organ, ResultKind
from vocabulary.folding import fold_name
from vocabulary.signs import Evidence, read_sign

PRESENT = frozenset({ResultKind.POSITIVE, ResultKind.QUALITATIVE, ResultKind.MEASURED})

# Conditions of the medical history, in British and American spelling. Only whole terms count. Stages 1 and
# 2 of a chronic kidney disease leave the elimination as it is; a disease without its stage may not.
CHRONIC = (
    "chronic kidney disease",
    "chronic renal disease",
    "ckd",
    "chronic kidney failure",
    "kidney disease",
)
STAGES = ("3", "3a", "3b", "4", "5", "g3", "g3a", "g3b", "g4", "g5", "iii", "iiia", "iiib", "iv", "v", "5d")
STAGED = ("{} {}", "{} stage {}", "stage {1} {0}", "{} grade {}")
# fmt: off
FAILING = (
    "chronic kidney disease", "chronic renal disease", "ckd", "renal failure", "kidney failure",
    "chronic renal failure", "renal failure chronic", "chronic kidney failure", "crf",
    "renal insufficiency", "chronic renal insufficiency", "kidney insufficiency", "renal impairment",
    "chronic renal impairment", "kidney impairment", "renal disorder", "impaired renal function",
    "impaired kidney function", "reduced renal function", "reduced kidney function", "renal dysfunction",
    "kidney dysfunction", "acute renal failure", "acute kidney failure", "acute kidney injury", "aki",
    "renal failure acute", "acute on chronic kidney disease", "acute on chronic renal failure", "anuria",
    "uraemia", "uremia", "end stage renal disease", "end stage kidney disease", "end stage renal failure",
    "end stage kidney failure", "esrd", "eskd", "esrf", "terminal renal failure",
    "terminal renal insufficiency", "diabetic nephropathy", "dialysis", "haemodialysis", "hemodialysis",
    "peritoneal dialysis", "renal dialysis", "chronic dialysis", "on dialysis", "on haemodialysis",
    "on hemodialysis", "dialysis patient", "renal replacement therapy",
    "glomerular filtration rate decreased", "creatinine renal clearance decreased",
)
# fmt: on


def renal_impairment(record: CaseRecord) -> bool:
    """Whether the report knows of failing kidneys: in the history, as an organ of the reaction, or in words.

    Kidneys that fail with the reaction count as well, as in ALDEN (item 2): when they began to isn't known.
    """
    return _in_history(record) or _by_organ(record) or _in_words(record)


def _in_history(record: CaseRecord) -> bool:
    return any(
        fold_name(row.term) in _terms()
        for row in record.all(MedicalHistory)
        if not row.is_family_history and row.is_continuing is not False and row.end is None
    )


def _by_organ(record: CaseRecord) -> bool:
    return any(
        row.organ == Organ.KIDNEY and row.result in PRESENT
        for row in record.all(OrganInvolvement)
        if row.phase != Phase.AFTER
    )


def _in_words(record: CaseRecord) -> bool:
    terms = [reaction.term for reaction in record.all(Reaction)]
    terms += [row.term for row in record.all(Symptom) if row.result in PRESENT]
    return any(_is_reported(term) for term in terms)


def _is_reported(term: str) -> bool:
    signs = read_sign(term)
    return any(sign.organ == Organ.KIDNEY and sign.evidence is Evidence.REPORTED for sign in signs)


@cache
def _terms() -> frozenset[str]:
    staged = {form.format(name, stage) for form in STAGED for name in CHRONIC for stage in STAGES}
    return frozenset(map(fold_name, {*FAILING, *staged}))
