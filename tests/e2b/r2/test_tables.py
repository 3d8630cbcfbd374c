"""Our tables of R2 beside those that were compiled from ICH's DTD and conversion: every row has a home."""

import csv
import re
from pathlib import Path

import pytest

from e2b import Code, Value
from e2b.elements import ELEMENTS
from e2b.r2.acknowledgement import FIELDS as ACKNOWLEDGEMENT
from e2b.r2.codes import CODES, DRUG_LABELS, FALLBACKS, LEFT_OUT, TEST_UNITS, listed
from e2b.r2.fields import FIELD, FIELDS, HOMES, PARTS
from e2b.r2.model import Kind
from e2b.reading.other_files import R2_ACKNOWLEDGEMENT_ROOT, R2_ROOT
from e2b.ucum import is_ucum
from tests.material import R2_CODES, R2_ELEMENTS, conformance

# Rows of the compiled table that are no tags, and why.
NO_TAGS = {
    "fulfillexpeditecriteria (FDA values)": "the values of an element that has a row",
    "(device elements; names not found)": "FDA's names are not published: any tag is noted as unknown",
    "reportsource...flag": "a family of flags",
}
# Elements whose targets differ from the compiled table's, and why.
OTHER_TARGETS = {
    "ichicsrmessageheader": "a block",
    "occurcountry": "",
    "testname": "its version is filled with that of the case",
}
# Lists of codes that are no table here: what they become, by the rule that reads them.
BY_RULES = {
    "masking word": "Converter.masked, and the rules of initials and of the history",
    "causality text": "free text",
    "FDA combination product report": "the list “yes no”",
    "drugadditional in FDA public data": "DECHALLENGE",
    "EU causality result": "coded only beside a method of the EU",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def element_rows() -> list[dict[str, str]]:
    return rows(R2_ELEMENTS) if R2_ELEMENTS.exists() else []


def test_every_target_is_an_element_of_r3_and_every_list_exists():
    for field in FIELD.values():
        assert all(target in ELEMENTS for target in field.targets), field
        assert field.kind != Kind.DROPPED or field.reason
        assert field.kind != Kind.CODE or field.codes in CODES
        assert not field.beside or FIELD[field.beside].beside == field.tag
    assert sum(map(len, FIELDS.values())) == len(FIELD)
    assert all(HOMES[tag] == part.within for tag, part in PARTS.items())
    assert all(map(is_ucum, TEST_UNITS.values()))


@conformance
@pytest.mark.parametrize("row", element_rows(), ids=lambda row: row["r2_tag_path"].rpartition("/")[2][:60])
def test_every_element_of_the_compiled_table_has_a_home(row):
    path = row["r2_tag_path"].split("/")
    tag, parent = path[-1].lower(), path[-2].lower() if len(path) > 1 else ""
    if path[-1] in NO_TAGS or tag in (R2_ROOT, R2_ACKNOWLEDGEMENT_ROOT):
        return
    if path[0] == R2_ACKNOWLEDGEMENT_ROOT:
        assert tag in ACKNOWLEDGEMENT or tag == "acknowledgment" or tag in ACKNOWLEDGEMENT[parent]
        assert ACKNOWLEDGEMENT.get(parent, {}).get(tag, "") == row["r3_ids"]
        return
    assert HOMES[tag] == parent
    if tag in PARTS:
        assert PARTS[tag].repeats == (row["dtd_occurs"] in ("*", "+") and tag != "safetyreport")
        return
    targets = set(FIELD[tag].targets)
    compiled = {target for target in row["r3_ids"].split() if target in ELEMENTS}
    assert compiled <= targets or row["dtd"] != "2.1" or FIELD[tag].kind == Kind.RULE
    if not compiled and row["dtd"] == "2.1" and tag not in ("messageformatversion", "serious"):
        assert FIELD[tag].kind == Kind.DROPPED or "reaction" in tag


@conformance
def test_the_elements_of_a_block_stand_in_the_order_of_the_dtd():
    order = [row["r2_tag_path"].rpartition("/")[2] for row in element_rows() if row["dtd"] == "2.1"]
    for part in PARTS.values():
        tags = [field.tag for field in part.fields]
        assert tags == sorted(tags, key=order.index), part.tag


def code_rows() -> list[dict[str, str]]:
    return rows(R2_CODES) if R2_CODES.exists() else []


@conformance
@pytest.mark.parametrize("row", code_rows(), ids=lambda row: f"{row['list']}-{row['r2_code']}"[:60])
def test_every_code_of_the_compiled_table_has_a_home(row):
    codes, code, target = row["list"], row["r2_code"], row["r3_code"]
    name = re.sub(r"^dose unit, .*", "dose unit", codes)
    if codes in BY_RULES or code in ("(empty)", "ichicsrack") or codes == "date format":
        return
    if codes == "additional drug information label":
        assert code == "INVESTIGATIONAL" or (code.lower(), target) in DRUG_LABELS
    elif codes == "test unit spelling":
        assert TEST_UNITS[code.lower()] == target
    elif code.startswith("text "):
        assert target == "4"  # the label DRUG NOT ADMINISTERED
    elif (name, code) in LEFT_OUT:
        assert "leave out" in target or "review" in target or target == "NI"
    else:
        assert meant(CODES[name][listed(name, code)]) in meanings(target, codes, code)


def meant(value: Value) -> str:
    return f"{value.code} of {value.system}" if isinstance(value, Code) else str(value).strip("()")


def meanings(target: str, codes: str, code: str) -> set[str]:
    """What a cell of the compiled table may mean here."""
    first = re.split(r"[ ;,]", target)[0] if target else ""
    options = {target, first}
    if codes == "route":
        options |= {f"{code} of 2.16.840.1.113883.3.989.2.1.1.14"}
    if target.endswith("EU list"):
        options |= {f"{first} of 2.16.840.1.113883.3.989.5.1.1.5.1"}
    if codes == "serious":
        options |= {"true", "false"}
    if codes == "FDA expedited code":
        options |= {target.rpartition(" ")[2]}
    return options


def test_fallbacks_are_codes_of_their_lists():
    assert set(FALLBACKS) <= set(CODES)
