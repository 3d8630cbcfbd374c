"""Liver and coagulation: tests and their names in eight languages.

Sources: LOINC numbers from public lists; names from public lists of laboratories and the practice of each
language.
"""

from vocabulary.test_names.record import NamedTest

# fmt: off
TESTS = (
    NamedTest(
        key="alt", label="Alanine aminotransferase (ALT)",
        kinds=("catalytic_concentration",), units="U/L | [IU]/L | ukat/L | nkat/L",
        plausible={"U/L": ("0", "30000")},
        organ="liver",
        loinc="1742-6 | 1743-4 | 1744-2 | 76625-3",
        en=(
            "ALT | ALAT | SGPT | GPT | alanine aminotransferase | alanine transaminase | "
            "alanine amino transferase | alanine aminotransferase (ALT) | ALT (SGPT) | SGPT (ALT) | "
            "ALT/GPT | serum ALT | s-ALT | S-ALAT | P-ALAT | serum glutamic pyruvic transaminase | "
            "glutamic pyruvic transaminase | glutamate pyruvate transaminase"
        ),
        de=(
            "ALT | ALAT | GPT | GPT (ALAT) | ALT (GPT) | Alanin-Aminotransferase | Alaninaminotransferase | "
            "Glutamat-Pyruvat-Transaminase"
        ),
        fr=(
            "ALAT | TGP | SGPT | ALAT (TGP) | TGP (ALAT) | alanine aminotransférase | "
            "transaminase glutamopyruvique | transaminases SGPT"
        ),
        es=(
            "ALT | GPT | TGP | ALAT | ALT (GPT) | GPT (ALT) | alanina aminotransferasa | "
            "alanino aminotransferasa | transaminasa glutámico pirúvica | alanina transaminasa"
        ),
        it=(
            "ALT | GPT | ALAT | ALT (GPT) | GPT (ALT) | alanina aminotransferasi | alanina transaminasi | "
            "transaminasi GPT | S-ALT"
        ),
        pt=(
            "ALT | TGP | ALT (TGP) | TGP (ALT) | alanina aminotransferase | alanino aminotransferase | "
            "transaminase glutâmico-pirúvica | transaminase pirúvica"
        ),
        nl="ALAT | ALT | SGPT | GPT | alanine-aminotransferase | ALAT (SGPT)",
        ja="ALT | GPT | ALT(GPT) | GPT(ALT) | アラニンアミノトランスフェラーゼ",
    ),
    NamedTest(
        key="ast", label="Aspartate aminotransferase (AST)",
        kinds=("catalytic_concentration",), units="U/L | [IU]/L | ukat/L | nkat/L",
        plausible={"U/L": ("0", "50000")},
        organ="liver",
        loinc="1920-8 | 30239-8 | 88112-8",
        en=(
            "AST | ASAT | SGOT | aspartate aminotransferase | aspartate transaminase | "
            "aspartate amino transferase | aspartate aminotransferase (AST) | AST (SGOT) | SGOT (AST) | "
            "AST/GOT | serum AST | S-ASAT | P-ASAT | serum glutamic oxaloacetic transaminase | "
            "glutamic oxaloacetic transaminase"
        ),
        de=(
            "AST | ASAT | GOT | GOT (ASAT) | AST (GOT) | Aspartat-Aminotransferase | "
            "Aspartataminotransferase | Glutamat-Oxalacetat-Transaminase"
        ),
        fr=(
            "ASAT | TGO | SGOT | ASAT (TGO) | TGO (ASAT) | aspartate aminotransférase | "
            "transaminase glutamo-oxaloacétique"
        ),
        es=(
            "AST | GOT | TGO | ASAT | AST (GOT) | GOT (AST) | aspartato aminotransferasa | "
            "transaminasa glutámico oxalacética | aspartato transaminasa"
        ),
        it="AST | GOT | ASAT | AST (GOT) | GOT (AST) | aspartato aminotransferasi | transaminasi GOT",
        pt=(
            "AST | TGO | AST (TGO) | TGO (AST) | aspartato aminotransferase | transaminase oxalacética | "
            "transaminase glutâmico-oxalacética"
        ),
        nl="ASAT | AST | SGOT | GOT | aspartaat-aminotransferase",
        ja="AST | GOT | AST(GOT) | GOT(AST)",
    ),
    NamedTest(
        key="alp", label="Alkaline phosphatase (ALP)",
        kinds=("catalytic_concentration",), units="U/L | [IU]/L | ukat/L | nkat/L",
        plausible={"U/L": ("0", "10000")},
        organ="liver",
        loinc="6768-6 | 1783-0",
        en=(
            "ALP | alkaline phosphatase | alk phos | ALKP | alkaline phosphatase (ALP) | "
            "blood alkaline phosphatase | serum alkaline phosphatase | alkaline phos | AlkPhos"
        ),
        de="alkalische Phosphatase | AP (alkalische Phosphatase) | alk. Phosphatase | alk. Phos.",
        fr="phosphatases alcalines | phosphatase alcaline | PAL | Phos. alc.",
        es="fosfatasa alcalina | FAL | F. alcalina | fosfatasas alcalinas",
        it="fosfatasi alcalina | fosfatasi alcalina (ALP)",
        pt="fosfatase alcalina | FAL",
        nl="alkalische fosfatase | alk. fosfatase | AF (alkalische fosfatase)",
        ja="arukari hosufataze | アルカリホスファターゼ | アルカリフォスファターゼ | ALP",
    ),
    NamedTest(
        key="ggt", label="Gamma-glutamyltransferase (GGT)",
        kinds=("catalytic_concentration",), units="U/L | [IU]/L | ukat/L | nkat/L",
        plausible={"U/L": ("0", "10000")},
        organ="liver",
        loinc="2324-2",
        en=(
            "GGT | GGTP | gamma-GT | γ-GTP | gamma glutamyl transferase | gamma-glutamyltransferase | "
            "gamma glutamyl transpeptidase"
        ),
        de="GGT | Gamma-GT | G-GT | Gamma-Glutamyltransferase | yGT",
        fr="GGT | gamma-GT | γGT | gamma-glutamyltransférase | gammaglutamyl transpeptidase",
        es="GGT | gamma-GT | gammaglutamil transferasa | gamma glutamil transpeptidasa | GGTP",
        it="GGT | gamma-GT | γGT | gamma glutamil transferasi | gamma glutamil transpeptidasi",
        pt="GGT | gama-GT | gama glutamil transferase | gama-glutamiltransferase",
        nl="gamma-GT | GGT | gamma-glutamyltransferase",
        ja="ganma GTP | γ-GTP | γ-GT | γGTP",
    ),
    NamedTest(
        key="bilirubin_total", label="Bilirubin, total",
        kinds=("mass_concentration", "molar_concentration"), units="mg/dL | umol/L | mg/L",
        plausible={"mg/dL": ("0", "100"), "umol/L": ("0", "1710")},
        organ="liver",
        loinc="1975-2 | 14631-6 | 42719-5 | 54363-7",
        en=(
            "total bilirubin | bilirubin total | bilirubin | blood bilirubin | serum bilirubin | T-Bil | "
            "TBIL | Tbili | T bili | bili total | TB (bilirubin)"
        ),
        de="Bilirubin | Bilirubin gesamt | Gesamtbilirubin | Gesamt-Bilirubin | Bili ges. | Bilirubin ges.",
        fr="bilirubine totale | bilirubine | BiliT | bili totale",
        es="bilirrubina total | bilirrubina | bilirrubina T",
        it="bilirubina totale | bilirubina | bilirubina tot.",
        pt="bilirrubina total | bilirrubinas totais | bilirrubina",
        nl="bilirubine totaal | bilirubine | totaal bilirubine",
        ja="so birirubin | 総ビリルビン | T-Bil",
    ),
    NamedTest(
        key="bilirubin_direct", label="Bilirubin, direct",
        kinds=("mass_concentration", "molar_concentration"), units="mg/dL | umol/L | mg/L",
        plausible={"mg/dL": ("0", "80"), "umol/L": ("0", "1370")},
        organ="liver",
        loinc="1968-7 | 14629-0 | 15152-2",
        en=(
            "direct bilirubin | bilirubin direct | conjugated bilirubin | bilirubin conjugated | D-Bil | "
            "DBIL | Dbili | D bili | bili direct"
        ),
        de="direktes Bilirubin | Bilirubin direkt | konjugiertes Bilirubin | Bili dir. | Bilirubin dir.",
        fr="bilirubine directe | bilirubine conjuguée | BiliC",
        es="bilirrubina directa | bilirrubina conjugada",
        it="bilirubina diretta | bilirubina coniugata | bilirubina dir.",
        pt="bilirrubina direta | bilirrubina conjugada",
        nl="direct bilirubine | geconjugeerd bilirubine | bilirubine direct",
        ja="chokusetsu birirubin | 直接ビリルビン | D-Bil",
    ),
    NamedTest(
        key="bilirubin_indirect", label="Bilirubin, indirect",
        kinds=("mass_concentration", "molar_concentration"), units="mg/dL | umol/L",
        plausible={"mg/dL": ("0", "60")},
        en=(
            "indirect bilirubin | unconjugated bilirubin | bilirubin indirect | I-Bil | "
            "Blood bilirubin unconjugated"
        ),
        de="indirektes Bilirubin | unkonjugiertes Bilirubin",
        fr="bilirubine indirecte | bilirubine libre | bilirubine non conjuguée",
        es="bilirrubina indirecta | bilirrubina no conjugada",
        it="bilirubina indiretta",
        pt="bilirrubina indireta | bilirrubina não conjugada",
        nl="indirect bilirubine | ongeconjugeerd bilirubine",
        ja="kansetsu birirubin | 間接ビリルビン",
    ),
    NamedTest(
        key="liver_enzymes", label="Liver enzymes, unspecified",
        organ="liver",
        en=(
            "liver enzymes | hepatic enzymes | transaminases | aminotransferases | liver function tests | "
            "LFTs | LFT | liver function test | liver panel | hepatic panel | liver chemistries | "
            "liver tests | hepatic function tests | liver biochemistry | ALT/AST | AST/ALT | AST and ALT"
        ),
        de="Leberwerte | Leberenzyme | Transaminasen | Leberfunktionstest",
        fr="transaminases | enzymes hépatiques | bilan hépatique | cytolyse hépatique",
        es="transaminasas | enzimas hepáticas | pruebas de función hepática | perfil hepático | hepatograma",
        it="transaminasi | enzimi epatici | funzionalità epatica | indici di funzionalità epatica",
        pt="transaminases | enzimas hepáticas | provas de função hepática | função hepática",
        nl="leverenzymen | leverwaarden | transaminasen | leverfuncties | levertesten",
        ja="kan kino | 肝機能 | 肝酵素 | トランスアミナーゼ | 肝機能検査",
    ),
    NamedTest(
        key="albumin", label="Albumin",
        kinds=("mass_concentration", "molar_concentration"), units="g/L | g/dL | umol/L",
        plausible={"g/L": ("5", "80")},
        loinc="1751-7 | 61151-7 | 61152-5 | 54347-0",
        en="albumin | serum albumin | ALB | Blood albumin",
        de="Albumin",
        fr="albumine | albuminémie",
        es="albúmina",
        it="albumina | albuminemia",
        pt="albumina",
        nl="albumine",
        ja="arubumin | アルブミン | Alb",
    ),
    NamedTest(
        key="inr", label="INR",
        kinds=("coagulation",), units="{INR}",
        plausible={"{INR}": ("0.5", "25")},
        organ="liver",
        loinc="6301-6 | 34714-6",
        en="INR | international normalized ratio | international normalised ratio | PT-INR | prothrombin INR",
        de="INR",
        fr="INR",
        es="INR | RIN | índice internacional normalizado",
        it="INR",
        pt="INR | RNI | razão normalizada internacional",
        nl="INR",
        ja="PT-INR | プロトロンビン時間INR",
    ),
    NamedTest(
        key="prothrombin_time", label="Prothrombin time",
        kinds=("coagulation", "time", "percent"), units="s | %",
        plausible={"s": ("5", "300"), "%": ("1", "200")},
        organ="liver",
        loinc="5902-2 | 5894-1",
        en="prothrombin time | PT (prothrombin time) | PT seconds | protime | Quick",
        de="Quick | Quickwert | Thromboplastinzeit | TPZ | Prothrombinzeit",
        fr="taux de prothrombine | temps de Quick | TP (taux de prothrombine) | TQ",
        es="tiempo de protrombina | actividad de protrombina | tasa de protrombina | TP (protrombina)",
        it="tempo di protrombina | attività protrombinica | tempo di Quick",
        pt="tempo de protrombina | TAP | atividade de protrombina",
        nl="protrombinetijd",
        ja="purotoronbin jikan | プロトロンビン時間 | PT",
    ),
    NamedTest(
        key="ldh", label="Lactate dehydrogenase (LDH)",
        kinds=("catalytic_concentration",), units="U/L | [IU]/L | ukat/L | nkat/L",
        plausible={"U/L": ("20", "100000")},
        loinc="2532-0 | 14804-9 | 14805-6",
        en=(
            "LDH | lactate dehydrogenase | lactic dehydrogenase | lactic acid dehydrogenase | serum LDH | "
            "Blood lactate dehydrogenase"
        ),
        de="LDH | Laktatdehydrogenase | Lactat-Dehydrogenase",
        fr="LDH | lacticodéshydrogénase | lactate déshydrogénase",
        es="LDH | lactato deshidrogenasa | deshidrogenasa láctica | DHL",
        it="LDH | lattico deidrogenasi | lattato deidrogenasi",
        pt="LDH | DHL | desidrogenase láctica | lactato desidrogenase | desidrogenase lática",
        nl="LDH | lactaatdehydrogenase",
        ja="LDH | nyusan dassuiso koso | 乳酸脱水素酵素",
    ),
)
# fmt: on
