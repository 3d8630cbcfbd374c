"""Blood counts: tests and their names in eight languages.

Sources: LOINC numbers from public lists; names from public lists of laboratories and the practice of each
language.
"""

from vocabulary.test_names.record import NamedTest

# fmt: off
TESTS = (
    NamedTest(
        key="eosinophils", label="Eosinophils, absolute",
        kinds=("count_concentration",), units="10*9/L | 10*3/uL | /uL | /mm3 | 10*6/L | 10*4/uL",
        plausible={"10*9/L": ("0", "150")},
        loinc="711-2 | 712-0 | 26449-9",
        en=(
            "eosinophils | eosinophil count | eosinophils count | absolute eosinophil count | "
            "eosinophils absolute | absolute eosinophils | eosinophils abs | eosinophils # | "
            "blood eosinophils | blood eosinophil count | peripheral blood eosinophils | eos | eos abs | "
            "eos absolute | eos # | abs eos | AEC | EO # | eosinophil granulocytes | "
            "total eosinophil count | eosinophil"
        ),
        de=(
            "Eosinophile | Eosinophile absolut | Eosinophile abs. | Eosinophile Granulozyten | "
            "eosinophile Granulozyten absolut | Eosinophilenzahl | Eos abs. | Eosinophile #"
        ),
        fr=(
            "éosinophiles | polynucléaires éosinophiles | PNE | PN éosinophiles | éosinophiles absolus | "
            "numération des éosinophiles | granulocytes éosinophiles"
        ),
        es=(
            "eosinófilos | eosinófilos absolutos | recuento de eosinófilos | "
            "recuento absoluto de eosinófilos | eosinófilos totales | granulocitos eosinófilos"
        ),
        it=(
            "eosinofili | granulociti eosinofili | eosinofili assoluti | conta eosinofili | "
            "eosinofili (valore assoluto)"
        ),
        pt=(
            "eosinófilos (absoluto) | eosinófilos absolutos | contagem de eosinófilos | "
            "eosinófilos valor absoluto | eosinófilos /mm3"
        ),
        nl="eosinofielen | eosinofiele granulocyten | eosinofielen absoluut | eosinofielen telling",
        ja="kosankyu | kosankyusu | 好酸球 | 好酸球数 | 好酸球絶対数",
    ),
    NamedTest(
        key="eosinophils_percent", label="Eosinophils, share of leukocytes",
        kinds=("percent",), units="%",
        plausible={"%": ("0", "100")},
        loinc="713-8 | 714-6 | 26450-7",
        en=(
            "eosinophils percent | eosinophil percent | eosinophils % | % eosinophils | "
            "eosinophil percentage | eosinophils percentage | eosinophils relative | relative eosinophils | "
            "eos % | eos percent | EO % | eosinophils/100 leukocytes | eosinophils share of leukocytes | "
            "differential eosinophils"
        ),
        de=(
            "Eosinophile % | Eosinophile relativ | Eosinophile rel. | Eosinophile in % | "
            "Eosinophile Granulozyten % | Eos %"
        ),
        fr="éosinophiles % | polynucléaires éosinophiles % | pourcentage d'éosinophiles",
        es="eosinófilos % | porcentaje de eosinófilos | eosinófilos relativos",
        it="eosinofili % | percentuale di eosinofili | eosinofili percentuale",
        pt="eosinófilos % | eosinófilos (relativo) | percentual de eosinófilos",
        nl="eosinofielen % | eosinofielen percentage",
        ja="kosankyu % | kosankyuritsu | 好酸球% | 好酸球比率",
    ),
    NamedTest(
        key="leukocytes", label="Leukocytes",
        kinds=("count_concentration",), units="10*9/L | 10*3/uL | /uL | /mm3 | 10*6/L | 10*4/uL",
        plausible={"10*9/L": ("0", "800")},
        loinc="6690-2 | 804-5 | 26464-8 | 49498-9",
        en=(
            "leukocytes | leucocytes | leukocyte count | leucocyte count | white blood cells | "
            "white blood cell count | white cell count | white cells | white blood count | "
            "total leukocyte count | total leucocyte count | TLC | WBC | WBC count | WBCs | W.B.C. | WCC | "
            "total WBC | leukocytes total"
        ),
        de="Leukozyten | Leukozytenzahl | Leukos | Leuko | weiße Blutkörperchen | Leukozyten gesamt",
        fr="leucocytes | globules blancs | GB | numération leucocytaire | leucocytes totaux",
        es=(
            "leucocitos | glóbulos blancos | recuento de leucocitos | leucocitos totales | "
            "recuento leucocitario | serie blanca"
        ),
        it="leucociti | globuli bianchi | conta leucocitaria | conta dei globuli bianchi | leucociti totali",
        pt=(
            "leucócitos | glóbulos brancos | leucócitos totais | contagem de leucócitos | leucometria | "
            "global de leucócitos"
        ),
        nl="leukocyten | leucocyten | witte bloedcellen | leuko's | leukocytengetal",
        ja="hakkekkyu | hakkekkyusu | 白血球 | 白血球数",
    ),
    NamedTest(
        key="neutrophils", label="Neutrophils, absolute",
        kinds=("count_concentration",), units="10*9/L | 10*3/uL | /uL | /mm3 | 10*6/L | 10*4/uL",
        plausible={"10*9/L": ("0", "500")},
        loinc="751-8 | 753-4 | 26499-4",
        en=(
            "neutrophils | neutrophil count | absolute neutrophil count | ANC | neutrophils absolute | "
            "neuts | neut abs | NEUT# | polymorphs | segmented neutrophils | PMN | granulocytes neutrophil"
        ),
        de="Neutrophile | neutrophile Granulozyten | Neutrophile absolut | Neutrophile abs. | Segmentkernige",
        fr="neutrophiles | polynucléaires neutrophiles | PNN",
        es="neutrófilos | neutrófilos absolutos | segmentados",
        it="neutrofili | granulociti neutrofili | neutrofili assoluti",
        pt="neutrófilos | neutrófilos absolutos | segmentados (neutrófilos)",
        nl="neutrofielen | neutrofiele granulocyten",
        ja="kochukyu | 好中球 | 好中球数",
    ),
    NamedTest(
        key="neutrophils_percent", label="Neutrophils, share",
        kinds=("percent",), units="%",
        plausible={"%": ("0", "100")},
        loinc="770-8",
        en="neutrophils % | % neutrophils | neutrophil percentage | NEUT% | NE %",
        de="Neutrophile %",
        fr="polynucléaires neutrophiles %",
        es="neutrófilos %",
        it="neutrofili %",
        pt="neutrófilos %",
        nl="neutrofielen %",
        ja="好中球%",
    ),
    NamedTest(
        key="lymphocytes", label="Lymphocytes, absolute",
        kinds=("count_concentration",), units="10*9/L | 10*3/uL | /uL | /mm3 | 10*6/L | 10*4/uL",
        plausible={"10*9/L": ("0", "800")},
        loinc="731-0 | 732-8 | 26474-7",
        en=(
            "lymphocytes | lymphocyte count | absolute lymphocyte count | ALC | lymphocytes absolute | "
            "lymphs | LYMPH# | LY #"
        ),
        de="Lymphozyten | Lymphozyten absolut | Lymphozyten abs. | Lymphos",
        fr="lymphocytes totaux | lymphocytes (numération)",
        es="linfocitos | linfocitos absolutos",
        it="linfociti | linfociti assoluti",
        pt="linfócitos | linfócitos absolutos",
        nl="lymfocyten | lymfocyten absoluut",
        ja="rinpakyu | リンパ球 | リンパ球数",
    ),
    NamedTest(
        key="lymphocytes_percent", label="Lymphocytes, share",
        kinds=("percent",), units="%",
        plausible={"%": ("0", "100")},
        loinc="736-9",
        en="lymphocytes % | % lymphocytes | lymphocyte percentage | LYMPH%",
        de="Lymphozyten %",
        fr="lymphocytes %",
        es="linfocitos %",
        it="linfociti %",
        pt="linfócitos %",
        nl="lymfocyten %",
        ja="リンパ球%",
    ),
    NamedTest(
        key="atypical_lymphocytes", label="Atypical lymphocytes, share of leukocytes",
        kinds=("percent",), units="% | /100{WBC}",
        plausible={"%": ("0", "100")},
        loinc="13046-8 | 735-1 | 26477-0 | 733-6 | 43743-4",
        en=(
            "atypical lymphocytes | atypical lymphocyte | atypical lymphocyte count | "
            "atypical lymphocytes percent | lymphocytes atypical | atypical lymphs | atyp lymph | "
            "reactive lymphocytes | variant lymphocytes | variant lymphs | activated lymphocytes | "
            "Downey cells | virocytes | atypical lymphocytosis | atypical mononuclear cells"
        ),
        de=(
            "atypische Lymphozyten | reaktive Lymphozyten | Reizformen | reaktiv veränderte Lymphozyten | "
            "Virozyten | aktivierte Lymphozyten | lymphatische Reizformen | Lymphozyten atypisch | "
            "atyp. Lymphozyten | atyp. Lympho"
        ),
        fr=(
            "lymphocytes atypiques | lymphocytes hyperbasophiles | lymphocytes activés | "
            "lymphocytes stimulés | grands lymphocytes hyperbasophiles | syndrome mononucléosique"
        ),
        es=(
            "linfocitos atípicos | linfocitos reactivos | linfocitos activados | linfocitos estimulados | "
            "virocitos"
        ),
        it="linfociti atipici | linfociti reattivi | linfociti attivati | virociti",
        pt="linfócitos atípicos | linfócitos reativos | linfócitos reacionais | virócitos",
        nl="atypische lymfocyten | reactieve lymfocyten | virocyten",
        ja="ikei rinpakyu | 異型リンパ球 | 異型リンパ球比率 | 反応性リンパ球",
    ),
    NamedTest(
        key="luc", label="Large unstained cells",
        kinds=("percent", "count_concentration"), units="% | 10*9/L",
        plausible={"%": ("0", "100")},
        en="LUC | large unstained cells | LUC %",
        de="LUC | große ungefärbte Zellen",
        fr="LUC",
        es="LUC | células grandes no teñidas",
        it="LUC",
        pt="LUC",
        nl="LUC",
        ja="LUC",
    ),
    NamedTest(
        key="platelets", label="Platelets",
        kinds=("count_concentration",), units="10*9/L | 10*3/uL | /uL | /mm3 | 10*6/L | 10*4/uL | 10*5/uL",
        plausible={"10*9/L": ("0", "5000")},
        loinc="777-3 | 778-1 | 26515-7",
        en="platelets | platelet count | thrombocytes | thrombocyte count | PLT | plts | plt count",
        de="Thrombozyten | Thrombozytenzahl | Thrombos | Blutplättchen",
        fr="plaquettes | numération plaquettaire | plaquettes sanguines | thrombocytes",
        es="plaquetas | recuento de plaquetas | trombocitos",
        it="piastrine | conta piastrinica | trombociti",
        pt="plaquetas | contagem de plaquetas | trombócitos",
        nl="trombocyten | bloedplaatjes | trombo's",
        ja="kesshoban | kesshobansu | 血小板 | 血小板数",
    ),
    NamedTest(
        key="haemoglobin", label="Haemoglobin",
        kinds=("mass_concentration", "molar_concentration"), units="g/dL | g/L | mmol/L",
        plausible={"g/L": ("10", "260")},
        loinc="718-7 | 59260-0 | 20509-6",
        en="haemoglobin | hemoglobin | Hb | Hgb",
        de="Hämoglobin | Hb",
        fr="hémoglobine | Hb",
        es="hemoglobina | Hb",
        it="emoglobina | Hb",
        pt="hemoglobina | Hb",
        nl="hemoglobine | Hb",
        ja="hemoguroburin | ヘモグロビン | 血色素量",
    ),
)
# fmt: on
