"""Other causes, severity, viruses, course and diagnosis: terms people use, and what each is evidence of.

Sources: terms of a public list of adverse events (VAERS 2019) and clinical usage; no codes of MedDRA,
which are licensed.
"""

from vocabulary.signs.record import DENIED, NEVER, REPORTED, SUGGESTS, SignGroup

# fmt: off
GROUPS = (
    SignGroup(
        "severity", SUGGESTS, field="Symptom / DifferentialDiagnosis",
        note="A complication and no organ by itself: liver, spleen and counts are read from their own facts.",
        terms=(
            "Haemophagocytic lymphohistiocytosis | Haemophagocytic syndrome | "
            "Histiocytosis haematophagic | Macrophage activation syndrome | HLH | MAS | Cytokine storm | "
            "Cytokine release syndrome | haemophagocytosis in marrow"
        ),
    ),
    SignGroup(
        "other_causes", REPORTED, field="Examination.test (cause rows)",
        note="A positive cause answers the item with No.",
        terms=(
            "Antinuclear antibody positive | Antinuclear antibody increased | Blood culture positive | "
            "Bacteraemia | Hepatitis A antibody positive (IgM) | Hepatitis B surface antigen positive | "
            "Hepatitis C antibody positive | Hepatitis C RNA positive | Mycoplasma test positive | "
            "Mycoplasma infection | Chlamydia test positive (pneumoniae)"
        ),
    ),
    SignGroup(
        "other_causes", DENIED, field="Examination.test (cause rows)",
        note="One row, and which viruses is open.",
        terms=(
            "Antinuclear antibody negative | Blood culture negative | cultures sterile | no growth | "
            "Hepatitis viral test negative | viral hepatitis serology negative | "
            "Hepatitis B surface antigen negative | Hepatitis C antibody negative | "
            "Mycoplasma test negative | Chlamydia test negative | ANA negative"
        ),
    ),
    SignGroup(
        "other_causes", SUGGESTS, field="DifferentialDiagnosis",
        note="It names no test: no row is closed by it.",
        terms=(
            "infection ruled out | infectious work-up negative | extensive work-up negative | "
            "other causes excluded | no evidence of infection | screen negative | serologies negative | "
            "autoimmune screen negative"
        ),
    ),
    SignGroup(
        "virus", NEVER, field="ViralTest",
        note="A herpes virus is never a positive cause in RegiSCAR.",
        terms=(
            "Human herpesvirus 6 infection | HHV-6 reactivation | Cytomegalovirus infection | "
            "Cytomegalovirus viraemia | Epstein-Barr virus infection | Epstein-Barr viraemia | "
            "Human herpesvirus 7 infection | Viral load increased | Herpes virus infection | Roseola"
        ),
    ),
    SignGroup(
        "other_causes", NEVER, field="Examination.test (cause rows)",
        note="Immunity, past infection or another species.",
        terms=(
            "Hepatitis B surface antibody positive | Hepatitis B core antibody positive | "
            "Cytomegalovirus antibody positive | Epstein-Barr virus antibody positive | "
            "Mycoplasma IgG positive | Chlamydia trachomatis infection | HAV IgG positive | "
            "vaccinated against hepatitis B"
        ),
    ),
    SignGroup(
        "resolution", REPORTED, field="Course.is_resolved",
        note="Skin and organ signs together; the clock starts at onset.",
        terms=(
            "resolved | recovered | complete resolution | cleared | back to normal | healed | "
            "symptom-free | full recovery | remission of symptoms"
        ),
    ),
    SignGroup(
        "resolution", SUGGESTS, field="Course",
        note="Not yet resolved.",
        terms=(
            "improving | recovering | resolving | better | improved | improvement | partial recovery | "
            "fading rash"
        ),
    ),
    SignGroup(
        "resolution", DENIED, field="Course.is_resolved",
        note="A relapse is no resolution; with sequelae: of what?",
        terms=(
            "not recovered | ongoing | persistent | unresolved | relapse | flare | Rebound effect | "
            "recurred on tapering | recovered with sequelae"
        ),
    ),
    SignGroup(
        "diagnosis", REPORTED, field="Reaction.term",
        note="It names the reaction that is assessed and answers no item.",
        terms=(
            "Drug reaction with eosinophilia and systemic symptoms | DRESS | DRESS syndrome | DIHS | "
            "Drug-induced hypersensitivity syndrome | DIDMOHS | Drug hypersensitivity syndrome | "
            "Anticonvulsant hypersensitivity syndrome | allopurinol hypersensitivity syndrome | "
            "Drug rash with eosinophilia and systemic symptoms | drug eruption with eosinophilia | "
            "hypersensitivity syndrome"
        ),
    ),
    SignGroup(
        "diagnosis", NEVER, field="DifferentialDiagnosis",
        note="Broader, or another diagnosis.",
        terms=(
            "Drug hypersensitivity | Hypersensitivity | Type IV hypersensitivity reaction | "
            "Serum sickness | Serum sickness-like reaction | Toxic shock syndrome | Kawasaki's disease | "
            "Still's disease | Sezary syndrome | Cutaneous T-cell lymphoma | "
            "Angioimmunoblastic T-cell lymphoma | Acute graft versus host disease"
        ),
    ),
)
# fmt: on
