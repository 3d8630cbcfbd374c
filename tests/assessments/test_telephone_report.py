"""A telephone report with the laboratory's own table, entered as it is written: names, units, commas, bounds.

No test is chosen from a list and no unit is rewritten; the score says item by item what a specialist says.
"""

import re

import pytest

from tests.assessments.test_clinical_findings import enter_and_score
from tests.material import TELEPHONE_REPORT, conformance

pytestmark = [conformance, pytest.mark.django_db]

LINE = re.compile(r"^(?P<name>\S.*?)\s{2,}(?P<cells>.*)$")
DAYS = ("2026-09-28", "2026-10-01", "2026-10-03", "2026-10-10", "2026-10-20")


def laboratory_rows(text):
    """The rows of the table in the report, each result as the laboratory prints it."""
    table = text.split("```")[1].strip("\n").splitlines()[1:]
    for line in table:
        match = LINE.match(line)
        *results, reference = re.split(r"\s{2,}", match["cells"].strip())
        yield from _of_test(match["name"], results, reference)


def _of_test(name, results, reference):
    limits, unit = reference.rsplit(" ", 1) if " " in reference else ("", reference)
    low, _, high = limits.strip("<").rpartition("-")
    for day, printed in zip(DAYS, results, strict=True):
        if printed != "-":
            row = {"name": name, "unit": unit, "when": day, "value": number(printed.strip("<"))}
            row |= {"qualifier": "<"} if printed.startswith("<") else {}
            row |= {"upper_limit": number(high)} if high else {}
            yield row | ({"lower_limit": number(low)} if low else {})


def number(printed):
    return printed.replace(",", ".")


def body(laboratory):
    return {
        "number": "TELEPHONE-1",
        "report_type": "1",
        "first_received": "2026-11-10",
        "latest_information": "2026-11-10",
        "patient": {"initials": "K. L.", "sex": "1", "birth_date": "1972-03-12", "weight_kg": "84"},
        "reporters": [{"country": "DE", "qualification": "1", "is_primary": True}],
        "reported_scores": [{"total": 6, "source": "the physician, by telephone"}],
        "reactions": [
            {
                "term": "DRESS",
                "is_assessed": True,
                "onset": "2026-09-29",
                "end": "2026-11-03",
                "is_resolved": True,
                "outcome": "1",
            }
        ],
        "exposures": [
            {
                "name": "Allopurinol",
                "role": "1",
                "doses": [
                    {
                        "amount": "300", "unit": "mg", "interval": "1", "interval_unit": "d",
                        "start": "2026-09-01", "end": "2026-10-01",
                    }
                ],
            },
            {"name": "Ramipril", "role": "2", "doses": [{"amount": "5", "unit": "mg"}]},
        ],
        "temperatures": [{"celsius": "39.1", "site": "core", "when": "2026-10-01"}],
        "skin_examinations": [{"extent_percent": "60", "facial_oedema": True, "when": "2026-10-02"}],
        "lymph_node_examinations": [
            {
                "result": "positive",
                "sites": [{"site": "neck", "size_cm": "1.5"}, {"site": "both groins", "size_cm": "2"}],
            }
        ],
        "organ_involvements": [{"organ": "all_others", "result": "negative"}],
        "treatments": [{"name": "Prednisone", "route": "oral", "start": "2026-10-03"}],
        "examinations": [
            *laboratory,
            {"name": "Blood culture", "result": "negative", "text": "no growth"},
            {"name": "ANA", "result": "negative"},
            {"name": "HBsAg", "result": "negative"},
            {"name": "Hepatitis C antibodies", "result": "negative"},
            {"name": "Chest X-ray", "result": "negative"},
            {"name": "ECG", "result": "negative"},
            {
                "name": "Skin biopsy",
                "kind": "biopsy",
                "result": "positive",
                "when": "2026-10-03",
                "biopsy_detail": {"tissue": "skin, left forearm", "conclusion": "compatible"},
            },
            {
                "name": "HHV-6 PCR",
                "kind": "viral",
                "result": "positive",
                "value": "2300",
                "unit": "copies/ml",
                "when": "2026-10-20",
                "viral_test": {"virus": "hhv6"},
            },
            {
                "name": "HLA-B*58:01",
                "kind": "genetic",
                "result": "positive",
                "genetic_detail": {"gene": "HLA", "allele": "B*58:01"},
            },
        ],
    }  # fmt: skip


# As the specialist scores it: points, and the least and the most that remain attainable.
ITEMS = {
    "fever": (0, 0, 0),
    "nodes": (1, 1, 1),
    "eosinophilia": (2, 2, 2),
    "atypical": (1, 1, 1),
    "extent": (1, 1, 1),
    "suggesting": (0, -1, 1),
    "biopsy": (0, 0, 0),
    "organs": (1, 0, 1),
    "resolution": (0, 0, 0),
    "other_causes": (1, 1, 1),
}
ORGANS = {"liver": "open"} | dict.fromkeys(
    ("kidney", "lung", "muscle_heart", "pancreas", "other"), "not_involved"
)


def test_a_telephone_report_scores_as_the_specialist_says(tmp_path, reviewer, drugs):
    laboratory = list(laboratory_rows(TELEPHONE_REPORT.read_text()))
    card = enter_and_score(body(laboratory), tmp_path)
    items = {item["key"]: (item["points"], item["low"], item["high"]) for item in card["items"]}
    assert items == ITEMS
    assert card["organs"] == ORGANS
    assert not [row for row in card["not_counted"] if row["kind"] == "examination"]
    computed = card["computed"]
    assert (computed["total"], computed["low"], computed["high"]) == (7, 5, 8)
    assert (card["computed"]["category"], card["categories"]) == ("definite", ["probable", "definite"])
    assert (card["reported"]["total"], card["reported"]["attainable"]) == (6, True)
