"""Patient 2 of the letter, entered from an empty database by keyboard alone, is the case of the fixture."""

import re
import tomllib
from pathlib import Path

import pytest

from assessments.facts import facts_of
from cases.case_files import load_case
from cases.models import Case
from cases.record.read_cases import read_cases
from scoring.canonical import digest
from tests.browser.typist import read, type_in
from tests.standings import standing
from tests.web.entry.test_letter_by_form import FIXTURE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "user-guide.md"
# The guide is where the figures stand.
FIGURES = re.compile(r"(?P<fields>[\d,]+) fields and (?P<keys>[\d,]+)\s+keystrokes")
STANDING = ("category", "total", "origin", "computed_total", "low", "high")


def test_patient_2_by_keyboard_within_the_keystrokes_that_the_guide_names(
    window_of, address, assessor, drugs
):
    page = window_of(assessor, address("admin:cases_case_add"))
    taken = type_in(page, read(tomllib.loads(FIXTURE.read_text(encoding="utf-8"))))
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
        taken.keys += 1
    typed = Case.objects.get()
    text = page.get_by_text("RegiSCAR: computed 3 [-1, 9]; standing reported probable 5")
    assert text.is_visible()

    Case.objects.filter(pk=typed.pk).update(number="TYPED")
    stored = load_case(FIXTURE, by=assessor, reason="to compare with")
    rows = read_cases([typed.pk, stored.pk])
    assert digest(facts_of(rows[typed.pk])) == digest(facts_of(rows[stored.pk]))
    for name in STANDING:
        assert getattr(standing(typed), name) == getattr(standing(stored), name), name

    figures = FIGURES.search(GUIDE.read_text(encoding="utf-8"))
    messages = {name: int(number.replace(",", "")) for name, number in figures.groupdict().items()}
    assert len(taken.fields) <= messages["fields"]
    assert taken.keys <= messages["keys"]
