"""HL7 structures, each in the smallest message that shows it, read, written and reread."""

import pytest

from e2b import Block, Bound, Code, Message, Null, Quantity, Range, read, write
from tests.e2b.fragments import (
    case,
    causality,
    dose,
    drug,
    list_code,
    nested,
    observation,
    organizer,
    patient,
    reaction,
    role,
    test_result,
)  # fmt: skip
from values.dates import PartialDate


def only_message(xml: bytes) -> Message:
    """The message of a batch, which also survives being written."""
    batch = read(xml)
    assert read(write(batch)) == batch
    return batch.messages[0]


def with_dates_as_text(values: dict) -> dict:
    return {name: value.hl7 if isinstance(value, PartialDate) else value for name, value in values.items()}


def comps(*intervals: str) -> str:
    """Intervals joined as SXPR_TS has them."""
    first, *others = (f"<comp xsi:type='IVL_TS'{{}}>{interval}</comp>" for interval in intervals)
    return first.format("") + "".join(other.format(" operator='A'") for other in others)


TIMES = [
    ("<low value='2016'/>", {"low": "2016"}),
    ("<high value='201603'/>", {"high": "201603"}),
    ("<low value='2016'/><high value='2017'/>", {"low": "2016", "high": "2017"}),
    ("<low value='2016'/><width value='3' unit='d'/>", {"low": "2016", "width": "3", "unit": "d"}),
    ("<width value='3' unit='d'/><high value='2017'/>", {"width": "3", "unit": "d", "high": "2017"}),
    ("<low nullFlavor='MSK'/><high nullFlavor='ASKU'/>", {"low": Null("MSK"), "high": Null("ASKU")}),
    (
        comps("<low value='2016'/><high value='2017'/>", "<width value='3' unit='d'/>"),
        {"low": "2016", "high": "2017", "width": "3", "unit": "d"},
    ),
    (
        comps("<low value='2016'/><width value='3' unit='d'/>", "<high value='2017'/>"),
        {"low": "2016", "high": "2017", "width": "3", "unit": "d"},
    ),
]


@pytest.mark.parametrize(("xml", "parts"), TIMES)
def test_reaction_times(xml: str, parts: dict) -> None:
    names = {"low": "E.i.4", "high": "E.i.5", "width": "E.i.6a", "unit": "E.i.6b"}
    message = only_message(patient(reaction(f"<effectiveTime>{xml}</effectiveTime>")))
    assert with_dates_as_text(message.E[0].values) == {names[part]: value for part, value in parts.items()}


@pytest.mark.parametrize(("xml", "parts"), TIMES)
def test_dosage_times_with_a_repeat(xml: str, parts: dict) -> None:
    names = {"low": "G.k.4.r.4", "high": "G.k.4.r.5", "width": "G.k.4.r.6a", "unit": "G.k.4.r.6b"}
    repeat = "<comp xsi:type='PIVL_TS'><period value='1' unit='wk'/></comp>"
    rest = xml if xml.startswith("<comp") else f"<comp xsi:type='IVL_TS' operator='A'>{xml}</comp>"
    message = only_message(dose(f"<effectiveTime xsi:type='SXPR_TS'>{repeat}{rest}</effectiveTime>"))
    expected = {names[part]: value for part, value in parts.items()}
    expected |= {"G.k.4.r.2": "1", "G.k.4.r.3": "wk"}
    assert with_dates_as_text(message.G[0].dosages[0].values) == expected


def test_a_null_flavor_of_a_whole_period_stays_on_the_period() -> None:
    message = only_message(dose('<effectiveTime nullFlavor="ASKU"/>'))
    assert message.G[0].dosages[0].values == {"G.k.4.r.4": Null("ASKU", whole=True)}
    assert b'<effectiveTime nullFlavor="ASKU"/>' in write(read(dose('<effectiveTime nullFlavor="ASKU"/>')))


def test_a_point_in_time_is_the_start_of_a_period() -> None:
    message = only_message(patient(reaction('<effectiveTime value="20200101"/>')))
    assert with_dates_as_text(message.E[0].values) == {"E.i.4": "20200101"}


@pytest.mark.parametrize(
    ("xml", "result", "unit"),
    [
        ("<center value='10.30' unit='mg/dL'/>", "10.30", "mg/dL"),
        (
            "<low nullFlavor='NINF'/><high value='12' unit='g' inclusive='false'/>",
            Range.of("<", "12"),
            "g",
        ),
        (
            "<low nullFlavor='NINF'/><high value='12' unit='g' inclusive='true'/>",
            Range.of("<=", "12"),
            "g",
        ),
        ("<low value='1' unit='g' inclusive='false'/><high nullFlavor='PINF'/>", Range.of(">", "1"), "g"),
        ("<low value='1' unit='g' inclusive='true'/><high nullFlavor='PINF'/>", Range.of(">=", "1"), "g"),
        ("<low value='1' unit='g'/><high value='2' unit='g'/>", Range(Bound("1"), Bound("2")), "g"),
        (
            "<low value='1' unit='g'/><high value='2' unit='kg'/>",
            Range(Bound("1", unit="g"), Bound("2", unit="kg")),
            None,
        ),
        ("<high value='2'/>", Range(high=Bound("2")), None),
    ],
)
def test_test_results(xml: str, result: object, unit: str | None) -> None:
    test = only_message(test_result(f"<value xsi:type='IVL_PQ'>{xml}</value>")).F[0]
    assert (test["F.r.3.2"], test["F.r.3.3"]) == (result, unit)


def test_a_number_and_a_text_may_stand_side_by_side() -> None:
    both = "<value xsi:type='IVL_PQ'><center value='1'/></value><value xsi:type='ED'>text</value>"
    assert only_message(test_result(both)).F[0].values == {"F.r.3.2": "1", "F.r.3.4": "text"}


@pytest.mark.parametrize(
    ("kind", "element"), [("ED", "F.r.3.4"), ("IVL_PQ", "F.r.3.2"), ("hl7:IVL_PQ", "F.r.3.2")]
)
def test_the_type_decides_which_element_a_null_counts_for(kind: str, element: str) -> None:
    test = only_message(
        test_result(f'<value xsi:type="{kind}" nullFlavor="UNK" xmlns:hl7="urn:hl7-org:v3"/>')
    )
    assert test.F[0].values == {element: Null("UNK")}


def test_limits_of_a_result_keep_a_unit_of_their_own() -> None:
    limit = (
        "<referenceRange><observationRange><value xsi:type='PQ' value='{value}' unit='{unit}'/>"
        "<interpretationCode code='{code}' codeSystem='2.16.840.1.113883.5.83'/>"
        "</observationRange></referenceRange>"
    )
    limits = limit.format(value=1, unit="g", code="L") + limit.format(value=2, unit="kg", code="H")
    test = only_message(
        test_result(f"<value xsi:type='IVL_PQ'><center value='5' unit='g'/></value>{limits}")
    ).F[0]
    assert (test["F.r.4"], test["F.r.5"]) == ("1", Quantity("2", "kg"))


@pytest.mark.parametrize(("unit", "stored"), [("kg", "80"), ("[lb_av]", Quantity("80", "[lb_av]"))])
def test_a_weight_in_another_unit_is_not_taken_for_kilograms(unit: str, stored: object) -> None:
    weight = observation(7, f"<value xsi:type='PQ' value='80' unit='{unit}'/>")
    assert only_message(patient(weight)).D["D.3"] == stored


def test_roles_and_causality_find_their_drug_by_its_id() -> None:
    names = [nested("consumable/instanceOfKind/kindOfProduct/name", name) for name in "AB"]
    drugs = drug(names[0], "d1") + drug(names[1], "d2")
    assessed = (
        role(2, "d2") + role(1, "d1")
        + causality('<value xsi:type="ST">Related</value>', "r1", "d2")
        + causality('<value xsi:type="ST">Not related</value>', "r1", "d2")
        + causality('<value xsi:type="ST">Possible</value>', "r2", "d2")
    )  # fmt: skip
    reactions = reaction("<text/>", "r1") + reaction("<text/>", "r2")
    message = only_message(patient(reactions + drugs, assessed))
    assert [d["G.k.1"] for d in message.drugs] == ["1", "2"]
    pairs = message.drugs[1].reactions_assessed
    results = {p["G.k.9.i.1"]: [a["G.k.9.i.2.r.3"] for a in p.assessments] for p in pairs}
    assert results == {"r1": ["Related", "Not related"], "r2": ["Possible"]}


def test_intervals_and_rechallenge_join_in_one_pair() -> None:
    to = "<actReference><id root='r1'/></actReference>"
    inside = (
        "<outboundRelationship1 typeCode='SAS'>"
        f"<pauseQuantity value='1' unit='d'/>{to}</outboundRelationship1>"
        "<outboundRelationship1 typeCode='SAE'>"
        f"<pauseQuantity value='2' unit='h'/>{to}</outboundRelationship1>"
        f"<outboundRelationship2><observation>{list_code(19, 31)}"
        "<value xsi:type='CE' code='1' codeSystem='2.16.840.1.113883.3.989.2.1.1.16'/>"
        f"<outboundRelationship1>{to}</outboundRelationship1></observation></outboundRelationship2>"
    )
    (pair,) = only_message(patient(reaction("<text/>") + drug(inside))).G[0].reactions_assessed
    assert pair.values == {
        "G.k.9.i.1": "r1", "G.k.9.i.3.1a": "1", "G.k.9.i.3.1b": "d",
        "G.k.9.i.3.2a": "2", "G.k.9.i.3.2b": "h", "G.k.9.i.4": "1",
    }  # fmt: skip


def test_an_assessment_of_an_unknown_drug_is_kept_and_reported() -> None:
    message = only_message(patient("", causality('<value xsi:type="ST">x</value>', "r9", "d9")))
    assert message.drugs[0].ref == "d9"
    assert message.drugs[0].reactions_assessed[0].assessments[0]["G.k.9.i.2.r.3"] == "x"
    assert [violation.rule for violation in message.violations] == ["READ-REFERENCE"]


def test_an_assessment_that_names_nothing_is_kept_and_reported() -> None:
    bare = f"<causalityAssessment>{list_code(19, 39)}<value xsi:type='ST'>x</value></causalityAssessment>"
    message = only_message(patient(drug("<text/>"), nested("component", bare)))
    assert [d.ref for d in message.drugs] == ["d1", ""]
    assert message.drugs[1].reactions_assessed[0].assessments[0]["G.k.9.i.2.r.3"] == "x"
    assert [violation.rule for violation in message.violations] == ["READ-REFERENCE"]


def test_local_ids_may_have_an_extension() -> None:
    inside = reaction("<text/>").replace('root="r1"', 'root="1.2" extension="7"')
    assert only_message(patient(inside)).E[0].ref == "1.2^7"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('<value xsi:type="ST">Related</value>', {"G.k.9.i.2.r.3": "Related"}),
        (
            '<value xsi:type="CE" code="1" codeSystem="2.16.840.1.113883.3.989.5.1.1.5.3"/>',
            {"G.k.9.i.2.r.3.EU.1": "1"},
        ),
        ('<value xsi:type="CE" code="1"/>', {"G.k.9.i.2.r.3.EU.1": Code("1", "")}),
    ],
)
def test_a_causality_may_be_text_or_code(value: str, expected: dict) -> None:
    message = only_message(patient(reaction("<text/>") + drug("<text/>"), causality(value)))
    assert message.G[0].reactions_assessed[0].assessments[0].values == expected


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("<given>A</given><given>B</given>", {"C.2.r.1.2": "A", "C.2.r.1.3": "B"}),
        ("<given/><given>B</given>", {"C.2.r.1.3": "B"}),
        ('<given nullFlavor="MSK"/>', {"C.2.r.1.2": Null("MSK")}),
    ],
)
def test_the_second_given_name_is_the_middle_name(given: str, names: dict) -> None:
    person = f"<assignedEntity><assignedPerson><name>{given}</name></assignedPerson></assignedEntity>"
    assert reporter(person).values == names


@pytest.mark.parametrize(
    ("telecom", "values"),
    [
        (
            '<telecom value="tel:123"/><telecom value="mailto:a@b"/>',
            {"C.2.r.2.7": "123", "FDA.C.2.r.2.8": "a@b"},
        ),
        ('<telecom nullFlavor="MSK"/>', {"C.2.r.2.7": Null("MSK")}),
        ('<telecom value="mailto:" nullFlavor="ASKU"/>', {"FDA.C.2.r.2.8": Null("ASKU")}),
    ],
)
def test_addresses_are_distinguished_by_their_prefix(telecom: str, values: dict) -> None:
    assert reporter(f"<assignedEntity>{telecom}</assignedEntity>").values == values


def test_department_and_organisation_are_nested() -> None:
    inner = nested("assignedEntity/representedOrganization/name", "University")
    outer = nested("assignedEntity/representedOrganization", f"<name>Oncology</name>{inner}")
    assert reporter(outer).values == {"C.2.r.2.2": "Oncology", "C.2.r.2.1": "University"}


def reporter(entity: str) -> Block:
    inside = (
        f"<outboundRelationship><relatedInvestigation>{list_code(22, 2)}<subjectOf2><controlActEvent>"
        f"<author>{entity}</author></controlActEvent></subjectOf2></relatedInvestigation></outboundRelationship>"
    )
    return only_message(case(inside)).C.reporters[0]


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ('code="X" codeSystem="2.16.1" codeSystemVersion="3"',
         {"G.k.2.1.1b": Code("X", "2.16.1"), "G.k.2.1.1a": "3"}),
        ('code="X" codeSystem="TBDPhPID" codeSystemVersion="3"', {"G.k.2.1.2b": "X", "G.k.2.1.2a": "3"}),
        ('codeSystem="TBDPhPID" codeSystemVersion="3"', {"G.k.2.1.2a": "3"}),
        ('code="X" codeSystem="2.16.1" displayName="Y"', {"G.k.2.1.1b": Code("X", "2.16.1", None, "Y")}),
    ],
)  # fmt: skip
def test_product_identifiers_are_distinguished_by_their_system(code: str, values: dict) -> None:
    product = nested("consumable/instanceOfKind/kindOfProduct", f"<code {code}/>")
    assert only_message(patient(drug(product))).G[0].values == values


@pytest.mark.parametrize(
    "node",
    [
        "<component><observationEvent>{code}{value}</observationEvent></component>",
        "<subjectOf2><investigationCharacteristic>{code}{value}</investigationCharacteristic></subjectOf2>",
    ],
    ids=["as in FDA's samples", "as in FDA's table"],
)
def test_both_forms_of_fda_are_read(node: str) -> None:
    code = '<code code="C54588" codeSystem="2.16.840.1.113883.3.26.1.1"/>'
    value = '<value xsi:type="CE" code="1" codeSystem="2.16.840.1.113883.3.989.5.1.2.2.1.1.1"/>'
    assert only_message(case(node.format(code=code, value=value))).C.values == {"FDA.C.1.7.1": "1"}


def test_race_is_read_in_both_forms_and_written_as_in_the_samples() -> None:
    code = 'code="C41260" codeSystem="2.16.840.1.113883.3.26.1.1"'
    batch = read(patient(f"<player1><raceCode {code}/></player1>"))
    assert batch.messages[0].D.races[0]["FDA.D.11.r.1"] == "C41260"
    assert b"raceCode" not in write(batch)


def test_history_in_another_dictionary_is_kept() -> None:
    history = organizer(1, '<observation><code code="L27" codeSystem="2.16.840.1.113883.6.3"/></observation>')
    entry = only_message(patient(history)).D.medical_history[0]
    assert entry.values == {"D.7.1.r.1b": Code("L27", "2.16.840.1.113883.6.3")}


def test_a_document_keeps_its_media_type_compression_and_name() -> None:
    kind = 'mediaType="image/png" representation="B64" compression="DF"'
    text = f'<text {kind}><reference value="a.png"/>eA==</text>'
    inside = f"<reference><document>{list_code(27, 1)}{text}</document></reference>"
    document = only_message(case(inside)).C.documents[0]["C.1.6.1.r.2"]
    assert (document.data, document.media_type, document.compression, document.reference) == (
        b"x", "image/png", "DF", "a.png",
    )  # fmt: skip


def test_a_repeated_text_is_joined_and_a_repeated_code_reported() -> None:
    lines = nested("addr", nested("streetAddressLine", "1 A St") + nested("streetAddressLine", "Flat 2"))
    assert reporter(f"<assignedEntity>{lines}</assignedEntity>")["C.2.r.2.3"] == "1 A St\nFlat 2"
    sex = '<administrativeGenderCode code="{}" codeSystem="1.0.5218"/>'
    message = only_message(patient(f"<player1>{sex.format(1)}{sex.format(2)}</player1>"))
    assert message.D["D.5"] == "1"
    assert [(f.rule, f.element, f.severity) for f in message.violations] == [
        ("READ-REPEATED", "D.5", "error")
    ]
