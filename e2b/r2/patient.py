"""Section D: the patient, history, past drugs, death and the parent."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from e2b.datatypes import Null
from e2b.message import Block as R3Block
from e2b.r2.case import is_set
from e2b.r2.codes import FOETUS, NOTHING
from e2b.r2.fda_fields import RACES
from e2b.r2.parse import Block
from e2b.r2.values import Converter, Values, plain_number

_RECORDS: Final = ("D.1.1.1", "D.1.1.2", "D.1.1.3", "D.1.1.4")
_NO_TERM: Final = "R3 has only codes here; the words stand in the text of the history"


def patient_of(patient: Block, converter: Converter) -> R3Block:
    """Section D of a patient."""
    values = converter.values(patient)
    _initials(patient, converter, values)
    _one_record(converter, values)
    _whole_height(converter, values, "D.4", "patientheight")
    if "D.5" not in values:
        values["D.5"] = Null("UNK")
        converter.remarks.filled("D.5", "UNK")
    text = _history_text(patient, converter, "patientmedicalhistorytext")
    words: list[str] = []
    blocks = {
        "D.7.1.r": _episodes(patient, converter, "medicalhistoryepisode", "D.7.1.r", words),
        "D.8.r": _past_drugs(patient, converter, "patientpastdrugtherapy", "D.8.r", words),
        "FDA.D.11.r": _races(patient, converter),
    }
    if history := _joined(text, words):
        values["D.7.2"] = history
    elif not blocks["D.7.1.r"]:
        values["D.7.2"] = Null("UNK")
        converter.remarks.filled("D.7.2", "UNK")
    blocks |= _death(patient.single("patientdeath"), converter, values)
    blocks |= _parent(patient.single("parent"), converter, values)
    return R3Block("D", values, {kind: inside for kind, inside in blocks.items() if inside})


def _initials(patient: Block, converter: Converter, values: Values) -> None:
    name = converter.masked(patient, "patientinitial", "D.1")
    if isinstance(name, str) and name.upper() == FOETUS:
        reason = "converters of R3 write it for the age group “foetus”"
        converter.remarks.converted("patientinitial", "", name, "D.2.3", "0", reason)
        values.setdefault("D.2.3", "0")
        name = None
    if name is None:
        name = Null("UNK")
        converter.remarks.filled("D.1", "UNK")
    values["D.1"] = name


def _one_record(converter: Converter, values: Values) -> None:
    """One number in all four fields of record numbers is one number."""
    numbers = {str(values[name]) for name in _RECORDS if name in values}
    if len(numbers) == 1 and all(isinstance(values.get(name), str) for name in _RECORDS):
        (number,) = numbers
        for name in _RECORDS[1:]:
            del values[name]
        reason = "the same number stands in all four fields of record numbers; it was taken once"
        converter.remarks.converted("patientgpmedicalrecordnumb", "", number, "D.1.1.1", number, reason)


def _whole_height(converter: Converter, values: Values, to: str, tag: str) -> None:
    text = values.get(to)
    number = plain_number(text) if isinstance(text, str) else ""
    if "." in number:
        whole = str(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP)) if len(number) < 20 else number
        values[to] = whole
        converter.remarks.converted(tag, "", number, to, whole, "R3 takes whole centimetres")


def _history_text(block: Block, converter: Converter, tag: str) -> str:
    text = converter.text(block, tag)
    if text.lower() in NOTHING:
        converter.remarks.converted(tag, block.place, text, "", "nothing", "it says that there is nothing")
        return ""
    return text


def _episodes(
    block: Block, converter: Converter, tag: str, kind: str, words: list[str]
) -> tuple[R3Block, ...]:
    """The history's entries; a name in words goes in front of the comment, and into the history's text."""
    entries = []
    name_tag, version_tag = _EPISODE_TAGS[kind]
    for episode in block.all(tag):
        values = converter.values(episode)
        if name := converter.text(episode, name_tag):
            if version := episode.take(version_tag):
                name = f"{name} ({version})"
            comment = values.get(f"{kind}.5")
            values[f"{kind}.5"] = f"{name}; {comment}" if comment else name
            words.append(name)
            converter.remarks.converted(name_tag, episode.place, name, f"{kind}.5", "", _NO_TERM)
        if values:
            entries.append(R3Block(kind, values))
    return tuple(entries)


_EPISODE_TAGS: Final = {
    "D.7.1.r": ("patientepisodename", "patientepisodenamemeddraversion"),
    "D.10.7.1.r": ("parentmedicalepisodename", "parentmdepisodemeddraversion"),
}
# Tag and version of indication and reaction, by kind.
_DRUG_TAGS: Final = {
    "D.8.r": (
        ("indication", "patientdrugindication", "patientindicationmeddraversion"),
        ("reaction", "patientdrugreaction", "patientdrgreactionmeddraversion"),
    ),
    "D.10.8.r": (
        ("indication", "parentdrugindication", "parentdrgindicationmeddraversion"),
        ("reaction", "parentdrugreaction", "parentdrgreactionmeddraversion"),
    ),
}


def _past_drugs(
    block: Block, converter: Converter, tag: str, kind: str, words: list[str]
) -> tuple[R3Block, ...]:
    drugs = []
    for drug in block.all(tag):
        values = converter.values(drug)
        name = str(values.get(f"{kind}.1", "past drug without a name"))
        words += _drug_words(drug, converter, kind, name)
        if not values:
            continue
        if f"{kind}.1" not in values and kind == "D.8.r":
            values["D.8.r.1"] = Null("UNK")
            converter.remarks.filled("D.8.r.1", "UNK", drug.place)
        drugs.append(R3Block(kind, values))
    return tuple(drugs)


def _drug_words(drug: Block, converter: Converter, kind: str, name: str) -> Iterator[str]:
    for label, tag, version_tag in _DRUG_TAGS[kind]:
        if text := converter.text(drug, tag):
            drug.take(version_tag)
            converter.remarks.converted(tag, drug.place, text, "", "", _NO_TERM)
            yield f"{name}: {label} {text}"


def _joined(text: str, words: list[str]) -> str:
    return "\n".join(filter(None, (text, *dict.fromkeys(words))))


def _death(death: Block, converter: Converter, values: Values) -> dict[str, tuple[R3Block, ...]]:
    values |= converter.values(death)
    if "D.9.1" in values and "D.9.3" not in values:
        values["D.9.3"] = Null("UNK")
        converter.remarks.filled("D.9.3", "UNK")
    return {
        kind: tuple(R3Block(kind, found) for block in death.all(tag) if (found := converter.values(block)))
        for kind, tag in (("D.9.2.r", "patientdeathcause"), ("D.9.4.r", "patientautopsy"))
    }


def _parent(parent: Block, converter: Converter, values: Values) -> dict[str, tuple[R3Block, ...]]:
    if not parent:
        return {}
    own = converter.values(parent)
    _whole_height(converter, own, "D.10.5", "parentheight")
    if "D.10.6" not in own:
        own["D.10.6"] = Null("UNK")
        converter.remarks.filled("D.10.6", "UNK")
    text = _history_text(parent, converter, "parentmedicalrelevanttext")
    words: list[str] = []
    blocks = {
        "D.10.7.1.r": _episodes(parent, converter, "parentmedicalhistoryepisode", "D.10.7.1.r", words),
        "D.10.8.r": _past_drugs(parent, converter, "parentpastdrugtherapy", "D.10.8.r", words),
    }
    if history := _joined(text, words):
        own["D.10.7.2"] = history
    values |= own
    return blocks


def _races(patient: Block, converter: Converter) -> tuple[R3Block, ...]:
    races = []
    for tag, race in (*RACES.items(), ("raceother", "")):
        text = patient.take(tag)
        if is_set(text):
            races.append(R3Block("FDA.D.11.r", {"FDA.D.11.r.1": race or Null("OTH")}))
            converter.remarks.converted(tag, "", text, "FDA.D.11.r.1", race or "OTH")
        elif text:
            converter.remarks.lost(tag, "", text, "the flag isn't set", "FDA.D.11.r.1")
    return tuple(races)
