"""What follows from a case where nobody has answered an element that every report needs."""

from datetime import date

from django.utils import timezone

from cases.models import Case
from e2b import Block, Null, Value, text_of
from e2b import Message as Icsr
from values.dates import PartialDate

_SPONTANEOUS, _STUDY = "1", "2"
_AUTHORITY = "2"  # C.3.1
SERIOUSNESS = tuple(f"E.i.3.2{letter}" for letter in "abcdef")


def with_case_defaults(message: Icsr, case: Case) -> tuple[Icsr, list[str]]:
    """The message with what follows from the case, and the elements that were filled."""
    C = message.C  # noqa: N806
    reporters = C["C.2.r"]
    defaults = {
        name: value for name, value in _defaults(message, case).items() if _is_unanswered(C.values.get(name))
    }
    if C["C.1.6.1.r"] and C["C.1.6.1"] != "true":
        defaults["C.1.6.1"] = "true"  # what is attached is held, whatever was answered before
    filled = list(defaults)
    if "FDA.C.1.12" in C.values and "FDA.C.1.7.1" not in C.values:
        expedited = defaults.get("C.1.7", C["C.1.7"]) == "true"
        defaults["FDA.C.1.7.1"] = "1" if expedited else "2"
        filled.append("FDA.C.1.7.1")
    cross_reported = C["FDA.C.5.6.r"]
    if "FDA.C.5.5a" in C.values and not cross_reported:
        cross_reported = (Block("FDA.C.5.6.r", {"FDA.C.5.6.r": Null("NA")}),)
        filled.append("FDA.C.5.6.r")
    if len(reporters) == 1 and "C.2.r.5" not in reporters[0].values:
        reporters = (reporters[0].with_values({"C.2.r.5": "1"}),)
        filled.append("C.2.r.5")
    blocks = {**C.blocks, "C.2.r": reporters, "FDA.C.5.6.r": cross_reported}
    return message.with_sections(C=Block("C", {**C.values, **defaults}, blocks)), filled


def is_serious(message: Icsr) -> bool:
    """Whether one of its reactions meets a criterion of seriousness."""
    return any(reaction[name] == "true" for reaction in message.E for name in SERIOUSNESS)


def _defaults(message: Icsr, case: Case) -> dict[str, Value]:
    C = message.C  # noqa: N806
    is_study = any(name.startswith("C.5.") for name in (*C.values, *C.blocks))
    first = case.first_received or _entered(case)
    values: dict[str, Value] = {
        "C.1.3": _STUDY if is_study else _SPONTANEOUS,
        "C.1.6.1": "true" if C["C.1.6.1.r"] else "false",
        "C.1.7": "true" if is_serious(message) else "false",
        "C.1.8.2": "1" if text_of(C["C.3.1"]) == _AUTHORITY else "2",
    }
    if first is not None:
        latest = case.latest_information or first
        values |= {"C.1.4": PartialDate.of(min(first, latest)), "C.1.5": PartialDate.of(latest)}
    return values


def _entered(case: Case) -> date | None:
    """The day on which the case was entered: we had the report by then."""
    return timezone.localtime(case.created_at).date() if case.created_at else None


def _is_unanswered(value: Value | None) -> bool:
    return value is None or value == Null("NI")
