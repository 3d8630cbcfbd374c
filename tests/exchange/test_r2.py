"""Files in E2B(R2) at this door take the way of every other message; what was lost is kept with them."""

import random
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from cases.record.read_cases import read_cases
from e2b import read
from exchange.icsr import message_of
from exchange.models import ReceivedMessage
from tests.e2b.r2.reports import DRUG, OTHER_REACTION, REACTION, file_of, report, with_patient
from tests.e2b.r2.test_mutations import changed_tree
from tests.exchange.icsr.exchange import lost, lost_by, save
from tests.exchange.material import again, fates, imported, run, written
from tests.material import R2_ICSRS, conformance, each_set

pytestmark = pytest.mark.django_db

OWN = file_of(
    {
        **with_patient(
            reaction=[REACTION, OTHER_REACTION],
            drug={
                **DRUG,
                "drugstructuredosagenumb": "250",
                "drugstructuredosageunit": "003",
                "drugseparatedosagenumb": "3",
                "drugadministrationroute": "048",
                "drugreactionrelatedness": {"drugreactionasses": "rash", "drugresult": "possible"},
            },
            medicalhistoryepisode={"patientepisodename": "hay fever"},
            patientmedicalhistorytext="None",
        ),
        "seriousnessother": "1",
    },
    report(safetyreportid="DE-OWN-2", companynumb="DE-OWN-2"),
)


@pytest.fixture(autouse=True)
def _user(assessor):
    """Who imports."""


def test_a_file_is_imported_with_what_was_converted_and_lost(tmp_path):
    (path,) = written(tmp_path, OWN.encode())
    results = imported(path)
    assert fates(results) == ["new", "new"]
    assert any("R2-LOST" in note and "safetyreportversion" in note for note in results[0]["notes"])
    kept = ReceivedMessage.objects.get(message__position=1)
    assert any("R2-CONVERTED" in note and "750" in note for note in kept.notes)
    assert kept.message.batch.number == "OWN-1"
    assert fates(imported(path)) == ["unchanged", "unchanged"]


def test_what_was_lost_is_shown_in_preview_and_with_the_message(client, assessor):
    client.force_login(assessor)
    file = SimpleUploadedFile("old.xml", OWN.encode())
    page = client.post(reverse("admin:exchange-upload"), {"file": file}, follow=True)
    assert "R2-CONVERTED" in page.content.decode()
    client.post(page.request["PATH_INFO"])
    received = ReceivedMessage.objects.get(message__position=1)
    page = client.get(reverse("admin:exchange_receivedmessage_change", args=[received.pk]))
    assert "R2-LOST" in page.content.decode()


def test_a_follow_up_in_r2_changes_only_what_it_says(tmp_path):
    first = report()
    second = with_patient(
        reaction=[OTHER_REACTION, REACTION], drug=[DRUG, {**DRUG, "medicinalproduct": "Bbcillin"}]
    ) | {"receiptdate": "20250109", "safetyreportversion": "2"}
    paths = written(tmp_path, file_of(first).encode(), file_of(second).encode())
    assert fates(imported(*paths)) == ["new", "follow_up"]
    (case,) = Case.objects.all()
    message = again(case)
    assert {row["E.i.2.1b"] for row in message.reactions} == {"10016558", "10037844"}
    assert [row["G.k.2.2"] for row in message.drugs] == ["Aazepin", "Bbcillin"]
    assert case.versions.count() == 2
    notes = ReceivedMessage.objects.get(message__batch__file_name="file2.xml").notes
    assert not any("removed reaction" in note for note in notes)


def test_a_nullification_in_r2_nullifies(tmp_path):
    void = report(casenullification="1", nullificationreason="twice", receiptdate="20250109")
    paths = written(tmp_path, file_of().encode(), file_of(void).encode())
    assert fates(imported(*paths)) == ["new", "nullified"]


def test_a_file_of_r2_can_be_validated_before(tmp_path):
    (path,) = written(tmp_path, OWN.encode())
    _, messages = run("validate_icsr", path)
    rules = {finding["rule"] for message in messages for finding in message["findings"]}
    assert {"R2-LOST", "R2-CONVERTED"} <= rules


def survives(content: bytes, by) -> None:
    """Nothing is lost on the way of its messages through the database and back, beyond what they list."""
    for number, message in enumerate(read(content).messages):
        assert lost(message) == []
        incoming, record = save(message, by, f"X-{number}")
        assert lost_by(message, incoming, record) == []


def test_own_files_survive_the_database(assessor):
    survives(OWN.encode(), assessor)


@pytest.mark.slow
@each_set([], R2_ICSRS)
def test_mutated_files_have_a_fate(originals, tmp_path):
    chance = random.Random(3)  # noqa: S311 - not for secrets
    files = [changed_tree((originals or [OWN.encode()])[0], chance) for _ in range(40)]
    files += [changed_tree(chance.choice(originals or [OWN.encode()]), chance) for _ in range(160)]
    results = imported(*written(tmp_path, *files))
    assert {result["file"] for result in results} == {f"file{number}.xml" for number in range(1, 201)}
    known = {"new", "follow_up", "nullified", "unchanged", "waiting", "refused"}
    assert {result["fate"] for result in results} <= known
    assert not any("couldn't be understood" in " ".join(result["reasons"]) for result in results)


@conformance
@pytest.mark.parametrize("file", R2_ICSRS, ids=lambda file: file.stem)
def test_sample_files_survive_the_database(file: Path, assessor):
    survives(file.read_bytes(), assessor)


@conformance
@pytest.mark.parametrize("file", R2_ICSRS, ids=lambda file: file.stem)
def test_sample_files_are_imported(file: Path):
    results = imported(file)
    nullified = [result for result in results if result["fate"] == "waiting"]
    assert all("nullifies a case that isn't here" in result["reasons"][0] for result in nullified)
    assert {result["fate"] for result in results} <= {"new", "waiting"}
    for case in Case.objects.all():
        assert message_of(read_cases([case.pk])[case.pk]).message.C["C.1.1"]
