"""Messages of one finding each, by number: what their first line says is right.

That all run through validation with the schema is in test_cli.py; 11 in tests/exchange/test_acknowledging.py.
"""

import pytest

from e2b import Message, Severity, read, validate
from tests.material import ICSR_FINDINGS, conformance

pytestmark = conformance
NO_ERROR: set[tuple[str, str]] = set()
# By the number of the file: rules and elements of its errors and warnings.
EXPECTED = {
    "01": NO_ERROR,
    "03": NO_ERROR,
    "09": {("ICH-UNIT", "F.r.3.3")},
    "12": {("READ-UNKNOWN", "D.1"), ("READ-UNKNOWN", "C.2.r.1.1"), ("ICH-REQUIRED", "D.1")},
    "14": NO_ERROR,
    "15": NO_ERROR,
}


def message_of(number: str) -> Message:
    (file,) = [file for file in ICSR_FINDINGS if file.stem.startswith(number)]
    (message,) = read(file).messages
    return message


@pytest.mark.parametrize(("number", "expected"), EXPECTED.items())
def test_what_is_right_is_reported(number: str, expected: set[tuple[str, str]]) -> None:
    violations = validate(message_of(number))
    assert {(v.rule, v.element) for v in violations if v.severity is not Severity.NOTE} == expected


def test_what_was_lost_is_read() -> None:
    assert str(message_of("03").C["C.1.4"]) == "2024-01-01T12:42-08:00"
    assert message_of("14").C["C.2.r"][0]["C.2.r.2.7"] == "+49301234"
    remedies = [v.remedy for v in validate(message_of("09")) if v.rule == "ICH-UNIT"]
    assert remedies == ["Write mm[Hg].", "Write [IU]/L.", "Write U/L."]
