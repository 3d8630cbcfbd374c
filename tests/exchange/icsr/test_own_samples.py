"""The sample messages and acknowledgements in fixtures/ are what the project's own writer gives today."""

import os

import pytest

from cases.record.read_cases import read_cases
from e2b import Severity, read, read_acknowledgement, validate_batch
from e2b.elements import ICH
from tests.exchange.icsr.own_samples import acknowledgements, icsrs
from tests.material import OWN_ACKNOWLEDGEMENTS, OWN_ICSRS, ROOT

ICSR, ACKNOWLEDGEMENT = ROOT / "fixtures" / "icsr", ROOT / "fixtures" / "acknowledgements"


@pytest.mark.django_db
def test_the_samples_are_what_the_writer_gives(letter_cases):
    wholes = read_cases(case.pk for case in letter_cases).values()
    files = {ICSR / f"{name}.xml": content for name, content in icsrs(dict(enumerate(wholes, 1))).items()}
    files |= {ACKNOWLEDGEMENT / f"{name}.ack": content for name, content in acknowledgements().items()}
    if os.environ.get("WRITE_SAMPLES"):
        for path, content in files.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    assert set(files) == {*ICSR.iterdir(), *ACKNOWLEDGEMENT.iterdir()}
    assert [path.name for path, content in files.items() if path.read_bytes() != content] == []


def test_together_they_hold_every_element():
    blocks = [block for file in OWN_ICSRS for message in read(file).messages for block in message.walk()]
    headers = [read(file).N for file in OWN_ICSRS]
    assert set(ICH) - {name for block in (*blocks, *headers) for name in block.values} == set()


@pytest.mark.parametrize("file", OWN_ICSRS, ids=lambda file: file.stem)
def test_the_rules_find_no_error_in_them(file):
    violations = [violation for _, found in validate_batch(read(file)) for violation in found]
    assert [str(violation) for violation in violations if violation.severity is Severity.ERROR] == []


def test_the_acknowledgements_answer_in_all_ways():
    outcomes = {read_acknowledgement(file).outcome for file in OWN_ACKNOWLEDGEMENTS}
    assert outcomes == {"AA", "AR"}
    assert b'""' in (ACKNOWLEDGEMENT / "rejected_with_empty_fields.ack").read_bytes()
