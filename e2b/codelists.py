"""The code lists: ICH's own, those ICH refers to, and the regions'.

Source: ICH E2B(R3) code lists and constrained UCUM units; FDA regional code lists; ISO 3166-1.
Meanings are short paraphrases. Terminologies that need a licence (MedDRA, EDQM, IDMP
product terms) are described by their system and the form of their codes only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from e2b.structure import ICH_LIST, PHPID_SYSTEMS, SYSTEMS

ICH_VERSION: Final = "2.0"
FDA_LIST: Final = "2.16.840.1.113883.3.989.5.1.2."
EU_LIST: Final = "2.16.840.1.113883.3.989.5.1.1.5."
NCIT: Final = SYSTEMS["NCIt"]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code system: its OID, the codes where they are few and fixed, else their form.

    - `version` is sent as codeSystemVersion where the element table has no element for it
    - `others` are systems that mean the same element (older lists, regional lists)
    - `open` lists have no fixed system: the received system is preserved
    """

    system: str = ""
    version: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    others: tuple[str, ...] = ()
    open: bool = False

    def contains(self, code: str) -> bool:
        """Whether the code is in the list, or has the form of its codes where they are not listed."""
        if self.pattern:
            return re.fullmatch(self.pattern, code, re.ASCII) is not None
        return code in self.codes if self.codes else bool(code)

    def accepts(self, system: str | None) -> bool:
        """Whether a code of this system may stand where the list is asked for."""
        return system is None or self.open or system == self.system or system in self.others


# Only used in old data, before routes were coded with EDQM terms.
ROUTES: Final = {
    "001": "Auricular (otic)",
    "002": "Buccal",
    "003": "Cutaneous",
    "004": "Dental",
    "005": "Endocervical",
    "006": "Endosinusial",
    "007": "Endotracheal",
    "008": "Epidural",
    "009": "Extra-amniotic",
    "010": "Hemodialysis",
    "011": "Intra corpus cavernosum",
    "012": "Intra-amniotic",
    "013": "Intra-arterial",
    "014": "Intra-articular",
    "015": "Intra-uterine",
    "016": "Intracardiac",
    "017": "Intracavernous",
    "018": "Intracerebral",
    "019": "Intracervical",
    "020": "Intracisternal",
    "021": "Intracorneal",
    "022": "Intracoronary",
    "023": "Intradermal",
    "024": "Intradiscal (intraspinal)",
    "025": "Intrahepatic",
    "026": "Intralesional",
    "027": "Intralymphatic",
    "028": "Intramedullar (bone marrow)",
    "029": "Intrameningeal",
    "030": "Intramuscular",
    "031": "Intraocular",
    "032": "Intrapericardial",
    "033": "Intraperitoneal",
    "034": "Intrapleural",
    "035": "Intrasynovial",
    "036": "Intratumour",
    "037": "Intrathecal",
    "038": "Intrathoracic",
    "039": "Intratracheal",
    "040": "Intravenous bolus",
    "041": "Intravenous drip",
    "042": "Intravenous (not otherwise specified)",
    "043": "Intravesical",
    "044": "Iontophoresis",
    "045": "Nasal",
    "046": "Occlusive dressing technique",
    "047": "Ophthalmic",
    "048": "Oral",
    "049": "Oropharyngeal",
    "050": "Other",
    "051": "Parenteral",
    "052": "Periarticular",
    "053": "Perineural",
    "054": "Rectal",
    "055": "Respiratory (inhalation)",
    "056": "Retrobulbar",
    "057": "Subconjunctival",
    "058": "Subcutaneous",
    "059": "Subdermal",
    "060": "Sublingual",
    "061": "Topical",
    "062": "Transdermal",
    "063": "Transmammary",
    "064": "Transplacental",
    "065": "Unknown",
    "066": "Urethral",
    "067": "Vaginal",
}

_COUNTRIES: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
    "EU"
)

# fmt: off
CODE_LISTS: Final = {
    "L1": CodeList(ICH_LIST + "1", version=ICH_VERSION, others=(EU_LIST + "1",), codes={
        "1": "ichicsr",
    }),
    "L2": CodeList(ICH_LIST + "2", version=ICH_VERSION, codes={
        "1": "spontaneous", "2": "study", "3": "other", "4": "not available to sender",
    }),
    "L3": CodeList(ICH_LIST + "3", version=ICH_VERSION, codes={
        "1": "regulator", "2": "other",
    }),
    "L5": CodeList(ICH_LIST + "5", version=ICH_VERSION, codes={
        "1": "nullification", "2": "amendment",
    }),
    "L6": CodeList(ICH_LIST + "6", version=ICH_VERSION, codes={
        "1": "physician", "2": "pharmacist", "3": "other health professional", "4": "lawyer",
        "5": "consumer or other non-health professional",
    }),
    "L7": CodeList(ICH_LIST + "7", version=ICH_VERSION, codes={
        "1": "pharmaceutical company", "2": "regulatory authority", "3": "health professional",
        "4": "regional PV centre", "5": "WHO collaborating centre", "6": "other",
        "7": "patient or consumer",
    }),
    "L8": CodeList(ICH_LIST + "8", version=ICH_VERSION, codes={
        "1": "clinical trial", "2": "individual patient use", "3": "other study",
    }),
    "L9": CodeList(ICH_LIST + "9", version=ICH_VERSION, codes={
        "0": "foetus", "1": "neonate", "2": "infant", "3": "child", "4": "adolescent", "5": "adult",
        "6": "elderly",
    }),
    "L10": CodeList(ICH_LIST + "10", version=ICH_VERSION, codes={
        "1": "highlighted, not serious", "2": "not highlighted, not serious", "3": "highlighted, serious",
        "4": "not highlighted, serious",
    }),
    "L11": CodeList(ICH_LIST + "11", version=ICH_VERSION, codes={
        "1": "recovered", "2": "recovering", "3": "not recovered", "4": "recovered with sequelae",
        "5": "fatal", "0": "unknown",
    }),
    "L12": CodeList(ICH_LIST + "12", version=ICH_VERSION, codes={
        "1": "positive", "2": "negative", "3": "borderline", "4": "inconclusive",
    }),
    "L13": CodeList(ICH_LIST + "13", version=ICH_VERSION, codes={
        "1": "suspect", "2": "concomitant", "3": "interacting", "4": "drug not administered",
    }),
    "L15": CodeList(ICH_LIST + "15", version=ICH_VERSION, codes={
        "1": "withdrawn", "2": "dose reduced", "3": "dose increased", "4": "dose not changed",
        "0": "unknown", "9": "not applicable",
    }),
    "L16": CodeList(ICH_LIST + "16", version=ICH_VERSION, codes={
        "1": "rechallenged, recurred", "2": "rechallenged, did not recur",
        "3": "rechallenged, outcome unknown", "4": "not rechallenged",
    }),
    "L17": CodeList(ICH_LIST + "17", version=ICH_VERSION, codes={
        "1": "counterfeit", "2": "overdose", "3": "taken by the father", "4": "taken beyond expiry",
        "5": "batch tested, within spec", "6": "batch tested, out of spec", "7": "medication error",
        "8": "misuse", "9": "abuse", "10": "occupational exposure", "11": "off-label use",
    }),
    "true": CodeList(codes={"true": "yes"}),
    "primary": CodeList(codes={"1": "primary source"}),
    "sex": CodeList("1.0.5218", codes={"1": "male", "2": "female"}),
    "country": CodeList("1.0.3166.1.2.2", codes={code: code for code in _COUNTRIES.split()}),
    "language": CodeList(pattern="[a-z]{3}"),
    "MedDRA": CodeList(SYSTEMS["MedDRA"], pattern="[0-9]{8}"),
    "MedDRA version": CodeList(pattern=r"[0-9]{1,2}\.[0-9]"),
    "UCUM": CodeList(pattern="\\S+"),
    "kg": CodeList(codes={"kg": "kilogram(s)"}),
    "cm": CodeList(codes={"cm": "centimetre(s)"}),
    "unit": CodeList("", codes={
        "kg": "kilogram(s)", "g": "gram(s)", "mg": "milligram(s)", "ug": "microgram(s)",
        "ng": "nanogram(s)", "pg": "picogram(s)", "mg/kg": "milligram(s)/kilogram",
        "ug/kg": "microgram(s)/kilogram", "mg/m2": "milligram(s)/square metre",
        "ug/m2": "microgram(s)/square metre", "L": "litre(s)", "mL": "millilitre(s)", "uL": "microlitre(s)",
        "Bq": "becquerel(s)", "GBq": "gigabecquerel(s)", "MBq": "megabecquerel(s)",
        "kBq": "kilobecquerel(s)", "Ci": "curie(s)", "mCi": "millicurie(s)", "uCi": "microcurie(s)",
        "nCi": "nanocurie(s)", "mol": "mole(s)", "mmol": "millimole(s)", "umol": "micromole(s)",
        "[iU]": "international unit(s)", "k[iU]": "iu(1000s)", "M[iU]": "iu(1,000,000s)",
        "[iU]/kg": "iu/kilogram", "meq": "milliequivalent(s)", "%": "percent", "[drp]": "drop(s)",
        "{DF}": "dosage form", "{decade}": "Decade", "a": "Year", "mo": "Month", "wk": "Week", "d": "Day",
        "h": "Hour", "min": "Minute", "s": "Second", "{trimester}": "Trimester",
        "{cyclical}": "cyclical interval", "{asnecessary}": "as necessary", "{total}": "total",
    }),
    "route": CodeList("0.4.0.127.0.16.1.1.2.6", others=(ICH_LIST + "14",), open=True),
    "dose form": CodeList("0.4.0.127.0.16.1.1.2.2", others=("0.4.0.127.0.16.1.1.2.1",), open=True),
    "MPID": CodeList("TBDMPID", open=True),
    "PhPID": CodeList(PHPID_SYSTEMS[0], others=PHPID_SYSTEMS),
    "term": CodeList("TBDSubstance", open=True),
    "NCIt": CodeList(NCIT, open=True),
    "FDA report type": CodeList(FDA_LIST + "2.1.1.1", codes={
        "1": "15-day", "2": "non-expedited", "4": "5-day", "5": "30-day", "6": "7-day",
    }),
    "FDA role": CodeList(FDA_LIST + "1.1.8", codes={
        "1": "similar device",
    }),
    "FDA drug": CodeList(FDA_LIST + "1.1.7", others=(ICH_LIST + "7",), codes={
        "1": "test", "2": "reference", "3": "bulk ingredient", "4": "bulk ingredient for compounding",
        "5": "unapproved private-label product",
    }),
    "FDA race": CodeList(NCIT, codes={
        "C16352": "African American", "C41259": "American Indian or Alaska Native", "C41260": "Asian",
        "C41219": "Native Hawaiian or other Pacific Islander", "C41261": "White",
    }),
    "FDA ethnicity": CodeList(NCIT, codes={
        "C17459": "Hispanic or Latino", "C41222": "not Hispanic or Latino",
    }),
    "FDA follow-up": CodeList(FDA_LIST + "1.1.5", codes={
        "1": "correction", "2": "additional information", "3": "response to FDA", "4": "device evaluation",
    }),
    "FDA device usage": CodeList(FDA_LIST + "1.1.4", codes={
        "1": "initial use", "2": "reuse", "3": "unknown",
    }),
    "FDA operator": CodeList(FDA_LIST + "1.1.6", codes={
        "1": "health professional", "2": "lay user or patient", "3": "other",
    }),
    "FDA remedial action": CodeList(FDA_LIST + "1.1.3", codes={
        "1": "recall", "2": "repair", "3": "replacement", "4": "relabelling", "5": "notification",
        "6": "inspection", "7": "patient monitoring", "8": "modification", "9": "other",
    }),
    "EU method": CodeList(EU_LIST + "2", codes={
        "1": "EU method",
    }),
    "EU result": CodeList(EU_LIST + "3", codes={
        "1": "reasonable possibility", "2": "no reasonable possibility",
    }),
    "EU source": CodeList(EU_LIST + "4"),
    "batch outcome": CodeList(codes={
        "AA": "all messages loaded", "AE": "some messages have errors", "AR": "rejected or not parsed",
    }),
    "message outcome": CodeList(codes={"CA": "loaded", "CR": "rejected"}),
}
# fmt: on
NO_LIST: Final = CodeList()


def code_list(name: str) -> CodeList:
    """The list that an element row names; an empty one where it names none, or another element."""
    return NO_LIST if not name or name.startswith("@") else CODE_LISTS[name]
