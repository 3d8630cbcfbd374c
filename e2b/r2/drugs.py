"""Section G: drugs. A block of R2 has one dosage and one indication; what repeats a drug is not merged."""

import re
from typing import Final

from e2b.datatypes import text_of
from e2b.elements import ELEMENTS
from e2b.message import Block as R3Block
from e2b.r2.codes import DECHALLENGE, DRUG_LABELS, INVESTIGATIONAL, NOT_ADMINISTERED
from e2b.r2.dosages import cumulative_dose, dosage_of
from e2b.r2.fda_fields import DRUG_REMARKS
from e2b.r2.parse import Block
from e2b.r2.reactions import Reaction, name_of
from e2b.r2.relations import Pairs, pairs_of
from e2b.r2.values import Converter, Values, is_unit, plain_number

# Traces of R3 in names, as its converters write them: "MPID: code (version): name".
_TRACE: Final = re.compile(r"(MPID|PhPID|TERMID):\s*(\S{1,100})\s*\(([^()]{1,10})\):\s*(.+)", re.DOTALL)
_IDENTIFIERS: Final = {
    "MPID": ("G.k.2.1.1b", "G.k.2.1.1a"),
    "PhPID": ("G.k.2.1.2b", "G.k.2.1.2a"),
    "TERMID": ("G.k.2.3.r.2b", "G.k.2.3.r.2a"),
}
_NO_NAME: Final = "the drug has no name; its substance stands for it"


def drugs_of(patient: Block, converter: Converter, reactions: list[Reaction]) -> tuple[R3Block, ...]:
    """The drugs of a patient, each with its pairs with reactions."""
    sources = [block for block in patient.all("drug") if block]
    drafts = [_Drug(block, converter, reactions) for block in sources]
    names: dict[str, int] = {}
    pairs = pairs_of([draft.pairs for draft in drafts], reactions, converter.remarks)
    _likely_repeats(drafts, converter)
    return tuple(draft.finish(names, blocks) for draft, blocks in zip(drafts, pairs, strict=True))


class _Drug:
    def __init__(self, block: Block, converter: Converter, reactions: list[Reaction]) -> None:
        self.place = block.place
        self._converter = converter
        self._values = converter.values(block)
        self._inside: dict[str, Values] = {}
        self._separate(("G.k.4.r", "G.k.7.r", "G.k.9.i"))
        self._notes: list[str] = []
        substances = self._substances(block)
        self._role(block)
        self._name(block, substances)
        self._strength(block, substances)
        dosage = dosage_of(block, converter, self._inside["G.k.4.r"])
        cumulative_dose(block, converter, self._values, dosage)
        self.blocks = {
            "G.k.2.3.r": tuple(R3Block("G.k.2.3.r", values) for values in substances),
            "G.k.4.r": (R3Block("G.k.4.r", dosage),) if dosage else (),
            "G.k.7.r": self._block("G.k.7.r"),
        }
        self.pairs = Pairs(block, converter, reactions, self._inside["G.k.9.i"], self._notes)
        self.pairs.is_suspect = self._values.get("G.k.1") == "1"
        self._additional(block)

    def _separate(self, kinds: tuple[str, ...]) -> None:
        for kind in kinds:
            names = [name for name in self._values if ELEMENTS[name].block == kind]
            self._inside[kind] = {name: self._values.pop(name) for name in names}

    def _block(self, kind: str) -> tuple[R3Block, ...]:
        values = self._inside[kind]
        return (R3Block(kind, values),) if values else ()

    @property
    def likeness(self) -> tuple[object, ...]:
        """What blocks that repeat one drug have in common."""
        substances = tuple(block["G.k.2.3.r.1"] for block in self.blocks["G.k.2.3.r"])
        names = ("G.k.2.2", "G.k.1", "G.k.3.1")
        return (*(text_of(self._values.get(name)).casefold() for name in names), substances)

    def finish(self, names: dict[str, int], pairs: tuple[R3Block, ...]) -> R3Block:
        """The drug as a block of R3."""
        if self._notes:
            text = text_of(self._values.get("G.k.11"))
            self._values["G.k.11"] = "\n".join(filter(None, (text, *self._notes)))
        blocks = {**self.blocks, "G.k.9.i": pairs}
        blocks = {kind: inside for kind, inside in blocks.items() if inside}
        name = text_of(self._values.get("G.k.2.2"))
        return R3Block("G.k", self._values, blocks, name_of("G.k", names, name))

    def _role(self, block: Block) -> None:
        role = self._converter.code(block, "drugcharacterization", "drug role", "G.k.1")
        if role is None:
            return
        self._values["G.k.1"] = role
        if role == "4":
            self._values["FDA.G.k.1.a"] = "1"
            reason = "FDA's code for a similar device"
            self._converter.remarks.converted(
                "drugcharacterization", self.place, "4", "G.k.1 FDA.G.k.1.a", "4, 1", reason
            )

    def _name(self, block: Block, substances: list[Values]) -> None:
        name = self._converter.text(block, "medicinalproduct")
        if name:
            self._values |= self._split(name, "medicinalproduct", "G.k.2.2")
        elif substances:
            name = text_of(substances[0].get("G.k.2.3.r.1"))
            self._values["G.k.2.2"] = name
            self._converter.remarks.converted("medicinalproduct", self.place, "", "G.k.2.2", name, _NO_NAME)

    def _split(self, text: str, tag: str, to: str) -> Values:
        """A name, and the identifier in front of it where a converter of R3 has written one."""
        match = _TRACE.fullmatch(text)
        if not match or (match[1] == "TERMID") != (to == "G.k.2.3.r.1"):
            return {to: text}
        code, version = _IDENTIFIERS[match[1]]
        reason = "a converter of R3 has written the identifier in front of the name"
        self._converter.remarks.converted(tag, self.place, text, f"{code} {to}", match[4], reason)
        return {code: match[2], version: match[3], to: match[4]}

    def _substances(self, block: Block) -> list[Values]:
        names = [self._converter.text(inner, "activesubstancename") for inner in block.all("activesubstance")]
        return [self._split(name, "activesubstancename", "G.k.2.3.r.1") for name in names if name]

    def _strength(self, block: Block, substances: list[Values]) -> None:
        """FDA's strength: that of the only substance, or words."""
        strength, unit = block.take("productstrength"), block.take("productstrengthunit")
        if not strength and not unit:
            return
        number = plain_number(strength)
        if len(substances) == 1 and number and is_unit(unit):
            substances[0] |= {"G.k.2.3.r.3a": number, "G.k.2.3.r.3b": unit}
            if number != strength:
                self._converter.remarks.converted(
                    "productstrength", self.place, strength, "G.k.2.3.r.3a", number
                )
            return
        self._note("productstrength", f"{strength} {unit}".strip(), "Strength")

    def _note(self, tag: str, text: str, label: str) -> None:
        self._notes.append(f"{label}: {text}")
        self._converter.remarks.converted(tag, self.place, text, "G.k.11", "", "it stands there as text")

    def _additional(self, block: Block) -> None:
        """Free text; labels at its beginning are codes of R3, a single digit is that of a dechallenge."""
        text = self._converter.text(block, "drugadditional")
        if text in DECHALLENGE:
            reason = "a digit instead of text, read as in FDA's public data"
            meaning = DECHALLENGE[text]
            self._converter.remarks.converted("drugadditional", self.place, text, "G.k.11", meaning, reason)
            text = meaning
        elif text:
            self._labels(text)
        if text:
            self._values["G.k.11"] = text
        for tag, label in DRUG_REMARKS.items():
            if words := self._converter.text(block, tag):
                self._note(tag, words, label)

    def _labels(self, text: str) -> None:
        beginning = " ".join(text.lower().replace("-", " ").split())
        reason = "a label as converters of R3 write it; the text stays, too"
        label = ""
        if beginning.startswith(NOT_ADMINISTERED):
            self._values["G.k.1"], label = "4", "G.k.1"
        elif beginning.startswith(INVESTIGATIONAL):
            self._values["G.k.2.5"], label = "true", "G.k.2.5"
        if label:
            value = self._values[label]
            self._converter.remarks.converted("drugadditional", self.place, text, label, value, reason)
        for words, code in DRUG_LABELS:
            if beginning.startswith(words):
                self.blocks["G.k.10.r"] = (R3Block("G.k.10.r", {"G.k.10.r": code}),)
                self._converter.remarks.converted(
                    "drugadditional", self.place, text, "G.k.10.r", code, reason
                )
                return


def _likely_repeats(drafts: list[_Drug], converter: Converter) -> None:
    """Say which blocks look like one drug: a person may merge them, because their assessments may differ."""
    first: dict[tuple[object, ...], str] = {}
    for draft in drafts:
        earlier = first.setdefault(draft.likeness, draft.place)
        if earlier != draft.place and draft.likeness[0]:
            reason = f"it looks like {earlier} with another dosage or indication; they were not merged"
            converter.remarks.converted("drug", draft.place, str(draft.likeness[0]), "G.k", "", reason)
