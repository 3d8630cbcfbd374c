"""Regions as data: what FDA and EMA add, ask for, and must not be sent."""

import csv

import pytest

from e2b import (
    EMA_PROFILE,
    FDA_PROFILE,
    ICH_PROFILE,
    Attachment,
    Block,
    Code,
    Message,
    MessageError,
    Null,
    Value,
    profile,
    validate,
)  # fmt: skip
from e2b.elements import BLOCK, ELEMENTS
from e2b.rules.fda import FDA_RULES
from e2b.rules.model import Rule, holds
from e2b.validation.context import message_context
from tests.e2b.cases import HEADER, LEAST, TODAY, changed, full_message
from tests.material import E2B, conformance

SENDER = {f"C.3.4.{n}": "x" for n in (1, 2, 3, 4, 6, 7, 8)} | {"C.3.4.5": "US"}
SENDER |= {"C.3.3.1": "a", "C.3.3.2": "b", "C.3.3.3": "c", "C.3.3.5": "d"}


def fda_message() -> Message:
    """The least message that FDA's postmarket route accepts."""
    reporter = LEAST.C.reporters[0].with_values({"FDA.C.2.r.2.8": "a@b"})
    case = LEAST.C.with_values({**SENDER, "FDA.C.1.7.1": "1", "FDA.C.1.12": "false"})
    race = Block("FDA.D.11.r", {"FDA.D.11.r.1": "C41260"})
    return Message(
        LEAST.N.with_values({"N.2.r.3": "CDER", "N.2.r.2": "SENDER"}),
        Block("C", case.values, {"C.2.r": (reporter,)}),
        Block("D", {**LEAST.D.values, "FDA.D.12": "C41222"}, {"FDA.D.11.r": (race,)}),
        (LEAST.E[0].with_values({"FDA.E.i.3.2h": Null("NI")}),), (), LEAST.G, LEAST.H,
    )  # fmt: skip


FDA = fda_message()
FDA_HEADER = HEADER.with_values({"N.1.4": "ZZFDA"})


def with_values(message: Message, values: dict[str, Value | None]) -> Message:
    """Sets elements; makes the block of an element where the message has none yet."""
    for name, value in values.items():
        kind = ELEMENTS[name].block
        has_block = any(block.kind == kind for block in message.walk())
        if not has_block and value is not None:
            message = _with_block(message, kind, Block(kind, {name: value}))
        elif has_block:
            message = changed(message, name, value)
    return message


def _with_block(message: Message, kind: str, block: Block) -> Message:
    parent = BLOCK[kind].parent
    parts = {name: getattr(message, name) for name in "NCDEFGH"}
    if parent == "message":
        return Message(**{**parts, kind[0]: (*parts[kind[0]], block)})
    if parent in parts:
        section = parts[parent]
        return Message(**{**parts, parent: Block(parent, section.values, {**section.blocks, kind: (block,)})})
    if parent not in {other.kind for other in message.walk()}:
        return _with_block(message, parent, Block(parent, {}, {kind: (block,)}))
    drug = message.G[0]
    return Message(**{**parts, "G": (Block("G.k", drug.values, {**drug.blocks, kind: (block,)}, drug.ref),)})


def broken_rules(message: Message, header: Block = FDA_HEADER) -> dict[str, str]:
    return {f.rule: f.element for f in validate(message, FDA_PROFILE, header=header, today=TODAY)}


def test_the_least_fda_message_has_no_violations() -> None:
    assert broken_rules(FDA) == {}


@pytest.mark.parametrize("element", FDA_PROFILE.mandatory)
def test_fda_asks_for_its_mandatory_elements(element: str) -> None:
    assert broken_rules(changed(FDA, element, None))["FDA-REQUIRED"] == element


def test_fda_rules_are_numbered_by_severity() -> None:
    ids = [rule.id for rule in FDA_RULES]
    assert len(set(ids)) == len(ids) == 121
    assert {(rule.id[0], rule.severity) for rule in FDA_RULES} == {("R", "error"), ("W", "warning")}


@conformance
def test_fda_rules_have_the_ids_and_severities_of_fda() -> None:
    with (E2B / "rules_fda.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["fda_error_id"]]
    severity = {"error": "reject", "warning": "warn"}
    assert [(rule.id, severity[rule.severity]) for rule in FDA_RULES] == [
        (row["fda_error_id"], row["severity"]) for row in rows
    ]


def test_rules_that_need_the_register_of_fda_are_listed_but_not_checked() -> None:
    assert {rule.id for rule in FDA_RULES if not rule.checked} == {
        "R0105",
        "R0106",
        "W0008",
        "W0009",
        "W0012",
    }


PREMARKET = {"N.2.r.3": "CDER_IND"}
DEVICE = {"FDA.C.1.12": "true", "FDA.G.k.12.r.1": "true"}

# What breaks a rule that is about more than two elements of one block.
BREAKS = {
    "R0004": {"N.1.4": "OTHER"},
    "R0005": {**PREMARKET},
    "R0100": {"N.2.r.2": "ANOTHER"},
    "R0006": {"N.2.r.3": "CBER"},
    "R0007": {"N.1.4": "ZZFDA_PREMKT"},
    "R0008": {"N.1.4": "ZZFDA_PREMKT", **PREMARKET, "FDA.C.5.5a": "1", "C.5.4": "1"},
    "R0110": {"N.1.4": "ZZFDA_PREMKT", **PREMARKET, "FDA.C.5.5a": "1", "C.1.3": "2"},
    "R0111": {"N.1.4": "ZZFDA_PREMKT", "N.2.r.3": "CDER_IND_EXEMPT_BA_BE"},
    "R0112": {"N.1.4": "ZZFDA_PREMKT", **PREMARKET, "C.1.3": "3"},
    "R0009": {"C.1.6.1": "true"},
    "R0010": {"C.1.6.1.r.2": Attachment("eA==", "image/png", compression="DF")},
    "R0011": {"C.1.4": "20250102", "C.1.7": Null("NI")},
    "R0012": {"FDA.C.1.12": "true", "FDA.C.1.7.1": "2"},
    "R0013": {"FDA.C.1.12": "true", "C.1.7": "false"},
    "R0014": {"FDA.C.1.7.1": "2"},
    "R0015": {"C.1.7": "false"},
    "R0016": {**PREMARKET, "FDA.C.1.7.1": "2"},
    "R0017": {"C.1.9.1": "true"},
    "R0018": {"C.1.9.1.r.1": "x"},
    "W0001": {"D.1": "AGGREGATE"},
    "R0101": {"C.1.4": "20250102", "C.1.11.1": "1"},
    "R0019": {"C.2.r.3": None},
    "R0020": {"C.2.r.4": None},
    "R0021": {"C.2.r.5": None},
    "R0022": {"C.3.2": None},
    "R0023": {"C.1.3": "2"},
    "R0102": {"N.1.4": "ZZFDA_PREMKT", **PREMARKET, "C.1.3": "2"},
    "R0103": {"C.5.4": "1"},
    "R0104": {"C.1.3": "2"},
    "R0113": {"N.1.4": "ZZFDA_PREMKT", **PREMARKET, "C.5.4": "1"},
    "W0002": {"D.1": "AGGREGATE"},
    "R0024": {**PREMARKET},
    "R0107": {"FDA.C.5.5a": "1"},
    "R0025": {"C.1.3": "2", "N.2.r.3": "CDER_IND_EXEMPT_BA_BE"},
    "R0108": {"FDA.C.5.5b": "1"},
    "R0026": {"FDA.C.5.5a": "1"},
    "R0109": {"FDA.C.5.6.r": "1"},
    "R0027": {**DEVICE, "E.i.2.1b": "10067482"},
    "W0010": {"C.1.3": "2", "C.1.10.r": "x", "FDA.C.5.5a": "1"},
    "R0035": {"D.7.2": None},
    "R0036": {"D.8.r.4": "2020"},
    "R0041": {"C.1.3": "2", **PREMARKET, "E.i.3.2a": "true"},
    "R0044": {"D.9.2.r.1a": "27.0", "D.9.2.r.1b": "10000001"},
    "R0048": {"D.9.4.r.1a": "27.0", "D.9.4.r.1b": "10000001"},
    "R0051": {"D.10.4": "70"},
    "W0003": {"D.1": Null("NA")},
    "W0004": {"D.1": "AGGREGATE"},
    "R0061": {"F.r.2.1": "ALT"},
    "R0062": {"F.r.1": "2020"},
    "R0064": {"F.r.1": "2020"},
    "R0065": {"F.r.2.2b": "10000001"},
    "R0066": {"F.r.2.2b": "10000001"},
    "R0067": {"F.r.3.2": "5"},
    "R0068": {"F.r.2.2b": "10000001"},
    "W0005": {"G.k.1": "2"},
    "R0069": {"G.k.1": "2"},
    "R0070": {"C.1.3": "2", **PREMARKET, "G.k.1": "4"},
    "R0071": {"C.1.3": "2", "N.2.r.3": "CDER_IND_EXEMPT_BA_BE", "G.k.1": "2"},
    "R0072": {**DEVICE, "G.k.1": "4"},
    "R0114": {"C.1.3": "2", "C.5.4": "2", "G.k.3.1": "IND123"},
    "R0085": {"C.1.3": "2", "FDA.C.5.5a": "1"},
    "R0086": {"C.1.3": "2", "FDA.C.5.5a": "1"},
    "R0087": {"C.1.3": "2", "FDA.C.5.5a": "1"},
    "W0006": {"FDA.C.5.5b": "1"},
    "R0092": {"FDA.C.1.7.1": "5"},
    "R0093": {"FDA.G.k.12.r.1": "true"},
    "R0094": {"FDA.C.1.12": "true"},
    "R0095": {"FDA.C.1.12": "true"},
    "R0096": {"FDA.G.k.12.r.1": "true"},
    "W0007": {**DEVICE, "FDA.C.1.7.1": "4"},
}


def values_that_break(rule: Rule) -> dict[str, Value | None]:
    if rule.id in BREAKS:
        return BREAKS[rule.id]
    return {rule.element: None, rule.when: "1"}  # "a needs b": b alone, without a


CHECKED = [rule for rule in FDA_RULES if rule.checked]


@pytest.mark.parametrize("rule", CHECKED, ids=[rule.id for rule in CHECKED])
def test_every_fda_rule_fires_when_it_is_broken(rule: Rule) -> None:
    values = values_that_break(rule)
    header = FDA_HEADER.with_values({"N.1.4": values["N.1.4"]}) if "N.1.4" in values else FDA_HEADER
    message = with_values(FDA, {name: value for name, value in values.items() if name != "N.1.4"})
    assert rule.id in broken_rules(message, header)


@pytest.mark.parametrize("rule", CHECKED, ids=[rule.id for rule in CHECKED])
def test_no_fda_rule_fires_without_cause(rule: Rule) -> None:
    assert rule.id not in broken_rules(FDA)


def test_rules_about_the_batch_wait_for_its_envelope() -> None:
    rules = {f.rule for f in validate(with_values(FDA, {"N.2.r.2": "ANOTHER"}), FDA_PROFILE, today=TODAY)}
    assert "R0100" not in rules


@pytest.mark.parametrize("element", EMA_PROFILE.masked)
def test_ema_masks_every_value(element: str) -> None:
    message = full_message()
    assert element in {f.element for f in validate(message, EMA_PROFILE, today=TODAY) if f.rule == "EMA-MASK"}
    prepared = EMA_PROFILE.prepare(message)
    values = [block[element] for block in prepared.walk() if element in block.values]
    assert values
    assert set(values) == {Null("MSK")}


@pytest.mark.parametrize("element", EMA_PROFILE.emptied)
def test_ema_gets_nothing_of_the_sender(element: str) -> None:
    prepared = EMA_PROFILE.prepare(full_message())
    assert not any(element in block.values for block in prepared.walk())


def test_ema_masks_13_and_empties_11_elements() -> None:
    assert (len(EMA_PROFILE.masked), len(EMA_PROFILE.emptied)) == (13, 11)


def test_what_is_prepared_for_ema_breaks_no_rule_of_ema() -> None:
    rules = {f.rule for f in validate(EMA_PROFILE.prepare(full_message()), EMA_PROFILE, today=TODAY)}
    assert not {rule for rule in rules if rule in {"EMA-MASK", "EMA-EMPTY", "EMA-PARENT-SEX"}}


def test_an_existing_null_flavor_is_not_masked() -> None:
    message = changed(full_message(), "C.2.r.1.2", Null("ASKU"))
    assert EMA_PROFILE.prepare(message).C.reporters[0]["C.2.r.1.2"] == Null("ASKU")


def test_routes_of_another_list_are_reported_for_ema() -> None:
    route = Code("048", "2.16.840.1.113883.3.989.2.1.1.14")
    violations = validate(changed(full_message(), "G.k.4.r.10.2b", route), EMA_PROFILE, today=TODAY)
    assert ("EMA-EDQM", "G.k.4.r.10.2b") in {(f.rule, f.element) for f in violations}


def test_preparing_takes_out_elements_of_other_regions_and_reports_the_loss() -> None:
    prepared = ICH_PROFILE.prepare(FDA)
    assert not any(name.startswith("FDA") for block in prepared.walk() for name in block.values)
    assert set(ICH_PROFILE.loss(FDA)) == {
        "FDA.C.1.7.1", "FDA.C.1.12", "FDA.C.2.r.2.8", "FDA.D.11.r.1", "FDA.D.12",
    }  # fmt: skip
    assert FDA_PROFILE.loss(FDA) == ()


def test_false_is_never_prepared_where_ich_knows_only_true() -> None:
    message = changed(changed(full_message(), "E.i.3.2a", "false"), "G.k.2.5", "false")
    prepared = ICH_PROFILE.prepare(message)
    assert prepared.E[0]["E.i.3.2a"] == Null("NI")
    assert prepared.G[0]["G.k.2.5"] is None


@pytest.mark.parametrize("name", ["fda", "FDA", "Fda"])
def test_profiles_are_found_by_name(name: str) -> None:
    assert profile(name) is FDA_PROFILE


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(MessageError, match="ICH, FDA, EMA"):
        profile("MARS")


@pytest.mark.parametrize(
    ("expression", "true"),
    [
        ("", True),
        ("C.1.1", True),
        ("C.1.10.r", False),
        ("!C.1.10.r", True),
        ("!C.1.1,C.1.10.r", False),
        ("C.1.10.r,C.1.1", True),
        ("C.1.3=1|2", True),
        ("C.1.3!=1", False),
        ("C.1.11.1!=1", False),
        ("C.1.9.1=(NI)", True),
        ("C.1.1==C.1.8.1", True),
        ("C.1.1~X", True),
        ("one C.2.r.5=1", True),
        ("first G.k.1=1", True),
        ("C.1.1 identifier", True),
        ("C.1.3=1 & C.1.6.1=true", False),
        ("E.i", True),
        ("F.r", False),
    ],
)
def test_the_language_of_rules(expression: str, true: bool) -> None:
    assert holds(expression, message_context(LEAST)) is true
