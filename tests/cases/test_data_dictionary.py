"""The data dictionary describes every column as the models do, and is the one that is committed."""

import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from cases import data_dictionary
from cases.data_dictionary import LEFT_OUT, MEANINGS, meaning_of
from cases.management.commands import data_dictionary as command
from cases.models import Case, CaseRow, CaseVersion
from e2b.elements import ICH
from scoring.instruments import INSTRUMENTS

TABLES = [model for model in apps.get_models() if issubclass(model, CaseRow | Case | CaseVersion)]
COLUMNS = [field for model in TABLES for field in model._meta.fields if field.name not in LEFT_OUT]


@pytest.fixture(scope="module")
def page():
    return data_dictionary.text()


def test_the_committed_page_is_up_to_date():
    call_command("data_dictionary", "--check")


def test_an_outdated_page_is_reported_and_written_anew(tmp_path, monkeypatch, page, capsys):
    monkeypatch.setattr(command, "PAGE", tmp_path / "page.md")
    for outdated in (None, "something else"):
        if outdated:
            command.PAGE.write_text(outdated)
        with pytest.raises(CommandError, match=r"is outdated: run `manage\.py data_dictionary`"):
            call_command("data_dictionary", "--check")
    call_command("data_dictionary")
    call_command("data_dictionary", "--check")
    assert command.PAGE.read_text() == page


def test_every_table_stands_in_it_once_and_every_column_has_its_line(page):
    parts = dict(_parts(page))
    assert len(_parts(page)) == len(parts)
    assert set(parts) == {model._meta.db_table for model in TABLES}
    for model in TABLES:
        shown = re.findall(r"^\| [^|]* `(\w+)` \|", parts[model._meta.db_table], re.M)
        columns = [field.name for field in model._meta.fields]
        assert sorted(shown) == sorted(set(columns) - {*LEFT_OUT, *data_dictionary.COMMON})


def _parts(page):
    record = page.partition("\n## Scores\n")[0]
    parts = re.split(r"^`(\w+)`, (?:no )?evidence.*\.$", record, flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def test_every_item_of_a_score_stands_in_it_with_its_answers_and_every_class_with_its_band(page):
    scores = page.partition("\n## Scores\n")[2]
    for instrument in INSTRUMENTS.values():
        for item in instrument.items:
            (line,) = (line for line in scores.splitlines() if f" `{item.key}` | " in line)
            assert all(f"`{answer}`" in line for answer in item.points)
        for band in instrument.bands:
            assert f"`{band.category}` | {band.low} to {band.high} |" in scores


def test_every_column_has_a_meaning_and_no_meaning_is_left_over():
    assert [str(field) for field in COLUMNS if not meaning_of(field)] == []
    assert MEANINGS.keys() - {field.name for field in COLUMNS if not field.help_text} == set()


def test_every_element_of_ich_that_is_of_a_case_is_on_the_page(page):
    of_cases = [name for name in ICH if not name.startswith("N.")]
    assert [name for name in of_cases if f"| {name}, " not in page and f"; {name}, " not in page] == []


LINES = (
    "| Age `age` | Age at onset. | number, digits as reported | `age_unit` |  | D.2.2a, conditional |  |",
    "| Celsius `celsius` | The temperature. | number | °C |  |  |  |",
    "- A body temperature is between 30 and 45 °C; convert from Fahrenheit if need be.",
    "`cases_document`, no evidence for the score.",
    "`cases_temperature`, evidence: every change outdates the score.",
)


@pytest.mark.parametrize("line", LINES)
def test_a_column_has_type_unit_values_element_and_constraint_sentences(page, line):
    assert line in page.splitlines()


def test_the_order_is_that_of_the_form(page):
    chapters = re.findall(r"^## (.*)$", page, re.M)
    assert chapters[1:3] == ["Report", "Patient"]
    assert chapters[-2:] == ["Versions", "Scores"]
    assert page.index("### Exposure") < page.index("### Dose") < page.index("### Reaction")
