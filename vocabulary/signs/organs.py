"""Internal organs: terms people use, and what each is evidence of.

Sources: terms of a public list of adverse events (VAERS 2019) and clinical usage; no codes of MedDRA,
which are licensed.
"""

from vocabulary.signs.record import DENIED, NEVER, REPORTED, SUGGESTS, SignGroup

# fmt: off
GROUPS = (
    SignGroup(
        "organs", REPORTED, organ="liver", field="OrganInvolvement.organ=liver",
        note="No values: the reporter’s word. Is there another explanation?",
        terms=(
            "Hepatitis | Hepatitis acute | Drug-induced liver injury | Hepatotoxicity | "
            "Hepatocellular injury | Liver injury | Acute hepatic failure | Hepatic failure | "
            "Hepatitis fulminant | Hepatic necrosis | Mixed liver injury | Hepatitis cholestatic | "
            "Hepatic cytolysis | Immune-mediated hepatitis | Cholestatic liver injury | toxic hepatitis | "
            "DILI | Hepatic encephalopathy | cytolysis"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="liver", field="OrganInvolvement.organ=liver",
        note="No values; it points there and establishes nothing: open.",
        terms="Autoimmune hepatitis",
    ),
    SignGroup(
        "organs", REPORTED, organ="liver", field="Examination.test=liver_enzymes",
        note="No limit, no date: the reporter’s word.",
        terms=(
            "Hepatic enzyme increased | Transaminases increased | Alanine aminotransferase increased | "
            "Aspartate aminotransferase increased | Liver function test increased | "
            "Blood alkaline phosphatase increased | Gamma-glutamyltransferase increased | "
            "Blood bilirubin increased | Bilirubin conjugated increased | Hypertransaminasaemia | "
            "Hyperbilirubinaemia | raised LFTs | deranged LFTs | elevated liver enzymes | "
            "liver enzymes up | liver tests off | transaminitis | bumped LFTs"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="liver", field="Examination.test=liver_enzymes",
        note="No limit, no date; it points there and establishes nothing: open.",
        terms="Liver function test abnormal | Hepatic function abnormal | abnormal liver tests",
    ),
    SignGroup(
        "organs", SUGGESTS, organ="liver", field="OrganInvolvement.organ=liver",
        note="It points to the liver and establishes nothing; jaundice may be haemolysis.",
        terms=(
            "Jaundice | Cholestasis | Jaundice cholestatic | Ocular icterus | icterus | yellow skin | "
            "yellow eyes | turned yellow | dark urine and pale stools | Hepatomegaly | "
            "Hepatosplenomegaly | enlarged liver | Hepatic pain | Coagulopathy | Hypoalbuminaemia | "
            "Ascites | Ammonia increased | Liver tenderness"
        ),
    ),
    SignGroup(
        "organs", NEVER, organ="liver", field="OrganInvolvement.organ=liver",
        note="Chronic, structural or explained otherwise; viral hepatitis speaks to the other causes.",
        terms=(
            "Hepatic steatosis | Non-alcoholic fatty liver | fatty liver | NAFLD | MASLD | NASH | "
            "Steatohepatitis | Hepatic cirrhosis | Hepatic cyst | Hepatic mass | Hepatic haemangioma | "
            "Hepatic neoplasm | Cholelithiasis | Gilbert's syndrome | Bilirubin unconjugated increased | "
            "Hepatitis B | Hepatitis C | Hepatitis A | Hepatitis E | Chronic hepatitis | "
            "Alcoholic liver disease | Ischaemic hepatitis | Hepatic congestion | "
            "Portal vein thrombosis | liver metastases"
        ),
    ),
    SignGroup(
        "organs", DENIED, organ="liver", field="OrganInvolvement.organ=liver",
        terms=(
            "liver normal | Liver function test normal | normal LFTs | no liver involvement | "
            "Alanine aminotransferase normal | Transaminases normal | hepatic enzymes normal | "
            "no hepatitis | no hepatic involvement"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="kidney", field="OrganInvolvement.organ=kidney",
        terms=(
            "Acute kidney injury | Renal failure | Renal failure acute | Renal impairment | "
            "Tubulointerstitial nephritis | Nephritis | Acute interstitial nephritis | "
            "Nephropathy toxic | Glomerulonephritis | Renal tubular necrosis | Renal injury | AKI | AIN | "
            "kidney failure | kidneys failing | acute renal failure | ARF | "
            "Haemodialysis for acute renal failure | Renal tubular injury"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="kidney",
        field="Examination.test=creatinine / urine_protein_daily / haematuria",
        note="The reporter’s word; reported haematuria meets the working definition as such.",
        terms=(
            "Blood creatinine increased | raised creatinine | elevated creatinine | creatinine up | "
            "Glomerular filtration rate decreased | Creatinine renal clearance decreased | Proteinuria | "
            "Protein urine present | Haematuria | Blood urine present | Red blood cells urine positive | "
            "microscopic haematuria | Nephrotic syndrome"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="kidney", field="OrganInvolvement.organ=kidney",
        terms=(
            "Blood urea increased | Azotaemia | Oliguria | Anuria | Urine output decreased | "
            "Leukocyturia | Pyuria | White blood cells urine positive | Eosinophils urine present | "
            "sterile pyuria | Hyperkalaemia | Dialysis | passing little urine"
        ),
    ),
    SignGroup(
        "organs", NEVER, organ="kidney", field="OrganInvolvement.organ=kidney",
        note="Chronic, obstructive, infective, or explained otherwise.",
        terms=(
            "Nephrolithiasis | Renal cyst | Hydronephrosis | Urinary tract infection | Pyelonephritis | "
            "Cystitis | Chronic kidney disease | Renal pain | Renal cancer | Renal transplant | "
            "Diabetic nephropathy | IgA nephropathy | Prerenal failure | Dehydration | "
            "Haemolytic uraemic syndrome | Myoglobinuria | Chromaturia | Urine odour abnormal | "
            "contrast nephropathy"
        ),
    ),
    SignGroup(
        "organs", DENIED, organ="kidney", field="OrganInvolvement.organ=kidney",
        terms=(
            "kidney function normal | Renal function test normal | creatinine normal | "
            "Blood creatinine normal | no renal involvement | Protein urine absent | Blood urine absent | "
            "normal renal function"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="lung", field="OrganInvolvement.organ=lung",
        terms=(
            "Pneumonitis | Interstitial lung disease | Interstitial pneumonia | "
            "Hypersensitivity pneumonitis | Eosinophilic pneumonia | Eosinophilic pneumonia acute | "
            "Acute respiratory distress syndrome | Lung infiltration | Organising pneumonia | "
            "Alveolitis | Pulmonary toxicity | ILD | ARDS | lung inflammation | "
            "interstitial infiltrates | ground glass opacities | Pulmonary eosinophilia | "
            "Diffuse alveolar damage"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="lung", field="OrganInvolvement.organ=lung",
        note="A symptom or an effusion alone is no interstitial involvement.",
        terms=(
            "Dyspnoea | Cough | Hypoxia | Respiratory failure | Oxygen saturation decreased | "
            "Tachypnoea | Chest X-ray abnormal | Pleural effusion | Pleurisy | shortness of breath | "
            "breathless | SOB | Wheezing | Lung opacity | Bronchospasm | Respiratory distress | Rales | "
            "Computerised tomogram thorax abnormal"
        ),
    ),
    SignGroup(
        "organs", NEVER, organ="lung", field="OrganInvolvement.organ=lung",
        note=(
            "Infection, heart, vessel or upper airway: explained otherwise unless the reporter says the "
            "reaction did it."
        ),
        terms=(
            "Pneumonia | Pneumonia bacterial | Pneumonia aspiration | Pulmonary embolism | "
            "Pulmonary oedema | Asthma | COPD | Chronic obstructive pulmonary disease | Atelectasis | "
            "Lung neoplasm malignant | Tuberculosis | COVID-19 pneumonia | Nasopharyngitis | "
            "Upper respiratory tract infection | Pharyngitis | sore throat | Bronchitis | Pneumothorax"
        ),
    ),
    SignGroup(
        "organs", DENIED, organ="lung", field="OrganInvolvement.organ=lung",
        terms=(
            "chest X-ray normal | lungs clear | no lung involvement | no pulmonary involvement | "
            "Computerised tomogram thorax normal"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="muscle_heart", field="OrganInvolvement.organ=muscle_heart",
        note="Muscle and heart are one organ of the score.",
        terms=(
            "Myocarditis | Pericarditis | Myopericarditis | Perimyocarditis | Eosinophilic myocarditis | "
            "Giant cell myocarditis | Cardiomyopathy acute | Carditis | Myositis | Rhabdomyolysis | "
            "Eosinophilic myositis | Necrotising myositis | Polymyositis | Immune-mediated myocarditis | "
            "heart inflammation | muscle breakdown | Cardiogenic shock due to myocarditis"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="muscle_heart", field="Examination.test=creatine_kinase / troponin_t",
        note="No values: the reporter’s word.",
        terms=(
            "Blood creatine phosphokinase increased | Blood creatine phosphokinase MB increased | "
            "Troponin increased | Troponin T increased | Troponin I increased | CK raised | CK up | "
            "raised troponin | troponin leak | Ejection fraction decreased"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="muscle_heart", field="Examination.test=creatine_kinase / troponin_t",
        note="No values; it points there and establishes nothing: open.",
        terms="Electrocardiogram abnormal | Echocardiogram abnormal | Electromyogram abnormal",
    ),
    SignGroup(
        "organs", SUGGESTS, organ="muscle_heart", field="OrganInvolvement.organ=muscle_heart",
        terms=(
            "Myalgia | Muscular weakness | Chest pain | Palpitations | Tachycardia | Cardiac failure | "
            "Arrhythmia | Pericardial effusion | "
            "N-terminal prohormone brain natriuretic peptide increased | "
            "Brain natriuretic peptide increased | muscle ache | muscle pain | Hypotension | "
            "Electrocardiogram ST segment abnormal | Left ventricular dysfunction | Atrial fibrillation | "
            "Cardiac arrest"
        ),
    ),
    SignGroup(
        "organs", NEVER, organ="muscle_heart", field="OrganInvolvement.organ=muscle_heart",
        note="Joint, vessel or an old disease, or explained otherwise.",
        terms=(
            "Myocardial infarction | Acute myocardial infarction | Angina pectoris | "
            "Coronary artery disease | Cardiac failure chronic | Cardiac valve disease | "
            "Kounis syndrome | Stress cardiomyopathy | Fibromyalgia | Arthralgia | Arthritis | "
            "Muscle spasms | Back pain | Hypertension | Statin myopathy | Seizure with CK rise"
        ),
    ),
    SignGroup(
        "organs", DENIED, organ="muscle_heart", field="OrganInvolvement.organ=muscle_heart",
        note="A normal test of the muscle denies nothing of the heart, nor the other way round.",
        terms=(
            "no cardiac involvement | heart normal | Troponin normal | Echocardiogram normal | "
            "Electrocardiogram normal | Blood creatine phosphokinase normal | no myocarditis"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="pancreas", field="OrganInvolvement.organ=pancreas",
        terms=(
            "Pancreatitis | Pancreatitis acute | Pancreatitis necrotising | "
            "Immune-mediated pancreatitis | inflamed pancreas"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="pancreas", field="Examination.test=amylase / lipase",
        note="No values: the reporter’s word.",
        terms=(
            "Lipase increased | Amylase increased | Pancreatic enzymes increased | Hyperamylasaemia | "
            "raised lipase | raised amylase | lipase up"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="pancreas", field="OrganInvolvement.organ=pancreas",
        note="A symptom, or sugar raised by steroids; fulminant diabetes is a late sequela.",
        terms=(
            "Abdominal pain | Abdominal pain upper | Vomiting | Nausea | Hyperglycaemia | "
            "Hypertriglyceridaemia | Type 1 diabetes mellitus | Fulminant type 1 diabetes mellitus | "
            "Diabetic ketoacidosis | New onset diabetes"
        ),
    ),
    SignGroup(
        "organs", NEVER, organ="pancreas", field="OrganInvolvement.organ=pancreas",
        terms=(
            "Pancreatitis chronic | Pancreatic cyst | Pancreatic carcinoma | Gallstone pancreatitis | "
            "Pancreatic pseudocyst | Type 2 diabetes mellitus | Steroid diabetes | Parotitis | "
            "Exocrine pancreatic insufficiency"
        ),
    ),
    SignGroup(
        "organs", DENIED, organ="pancreas", field="OrganInvolvement.organ=pancreas",
        terms=(
            "Lipase normal | Amylase normal | pancreatic enzymes normal | no pancreatitis | "
            "no pancreatic involvement"
        ),
    ),
    SignGroup(
        "organs", REPORTED, organ="other", field="OrganInvolvement.organ=other",
        note=(
            "Spleen, nerves, gut, glands and the like are other organs; thyroid disease weeks later is "
            "a sequela."
        ),
        terms=(
            "Encephalitis | Meningitis | Meningitis aseptic | Meningoencephalitis | Limbic encephalitis | "
            "Encephalopathy | Colitis | Enterocolitis | Haemorrhagic colitis | "
            "Gastrointestinal haemorrhage | Splenomegaly | Hepatosplenomegaly | enlarged spleen | "
            "Splenic infarction | Uveitis | Adrenalitis | Immune-mediated enterocolitis | "
            "Polyneuropathy | Guillain-Barre syndrome | Cholecystitis acalculous | Oesophagitis | SIADH | "
            "Inappropriate antidiuretic hormone secretion"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="other", field="OrganInvolvement.organ=other",
        note="It points there and establishes nothing: open; weeks later it is a sequela.",
        terms=(
            "Thyroiditis | Autoimmune thyroiditis | Hypothyroidism | Hyperthyroidism | "
            "Thyroid function test abnormal"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="other", field="OrganInvolvement.organ=other",
        note="A symptom only.",
        terms=(
            "Headache | Confusional state | Seizure | Diarrhoea | Dysphagia | Ataxia | "
            "Altered state of consciousness | Blood thyroid stimulating hormone increased | "
            "Blood thyroid stimulating hormone decreased | Photophobia | Neck stiffness | "
            "bloody diarrhoea | CSF test abnormal | Melaena | Dizziness"
        ),
    ),
    SignGroup(
        "organs", NEVER, organ="other", field="OrganInvolvement.organ=other",
        note="Infection, blood, node, joint, surface of the eye or mucosa: no organ of the table.",
        terms=(
            "Clostridium difficile colitis | Gastroenteritis | Meningitis bacterial | "
            "Herpes encephalitis | Migraine | Sepsis | Septic shock | "
            "Multiple organ dysfunction syndrome | Anaemia | Thrombocytopenia | Lymphadenopathy | "
            "Arthritis | Conjunctivitis | Mucosal ulceration | Goitre | Spleen congenital abnormality | "
            "Splenomegaly in portal hypertension"
        ),
    ),
    SignGroup(
        "organs", DENIED, organ="all_others", field="OrganInvolvement.organ=all_others",
        note="“No other” covers the organs not named in the same report; “no organ” covers all.",
        terms=(
            "no other organ involvement | no organ involvement | no internal organ involvement | "
            "no systemic involvement | no visceral involvement | organs unaffected | "
            "without systemic involvement | no other organs affected"
        ),
    ),
    SignGroup(
        "organs", SUGGESTS, organ="other",
        note="It names no organ: which?",
        terms=(
            "multi-organ involvement | systemic involvement | internal organ involvement | "
            "visceral involvement | systemic symptoms | Multiorgan failure"
        ),
    ),
)
# fmt: on
