"""Regions of lymph nodes and sides, in the words of eight languages.

Left and right of one region are one site. `area` is what surely differs: regions of one area (cervical and
submandibular: the neck) are several sites only where the report counts them.
Sources: anatomical terms and the practice of eight languages.
"""

from typing import NamedTuple


class NodeRegion(NamedTuple):
    """The area a region belongs to, and its words, separated by bars."""

    area: str
    words: str


# fmt: off
NODE_REGIONS = {
    "cervical": NodeRegion("neck", (
        "cervical | neck | cervical chain | anterior cervical | posterior cervical | anterior neck | "
        "posterior neck | lateral neck | jugular | jugulodigastric | deep cervical | "
        "superficial cervical | nuchal | laterocervical | cervical level II | level II | level III | "
        "level IV | level V | throat glands | glands in the neck | zervikal | cervikal | Hals | am Hals | "
        "Halslymphknoten | Nacken | cervicale | cervicales | cou | jugulocarotidien | jugulo-carotidien | "
        "spinal | cuello | laterocervicales | yugular | cervicali | laterocervicale | laterocervicali | "
        "collo | del collo | cervicais | pescoço | cadeia cervical | cervicaal | nek | in de hals | "
        "keibu | 頸部 | 頚部"
    )),
    "submandibular": NodeRegion("neck", (
        "submandibular | submaxillary | under the jaw | jaw | tonsillar | level I | level IB | "
        "Kieferwinkel | am Kieferwinkel | Unterkiefer | sous-mandibulaire | sous-maxillaire | "
        "sous-angulo-maxillaire | submaxilar | sottomandibolare | sottomandibolari | sottomascellare | "
        "submandibulares | submandibulair | onder de kaak | gakkabu | 顎下 | 顎下部"
    )),
    "submental": NodeRegion("neck", (
        "submental | under the chin | level IA | sous-mental | sous-mentonnier | submentoniano | "
        "submentonianas"
    )),
    "preauricular": NodeRegion("neck", (
        "preauricular | pre-auricular | parotid node | in front of the ear | präaurikulär | prétragien | "
        "préauriculaire"
    )),
    "postauricular": NodeRegion("neck", (
        "postauricular | retroauricular | mastoid | behind the ear | retroaurikulär | hinter dem Ohr | "
        "rétro-auriculaire | retroauricolare"
    )),
    "occipital": NodeRegion("neck", (
        "occipital | suboccipital | back of the head | okzipital | occipitaux | occipitales | "
        "occipitale | occipitali"
    )),
    "supraclavicular": NodeRegion("neck", (
        "supraclavicular | Virchow's node | Virchow node | scalene | above the collarbone | "
        "supraklavikulär | Virchow-Lymphknoten | sus-claviculaire | sus-claviculaires | Troisier | "
        "supraclaviculares | sovraclaveare | sovraclaveari | sopraclavicolare | supraclaviculair | "
        "sakotsujo | 鎖骨上 | 鎖骨上窩"
    )),
    "infraclavicular": NodeRegion("axilla", (
        "infraclavicular | deltopectoral | below the collarbone | infraklavikulär | sous-claviculaire"
    )),
    "axillary": NodeRegion("axilla", (
        "axillary | axilla | axillae | armpit | armpits | underarm | pectoral | subscapular | "
        "left axillary | right axillary | axillär | Achsel | Achselhöhle | in der Achsel | axillaire | "
        "axillaires | aisselle | creux axillaire | axilar | axilares | axila | ascellare | ascellari | "
        "ascella | axillair | oksel | oksels | ekika | 腋窩 | わきの下"
    )),
    "epitrochlear": NodeRegion("arm", (
        "epitrochlear | cubital | elbow | supratrochlear | brachial | kubital | Ellenbogen | "
        "épitrochléen | sus-épitrochléen | epitroclear | epitrocleare"
    )),
    "inguinal": NodeRegion("groin", (
        "inguinal | groin | groins | femoral | inguinofemoral | inguino-femoral | crural node | Leiste | "
        "in der Leiste | Leistenlymphknoten | inguinaux | inguinale | aine | crural | inguinales | "
        "ingle | inguinocrural | inguinali | inguine | inguinais | virilha | inguinaal | lies | liezen | "
        "sokei | 鼠径 | 鼠径部 | 鼠蹊部"
    )),
    "popliteal": NodeRegion("leg", (
        "popliteal | back of the knee | Kniekehle | poplité | creux poplité | poplíteo"
    )),
    "mediastinal": NodeRegion("mediastinum", (
        "mediastinal | mediastinum | paratracheal | subcarinal | aortopulmonary window | "
        "paraoesophageal | prevascular | anterior mediastinal | subkarinal | médiastinaux | médiastin | "
        "mediastínico | mediastínicas | mediastinici | mediastinaal | juukaku | 縦隔"
    )),
    "hilar": NodeRegion("mediastinum", (
        "hilar | hilum | pulmonary hilar | bihilar | bilateral hilar | hilaire | hilaires | hiliar | "
        "hiliares | ilare | ilari | haimon | 肺門"
    )),
    "mesenteric": NodeRegion("abdomen", (
        "mesenteric | mesentery | ileocaecal | ileocolic | mesenterial | mesenteriell | mésentérique | "
        "mesentérico | mesentéricas"
    )),
    "retroperitoneal": NodeRegion("abdomen", (
        "retroperitoneal | para-aortic | paraaortic | aortocaval | interaortocaval | lumbar node | "
        "retrocrural | paraaortal | lombo-aortique | latéro-aortique | paraaórtico | retroperitoneale | "
        "para-aortico | lomboaortico"
    )),
    "portal": NodeRegion("abdomen", (
        "porta hepatis | periportal | hepatic hilum | portacaval | perihepatic | coeliac | celiac | "
        "peripancreatic | gastrohepatic | splenic hilum | Leberpforte | Truncus coeliacus | "
        "hile hépatique | coeliaque | hilio hepático | ilo epatico | celiaco"
    )),
    "iliac": NodeRegion("pelvis", (
        "iliac | pelvic | obturator | external iliac | internal iliac | common iliac | presacral | "
        "iliakal | pelvin | iliaque | pelvien | ilíaco | pélvico | ilíacas"
    )),
    "internal_mammary": NodeRegion("mediastinum", "internal mammary | parasternal"),
    "cardiophrenic": NodeRegion("mediastinum", "cardiophrenic | pericardial node | diaphragmatic"),
}
# At least one area, whose regions are not named.
ONE_AREA = (
    "abdominal | intra-abdominal | intraabdominal | abdominell | abdominales | addominali | thoracic | "
    "intrathoracic | thorakal"
)
# Two sites or more by the report; names and sizes are missing.
SEVERAL = (
    "generalised | generalized | diffuse | multiple | multiple sites | several sites | widespread | "
    "polyadenopathy | all stations | disseminated | generalisiert | multiple Stationen | généralisées | "
    "aires ganglionnaires multiples | generalizada | múltiples | generalizzata | diffuse adenopatie | "
    "gegeneraliseerd | 全身 | 全身性"
)
# No region is named.
NO_REGION = (
    "head and neck | peripheral | superficial | lymph nodes | glands | bilateral | unilateral | "
    "palpable | enlarged | periphere | superficielles | 表在"
)
# Lymphatic tissue, a gland, or a neck that is none: no lymph node.
NO_NODE = (
    "spleen | tonsil | tonsils | Waldeyer's ring | adenoids | thymus | liver | bone marrow | "
    "salivary gland | parotid gland | thyroid | Peyer's patch | cervix | cervical spine | "
    "cervical smear | uterine cervix | C-spine"
)
SIDES = {
    "left": (
        "left | L | lt | links | linke | gauche | izquierdo | izquierda | sinistro | sinistra | "
        "esquerdo | esquerda | linker | 左 | sx"
    ),
    "right": (
        "right | R | rt | rechts | rechte | droite | droit | derecho | derecha | destro | destra | "
        "direito | direita | rechter | 右 | dx"
    ),
    "both": (
        "both | bilateral | bilaterally | bds. | beidseits | bilatérales | bilaterali | bilateralmente | "
        "beiderzijds | 両側"
    ),
    "one_unnamed": "unilateral",
}
# What may stand beside a region.
NODE_WORDS = (
    "lymph node | lymph nodes | lymphnode | node | nodes | LN | LNs | lymphadenopathy | adenopathy | "
    "region | "
    "Lymphknoten | LK | ganglion | ganglions | adénopathie | adénopathies | ganglio | ganglios | "
    "adenopatía | "
    "linfonodo | linfonodi | linfadenopatia | gânglio | gânglios | lymfeklier | lymfeklieren | リンパ節"
)
# fmt: on
