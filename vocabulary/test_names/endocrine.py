"""Thyroid and other glands: tests and their names in eight languages.

Sources: LOINC numbers from public lists; names from public lists of laboratories and the practice of each
language.
"""

from vocabulary.test_names.record import NamedTest

# fmt: off
TESTS = (
    NamedTest(
        key="tsh", label="TSH",
        kinds=("arbitrary_concentration",), units="m[IU]/L",
        plausible={"m[IU]/L": ("0", "1500")},
        organ="other",
        loinc="3016-3 | 11580-8 | 11579-0",
        en=(
            "TSH | thyrotropin | thyroid stimulating hormone | TSH basal | hTSH | s-TSH | "
            "Blood thyroid stimulating hormone"
        ),
        de="TSH | TSH basal | Thyreotropin",
        fr="TSH | TSH us | thyréostimuline",
        es="TSH | tirotropina | hormona estimulante del tiroides",
        it="TSH | tireotropina | ormone tireostimolante",
        pt="TSH | tirotropina | hormônio tireoestimulante | TSH ultrassensível",
        nl="TSH | thyreotropine",
        ja="TSH | koujosen shigeki horumon | 甲状腺刺激ホルモン",
    ),
    NamedTest(
        key="ft4", label="Free T4",
        kinds=("mass_concentration", "molar_concentration"), units="pmol/L | ng/dL | ng/L | pg/mL",
        plausible={"pmol/L": ("0", "155"), "ng/dL": ("0", "12")},
        organ="other",
        loinc="3024-7 | 14920-3",
        en="free T4 | FT4 | free thyroxine | thyroxine free | T4 free | T4F | f-T4",
        de="freies T4 | fT4 | freies Thyroxin",
        fr="T4 libre | T4L | FT4 | thyroxine libre",
        es="T4 libre | T4L | tiroxina libre",
        it="FT4 | T4 libera | tiroxina libera",
        pt="T4 livre | T4L | tiroxina livre",
        nl="vrij T4 | FT4 | vrije thyroxine",
        ja="yuri T4 | 遊離T4 | FT4 | 遊離サイロキシン",
    ),
    NamedTest(
        key="ft3", label="Free T3",
        kinds=("mass_concentration", "molar_concentration"), units="pmol/L | pg/mL | ng/L | ng/dL",
        plausible={"pmol/L": ("0", "80")},
        organ="other",
        loinc="3051-0 | 14928-6",
        en="free T3 | FT3 | free triiodothyronine | T3 free | T3F | Tri-iodothyronine free",
        de="freies T3 | fT3",
        fr="T3 libre | T3L | FT3",
        es="T3 libre | T3L",
        it="FT3 | T3 libera",
        pt="T3 livre | T3L",
        nl="vrij T3 | FT3",
        ja="yuri T3 | 遊離T3 | FT3",
    ),
    NamedTest(
        key="anti_tpo", label="Anti-TPO",
        kinds=("arbitrary_concentration",), units="[IU]/mL | k[IU]/L",
        plausible={"[IU]/mL": ("0", "100000")},
        organ="other",
        loinc="8099-4 | 11574-1 | 56477-3 | 5382-7 | 5383-5",
        en=(
            "anti-TPO | TPO antibody | TPO Ab | TPOAb | thyroid peroxidase antibody | "
            "thyroid peroxidase antibodies | antithyroid peroxidase | microsomal antibody thyroid | "
            "anti-thyroid peroxidase"
        ),
        de="Anti-TPO | TPO-AK | TPO-Antikörper | MAK",
        fr="anti-TPO | anticorps anti-TPO | anticorps antithyroperoxydase",
        es="anti-TPO | anticuerpos antiperoxidasa | antimicrosomales tiroideos",
        it="anti-TPO | AbTPO | anticorpi anti-TPO | anticorpi antitireoperossidasi",
        pt="anti-TPO | antiperoxidase | anticorpos antitireoperoxidase",
        nl="anti-TPO | TPO-antistoffen",
        ja="ko TPO kotai | 抗TPO抗体 | TPOAb",
    ),
    NamedTest(
        key="anti_gad", label="Anti-GAD",
        kinds=("arbitrary_concentration", "catalytic_concentration", "molar_concentration"),
        units="U/mL | [IU]/mL | nmol/L",
        plausible={"U/mL": ("0", "100000")},
        organ="other",
        loinc="13926-1 | 56540-8 | 30347-9 | 42501-7",
        en=(
            "anti-GAD | GAD antibody | GAD65 antibody | GAD-65 | GADA | "
            "glutamic acid decarboxylase antibody | glutamate decarboxylase antibody | anti-GAD65"
        ),
        de="Anti-GAD | GAD-AK | GAD-Antikörper | GADA",
        fr="anti-GAD | anticorps anti-GAD",
        es="anti-GAD | anticuerpos anti-GAD",
        it="anti-GAD | anticorpi anti-GAD",
        pt="anti-GAD | anticorpo anti-GAD",
        nl="anti-GAD | GAD-antistoffen",
        ja="ko GAD kotai | 抗GAD抗体",
    ),
    NamedTest(
        key="glucose", label="Glucose",
        kinds=("mass_concentration", "molar_concentration"), units="mg/dL | mmol/L | g/L",
        plausible={"mmol/L": ("0.5", "100"), "mg/dL": ("10", "1800")},
        organ="other",
        loinc="2345-7 | 14749-6 | 2339-0 | 15074-8 | 2340-8",
        en=(
            "glucose | blood glucose | blood sugar | serum glucose | plasma glucose | fasting glucose | "
            "RBS | random glucose | BG | GLU"
        ),
        de="Glukose | Glucose | Blutzucker | BZ | Nüchternglukose",
        fr="glucose | glycémie | glycémie à jeun",
        es="glucosa | glucemia | glicemia | glucemia basal",
        it="glucosio | glicemia | glicemia basale",
        pt="glicose | glicemia | glicemia de jejum",
        nl="glucose | bloedsuiker | bloedglucose",
        ja="kettochi | 血糖 | 血糖値 | グルコース",
    ),
    NamedTest(
        key="hba1c", label="HbA1c",
        kinds=("hba1c", "percent"), units="% | mmol/mol",
        plausible={"%": ("3", "20"), "mmol/mol": ("9", "195")},
        organ="other",
        loinc="4548-4 | 17856-6 | 59261-8",
        en=(
            "HbA1c | A1c | haemoglobin A1c | hemoglobin A1c | glycated haemoglobin | glycated hemoglobin | "
            "glycosylated haemoglobin | HbA1"
        ),
        de="HbA1c | Glykohämoglobin",
        fr="HbA1c | hémoglobine glyquée | hémoglobine glycosylée",
        es="HbA1c | hemoglobina glicosilada | hemoglobina glucosilada | hemoglobina glicada",
        it="HbA1c | emoglobina glicata | emoglobina glicosilata",
        pt="HbA1c | hemoglobina glicada | hemoglobina glicosilada",
        nl="HbA1c | geglyceerd hemoglobine",
        ja="HbA1c | グリコヘモグロビン | ヘモグロビンA1c",
    ),
)
# fmt: on
