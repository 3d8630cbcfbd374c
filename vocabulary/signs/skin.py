"""Skin: features that suggest DRESS, extent, biopsy: terms people use, and what each is evidence of.

Sources: terms of a public list of adverse events (VAERS 2019) and clinical usage; no codes of MedDRA,
which are licensed.
"""

from vocabulary.signs.record import DENIED, NEVER, REPORTED, SUGGESTS, SignGroup

# fmt: off
GROUPS = (
    SignGroup(
        "suggesting", REPORTED, organ="skin", field="SkinExamination.facial_oedema",
        note="Eyelids or lips alone are a part of the face.",
        terms=(
            "Face oedema | Swelling face | Facial oedema | facial edema | facial swelling | "
            "swollen face | puffy face | face swelling | facial puffiness | periorbital oedema | "
            "Periorbital swelling | Eyelid oedema | swollen eyes | centrofacial oedema | "
            "oedema of the face | face blown up | Swelling of eyelid | Lip swelling"
        ),
    ),
    SignGroup(
        "suggesting", SUGGESTS, organ="skin", field="SkinExamination.facial_oedema",
        note="Oedema of another kind: a person decides.",
        terms=(
            "Angioedema | Angioneurotic oedema | Allergic oedema | Quincke's oedema | "
            "Anaphylactic reaction"
        ),
    ),
    SignGroup(
        "suggesting", NEVER, organ="skin", field="SkinExamination.facial_oedema",
        note="It is not the face.",
        terms=(
            "Oedema peripheral | Peripheral swelling | Generalised oedema | Ankle oedema | "
            "Pulmonary oedema | Brain oedema | Joint swelling | Oedema of hands"
        ),
    ),
    SignGroup(
        "suggesting", DENIED, organ="skin", field="SkinExamination.facial_oedema",
        terms="no facial oedema | no facial edema | no swelling of the face | without facial swelling",
    ),
    SignGroup(
        "suggesting", REPORTED, organ="skin", field="SkinExamination.scaling",
        note="Desquamation while healing is scaling too.",
        terms=(
            "Skin exfoliation | Exfoliative rash | Dermatitis exfoliative | "
            "Dermatitis exfoliative generalised | desquamation | skin peeling | peeling skin | scaling | "
            "scaly rash | flaking skin | psoriasiform desquamation | skin shedding | "
            "skin coming off in flakes | Exfoliative dermatitis | Skin scaly"
        ),
    ),
    SignGroup(
        "suggesting", NEVER, organ="skin", field="SkinExamination.scaling",
        note="Detachment is no scaling; it speaks for SJS or TEN.",
        terms=(
            "Skin necrosis | Epidermal necrosis | Epidermolysis | skin detachment | "
            "epidermal detachment | Nikolsky's sign | Nikolsky's sign positive | "
            "Toxic epidermal necrolysis | Stevens-Johnson syndrome | SJS-TEN overlap | Blister | "
            "Bullous | Staphylococcal scalded skin syndrome | skin sloughing | Lip exfoliation | "
            "Oral mucosal exfoliation"
        ),
    ),
    SignGroup(
        "suggesting", NEVER, organ="skin", field="SkinExamination.scaling",
        note="Local, or another disease.",
        terms="Injection site exfoliation | Application site exfoliation | Dandruff | Psoriasis | Dry skin",
    ),
    SignGroup(
        "suggesting", SUGGESTS, organ="skin", field="SkinExamination.purpura_beyond_legs",
        note="Purpura counts beyond the legs only: where was it?",
        terms=(
            "Purpura | Palpable purpura | Petechiae | purpuric rash | purpuric lesions | "
            "Haemorrhagic rash | purple spots | pinpoint bleeding spots | targetoid purpuric lesions | "
            "Vasculitic rash"
        ),
    ),
    SignGroup(
        "suggesting", REPORTED, organ="skin", field="SkinExamination.purpura_beyond_legs",
        terms=(
            "purpura of the trunk | purpura of arms and trunk | generalised purpura | "
            "purpura on the abdomen | facial purpura"
        ),
    ),
    SignGroup(
        "suggesting", NEVER, organ="skin", field="SkinExamination.purpura_beyond_legs",
        note="Of the legs alone, of a bleeding disorder, or a bruise.",
        terms=(
            "purpura of the legs | purpura of lower limbs | purpura on both shins | "
            "petechiae on the legs | Henoch-Schonlein purpura | Thrombocytopenic purpura | "
            "Immune thrombocytopenia | Ecchymosis | Contusion | bruising | Injection site bruising | "
            "Senile purpura"
        ),
    ),
    SignGroup(
        "suggesting", REPORTED, organ="skin", field="SkinExamination.infiltration",
        note="Papules alone are weak evidence of infiltration.",
        terms=(
            "skin infiltration | infiltrated plaques | infiltrated rash | indurated rash | "
            "skin induration | oedematous papules | infiltrated erythema | thickened skin | "
            "urticated papules | infiltrated papules | Skin swelling | Rash papular"
        ),
    ),
    SignGroup(
        "suggesting", NEVER, organ="skin", field="SkinExamination.infiltration",
        note="Histology or lung and not the feel of the skin.",
        terms=(
            "perivascular infiltrate | lymphocytic infiltrate | inflammatory infiltrate | "
            "pulmonary infiltrate | Lung infiltration | Lymphocytic infiltration | cellular infiltrate"
        ),
    ),
    SignGroup(
        "extent", REPORTED, organ="skin", field="SkinExamination.extent=widespread",
        note="Only erythroderma stands for 80 to 90 %; the rest is the reporter’s word.",
        terms=(
            "Erythroderma | erythrodermic rash | Exfoliative erythroderma | red man | red all over | "
            "whole body rash | rash all over | total body rash | generalised rash | generalized rash | "
            "widespread rash | Rash generalised | Rash macular generalised | diffuse rash | "
            "head to toe rash | universal exanthema | disseminated rash | rash over whole body | "
            "diffuse erythema | Generalised erythema | widespread exanthema"
        ),
    ),
    SignGroup(
        "extent", SUGGESTS, organ="skin", field="SkinExamination.extent=localised",
        note="One region is less than half as a rule; SDRIFE and fixed eruption are other diagnoses.",
        terms=(
            "localised rash | rash on the arms | rash limited to | Rash on trunk | flexural rash | "
            "rash on face only | Injection site rash | Application site rash | Fixed eruption | "
            "Symmetrical drug-related intertriginous and flexural exanthema"
        ),
    ),
    SignGroup(
        "extent", SUGGESTS, organ="skin", field="SkinExamination.description",
        note="A rash of unknown extent and features.",
        terms=(
            "Rash | Rash maculo-papular | Rash morbilliform | Rash erythematous | Exanthema | "
            "Drug eruption | Dermatitis | Erythema | Toxic skin eruption | Rash pruritic | skin rash | "
            "maculopapular exanthem | MPE | red spots | hives-like rash"
        ),
    ),
    SignGroup(
        "suggesting", NEVER, organ="skin", field="SkinExamination.description",
        note="None of the four features; AGEP and erythema multiforme are other diagnoses.",
        terms=(
            "Urticaria | Pruritus | itching | Erythema multiforme | "
            "Acute generalised exanthematous pustulosis | Pustular rash | Rash pustular | Alopecia | "
            "Mucosal inflammation | Stomatitis | Cheilitis | Conjunctivitis"
        ),
    ),
    SignGroup(
        "suggesting", REPORTED, organ="skin", field="SkinExamination.reporter_finds_suggestive",
        note="The source’s judgement.",
        terms=(
            "rash suggestive of DRESS | rash typical of DRESS | rash compatible with DRESS | "
            "polymorphous rash suggesting DRESS"
        ),
    ),
    SignGroup(
        "biopsy", SUGGESTS, organ="skin", field="BiopsyDetail.conclusion",
        note="The conclusion on DRESS closes the item; abnormal alone is unclear.",
        terms=(
            "Biopsy skin abnormal | interface dermatitis with eosinophils | "
            "spongiotic dermatitis with eosinophils"
        ),
    ),
    SignGroup(
        "biopsy", REPORTED, organ="skin", field="BiopsyDetail.conclusion",
        note="Compatible by the source’s conclusion.",
        terms=(
            "skin biopsy compatible with DRESS | biopsy consistent with drug reaction | "
            "histology compatible"
        ),
    ),
    SignGroup(
        "biopsy", SUGGESTS, organ="skin", field="BiopsyDetail.conclusion=unclear / not done",
        terms="Biopsy skin normal | biopsy inconclusive | non-specific dermatitis | biopsy not taken",
    ),
    SignGroup(
        "biopsy", DENIED, organ="skin", field="BiopsyDetail.conclusion=other_diagnosis",
        note="Another diagnosis.",
        terms=(
            "biopsy showed psoriasis | biopsy AGEP | biopsy Stevens-Johnson | biopsy lymphoma | "
            "mycosis fungoides | leukocytoclastic vasculitis"
        ),
    ),
)
# fmt: on
