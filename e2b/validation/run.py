"""Runs all checks over a message; each reports what it finds, none stops the others."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from e2b.elements import ELEMENTS, ICH, Element
from e2b.message import Batch, Block, Message
from e2b.profiles import ICH_PROFILE, Profile
from e2b.rules.ich import ICH_RULES
from e2b.rules.model import Rule
from e2b.validation.context import ANCESTORS, ROOT, Place, home_of, places_of
from e2b.validation.message_checks import check_identity, check_versions
from e2b.validation.values import Asked, wrong_with
from e2b.violations import Finding, Level, Severity

_MANDATORY = tuple(element for element in ICH.values() if element.conformance in "MR")
_CONDITIONS = tuple(
    Rule("ICH-CONDITION", element.id, element.when, element.id,
         f"{element.name} is needed here.", f"Give {element.id}.")
    for element in ICH.values()
    if element.when
)  # fmt: skip


def validate(
    message: Message,
    profile: Profile = ICH_PROFILE,
    *,
    header: Block | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Every violation of one message, in the order of the checks; none where it is valid.

    `header` is the envelope N.1 of its batch; without it, rules that look at it are left out.
    `today` is the last day that is not in the future.
    """
    root = places_of(message, header)
    asked = Asked(today or date.today(), dict(profile.nulls))
    findings = [*message.findings]
    for place in root.walk():
        findings += _values(place, profile, asked)
    findings += _missing(root, profile)
    findings += check_identity(root)
    findings += check_versions(root)
    rules = ((ICH_RULES, Level.RULE), (_CONDITIONS, Level.RULE), (profile.rules, Level.REGION))
    told = root.told()
    for table, level in rules:
        findings += _broken(root, told, _looked_at(table, header is not None), level)
    return findings


def validate_envelope(batch: Batch, *, today: date | None = None) -> list[Finding]:
    """The findings of the envelope N.1 of a batch."""
    envelope = Place(ROOT, batch.N.values, None, None, "batch")
    findings = [*batch.findings, *_values(envelope, ICH_PROFILE, Asked(today or date.today(), {}))]
    findings += [_required(element, "batch") for element in _MANDATORY
                 if element.block == "N.1" and element.id not in batch.N.values]  # fmt: skip
    return findings


def validate_batch(
    batch: Batch, profile: Profile = ICH_PROFILE, *, today: date | None = None
) -> list[tuple[int, list[Finding]]]:
    """The findings of the envelope (number 0) and of each message (numbered from 1)."""
    messages = [
        (number, validate(message, profile, header=batch.N, today=today))
        for number, message in enumerate(batch.messages, 1)
    ]
    return [(0, validate_envelope(batch, today=today)), *messages]


def _values(place: Place, profile: Profile, asked: Asked) -> Iterator[Finding]:
    for name, value in place.own.items():
        element = ELEMENTS[name]
        if element.block == "N.1" and place.name != "batch":
            continue
        for wrong in wrong_with(element, value, asked):
            yield wrong.at(element, place.name)
        if name not in ICH and name not in profile.elements:
            yield Finding("ICH-REGIONAL", name, place.name, f"It is no element of {profile.name}.",
                          "It is left out for this receiver.", Severity.NOTE, Level.REGION)  # fmt: skip


def _missing(root: Place, profile: Profile) -> Iterator[Finding]:
    for element in _MANDATORY:
        if element.block != "N.1":
            yield from (_required(element, place.name) for place in _lacking(root, element))
    for name in profile.mandatory:
        element = ELEMENTS[name]
        # A block that holds one mandatory element alone is mandatory itself.
        places = list(_lacking(root, element))
        if home_of(element.block) != ROOT and not root.has_block(element.block):
            places = [root]
        for place in places:
            yield Finding(f"{profile.name}-REQUIRED", name, place.name, f"{element.name} is mandatory.",
                          f"Give {name}.", level=Level.REGION)  # fmt: skip


def _lacking(root: Place, element: Element) -> Iterator[Place]:
    places = root.by_kind().get(home_of(element.block), ())
    return (place for place in places if element.id not in place.own)


def _required(element: Element, place: str) -> Finding:
    flavors = f" or a nullFlavor ({', '.join(element.null_flavors)})" if element.nulls else ""
    return Finding("ICH-REQUIRED", element.id, place, f"{element.name} is mandatory.",
                   f"Give a value{flavors}.")  # fmt: skip


def _broken(root: Place, told: frozenset[str], rules: "_Rules", level: Level) -> Iterator[Finding]:
    for rule, needs, kinds in rules:
        # Most rules are about what most messages don't tell.
        if any(names.isdisjoint(told) for names in needs):
            continue
        for place in _applied_at(root, kinds):
            if rule.broken(place):
                yield Finding(
                    rule.id, rule.element, place.name, rule.sentence, rule.remedy, rule.severity, level
                )


_Rules = tuple[tuple[Rule, tuple[frozenset[str], ...], tuple[str, ...]], ...]


@lru_cache
def _looked_at(rules: tuple[Rule, ...], with_header: bool) -> _Rules:
    """The rules that can be checked, with what each needs and the kinds of places that it may be about."""
    return tuple(
        (rule, rule.needs, (rule.at,) if rule.at else ANCESTORS[ELEMENTS[rule.element].block])
        for rule in rules
        if rule.checked and (with_header or not any(name.startswith("N.1.") for name in rule.names))
    )


def _applied_at(root: Place, kinds: tuple[str, ...]) -> list[Place]:
    """The blocks that a rule is about; where there is none, the block that would hold it.

    A rule that names its block (`at`) asks nothing where there is no such block.
    """
    return next((places for kind in kinds if (places := root.by_kind().get(kind))), [])
