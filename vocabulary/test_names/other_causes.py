"""Autoimmunity, hepatitis and other infections: tests and their names in eight languages.

Sources: LOINC numbers from public lists; names from public lists of laboratories and the practice of each
language.
"""

from vocabulary.test_names.record import NamedTest

# fmt: off
TESTS = (
    NamedTest(
        key="ana", label="Antinuclear antibody",
        kinds=("titre", "arbitrary_concentration"), units="{titer} | [arb'U]/mL | {index_val}",
        plausible={"{titer}": ("0", "1000000")},
        loinc="8061-4 | 5048-4 | 29953-7 | 42254-3 | 27200-5 | 33253-6",
        en=(
            "ANA | antinuclear antibody | antinuclear antibodies | anti-nuclear antibody | "
            "anti-nuclear antibodies | ANA screen | ANA titer | ANA titre | ANF | antinuclear factor | "
            "ANA IFA | HEp-2 ANA"
        ),
        de=(
            "ANA | antinukleäre Antikörper | antinukleäre Faktoren | ANF | ANA-Screening | ANA-Titer | "
            "HEp-2-Zelltest"
        ),
        fr="anticorps antinucléaires | AAN | ACAN | facteurs antinucléaires | anticorps anti-nucléaires",
        es="anticuerpos antinucleares | ANA | AAN",
        it="anticorpi antinucleo | ANA | anticorpi anti-nucleo | fattore antinucleo",
        pt="fator antinuclear | FAN | anticorpo antinuclear | ANA | FAN HEp-2 | fator antinúcleo",
        nl="ANA | antinucleaire antistoffen | antinucleaire factor | ANF",
        ja="kokaku kotai | 抗核抗体 | ANA",
    ),
    NamedTest(
        key="blood_culture", label="Blood culture",
        loinc="600-7 | 17928-3 | 17934-1",
        en=(
            "blood culture | blood cultures | BCx | culture blood | blood cx | hemoculture | haemoculture | "
            "BACTEC"
        ),
        de="Blutkultur | Blutkulturen | BK (Blutkultur)",
        fr="hémoculture | hémocultures",
        es="hemocultivo | hemocultivos",
        it="emocoltura | emocolture",
        pt="hemocultura | hemoculturas",
        nl="bloedkweek | bloedkweken | bloedculturen",
        ja="ketsueki baiyo | 血液培養",
    ),
    NamedTest(
        key="hepatitis_a", label="Hepatitis A serology, acute",
        kinds=("arbitrary_concentration",), units="{index_val}",
        loinc="13950-1 | 22314-9 | 5181-3",
        en=(
            "hepatitis A IgM | anti-HAV IgM | HAV IgM | IgM anti-HAV | hepatitis A virus IgM antibody | "
            "hep A IgM | hepatitis A antibody IgM"
        ),
        de="Anti-HAV-IgM | HAV-IgM | Hepatitis-A-IgM | HAV-AK IgM",
        fr="IgM anti-VHA | sérologie hépatite A IgM | anticorps anti-VHA IgM",
        es="IgM anti-VHA | anti-VHA IgM | VHA IgM | IgM hepatitis A",
        it="IgM anti-HAV | HAV IgM | anticorpi anti-HAV IgM",
        pt="anti-HAV IgM | anti-VHA IgM | HAV IgM",
        nl="anti-HAV IgM | HAV IgM | hepatitis A IgM",
        ja="IgM-HA kotai | IgM-HA抗体 | HA-IgM | IgM型HA抗体",
    ),
    NamedTest(
        key="hepatitis_a_total", label="Hepatitis A antibody, total or IgG",
        kinds=("arbitrary_concentration",), units="m[IU]/mL | {index_val}",
        loinc="13951-9 | 20575-7 | 32018-4 | 40724-7 | 51913-2",
        en=(
            "anti-HAV total | anti-HAV | hepatitis A antibody total | HAV total antibody | HAV IgG | "
            "anti-HAV IgG | hepatitis A IgG | hep A total"
        ),
        de="Anti-HAV | Anti-HAV gesamt | Anti-HAV IgG | HAV-AK",
        fr="anticorps anti-VHA totaux | IgG anti-VHA",
        es="anti-VHA total | IgG anti-VHA",
        it="anti-HAV totali | anti-HAV IgG",
        pt="anti-HAV total | anti-HAV IgG",
        nl="anti-HAV totaal | anti-HAV IgG",
        ja="HA kotai | HA抗体 | IgG-HA抗体",
    ),
    NamedTest(
        key="hepatitis_b", label="Hepatitis B serology, acute",
        kinds=("arbitrary_concentration",), units="{index_val} | [IU]/mL",
        loinc="5196-1 | 5195-3 | 63557-3 | 31204-1 | 24113-3 | 5185-4",
        en=(
            "HBsAg | HBs Ag | HBs antigen | hepatitis B surface antigen | hep B surface antigen | "
            "hepatitis B surface Ag | Australia antigen | anti-HBc IgM | HBc IgM | hepatitis B core IgM | "
            "IgM anti-HBc"
        ),
        de="HBs-Antigen | HBs-Ag | HBsAg | Anti-HBc-IgM | HBc-IgM",
        fr="antigène HBs | Ag HBs | AgHBs | IgM anti-HBc",
        es=(
            "HBsAg | AgHBs | antígeno de superficie hepatitis B | antígeno australiano | anti-HBc IgM | "
            "IgM anti-HBc"
        ),
        it="HBsAg | antigene HBs | antigene di superficie epatite B | anti-HBc IgM",
        pt="HBsAg | AgHBs | antígeno de superfície hepatite B | anti-HBc IgM",
        nl="HBsAg | HBs-antigeen | anti-HBc IgM",
        ja="HBs kogen | HBs抗原 | IgM-HBc抗体 | HBc-IgM",
    ),
    NamedTest(
        key="hepatitis_b_core_total", label="Anti-HBc, total or IgG",
        kinds=("arbitrary_concentration",), units="{index_val}",
        loinc="13952-7 | 16933-4 | 22316-4 | 22318-0",
        en=(
            "anti-HBc | anti-HBc total | HBcAb | HBc antibody | hepatitis B core antibody | "
            "hepatitis B core antibody total | anti-HBc IgG | hep B core Ab"
        ),
        de="Anti-HBc | HBc-AK | Anti-HBc gesamt",
        fr="anticorps anti-HBc | Ac anti-HBc | AcHBc | anti-HBc totaux",
        es="anti-HBc | anti-HBc total | AcHBc | anticore",
        it="anti-HBc | HBcAb | anti-HBc totali",
        pt="anti-HBc | anti-HBc total | anti-HBc IgG",
        nl="anti-HBc | anti-HBc totaal",
        ja="HBc kotai | HBc抗体",
    ),
    NamedTest(
        key="hepatitis_b_surface_antibody", label="Anti-HBs",
        kinds=("arbitrary_concentration",), units="m[IU]/mL | [IU]/L",
        plausible={"m[IU]/mL": ("0", "1000000")},
        loinc="16935-9 | 22322-2 | 10900-9 | 5193-8",
        en=(
            "anti-HBs | HBsAb | HBs antibody | hepatitis B surface antibody | hep B surface antibody | "
            "anti-HBs titre"
        ),
        de="Anti-HBs | HBs-AK | HBs-Antikörper",
        fr="anticorps anti-HBs | Ac anti-HBs | AcHBs",
        es="anti-HBs | AcHBs | anticuerpos de superficie",
        it="anti-HBs | HBsAb | anticorpi anti-HBs",
        pt="anti-HBs",
        nl="anti-HBs | HBs-antistoffen",
        ja="HBs kotai | HBs抗体",
    ),
    NamedTest(
        key="hepatitis_b_dna", label="HBV DNA",
        kinds=("nucleic_acid_load", "arbitrary_concentration", "log_load"),
        units="[IU]/mL | {copies}/mL | {Log_IU}/mL",
        plausible={"[IU]/mL": ("0", "1e11")},
        loinc="42595-9 | 11258-1 | 29615-2",
        en="HBV DNA | HBV PCR | HBV viral load | hepatitis B DNA | hepatitis B viral load",
        de="HBV-DNA | HBV-PCR | HBV-Viruslast",
        fr="ADN VHB | charge virale VHB | PCR VHB",
        es="ADN VHB | carga viral VHB | DNA VHB",
        it="HBV-DNA",
        pt="HBV-DNA | carga viral HBV | DNA-HBV",
        nl="HBV-DNA | HBV PCR",
        ja="HBV-DNA | HBV-DNA定量",
    ),
    NamedTest(
        key="hepatitis_c", label="Hepatitis C serology",
        kinds=("arbitrary_concentration",), units="{index_val}",
        loinc="16128-1 | 13955-0 | 22327-1",
        en=(
            "anti-HCV | HCV antibody | HCV Ab | hepatitis C antibody | hepatitis C virus antibody | "
            "hep C antibody | HCV serology"
        ),
        de="Anti-HCV | HCV-AK | Hepatitis-C-Antikörper",
        fr="anticorps anti-VHC | sérologie VHC | Ac anti-VHC | sérologie hépatite C",
        es="anti-VHC | anticuerpos VHC | serología VHC | anti-HCV",
        it="anti-HCV | HCV Ab | anticorpi anti-HCV",
        pt="anti-HCV | anti-VHC | sorologia hepatite C",
        nl="anti-HCV | HCV-antistoffen",
        ja="HCV kotai | HCV抗体",
    ),
    NamedTest(
        key="hepatitis_c_rna", label="HCV RNA",
        kinds=("nucleic_acid_load", "arbitrary_concentration", "log_load"),
        units="[IU]/mL | {Log_IU}/mL | {copies}/mL",
        plausible={"[IU]/mL": ("0", "1e9")},
        loinc="11011-4 | 38180-6 | 11259-9 | 10676-5 | 20416-4",
        en="HCV RNA | HCV PCR | HCV viral load | hepatitis C RNA | hepatitis C viral load | HCV NAT",
        de="HCV-RNA | HCV-PCR | HCV-Viruslast",
        fr="ARN VHC | charge virale VHC | PCR VHC | ARN du VHC",
        es="ARN VHC | carga viral VHC | RNA VHC",
        it="HCV-RNA",
        pt="HCV-RNA | carga viral HCV | PCR HCV",
        nl="HCV-RNA | HCV PCR",
        ja="HCV-RNA | HCV-RNA定量",
    ),
    NamedTest(
        key="hepatitis_e", label="Hepatitis E IgM or RNA",
        loinc="14212-5 | 51798-7 | 69961-1",
        en="hepatitis E IgM | anti-HEV IgM | HEV IgM | HEV RNA | HEV PCR | hep E IgM",
        de="Anti-HEV-IgM | HEV-RNA",
        fr="IgM anti-VHE | ARN VHE | PCR VHE",
        es="anti-VHE IgM | ARN VHE",
        it="anti-HEV IgM | HEV-RNA",
        pt="anti-HEV IgM",
        nl="anti-HEV IgM | HEV RNA",
        ja="IgA-HEV抗体 | HEV抗体 | HEV-RNA",
    ),
    NamedTest(
        key="mycoplasma", label="Mycoplasma pneumoniae",
        kinds=("titre", "arbitrary_concentration"), units="{titer} | {index_val}",
        loinc="5256-3 | 5258-9 | 29257-3 | 82177-7 | 53255-6",
        en=(
            "Mycoplasma pneumoniae | Mycoplasma pneumoniae IgM | Mycoplasma IgM | M. pneumoniae IgM | "
            "Mycoplasma pneumoniae PCR | Mycoplasma PCR | Mycoplasma pneumoniae serology | "
            "Mycoplasma pneumoniae DNA | M. pneumoniae"
        ),
        de="Mycoplasma pneumoniae IgM | Mykoplasmen IgM | Mycoplasma-pneumoniae-PCR | Mykoplasmen-Serologie",
        fr=(
            "sérologie Mycoplasma pneumoniae | IgM Mycoplasma pneumoniae | PCR Mycoplasma pneumoniae | "
            "sérologie mycoplasme"
        ),
        es="Mycoplasma pneumoniae IgM | serología Mycoplasma | PCR Mycoplasma pneumoniae",
        it="Mycoplasma pneumoniae IgM | sierologia Mycoplasma | anticorpi anti-Mycoplasma IgM",
        pt="Mycoplasma pneumoniae IgM | sorologia Mycoplasma | PCR Mycoplasma pneumoniae",
        nl="Mycoplasma pneumoniae IgM | Mycoplasma serologie | Mycoplasma PCR",
        ja="maikopurazuma kotai | マイコプラズマ抗体 | マイコプラズマIgM | マイコプラズマ抗原",
    ),
    NamedTest(
        key="mycoplasma_igg", label="Mycoplasma pneumoniae IgG",
        loinc="5255-5 | 6481-6 | 22426-1",
        en="Mycoplasma pneumoniae IgG | Mycoplasma IgG | M. pneumoniae IgG",
        de="Mykoplasmen IgG",
        fr="IgG Mycoplasma pneumoniae",
        es="Mycoplasma pneumoniae IgG",
        it="Mycoplasma pneumoniae IgG",
        pt="Mycoplasma pneumoniae IgG",
        nl="Mycoplasma pneumoniae IgG",
        ja="マイコプラズマIgG",
    ),
    NamedTest(
        key="chlamydia", label="Chlamydia pneumoniae",
        kinds=("titre", "arbitrary_concentration"), units="{titer} | {index_val}",
        loinc="6914-6 | 16583-7 | 34645-2 | 10652-6 | 82178-5",
        en=(
            "Chlamydia pneumoniae | Chlamydophila pneumoniae | Chlamydia pneumoniae IgM | "
            "Chlamydophila pneumoniae IgM | C. pneumoniae IgM | Chlamydia pneumoniae serology | "
            "Chlamydia pneumoniae PCR | C. pneumoniae"
        ),
        de="Chlamydia pneumoniae IgM | Chlamydophila-pneumoniae-IgM | Chlamydia-pneumoniae-PCR",
        fr="sérologie Chlamydia pneumoniae | IgM Chlamydia pneumoniae | Chlamydophila pneumoniae",
        es="Chlamydia pneumoniae IgM | Chlamydophila pneumoniae IgM | serología Chlamydia pneumoniae",
        it="Chlamydia pneumoniae IgM | Chlamydophila pneumoniae IgM",
        pt="Chlamydia pneumoniae IgM | Chlamydophila pneumoniae IgM",
        nl="Chlamydia pneumoniae IgM | Chlamydophila pneumoniae",
        ja="kuramijia nyumonie | クラミジア・ニューモニエ抗体 | 肺炎クラミジア",
    ),
    NamedTest(
        key="chlamydia_igg", label="Chlamydia pneumoniae IgG or IgA",
        loinc="6913-8 | 16582-9 | 6912-0 | 16581-1",
        en="Chlamydia pneumoniae IgG | Chlamydophila pneumoniae IgG | Chlamydia pneumoniae IgA",
        de="Chlamydia pneumoniae IgG",
        fr="IgG Chlamydia pneumoniae",
        es="Chlamydia pneumoniae IgG",
        it="Chlamydia pneumoniae IgG",
        pt="Chlamydia pneumoniae IgG",
        nl="Chlamydia pneumoniae IgG",
        ja="クラミジア・ニューモニエIgG",
    ),
    NamedTest(
        key="hiv", label="HIV test",
        en="HIV test | HIV antibody | HIV Ag/Ab | HIV 1/2 | HIV serology | HIV RNA",
        de="HIV-Test | HIV-Suchtest",
        fr="sérologie VIH",
        es="serología VIH",
        it="anti-HIV",
        pt="anti-HIV",
        nl="HIV-test",
        ja="HIV kotai | HIV抗体",
    ),
    NamedTest(
        key="parvovirus_b19", label="Parvovirus B19",
        en="parvovirus B19 IgM | parvovirus IgM | parvovirus B19 PCR | B19 IgM",
        de="Parvovirus B19 IgM",
        fr="parvovirus B19 IgM | sérologie parvovirus B19",
        es="parvovirus B19 IgM",
        it="parvovirus B19 IgM",
        pt="parvovírus B19 IgM",
        nl="parvovirus B19 IgM",
        ja="ヒトパルボウイルスB19 IgM",
    ),
    NamedTest(
        key="measles", label="Measles IgM",
        en="measles IgM | rubeola IgM | measles PCR",
        de="Masern IgM",
        fr="IgM rougeole | sérologie rougeole",
        es="sarampión IgM",
        it="morbillo IgM",
        pt="sarampo IgM",
        nl="mazelen IgM",
        ja="麻疹IgM",
    ),
    NamedTest(
        key="streptococcal", label="Streptococcal antibodies or antigen",
        kinds=("arbitrary_concentration",), units="[IU]/mL",
        plausible={"[IU]/mL": ("0", "10000")},
        en=(
            "ASO | ASLO | antistreptolysin O | anti-streptolysin | anti-DNase B | rapid strep | "
            "throat culture"
        ),
        de="ASL | Antistreptolysin | AST (Antistreptolysin-Titer) | Anti-DNase B",
        fr="ASLO | antistreptolysines | ASDOR",
        es="ASLO | antiestreptolisina O | ASTO",
        it="TAS | titolo antistreptolisinico | ASLO",
        pt="ASLO | antiestreptolisina O | ASO",
        nl="AST (antistreptolysine) | ASO",
        ja="ASO | 抗ストレプトリジンO",
    ),
)
# fmt: on
