"""Tissues of biopsies, in the words of eight languages, with the organ of the score that each belongs to.

Sources: anatomical terms and the practice of eight languages.
"""

from typing import NamedTuple


class Tissue(NamedTuple):
    """The organ of the score ("" where the tissue belongs to none) and the words, separated by bars.

    `body_part` and `punch_biopsy` are skin only where the text names the skin as well.
    """

    organ: str
    words: str


# What the name of a biopsy holds, and the words of it that say nothing about the tissue.
BIOPSY_SIGNS = ("biops", "biopt", "punch", "stanz", "stans", "生検")
BIOPSY_WORDS = ("biopsy", "biopsies", "biopsie", "biopsia", "biopt", "bioptat", "stanzbiopsie", "生検")
LEADING_WORDS = ("of", "the", "from", "von", "der", "des", "de", "la", "du", "da", "do", "van", "a")
# Skin where the text names the skin as well; alone, they leave it open.
SKIN_IN_DOUBT = ("body_part", "punch_biopsy")
NO_TISSUE = "not_a_tissue"

# fmt: off
TISSUES = {
    "skin": Tissue("", (
        "skin | cutaneous | dermal | dermis | epidermis | skin punch | punch biopsy of skin | "
        "skin lesion | rash biopsy | lesional skin | perilesional skin | skin, left forearm | "
        "skin of the trunk | skin of thigh | skin of abdomen | skin of back | integument | skin ellipse | "
        "shave biopsy | skin and subcutis | Haut | Hautbiopsie | Hautstanze | Haut Unterarm | kutan | "
        "Haut und Subkutis | peau | cutané | cutanée | biopsie cutanée | tégument | piel | cutánea | "
        "biopsia cutánea | cute | pelle | pele | huid | huidbiopt | hifu | 皮膚 | 皮膚生検"
    )),
    "body_part": Tissue("", (
        "forearm | left forearm | right forearm | arm | upper arm | thigh | leg | lower leg | trunk | "
        "back | chest | abdomen | buttock | shoulder | flank | neck | face | cheek | scalp | hand | "
        "foot | elbow | calf | Unterarm | Oberarm | Oberschenkel | Rumpf | Rücken | avant-bras | bras | "
        "cuisse | tronc | dos | antebrazo | muslo | tronco | espalda | avambraccio | braccio | coscia | "
        "dorso | antebraço | coxa | onderarm | bovenbeen | romp | rug | 前腕 | 大腿 | 体幹 | 背部"
    )),
    "punch_biopsy": Tissue("", (
        "punch biopsy | punch | Stanzbiopsie | Stanze | biopsie au punch | biopsia punch | "
        "biopsia con sacabocados | stansbiopt"
    )),
    "mucosa": Tissue("", (
        "oral mucosa | buccal mucosa | lip | tongue | gingiva | conjunctiva | genital mucosa | "
        "mucosal biopsy | Mundschleimhaut | muqueuse | mucosa oral | mucosa orale | 口腔粘膜"
    )),
    "nail_or_hair": Tissue("", "nail | nail bed | scalp hair | hair follicle"),
    "liver": Tissue("liver", (
        "liver | hepatic | liver biopsy | Leber | Leberbiopsie | foie | hépatique | hígado | hepática | "
        "fegato | epatica | fígado | lever | leverbiopt | 肝 | 肝生検"
    )),
    "kidney": Tissue("kidney", (
        "kidney | renal | kidney biopsy | Niere | Nierenbiopsie | rein | rénale | PBR | riñón | rene | "
        "rim | nier | nierbiopt | 腎 | 腎生検"
    )),
    "lung": Tissue("lung", (
        "lung | pulmonary | transbronchial | TBB | pleura | bronchial | Lunge | poumon | pulmón | "
        "polmone | pulmão | long | 肺"
    )),
    "heart": Tissue("muscle_heart", (
        "endomyocardial | myocardial | cardiac | EMB | heart | Herzmuskel | Myokard | endomyocardique | "
        "endomiocárdica | 心筋"
    )),
    "muscle": Tissue("muscle_heart", (
        "muscle | skeletal muscle | quadriceps | deltoid | Muskel | musculaire | músculo | muscolo | "
        "spier | 筋"
    )),
    "lymph_node": Tissue("", (
        "lymph node | node | excisional node biopsy | lymph gland | Lymphknoten | ganglion | "
        "ganglionnaire | adénopathie | ganglio | linfonodo | lymfeklier | リンパ節"
    )),
    "bone_marrow": Tissue("", (
        "bone marrow | marrow | trephine | iliac crest | Knochenmark | moelle | médula ósea | midollo | "
        "medula óssea | beenmerg | 骨髄"
    )),
    "gut": Tissue("other", (
        "colon | rectum | ileum | duodenum | stomach | gastric | oesophagus | colonic | Darm | Magen | "
        "estómago | intestino | maag | 大腸 | 胃"
    )),
    "salivary_gland": Tissue("", (
        "salivary gland | minor salivary gland | parotid | lip gland | glandes salivaires accessoires | "
        "BGSA | 唾液腺"
    )),
    "brain_or_nerve": Tissue("other", "brain | meninges | nerve | sural nerve | Nerv | nerf | nervio"),
    "temporal_artery": Tissue("", "temporal artery | artery | vessel"),
    "fat_or_fascia": Tissue("", "subcutaneous fat | fat pad | abdominal fat | fascia | panniculus"),
    "thyroid": Tissue("other", (
        "thyroid | thyroid FNA | Schilddrüse | thyroïde | tiroides | tiroide | 甲状腺"
    )),
    "spleen": Tissue("other", "spleen | splenic | Milz | rate | bazo | milza | baço | milt | 脾"),
    NO_TISSUE: Tissue("", (
        "urine | blood | CSF | sputum | stool | swab | smear | cytology | aspirate | cervix"
    )),
}
# fmt: on
