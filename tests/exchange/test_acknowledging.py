"""Acknowledgements find their submission, and bring it into the state that their codes say."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from e2b import Acknowledgement as Icsr
from e2b import Block, Receipt, acknowledge, read, read_acknowledgement, remarks, write_acknowledgement
from exchange.acknowledgements import (
    TRANSITIONS,
    elements_in,
    import_acknowledgement,
    match_by_hand,
    state_of,
)
from exchange.models import Acknowledgement, Answer, Batch, Submission, SubmissionState
from exchange.receiving import FileRefused
from exchange.sending_again import cases_not_loaded, sent_together, to_be_acted_on, what_to_do
from tests.e2b.r2.reports import acknowledgement_of
from tests.exchange.material import OVERLAY, run
from tests.material import ACKNOWLEDGEMENTS, ICSR_FINDINGS, OWN_ACKNOWLEDGEMENTS, conformance, each

pytestmark = pytest.mark.django_db
WARNING = "Loaded;\nWarnings:\n1: D.8.r.4 is in the future.\n2: FDA.C.5.6.r is invalid."
REJECTION = "Not loaded;\nRejections:\n1: E.i.2.1b is no current term.\n"


@pytest.fixture
def sent(letter_cases, tmp_path):
    """Both cases of the letter, sent to FDA in one batch; the message as it left."""
    status, report = run(
        "export_icsr", all=True, receiver="FDA", out=tmp_path, declare=OVERLAY, by="assessor"
    )
    assert status == 0, report
    return read(report["files"][0])


def answer(batch, *receipts: Receipt, number: str = "A-1") -> bytes:
    return write_acknowledgement(acknowledge(batch, receipts, number=number, time="20261201101500+0100"))


def without(content: bytes, *elements: str, **batch: str) -> bytes:
    """An acknowledgement as real gateways send it: with elements empty or missing, or other ones."""
    batch_block = read_acknowledgement(content).batch
    messages = tuple(block.with_values(dict.fromkeys(elements)) for block in batch_block["ACK.B.r"])
    values = {name: value for name, value in batch_block.values.items() if name not in elements}
    changed = {name.replace("_", "."): value for name, value in batch.items()}
    return write_acknowledgement(Icsr(Block("ACK", {**values, **changed}, {"ACK.B.r": messages})))


def import_content(content: bytes, by):
    return import_acknowledgement(io.BytesIO(content), "answer.ack", by=by)


def states() -> list[str]:
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def test_each_submission_gets_its_state(sent, assessor):
    assert states() == ["sent", "sent"]
    result = import_content(
        answer(sent, Receipt(True, "4711", WARNING), Receipt(False, text=REJECTION)), assessor
    )
    assert result.unmatched == []
    assert states() == ["warned", "rejected"]
    first, second = Answer.objects.order_by("position")
    assert (first.their_number, first.text, first.matched_by) == ("4711", WARNING, "by batch and message")
    assert elements_in(first.text) == ("D.8.r.4", "FDA.C.5.6.r")
    assert elements_in(second.text) == ("E.i.2.1b",)
    assert Submission.objects.first().history.count() == 2


@pytest.mark.parametrize(("code", "state"), [("01", "warned"), ("2", "rejected")])
def test_an_acknowledgement_in_r2_counts_by_its_codes(sent, assessor, code, state):
    message = sent.messages[0].N["N.2.r.1"]
    content = acknowledgement_of("02", code, batch=sent.N["N.1.2"], message=message).encode()
    assert import_content(content, assessor).unmatched == []
    assert states() == [state, "unknown"]  # the batch has errors, and nothing is heard of the other


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "accepted"),
        ("Loaded", "accepted"),
        ("The message was successfully loaded.", "accepted"),
        ("Report accepted without errors", "accepted"),
        ("Loaded; 0 warnings", "accepted"),
        ("Die Meldung wurde erfolgreich geladen", "accepted"),
        ("Message chargé avec succès", "accepted"),
        ("[C.5.3, S/01] unable_to_link_study; [C.5.1.r.2, EU] unable_to_link", "warned"),
        ("Loaded with errors", "warned"),
        ("Accepted, but D.5 is missing", "warned"),
        ("Hinweis: Einheit unbekannt", "warned"),
    ],
)
def test_a_remark_in_any_words_is_a_warning_and_plainly_loaded_is_none(sent, assessor, text, state):
    content = without(answer(sent, Receipt(True, "1", text), Receipt(True)), ACK_A_4="AE")
    import_content(content, assessor)
    assert states() == [state, "accepted"]


# By the code of the batch (rows) and of the message. Where the message has one, it decides.
TABLE = """
        CA        CR        none      XX
AA      accepted  rejected  accepted  accepted
AE      accepted  rejected  unknown   unknown
AR      accepted  rejected  rejected  rejected
none    accepted  rejected  unknown   unknown
XX      accepted  rejected  unknown   unknown
"""
CODES, *LINES = (line.split() for line in TABLE.strip().splitlines())
COMBINATIONS = [(line[0], code, state) for line in LINES for code, state in zip(CODES, line[1:], strict=True)]


@pytest.mark.parametrize(("batch", "message", "state"), COMBINATIONS)
@pytest.mark.parametrize("text", ["", "Loaded", "Error: rejected", "Hinweis: Einheit unbekannt"])
def test_codes_decide_and_a_remark_only_adds_a_warning(batch, message, state, text):
    has_remarks = any(not remark.is_plain for remark in remarks(text))
    batch_code, message_code = (code.replace("none", "") for code in (batch, message))
    expected = "warned" if state == "accepted" and has_remarks else state
    assert state_of(batch_code, message_code, has_remarks=has_remarks) == expected


@pytest.mark.parametrize(
    ("code", "state"), [("AE", "unknown"), ("AR", "rejected"), ("AA", "accepted"), ("", "unknown")]
)
def test_what_is_said_of_a_batch_alone_counts_for_what_it_does_not_name(sent, assessor, code, state):
    values = {"ACK.A.1": sent.N["N.1.2"], "ACK.A.4": code, "ACK.A.5": "Loaded"}
    values = {name: value for name, value in values.items() if value}
    import_content(write_acknowledgement(Icsr(Block("ACK", values))), assessor)
    assert states() == [state, state]


def test_a_message_that_its_batch_does_not_answer_is_of_unknown_outcome_until_it_is_answered(sent, assessor):
    answered = read_acknowledgement(answer(sent, Receipt(True), Receipt(True)))
    (first, second), values = answered.messages, {**answered.batch.values, "ACK.A.4": "AE"}
    import_content(write_acknowledgement(Icsr(Block("ACK", values, {"ACK.B.r": (first,)}))), assessor)
    assert states() == ["accepted", "unknown"]
    values["ACK.M.1"] = "A-2"
    import_content(write_acknowledgement(Icsr(Block("ACK", values, {"ACK.B.r": (second,)}))), assessor)
    assert states() == ["accepted", "accepted"]


def acknowledged(sent, by, code: str) -> None:
    """The batch was answered as a whole."""
    values = {"ACK.A.1": sent.N["N.1.2"], "ACK.A.4": code}
    import_content(write_acknowledgement(Icsr(Block("ACK", values))), by)


@pytest.mark.parametrize(("code", "words"), [("AR", "Nothing of this batch was loaded"), ("AE", "Ask there")])
def test_what_was_not_loaded_is_sent_again_under_new_numbers(
    sent, letter_cases, assessor, tmp_path, code, words
):
    assert not to_be_acted_on(Submission.objects.all())
    acknowledged(sent, assessor, code)
    before = list(Submission.objects.order_by("pk"))
    assert list(to_be_acted_on(Submission.objects.order_by("pk"))) == before
    assert words in what_to_do(before[0])
    assert set(sent_together(before[0], assessor)) == set(before)
    number = str(sent.N["N.1.2"])
    options = {"receiver": "FDA", "out": tmp_path / "again", "declare": OVERLAY, "by": "assessor"}
    status, report = run("export_icsr", again=number, **options)
    assert status == 0, report
    again = read(report["files"][0])
    assert again.N["N.1.2"] != number
    old, new = ({str(message.N["N.2.r.1"]) for message in batch.messages} for batch in (sent, again))
    assert old.isdisjoint(new)
    assert [m.C["C.1.1"] for m in again.messages] == [m.C["C.1.1"] for m in sent.messages]
    assert not to_be_acted_on(Submission.objects.all())
    assert what_to_do(before[0]) == ""
    with pytest.raises(ValidationError, match="No case of batch"):
        cases_not_loaded(number, assessor)


def test_a_single_rejection_is_corrected_and_sent_again_alone(sent, assessor):
    import_content(answer(sent, Receipt(True), Receipt(False, text=REJECTION)), assessor)
    accepted, rejected = Submission.objects.order_by("pk")
    assert what_to_do(accepted) == ""
    assert "Correct the case" in what_to_do(rejected)
    assert list(sent_together(rejected, assessor)) == [rejected]


@conformance
def test_remarks_in_the_words_of_another_gateway(sent, assessor):
    (file,) = [file for file in ICSR_FINDINGS if file.stem.startswith("11-")]
    content = file.read_text(encoding="utf-8")
    content = content.replace("DEMO-20261128-110", str(sent.N["N.1.2"]))
    content = content.replace("DE-SYNRET-0001-99", str(sent.messages[0].N["N.2.r.1"]))
    import_content(content.encode(), assessor)
    assert states() == [
        "warned",
        "unknown",
    ]  # the other message of the batch isn't answered, and the batch is AE


def test_the_same_file_again_changes_nothing(sent, assessor):
    content = answer(sent, Receipt(True), Receipt(True))
    import_content(content, assessor)
    before = Answer.objects.count(), states(), Submission.objects.first().history.count()
    assert not import_content(content, assessor).is_new
    assert (Answer.objects.count(), states(), Submission.objects.first().history.count()) == before
    assert states() == ["accepted", "accepted"]


# What the acknowledgement leaves out, and how it is matched all the same.
WAYS = {
    "no batch": (("ACK.A.1",), {}, "by message"),
    "no time": (("ACK.B.r.5", "ACK.A.3"), {}, "by batch and message"),
    "another batch": ((), {"ACK_A_1": "NEVER-SENT"}, "by message"),
}


@pytest.mark.parametrize(("missing", "batch", "how"), WAYS.values(), ids=WAYS)
def test_what_is_left_out_does_not_matter(sent, assessor, missing, batch, how):
    import_content(without(answer(sent, Receipt(True), Receipt(False)), *missing, **batch), assessor)
    assert states() == ["accepted", "rejected"]
    assert {answer.matched_by for answer in Answer.objects.all()} == {how}


def test_fda_names_the_case_instead_of_the_message(sent, assessor):
    content = answer(sent, Receipt(True), Receipt(True))
    for message in sent.messages:
        identifier = str(message.N["N.2.r.1"]).encode()
        content = content.replace(identifier, str(message.C["C.1.1"]).encode())
    import_content(content, assessor)
    assert states() == ["accepted", "accepted"]
    assert {answer.matched_by for answer in Answer.objects.all()} == {"by batch and case identifier"}


def test_a_batch_that_could_not_be_read_is_rejected_as_a_whole(sent, assessor):
    values = {"ACK.A.1": sent.N["N.1.2"], "ACK.A.4": "AR", "ACK.A.5": "parsing error at C.1.1"}
    import_content(write_acknowledgement(Icsr(Block("ACK", values))), assessor)
    assert states() == ["rejected", "rejected"]
    assert {answer.text for answer in Answer.objects.all()} == {"parsing error at C.1.1"}


def test_what_names_nothing_waits_until_somebody_matches_it(sent, assessor, make_user):
    content = without(
        answer(sent, Receipt(True), Receipt(True)), "ACK.A.1", "ACK.B.r.1", "ACK.B.r.5", "ACK.A.3"
    )
    assert len(import_content(content, assessor).unmatched) == 2
    assert states() == ["sent", "sent"]
    waiting, submission = Answer.objects.first(), Submission.objects.first()
    with pytest.raises(ValidationError, match="Say how you know"):
        match_by_hand(waiting, submission, by=assessor, reason=" ")
    match_by_hand(waiting, submission, by=assessor, reason="Told on the telephone")
    assert Submission.objects.get(pk=submission.pk).state == SubmissionState.ACCEPTED
    with pytest.raises(ValidationError, match="matched meanwhile"):
        match_by_hand(waiting, submission, by=assessor, reason="Again")


def test_time_alone_matches_a_single_message(letter_cases, assessor, tmp_path):
    number = letter_cases[0].number
    report = run("export_icsr", number, receiver="FDA", out=tmp_path, declare=OVERLAY, by="assessor")[1]
    content = answer(read(report["files"][0]), Receipt(True))
    import_content(without(content, "ACK.A.1", "ACK.B.r.1", "ACK.A.3"), assessor)
    assert states() == ["accepted"]
    assert Answer.objects.get().matched_by == "by time"


def test_every_state_has_its_transitions():
    assert set(TRANSITIONS) == set(SubmissionState)
    assert all(after <= set(SubmissionState) for after in TRANSITIONS.values())
    assert SubmissionState.SENT not in set().union(*TRANSITIONS.values())


def test_a_receiver_may_correct_itself_and_a_draft_is_never_accepted(sent, letter_cases, assessor, tmp_path):
    import_content(answer(sent, Receipt(False), Receipt(False)), assessor)
    import_content(answer(sent, Receipt(True), Receipt(False), number="A-2"), assessor)
    assert states() == ["accepted", "rejected"]
    options = {"receiver": "FDA", "out": tmp_path / "drafts", "draft": True, "by": "assessor"}
    draft = read(run("export_icsr", letter_cases[0].number, **options)[1]["files"][0])
    import_content(answer(draft, Receipt(True), number="A-3"), assessor)
    assert states() == ["accepted", "rejected", "draft"]


@each(OWN_ACKNOWLEDGEMENTS, ACKNOWLEDGEMENTS)
def test_acknowledgements_of_what_was_not_sent_wait_whole(file, assessor):
    with file.open("rb") as stream:
        result = import_acknowledgement(stream, file.name, by=assessor)
    assert len(result.unmatched) == len(result.answers) == 1
    acknowledgement = Acknowledgement.objects.get()
    assert bytes(acknowledgement.file.content) == file.read_bytes()
    block = read_acknowledgement(file).messages[0]
    assert (acknowledgement.answers.get().text or None) == block["ACK.B.r.7"]


def test_refused_is_who_may_not_and_what_is_none(sent, assessor, make_user):
    assessor.role, nobody = "assessor", make_user("reviewer", "gone")
    nobody.is_active = False
    with pytest.raises(PermissionDenied):
        import_content(answer(sent, Receipt(True), Receipt(True)), nobody)
    with pytest.raises(FileRefused, match="root"):
        import_content(b"<x/>", assessor)
    assert Batch.objects.count() == 1


def test_the_command_reports_each_message(sent, tmp_path):
    path = tmp_path / "one.ack"
    path.write_bytes(answer(sent, Receipt(True, text=WARNING), Receipt(False, text=REJECTION)))
    status, (report,) = run("import_ack", path, by="assessor")
    assert status == 0
    assert [message["state"] for message in report["messages"]] == ["warned", "rejected"]
    assert report["messages"][0]["elements"] == ["D.8.r.4", "FDA.C.5.6.r"]
    (tmp_path / "none.ack").write_text("no XML")
    status, (refused,) = run("import_ack", tmp_path / "none.ack", by="assessor")
    assert status == 1
    assert refused["refused"]
