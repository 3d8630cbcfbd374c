"""Words of synthetic reports. Names are initials and colours: nobody's."""

FAMILY_NAMES = ("Amber", "Birch", "Cedar", "Dove", "Elder", "Fern", "Grey", "Hazel", "Indigo", "Juniper")
CITIES = ("Northtown", "Southport", "Eastfield", "Westhaven", "Midbridge")
COUNTRIES = ("FR", "DE", "GB", "NL", "ES", "IT", "JP", "US", "BE", "SE")
QUALIFICATIONS = (("1", 0.62), ("2", 0.14), ("3", 0.12), ("5", 0.12))
INSTITUTIONS = ("University hospital", "District hospital", "Regional pharmacovigilance centre", "")

HISTORY = ("Epilepsy", "Gout", "Hypertension", "Type 2 diabetes mellitus", "Chronic kidney disease",
           "Rheumatoid arthritis", "Bipolar disorder", "Still's disease", "Trigeminal neuralgia")  # fmt: skip
INDICATIONS = ("Epilepsy", "Gout", "Hyperuricaemia", "Urinary tract infection", "Pneumonia", "Acne",
               "Bipolar disorder", "Osteomyelitis", "Ulcerative colitis", "Neuralgia")  # fmt: skip

MAIN_REACTIONS = (
    ("DRESS syndrome", 0.5),
    ("Drug hypersensitivity syndrome", 0.15),
    ("Maculopapular exanthema", 0.2),
    ("Rash with eosinophilia", 0.15),
)
FURTHER_REACTIONS = (
    "Fever", "Facial oedema", "Hepatitis", "Lymphadenopathy", "Eosinophilia", "Acute kidney injury",
    "Pruritus", "Exanthema", "Pneumonitis", "Myocarditis",
)  # fmt: skip

SKIN = ("maculopapular exanthema", "confluent erythema", "widespread exanthema", "urticated plaques",
        "erythroderma", "papular rash")  # fmt: skip
NODE_SITES = ("cervical", "axillary", "inguinal", "submandibular", "supraclavicular")
ORGAN_BASES = {
    "lung": "interstitial infiltrates on X-ray",
    "muscle_heart": "reduced ejection fraction on echocardiography",
    "kidney": "oliguria",
    "pancreas": "epigastric pain",
    "other": "colitis",
    "liver": "hepatomegaly",
}
OTHER_DIAGNOSES = ("Viral exanthema", "Stevens-Johnson syndrome", "Sepsis", "Lymphoma",
                   "Acute generalised exanthematous pustulosis", "Still's disease flare")  # fmt: skip
TREATMENTS = (
    ("prednisolone", "60", "mg/d"),
    ("methylprednisolone", "1", "mg/kg/d"),
    ("ciclosporin", "5", "mg/kg/d"),
)

OPENING = (
    "A {age} patient developed {skin} {when} {drug} was started.",
    "This report concerns a {age} patient who presented with {skin} {when} the first dose of {drug}.",
    "{drug} was given to a {age} patient, who noticed {skin} {when} the start of treatment.",
)
SIGNS = (
    "There was fever with rigors.", "Lymphadenopathy was noted on examination.", "The face was swollen.",
    "Eosinophilia was found on the second day.", "Transaminases rose during the first week.",
    "The patient complained of intense pruritus.", "Mucosal erosions were absent.",
    "No other organ was involved.", "Blood cultures remained sterile.",
)  # fmt: skip
COURSE = (
    "The drug was withdrawn and systemic corticosteroids were given.",
    "Signs resolved slowly under topical treatment.",
    "A relapse occurred when corticosteroids were tapered.",
    "The patient was admitted to intensive care.",
    "The outcome was not known at the time of this report.",
)
COMMENTS = ("The reporter considers the drug the most likely cause.", "Rechallenge is not planned.",
            "Concomitant infection could not be excluded.")  # fmt: skip

FOLLOW_UPS = ("Answers to the questions sent", "Discharge letter", "Results that were outstanding")
FOLLOW_UP_SOURCES = ("reporter", "hospital", "literature", "authority")
HOLDERS = ("Local affiliate", "Pharmacovigilance department", "Licence partner")
