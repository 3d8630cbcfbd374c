"""Kidney and urine: tests and their names in eight languages.

Sources: LOINC numbers from public lists; names from public lists of laboratories and the practice of each
language.
"""

from vocabulary.test_names.record import NamedTest

# fmt: off
TESTS = (
    NamedTest(
        key="creatinine", label="Creatinine",
        kinds=("mass_concentration", "molar_concentration"), units="mg/dL | umol/L | mg/L",
        plausible={"mg/dL": ("0.05", "50"), "umol/L": ("4", "4420")},
        organ="kidney",
        loinc="2160-0 | 14682-9 | 38483-4 | 59826-8",
        en=(
            "creatinine | serum creatinine | blood creatinine | creatinine serum | plasma creatinine | "
            "SCr | S-Cr | sCreat | crea | creat | Cr (serum) | P-Crea"
        ),
        de="Kreatinin | Creatinin | Serum-Kreatinin | Krea | Crea",
        fr="créatinine | créatininémie | créatinine sérique | créat",
        es="creatinina | creatinina sérica | creatininemia | creatinina en suero",
        it="creatinina | creatininemia | creatinina sierica",
        pt="creatinina | creatinina sérica",
        nl="creatinine | kreatinine | serumcreatinine",
        ja="kureachinin | クレアチニン | 血清クレアチニン | Cre",
    ),
    NamedTest(
        key="urea", label="Urea",
        kinds=("mass_concentration", "molar_concentration"), units="mmol/L | mg/dL | g/L",
        plausible={"mmol/L": ("0.2", "120"), "mg/dL": ("1", "720")},
        organ="kidney",
        loinc="22664-7 | 3091-6",
        en="urea | blood urea | serum urea | urea serum | plasma urea",
        de="Harnstoff | Urea",
        fr="urée | urémie (dosage) | urée sanguine",
        es="urea | uremia (valor)",
        it="urea | azotemia (urea)",
        pt="ureia",
        nl="ureum",
        ja="nyoso | 尿素",
    ),
    NamedTest(
        key="bun", label="Urea nitrogen (BUN)",
        kinds=("mass_concentration", "molar_concentration"), units="mg/dL | mmol/L",
        plausible={"mg/dL": ("1", "350")},
        organ="kidney",
        loinc="3094-0 | 14937-7 | 6299-2",
        en="BUN | urea nitrogen | blood urea nitrogen | serum urea nitrogen | SUN",
        de="Harnstoff-N | Harnstoff-Stickstoff | BUN",
        fr="azote uréique",
        es="nitrógeno ureico | BUN | nitrógeno ureico en sangre",
        it="azoto ureico | BUN",
        pt="nitrogênio ureico | BUN",
        nl="BUN",
        ja="nyoso chisso | 尿素窒素 | BUN | UN",
    ),
    NamedTest(
        key="egfr", label="Glomerular filtration rate, estimated",
        kinds=("clearance",), units="mL/min/{1.73_m2} | mL/min",
        plausible={"mL/min/{1.73_m2}": ("0", "250")},
        organ="kidney",
        loinc="62238-1 | 33914-3 | 77147-7 | 69405-9 | 48642-3 | 48643-1",
        en=(
            "eGFR | estimated GFR | GFR estimated | GFR | glomerular filtration rate | eGFR (CKD-EPI) | "
            "MDRD | eGFR MDRD | eGFRcr"
        ),
        de="eGFR | GFR | geschätzte GFR | GFR (CKD-EPI) | glomeruläre Filtrationsrate",
        fr="DFG | DFGe | débit de filtration glomérulaire | DFG estimé | DFG CKD-EPI",
        es="FGe | filtrado glomerular | TFGe | TFG | filtrado glomerular estimado | VFG",
        it="eGFR | VFG | velocità di filtrazione glomerulare | filtrato glomerulare",
        pt="TFG | TFGe | taxa de filtração glomerular | RFG",
        nl="eGFR | GFR | klaring (eGFR)",
        ja="suitei shikyutai roka ryo | 推算糸球体濾過量 | eGFR | 推定GFR",
    ),
    NamedTest(
        key="creatinine_clearance", label="Creatinine clearance",
        kinds=("clearance",), units="mL/min | mL/min/{1.73_m2}",
        plausible={"mL/min": ("0", "300")},
        organ="kidney",
        en=(
            "creatinine clearance | CrCl | CCr | CLcr | Cockcroft-Gault | clearance of creatinine | "
            "Creatinine renal clearance"
        ),
        de="Kreatinin-Clearance | Kreatininclearance",
        fr="clairance de la créatinine | clairance créatinine | ClCr",
        es="aclaramiento de creatinina | depuración de creatinina",
        it="clearance della creatinina",
        pt="depuração de creatinina | clearance de creatinina",
        nl="creatinineklaring | kreatinineklaring",
        ja="kureachinin kuriaransu | クレアチニンクリアランス | Ccr",
    ),
    NamedTest(
        key="urine_protein_daily", label="Urine protein per day",
        kinds=("mass_rate",), units="g/d | mg/d | g/(24.h) | mg/(24.h)",
        plausible={"g/d": ("0", "60")},
        organ="kidney",
        loinc="2889-4",
        en=(
            "urine protein per day | 24 hour urine protein | 24 h urine protein | 24h proteinuria | "
            "proteinuria 24 h | urine protein 24h | 24-h protein excretion | protein excretion 24h | "
            "urinary protein excretion | 24hr UTP"
        ),
        de="Eiweiß im 24-h-Urin | Protein im Sammelurin | Proteinurie/24h | Gesamteiweiß im 24h-Urin",
        fr="protéinurie des 24 heures | protéinurie de 24 h | protéinurie/24 h",
        es="proteinuria de 24 horas | proteínas en orina de 24 h | proteinuria 24h",
        it="proteinuria delle 24 ore | proteinuria 24h",
        pt="proteinúria de 24 horas | proteinúria 24h",
        nl="24-uurs eiwit | proteïnurie per 24 uur | totaal eiwit 24-uurs urine",
        ja="1-nichi nyo tanpaku | 一日尿蛋白 | 尿蛋白定量(24時間) | 蓄尿蛋白",
    ),
    NamedTest(
        key="urine_protein_creatinine", label="Urine protein/creatinine ratio",
        kinds=("mass_ratio",), units="mg/g{creat} | g/g{creat} | mg/mmol{creat}",
        plausible={"g/g{creat}": ("0", "60")},
        organ="kidney",
        loinc="2890-2 | 13801-6 | 34366-5",
        en=(
            "urine protein/creatinine ratio | protein creatinine ratio | UPCR | "
            "PCR (protein creatinine ratio) | P/C ratio | UP/C | spot urine protein/creatinine"
        ),
        de="Protein/Kreatinin-Quotient | Eiweiß/Kreatinin im Urin | Protein-Kreatinin-Ratio",
        fr="rapport protéinurie/créatininurie | protéinurie/créatininurie | RPC",
        es="cociente proteína/creatinina | índice proteína/creatinina",
        it="rapporto proteine/creatinina urinarie | PrU/CrU",
        pt="relação proteína/creatinina | RPC urinária",
        nl="eiwit/kreatinine-ratio | eiwit-creatinine ratio",
        ja="nyo tanpaku kureachinin hi | 尿蛋白/クレアチニン比 | UPCR | 尿TP/Cr",
    ),
    NamedTest(
        key="urine_albumin_creatinine", label="Urine albumin/creatinine ratio",
        kinds=("mass_ratio",), units="mg/g{creat} | mg/mmol{creat}",
        plausible={"mg/g{creat}": ("0", "30000")},
        organ="kidney",
        loinc="9318-7 | 14959-1",
        en="ACR | uACR | albumin/creatinine ratio | urine albumin creatinine ratio | microalbumin/creatinine",
        de="Albumin/Kreatinin-Quotient | Albumin-Kreatinin-Ratio",
        fr="rapport albuminurie/créatininurie | RAC | ACU",
        es="cociente albúmina/creatinina",
        it="rapporto albumina/creatinina | ACR",
        pt="relação albumina/creatinina | RAC",
        nl="albumine/kreatinine-ratio",
        ja="nyo arubumin hi | 尿アルブミン/クレアチニン比",
    ),
    NamedTest(
        key="urine_protein", label="Urine protein, spot or dipstick",
        kinds=("semi_quantitative", "mass_concentration"), units="mg/dL | g/L",
        plausible={"g/L": ("0", "60")},
        organ="kidney",
        loinc="2888-6 | 5804-0 | 20454-5 | 57735-3",
        en=(
            "urine protein | protein urine | urinary protein | proteinuria | dipstick protein | U-Prot | "
            "albuminuria (dipstick)"
        ),
        de="Eiweiß im Urin | Protein im Urin | Proteinurie | U-Protein | Urin-Eiweiß",
        fr="protéinurie | protéines urinaires | protéinurie à la bandelette",
        es="proteinuria | proteínas en orina",
        it="proteinuria | proteine urinarie | proteine nelle urine",
        pt="proteinúria | proteínas na urina",
        nl="eiwit in urine | proteïnurie",
        ja="nyo tanpaku | 尿蛋白 | 尿蛋白定性",
    ),
    NamedTest(
        key="haematuria", label="Haematuria",
        kinds=("per_field", "count_concentration"), units="/[HPF] | /uL",
        plausible={"/[HPF]": ("0", "10000")},
        organ="kidney",
        loinc="13945-1 | 33051-4 | 5794-3",
        en=(
            "haematuria | hematuria | microscopic haematuria | microhaematuria | urine blood | "
            "blood urine | RBC urine | urine RBC | red blood cells urine | erythrocytes in urine | "
            "urinary red cells | occult blood urine | dipstick blood | U-Ery"
        ),
        de="Hämaturie | Mikrohämaturie | Erythrozyten im Urin | Blut im Urin | Erythrozyturie | U-Ery",
        fr="hématurie | hématies urinaires | sang dans les urines | hématurie microscopique | microhématurie",
        es="hematuria | microhematuria | hematíes en orina | sangre en orina | sangre oculta en orina",
        it="ematuria | microematuria | emazie nelle urine | sangue nelle urine",
        pt="hematúria | micro-hematúria | hemácias na urina | sangue na urina",
        nl="hematurie | erytrocyten in urine | bloed in urine | microscopische hematurie",
        ja="ketsunyo | nyo senketsu | 血尿 | 尿潜血 | 尿中赤血球 | 尿沈渣赤血球",
    ),
    NamedTest(
        key="pyuria", label="Leukocyturia",
        kinds=("per_field", "count_concentration"), units="/[HPF] | /uL",
        plausible={"/[HPF]": ("0", "10000")},
        organ="kidney",
        loinc="5821-4 | 5799-2",
        en=(
            "pyuria | leukocyturia | leucocyturia | urine WBC | WBC urine | white blood cells urine | "
            "leukocytes in urine | sterile pyuria | leukocyte esterase | urine leukocyte esterase"
        ),
        de="Leukozyturie | Leukozyten im Urin | Pyurie | sterile Leukozyturie",
        fr="leucocyturie | pyurie | leucocytes urinaires | leucocyturie aseptique",
        es="leucocituria | piuria | leucocitos en orina",
        it="leucocituria | piuria | leucociti nelle urine | esterasi leucocitaria",
        pt="leucocitúria | piúria | leucócitos na urina | piócitos",
        nl="leukocyturie | pyurie | leukocyten in urine",
        ja="nyo hakkekkyu | 膿尿 | 尿中白血球 | 尿沈渣白血球",
    ),
    NamedTest(
        key="urine_eosinophils", label="Urine eosinophils",
        kinds=("percent", "per_field"), units="% | /[HPF]",
        plausible={"%": ("0", "100")},
        organ="kidney",
        loinc="34726-0 | 25156-1",
        en="urine eosinophils | eosinophiluria | eosinophils in urine | urinary eosinophils | Hansel stain",
        de="Eosinophile im Urin | Eosinophilurie",
        fr="éosinophilurie | éosinophiles urinaires",
        es="eosinofiluria | eosinófilos en orina",
        it="eosinofili nelle urine | eosinofiluria",
        pt="eosinofilúria | eosinófilos na urina",
        nl="eosinofielen in urine | eosinofilurie",
        ja="nyo kosankyu | 尿中好酸球",
    ),
)
# fmt: on
