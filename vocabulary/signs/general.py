"""Fever, lymph nodes, blood and its cells: terms people use, and what each is evidence of.

Sources: terms of a public list of adverse events (VAERS 2019) and clinical usage; no codes of MedDRA,
which are licensed.
"""

from vocabulary.signs.record import DENIED, NEVER, REPORTED, SUGGESTS, SignGroup

# fmt: off
GROUPS = (
    SignGroup(
        "fever", REPORTED, field="Temperature.result",
        note="Without a number it is open whether 38.5 °C was reached.",
        terms="Pyrexia | Fever | Febrile | Hyperpyrexia | Body temperature increased",
    ),
    SignGroup(
        "fever", REPORTED, field="Temperature.result",
        note="Without a number it is open whether 38.5 °C was reached; low-grade fever points below it.",
        terms=(
            "high temperature | ran a temperature | feverish | spiking fevers | high fever | "
            "spiking a temp | pyrexial | temp up | pyrexia of unknown origin | febrile illness | "
            "persistent fever | low-grade fever"
        ),
    ),
    SignGroup(
        "fever", NEVER, field="Temperature.result",
        note="It is no temperature.",
        terms=(
            "chills | rigors | shivering | night sweats | hot flush | feeling hot | felt hot | "
            "Hyperhidrosis | Flushing"
        ),
    ),
    SignGroup(
        "fever", SUGGESTS, field="Temperature.result",
        note=(
            "Often used for fever, but it means heat without a changed set-point; malignant "
            "hyperthermia is none."
        ),
        terms="Hyperthermia | Hyperthermia malignant | Heat stroke | Heat exhaustion",
    ),
    SignGroup(
        "fever", DENIED, field="Temperature.result",
        note="It denies fever at the time it speaks of, not an earlier one.",
        terms=(
            "afebrile | apyrexial | apyrexia | no fever | without fever | fever denied | no pyrexia | "
            "temperature normal | Body temperature normal | normothermic | afebrile throughout"
        ),
    ),
    SignGroup(
        "fever", SUGGESTS, field="Temperature.result",
        note="It lies below 38.5 °C.",
        terms="subfebrile | subfebrile temperature | subfebril",
    ),
    SignGroup(
        "fever", REPORTED, field="Temperature.result",
        note="A fever; drug fever alone is another diagnosis.",
        terms="drug fever | Neutropenic fever | Febrile neutropenia",
    ),
    SignGroup(
        "nodes", REPORTED, field="LymphNodeExamination",
        note="Sites and sizes are missing: open.",
        terms=(
            "Lymphadenopathy | Lymph node enlargement | Lymphadenitis | Lymph node palpable | "
            "Lymphoid tissue hyperplasia"
        ),
    ),
    SignGroup(
        "nodes", REPORTED, field="LymphNodeExamination",
        note="Sizes are missing; generalised and polyadenopathy mean several sites.",
        terms=(
            "adenopathy | swollen glands | swollen lymph nodes | enlarged lymph nodes | "
            "swollen lymph glands | glands up | lumps in the neck | polyadenopathy | "
            "generalised lymphadenopathy | generalized lymphadenopathy | diffuse lymphadenopathy | "
            "palpable nodes | LAD | lymph node swelling"
        ),
    ),
    SignGroup(
        "nodes", SUGGESTS, field="LymphNodeExamination",
        note="One region is one site, whatever the number of nodes or sides: open.",
        terms=(
            "Lymphadenopathy mediastinal | Hilar lymphadenopathy | Retroperitoneal lymphadenopathy | "
            "cervical lymphadenopathy | axillary lymphadenopathy | inguinal lymphadenopathy | "
            "submandibular lymphadenopathy | bilateral cervical lymphadenopathy | Lymph node pain"
        ),
    ),
    SignGroup(
        "nodes", NEVER, field="LymphNodeExamination",
        note="Another disease, or no lymph node.",
        terms=(
            "Lymph node abscess | Lymph node tuberculosis | Sinus histiocytosis | Lymphoma | "
            "Castleman's disease | sentinel node | Lymphangitis | Lymphoedema | "
            "Parotid gland enlargement | swollen salivary glands | glands (thyroid)"
        ),
    ),
    SignGroup(
        "nodes", DENIED, field="LymphNodeExamination",
        terms=(
            "no lymphadenopathy | no adenopathy | without lymphadenopathy | nodes not palpable | "
            "no palpable lymph nodes | no enlarged lymph nodes | lymph nodes normal | nodes not enlarged"
        ),
    ),
    SignGroup(
        "nodes", SUGGESTS, field="LymphNodeExamination",
        note="Nodes below 1 cm are no site that counts, and no denial of others.",
        terms=(
            "shotty nodes | small nodes | subcentimetric nodes | borderline nodes | "
            "reactive nodes under 1 cm"
        ),
    ),
    SignGroup(
        "eosinophilia", REPORTED, field="Examination.test=eosinophils",
        note="In words it is 0 to 2 points: a count is missing.",
        terms=(
            "Eosinophilia | Eosinophil count increased | Hypereosinophilia | Hypereosinophilic syndrome | "
            "high eosinophils | raised eosinophils | eosinophils up | peripheral eosinophilia | "
            "blood eosinophilia | marked eosinophilia | Eosinophil percentage increased"
        ),
    ),
    SignGroup(
        "eosinophilia", DENIED, field="Examination.test=eosinophils",
        note="After a systemic steroid a normal count denies nothing.",
        terms=(
            "no eosinophilia | eosinophils normal | Eosinophil count normal | normal eosinophil count | "
            "without eosinophilia"
        ),
    ),
    SignGroup(
        "eosinophilia", NEVER, field="Examination.test=eosinophils",
        note="Eosinophils of a tissue and not of the blood.",
        terms=(
            "tissue eosinophilia | dermal eosinophils | eosinophilic infiltrate | eosinophils on biopsy | "
            "Eosinophilic pneumonia | Eosinophilic oesophagitis | Eosinophilic cystitis | "
            "Eosinophilic fasciitis | Eosinophils urine present | BAL eosinophilia | nasal eosinophilia | "
            "CSF eosinophilia | Eosinophilic granulomatosis with polyangiitis | Pulmonary eosinophilia"
        ),
    ),
    SignGroup(
        "atypical", REPORTED, field="Examination.test=atypical_lymphocytes",
        terms=(
            "Atypical lymphocytosis | atypical lymphocytes | reactive lymphocytes | "
            "activated lymphocytes | circulating Sezary-like cells | lymphocytosis with atypical forms | "
            "mononucleosis-like lymphocytes | virocytes"
        ),
    ),
    SignGroup(
        "atypical", SUGGESTS, field="Examination.test=atypical_lymphocytes",
        note="It points there and establishes nothing: open.",
        terms="Lymphocyte morphology abnormal",
    ),
    SignGroup(
        "atypical", NEVER, field="Examination.test=atypical_lymphocytes",
        note="A count or a disease and not the forms of a smear.",
        terms=(
            "Lymphocytosis | Lymphocyte count increased | Mononucleosis syndrome | "
            "Infectious mononucleosis | large unstained cells | analyser flag atypical lymphocytes | "
            "Blast cells present | Lymphopenia"
        ),
    ),
    SignGroup(
        "atypical", DENIED, field="Examination.test=atypical_lymphocytes",
        note="A differential by machine is no smear.",
        terms=(
            "no atypical lymphocytes | smear normal | Lymphocyte morphology normal | "
            "blood film unremarkable | peripheral smear without atypical cells"
        ),
    ),
    SignGroup(
        "blood", SUGGESTS, field="Examination.test=leukocytes",
        note="Blood is no organ and no item of the score.",
        terms=(
            "Leukocytosis | White blood cell count increased | Leukopenia | "
            "White blood cell count decreased | Thrombocytopenia | Platelet count decreased | "
            "Neutropenia | Agranulocytosis | Anaemia | Pancytopenia | Lymphopenia | Monocytosis | "
            "Neutrophilia"
        ),
    ),
)
# fmt: on
