"""What docs/api.md tells clients to paste runs as it stands, against a server."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.api_tokens import issue
from assessments.models import ReviewerAnswer
from cases.amendment import amend
from cases.models import Case, Document, Examination, ViralTest
from research.filters import CaseFilter
from tests.conftest import ROOT
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
    *reading, writing, changing = PYTHON
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
