"""Terms that state the result of one test, and not the state of a whole organ or group of tests.

"Lipase normal" is a normal lipase in words; "no pancreatitis" denies the organ.
"""

# fmt: off
TERMS_OF_TESTS = {
    "alt": "Alanine aminotransferase normal | Transaminases normal",
    "liver_enzymes": "Liver function test normal | normal LFTs | hepatic enzymes normal",
    "creatinine": "creatinine normal | Blood creatinine normal",
    "urine_protein": "Protein urine absent",
    "haematuria": "Blood urine absent",
    "chest_imaging": "chest X-ray normal | Computerised tomogram thorax normal",
    "troponin": "Troponin normal",
    "ecg_echo": "Echocardiogram normal | Electrocardiogram normal",
    "creatine_kinase": "Blood creatine phosphokinase normal",
    "lipase": "Lipase normal | pancreatic enzymes normal",
    "amylase": "Amylase normal",
    "ana": (
        "Antinuclear antibody positive | Antinuclear antibody increased | Antinuclear antibody negative | "
        "ANA negative"
    ),
    "blood_culture": (
        "Blood culture positive | Bacteraemia | Blood culture negative | cultures sterile | no growth"
    ),
    "hepatitis_a": "Hepatitis A antibody positive (IgM)",
    "hepatitis_b": "Hepatitis B surface antigen positive | Hepatitis B surface antigen negative",
    "hepatitis_c": "Hepatitis C antibody positive | Hepatitis C antibody negative",
    "hepatitis_c_rna": "Hepatitis C RNA positive",
    "mycoplasma": "Mycoplasma test positive | Mycoplasma infection | Mycoplasma test negative",
    "chlamydia": "Chlamydia test positive (pneumoniae) | Chlamydia test negative",
    # Of which virus is open; each of them is the same row of the table.
    "hepatitis": "Hepatitis viral test negative | viral hepatitis serology negative",
}
# fmt: on
