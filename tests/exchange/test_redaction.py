"""A document leaves redacted, or not at all; the original stays in the record, and the export says which."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.amendment import amend
from cases.documents.redaction import leave_as_it_is, redact, withhold
from cases.documents.storage import store_content
from cases.models import Case, Document, LiteratureReference
from e2b import read
from tests.exchange.material import case_message, enter_sender, file_of, imported, run, written

pytestmark = pytest.mark.django_db
ORIGINAL, REDACTED = b"Anna Muster, eosinophils 5.1", b"XXXX, eosinophils 5.1"
ELEMENTS = {Document: ("C.1.6.1.r", "C.1.6.1.r.2"), LiteratureReference: ("C.4.r", "C.4.r.2")}


@pytest.fixture
def case(tmp_path, assessor, organisation) -> Case:
    """One of our own, with a document and a publication."""
    enter_sender(organisation)
    message = case_message(1, C_1_1="DE-TESTCENTRE-1", C_1_8_1="DE-TESTCENTRE-1")
    (result,) = imported(*written(tmp_path, file_of(message)))
    case = Case.objects.get(number=result["case"])
    file = {"file": store_content(ORIGINAL), "media_type": "text/plain", "representation": "B64"}
    with amend(case, by=assessor, reason="letter") as amendment:
        amendment.add(Document(description="discharge letter", **file))
        amendment.add(LiteratureReference(citation="A letter. 2020.", **file))
    return case


def sent(case, out):
    status, report = run("export_icsr", case.number, receiver="ICH", out=out, by="assessor")
    assert status == 0, report
    return read(report["files"][0]).messages[0], report["cases"][0]["left_out"]


@pytest.mark.parametrize("model", ELEMENTS)
def test_what_leaves_is_as_a_person_decided(model, case, assessor, tmp_path):
    row, (kind, element) = model.objects.get(), ELEMENTS[model]
    redact(row, store_content(REDACTED), by=assessor, reason="names the patient")
    message, left_out = sent(case, tmp_path / "redacted")
    assert message.C[kind][0][element].data == REDACTED
    assert any("a redacted file leaves in its place" in sentence for sentence in left_out)
    withhold(row, by=assessor, reason="names the patient all over")
    message, left_out = sent(case, tmp_path / "withheld")
    assert message.C[kind][0][element] is None
    assert any("it does not leave: names the patient all over" in sentence for sentence in left_out)
    assert not message.H["H.1"] or "all over" not in message.H["H.1"]
    leave_as_it_is(row, by=assessor, reason="the patient agrees")
    assert sent(case, tmp_path / "whole")[0].C[kind][0][element].data == ORIGINAL
    row.refresh_from_db()
    assert bytes(row.file.content) == ORIGINAL


def test_a_redacted_message_that_comes_back_changes_nothing(case, assessor, tmp_path):
    redact(Document.objects.get(), store_content(REDACTED), by=assessor, reason="names the patient")
    status, report = run("export_icsr", case.number, receiver="ICH", out=tmp_path, by="assessor")
    assert status == 0, report
    imported(report["files"][0])
    assert bytes(Document.objects.get().file.content) == ORIGINAL


def test_it_takes_a_reason_and_the_right_to_change_the_case(case, assessor, researcher):
    with pytest.raises(ValidationError, match="reason"):
        withhold(Document.objects.get(), by=assessor, reason=" ")
    with pytest.raises(PermissionDenied):
        withhold(Document.objects.get(), by=researcher, reason="x")


def test_the_page(case, assessor, client):
    client.force_login(assessor)
    row = Document.objects.get()
    page = f"/admin/cases/case/{row.uuid}/redact/"
    assert "A redacted file in its place" in client.get(page).text
    assert "Choose the redacted file" in client.post(page, {"leaves": "redacted", "reason": "x"}).text
    wrong = SimpleUploadedFile("letter.pdf", REDACTED)
    assert "by its content" in client.post(page, {"leaves": "redacted", "reason": "x", "file": wrong}).text
    file = SimpleUploadedFile("letter.txt", REDACTED)
    assert client.post(page, {"leaves": "redacted", "reason": "x", "file": file}).status_code == 302
    assert client.get(f"/files/{row.uuid}/?redacted").content == REDACTED
    assert client.get(f"/files/{row.uuid}/").content == ORIGINAL
    assert client.post(page, {"leaves": "withheld", "reason": "all of it"}).status_code == 302
    row.refresh_from_db()
    assert (row.redacted_file, row.withheld_because) == (None, "all of it")
    assert client.get(f"/files/{row.uuid}/?redacted").status_code == 404
