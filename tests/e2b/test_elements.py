"""The tables agree with ICH's and FDA's own tables, and with the XPaths that those give."""

import csv
from collections import Counter

import pytest
from lxml import etree

from e2b import read, write
from e2b.codelists import code_list
from e2b.elements import ACK, BLOCKS, ELEMENTS, EU, FDA, ICH
from e2b.paths import parse
from tests.e2b.cases import batch_of, full_message
from tests.e2b.xpaths import found_in
from tests.material import E2B, conformance


def facts(name: str) -> list[dict[str, str]]:
    with (E2B / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_sections_types_and_duties_are_as_many_as_those_of_ich() -> None:
    sections = Counter(name[0] for name in ICH)
    assert sections == {"N": 9, "C": 53, "D": 69, "E": 19, "F": 12, "G": 54, "H": 7}
    types = Counter(element.type for element in ICH.values())
    assert types == {"AN": 126, "N": 47, "date": 23, "bool": 17, "A": 7, "ED": 2, "ref": 1}
    dates = Counter(element.least for element in ICH.values() if element.type == "date")
    assert dates == {"year": 17, "day": 3, "second": 3}
    duties = Counter(element.conformance for element in ICH.values())
    assert (duties["M"], duties["R"]) == (32, 2)
    assert sum(bool(element.null_flavors) for element in ICH.values()) == 60


def test_every_element_is_written_into_a_full_message() -> None:
    batch = read(write(batch_of(full_message())))
    blocks = [batch.N, *(block for message in batch.messages for block in message.walk())]
    assert {name for block in blocks for name in block.values} == set(ICH)


@conformance
def test_the_223_elements_stand_in_the_order_of_ich() -> None:
    assert [row["id"] for row in facts("elements.csv")] == list(ICH)
    assert len(ICH) == 223


@conformance
def test_type_and_length_are_those_of_ich() -> None:
    differing = [
        row["id"]
        for row in facts("elements.csv")
        if (row["type"], int(row["max_length"] or 0)) != (ICH[row["id"]].type, ICH[row["id"]].length)
    ]
    assert differing == []


@conformance
def test_conformance_is_that_of_ich_or_conditional_where_there_is_a_condition() -> None:
    for row in facts("elements.csv"):
        element = ICH[row["id"]]
        assert element.conformance == ("C" if element.when else row["conformance"]), row["id"]


@conformance
def test_null_flavors_are_those_of_ich() -> None:
    for row in facts("elements.csv"):
        if "open interval" not in row["null_flavors"] and row["id"] != "F.r.3.2":
            assert set(ICH[row["id"]].null_flavors) == set(filter(None, row["null_flavors"].split(",")))


@conformance
def test_least_precision_of_dates_is_that_of_ich() -> None:
    assert {row["id"]: row["date_precision"] for row in facts("elements.csv")} == {
        element.id: element.least for element in ICH.values()
    }


@conformance
def test_short_code_lists_are_those_of_ich() -> None:
    codes: dict[str, set[str]] = {}
    for row in facts("codelists.csv"):
        codes.setdefault(row["oid"], set()).add(row["code"])
    for element in ELEMENTS.values():
        codes_of_element = code_list(element.codes)
        if (
            codes_of_element.codes
            and codes_of_element.system in codes
            and "NCI" not in element.codes
            and "race" not in element.codes
        ):
            assert set(codes_of_element.codes) <= codes[codes_of_element.system], element.id


@conformance
@pytest.mark.parametrize(("name", "rows"), [("elements_fda.csv", FDA), ("elements_ack.csv", ACK)])
def test_other_tables_are_complete(name: str, rows: tuple) -> None:
    own = {"ACK.B.r.0"}  # asked for by the schema, not numbered by ICH
    assert {element.id for element in rows} - own == {row["id"] for row in facts(name)}


@conformance
def test_placed_eu_elements_are_those_with_a_published_path() -> None:
    assert [e.id for e in EU] == [row["id"] for row in facts("elements_eu.csv") if row["xpath"]]


@conformance
def test_every_xpath_of_ich_finds_its_element_in_a_full_message() -> None:
    values = found_in(etree.fromstring(write(batch_of(full_message()))))
    assert [name for name in ICH if not values[name]] == []


def test_paths_can_be_parsed() -> None:
    links = {link.name: link.path for block in BLOCKS for link in block.links}
    for element in ELEMENTS.values():
        for step in parse(element.path, links).steps:
            assert not step.tag.isupper(), f"{element.id}: {step.tag} stands for no path"


def test_blocks_and_code_lists_that_rows_name_exist() -> None:
    ids = {block.id for block in BLOCKS}
    for element in ELEMENTS.values():
        assert element.block in ids
        code_list(element.codes)
