"""RegiSCAR validation score for DRESS, one folder for each released version of its rules.

A released version is frozen: stored scores are recomputed with it, byte for byte. To
change a rule, copy the newest folder, change the copy, and add it to `versions` below.
"""

from scoring.instrument import Category as Class
from scoring.instrument import Instrument
from scoring.regiscar import v1
from scoring.regiscar.categories import Category

REGISCAR = Instrument(
    key="regiscar",
    title="RegiSCAR",
    purpose="DRESS classification",
    citation="Kardaun SH, Sidoroff A, Valeyrie-Allanore L, et al. Br J Dermatol 2007;156:609-611, "
    "doi 10.1111/j.1365-2133.2006.07704.x",
    versions=(v1,),
    categories=(
        Class(Category.NO_CASE.value, "No case", "no case of DRESS"),
        Class(Category.POSSIBLE.value, "Possible", "possible DRESS"),
        Class(Category.PROBABLE.value, "Probable", "probable DRESS"),
        Class(Category.DEFINITE.value, "Definite", "definite DRESS"),
    ),
    answer_labels={
        "yes": "Yes",
        "no": "No",
        "unknown": "Unknown",
        "moderate": "Moderate",
        "marked": "Marked",
        "one": "One organ",
        "two_or_more": "Two or more organs",
    },
    settled_by={
        "fever": ("temperatures", "celsius"),
        "nodes": ("lymph_node_examinations", "result"),
        "eosinophilia": ("laboratory", "value"),
        "atypical": ("laboratory", "value"),
        "extent": ("skin_examinations", "extent_percent"),
        "suggesting": ("skin_examinations", "facial_oedema"),
        "biopsy": ("biopsy", "result"),
        "organs": ("organ_involvements", "result"),
        "resolution": ("reactions", "end"),
        "other_causes": ("laboratory", "result"),
    },
    caution="RegiSCAR says whether this is DRESS, never which drug did it.",
)
