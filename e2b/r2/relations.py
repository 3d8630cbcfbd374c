"""What links a drug and a reaction (G.k.9.i): assessments, recurrence, intervals.

R2 names the reaction by its code or its words, or not at all. Source: ICH's conversion, as far as it names a
reaction; where it does not, the only one that can be meant, else the first, with a remark.
"""

from dataclasses import dataclass, field
from typing import Final

from e2b.datatypes import Value, text_of
from e2b.message import Block as R3Block
from e2b.r2.codes import CODES
from e2b.r2.parse import Block
from e2b.r2.reactions import Reaction, folded
from e2b.r2.remarks import Remarks
from e2b.r2.values import Converter, Values, is_code

_INTERVALS: Final = (
    ("G.k.9.i.3.1a", "G.k.9.i.3.1b", "drugstartperiod", "reactionfirsttime"),
    ("G.k.9.i.3.2a", "G.k.9.i.3.2b", "druglastperiod", "reactionlasttime"),
)
_AS_TEXT: Final = "it stands in the further information on the drug (G.k.11)"


@dataclass(slots=True)
class _Pair:
    values: Values
    assessments: list[R3Block] = field(default_factory=list)


class Pairs:
    """The pairs of one drug with reactions, by the reactions' local ids."""

    def __init__(
        self,
        block: Block,
        converter: Converter,
        reactions: list[Reaction],
        intervals: Values,
        notes: list[str],
    ) -> None:
        self.place, self.is_suspect, self.intervals = block.place, False, intervals
        self._reactions, self._remarks, self._notes = reactions, converter.remarks, notes
        self._converter = converter
        self._pairs: dict[str, _Pair] = {}
        self._recurrences(block)
        for inner in block.all("drugreactionrelatedness"):
            self._assessment(inner)

    def pair(self, reaction: Reaction) -> _Pair:
        """The pair with a reaction, made when it is asked for."""
        ref = reaction.block.ref
        return self._pairs.setdefault(ref, _Pair({"G.k.9.i.1": ref}))

    def blocks(self) -> tuple[R3Block, ...]:
        """The pairs as blocks of R3."""
        return tuple(
            R3Block(
                "G.k.9.i", pair.values, {"G.k.9.i.2.r": tuple(pair.assessments)} if pair.assessments else {}
            )
            for pair in self._pairs.values()
            if len(pair.values) > 1 or pair.assessments
        )

    def note(self, tag: str, text: str, words: str, why: str) -> None:
        """Keep something that no pair can hold, in words."""
        self._notes.append(words)
        self._remarks.converted(tag, self.place, text, "G.k.11", words, f"{why}; {_AS_TEXT}")

    def _meant(self, block: Block, tag: str, name: str) -> Reaction | None:
        """The reaction of a name; of several the first, of none None."""
        matches = _matches(name, self._reactions)
        if len(matches) > 1:
            numbers = ", ".join(str(reaction.number) for reaction in matches)
            reason = f"it names reactions {numbers}; the first was taken"
            self._remarks.converted(tag, block.place, name, "G.k.9.i.1", str(matches[0].number), reason)
        return matches[0] if matches else None

    def _recurrences(self, block: Block) -> None:
        named = [
            (inner, name, inner.take("drugrecuractionmeddraversion"))
            for inner in block.all("drugrecurrence")
            if (name := inner.take("drugrecuraction"))
        ]
        sent = block.texts.get("drugrecurreadministration", "")
        codes = "recurrence on readministration"
        code = self._converter.code(block, "drugrecurreadministration", codes, "G.k.9.i.4")
        for inner, name, _ in named:
            reaction = self._meant(inner, "drugrecuraction", name)
            if reaction is None or code is None:
                words = f"Recurrence on readministration ({sent or 'not stated'}): {name}"
                why = (
                    "no reaction has this name" if reaction is None else "R2 doesn't say whether it recurred"
                )
                self.note("drugrecuraction", name, words, why)
            else:
                self.pair(reaction).values["G.k.9.i.4"] = code
        if code is not None and not named:
            self._recurrence_of_only(sent, code)

    def _recurrence_of_only(self, sent: str, code: Value) -> None:
        if len(self._reactions) == 1:
            self.pair(self._reactions[0]).values["G.k.9.i.4"] = code
        else:
            meaning = "yes" if sent.endswith("1") else "no"
            words = f"Reaction recurred on readministration: {meaning} (reaction not stated)"
            self.note("drugrecurreadministration", sent, words, "no reaction is named")

    def _assessment(self, block: Block) -> None:
        """One assessment of the drug, under the pair with its reaction."""
        name = self._converter.text(block, "drugreactionasses")
        version = block.take("drugreactionassesmeddraversion")
        values = self._converter.values(block) | _method_and_result(block, self._converter)
        if not values:
            if name:
                reason = "neither source nor method nor result is given"
                self._remarks.lost("drugreactionasses", block.place, name, reason, "G.k.9.i.2.r")
            return
        reaction = self._meant(block, "drugreactionasses", name) if name else None
        if not name and len(self._reactions) == 1:
            reaction = self._reactions[0]
        if reaction is None:
            sent = ", ".join(text_of(value) for value in values.values())
            named = f"{name} ({version})" if version and name else name or "reaction not stated"
            why = "no reaction has this name" if name else "no reaction is named"
            self.note("drugreactionasses", name or sent, f"Assessment of {named}: {sent}", why)
        else:
            self.pair(reaction).assessments.append(R3Block("G.k.9.i.2.r", values))


def _method_and_result(block: Block, converter: Converter) -> Values:
    """Method and result, coded where the method is that of the EU's trials."""
    method, result = converter.text(block, "drugassessmentmethod"), converter.text(block, "drugresult")
    values: Values = {}
    code = CODES["EU causality method"].get(method.lower())
    if code is not None:
        values["G.k.9.i.2.r.2.EU.1"] = code
        converter.remarks.converted("drugassessmentmethod", block.place, method, "G.k.9.i.2.r.2.EU.1", code)
    elif method:
        values["G.k.9.i.2.r.2"] = method
    is_coded = code is not None and result in CODES["EU causality result"]
    if result:
        values["G.k.9.i.2.r.3.EU.1" if is_coded else "G.k.9.i.2.r.3"] = result
    return values


def _matches(name: str, reactions: list[Reaction]) -> list[Reaction]:
    """The reactions of a name: by the code, by the words of the reporter, by the words of a term."""
    if is_code(name):
        return [reaction for reaction in reactions if name in reaction.codes]
    words = folded(name)
    return [reaction for reaction in reactions if reaction.reported == words] or [
        reaction for reaction in reactions if words in reaction.words
    ]


def pairs_of(drugs: list[Pairs], reactions: list[Reaction], remarks: Remarks) -> list[tuple[R3Block, ...]]:
    """The pairs of all drugs, with the intervals that R2 gives for a drug or for a reaction alone."""
    suspects = [drug for drug in drugs if drug.is_suspect] or drugs
    for number, unit, drug_tag, reaction_tag in _INTERVALS:
        names = (number, unit)
        for reaction in reactions:
            _of_reaction(reaction, suspects, names, reaction_tag, remarks)
        for drug in drugs:
            _of_drug(drug, reactions, names, (drug_tag, reaction_tag), remarks)
    return [drug.blocks() for drug in drugs]


def _of_reaction(
    reaction: Reaction, suspects: list[Pairs], names: tuple[str, str], tag: str, remarks: Remarks
) -> None:
    """An interval that is given at a reaction belongs to the only suspect drug."""
    values = _interval(reaction.intervals, *names)
    if not values:
        return
    if len(suspects) == 1:
        suspects[0].pair(reaction).values.update(values)
    elif not any(_interval(drug.intervals, *names) == values for drug in suspects):
        reason = "R2 doesn't say which drug is meant"
        remarks.lost(tag, f"reaction {reaction.number}", _words(values), reason, names[0])


def _of_drug(
    drug: Pairs, reactions: list[Reaction], names: tuple[str, str], tags: tuple[str, str], remarks: Remarks
) -> None:
    """An interval that is given at a drug belongs to the only reaction, or to that with the same interval."""
    values = _interval(drug.intervals, *names)
    if not values:
        return
    if not reactions:
        drug.note(
            tags[0],
            _words(values),
            f"Interval between drug and reaction: {_words(values)}",
            "there is no reaction",
        )
        return
    equal = [reaction for reaction in reactions if _interval(reaction.intervals, *names) == values]
    reaction = equal[0] if equal else reactions[0]
    if not equal and len(reactions) > 1:
        reason = "R2 doesn't say which reaction is meant; the first was taken"
        remarks.converted(
            tags[0], drug.place, _words(values), names[0], f"reaction {reaction.number}", reason
        )
    pair = drug.pair(reaction).values
    earlier = _interval(pair, *names)
    if earlier and earlier != values:
        reason = "the interval at the drug is another one and was taken"
        place = f"reaction {reaction.number}"
        remarks.lost(tags[1], place, _words(earlier), reason, names[0])
    pair.update(values)


def _interval(values: Values, number: str, unit: str) -> Values:
    return {name: values[name] for name in (number, unit) if name in values}


def _words(values: Values) -> str:
    return " ".join(text_of(value) for value in values.values())
