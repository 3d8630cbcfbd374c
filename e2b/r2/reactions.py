"""Section E: the reactions, and what R2 says once for all of them."""

import uuid
from dataclasses import dataclass, field
from typing import Final

from e2b.datatypes import Null, Value, text_of
from e2b.message import Block as R3Block
from e2b.r2.case import is_set
from e2b.r2.languages import three_letters
from e2b.r2.parse import Block
from e2b.r2.values import Converter, Values, is_code

# Names of reactions and drugs are made of what they say, so that a follow-up has the same ones.
_NAMES: Final = uuid.UUID("5d0c3a52-7f0b-4b0e-9a52-2f3c1f6f1c0e")
CRITERIA: Final = {
    "seriousnessdeath": "E.i.3.2a",
    "seriousnesslifethreatening": "E.i.3.2b",
    "seriousnesshospitalization": "E.i.3.2c",
    "seriousnessdisabling": "E.i.3.2d",
    "seriousnesscongenitalanomali": "E.i.3.2e",
    "seriousnessother": "E.i.3.2f",
}
_FATAL: Final = "5"
_HIGHLIGHTED: Final = frozenset({"3", "4"})
_TIMES: Final = ("G.k.9.i.3.1a", "G.k.9.i.3.1b", "G.k.9.i.3.2a", "G.k.9.i.3.2b")


@dataclass(slots=True)
class Reaction:
    """A reaction of R3, with what other fields of R2 find it by, and its intervals since the drug."""

    block: R3Block
    codes: frozenset[str] = frozenset()
    reported: str = ""
    words: frozenset[str] = frozenset()
    intervals: Values = field(default_factory=dict)
    number: int = 0


def reactions_of(report: Block, patient: Block, converter: Converter) -> list[Reaction]:
    """The reactions of a report."""
    names: dict[str, int] = {}
    reactions = [
        _reaction(block, converter, names, number)
        for number, block in enumerate(filter(None, patient.all("reaction")), 1)
    ]
    common = _common(report, converter, reactions)
    for reaction in reactions:
        values = {**reaction.block.values, **common}
        reaction.block = R3Block("E.i", values, {}, reaction.block.ref)
    return reactions


def name_of(kind: str, names: dict[str, int], *says: str) -> str:
    """A local id made of what a block says, and of how many say the same before it."""
    key = "/".join((kind, *(folded(text) for text in says)))
    names[key] = names.get(key, 0) + 1
    return str(uuid.uuid5(_NAMES, f"{key}/{names[key]}"))


def folded(text: str) -> str:
    """A text as it is compared: without case, outer and double blanks."""
    return " ".join(text.casefold().split())


def _reaction(block: Block, converter: Converter, names: dict[str, int], number: int) -> Reaction:
    values = converter.values(block)
    intervals: Values = {name: values.pop(name) for name in _TIMES if name in values}
    reported = converter.text(block, "primarysourcereaction")
    words = _coded(block, converter, values)
    if not reported and words:
        reported = words[0]
        reason = "words instead of a code; it is not coded"
        converter.remarks.converted("reactionmeddrallt", block.place, reported, "E.i.1.2", reported, reason)
    elif words:
        for text in words:
            if folded(text) != folded(reported):
                reason = "R3 has only a code here; code it"
                converter.remarks.lost("reactionmeddrallt", block.place, text, reason, "E.i.2.1b")
    if reported:
        _reported(block, converter, values, reported)
    if "E.i.7" not in values:
        values["E.i.7"] = "0"
        converter.remarks.filled("E.i.7", "0", block.place)
    code = text_of(values.get("E.i.2.1b"))
    return Reaction(
        R3Block("E.i", values, {}, name_of("E.i", names, code or reported)),
        frozenset({code} if code else ()),
        folded(reported),
        frozenset(folded(text) for text in words),
        intervals,
        number,
    )


def _coded(block: Block, converter: Converter, values: Values) -> list[str]:
    """The code of the term; what is given in words instead is returned."""
    term, general = block.take("reactionmeddrallt"), block.take("reactionmeddrapt")
    if is_code(term):
        values |= {"E.i.2.1b": term, **converter.version(block, "reactionmeddraversionllt", "E.i.2.1a")}
    elif is_code(general):
        tag = "reactionmeddraversionpt"
        values |= {"E.i.2.1b": general, **converter.version(block, tag, "E.i.2.1a")}
        reason = "the lowest level term has no code; each preferred term is one, too"
        converter.remarks.converted("reactionmeddrapt", block.place, general, "E.i.2.1b", general, reason)
    for tag in ("reactionmeddraversionllt", "reactionmeddraversionpt"):
        if version := block.take(tag):
            converter.remarks.lost(tag, block.place, version, "R3 has one version, that of the code")
    if general and general != text_of(values.get("E.i.2.1b")):
        reason = "R3 has the lowest level term, from which the preferred term follows"
        converter.remarks.lost("reactionmeddrapt", block.place, general, reason)
    return [text for text in (term, general) if text and not is_code(text)]


def _reported(block: Block, converter: Converter, values: Values, reported: str) -> None:
    language = three_letters(block.language)
    if language == "eng":
        values["E.i.1.2"] = reported
        return
    values["E.i.1.1a"] = reported
    if language:
        values["E.i.1.1b"] = language
    else:
        reason = "the language of the text is missing, or none of ISO 639-1"
        converter.remarks.lost("primarysourcereaction/@lang", block.place, block.language, reason, "E.i.1.1b")


def _common(report: Block, converter: Converter, reactions: list[Reaction]) -> Values:
    """What R2 says of the case, for every reaction: seriousness, country, medical confirmation."""
    values: Values = {}
    remarks = converter.remarks
    codes = {tag: _criterion(report, converter, tag, to) for tag, to in CRITERIA.items()}
    met = [tag for tag, value in codes.items() if value == "true"]
    for tag, to in CRITERIA.items():
        values[to] = codes[tag] or Null("NI")
    _serious(report, converter, bool(met))
    if met and len(reactions) > 1:
        marked = [str(reaction.number) for reaction in reactions if _stands_out(reaction)]
        those = f"; highlighted as serious or fatal: reaction {', '.join(marked)}" if marked else ""
        reason = f"R2 doesn't say which reaction is meant, so all of them have it; review it{those}"
        remarks.converted(", ".join(met), "", "1", "E.i.3.2", "true", reason)
    if intervened := report.take("requiredintervention"):
        values["FDA.E.i.3.2h"] = "true" if is_set(intervened) else Null("NI")
        remarks.converted("requiredintervention", "", intervened, "FDA.E.i.3.2h", values["FDA.E.i.3.2h"])
    for tag, codes_of, to in (("occurcountry", "country", "E.i.9"), ("medicallyconfirm", "yes no", "E.i.8")):
        if (value := converter.code(report, tag, codes_of, to)) is not None:
            values[to] = value
            if not reactions:
                remarks.lost(tag, "", text_of(value), "there is no reaction to which it could belong", to)
    if met and not reactions:
        reason = "there is no reaction to which it could belong"
        remarks.lost(", ".join(met), "", "1", reason, "E.i.3.2")
    return values


def _criterion(report: Block, converter: Converter, tag: str, to: str) -> Value | None:
    """A criterion; that it is not met is no conversion worth a word."""
    if report.texts.get(tag) == "2":
        report.take(tag)
        return Null("NI")
    return converter.code(report, tag, "seriousness criterion", to)


def _serious(report: Block, converter: Converter, is_met: bool) -> None:
    """R3 has only the criteria; that the case is serious is lost where they say otherwise."""
    text = report.take("serious")
    if text not in ("", "1", "2"):
        converter.remarks.lost("serious", "", text, "the list “serious” has no such code")
    elif text and (text == "1") != is_met:
        reason = "R3 has only the criteria, and {} of them is met".format(
            "at least one" if is_met else "none"
        )
        converter.remarks.lost("serious", "", text, reason, "E.i.3.2")


def _stands_out(reaction: Reaction) -> bool:
    values = reaction.block.values
    return values.get("E.i.7") == _FATAL or text_of(values.get("E.i.3.1")) in _HIGHLIGHTED
