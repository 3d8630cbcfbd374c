"""The exchange pages of the admin: receive, preview, import, send, answer, and who may not."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from e2b import (
    FDA_PROFILE,
    Acknowledgement,
    Block,
    Receipt,
    acknowledge,
    read,
    validate,
    write_acknowledgement,
)
from exchange.admin.element_links import element_link, field_address, link_elements
from exchange.models import Answer, Batch, Direction, ImportState, ReceivedMessage, Submission
from tests.exchange.material import case_message, complete, file_of, with_narrative
from tests.material import OWN_ACKNOWLEDGEMENTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return client


def upload(page, name: str, content: bytes):
    return page.post(reverse(f"admin:{name}"), {"file": SimpleUploadedFile("in.xml", content)}, follow=True)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_is_received_previewed_and_imported(page):
    content = file_of(case_message(1), case_message(2, C_1_1=None, C_1_8_1=None), case_message(3))
    shown = text(upload(page, "exchange-upload", content))
    assert 'id="import-preview"' in shown
    assert "Imported as a new case" in shown
    assert "neither C.1.1 nor C.1.8.1" in shown
    assert not Case.objects.exists()
    batch = Batch.objects.get()
    report = text(page.post(reverse("admin:exchange-import", args=[batch.pk])))
    assert 'id="import-report"' in report
    assert "1 to be imported" in report
    assert Case.objects.count() == 2
    file = page.get(reverse("admin:exchange-file", args=[batch.pk]))
    assert b"".join(file.streaming_content) == content
    assert file["Content-Disposition"].startswith("attachment")


def test_a_follow_up_is_announced_and_shows_what_it_changed(page):
    news = with_narrative(case_message(1, C_1_5="20250601"), "<b>Went on</b>")
    upload(page, "exchange-upload", file_of(case_message(1)))
    page.post(reverse("admin:exchange-import", args=[Batch.objects.get().pk]))
    shown = text(upload(page, "exchange-upload", file_of(news, number="B-2")))
    assert "Imported as a follow-up" in shown
    report = text(page.post(reverse("admin:exchange-import", args=[Batch.objects.first().pk])))
    assert "&lt;b&gt;Went on&lt;/b&gt;" in report


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<x/>", "root"),
        (b"\x89PNG", "XML"),
        (b"PK\x03\x04garbage", "zip can&#x27;t be read"),
        (b"<!DOCTYPE x><x/>", "document type"),
    ],
)
def test_what_is_no_icsr_is_refused_in_words(page, content, words):
    assert words in text(upload(page, "exchange-upload", content))
    assert not Case.objects.exists()


def test_a_zip_is_received_file_by_file(page):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in (1, 2):
            archive.writestr(f"{number}.xml", file_of(case_message(number), number=f"B-{number}"))
    assert "2 files received" in text(upload(page, "exchange-upload", packed.getvalue()))


def test_what_waits_is_set_aside(page):
    upload(page, "exchange-upload", file_of(case_message(1, C_1_1=None, C_1_8_1=None)))
    page.post(reverse("admin:exchange-import", args=[Batch.objects.get().pk]))
    received = ReceivedMessage.objects.get()
    shown = text(page.get(reverse("admin:exchange_receivedmessage_change", args=[received.pk])))
    assert "Set aside" in shown
    page.post(reverse("admin:exchange-aside", args=[received.pk]), {"reason": "Not ours"})
    assert ReceivedMessage.objects.get().state == ImportState.SET_ASIDE


@pytest.fixture
def ready_cases(letter_cases, assessor):
    complete(letter_cases, assessor)
    return letter_cases


def exported(page, cases, **options):
    data = {
        "action": "export_selected",
        "_selected_action": [case.pk for case in cases],
        "receiver": "FDA/postmarket test",
        **options,
    }
    return page.post(reverse("admin:cases_case_changelist"), data)


def test_cases_are_checked_and_sent_from_the_list(page, letter_cases, assessor):
    asked = text(exported(page, letter_cases))
    assert 'id="export-send"' in asked
    assert "TOML" not in asked
    refused = text(exported(page, letter_cases, check="1"))
    assert "0 of 2 cases can leave" in refused
    assert "E.i.2.1b" in refused
    form = reverse("admin:cases_case_change", args=[letter_cases[0].pk])
    assert f'href="{form}#field-id_reactions-0-meddra_code">E.i.2.1b</a> (reaction 1)' in refused
    complete(letter_cases, assessor)
    assert "2 of 2 cases can leave" in text(exported(page, letter_cases, check="1"))
    assert not Submission.objects.exists()
    assert "2 of 2 cases left" in text(exported(page, letter_cases, send="1"))
    batch = Batch.objects.get(direction=Direction.SENT)
    sent = read(b"".join(page.get(reverse("admin:exchange-file", args=[batch.pk])).streaming_content))
    assert sent.N["N.1.4"] == "ZZFDATST"
    assert not [
        violation
        for message in sent.messages
        for violation in validate(message, FDA_PROFILE)
        if violation.severity == "error"
    ]
    submission = Submission.objects.first()
    shown = text(page.get(reverse("admin:exchange_submission_change", args=[submission.pk])))
    assert "C.3.2" in shown
    assert submission.message.digest in shown


@pytest.mark.parametrize(
    ("element", "place", "link"),
    [
        ("C.1.5", "", "#field-id_latest_information"),
        ("E.i.7", "reaction 2", "#field-id_reactions-1-outcome"),
        ("G.k.4.r.1a", "drug 2, dosage 1", "#field-exposures-data"),
        ("N.2.r.2", "", ""),
        ("FDA.C.1.12", "", ""),
        ("FDA.G.k.12.r.4", "drug 1, device 1", "#field-exposures-data"),
        ("G.k.9.i.2.r.3.EU.1", "drug 1", "#field-drug_reactions-data"),
    ],
)
def test_what_is_missing_links_to_its_field(element, place, link):
    linked = element_link(element, place, 7)
    assert linked == element if not link else f'{link}">{element}</a>' in linked


def test_an_acknowledgement_links_each_element_to_its_field(page, ready_cases):
    exported(page, ready_cases[:1], send="1")
    sent = read(
        b"".join(page.get(reverse("admin:exchange-file", args=[Batch.objects.get().pk])).streaming_content)
    )
    receipt = Receipt(False, text="Rejections:\n1: D.2.1 and E.i.2.1b <wrong>; N.1.4 too.")
    content = write_acknowledgement(acknowledge(sent, [receipt], number="A", time="20261201101500"))
    assert "1 messages answered" in text(upload(page, "exchange-acknowledgement", content))
    assert "taken before" in text(upload(page, "exchange-acknowledgement", content))
    shown = text(page.get(reverse("admin:exchange_answer_change", args=[Answer.objects.get().pk])))
    form = reverse("admin:cases_case_change", args=[ready_cases[0].pk])
    assert f'href="{form}#field-id_patient-0-birth_date"' in shown
    assert f'href="{form}#field-id_reactions-0-meddra_code"' in shown
    assert "&lt;wrong&gt;" in shown


def test_a_zip_of_acknowledgements_is_taken_file_by_file(page):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in OWN_ACKNOWLEDGEMENTS[:2]:
            archive.writestr(file.name, file.read_bytes())
    assert text(upload(page, "exchange-acknowledgement", packed.getvalue())).count("messages answered") == 2
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("case.xml", file_of(case_message(1)))
    assert "message, not an acknowledgement" in text(
        upload(page, "exchange-acknowledgement", packed.getvalue())
    )


def test_what_was_not_loaded_is_listed_and_sent_again_by_a_click(page, ready_cases):
    exported(page, ready_cases, send="1")
    batch = Batch.objects.get()
    values = {"ACK.A.1": batch.number, "ACK.A.4": "AE", "ACK.A.5": "Accept"}
    upload(page, "exchange-acknowledgement", write_acknowledgement(Acknowledgement(Block("ACK", values))))
    submissions = reverse("admin:exchange_submission_changelist")
    assert "2 submissions" in " ".join(text(page.get(submissions, {"act": "yes"})).split())
    assert text(page.get(submissions)).count("Outcome unknown: to be acted on") >= 2
    submission = Submission.objects.first()
    shown = text(page.get(reverse("admin:exchange_submission_change", args=[submission.pk])))
    again = reverse("admin:exchange-again", args=[submission.pk])
    assert "Ask there" in shown
    assert f'href="{again}"' in shown
    asked = text(page.get(again))
    assert '<option value="FDA/postmarket test" selected>' in asked
    form = {"receiver": "FDA/postmarket test", "send": "1"}
    assert "2 of 2 cases left" in text(page.post(again, form))
    assert len(set(Batch.objects.values_list("number", flat=True))) == 2
    assert "2 submissions" not in " ".join(text(page.get(submissions, {"act": "yes"})).split())


def test_an_unmatched_answer_is_matched_by_hand(page, ready_cases):
    exported(page, ready_cases[:1], send="1")
    sent = read(
        b"".join(page.get(reverse("admin:exchange-file", args=[Batch.objects.get().pk])).streaming_content)
    )
    content = write_acknowledgement(acknowledge(sent, [Receipt(True)], number="A", time="20261201101500"))
    for name in (sent.N["N.1.2"], sent.messages[0].N["N.2.r.1"]):
        content = content.replace(name.encode(), b"ANOTHER")
    upload(page, "exchange-acknowledgement", content)
    answer = Answer.objects.get()
    assert answer.submission is None
    values = {"submission": Submission.objects.get().pk, "reason": "Told on the telephone"}
    page.post(reverse("admin:exchange-match", args=[answer.pk]), values)
    assert Submission.objects.get().state == "accepted"


def test_every_list_and_form_opens(page, ready_cases):
    exported(page, ready_cases, send="1")
    upload(page, "exchange-upload", file_of(case_message(1)))
    page.post(reverse("admin:exchange-import", args=[Batch.objects.first().pk]))
    for name in ("batch", "receivedmessage", "submission", "acknowledgement", "answer"):
        text(page.get(reverse(f"admin:exchange_{name}_changelist")))
    for row in (*Batch.objects.all(), *ReceivedMessage.objects.all(), *Submission.objects.all()):
        text(page.get(reverse(f"admin:exchange_{row._meta.model_name}_change", args=[row.pk])))


def test_the_form_on_paper_is_one_click_away(page, letter_cases):
    shown = text(page.get(reverse("admin:cases_case_change", args=[letter_cases[0].pk])))
    address = reverse("admin:cases_case_print_cioms", args=[letter_cases[0].pk])
    assert address in shown
    form = page.get(address)
    assert form["Content-Type"] == "application/pdf"
    assert form.content.startswith(b"%PDF")


def test_who_may_not_change_cases_imports_none(client, researcher):
    researcher.is_staff = True
    researcher.save()
    client.force_login(researcher)
    batch = Batch.objects.create(
        direction="received", size=1, digest="0" * 64, by=researcher, organisation=researcher.organisation
    )
    for address in (reverse("admin:exchange-upload"), reverse("admin:exchange-import", args=[batch.pk])):
        assert client.post(address).status_code == 403


def test_elements_have_addresses_and_others_none():
    assert field_address("C.1.1") == "#field-id_safety_report_id"
    assert field_address("G.k.4.r.1a") == "#field-exposures-data"
    assert field_address("N.1.4") == field_address("FDA.D.12") == ""
    assert str(link_elements("D.1 of D.10.1", 7)).count("<a ") == 2
    assert "<a " not in link_elements("nothing", 7)
