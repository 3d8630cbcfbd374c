"""The regions as data: what a receiver adds to ICH's elements, asks for, and must not be sent.

A new region is a new `Profile`; no other module names a region. Sources: FDA regional
specification and samples (July 2024); EMA masking guideline (July 2025); see docs/e2b.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from e2b.codelists import code_list
from e2b.datatypes import Null, Value
from e2b.elements import ELEMENTS, EU, FDA, ICH
from e2b.errors import MessageError
from e2b.message import Block, Message, trusted_block
from e2b.rules.fda import FDA_RULES
from e2b.rules.model import Rule
from e2b.violations import Severity


@dataclass(frozen=True, slots=True)
class Profile:
    """One receiver's form of E2B(R3).

    - `mode`: the processingModeCode that its samples send
    - `elements`: its own elements, beside ICH's
    - `mandatory`: elements that must be there, beside ICH's
    - `nulls`: nullFlavors that it allows beside ICH's
    - `masked`: elements whose values are sent as MSK; `emptied`: elements that are never sent
    - `rules`: its own rules
    - `receivers`: its routes: name, batch receiver N.1.4, message receivers N.2.r.3
    """

    name: str
    mode: str = "T"
    elements: frozenset[str] = frozenset()
    mandatory: tuple[str, ...] = ()
    nulls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    masked: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    receivers: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    changed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Notes in `changed` which elements `prepare` may change, so that it can skip most blocks."""
        true_only = (element.id for element in ELEMENTS.values() if element.codes == "true")
        foreign = (name for name in ELEMENTS if name not in ICH and name not in self.elements)
        changed = frozenset({*self.masked, *self.emptied, *true_only, *foreign})
        object.__setattr__(self, "changed", changed)

    def prepare(self, message: Message) -> Message:
        """The message as this receiver may have it: masked, emptied, without other regions' elements.

        "false" is dropped or becomes NI where ICH knows only "true". Existing nullFlavors stay.
        """
        N, C, D, H = map(self._block, (message.N, message.C, message.D, message.H))  # noqa: N806
        E, F, G = map(self._blocks, (message.E, message.F, message.G))  # noqa: N806
        before = (message.N, message.C, message.D, message.E, message.F, message.G, message.H)
        if before == (N, C, D, E, F, G, H):
            return message
        return Message(N, C, D, E, F, G, H, message.violations)

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(filter(None, map(self._block, blocks)))

    def _block(self, block: Block) -> Block:
        values: Mapping[str, Value] = block.values
        if not self.changed.isdisjoint(values):
            prepared = {name: self._value(name, value) for name, value in values.items()}
            values = {name: value for name, value in prepared.items() if value is not None}
        inside = {kind: self._blocks(blocks) for kind, blocks in block.blocks.items()}
        if values == block.values and inside == block.blocks:
            return block
        return trusted_block(
            block.kind, dict(values), {kind: blocks for kind, blocks in inside.items() if blocks}, block.ref
        )

    def _value(self, name: str, value: Value) -> Value | None:
        if name in self.emptied or (name not in ICH and name not in self.elements):
            return None
        element = ELEMENTS[name]
        if isinstance(value, Null):
            return value
        if name in self.masked:
            return Null("MSK")
        if element.codes == "true" and value == "false":
            return Null("NI") if "NI" in element.null_flavors else None
        return value

    def loss(self, message: Message) -> tuple[str, ...]:
        """The elements of a message that `prepare` takes out or masks, in order, each once."""
        before, after = _value_counts(message), _value_counts(self.prepare(message))
        return tuple(name for name in ELEMENTS if before.get(name, 0) > after.get(name, 0))


def _value_counts(message: Message) -> dict[str, int]:
    """How often each element holds a value that is no nullFlavor."""
    counts: dict[str, int] = {}
    for block in message.walk():
        for name, value in block.values.items():
            if not isinstance(value, Null):
                counts[name] = counts.get(name, 0) + 1
    return counts


_FDA_ONLY: Final = tuple(element.id for element in FDA)
_FULL_SENDER: Final = (
    *("C.3.3.1", "C.3.3.2", "C.3.3.3", "C.3.3.5"),
    *(f"C.3.4.{number}" for number in range(1, 9)),
)
_EMA_MASKED: Final = (
    *("C.2.r.1.1", "C.2.r.1.2", "C.2.r.1.3", "C.2.r.1.4"),
    *("C.2.r.2.1", "C.2.r.2.2", "C.2.r.2.3", "C.2.r.2.6", "C.2.r.2.7"),
    *("D.1.1.1", "D.1.1.2", "D.1.1.3", "D.10.1"),
)
_EMA_EMPTIED: Final = (
    *("C.3.3.2", "C.3.3.3", "C.3.3.4", "C.3.3.5"),
    *(f"C.3.4.{number}" for number in range(1, 8)),
)
_EDQM: Final = {
    "G.k.4.r.9.2b": code_list("dose form"),
    "G.k.4.r.10.2b": code_list("route"),
    "G.k.4.r.11.2b": code_list("route"),
}

ICH_PROFILE: Final = Profile("ICH")
FDA_PROFILE: Final = Profile(
    "FDA",
    mode="I",
    elements=frozenset(_FDA_ONLY),
    mandatory=(
        *("FDA.C.1.7.1", "FDA.C.1.12", "FDA.C.2.r.2.8", "FDA.D.11.r.1", "FDA.D.12", "FDA.E.i.3.2h"),
        *_FULL_SENDER,
    ),
    nulls={"D.1": ("NA",)},
    rules=FDA_RULES,
    receivers={
        "postmarket": ("ZZFDA", ("CDER",)),
        "postmarket test": ("ZZFDATST", ("CDER",)),
        "premarket": ("ZZFDA_PREMKT", ("CDER_IND", "CBER_IND", "CDER_IND_EXEMPT_BA_BE")),
        "premarket test": ("ZZFDATST_PREMKT", ("CDER_IND", "CBER_IND", "CDER_IND_EXEMPT_BA_BE")),
        "vaccines": ("CBERVAERS", ("CBERVAERS",)),
    },
)
EMA_PROFILE: Final = Profile(
    "EMA",
    elements=frozenset(element.id for element in EU),
    masked=_EMA_MASKED,
    emptied=_EMA_EMPTIED,
    rules=(
        Rule("EMA-PARENT-SEX", "D.10.6",
             "D.10.1,D.10.2.1,D.10.2.2a,D.10.3,D.10.4,D.10.5,D.10.7.1.r,D.10.7.2,D.10.8.r", "D.10.6",
             "The sex of the parent is needed where anything else is told.", "Give D.10.6."),
        *(
            Rule("EMA-EDQM", name, name, f"{name} of {codes.system}",
                 "Routes and dose forms are coded with EDQM terms.", f"Use {codes.system}.",
                 Severity.WARNING)
            for name, codes in _EDQM.items()
        ),
        *(
            Rule("EMA-MASK", name, name, f"{name}=(MSK)|(UNK)|(ASKU)|(NASK)",
                 "Personal data of this element are masked since July 2025.", "Send the nullFlavor MSK.")
            for name in _EMA_MASKED
        ),
        *(
            Rule("EMA-EMPTY", name, name, f"!{name}", "This element is not sent since July 2025.",
                 "Leave it out.")
            for name in _EMA_EMPTIED
        ),
    ),
    receivers={
        "post-authorisation": ("EVHUMAN", ("EVHUMAN",)),
        "clinical trials": ("EVCTMPROD", ("EVCTMPROD",)),
    },
)  # fmt: skip

PROFILES: Final = {profile.name: profile for profile in (ICH_PROFILE, FDA_PROFILE, EMA_PROFILE)}


def profile(name: str) -> Profile:
    """The profile of that name, in any case. Raises MessageError where there is none."""
    selected = PROFILES.get(name.upper())
    if selected is None:
        raise MessageError(f"There is no profile {name!r}; there are {', '.join(PROFILES)}.")
    return selected
