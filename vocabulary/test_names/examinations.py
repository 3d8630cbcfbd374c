"""Examinations, imaging, biopsies, genes and fluids: tests and their names in eight languages.

Sources: LOINC numbers from public lists; names from public lists of laboratories and the practice of each
language.
"""

from vocabulary.test_names.record import NamedTest

# fmt: off
TESTS = (
    NamedTest(
        key="hla", label="HLA typing",
        loinc="50956-2 | 42358-2 | 79711-8 | 57979-7 | 79712-6 | 59029-9 | 13298-5 | 13299-3 | 43290-6",
        en=(
            "HLA typing | HLA | HLA type | HLA-A | HLA-B | HLA-DRB1 | HLA-B*57:01 | HLA-B*5701 | "
            "HLA-B5701 | HLA-B*58:01 | HLA-B*5801 | HLA-B*15:02 | HLA-B*1502 | HLA-A*31:01 | HLA-A*3101 | "
            "HLA-A*32:01 | HLA-B*13:01 | HLA-DRB1*15 | HLA-DRB1*15:01 | HLA-A*24:02 | HLA-B*51:01 | "
            "HLA-C*04:01"
        ),
        de="HLA-Typisierung | HLA-Merkmal",
        fr="typage HLA | groupage HLA",
        es="tipificación HLA | tipaje HLA",
        it="tipizzazione HLA",
        pt="tipagem HLA",
        nl="HLA-typering",
        ja="HLA taipingu | HLAタイピング | HLA検査",
    ),
    NamedTest(
        key="body_temperature", label="Body temperature",
        kinds=("temperature",), units="Cel | [degF]",
        plausible={"Cel": ("30", "45")},
        loinc="8310-5 | 8328-7 | 8331-1 | 8332-9 | 8333-7 | 8329-5 | 75539-7",
        en=(
            "body temperature | temperature | temp | core temperature | fever temperature | Tmax | T max | "
            "max temperature | T° | oral temperature | axillary temperature | rectal temperature | "
            "tympanic temperature | temporal temperature"
        ),
        de=(
            "Körpertemperatur | Temperatur | Temp. | rektale Temperatur | axilläre Temperatur | "
            "Ohrtemperatur | Tmax"
        ),
        fr="température | température corporelle | T°",
        es="temperatura | temperatura corporal | T.ª | temperatura axilar",
        it="temperatura | temperatura corporea | TC | temperatura ascellare",
        pt="temperatura | temperatura corporal | Tax | temperatura axilar",
        nl="temperatuur | lichaamstemperatuur | temp.",
        ja="taion | 体温 | 最高体温 | 腋窩温",
    ),
    NamedTest(
        key="skin_biopsy", label="Skin biopsy",
        organ="skin",
        en=(
            "skin biopsy | biopsy skin | biopsy of skin | punch biopsy | skin punch biopsy | "
            "histopathology skin | dermatopathology | cutaneous biopsy"
        ),
        de="Hautbiopsie | Stanzbiopsie | PE Haut | Probeexzision Haut | Histologie Haut",
        fr="biopsie cutanée | biopsie de peau",
        es="biopsia cutánea | biopsia de piel",
        it="biopsia cutanea | biopsia della cute",
        pt="biópsia de pele | biópsia cutânea",
        nl="huidbiopt | huidbiopsie",
        ja="hifu seiken | 皮膚生検",
    ),
    NamedTest(
        key="patch_test", label="Patch test",
        en="patch test | patch testing | epicutaneous test | drug patch test",
        de="Epikutantest | Läppchentest",
        fr="patch-test | tests épicutanés",
        es="prueba del parche | pruebas epicutáneas",
        it="patch test | test epicutaneo",
        pt="teste de contato | teste epicutâneo",
        nl="plakproef | epicutane test",
        ja="pacchi tesuto | パッチテスト | 貼付試験",
    ),
    NamedTest(
        key="ltt", label="Lymphocyte transformation test",
        kinds=("arbitrary_concentration", "percent"), units="{index_val} | %",
        en=(
            "LTT | lymphocyte transformation test | DLST | drug-induced lymphocyte stimulation test | "
            "lymphocyte stimulation test | LST"
        ),
        de="LTT | Lymphozytentransformationstest",
        fr="test de transformation lymphocytaire | TTL",
        es="test de transformación linfocitaria | TTL",
        it="test di trasformazione linfocitaria",
        pt="teste de transformação linfocitária",
        nl="lymfocytentransformatietest | LTT",
        ja="yakuzai rinpakyu shigeki shiken | DLST | 薬剤リンパ球刺激試験",
    ),
    NamedTest(
        key="chest_imaging", label="Chest X-ray or CT",
        organ="lung",
        en="chest X-ray | CXR | chest radiograph | chest CT | CT thorax | HRCT | thoracic CT | CT chest",
        de="Röntgen-Thorax | Thorax-CT | CT-Thorax | Rö-Thorax",
        fr="radiographie thoracique | radio de thorax | scanner thoracique | TDM thoracique",
        es="radiografía de tórax | TC torácica | TAC de tórax",
        it="RX torace | radiografia del torace | TC torace",
        pt="radiografia de tórax | RX de tórax | TC de tórax",
        nl="X-thorax | thoraxfoto | CT-thorax",
        ja="kyobu X-sen | 胸部X線 | 胸部CT",
    ),
    NamedTest(
        key="ecg_echo", label="ECG, echocardiogram, cardiac MRI",
        organ="muscle_heart",
        en="ECG | EKG | electrocardiogram | echocardiogram | echo | TTE | cardiac MRI | CMR",
        de="EKG | Echokardiographie | TTE | Kardio-MRT | Herzecho",
        fr="ECG | échocardiographie | ETT | IRM cardiaque",
        es="ECG | electrocardiograma | ecocardiograma | ETT | RM cardíaca",
        it="ECG | elettrocardiogramma | ecocardiogramma | RM cardiaca",
        pt="ECG | eletrocardiograma | ecocardiograma | RM cardíaca",
        nl="ECG | hartfilmpje | echocardiografie | cardiale MRI",
        ja="shindenzu | 心電図 | 心エコー",
    ),
    NamedTest(
        key="abdominal_imaging", label="Abdominal ultrasound or CT",
        organ="other",
        en="abdominal ultrasound | ultrasound abdomen | USG abdomen | abdominal CT | CT abdomen",
        de="Abdomensonographie | Sono Abdomen | Oberbauchsonographie | CT-Abdomen",
        fr="échographie abdominale | scanner abdominal",
        es="ecografía abdominal | TC abdominal",
        it="ecografia addome | TC addome",
        pt="ultrassom abdominal | USG de abdome | TC de abdome",
        nl="echo abdomen | CT-abdomen",
        ja="fukubu echo | 腹部エコー | 腹部CT",
    ),
    NamedTest(
        key="blood_gas", label="Arterial blood gas, oxygen saturation",
        kinds=("percent",), units="mm[Hg] | kPa | %",
        plausible={"%": ("20", "100")},
        organ="lung",
        en="PaO2 | pO2 | arterial blood gas | ABG | SpO2 | SaO2 | oxygen saturation | O2 sat",
        de="Blutgasanalyse | BGA | pO2 | SpO2 | Sauerstoffsättigung",
        fr="gaz du sang | GDS | PaO2 | SpO2 | saturation en oxygène",
        es="gasometría | PaO2 | SpO2 | saturación de oxígeno",
        it="emogasanalisi | EGA | pO2 | SpO2 | saturazione",
        pt="gasometria arterial | PaO2 | SpO2 | saturação de oxigênio",
        nl="bloedgas | pO2 | SpO2 | saturatie",
        ja="ketsueki gasu | 血液ガス | SpO2 | PaO2",
    ),
    NamedTest(
        key="bal", label="Bronchoalveolar lavage",
        kinds=("percent",), units="%",
        plausible={"%": ("0", "100")},
        organ="lung",
        en="BAL | bronchoalveolar lavage | BALF | BAL eosinophils | BAL lymphocytes",
        de="BAL | bronchoalveoläre Lavage",
        fr="LBA | lavage bronchoalvéolaire",
        es="LBA | lavado broncoalveolar",
        it="BAL | lavaggio broncoalveolare | BAL eosinofili",
        pt="LBA | lavado broncoalveolar",
        nl="BAL | bronchoalveolaire lavage",
        ja="kikanshi haihou senjou | 気管支肺胞洗浄 | BALF",
    ),
    NamedTest(
        key="csf", label="Cerebrospinal fluid",
        kinds=("count_concentration", "mass_concentration"), units="/uL | 10*6/L | mg/dL | g/L",
        plausible={"/uL": ("0", "100000")},
        organ="other",
        en="CSF | cerebrospinal fluid | lumbar puncture | spinal tap | CSF cell count | CSF protein",
        de="Liquor | Lumbalpunktion | Liquorzellzahl",
        fr="LCR | LCS | ponction lombaire",
        es="LCR | punción lumbar",
        it="liquor | rachicentesi | puntura lombare",
        pt="LCR | líquor | punção lombar",
        nl="liquor | lumbaalpunctie",
        ja="zuieki | 髄液 | 腰椎穿刺",
    ),
)
# fmt: on
