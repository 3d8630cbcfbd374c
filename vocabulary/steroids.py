"""Corticosteroids by name, and the routes by which they act on the whole body: `is_systemic_steroid`.

Names are international nonproprietary names with those used in German, French, Spanish and Italian. A steroid
that is mostly given by mouth or vein counts without a route; one that is as often a cream needs one.
"""

from functools import cache

from vocabulary.folding import fold_name

# Given by mouth or into a vein, as a rule.
SYSTEMIC_BY_NAME = (
    "prednisone | prednison | prednisona | prednisolone | prednisolon | prednisolona | "
    "methylprednisolone | methylprednisolon | methylprednisolona | metilprednisolona | metilprednisolone | "
    "6-methylprednisolone | dexamethasone | dexamethason | dexametasona | desametasone | deflazacort | "
    "prednylidene | cloprednol | cortisone acetate | systemic corticosteroid | systemic corticosteroids | "
    "systemic steroid | systemic steroids | oral corticosteroid | oral corticosteroids | oral steroids | "
    "oral steroid | intravenous steroids | intravenous corticosteroids | steroid pulse | pulse steroids"
)
# As often a cream, an inhaler or an injection into a joint: the route decides.
BY_ROUTE = (
    "hydrocortisone | hydrocortison | hidrocortisona | idrocortisone | betamethasone | betamethason | "
    "betametasona | betametasone | triamcinolone | triamcinolon | triamcinolona | budesonide | budesonid | "
    "cortisone | cortison | corticosteroid | corticosteroids | steroid | steroids | glucocorticoid | "
    "glucocorticoids"
)
SYSTEMIC_ROUTES = (
    "oral | by mouth | per os | p.o. | po | intravenous | intravenous drip | intravenous bolus | i.v. | iv | "
    "intramuscular | i.m. | im | subcutaneous | systemic | parenteral | rectal enema systemic"
)
LOCAL_ROUTES = (
    "topical | cutaneous | on the skin | dermal | cream | ointment | inhalation | respiratory (inhalation) | "
    "inhaled | nasal | ophthalmic | ocular | eye drops | auricular (otic) | otic | intra-articular | "
    "intralesional | intradermal | rectal | vaginal | buccal | transdermal"
)


def is_systemic_steroid(name: str, route: str = "") -> bool:
    """Whether a drug of this name, by this route, is a corticosteroid that acts on the whole body."""
    folded_name, folded_route = fold_name(name), fold_name(route)
    if folded_route in _folded(LOCAL_ROUTES):
        return False
    if folded_name in _folded(SYSTEMIC_BY_NAME):
        return True
    return folded_name in _folded(BY_ROUTE) and folded_route in _folded(SYSTEMIC_ROUTES)


@cache
def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_name(word) for word in words.split("|"))
