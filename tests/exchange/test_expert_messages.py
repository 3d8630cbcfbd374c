"""Cases leave for every receiver with what their organisation says once, as an expert would write them."""

from dataclasses import replace

import pytest

from e2b import PROFILES, Block, Null, load_schema, read, validate, validate_schema
from tests.e2b.cases import LEAST
from tests.exchange.material import case_message, complete, enter_sender, file_of, imported, run, written
from tests.material import SCHEMA, conformance

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(letter_cases, assessor):
    """The two cases of the letter with what only a person adds: reporter, codes, seriousness."""
    complete(letter_cases, assessor)
    return letter_cases


def sent(out, receiver, *numbers):
    status, report = run("export_icsr", *numbers, receiver=receiver, out=out, by="assessor", all=not numbers)
    assert status == 0, report
    return read(report["files"][0]), report["files"][0]


def errors(batch, receiver):
    found = (item for m in batch.messages for item in validate(m, PROFILES[receiver], header=batch.N))
    return [str(item) for item in found if item.severity == "error"]


@pytest.mark.parametrize("receiver", PROFILES)
def test_the_letter_leaves_with_what_its_organisation_says_once(letters, receiver, tmp_path):
    batch, _ = sent(tmp_path, receiver)
    assert errors(batch, receiver) == []
    assert len(batch.messages) == 2


@conformance
@pytest.mark.parametrize("receiver", PROFILES)
def test_the_schema_accepts_it(letters, receiver, tmp_path):
    _, file = sent(tmp_path, receiver)
    with open(file, "rb") as stream:
        assert list(validate_schema(stream.read(), load_schema(SCHEMA))) == []


def test_the_letter_is_what_an_expert_would_write(letters, tmp_path):
    first, second = sent(tmp_path, "ICH")[0].messages
    assert (first.C["C.1.3"], first.C["C.1.7"], first.C["C.1.8.2"]) == ("1", "true", "2")
    (reporter,) = first.C["C.2.r"]
    assert (reporter["C.2.r.4"], reporter["C.2.r.5"]) == (Null("UNK"), "1")
    assert first.C["C.4.r"][0]["C.4.r.1"].endswith("doi:10.1186/s13023-017-0645-x")
    assert first.C["C.1.10.r"][0]["C.1.10.r"] == second.C["C.1.8.1"] == "FR-TESTCENTRE-LETTER-P2"
    assert "Linked with case FR-TESTCENTRE-LETTER-P2: Described in the same letter." in first.H["H.4"]
    assert first.D["D.7.2"] == "Autoinflammatory disease of undetermined cause; began age 12 months."
    assert first.D["D.7.1.r"] == ()
    assert first.E[0]["E.i.3.2f"] == "true"
    assert "medically important" in first.H["H.4"]
    names = {test["F.r.2.1"] for test in first.F}
    assert not names & {"HLA typing", "HHV-7 PCR"}
    assert [drug["G.k.2.2"] for drug in first.G] == ["canakinumab"]
    (drug,) = first.G
    assert drug["G.k.2.3.r"][0]["G.k.2.3.r.1"] == "canakinumab"
    (dose,) = drug["G.k.4.r"]
    assert [dose[f"G.k.4.r.{name}"] for name in ("1a", "1b", "2", "3")] == ["4", "mg/kg", "1", "mo"]
    assert "HLA typing was not done." in first.H["H.1"]
    assert "methylprednisolone" in first.H["H.1"]
    assert "infection was excluded" in first.H["H.2"]


@pytest.mark.parametrize(("criterion", "warned"), [("true", False), (Null("NI"), True)])
def test_a_case_without_a_criterion_of_seriousness_leaves_with_a_warning(
    assessor, tmp_path, criterion, warned
):
    (result,) = imported(*written(tmp_path, file_of(other(1, {"E": {"E.i.3.2c": criterion}}))))
    _, report = run("export_icsr", result["case"], receiver="ICH", out=tmp_path / "out", by="assessor")
    rules = {finding["rule"]: finding["severity"] for finding in report["cases"][0]["findings"]}
    assert rules.get("NOT-SERIOUS") == ("warning" if warned else None)


DEATH = {"D.9.1": "20240110", "D.9.3": "false"}
# Ten other cases by what is different in them.
OTHERS = [
    {},
    {"C": {"C.1.3": "2", "C.5.4": "3"}},
    {"C": {"C.1.3": None, "C.1.7": None}},
    {"D": {"D.7.2": "Asthma since childhood."}},
    {"D": DEATH, "E": {"E.i.3.2a": "true", "E.i.7": "5"}},
    {"E": {"E.i.3.2c": "true", "E.i.4": "20240101"}},
    {"E": {"E.i.4": "20240101", "E.i.5": "20240108", "E.i.7": "1"}},
    {"F": ({"F.r.1": "20240105", "F.r.2.1": "ALT", "F.r.3.2": "120", "F.r.3.3": "U/L"},)},
    {"F": ({"F.r.2.1": "Skin biopsy", "F.r.3.4": "pending"}, {"F.r.2.1": "HLA", "F.r.3.4": "not done"})},
    {"H": {"H.2": "The reporter suspects the drug."}},
]


def other(number, changes):
    """A case of our own, as an earlier message of ours brings it in."""
    name = f"DE-TESTCENTRE-{number}"
    message = case_message(
        number,
        C_1_1=name,
        C_1_8_1=name,
        **{key.replace(".", "_"): value for key, value in changes.get("C", {}).items()},
    )
    tests = tuple(Block("F.r", values) for values in changes.get("F", ()))
    return replace(
        message,
        D=message.D.with_values(changes.get("D", {})),
        E=(LEAST.E[0].with_values(changes.get("E", {})),),
        F=tests,
        H=message.H.with_values(changes.get("H", {})),
    )


@conformance
@pytest.mark.parametrize("receiver", PROFILES)
def test_ten_other_cases_leave_valid(assessor, organisation, receiver, tmp_path):
    enter_sender(organisation)
    messages = [other(number, changes) for number, changes in enumerate(OTHERS, 1)]
    results = imported(*written(tmp_path, file_of(*messages)))
    assert {result["fate"] for result in results} == {"new"}, results
    batch, file = sent(tmp_path / "out", receiver)
    assert len(batch.messages) == len(OTHERS)
    assert errors(batch, receiver) == []
    with open(file, "rb") as stream:
        assert list(validate_schema(stream.read(), load_schema(SCHEMA))) == []
    tests = [test["F.r.3.4"] for test in batch.messages[8].F]
    assert tests == ["pending"]
