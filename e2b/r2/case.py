"""Section C: the case and its identifiers, the reporters, the sender, literature and study."""

from typing import Final

from e2b.datatypes import Null, Value, text_of
from e2b.message import Block as R3Block
from e2b.r2.codes import listed
from e2b.r2.fda_fields import REPORT_TYPES
from e2b.r2.parse import Block
from e2b.r2.values import Converter, Values

_SET: Final = frozenset({"1", "true", "yes", "y"})
# Values that R3 wants and R2 may lack.
_DEFAULTS: Final[dict[str, Value]] = {
    "C.1.3": "4",
    "C.1.6.1": "false",
    "C.1.7": Null("NI"),
    "C.1.9.1": Null("NI"),
    "C.3.1": "6",
}
_EUDRACT: Final = 14


def case_of(report: Block, converter: Converter, *, is_fda: bool) -> tuple[Values, R3Block]:
    """The elements of N.2.r that the report has, and section C."""
    _received(report, converter)
    values = converter.values(report)
    envelope = {name: values.pop(name) for name in ("N.2.r.4",) if name in values}
    if identifier := report.take("safetyreportid"):
        values["C.1.1"] = envelope["N.2.r.1"] = identifier
    blocks = {
        "C.1.6.1.r": _documents(report, values),
        "C.1.9.1.r": _identifiers(report, converter, values),
        "C.1.10.r": _repeats(report, converter, "linkedreport", "C.1.10.r"),
        "C.4.r": _literature(report, converter),
        "C.5.1.r": _study(report, converter, values),
        "C.2.r": _reporters(report, converter),
    }
    _expedited(report, converter, values, is_fda=is_fda)
    sender = report.single("sender")
    values |= _sender(sender, converter)
    for name, value in _DEFAULTS.items():
        if name not in values:
            values[name] = value
            converter.remarks.filled(name, value)
    return envelope, R3Block("C", values, blocks)


def _received(report: Block, converter: Converter) -> None:
    """FDA's date of receipt by the manufacturer is only read where the DTD's own is missing."""
    if "receiptdate" in report.texts and (date := report.take("mfrreceivedate")):
        report.take("mfrreceivedateformat")
        converter.remarks.lost("mfrreceivedate", "", date, "receiptdate is C.1.5", "C.1.5")


def _repeats(report: Block, converter: Converter, tag: str, kind: str) -> tuple[R3Block, ...]:
    blocks = (R3Block(kind, converter.values(block)) for block in report.all(tag))
    return tuple(block for block in blocks if block)


def _documents(report: Block, values: Values) -> tuple[R3Block, ...]:
    titles = report.take("documentlist")
    if not titles:
        return ()
    values["C.1.6.1"] = "true"
    return (R3Block("C.1.6.1.r", {"C.1.6.1.r.1": titles}),)


# The numbers of a case by who gave them, those first that are the worldwide identifier: C.1.9.1.r.1, C.1.8.2.
_NUMBERS: Final = (
    ("authoritynumb", "authority", "1"),
    ("companynumb", "company", "2"),
    ("manufacturerreportnumber", "manufacturer", "2"),
)


def _identifiers(report: Block, converter: Converter, values: Values) -> tuple[R3Block, ...]:
    """The worldwide identifier, and the other ones: those of duplicates, and further numbers of the case."""
    remarks = converter.remarks
    others = list(_repeats(report, converter, "reportduplicate", "C.1.9.1.r"))
    for tag, source, first_sender in _NUMBERS:
        number = report.take(tag)
        if number and "C.1.8.1" not in values:
            values |= {"C.1.8.1": number, "C.1.8.2": first_sender}
        elif number and number != values["C.1.8.1"]:
            others.append(R3Block("C.1.9.1.r", {"C.1.9.1.r.1": source, "C.1.9.1.r.2": number}))
            reason = "another number is the worldwide identifier (C.1.8.1)"
            remarks.converted(tag, "", number, "C.1.9.1.r.2", number, reason)
    if "C.1.8.1" not in values and "C.1.1" in values:
        values |= {"C.1.8.1": values["C.1.1"], "C.1.8.2": "2"}
        remarks.filled("C.1.8.1", "as C.1.1, by another sender (C.1.8.2)")
    is_duplicate = converter.code(report, "duplicate", "duplicate flag", "C.1.9.1") == "true"
    if others:
        values["C.1.9.1"] = "true"
    elif is_duplicate:
        reason = "R3 takes it only with the other identifier, which is missing"
        remarks.lost("duplicate", "", "1", reason, "C.1.9.1")
    return tuple(others)


def _expedited(report: Block, converter: Converter, values: Values, *, is_fda: bool) -> None:
    """C.1.7, and FDA's kind of report: from its own codes, or from a flag for each kind."""
    kind = listed("FDA expedited code", report.texts.get("fulfillexpeditecriteria", ""))
    value = converter.code(report, "fulfillexpeditecriteria", "FDA expedited code", "C.1.7")
    if value is not None:
        values["C.1.7"] = value
        if is_fda or kind in ("4", "5"):
            values["FDA.C.1.7.1"] = kind
    for tag, kind in REPORT_TYPES.items():
        text = report.take(tag)
        if text.lower() in _SET and "FDA.C.1.7.1" not in values:
            values["FDA.C.1.7.1"] = kind
            converter.remarks.converted(tag, "", text, "FDA.C.1.7.1", kind)
        elif text:
            converter.remarks.lost(tag, "", text, "it isn't set, or another kind is", "FDA.C.1.7.1")


def _reporters(report: Block, converter: Converter) -> tuple[R3Block, ...]:
    """The reporters; a block that held nothing but literature or a study is none where there are others."""
    filled = []
    for block in report.all("primarysource"):
        values = converter.values(block)
        if telephone := _telephone(block, "reportertel"):
            values["C.2.r.2.7"] = telephone
        if values:
            filled.append(values)
    filled = filled or [{}]
    first = filled[0]
    first["C.2.r.5"] = "1"
    _country(report, converter, first)
    for number, values in enumerate(filled, 1):
        if "C.2.r.4" not in values:
            values["C.2.r.4"] = Null("UNK")
            converter.remarks.filled("C.2.r.4", "UNK", f"reporter {number}")
    return tuple(R3Block("C.2.r", values) for values in filled)


def _country(report: Block, converter: Converter, first: Values) -> None:
    country = converter.code(report, "primarysourcecountry", "country", "C.2.r.3")
    if country is not None and first.setdefault("C.2.r.3", country) != country:
        reason = f"the first reporter's country is {text_of(first['C.2.r.3'])}"
        converter.remarks.lost("primarysourcecountry", "", text_of(country), reason, "C.2.r.3")


def _literature(report: Block, converter: Converter) -> tuple[R3Block, ...]:
    references = [converter.text(block, "literaturereference") for block in report.all("primarysource")]
    return tuple(R3Block("C.4.r", {"C.4.r.1": text}) for text in references if text)


def _study(report: Block, converter: Converter, values: Values) -> tuple[R3Block, ...]:
    """The study of the first reporter who has one; its EudraCT number, where the name begins with it."""
    registrations: tuple[R3Block, ...] = ()
    for block in report.all("primarysource"):
        name = converter.text(block, "studyname")
        study: Values = {"C.5.2": name} if name else {}
        if name[_EUDRACT : _EUDRACT + 1] == "#" and name[:4].isdigit():
            number, name = name[:_EUDRACT], name[_EUDRACT + 1 :].strip()
            study = {"C.5.2": name} if name else {}
            if "C.5.2" not in values:
                registrations = (R3Block("C.5.1.r", {"C.5.1.r.1": number, "C.5.1.r.2": "EU"}),)
                to = "C.5.1.r.1 C.5.2"
                converter.remarks.converted("studyname", block.place, f"{number}#{name}", to, number)
        if number := block.take("sponsorstudynumb"):
            study["C.5.3"] = number
        if (kind := converter.code(block, "observestudytype", "study type", "C.5.4")) is not None:
            study["C.5.4"] = kind
        for to, value in study.items():
            if values.setdefault(to, value) != value:
                reason = "R3 has one study, that of the first reporter"
                converter.remarks.lost(_STUDY_TAGS[to], block.place, text_of(value), reason, to)
    return registrations


_STUDY_TAGS: Final = {"C.5.2": "studyname", "C.5.3": "sponsorstudynumb", "C.5.4": "observestudytype"}


def _sender(sender: Block, converter: Converter) -> Values:
    values = converter.values(sender)
    for to, tag in (("C.3.4.6", "sendertel"), ("C.3.4.7", "senderfax")):
        if number := _telephone(sender, tag):
            values[to] = number
    return values


def _telephone(block: Block, tag: str) -> str:
    """A number of R2's three parts: "+49 5550100 12"."""
    country = block.take(f"{tag}countrycode").lstrip("+").removeprefix("00")
    parts = (f"+{country}" if country else "", block.take(tag), block.take(f"{tag}extension"))
    return " ".join(filter(None, parts))


def is_set(text: str) -> bool:
    """Whether a flag is set."""
    return text.lower() in _SET
