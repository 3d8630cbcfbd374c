"""The command line: what it prints, what it returns."""

import json
from pathlib import Path

import pytest

from e2b import Message, write
from e2b.cli import main
from tests.e2b.cases import LEAST, batch_of, changed, full_message
from tests.material import (
    ACKNOWLEDGEMENTS,
    ICSR_FINDINGS,
    ICSRS,
    OWN_ACKNOWLEDGEMENTS,
    OWN_ICSRS,
    SCHEMA,
    conformance,
    each,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return stored(tmp_path / "full.xml", full_message(), LEAST)


def stored(path: Path, *messages: Message) -> Path:
    path.write_bytes(write(batch_of(*messages)))
    return path


def test_roundtrip_counts_what_survives(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["roundtrip", str(file), "--out", str(tmp_path / "out")]) == 0
    assert "2 message(s)" in (printed := capsys.readouterr().out)
    assert "(100 %), 0 differ, 0 finding(s)" in printed
    assert (tmp_path / "out" / "full.xml").read_bytes() == file.read_bytes()


def test_roundtrip_does_not_write_over_its_source(file: Path, capsys: pytest.CaptureFixture) -> None:
    before = file.read_bytes()
    assert main(["roundtrip", str(file), "--out", str(file.parent)]) == 2
    assert file.read_bytes() == before
    assert "over itself" in capsys.readouterr().err


@pytest.mark.parametrize("files", [OWN_ICSRS, pytest.param(ICSRS, marks=conformance)], ids=["own", "others"])
def test_roundtrip_of_the_samples(files: list[Path], capsys: pytest.CaptureFixture) -> None:
    assert main(["roundtrip", *map(str, files)]) == 0
    assert capsys.readouterr().out.count("(100 %), 0 differ") == len(files)


def test_validate_prints_every_violation(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    broken = stored(tmp_path / "broken.xml", LEAST, changed(LEAST, "D.1", None))
    assert main(["validate", str(broken)]) == 1
    assert capsys.readouterr().out == (
        f"{broken}: message 2: error: ICH-REQUIRED [D.1] Patient (name or initials) is mandatory."
        " Give a value or a nullFlavor (MSK, UNK, ASKU, NASK).\n"
    )


def test_validate_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    broken = stored(tmp_path / "broken.xml", changed(LEAST, "D.1", None))
    assert main(["validate", str(broken), "--json", "--profile", "fda"]) == 1
    violations = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"ICH-REQUIRED", "FDA-REQUIRED"} <= {violation["rule"] for violation in violations}
    assert {"file", "message", "element", "place", "severity", "sentence", "remedy"} <= set(violations[0])


def test_validate_reports_that_there_are_no_errors(file: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["validate", str(file)]) == 0
    assert "no errors" in capsys.readouterr().out


# Of ICH's schema only that the processing mode of a message stands after its processing code.
OWN_SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:hl7-org:v3"
 xmlns:v="urn:hl7-org:v3" elementFormDefault="qualified">
 <element name="MCCI_IN200100UV01"><complexType>
  <sequence><any processContents="lax" maxOccurs="unbounded"/></sequence>
  <anyAttribute processContents="skip"/>
 </complexType></element>
 <element name="PORR_IN049016UV"><complexType><sequence>
  <element name="id"/><element name="creationTime"/><element name="interactionId"/>
  <element name="processingCode"/><element name="processingModeCode"/>
  <any processContents="skip" maxOccurs="unbounded"/>
 </sequence></complexType></element>
</schema>"""


@pytest.fixture
def own_schema(tmp_path: Path) -> Path:
    folder = tmp_path / "schema"
    (folder / "multicacheschemas").mkdir(parents=True)
    (folder / "multicacheschemas" / "MCCI_IN200100UV01.xsd").write_text(OWN_SCHEMA)
    return folder


@pytest.mark.parametrize("given", ["argument", "environment"])
@pytest.mark.parametrize("of_ich", [False, pytest.param(True, marks=conformance)], ids=["own", "ICH"])
def test_validate_with_the_schema(
    given: str,
    of_ich: bool,
    own_schema: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    schema = SCHEMA if of_ich else own_schema
    disordered = tmp_path / "disordered.xml"
    text = write(batch_of(LEAST)).decode()
    disordered.write_text(text.replace('<processingCode code="P"/>', "", 1), encoding="utf-8")
    if given == "environment":
        monkeypatch.setenv("E2B_SCHEMA_DIR", str(schema))
    argument = ["--schema", str(schema)] if given == "argument" else []
    assert main(["validate", str(disordered), *argument]) == 1
    assert "SCHEMA [line 2] Element 'processingModeCode'" in capsys.readouterr().out


@conformance
@pytest.mark.parametrize("file", [*OWN_ICSRS, *ICSRS, *ICSR_FINDINGS], ids=lambda file: file.stem)
def test_every_sample_goes_through_validation_with_the_schema(
    file: Path, capsys: pytest.CaptureFixture
) -> None:
    is_no_message = file.stem.startswith("11-")
    assert (main(["validate", str(file), "--schema", str(SCHEMA)]) == 2) == is_no_message
    printed = capsys.readouterr().out
    assert ("SCHEMA" in printed) == file.stem.startswith("12-")  # which has an attribute that isn't HL7's


@pytest.mark.parametrize("aside", ["<!-- receiver -->", "<?pi receiver?>", "<!---->"])
@pytest.mark.parametrize("of_ich", [False, pytest.param(True, marks=conformance)], ids=["own", "ICH"])
def test_comments_and_instructions_are_no_content_of_a_message(
    aside: str, of_ich: bool, own_schema: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "aside.xml"
    declaration, _, text = write(batch_of(LEAST, LEAST)).decode().partition("\n")
    file.write_text(f"{declaration}\n{aside}{text.replace('><', f'>{aside}<')}{aside}", encoding="utf-8")
    schema = SCHEMA if of_ich else own_schema
    assert main(["validate", str(file), "--schema", str(schema)]) == 0
    assert capsys.readouterr().out.endswith("no errors\n")


def test_a_folder_without_schema_is_an_error(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["validate", str(file), "--schema", str(tmp_path)]) == 2
    assert "has no multicacheschemas" in capsys.readouterr().err


def test_show_prints_an_outline(file: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["show", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "E.i.7          Reaction outcome at last observation: 1 = recovered" in printed
    assert "G.k drug 2 (g2)" in printed
    assert printed.count("--- message") == 2


@each(OWN_ACKNOWLEDGEMENTS, ACKNOWLEDGEMENTS)
def test_show_prints_acknowledgements(file: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["show", str(file)]) == 0
    assert "Batch outcome: A" in capsys.readouterr().out


def test_diff_names_elements_and_places(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    left = stored(tmp_path / "a.xml", LEAST)
    right = stored(tmp_path / "b.xml", changed(LEAST, "E.i.7", "2"), LEAST)
    assert main(["diff", str(left), str(left)]) == 0
    assert main(["diff", str(left), str(right)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "E.i.7 [message 1, reaction 1]: 1 | 2" in lines
    assert "C.1.1 [message 2]: - | DE-X-1" in lines


def test_coverage_is_a_table_of_all_elements(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    stored(tmp_path / "full.xml", full_message())
    assert main(["coverage", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "the files exercise 223 of them" in printed
    assert "| E.i.7 | Reaction outcome at last observation | N 1 | L11 |" in printed


@pytest.mark.parametrize("command", ["roundtrip", "validate", "show"])
def test_a_file_that_cannot_be_read_is_an_error(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<html/>")
    assert main([command, str(bad)]) == 2
    assert "error: " in capsys.readouterr().err


def test_other_files_are_still_read_after_one_that_cannot_be(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["roundtrip", str(tmp_path / "missing.xml"), str(file)]) == 2
    assert "(100 %)" in capsys.readouterr().out
