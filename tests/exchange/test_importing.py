"""Received messages become cases, follow-ups and nullifications, or wait with their reasons."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.models import Case, CaseState, CaseVersion, VersionKind
from e2b import Block, Null, diff, read
from exchange.file_chunks import read_chunks as stored_file
from exchange.import_states import set_aside
from exchange.importing import import_batch
from exchange.models import Batch, ImportState, Message, ReceivedMessage
from exchange.receiving import receive
from tests.exchange.material import (
    again,
    case_message,
    fates,
    file_of,
    imported,
    run,
    with_narrative,
    written,
)
from tests.material import ICSRS, OWN_ACKNOWLEDGEMENTS, OWN_ICSRS, REFERENCE, ROOT, each

pytestmark = pytest.mark.django_db

# What belongs to the transmission, or is the database's own.
NOT_OF_THE_CASE = ("N.", "C.1.2")


@pytest.fixture(autouse=True)
def _user(assessor):
    """The only one who may import."""


# Each of these alone is a new case, or says why it isn't.
@each([file for file in OWN_ICSRS if file.stem != "nullification"], [*ICSRS, *REFERENCE])
def test_every_example_goes_in_and_comes_out_with_all_its_elements(file):
    messages = read(file).messages
    status, results = run("import_icsr", file)
    for message, result in zip(messages, results, strict=True):
        goes_in_and_comes_out(message, status, result)
    assert b"".join(stored_file(Batch.objects.get())) == file.read_bytes()


def goes_in_and_comes_out(message, status, result):
    latest, first = message.C["C.1.5"], message.C["C.1.4"]
    if latest and first and latest.earliest < first.earliest:
        assert result["fate"] == ImportState.WAITING
        assert "can't have come before the first" in result["reasons"][0]
        return
    assert (status, result["fate"]) == (0, ImportState.NEW), result["reasons"]
    case = Case.objects.get(number=result["case"])
    lost = [
        difference
        for difference in diff(message, again(case))
        if difference.left is not None
        and not difference.element.startswith(NOT_OF_THE_CASE)
        and difference.element != "id"
    ]
    # Pairs name their reaction by our id instead of the message's.
    assert [difference for difference in lost if difference.element != "G.k.9.i.1"] == []
    assert case.summary.is_current


def test_the_samples_of_one_case_are_its_versions():
    names = ("least", "follow_up", "nullification")
    results = imported(*(ROOT / "fixtures" / "icsr" / f"{name}.xml" for name in names))
    assert fates(results) == ["new", "follow_up", "nullified"]
    kinds = [version.kind for version in Case.objects.get().versions.order_by("number")]
    assert kinds == [VersionKind.INITIAL, VersionKind.FOLLOW_UP, VersionKind.NULLIFICATION]
    assert Case.objects.get().state == CaseState.NULLIFIED


def test_a_nullification_of_what_is_not_here_waits():
    (result,) = imported(ROOT / "fixtures" / "icsr" / "nullification.xml")
    assert result["fate"] == ImportState.WAITING
    assert "isn't here" in result["reasons"][0]


def test_the_same_file_and_the_same_message_change_nothing(tmp_path):
    both = file_of(case_message(1), case_message(2))
    elsewhere = file_of(case_message(2, C_1_2="20260101000000"), number="B-2")
    first, second = written(tmp_path, both, elsewhere)
    assert fates(imported(first)) == ["new", "new"]
    before = [again(case) for case in Case.objects.all()]
    assert fates(imported(first)) == ["unchanged", "unchanged"]
    assert fates(imported(second)) == ["unchanged"]
    copy = first.rename(tmp_path / "under another name.xml")
    assert [(result["file"], result["fate"]) for result in imported(copy)] == [(copy.name, "unchanged")] * 2
    assert [again(case) for case in Case.objects.all()] == before
    assert Batch.objects.count() == 2
    assert CaseVersion.objects.count() == 2


def test_a_follow_up_becomes_a_version_with_a_visible_difference(tmp_path):
    first = case_message(1)
    news = with_narrative(case_message(1, C_1_5="20250110"), "It went on.")
    news = replace(news, E=(replace(news.E[0], values={**news.E[0].values, "E.i.7": "3"}),))
    imported(*written(tmp_path, file_of(first)))
    (result,) = imported(*written(tmp_path, file_of(news, number="B-2")))
    assert result["fate"] == "follow_up"
    notes = " ".join(result["notes"])
    assert "case narrative: A narrative. -> It went on." in notes
    assert "outcome: 1 -> 3" in notes
    case = Case.objects.get()
    assert [version.kind for version in case.versions.order_by("number")] == ["initial", "follow_up"]
    assert str(case.latest_information) == "2025-01-10"
    assert case.narrative.case_narrative == "It went on."
    assert case.summary.is_current


def test_a_follow_up_in_the_same_batch_follows_its_case(tmp_path):
    news = with_narrative(case_message(1, C_1_5="20250110"), "It went on.")
    results = imported(*written(tmp_path, file_of(case_message(1), news, case_message(2), case_message(1))))
    assert fates(results) == ["new", "follow_up", "new", "unchanged"]


def test_a_nullification_nullifies(tmp_path):
    gone = case_message(1, C_1_5="20250110", C_1_11_1="1", C_1_11_2="Duplicate of DE-X-9")
    results = imported(*written(tmp_path, file_of(case_message(1)), file_of(gone, number="B-2")))
    assert fates(results) == ["new", "nullified"]
    case = Case.objects.get()
    assert case.state == CaseState.NULLIFIED
    assert case.versions.get(number=2).kind == VersionKind.NULLIFICATION
    assert case.nullification_reason == "Duplicate of DE-X-9"
    again_gone = case_message(1, C_1_5="20250111", C_1_11_1="1", C_1_11_2="Still")
    assert fates(imported(*written(tmp_path, file_of(again_gone, number="B-3")))) == ["unchanged"]
    news = with_narrative(case_message(1, C_1_5="20250112"), "Alive")
    (waits,) = imported(*written(tmp_path, file_of(news, number="B-4")))
    assert waits["fate"] == "waiting"
    assert "nullified" in waits["reasons"][0]


# A message that can't be imported, and the words of its reason.
BAD = {
    "no identifier": (case_message(1, C_1_1=None, C_1_8_1=None), "neither C.1.1 nor C.1.8.1"),
    "dates the wrong way round": (case_message(1, C_1_4="20250201"), "can't have come before the first"),
    "nullifies what is not here": (case_message(1, C_1_11_1="1", C_1_11_2="x"), "isn't here"),
    "reaction ends before it begins": (
        replace(
            case_message(1),
            E=(case_message(1).E[0].with_values({"E.i.4": "20250105", "E.i.5": "20250101"}),),
        ),
        "can't end before its onset",
    ),
    "negative weight": (
        replace(case_message(1), D=Block("D", {"D.1": Null("MSK"), "D.3": "-3"})),
        "A weight is between 0 and 650 kg",
    ),
}


@pytest.mark.parametrize(("bad", "words"), BAD.values(), ids=BAD)
def test_a_bad_message_waits_and_stops_nobody(bad, words, tmp_path):
    (path,) = written(tmp_path, file_of(case_message(11), bad, case_message(12)))
    status, results = run("import_icsr", path)
    assert (status, fates(results)) == (1, ["new", "waiting", "new"])
    assert words in results[1]["reasons"][0]
    assert sorted(Case.objects.values_list("number", flat=True)) == ["DE-X-11", "DE-X-12"]
    assert fates(imported(path)) == ["unchanged", "waiting", "unchanged"]
    assert Message.objects.count() == ReceivedMessage.objects.count() == 3


def test_what_waits_is_imported_once_it_can_be(tmp_path):
    gone = case_message(1, C_1_5="20250110", C_1_11_1="1", C_1_11_2="x")
    early, late = written(tmp_path, file_of(gone), file_of(case_message(1), number="B-2"))
    assert fates(imported(early, late, early)) == ["waiting", "new", "nullified"]
    assert ReceivedMessage.objects.get(message__batch__number="B-1").case.state == CaseState.NULLIFIED


def test_older_news_waits(tmp_path):
    newer, older = case_message(1, C_1_5="20250601"), with_narrative(case_message(1, C_1_5="20250501"), "Old")
    results = imported(*written(tmp_path, file_of(newer), file_of(older, number="B-2")))
    assert fates(results) == ["new", "waiting"]
    assert "it is older" in results[1]["reasons"][0]


def test_a_message_of_two_cases_waits(tmp_path):
    both = case_message(1, C_1_8_1="DE-X-2", C_1_5="20250601")
    results = imported(
        *written(tmp_path, file_of(case_message(1), case_message(2)), file_of(both, number="B-2"))
    )
    assert fates(results) == ["new", "new", "waiting"]
    assert "several cases: DE-X-1, DE-X-2" in results[2]["reasons"][0]


def test_a_waiting_message_is_set_aside_with_a_reason(tmp_path, assessor, researcher):
    imported(*written(tmp_path, file_of(case_message(1, C_1_1=None, C_1_8_1=None))))
    received = ReceivedMessage.objects.get()
    with pytest.raises(PermissionDenied, match="may not"):
        set_aside(received, by=researcher, reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        set_aside(received, by=assessor, reason=" ")
    set_aside(received, by=assessor, reason="Sent to us by mistake")
    assert "Sent to us by mistake" in ReceivedMessage.objects.get().reasons[-1]
    assert received.history.count() == 2
    (result,) = imported(tmp_path / "file1.xml")
    assert result["fate"] == "set_aside"


def test_a_zip_is_many_files(tmp_path):
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in (1, 2):
            archive.writestr(f"folder/case{number}.xml", file_of(case_message(number), number=f"B-{number}"))
        archive.writestr("../../readme.txt", "no ICSR")
    results = imported(tmp_path / "many.zip")
    assert fates(results) == ["new", "new", "refused"]
    assert results[2]["file"] == "many.zip: readme.txt"
    assert Batch.objects.exclude(refusal="").get().file_name == "many.zip: readme.txt"


def test_files_of_all_kinds_in_a_zip_are_named_one_by_one(tmp_path):
    """None stops the others."""
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("case.xml", file_of(case_message(3)))
    kinds = {
        "case1.xml": (file_of(case_message(1), number="B-1"), "new"),
        "ack.xml": (OWN_ACKNOWLEDGEMENTS[0].read_bytes(), "It is an acknowledgement"),
        "event.json": (b'{"meta": {}, "results": [{"safetyreportid": "1"}]}', "openFDA"),
        "ASCII/DEMO24Q1.txt": (b"primaryid$caseid$caseversion\r\n1$2$3\r\n", "FAERS"),
        "readme.pdf": (b"%PDF-1.7", "It is a PDF"),
        "inner.zip": (nested.getvalue(), "zip inside a zip"),
        "empty.xml": (b"", "empty"),
        "case2.xml": (file_of(case_message(2), number="B-2"), "new"),
    }
    with zipfile.ZipFile(tmp_path / "kinds.zip", "w") as archive:
        for name, (content, _) in kinds.items():
            archive.writestr(name, content)
    results = imported(tmp_path / "kinds.zip")
    assert [result["file"] for result in results] == [
        f"kinds.zip: {name.rpartition('/')[2]}" for name in kinds
    ]
    for result, (_, words) in zip(results, kinds.values(), strict=True):
        assert words in (result["fate"], *result["reasons"]) or words in result["reasons"][0]
    assert Case.objects.count() == 2


def test_recognised_tests_are_reported(tmp_path):
    test = Block(
        "F.r", {"F.r.1": "20250101", "F.r.2.1": "Eosinophils", "F.r.3.2": "10000", "F.r.3.3": "/mm3"}
    )
    (result,) = imported(*written(tmp_path, file_of(replace(case_message(1), F=(test,)))))
    assert Case.objects.get().examinations.get().test == "eosinophils"
    assert "osinophils" in " ".join(result["notes"])
    assert result["score"]


def test_a_set_costs_fewer_queries_than_its_messages_one_by_one(
    assessor, tmp_path, django_assert_max_num_queries
):
    (path,) = written(tmp_path, file_of(*map(case_message, range(1, 41))))
    with path.open("rb") as stream:
        batch = receive(stream, path.name, by=assessor)
    results = []
    with django_assert_max_num_queries(100):
        import_batch(batch, by=assessor, report=results.append)
    assert {result.state for result in results} == {"new"}
    assert [result.position for result in results] == list(range(1, 41))
