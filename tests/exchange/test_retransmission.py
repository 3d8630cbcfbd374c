"""A case that another sender gave us is passed on as ours, with all numbers that it has had (IG 3.3.4)."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.amendment import amend
from cases.models import Case, CaseState
from cases.versions import nullify
from e2b import Block, Null, read
from exchange.models import ReceiverSettings
from tests.e2b.cases import LEAST
from tests.exchange.material import OVERLAY, case_message, enter_sender, file_of, imported, run, written
from tests.material import ICSR_FINDINGS, conformance

pytestmark = pytest.mark.django_db


def passed_on(number: str, out: Path, **options):
    """The message under which a case leaves for ICH."""
    status, report = run("export_icsr", number, receiver="ICH", out=out, by="assessor", **options)
    assert status == 0, report
    return read(report["files"][0]).messages[0]


@pytest.fixture
def received(tmp_path, assessor, organisation):
    """What becomes of a message between its import and its export, by its changes."""
    enter_sender(organisation)

    def receive(**sections):
        message = replace(case_message(1), **sections)
        (result,) = imported(*written(tmp_path, file_of(message)))
        return Case.objects.get(number=result["case"])

    return receive


def numbers(message):
    return [(block["C.1.9.1.r.1"], block["C.1.9.1.r.2"]) for block in message.C["C.1.9.1.r"]]


def test_who_sends_and_when_is_ours(received, tmp_path):
    case = received()
    today = timezone.localdate().strftime("%Y%m%d")
    sent = passed_on(case.number, tmp_path / "out").C
    assert sent["C.1.1"] == f"DE-TESTCENTRE-{case.number}"
    assert sent["C.1.4"].hl7 == sent["C.1.5"].hl7 == today
    assert (sent["C.3.1"], sent["C.3.2"], sent["C.3.3.5"]) == ("4", "Test centre", "Own")
    assert (sent["C.1.8.1"], sent["C.1.8.2"]) == ("DE-X-1", LEAST.C["C.1.8.2"])
    case.refresh_from_db()
    # The record keeps what was received.
    assert (case.safety_report_id, case.worldwide_id) == ("DE-X-1", "DE-X-1")
    assert passed_on(case.number, tmp_path / "again").C["C.1.1"] == sent["C.1.1"]


def test_all_numbers_of_earlier_transmissions_are_kept(received, tmp_path):
    earlier = Block("C.1.9.1.r", {"C.1.9.1.r.1": "Clinic", "C.1.9.1.r.2": "K-7"})
    announced = replace(
        case_message(1).C.with_values({"C.1.9.1": "true"}), blocks={**LEAST.C.blocks, "C.1.9.1.r": (earlier,)}
    )
    message = passed_on(received(C=announced).number, tmp_path)
    assert message.C["C.1.9.1"] == "true"
    assert numbers(message) == [("Clinic", "K-7"), (LEAST.C["C.3.2"], "DE-X-1")]


def test_only_documents_that_we_hold_are_announced(received, tmp_path):
    title = Block("C.1.6.1.r", {"C.1.6.1.r.1": "discharge letter"})
    announced = replace(
        case_message(1).C.with_values({"C.1.6.1": "true"}), blocks={**LEAST.C.blocks, "C.1.6.1.r": (title,)}
    )
    message = passed_on(received(C=announced).number, tmp_path)
    assert message.C["C.1.6.1"] == "false"
    assert message.C["C.1.6.1.r"] == ()


@pytest.mark.parametrize(
    ("ours", "leaves"),
    [
        (None, None),
        ("What we think.", "What we think."),
        ("First sender. What we think.", "What we think."),
        ("What we think.\n\nFirst sender.", "What we think."),
        ("", None),
    ],
)
def test_comments_of_the_first_sender_never_leave_as_ours(received, tmp_path, assessor, ours, leaves):
    case = received(H=Block("H", {"H.1": "A story.", "H.2": "Reporter.", "H.4": "First sender."}))
    if ours is not None:
        with amend(case, by=assessor, reason="our view") as amendment:
            amendment.change(case.narrative, sender_comments=ours)
    sent = passed_on(case.number, tmp_path).H
    assert (sent["H.1"], sent["H.2"], sent["H.4"]) == ("A story.", "Reporter.", leaves)


@pytest.mark.parametrize(
    ("received_as", "serious", "answer", "leaves"),
    [
        ("false", True, None, "true"),
        ("true", False, None, "false"),
        (Null("NI"), True, None, "true"),
        ("true", True, False, "false"),
    ],
)
def test_local_criteria_are_ours(received, tmp_path, assessor, received_as, serious, answer, leaves):
    reaction = LEAST.E[0].with_values({"E.i.3.2c": "true" if serious else Null("NI")})
    case = received(C=case_message(1).C.with_values({"C.1.7": received_as}), E=(reaction,))
    if answer is not None:
        with amend(case, by=assessor, reason="local criteria") as amendment:
            amendment.change_case(is_expedited=answer)
    assert passed_on(case.number, tmp_path).C["C.1.7"] == leaves


def test_what_came_from_ourselves_stays_ours(tmp_path, assessor):
    message = case_message(1, C_1_1="DE-TESTCENTRE-1", C_1_8_1="DE-TESTCENTRE-1")
    (result,) = imported(*written(tmp_path, file_of(message)))
    sent = passed_on(result["case"], tmp_path / "out").C
    assert (sent["C.1.1"], sent["C.3.2"], sent["C.1.9.1"]) == (
        "DE-TESTCENTRE-1",
        LEAST.C["C.3.2"],
        Null("NI"),
    )


@conformance
def test_the_finding_of_retransmission(tmp_path, assessor):
    (path,) = (path for path in ICSR_FINDINGS if path.name.startswith("04-"))
    (first,) = read(path).messages
    (result,) = imported(path)
    message = passed_on(result["case"], tmp_path)
    assert message.C["C.1.1"] == "DE-TESTCENTRE-DE-SYNRET-0001"
    assert message.C["C.3.2"] == "Test centre"
    assert message.C["C.1.9.1"] == "true"
    assert numbers(message) == [(first.C["C.3.2"], "DE-SYNRET-0001")]
    assert (message.C["C.1.8.1"], message.C["C.1.8.2"]) == (first.C["C.1.8.1"], first.C["C.1.8.2"])


@pytest.mark.parametrize(
    ("settings", "is_received", "leaves"),
    [
        ({}, False, False),
        ({"wants_score": True}, False, True),
        ({"wants_score": True}, True, False),
        ({"wants_score": True, "wants_score_of_others": True}, True, True),
    ],
)
def test_our_score_leaves_where_the_receiver_wants_it(
    letter_cases, organisation, tmp_path, settings, is_received, leaves
):
    if settings:
        ReceiverSettings.objects.create(organisation=organisation, receiver="ICH", **settings)
    number = "LETTER-P1"
    if is_received:
        rash = LEAST.E[0].with_values({"E.i.1.1a": "DRESS", "E.i.1.1b": "eng"})
        number = imported(*written(tmp_path, file_of(replace(case_message(1), E=(rash,)))))[0]["case"]
    sent = passed_on(number, tmp_path / "out", declare=OVERLAY)
    assert ("the RegiSCAR score is" in str(sent.H["H.4"])) == leaves


def test_a_case_without_a_sign_of_dress_leaves_without_a_score(organisation, tmp_path, assessor):
    settings = ReceiverSettings.objects.create(organisation=organisation, receiver="ICH", wants_score=True)
    message = case_message(1, C_1_1="DE-TESTCENTRE-1", C_1_8_1="DE-TESTCENTRE-1")
    number = imported(*written(tmp_path, file_of(message)))[0]["case"]
    assert not passed_on(number, tmp_path / "first").H["H.4"]
    settings.wants_score_without_sign = True
    settings.save()
    assert "the RegiSCAR score is" in passed_on(number, tmp_path / "second").H["H.4"]


def test_a_nullification_leaves_whatever_is_wrong_with_the_case(letter_cases, assessor, tmp_path):
    passed_on("LETTER-P1", tmp_path / "first", declare=OVERLAY)
    case = letter_cases[0]
    case.refresh_from_db()
    with amend(case, by=assessor, reason="x") as amendment:
        amendment.change(case.reactions.first(), meddra_code="1")
    assert run("export_icsr", case.number, receiver="ICH", out=tmp_path, by="assessor")[0] == 1
    nullify(case, by=assessor, reason="Entered twice")
    sent = passed_on(case.number, tmp_path / "last")
    assert (sent.C["C.1.11.1"], sent.C["C.1.11.2"]) == ("1", "Entered twice")


NOT_OURS = "only the sender takes it back"


@pytest.mark.parametrize("by_hand", [False, True])
def test_nobody_here_nullifies_what_another_sender_reported(received, assessor, by_hand):
    case = received()
    with pytest.raises(ValidationError, match=NOT_OURS):
        if by_hand:
            with amend(case, by=assessor, reason="x") as amendment:
                amendment.change_case(nullification_or_amendment="1", nullification_reason="x")
        else:
            nullify(case, by=assessor, reason="Entered twice")
    case.refresh_from_db()
    assert case.state != CaseState.NULLIFIED


@pytest.mark.parametrize("was_passed_on", [False, True])
def test_a_nullification_of_the_sender_leaves_only_after_a_case_that_we_passed_on(
    received, tmp_path, assessor, was_passed_on
):
    case = received()
    if was_passed_on:
        number = passed_on(case.number, tmp_path / "first").C["C.1.1"]
    taken_back = case_message(1, C_1_11_1="1", C_1_11_2="Not a reaction")
    imported(*written(tmp_path, file_of(taken_back, number="B-2")))
    case.refresh_from_db()
    assert case.state == CaseState.NULLIFIED
    if was_passed_on:
        sent = passed_on(case.number, tmp_path / "last").C
        assert (sent["C.1.1"], sent["C.1.11.1"]) == (number, "1")
        return
    status, report = run("export_icsr", case.number, receiver="ICH", out=tmp_path, by="assessor")
    assert status == 1
    assert NOT_OURS in str(report["cases"][0]["findings"])


def test_what_we_have_passed_on_is_ours_to_nullify(received, tmp_path, assessor):
    case = received()
    number = passed_on(case.number, tmp_path / "first").C["C.1.1"]
    nullify(case, by=assessor, reason="Entered twice")
    sent = passed_on(case.number, tmp_path / "last").C
    assert (sent["C.1.1"], sent["C.1.11.1"], sent["C.1.11.2"]) == (number, "1", "Entered twice")


@conformance
@pytest.mark.parametrize(("name", "words"), [("05-", "expedited"), ("06-", "ended")])
def test_the_findings_of_reports_that_a_score_held_back(name, words, tmp_path, assessor):
    (path,) = (path for path in ICSR_FINDINGS if path.name.startswith(name))
    assert words in path.name
    (result,) = imported(path)
    status, report = run("export_icsr", result["case"], receiver="ICH", out=tmp_path, by="assessor")
    assert status == 0, report
    assert not [
        finding for finding in report["cases"][0]["findings"] if "still running" in finding["sentence"]
    ] or (name == "05-")
