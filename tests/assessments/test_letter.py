"""The two cases hold what the letter says, all of it, and nothing else."""

import re
import tomllib
import uuid
from pathlib import Path

import pytest

from assessments.scorecards import scorecards
from cases.case_files import NAMESPACE
from cases.models import Examination
from tests.material import LETTER, conformance

ROOT = Path(__file__).resolve().parents[2]
FILES = ["letter_patient_1.toml", "letter_patient_2.toml"]


def plain(text: str) -> str:
    """Letters and signs only, so that line breaks, hyphens and kinds of quotes don't count."""
    text = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("slowy", "slowly")
    return re.sub(r"[\s–-]+", "", text).lower()


@pytest.fixture(scope="module")
def letter() -> str:
    return plain(LETTER.read_text(encoding="utf-8"))


def quotations(document: dict):
    """Each table of the file with each piece that its rows quote."""
    for table, entries in document.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            for piece in entry.get("verbatim", "").split("..."):
                yield table, piece


# The one sentence of the discussion that a row quotes: HLA was not typed.
DISCUSSION = "However, we did not ascertain the HLA type for each patient."


@pytest.mark.parametrize("name", FILES)
def test_every_quotation_is_in_the_narrative(name):
    document = tomllib.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8"))
    words = plain(" ".join((*document["narrative"].values(), DISCUSSION)))
    quoted = list(quotations(document))
    assert [piece for _, piece in quoted if plain(piece).strip(".") not in words] == []
    assert len(quoted) > 50


@conformance
@pytest.mark.parametrize("name", FILES)
def test_every_quotation_is_in_the_letter(letter, name):
    document = tomllib.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8"))
    for table, piece in quotations(document):
        assert plain(piece).strip(".") in letter, f"{table}: {piece}"


@conformance
@pytest.mark.parametrize("name", FILES)
def test_the_narrative_is_the_letters_own(letter, name):
    narrative = tomllib.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8"))["narrative"]
    assert plain(narrative["case_narrative"]) in letter


@pytest.mark.django_db
def test_every_finding_of_the_letter_quotes_it(letter_cases):
    """Only what the letter is silent about (HHV-7, for one) has no words of it."""
    for case in letter_cases:
        for row in Examination.objects.filter(case=case).exclude(result="not_stated"):
            assert row.verbatim, row


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("patient", "virus", "result", "copies"),
    [
        (0, "hhv6", "positive", 1000),
        (0, "ebv", "negative", None),
        (0, "cmv", "negative", None),
        (0, "hhv7", "not_stated", None),
        (1, "ebv", "positive", 2000),
        (1, "cmv", "positive", 500),
        (1, "hhv6", "not_stated", None),
        (1, "hhv7", "not_stated", None),
    ],
)
def test_viruses(letter_cases, patient, virus, result, copies):
    row = letter_cases[patient].viral_tests.get(virus=virus).examination
    assert (row.result, row.value) == (result, copies)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("patient", "genes"),
    [(0, {"MVK", "NLRP3"}), (1, {"MVK", "NLRP3", "NLRC4"})],
    ids=["patient-1", "patient-2"],
)
def test_mutations_are_excluded_and_hla_was_not_typed(letter_cases, patient, genes):
    found = {d.gene: d.examination.result for d in letter_cases[patient].genetic_details.all()}
    assert found == {**dict.fromkeys(genes, "negative"), "HLA": "not_done"}


@pytest.mark.django_db
def test_the_story_before_the_reaction(letter_cases):
    one, two = letter_cases
    assert one.patient.is_consanguineous is False
    assert two.patient.is_consanguineous is None
    assert {d.name: d.response for d in one.past_drugs.all()} == {
        "nonsteroidal anti-inflammatory drugs": "ineffective",
        "anakinra": "ineffective",
    }
    assert {d.name: d.doses for d in two.past_drugs.all()} == {
        "etoposide": 2,
        "cyclosporine": None,
        "corticosteroids": None,
    }
    assert two.functional_details.count() == 2
    assert two.differential_diagnoses.filter(diagnosis__contains="lymphohistiocytosis").exists()


@pytest.mark.django_db
def test_the_cases_are_linked_to_each_other_and_to_the_letter(letter_cases):
    one, two = letter_cases
    assert one.linked_cases.get().other == two
    assert two.linked_cases.get().other == one
    assert one.literature.get().doi == two.literature.get().doi == "10.1186/s13023-017-0645-x"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("patient", "first", "last", "present"),
    [(0, "66 to 72 days", "10 days", "yes"), (1, "7 days", "0 to 1 days", "yes")],
    ids=["canakinumab", "anakinra"],
)
def test_latency_and_presence_at_onset(letter_cases, patient, first, last, present):
    (card,) = scorecards([letter_cases[patient]])
    drug = card.presences[0]
    assert (str(drug.first_dose), str(drug.last_dose), drug.present) == (first, last, present)


@pytest.mark.django_db
def test_rows_keep_their_names_from_one_loading_to_the_next(letter_cases):
    named = uuid.uuid5(NAMESPACE, "LETTER-P1/fever")
    assert letter_cases[0].temperatures.get(phase="reaction").uuid == named
