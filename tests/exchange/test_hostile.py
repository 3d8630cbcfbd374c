"""Hostile files at this door: a clear error, bounded memory, no partial case, everybody accounted for."""

import io
import json
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from cases.models import Case, StoredFile
from e2b import write
from exchange import receiving
from exchange.models import Batch, Message, ReceivedMessage, Submission
from exchange.receiving import FileRefused, files_in
from tests import cluster
from tests.e2b.cases import batch_of, full_message
from tests.e2b.test_mutations import mutated
from tests.exchange.material import case_message, fates, file_of, imported, run, with_narrative, written
from tests.material import ACKNOWLEDGEMENTS, ICSRS, OWN_ACKNOWLEDGEMENTS, OWN_ICSRS, each, each_set

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _user(request):
    """The only one who may import, where there is a database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("assessor")


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked() -> bytes:
    """A zip that says of its member that it is encrypted."""
    content = bytearray(packed(x=b"<x/>"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def bomb() -> bytes:
    """50 MB of zeros in 50 kB."""
    return packed(**{"case.xml": bytes(50 * 1024 * 1024)})


def many_names() -> bytes:
    """A small zip that says that the list of its files takes gigabytes."""
    content = packed(x=b"<x/>")
    at = content.rindex(b"PK\x05\x06") + 12
    return content[:at] + b"\xff\xff\xff\x7f" + content[at + 4 :]


# file -> words of its refusal; nothing is stored of any of them.
REFUSED = {
    "zip bomb": (bomb, "zip bomb"),
    "zip in a zip": (lambda: packed(inner=packed(x=b"<x/>")), "zip inside a zip"),
    "zip of folders": (lambda: packed(**{"folder/": b""}), "has no files"),
    "zip of many names": (lambda: many_names(), "too many files"),
    "encrypted zip": (locked, "without a password"),
    "broken zip": (lambda: packed(x=b"<x/>")[:60], "zip can't be read"),
    "empty file": (lambda: b"", "empty"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "no XML element"),
    "document type": (lambda: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
    "other XML": (lambda: b"<html/>", "root"),
    "cut off": (lambda: file_of(case_message(1), case_message(2))[:-200], "The file is kept"),
    "UTF-7": (lambda: b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_icsr_is_refused_whole(make, words, tmp_path):
    (path,) = written(tmp_path, make())
    status, (result,) = run("import_icsr", path)
    assert (status, result["fate"]) == (1, "refused")
    assert words in result["reasons"][0]
    assert not Case.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["import_icsr", "import_ack", "validate_icsr"])
@pytest.mark.parametrize("name", ["missing.xml", "."])
def test_what_cannot_be_opened_is_said(command, name, tmp_path):
    status, (told,) = run(command, tmp_path / name)
    assert status == 1
    assert "can't be read" in json.dumps(told)


@pytest.mark.django_db
@each(OWN_ACKNOWLEDGEMENTS[:1], ACKNOWLEDGEMENTS[:1])
def test_an_acknowledgement_is_no_icsr(file):
    assert "It is an acknowledgement" in imported(file)[0]["reasons"][0]


def test_names_in_a_zip_are_never_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ("../../etc/passwd.xml", "/etc/x.xml", "C:\\evil\\y.xml", "a/../../b.xml")
    found = [name for name, _ in files_in(io.BytesIO(packed(**dict.fromkeys(names, b"<x/>"))), "z.zip")]
    assert found == ["z.zip: passwd.xml", "z.zip: x.xml", "z.zip: y.xml", "z.zip: b.xml"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [("MAX_FILES", 2, "3 files; 2 are allowed"), ("MAX_UNPACKED", 5, "more than 5 bytes")],
)
def test_a_zip_has_bounds(limit, value, words, monkeypatch):
    monkeypatch.setattr(receiving, limit, value)
    told = [one for _, one in files_in(io.BytesIO(packed(a=b"<xy/>", b=b"<xy/>", c=b"<xy/>")), "z.zip")]
    assert any(isinstance(one, FileRefused) and words in str(one) for one in told)


@pytest.mark.django_db
def test_a_message_beyond_all_bounds_is_refused_in_little_memory(tmp_path):
    """Its file is kept in pieces, never as a whole in memory."""
    large = file_of(with_narrative(case_message(1), "x" * (70 * 1024 * 1024)))
    (path,) = written(tmp_path, large)
    del large
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (result,) = imported(path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert "larger than" in result["reasons"][0]
    assert not Case.objects.exists()
    assert StoredFile.objects.filter(size__gt=2 * 1024 * 1024).count() == 0
    assert grown < 200_000, f"{grown} kB"


def account_for(samples: list[bytes], count: int, seed: int, folder: Path) -> None:
    """Import mutated messages, one file each: no exception, no partial case, each in the report."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    originals = [write(batch_of(full_message())), *samples]
    paths = []
    for number in range(count):
        path = folder / f"{number}.xml"
        path.write_bytes(mutated(chance.choice(originals), chance))
        paths.append(path)
    results = imported(*paths)
    counted = Counter(one["fate"] for one in results)
    assert {one["file"] for one in results} == {path.name for path in paths}
    assert set(counted) <= {"new", "follow_up", "nullified", "unchanged", "waiting", "refused"}
    assert all(one["reasons"] for one in results if one["fate"] in ("waiting", "refused"))
    # No case without its message, none without its version and its score.
    assert Case.objects.count() == counted["new"]
    assert not Case.objects.filter(versions=None).exists()
    assert not Case.objects.filter(summary__is_current=False).exists()
    assert not Case.objects.exclude(standings__is_current=True).exists()
    kept = ReceivedMessage.objects.values_list("state", flat=True)
    settled = Counter(kept)
    assert settled["new"] == counted["new"]
    # Two mutations may give the same bytes; the same file waits once.
    waiting = {(folder / one["file"]).read_bytes() for one in results if one["fate"] == "waiting"}
    assert settled["waiting"] == len(waiting)
    assert counted["new"] > 0


@pytest.mark.django_db
@each_set(OWN_ICSRS, ICSRS)
def test_mutated_messages_are_all_accounted_for(originals, tmp_path):
    account_for(originals, 150, 20261122, tmp_path)


@pytest.mark.slow
@pytest.mark.django_db
@each_set(OWN_ICSRS, ICSRS)
def test_ten_thousand_mutated_messages_are_all_accounted_for(originals, tmp_path):
    account_for(originals, 10_000, 7, tmp_path)


RUN = r"""
import re, sys, django
django.setup()
from django.core.management import call_command
try:
    call_command(*sys.argv[1:])
except SystemExit:
    pass
# What the parent once had doesn't count, as it would in getrusage.
print("PEAK", re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
"""


def in_a_process(*command: str) -> subprocess.Popen:
    """A command in a process of its own, over the database of the tests; at last it tells its memory."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *command],
        cwd=REPOSITORY,
        env=cluster.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def killed_and_resumed(count: int, folder: Path) -> None:
    """Kill -9 while a batch is imported; a second run completes it with nothing twice and nothing missing."""
    (path,) = written(folder, file_of(*map(case_message, range(1, count + 1))))
    first = in_a_process("import_icsr", str(path))
    try:
        until = time.monotonic() + 120
        while Message.objects.count() == 0 and first.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()
    before = Case.objects.count()
    assert 0 < before < count
    results = imported(path)
    assert Counter(fates(results)) == {"unchanged": before, "new": count - before}
    assert Case.objects.count() == Message.objects.count() == ReceivedMessage.objects.count() == count
    assert Batch.objects.count() == 1
    numbers = Case.objects.values_list("number", flat=True)
    assert set(numbers) == {f"DE-X-{number}" for number in range(1, count + 1)}
    assert not Case.objects.filter(summary__is_current=False).exists()
    assert not Case.objects.exclude(standings__is_current=True).exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_goes_on_after_kill_9(tmp_path):
    killed_and_resumed(150, tmp_path)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_thousand_go_on_after_kill_9(tmp_path):
    killed_and_resumed(1000, tmp_path)


def peaks_of(count: int, folder: Path) -> list[int]:
    """The most memory, in kB, that importing and exporting so many cases takes."""
    folder.mkdir()
    messages = (case_message(count * 100_000 + number) for number in range(count))
    (path,) = written(folder, file_of(*messages))
    peaks = []
    for command in (
        ("import_icsr", str(path)),
        ("export_icsr", "--all", "--receiver", "ICH", "--out", str(folder / "out")),
    ):
        said, _ = in_a_process(*command).communicate()
        peaks.append(int(said.rsplit("PEAK", 1)[1]))
    return peaks


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_memory_does_not_grow_with_the_number_of_cases(tmp_path):
    few, many = peaks_of(200, tmp_path / "few"), peaks_of(10_000, tmp_path / "many")
    assert Submission.objects.count() == 200 + 10_200
    # The report has a line for each message; the messages themselves are forgotten.
    assert [large - small for small, large in zip(few, many, strict=True) if large - small > 80_000] == []
