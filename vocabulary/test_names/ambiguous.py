"""Names that mean several things, or a test of one material only: asked, unless unit or context decides.

A name that is also among the names of a test is asked only where the unit contradicts that test.

The unit decides before the context. A context is a word about the report: its language in two letters
(es), the material (urine, csf, fluid, biopsy), a field of medicine (virus, nephrology, allergy) or a kind
of examination.
"""

from typing import NamedTuple


class Meaning(NamedTuple):
    """When a name means this test: by a kind of quantity or UCUM code, or by a word of the context."""

    test: str
    units: str = ""
    contexts: str = ""


class Ambiguity(NamedTuple):
    """Names with the same meanings, and what to ask; without meanings, they lead to no test."""

    names: str
    question: str
    meanings: tuple[Meaning, ...] = ()


COUNT, ENZYME = "count_concentration", "catalytic_concentration"

# fmt: off
AMBIGUITIES = (
    # Blood counts
    Ambiguity("acidófilos", "Eosinophils (an old word of Spanish and Portuguese), or bacteria?",
              (Meaning("eosinophils", COUNT, "es pt"), Meaning("eosinophils_percent", "percent"))),
    Ambiguity("EO", "Eosinophils, or an examination?",
              (Meaning("eosinophils", COUNT, "blood"), Meaning("eosinophils_percent", "percent"))),
    Ambiguity("eosinophilia", "A finding and not a test: enter the count, or the finding as a reaction.",
              (Meaning("eosinophils", COUNT), Meaning("eosinophils_percent", "percent"))),
    Ambiguity("GB", "Leukocytes (globules blancs), or the gall bladder?",
              (Meaning("leukocytes", COUNT, "fr"),)),
    Ambiguity("TLC", "Total leukocyte count, or total lung capacity?",
              (Meaning("leukocytes", COUNT, "blood"),)),
    Ambiguity("Leuko", "Leukocytes of the blood, or of the urine?",
              (Meaning("leukocytes", "", "blood"), Meaning("pyuria", "per_field", "urine"))),
    Ambiguity("BC", "Blood count, blood culture or conjugated bilirubin?",
              (Meaning("bilirubin_direct", "mg/dL umol/L", "fr"), Meaning("blood_culture", "", "bacteria"))),
    Ambiguity("ANC", "Absolute neutrophil count, or antenatal care?",
              (Meaning("neutrophils", COUNT, "blood"),)),
    Ambiguity("granulocytes", "All granulocytes, or neutrophils only?"),
    Ambiguity("poly", "Polymorphonuclear cells, or something else?",
              (Meaning("neutrophils", COUNT, "blood"),)),
    Ambiguity("LY", "Lymphocytes as a count or as a share?",
              (Meaning("lymphocytes", COUNT), Meaning("lymphocytes_percent", "percent"))),
    Ambiguity("linfócitos típicos | typical lymphocytes", "Typical lymphocytes are the normal ones."),
    Ambiguity("ATL | AL", "Atypical lymphocytes, or another abbreviation?",
              (Meaning("atypical_lymphocytes", "percent", "blood"),)),
    Ambiguity("abnormal lymphocytes | immunoblasts | plasmacytoid lymphocytes",
              "Reactive (atypical) lymphocytes, or malignant cells?"),
    Ambiguity("LUC", "Large unstained cells of an analyser are no smear.",
              (Meaning("luc", "percent", "blood"),)),
    # Liver and coagulation
    Ambiguity("AL-T", "ALT, or something else?", (Meaning("alt", ENZYME, "liver"),)),
    Ambiguity("GTP", "GPT (ALT) or GGT?"),
    Ambiguity("AST antistreptolysin | AST resistance", "A streptococcal antibody, or a resistance?"),
    Ambiguity("AP | FA | PA | AF | PAL", "Alkaline phosphatase, or another abbreviation?",
              (Meaning("alp", ENZYME, "liver"),)),
    Ambiguity("GT", "Gamma-glutamyltransferase, or another transferase?", (Meaning("ggt", "", "liver"),)),
    Ambiguity("BT", "Total bilirubin, body temperature or bleeding time?",
              (Meaning("bilirubin_total", "mass_concentration molar_concentration", "fr es it pt liver"),
               Meaning("body_temperature", "temperature", "ja vital"))),
    Ambiguity("TB", "Total bilirubin, or tuberculosis?",
              (Meaning("bilirubin_total", "mass_concentration molar_concentration", "liver"),)),
    Ambiguity("bili", "Total or direct bilirubin?"),
    Ambiguity("BD | DB", "Direct bilirubin, or another abbreviation?",
              (Meaning("bilirubin_direct", "mass_concentration molar_concentration", "liver"),)),
    Ambiguity("bilan hépatique perturbé | transaminases perturbées", "Which liver test?"),
    Ambiguity("LFT", "Liver or lung function test?", (Meaning("liver_enzymes", "", "liver"),)),
    Ambiguity("PT", "Prothrombin time, INR, or something else?",
              (Meaning("prothrombin_time", "time percent coagulation/%", "coagulation"),
               Meaning("inr", "{INR}"))),
    Ambiguity("TP", "Prothrombin (taux de prothrombine), or total protein?",
              (Meaning("prothrombin_time", "time percent coagulation/%", "fr es it pt coagulation"),
               Meaning("inr", "{INR}"))),
    Ambiguity("PTT", "Partial thromboplastin time is another test than prothrombin time."),
    Ambiguity("LD", "Lactate dehydrogenase, or something else?", (Meaning("ldh", ENZYME, "liver"),)),
    # Kidney and urine
    Ambiguity("Cr", "Creatinine, chromium, or a response to treatment?",
              (Meaning("creatinine", "mg/dL umol/L mg/L", "kidney"),)),
    Ambiguity("creatine", "Creatinine, creatine or creatine kinase?",
              (Meaning("creatine_kinase", ENZYME), Meaning("creatinine", "umol/L", "kidney"))),
    Ambiguity("uremia | urémie | azotemia", "Urea, urea nitrogen, or a syndrome?",
              (Meaning("urea", "", "it es"),)),
    Ambiguity("UN", "Urea nitrogen, or something else?", (Meaning("bun", "mg/dL", "kidney"),)),
    Ambiguity("GFR", "Estimated or measured filtration rate?",
              (Meaning("egfr", "mL/min/{1.73_m2}", "kidney"),)),
    Ambiguity("MDRD > 60", "A bound and no value.", (Meaning("egfr", "mL/min/{1.73_m2}"),)),
    Ambiguity("PCR", "C-reactive protein, protein/creatinine ratio, or a nucleic acid test (of which virus)?",
              (Meaning("crp", "mass_concentration", "es it pt fr"),
               Meaning("urine_protein_creatinine", "mass_ratio", "nephrology"))),
    Ambiguity("ACR", "Albumin/creatinine ratio, or the American College of Rheumatology?",
              (Meaning("urine_albumin_creatinine", "mass_ratio", "urine nephrology"),)),
    Ambiguity("RBC | Ery", "Red cells of the blood, or of the urine?",
              (Meaning("haematuria", "per_field", "urine"),)),
    # Muscle, heart, pancreas, glands
    Ambiguity("CK7 | CK20 | cytokeratin", "A cytokeratin of a biopsy is no creatine kinase."),
    Ambiguity("TNT | TNT-alpha", "Troponin T, or tumour necrosis factor?",
              (Meaning("troponin_t", "ng/L ug/L ng/mL pg/mL", "heart"),)),
    Ambiguity("EF | FE", "Ejection fraction, fractional excretion, or iron?",
              (Meaning("lvef", "", "heart"),)),
    Ambiguity("THS", "TSH, or a hormone treatment?", (Meaning("tsh", "m[IU]/L", "thyroid"),)),
    Ambiguity("T4", "Free or total T4?"),
    Ambiguity("T4L", "Free T4 (T4 libre), or a vertebra or stage?",
              (Meaning("ft4", "pmol/L ng/dL", "thyroid"),)),
    Ambiguity("TPO | MAK", "Antibodies to thyroid peroxidase, or something else?",
              (Meaning("anti_tpo", "arbitrary_concentration", "thyroid"),)),
    Ambiguity("GAD", "Antibodies to GAD, or an anxiety disorder?",
              (Meaning("anti_gad", "arbitrary_concentration U/mL", "diabetes"),)),
    Ambiguity("FBG | BG | FBS", "Glucose, fibrinogen, or something else?",
              (Meaning("glucose", "mmol/L", "diabetes"),)),
    # Inflammation and HScore
    Ambiguity("VHS", "Sedimentation rate (Portuguese), or herpes simplex (Spanish, French)?",
              (Meaning("esr", "sedimentation", "pt"),
               Meaning("hsv_vzv", "nucleic_acid_load log_load", "es fr virus"))),
    Ambiguity("VS | BSE | ESR1", "Sedimentation rate, or another abbreviation?",
              (Meaning("esr", "sedimentation"),)),
    Ambiguity("PCT", "Procalcitonin, plateletcrit, or porphyria?",
              (Meaning("procalcitonin", "ng/mL ug/L", "infection"),)),
    Ambiguity("FER", "Ferritin, or iron?", (Meaning("ferritin", "ng/mL", "inflammation"),)),
    Ambiguity("glycosylated ferritin", "A share of ferritin and not its amount."),
    Ambiguity("TG", "Triglycerides, or thyroglobulin?",
              (Meaning("triglycerides", "mg/dL mmol/L g/L", "lipids"),)),
    Ambiguity("TAG | Tri", "Triglycerides, or something else?",
              (Meaning("triglycerides", "mg/dL mmol/L g/L", "lipids"),)),
    Ambiguity("FIB", "Fibrinogen, fibrillation, or a fibrosis index?",
              (Meaning("fibrinogen", "g/L mg/dL", "coagulation"),)),
    Ambiguity("FDP", "Fibrin degradation products are no fibrinogen."),
    Ambiguity("CD25", "A share of cells, or the soluble receptor?", (Meaning("sil2r", "U/mL pg/mL"),)),
    Ambiguity("basophil degranulation", "A test of allergy, not of cytotoxic cells."),
    Ambiguity("specific IgE", "IgE to one allergen is not total IgE."),
    # Other causes
    Ambiguity("FAN", "Antinuclear antibodies (FAN), or something else?", (Meaning("ana", "titre", "pt fr"),)),
    Ambiguity("ENA", "Extractable antigens are another test than antinuclear antibodies."),
    Ambiguity("BK", "Blood culture (Blutkultur), BK virus, or tuberculosis?",
              (Meaning("blood_culture", "", "de"),)),
    Ambiguity("hepatitis A | HAV | VHA | anti-HAV", "Which marker of hepatitis A: IgM, or total and IgG?",
              (Meaning("hepatitis_a", "", "igm"), Meaning("hepatitis_a_total", "", "igg total"))),
    Ambiguity("hepatitis B | HBV | VHB | HBV serology | HBs | HBc",
              "Which marker of hepatitis B: HBsAg, anti-HBs, anti-HBc (IgM or total), or DNA?",
              (Meaning("hepatitis_b_dna", "nucleic_acid_load log_load", "dna pcr"),)),
    Ambiguity("hepatitis C | HCV | VHC", "Antibody or RNA of hepatitis C?",
              (Meaning("hepatitis_c_rna", "nucleic_acid_load log_load [IU]/mL", "rna pcr"),
               Meaning("hepatitis_c", "{index_val}", "antibody"))),
    Ambiguity("anti-HEV | HEV | hepatitis E", "IgM, IgG or RNA of hepatitis E?",
              (Meaning("hepatitis_e", "", "igm rna"),)),
    Ambiguity("Mycoplasma | mycoplasma serology | mycoplasma serology positive | Mycoplasma test",
              "Which species and which class: Mycoplasma pneumoniae IgM, or IgG?",
              (Meaning("mycoplasma", "", "igm"), Meaning("mycoplasma_igg", "", "igg"))),
    Ambiguity("cold agglutinins", "Cold agglutinins are no test of Mycoplasma."),
    Ambiguity("Chlamydia | chlamydia test", "Which species? In most reports it is Chlamydia trachomatis."),
    Ambiguity("rubeola", "Measles (English), or rubella (Spanish)?", (Meaning("measles", "", "en"),)),
    # Herpes viruses
    Ambiguity("HHV-6 | HHV6 | VHH-6 | herpes 6 | HV6", "DNA, IgG or IgM of HHV-6?",
              (Meaning("hhv6_pcr", "nucleic_acid_load log_load cycle_threshold", "pcr dna"),
               Meaning("hhv6_igg", "", "igg"), Meaning("hhv6_igm", "", "igm"))),
    Ambiguity("HSV-6", "Herpes simplex has no type 6: HHV-6, or herpes simplex?"),
    Ambiguity("HHV-7 | HHV7 | VHH-7", "DNA or antibodies of HHV-7?",
              (Meaning("hhv7_pcr", "nucleic_acid_load log_load cycle_threshold", "pcr dna"),
               Meaning("hhv7_serology", "titre", "igg igm serology"))),
    Ambiguity("EBV | VEB | Pfeiffer", "DNA, VCA IgM, VCA IgG or EBNA of EBV?",
              (Meaning("ebv_pcr", "nucleic_acid_load log_load cycle_threshold", "pcr dna"),)),
    Ambiguity("CMV", "DNA, antigenaemia, IgM or IgG of CMV?",
              (Meaning("cmv_pcr", "nucleic_acid_load log_load cycle_threshold", "pcr dna"),
               Meaning("cmv_igm", "", "igm"), Meaning("cmv_igg", "", "igg"))),
    # Examinations
    Ambiguity("HLA-B27", "A serological group and no four-digit type."),
    Ambiguity("HLA antibodies | HLA crossmatch", "A test of transplantation and no type."),
    Ambiguity("B5801 | DR15", "A type of HLA?", (Meaning("hla", "", "genetic"),)),
    Ambiguity("T | TC | Tax", "Body temperature, or something else?",
              (Meaning("body_temperature", "temperature", "vital"),)),
    Ambiguity("biopsy | PE | punch", "A biopsy of which tissue?", (Meaning("skin_biopsy", "", "skin"),)),
    Ambiguity("LTT", "Lymphocyte transformation with the drug, or a test of Borrelia?",
              (Meaning("ltt", "", "allergy drug"),)),
    Ambiguity("echo | ETT", "An echocardiogram, or another examination?",
              (Meaning("ecg_echo", "", "heart"),)),
    Ambiguity("sat | PO2", "Arterial or venous, by which method?", (Meaning("blood_gas", "", "arterial"),)),
    Ambiguity("BAL", "Bronchoalveolar lavage, or blood alcohol?", (Meaning("bal", "", "lung"),)),
    Ambiguity("liquor", "Cerebrospinal fluid, or something else?", (Meaning("csf", "", "de nl pt nervous"),)),
)

# Where the material says that a name of a blood test is another quantity.
OTHER_MATERIAL = {
    "leukocytes": "urine csf joint",
    "lymphocytes": "csf",
    "neutrophils": "csf",
    "eosinophils": "urine bal csf sputum nasal tissue",
    "albumin": "urine csf",
    "creatinine": "urine",
    "amylase": "urine fluid",
    "lipase": "fluid",
    "glucose": "urine csf",
    "ldh": "fluid csf",
    "creatine_kinase": "biopsy",
    "immunoglobulins": "virus",
}

# One name for two quantities: a unit of this kind, or this code, makes it the other test.
OTHER_QUANTITY = {
    "eosinophils": {"percent": "eosinophils_percent"},
    "neutrophils": {"percent": "neutrophils_percent"},
    "lymphocytes": {"percent": "lymphocytes_percent"},
    "prothrombin_time": {"{INR}": "inr"},
    "urine_protein": {"mass_rate": "urine_protein_daily", "mass_ratio": "urine_protein_creatinine"},
}
# fmt: on
