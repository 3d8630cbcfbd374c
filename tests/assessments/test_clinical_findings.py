"""Cases reduced to one clinical finding each score as a physician says, through the two commands."""

import io
import json
import re

import pytest
from django.core.management import call_command

from tests.material import CLINICAL_FINDINGS, conformance

pytestmark = [conformance, pytest.mark.django_db]


def enter_and_score(body, tmp_path):
    """What `enter_cases` reports of the body, and what `score --json` says of the case."""
    file, report, score = tmp_path / "case.json", io.StringIO(), io.StringIO()
    file.write_text(json.dumps(body))
    try:
        call_command("enter_cases", str(file), json=True, stdout=report)
    except SystemExit:
        pytest.fail(report.getvalue())
    call_command("score", body["number"], json=True, stdout=score)
    (card,) = json.loads(score.getvalue())
    return card


def faults(expected, card):
    """Each part of an expectation that the score doesn't fulfil, in words."""
    if "item" in expected:
        yield from item_faults(expected, card)
    if "organ" in expected and card["organs"].get(expected["organ"]) not in expected["state"]:
        yield f"{expected['organ']} is {card['organs'].get(expected['organ'])}"
    if "drug" in expected:
        present = {drug["name"]: drug["present_at_onset"] for drug in card["drugs"]}
        if present.get(expected["drug"]) not in expected["present"]:
            yield f"presence: {present}"


def item_faults(expected, card):
    item = {item["key"]: item for item in card["items"]}[expected["item"]]
    for name in ("points", "low", "high"):
        if name in expected and item[name] != expected[name]:
            yield f"{name} is {item[name]}"
    if "open" in expected and expected["open"] != (item["low"] != item["high"]):
        yield f"[{item['low']}, {item['high']}]"
    for name in ("rule", "needs"):
        if (wanted := expected.get(f"{name}_with")) and not re.search(wanted, item[name]):
            yield f"{name} lacks {wanted!r}: {item[name]}"
        if (unwanted := expected.get(f"{name}_without")) and re.search(unwanted, item[name]):
            yield f"{name} has {unwanted!r}: {item[name]}"


@pytest.mark.parametrize("file", CLINICAL_FINDINGS, ids=[file.stem for file in CLINICAL_FINDINGS])
def test_a_finding_scores_as_it_should(file, tmp_path, reviewer, drugs):
    finding = json.loads(file.read_text())
    card = enter_and_score(finding["body"], tmp_path)
    wrong = [(expected, list(faults(expected, card))) for expected in finding["expect"]]
    assert not [fault for fault in wrong if fault[1]], f"{file.name}: {finding['right']}"
