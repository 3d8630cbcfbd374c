"""What docs/api.md tells clients to paste runs as it stands, against a server."""

import os
import re
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.api_tokens import issue
from assessments.models import ReviewerAnswer
from cases.amendment import amend
from cases.models import Case, Document, Examination, ViralTest
from e2b import Receipt, acknowledge, read, write_acknowledgement
from exchange.models import Submission
from research.filters import CaseFilter
from tests.conftest import ROOT
from tests.exchange.material import enter_sender, fda_file
from tests.standings import standing

TEXT = (ROOT / "docs" / "api.md").read_text()
BLOCKS = re.findall(r"^```(sh|python)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
PYTHON = [text for kind, text in BLOCKS if kind == "python"]
QUESTION = re.search(r'/api/v1/cases/\?([^"]+virus[^"]+)"', TEXT)[1]


@pytest.fixture
def place(transactional_db, live_server, letter_cases, reviewer, administrator, tmp_path):
    """Where an engineer stands: an address, a token, a folder."""
    _, secret = issue(
        reviewer,
        "docs",
        ["read", "full", "write", "export"],
        timezone.now() + timedelta(days=1),
        by=administrator,
    )
    return {"cwd": tmp_path, "env": {**os.environ, "REGISTRY": live_server.url, "TOKEN": secret}}


def run(command, place):
    done = subprocess.run(command, **place, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_example_runs_in_order(place):
    *reading, _, writing, changing = PYTHON
    read = [run([sys.executable, "-c", text], place) for text in reading]
    assert "LETTER-P1 probable 5" in read[0]
    written = run([sys.executable, "-c", writing + changing], place)
    assert written.startswith("DE-2026-0815")
    assert written.splitlines()[-1].endswith(" 1")
    case = Case.objects.get(number="DE-2026-0815")
    _, *others = SHELL
    for text in others:
        run(["bash", "-euc", text.replace("https://registry.example.org", "")], place)
    assert {one.name.partition(".")[2] for one in place["cwd"].iterdir()} == {"xml", "pdf", "txt"}
    assert Document.objects.get(case=case).file_name == "letter.txt"
    assert ReviewerAnswer.objects.get(case=case).key == "fever"


def test_the_script_sends_fetches_answers_and_follows(place, organisation):
    """As docs/api.md prints it; the test stands for FDA's gateway, which answers what was fetched."""
    folder = place["cwd"]
    enter_sender(organisation)
    (folder / "march.xml").write_bytes(fda_file(1))
    gateway = threading.Thread(target=answer_as_fda, args=(folder,), daemon=True)
    gateway.start()
    told = run([sys.executable, "-c", PYTHON[1]], place).splitlines()
    gateway.join()
    assert told[0].startswith("receipt ")
    assert told[1:4] == [
        "DE-X-1 new DE-X-1",
        told[2],
        "DE-X-1 accepted",
    ]
    assert told[2].startswith("DE-X-1 for FDA: {'errors': 0")
    assert told[4] == "opened DE-X-1 1 Imported from march.xml"
    assert told[-1].startswith("next time since 20")
    assert Submission.objects.get().state == "accepted"


def answer_as_fda(folder):
    """Accept the message as soon as it is there."""
    fetched, until = folder / "for-fda.xml", time.monotonic() + 60
    while not fetched.exists() and time.monotonic() < until:
        time.sleep(0.05)
    answer = acknowledge(read(fetched), [Receipt(True, "4711")], number="A-1", time="20261201101500")
    (folder / "answer.part").write_bytes(write_acknowledgement(answer))
    (folder / "answer.part").rename(folder / "answer.xml")


@pytest.mark.django_db
def test_the_researchers_question_is_one_request(machine, letter_cases, reviewer):
    """A plain second implementation over the same rows gives the same cases."""
    with amend(letter_cases[0], by=reviewer, reason="test") as amendment:
        test = amendment.add(Examination(name="HHV-6 PCR", kind="viral", result="positive", phase="reaction"))
        amendment.add(ViralTest(examination=test, virus="hhv6", specimen="whole blood"))
    page = machine.get(f"cases/?{QUESTION}").json()
    assert [one["number"] for one in page["cases"]] == plainly()
    assert page["cases"][0]["latency"]["half_lives_from_first_dose_low"]


def plainly():
    return sorted(
        {
            test.case.number
            for test in ViralTest.objects.all()
            if test.virus == "hhv6"
            and "blood" in test.specimen
            and test.examination.result == "positive"
            and standing(test.case).category in ("probable", "definite")
            and any(
                (one.drug.atc if one.drug else "").startswith("L04AC") for one in test.case.exposures.all()
            )
        }
    )


def test_the_question_uses_filters_that_there_are():
    names = {part.partition("=")[0] for part in QUESTION.split("&")}
    assert names <= set(CaseFilter.base_filters)
