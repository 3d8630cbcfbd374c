"""Runs all checks over a message; each reports its violations, none stops the others."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from e2b.elements import ELEMENTS, ICH, Element
from e2b.message import Batch, Block, Message
from e2b.profiles import ICH_PROFILE, Profile
from e2b.rules.consistency import CONSISTENCY_RULES
from e2b.rules.ich import ICH_RULES
from e2b.rules.model import Rule
from e2b.validation.context import ANCESTORS, ROOT, BlockContext, context_kind, message_context
from e2b.validation.message_checks import check_identity, check_versions
from e2b.validation.values import CheckOptions, faults_of
from e2b.violations import Level, Severity, Violation

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
) -> list[Violation]:
    """Every violation of one message, in the order of the checks; none where it is valid.

    `header` is the envelope N.1 of its batch; without it, rules that read it are left out.
    `today` is the last day that is not in the future.
    """
    root = message_context(message, header)
    options = CheckOptions(today or date.today(), dict(profile.nulls))
    violations = [*message.violations]
    for context in root.walk():
        violations += _values(context, profile, options)
    violations += _missing(root, profile)
    violations += check_identity(root)
    violations += check_versions(root)
    rules = (
        (ICH_RULES, Level.RULE),
        (CONSISTENCY_RULES, Level.RULE),
        (_CONDITIONS, Level.RULE),
        (profile.rules, Level.REGION),
    )
    present = root.present_names()
    for table, level in rules:
        violations += _rule_violations(root, present, _applicable_rules(table, header is not None), level)
    return violations


def validate_envelope(batch: Batch, *, today: date | None = None) -> list[Violation]:
    """The violations of the envelope N.1 of a batch."""
    envelope = BlockContext(ROOT, batch.N.values, None, None, "batch")
    violations = [*batch.violations, *_values(envelope, ICH_PROFILE, CheckOptions(today or date.today(), {}))]
    violations += [_required(element, "batch") for element in _MANDATORY
                   if element.block == "N.1" and element.id not in batch.N.values]  # fmt: skip
    return violations


def validate_batch(
    batch: Batch, profile: Profile = ICH_PROFILE, *, today: date | None = None
) -> list[tuple[int, list[Violation]]]:
    """The violations of the envelope (number 0) and of each message (numbered from 1)."""
    messages = [
        (number, validate(message, profile, header=batch.N, today=today))
        for number, message in enumerate(batch.messages, 1)
    ]
    return [(0, validate_envelope(batch, today=today)), *messages]


def _values(context: BlockContext, profile: Profile, options: CheckOptions) -> Iterator[Violation]:
    for name, value in context.own.items():
        element = ELEMENTS[name]
        if element.block == "N.1" and context.place != "batch":
            continue
        for fault in faults_of(element, value, options):
            yield fault.at(element, context.place)
        if name not in ICH and name not in profile.elements:
            yield Violation("ICH-REGIONAL", name, context.place, f"It is no element of {profile.name}.",
                            "It is left out for this receiver.", Severity.NOTE, Level.REGION)  # fmt: skip


def _missing(root: BlockContext, profile: Profile) -> Iterator[Violation]:
    for element in _MANDATORY:
        if element.block != "N.1":
            yield from (_required(element, context.place) for context in _without_element(root, element))
    for name in profile.mandatory:
        element = ELEMENTS[name]
        # A block that holds one mandatory element alone is mandatory itself.
        contexts = list(_without_element(root, element))
        if context_kind(element.block) != ROOT and not root.has_block(element.block):
            contexts = [root]
        for context in contexts:
            yield Violation(f"{profile.name}-REQUIRED", name, context.place, f"{element.name} is mandatory.",
                            f"Give {name}.", level=Level.REGION)  # fmt: skip


def _without_element(root: BlockContext, element: Element) -> Iterator[BlockContext]:
    contexts = root.by_kind().get(context_kind(element.block), ())
    return (context for context in contexts if element.id not in context.own)


def _required(element: Element, place: str) -> Violation:
    flavors = f" or a nullFlavor ({', '.join(element.null_flavors)})" if element.nulls else ""
    return Violation("ICH-REQUIRED", element.id, place, f"{element.name} is mandatory.",
                     f"Give a value{flavors}.")  # fmt: skip


def _rule_violations(
    root: BlockContext, present: frozenset[str], rules: "_Rules", level: Level
) -> Iterator[Violation]:
    for rule, needs, own, kinds in rules:
        # Most rules are about elements that most messages lack.
        if any(names.isdisjoint(present) for names in needs):
            continue
        for context in _contexts_of(root, kinds):
            if own <= context.own.keys() and rule.is_broken(context):
                yield Violation(
                    rule.id, rule.element, context.place, rule.sentence, rule.remedy, rule.severity, level
                )


# A rule, the ids it needs in a message, those it needs in the block it applies to, and the kinds of that.
_Rules = tuple[tuple[Rule, tuple[frozenset[str], ...], frozenset[str], tuple[str, ...]], ...]


@lru_cache
def _applicable_rules(rules: tuple[Rule, ...], with_header: bool) -> _Rules:
    """The rules that can be checked, each with what it needs and the kinds of blocks it applies to."""
    return tuple(
        (rule, rule.needs, _own_needs(rule, kinds[0]), kinds)
        for rule in rules
        for kinds in ((rule.at,) if rule.at else ANCESTORS[ELEMENTS[rule.element].block],)
        if rule.checked and (with_header or not any(name.startswith("N.1.") for name in rule.names))
    )


def _own_needs(rule: Rule, kind: str) -> frozenset[str]:
    """The elements of the block itself without which the rule has no `when`: most blocks lack one."""
    single = frozenset(name for names in rule.needs if len(names) == 1 for name in names)
    return frozenset(
        name for name in single if name in ELEMENTS and context_kind(ELEMENTS[name].block) == kind
    )


def _contexts_of(root: BlockContext, kinds: tuple[str, ...]) -> list[BlockContext]:
    """The blocks that a rule is about; where there is none, the block that would hold it.

    A rule that names its block (`at`) asks nothing where there is no such block.
    """
    return next((contexts for kind in kinds if (contexts := root.by_kind().get(kind))), [])
