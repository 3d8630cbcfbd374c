"""Tests of replay: facts, results and digests of RegiSCAR version 1, byte for byte.

A stored assessment is recomputed from its stored facts and must give the same bytes. Until 0.1.0 is
released the rules may still change; then look at the difference and write the file anew:

    python -m tests.scoring.test_golden --write

After the release a difference here is a mistake: copy the rules to a new version instead.
"""

import json
import sys
from pathlib import Path

import pytest

from scoring.adjudication import item_digest
from scoring.canonical import decode_facts, encode, encode_facts
from scoring.instruments import rules
from tests.scoring.build import (
    EXCLUDED,
    NEGATIVE,
    NOT_DONE,
    NOT_KNOWN,
    OTHER_DIAGNOSIS,
    PATIENT_1,
    PATIENT_2,
    POSITIVE,
    PRESENT,
    QUALITATIVE,
    biopsy,
    blood,
    course,
    facts,
    lab,
    nodes,
    organ,
    skin,
    temperature,
)
from tests.scoring.test_regiscar_table import ALL_NO, ALL_YES

GOLDEN = Path(__file__).parent / "golden" / "regiscar_v1.json"
RULE_VERSION = "regiscar-kardaun-2007.1"

# What the file was made from; the test itself reads only the file.
CASES = {
    "patient 1 of the letter": PATIENT_1,
    "patient 2 of the letter": PATIENT_2,
    "all yes": ALL_YES,
    "all no": ALL_NO,
    "nothing recorded": facts(),
    "still running on day 5": facts(
        temperature("38.9", axillary=True), skin(30), course(resolved=False, followed=5), as_of="2016-03-15"
    ),
    "measured but short of the limits": facts(
        temperature("38.4"),
        nodes(neck=1),
        *blood(percent="17.5"),
        skin(50, scaling=True, infiltration=False),
        lab("alt", 300, upper=40, on=3),
        lab("ana", kind=NEGATIVE),
        course((10, 20), resolved=True),
    ),
    "rows that contradict each other": facts(
        temperature(kind=NEGATIVE),
        temperature(kind=POSITIVE),
        nodes(NEGATIVE),
        nodes(QUALITATIVE, neck=2, groin=None),
        *blood("one", count="0.4", percent=11),
        lab("eosinophils", kind=NEGATIVE),
        lab("atypical_lymphocytes", 0),
        lab("atypical_lymphocytes", kind=QUALITATIVE),
        skin(widespread=True, suggestive=True),
        skin(widespread=False, suggestive=False),
        biopsy(OTHER_DIAGNOSIS),
        biopsy(kind=NOT_DONE),
        organ("liver", proof=True, explanation=EXCLUDED),
        organ("liver", explanation=PRESENT),
        organ("kidney", proof=True, explanation=NOT_KNOWN),
        lab("lipase", 121, upper=60),
        *(lab(name, kind=NEGATIVE) for name in ("ana", "blood_culture", "hepatitis_c")),
        lab("mycoplasma", kind=QUALITATIVE),
        course(8, resolved=True, relapsed=20),
    ),
    "tests that nobody did": facts(
        biopsy(kind=NOT_DONE), *(lab(name, kind=NOT_DONE) for name in ("ana", "blood_culture"))
    ),
}


def computed(text):
    """The result and the digest of every item that the present rules give for a text of facts."""
    version = rules(RULE_VERSION)
    evidence = decode_facts(text)
    digests = {row.key: item_digest(version, evidence, row.key) for row in version.TABLE}
    return {"facts": text, "result": encode(version.assess(evidence)), "digests": digests}


def write():
    golden = {name: computed(encode_facts(evidence)) for name, evidence in CASES.items()}
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


STORED = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}


def test_every_case_is_in_the_file():
    assert sorted(STORED) == sorted(CASES)


@pytest.mark.parametrize("name", STORED)
def test_stored_facts_give_the_stored_result(name):
    assert computed(STORED[name]["facts"])["result"] == STORED[name]["result"]


@pytest.mark.parametrize("name", STORED)
def test_stored_facts_give_the_stored_digests(name):
    assert computed(STORED[name]["facts"])["digests"] == STORED[name]["digests"]


@pytest.mark.parametrize("name", STORED)
def test_stored_facts_are_written_as_they_were(name):
    stored = STORED[name]["facts"]
    assert encode_facts(decode_facts(stored)) == stored


@pytest.mark.parametrize("name", CASES)
def test_the_cases_are_encoded_as_they_were(name):
    assert encode_facts(CASES[name]) == STORED[name]["facts"]


if __name__ == "__main__" and "--write" in sys.argv:
    write()
