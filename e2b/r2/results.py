"""Section F: tests, whose results are one text in R2."""

import re
from collections import Counter
from typing import Final

from e2b.datatypes import Null, Quantity, Range, text_of
from e2b.message import Block as R3Block
from e2b.r2.codes import CODES, TEST_UNITS
from e2b.r2.parse import Block
from e2b.r2.values import Converter, Values, is_code, plain_number
from e2b.ucum import is_ucum, suggestion

_COMPARED: Final = re.compile(r"(<=|>=|=<|=>|≤|≥|<|>)\s*(.+)", re.DOTALL)
_SIGNS: Final = {"=<": "<=", "=>": ">=", "≤": "<=", "≥": ">="}


def tests_of(patient: Block, converter: Converter, version: str) -> tuple[R3Block, ...]:
    """The tests, at last the summary of tests in words. `version` is the MedDRA version of the case."""
    tests = [_test(block, converter, version) for block in patient.all("test")]
    if summary := converter.text(patient, "resultstestsprocedures"):
        tests.append(R3Block("F.r", {"F.r.6": summary}))
        reason = "it became the comment of a test of its own"
        converter.remarks.converted("resultstestsprocedures", "", summary[:80], "F.r.6", "", reason)
    return tuple(filter(None, tests))


def meddra_version(blocks: tuple[R3Block, ...]) -> str:
    """The version of MedDRA that most of these reactions have; "" where none has one."""
    versions = Counter(text_of(block.values.get("E.i.2.1a")) for block in blocks)
    del versions[""]
    return versions.most_common(1)[0][0] if versions else ""


def _test(block: Block, converter: Converter, version: str) -> R3Block:
    values = converter.values(block)
    name = converter.text(block, "testname")
    if is_code(name):
        values["F.r.2.2b"] = name
        if version:
            values["F.r.2.2a"] = version
            converter.remarks.filled("F.r.2.2a", version, block.place)
    elif name:
        values["F.r.2.1"] = name
    unit = _result(block, converter, values)
    for tag, to in (("lowtestrange", "F.r.4"), ("hightestrange", "F.r.5")):
        if limit := block.take(tag):
            number = plain_number(limit) or limit
            values[to] = Quantity(number, unit) if unit and "F.r.3.3" not in values else number
            if number != limit:
                converter.remarks.converted(tag, block.place, limit, to, number)
    if name and "F.r.1" not in values:
        values["F.r.1"] = Null("UNK")
        converter.remarks.filled("F.r.1", "UNK", block.place)
    return R3Block("F.r", values)


def _result(block: Block, converter: Converter, values: Values) -> str:
    """Put the result into its elements, and return its unit in UCUM."""
    result, sent = converter.text(block, "testresult"), block.take("testunit")
    unit = _unit(block, converter, sent)
    word = CODES["test result word"].get(result.lower())
    compared = _COMPARED.fullmatch(result)
    number = plain_number(compared[2] if compared else result)
    remarks = converter.remarks
    if word is not None:
        values["F.r.3.1"] = word
        remarks.converted("testresult", block.place, result, "F.r.3.1", word)
        _lost_unit(block, converter, sent)
    elif not result:
        _lost_unit(block, converter, sent)
    elif number and (unit or not sent):
        sign = _SIGNS.get(compared[1], compared[1]) if compared else ""
        values["F.r.3.2"] = Range.of(sign, number) if sign else number
        if unit:
            values["F.r.3.3"] = unit
        if f"{sign}{number}" != result:
            remarks.converted("testresult", block.place, result, "F.r.3.2", f"{sign}{number}")
    else:
        values["F.r.3.4"] = f"{result} {sent}".strip()
        reason = "its unit is none of UCUM, so both stand as text" if number else ""
        for tag, text in (("testunit", sent), ("testresult", result)):
            if sent:
                remarks.converted(tag, block.place, text, "F.r.3.4", values["F.r.3.4"], reason)
    return unit


def _lost_unit(block: Block, converter: Converter, unit: str) -> None:
    if unit:
        reason = "there is no number of which it could be the unit"
        converter.remarks.lost("testunit", block.place, unit, reason, "F.r.3.3")


def _unit(block: Block, converter: Converter, sent: str) -> str:
    """A unit in UCUM; "" for one that nobody knows."""
    if not sent:
        return ""
    unit = TEST_UNITS.get(sent.lower(), "") or (sent if is_ucum(sent) else suggestion(sent))
    if unit and unit != sent:
        converter.remarks.converted("testunit", block.place, sent, "F.r.3.3", unit)
    return unit
