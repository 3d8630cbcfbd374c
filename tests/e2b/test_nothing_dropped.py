"""Whatever a message has that isn't read is reported: attributes, nodes, text, empty values."""

import re
from pathlib import Path

import pytest

from e2b import read, write
from e2b.violations import Severity
from tests.e2b.cases import batch_of, full_message
from tests.e2b.fragments import case, dose, nested, patient, test_result
from tests.material import ICSR_FINDINGS, ICSRS, OWN_ICSRS, conformance, each

FULL = write(batch_of(full_message())).decode()
# Every place of a message where a node begins; those of the batch's envelope aside.
NODES = [match.end() for match in re.finditer(r"<\w+", FULL[: FULL.index("</PORR_IN049016UV>")])]
IN_MESSAGE = NODES[NODES.index(FULL.index("<PORR_IN049016UV") + len("<PORR_IN049016UV")) + 1 :]


def reported(xml: bytes | str) -> list[tuple[str, str]]:
    """Rules and elements of what reading reports."""
    (message,) = read(xml.encode() if isinstance(xml, str) else xml).messages
    assert all(v.severity is Severity.WARNING for v in message.violations)
    return [(violation.rule, violation.element) for violation in message.violations]


def test_an_unknown_attribute_is_reported_wherever_it_stands() -> None:
    for place in IN_MESSAGE:
        assert reported(f'{FULL[:place]} nullflavor="MSK"{FULL[place:]}'), FULL[place - 30 : place]


@pytest.mark.parametrize("name", ["nullflavor", "Value", "extra", "xml:lang"])
def test_attributes_that_no_path_leads_to(name: str) -> None:
    xml = patient(f'<player1><name nullFlavor="MSK"/><birthTime value="2000" {name}="x"/></player1>')
    assert reported(xml) == [("READ-UNKNOWN", "D.2.1")]


def test_the_right_spelling_is_named() -> None:
    (message,) = read(patient('<player1><name nullflavor="MSK"/></player1>')).messages
    assert message.violations[0].remedy == "Spell it nullFlavor."


@pytest.mark.parametrize(
    ("xml", "element"),
    [
        (patient('<player1><birthTime value=""/></player1>'), "D.2.1"),
        (patient('<player1><birthTime value="  "/></player1>'), "D.2.1"),
        (patient('<player1><name nullFlavor=""/></player1>'), "D.1"),
        (patient('<player1><administrativeGenderCode code=""/></player1>'), "D.5"),
        (dose('<doseQuantity value="" unit="mg"/>'), "G.k.4.r.1a"),
        (dose('<effectiveTime value=""/>'), "G.k.4.r.4"),
        (case('<availabilityTime value=""/>'), "C.1.5"),
    ],
)
def test_an_empty_value_is_reported(xml: bytes, element: str) -> None:
    assert ("READ-EMPTY", element) in reported(xml)


@pytest.mark.parametrize(
    "xml",
    [
        patient("<player1><birthTime>2000</birthTime></player1>"),
        patient('<player1><birthTime value="2000"><x y="1"/></birthTime></player1>'),
        patient("<player1>Jane</player1>"),
        case('<statusCode code="active">x</statusCode>'),
        test_result('<value xsi:type="IVL_PQ"><center value="1" unit="g" foo="2"/></value>'),
    ],
)
def test_text_and_nodes_where_none_belong_are_reported(xml: bytes) -> None:
    assert [rule for rule, _ in reported(xml)] == ["READ-UNKNOWN"]


@each(OWN_ICSRS, ICSRS)
def test_samples_have_nothing_that_is_not_read(file: Path) -> None:
    assert [v for m in read(file).messages for v in m.violations if v.rule == "READ-EMPTY"] == []
    attributes = [str(v) for m in read(file).messages for v in m.violations if "the attribute" in v.sentence]
    assert attributes == []


SENDER = "subjectOf1/controlActEvent/author/assignedEntity"


@pytest.mark.parametrize("scheme", ["tel:", "TEL:", "Tel:"])
def test_the_scheme_of_an_address_ignores_case(scheme: str) -> None:
    (message,) = read(case(nested(SENDER, f'<telecom value="{scheme}+49301234"/>'))).messages
    assert message.C["C.3.4.6"] == "+49301234"
    assert message.violations == ()


def test_lines_of_an_address_stay_lines() -> None:
    street = (
        "<streetAddressLine>Main Street 1</streetAddressLine><streetAddressLine>Door 2</streetAddressLine>"
    )
    batch = read(case(nested(SENDER, f"<addr>{street}</addr>")))
    assert batch.messages[0].C["C.3.4.1"] == "Main Street 1\nDoor 2"
    assert batch.messages[0].violations == ()
    assert street.encode() in write(batch)


@conformance
@pytest.mark.parametrize(
    "file", [f for f in ICSR_FINDINGS if f.stem[:2] in ("12", "14")], ids=lambda f: f.stem
)
def test_what_was_dropped_in_silence(file: Path) -> None:
    (message,) = read(file).messages
    if file.stem.startswith("12"):
        assert {("READ-UNKNOWN", "D.1")} <= {(v.rule, v.element) for v in message.violations}
    else:
        assert message.C["C.2.r"][0]["C.2.r.2.7"] == "+49301234"
