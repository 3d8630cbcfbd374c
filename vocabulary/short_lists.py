"""Short lists of words that people write into boxes of free text, as one plain name for each.

They decide what of such a box is shown to readers without the right to identities: `read_word` gives the name
of a list, or "" for a text that is none of its words. Words of the same are separated by bars; the first is
the name. English only: other words of a report stay with those who may see it.
"""

from functools import cache

from vocabulary.folding import fold_name

# fmt: off
CONDITIONS = (
    "acne",
    "acute generalised exanthematous pustulosis | acute generalized exanthematous pustulosis | AGEP",
    "acute lymphoblastic leukaemia | acute lymphoblastic leukemia", "adult-onset Still's disease",
    "allergic rhinitis", "anaemia | anemia", "ankylosing spondylitis", "anxiety", "arthritis", "asthma",
    "atopic dermatitis | atopic eczema", "atrial fibrillation",
    "attention deficit hyperactivity disorder | ADHD", "autoimmune hepatitis", "bipolar disorder",
    "breast cancer", "bronchitis", "cellulitis", "chickenpox | varicella",
    "chronic kidney disease | CKD | chronic renal failure", "chronic obstructive pulmonary disease | COPD",
    "coronary artery disease", "COVID-19", "Crohn's disease",
    "cryopyrin-associated periodic syndrome | CAPS", "cytomegalovirus infection | CMV infection",
    "depression", "diabetes mellitus | diabetes", "diabetes mellitus type 1 | type 1 diabetes",
    "diabetes mellitus type 2 | type 2 diabetes", "drug eruption | drug rash | drug-induced rash",
    "drug-induced hypersensitivity syndrome | DIHS",
    "drug reaction with eosinophilia and systemic symptoms | DRESS",
    "eczema", "epilepsy", "Epstein-Barr virus infection | EBV infection | primary EBV infection",
    "erythema multiforme", "familial Mediterranean fever | FMF", "gout", "graft versus host disease | GVHD",
    "haemophagocytic lymphohistiocytosis | hemophagocytic lymphohistiocytosis | HLH", "heart failure",
    "hepatitis A", "hepatitis B", "hepatitis C", "herpes zoster", "HIV infection | HIV",
    "human herpesvirus 6 infection | HHV-6 infection", "hypercholesterolaemia | hypercholesterolemia",
    "hypereosinophilic syndrome", "hypertension | arterial hypertension", "hyperuricaemia | hyperuricemia",
    "hypothyroidism", "influenza", "juvenile idiopathic arthritis | JIA", "Kawasaki disease", "leprosy",
    "lung cancer", "lymphoma", "macrophage activation syndrome | MAS", "malaria", "measles", "melanoma",
    "migraine", "multiple myeloma", "multiple sclerosis", "mycoplasma infection", "obesity",
    "osteoarthritis", "osteomyelitis", "otitis media", "pancreatitis", "pneumonia", "psoriasis",
    "psoriatic arthritis", "rheumatoid arthritis", "rosacea", "sarcoidosis", "schizophrenia", "scabies",
    "scarlet fever", "seizure | seizures", "sepsis", "serum sickness", "sinusitis",
    "Stevens-Johnson syndrome | SJS", "stroke",
    "systemic juvenile idiopathic arthritis | sJIA | systemic-onset juvenile idiopathic arthritis",
    "systemic lupus erythematosus | SLE", "toxic epidermal necrolysis | TEN", "toxic shock syndrome",
    "tonsillitis", "trigeminal neuralgia", "tuberculosis", "ulcerative colitis", "urinary tract infection",
    "urticaria", "vasculitis", "viral exanthema | viral rash", "viral infection",
)
ROUTES = (
    "oral | by mouth | per os | p.o. | po", "intravenous | i.v. | iv", "intravenous drip",
    "intravenous bolus", "subcutaneous | s.c. | sc", "intramuscular | i.m. | im", "topical | on the skin",
    "cutaneous", "transdermal", "inhalation | inhaled", "nasal", "ophthalmic", "otic", "rectal", "vaginal",
    "sublingual", "buccal", "intra-articular", "intradermal", "intralesional", "intrathecal", "parenteral",
    "unknown", "other",
)
FORMS = (
    "tablet | tablets | film-coated tablet", "capsule | capsules", "solution", "solution for injection",
    "solution for infusion", "powder for solution for injection", "suspension", "oral suspension",
    "oral solution", "syrup", "drops", "eye drops", "cream", "ointment", "gel", "lotion", "patch",
    "suppository", "spray", "inhaler", "injection", "infusion", "pre-filled syringe | prefilled syringe",
    "granules", "powder",
)
SPECIMENS = (
    "whole blood | blood", "plasma", "serum", "PBMC", "leukocytes | leucocytes", "skin | skin biopsy",
    "saliva", "throat swab", "nasopharyngeal swab | nasal swab", "urine", "stool | faeces | feces",
    "cerebrospinal fluid | CSF", "liver | liver biopsy", "bone marrow", "bronchoalveolar lavage | BAL",
)
HISTOLOGY = (
    "none | absent", "present", "mild", "moderate", "severe", "single | single cells | scattered", "focal",
    "extensive", "full thickness | full-thickness", "lymphocytic", "lymphohistiocytic",
    "eosinophilic | eosinophils", "dermal eosinophilic | dermal eosinophilic infiltrate", "neutrophilic",
    "mixed", "perivascular", "perivascular lymphocytic", "interstitial", "lichenoid", "granulomatous",
)
FUNCTIONS = (
    "perforin | perforin expression", "degranulation | degranulation test", "CD107a", "NK cell function",
)
CAUSALITY_METHODS = (
    "WHO-UMC | WHO UMC | WHO-UMC system", "Naranjo | Naranjo scale", "RUCAM", "ALDEN",
    "French method | Begaud", "global introspection", "company | company assessment", "reporter",
)
CAUSALITY_RESULTS = (
    "certain", "definite", "probable", "probable/likely", "likely", "possible", "unlikely", "doubtful",
    "conditional", "unclassified", "unassessable", "related", "not related | unrelated",
    "reasonable possibility", "no reasonable possibility", "very likely", "excluded",
)
# fmt: on


def read_word(words: tuple[str, ...], text: str) -> str:
    """The name in a list that a text is a word of; "" where it is none."""
    return _names(words).get(fold_name(text), "")


@cache
def _names(words: tuple[str, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for same in words:
        spellings = [word.strip() for word in same.split("|")]
        names |= {fold_name(spelling): spellings[0] for spelling in spellings}
    return names
