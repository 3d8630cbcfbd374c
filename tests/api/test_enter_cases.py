"""`enter_cases` enters the bodies of the API from files, each whole or not at all, naming what is wrong."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, CaseEvent, Examination

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(tmp_path, reviewer):
    """Write texts or data into files, enter them, and return exit code and report."""

    def run(*contents, **options):
        files = [tmp_path / f"{number}.json" for number, _ in enumerate(contents, 1)]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return command(*map(str, files), **options)

    return run


def command(*files, **options):
    out = io.StringIO()
    try:
        call_command("enter_cases", *files, json=True, stdout=out, **options)
    except SystemExit as error:
        return error.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def case(number, **values):
    return {"number": number, "report_type": "1", **values}


def test_one_case_and_a_list_of_cases_are_entered(enter):
    code, report = enter(case("A-1"), [case("A-2"), case("A-3", reason="a letter of 1 November")])
    assert code == 0
    assert [(row["position"], row["number"], row["state"]) for row in report] == [
        (1, "A-1", "entered"),
        (1, "A-2", "entered"),
        (2, "A-3", "entered"),
    ]
    assert {row["uuid"] for row in report} == {str(entered.uuid) for entered in Case.objects.all()}
    assert CaseEvent.objects.get(case_number="A-3").reason == "a letter of 1 November"


def test_a_case_with_a_problem_is_refused_whole_and_leaves_the_others(enter):
    wrong = case("B-2", examinations=[{"name": "ALT", "value": "31"}, {"name": "AST", "value": "much"}])
    code, report = enter([case("B-1"), wrong, case("B-3")])
    assert code == 1
    assert [row["state"] for row in report] == ["entered", "refused", "entered"]
    assert report[1]["number"] == "B-2"
    assert [problem["path"] for problem in report[1]["problems"]] == ["examinations[1].value"]
    assert not Examination.objects.exists()


def test_a_unit_without_a_safe_reading_is_refused_and_one_in_doubt_is_kept_as_reported(enter):
    units = ("109/L", "mil/mcL", "10*9/L")
    rows = [{"name": "Leukocytes", "value": "7", "unit": unit} for unit in units]
    _, report = enter(case("B-4", examinations=rows), case("B-5", examinations=[rows[0], rows[2]]))
    assert [row["state"] for row in report] == ["refused", "entered"]
    (problem,) = report[0]["problems"]
    assert problem["path"] == "examinations[1].unit"
    assert "such as 10*9/L" in problem["detail"]
    assert list(Examination.objects.values_list("unit", flat=True)) == ["109/L", "10*9/L"]


def test_a_number_that_is_taken_is_named(enter):
    code, report = enter([case("C-1"), case("C-1")])
    assert code == 1
    assert [row["state"] for row in report] == ["entered", "refused"]
    assert [problem["path"] for problem in report[1]["problems"]] == ["number"]


NOT_CASES = [
    (b"{", "no JSON that can be read"),
    (b"", "no JSON that can be read"),
    (b"\xff\xfe", "UTF-8"),
    (b'{"number": "D", "number": "E"}', "stands twice"),
    (b"[" * 100_000, "nested deeper"),
    (b"5", "neither a case nor a list"),
    (b'"text"', "neither a case nor a list"),
    (b"[1]", "as an object"),
    (b"[[]]", "as an object"),
    (b"[null]", "as an object"),
    (b'{"number": "D", "title": "\\u0000"}', "NUL"),
    (b'{"number": "D", "reason": 5}', "as text"),
    (b'{"number": 5}', "Write a text."),
    (b'{"report_type": "1"}', "blank"),
    (b'{"right": "x", "body": {"number": "D"}}', "no field of this name"),
]


@pytest.mark.parametrize(("content", "words"), NOT_CASES, ids=[repr(c[:20]) for c, _ in NOT_CASES])
def test_what_is_no_case_is_refused_with_its_reason(enter, content, words):
    code, report = enter(content)
    assert code == 1
    assert words in " ".join(problem["detail"] for problem in report[0]["problems"])
    assert not Case.objects.exists()


def test_a_file_that_cannot_be_read_does_not_keep_the_next_from_being_entered(enter, tmp_path):
    code, report = command(str(tmp_path / "nowhere.json"), str(tmp_path))
    assert (code, [row["state"] for row in report]) == (1, ["refused", "refused"])
    assert report[0]["file"] == str(tmp_path / "nowhere.json")
    assert "No such file" in report[0]["problems"][0]["detail"]


def test_standard_input_is_read(reviewer, monkeypatch):
    content = io.BytesIO(json.dumps(case("E-1")).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
    assert command("-")[0] == 0
    assert Case.objects.get().number == "E-1"


def test_an_empty_list_enters_nothing_and_is_no_fault(enter):
    assert enter([]) == (0, [])


def test_people_get_a_table_and_the_numbers(tmp_path, reviewer):
    file, out = tmp_path / "cases.json", io.StringIO()
    wrong = case("F-2", exposures=[{"name": "x", "doses": [{"amount": "[red]much"}]}])
    file.write_text(json.dumps([case("F-1"), wrong]))
    with pytest.raises(SystemExit):
        call_command("enter_cases", str(file), stdout=out)
    for words in ("F-1", "F-2", "exposures[0].doses[0].amount", "1 entered, 1 refused."):
        assert words in out.getvalue()


def test_who_may_not_enter_cases_is_refused(make_user, tmp_path):
    make_user("researcher", "reader")
    with pytest.raises(CommandError, match="may not amend cases"):
        call_command("enter_cases", str(tmp_path), by="reader")
