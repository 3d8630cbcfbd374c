"""Cases leave valid for their receiver, frozen before the file appears, or are refused with their reasons."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import User
from assessments.models import Standing
from cases.amendment import amend
from cases.models import Case
from cases.record.read_cases import read_cases
from e2b import FDA_PROFILE, ICH_PROFILE, PROFILES, Null, diff, load_schema, read, validate, validate_schema
from exchange import write_batch
from exchange.case_defaults import with_case_defaults
from exchange.declarations import DeclarationError, declare, read_declaration
from exchange.export_job import Export
from exchange.exporting import export_cases, provisional_note
from exchange.file_chunks import read_chunks
from exchange.icsr import message_of
from exchange.icsr.narrative import without_addition
from exchange.models import Batch, Direction, Message, Submission
from exchange.receivers import Receiver
from tests.e2b.cases import LEAST, changed
from tests.exchange.material import OVERLAY, case_message, fates, imported, run, written
from tests.exchange.material import file_of as file_with
from tests.material import SCHEMA, conformance
from tests.standings import standing

pytestmark = pytest.mark.django_db

# What is our own in a message: local ids, times, and what we add to narratives.
OURS = {"id", "C.1.2", "G.k.9.i.1", "H.1"}


def exported(*numbers: str, receiver: str = "ICH", out: Path, **options):
    options = {"declare": OVERLAY, "by": "assessor"} | options
    return run("export_icsr", *numbers, receiver=receiver, out=out, **options)


@pytest.mark.parametrize("receiver", PROFILES)
def test_the_letter_leaves_valid_for_each_receiver(letter_cases, receiver, tmp_path):
    status, report = exported(receiver=receiver, out=tmp_path, all=True)
    assert status == 0, report
    (path,) = map(Path, report["files"])
    batch = read(path)
    for message in batch.messages:
        findings = validate(message, PROFILES[receiver], header=batch.N)
        assert [violation for violation in findings if violation.severity == "error"] == []
    assert all("C.3.2" in case["declared"] for case in report["cases"])
    # What the test declares is no evidence: the record knows nothing of it.
    assert not any(case.reporters.exists() or hasattr(case, "sender") for case in letter_cases)


@conformance
@pytest.mark.parametrize("receiver", PROFILES)
def test_the_schema_accepts_the_letter_for_each_receiver(letter_cases, receiver, tmp_path):
    (file,) = exported(receiver=receiver, out=tmp_path, all=True)[1]["files"]
    assert list(validate_schema(Path(file).read_bytes(), load_schema(SCHEMA))) == []


def test_the_letter_comes_back_as_it_left(letter_cases, tmp_path):
    report = exported(out=tmp_path, all=True)[1]
    sent = read(report["files"][0]).messages
    scores = list(Standing.objects.filter(case__in=letter_cases).order_by("case_id"))
    # As if the registry had none of them: nothing that a message names is known here.
    for case in letter_cases:
        Case.objects.filter(pk=case.pk).update(number=f"OLD-{case.pk}", safety_report_id="", worldwide_id="")
    results = imported(Path(report["files"][0]))
    assert fates(results) == ["new", "new"], results
    for message, result, score in zip(sent, results, scores, strict=True):
        case = Case.objects.get(number=result["case"])
        back_again = standing(case)
        back = message_of(read_cases([case.pk])[case.pk]).message
        changed = [change for change in diff(message, back) if not change.element.startswith("N.")]
        assert {change.element for change in changed} <= OURS
        assert without_addition(str(message.H["H.1"])) == without_addition(str(back.H["H.1"]))
        # Findings leave in words, so the evidence is less; what the source published stands as it did.
        assert str(back_again) == str(score)
        assert back_again.low <= score.low
        assert back_again.high >= score.high


def test_a_case_that_would_be_rejected_does_not_leave(letter_cases, tmp_path):
    status, report = exported("LETTER-P1", out=tmp_path, declare=None)
    assert (status, report["files"], list(tmp_path.iterdir())) == (1, [], [])
    findings = {(finding["element"], finding["rule"]) for finding in report["cases"][0]["findings"]}
    assert ("E.i.2.1b", "ICH-REQUIRED") in findings
    assert ("C.2.r.5", "ICH-PRIMARY") in findings
    assert all(f["remedy"] for f in report["cases"][0]["findings"] if f["severity"] == "error")
    assert not Submission.objects.exists()
    assert not Batch.objects.exists()


def test_those_that_may_leave_do(letter_cases, assessor, tmp_path):
    with amend(letter_cases[0], by=assessor, reason="x") as amendment:
        amendment.change(letter_cases[0].exposures.first(), name="bell \x07")
    status, report = exported(out=tmp_path, all=True)
    assert status == 1
    assert [case["state"] for case in report["cases"]] == ["refused", "sent"]
    assert "ICH-CHARACTER" in {finding["rule"] for finding in report["cases"][0]["findings"]}
    assert len(read(report["files"][0]).messages) == 1
    # No draft can hold it either.
    assert exported("LETTER-P1", out=tmp_path, draft=True)[1]["cases"][0]["state"] == "refused"


def test_a_provisional_score_is_a_note_and_no_gate(letter_cases, tmp_path):
    """Four minimum criteria make a report (IG 3.3.1); the score is not part of it."""
    Standing.objects.filter(case=letter_cases[0]).update(provisional=True)
    (case,) = exported("LETTER-P1", out=tmp_path)[1]["cases"]
    (note,) = [finding for finding in case["findings"] if finding["rule"] == "PROVISIONAL"]
    assert (case["state"], note["severity"]) == ("sent", "note")


@pytest.mark.parametrize(
    ("outcome", "end", "words"),
    [
        ("3", None, "is still running"),
        ("2", None, "is still running"),
        ("3", "20240201", "is not known"),
        ("1", "20240201", "is not known"),
        ("1", None, "is not known"),
        ("0", None, "is not known"),
    ],
)
def test_whether_a_reaction_is_running_follows_from_its_end_and_its_outcome(outcome, end, words):
    message = changed(changed(LEAST, "E.i.7", outcome), "E.i.5", end)
    assert words in provisional_note(message).sentence


def test_a_draft_is_marked_and_keeps_no_identifier(letter_cases, tmp_path):
    status, report = exported("LETTER-P1", out=tmp_path, declare=None, draft=True)
    assert status == 0
    batch = read(report["files"][0])
    assert Path(report["files"][0]).name.startswith("DRAFT-")
    assert str(batch.N["N.1.2"]).startswith("DRAFT-")
    assert str(batch.messages[0].N["N.2.r.1"]).startswith("DRAFT-")
    assert Submission.objects.get().state == "draft"
    letter_cases[0].refresh_from_db()
    assert letter_cases[0].safety_report_id == ""


def test_what_was_sent_is_proved(letter_cases, tmp_path):
    (path,) = map(Path, exported(receiver="FDA", out=tmp_path, all=True)[1]["files"])
    batch = Batch.objects.get()
    assert b"".join(read_chunks(batch)) == path.read_bytes()
    assert batch.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (batch.direction, batch.size, batch.message_count) == (Direction.SENT, path.stat().st_size, 2)
    for submission in Submission.objects.all():
        message = submission.message
        assert bytes(message.file.content) in path.read_bytes()
        assert message.digest == hashlib.sha256(bytes(message.file.content)).hexdigest()
        assert submission.version == submission.case.versions.get()
        assert (submission.profile, submission.state, submission.by.username) == ("FDA", "sent", "assessor")


def test_identifiers_are_never_used_again(letter_cases, tmp_path):
    for _ in range(3):
        exported(out=tmp_path, all=True)
    assert len(set(Batch.objects.values_list("number", flat=True))) == 3
    assert len(set(Message.objects.values_list("identifier", flat=True))) == 6
    # The case's own identifier stays what it was when it first left.
    letter_cases[0].refresh_from_db()
    assert letter_cases[0].safety_report_id == "FR-TESTCENTRE-LETTER-P1" == letter_cases[0].worldwide_id
    again_used = Message.objects.order_by("pk").last()
    again_used.pk, again_used.position = None, 99
    with pytest.raises(IntegrityError, match="message_sent_identifier_once"), transaction.atomic():
        again_used.save(force_insert=True)


def test_nothing_is_sent_where_the_file_cannot_be_written(letter_cases, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="Nothing was sent"):
        exported("LETTER-P1", out=tmp_path / "file" / "below")

    def broken(*args):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(write_batch.os, "fsync", broken)
    with pytest.raises(CommandError, match="No space left"):
        exported("LETTER-P1", out=tmp_path / "out")
    assert not Submission.objects.exists()
    assert list((tmp_path / "out").iterdir()) == []


def test_one_file_for_each_case(letter_cases, tmp_path):
    report = exported(out=tmp_path, all=True, files=True)[1]
    assert [len(read(path).messages) for path in report["files"]] == [1, 1]
    assert Batch.objects.count() == 2


def test_a_whole_filter(letter_cases, tmp_path):
    report = exported(out=tmp_path, drug="anakinra", words="P2")[1]
    assert [case["case"] for case in report["cases"]] == ["LETTER-P2"]


@pytest.mark.parametrize(
    ("numbers", "options", "words"),
    [
        ((), {}, "Give case numbers"),
        (("X-1",), {}, "No case is numbered X-1"),
        (("LETTER-P1",), {"all": True}, "not several of them"),
        ((), {"category": "king"}, "--category"),
        (("LETTER-P1",), {"by": "nobody"}, "no user 'nobody'"),
        (("LETTER-P1",), {"route": "moon"}, "no route 'moon'"),
        (("LETTER-P1",), {"declare": Path("/nowhere.toml")}, "can't be read"),
    ],
)
def test_wrong_requests_are_refused_in_words(letter_cases, numbers, options, words, tmp_path):
    with pytest.raises(CommandError, match=words):
        exported(*numbers, receiver="FDA", out=tmp_path, **options)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[X]\na = 1", "no block of ICH"),
        ('[C]\n"E.i.9" = "FR"', "E.i.9 is no element of C"),
        ('[C]\n"C.3.2" = 5', "write a text"),
        ('[C]\n"C.3.2" = ""', "write a text"),
        ("[C", "no TOML"),
    ],
)
def test_a_wrong_declaration_names_what_is_wrong(toml, words, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(toml)
    with pytest.raises(DeclarationError, match=words):
        read_declaration(path)


def test_a_declaration_fills_gaps_and_changes_nothing_that_is_filled():
    message = case_message(1)
    filled, names = declare(message, read_declaration(OVERLAY))
    assert filled.C["C.1.3"] == message.C["C.1.3"] == "1"
    assert filled.C["C.3.2"] == "Hospital"
    assert "C.3.2" not in names
    assert filled.C["C.3.3.1"] == "Safety"
    assert "C.3.3.1" in names
    assert filled.E[0]["E.i.2.1b"] == message.E[0]["E.i.2.1b"]
    assert [race["FDA.D.11.r.1"] for race in filled.D["FDA.D.11.r"]] == [Null("UNK")]


def test_of_an_ind_fda_reads_that_no_other_gets_the_report_where_nobody_named_one():
    message = case_message(1, FDA_C_5_5a="123456")
    filled, names = with_case_defaults(message, Case())
    assert [block["FDA.C.5.6.r"] for block in filled.C["FDA.C.5.6.r"]] == [Null("NA")]
    assert "FDA.C.5.6.r" in names
    assert with_case_defaults(filled, Case()) == (filled, names[:-1])
    assert with_case_defaults(case_message(1), Case())[0].C["FDA.C.5.6.r"] == ()


def test_who_may_not_export_does_not(letter_cases, make_user, tmp_path):
    nobody = make_user("researcher", "gone")
    User.objects.filter(pk=nobody.pk).update(is_active=False)
    with pytest.raises(CommandError, match="may not export"):
        exported("LETTER-P1", out=tmp_path, by="gone")


def test_a_machine_may_send_but_not_issue_an_identifier(letter_cases, api_client_user, tmp_path):
    report = exported("LETTER-P1", out=tmp_path, by="api_client")[1]
    assert report["cases"][0]["state"] == "refused"
    exported("LETTER-P1", out=tmp_path)
    assert exported("LETTER-P1", out=tmp_path, by="api_client")[1]["cases"][0]["state"] == "sent"


def test_who_sees_no_identities_sends_no_message(letter_cases, researcher, tmp_path):
    with pytest.raises(CommandError, match="may not export"):
        exported("LETTER-P1", out=tmp_path, by="researcher")


def test_the_number_of_queries_does_not_grow_with_the_cases(
    assessor, tmp_path, django_assert_max_num_queries, django_assert_num_queries
):
    imported(*written(tmp_path, file_with(*map(case_message, range(1, 61)))))
    ids = list(Case.objects.values_list("pk", flat=True))
    export = Export(assessor, Receiver.of(ICH_PROFILE), tmp_path)
    read_cases(ids[:1])
    with django_assert_max_num_queries(70):
        export_cases(ids, export, lambda result: None)
    assert Submission.objects.count() == 60


def test_a_table_for_people(letter_cases, tmp_path, capsys):
    options = {"receiver": "FDA", "out": tmp_path, "declare": OVERLAY, "by": "assessor"}
    call_command("export_icsr", "LETTER-P1", **options)
    assert "1 of 1 cases written" in capsys.readouterr().out
    assert FDA_PROFILE.name in Submission.objects.get().profile
    assert message_of(read_cases([letter_cases[0].pk])[letter_cases[0].pk]).losses
