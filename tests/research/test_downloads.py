"""Downloads: every row of the database, harmless in a spreadsheet, logged, and without identities."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assessments.models import AssessmentItem, Standing
from cases.amendment import amend
from cases.models import (
    Case,
    CaseSummary,
    Drug,
    ExportLog,
    LiteratureReference,
    Narrative,
    Patient,
    Reaction,
    Reporter,
)
from cases.record.case_record import SOURCES
from research import downloads, table_files
from research.deidentified import TABLE
from research.downloads import download, file_name, path_of, prepare
from research.exports import Column, ExportTable
from research.filters import CaseFilter
from research.table_files import CannotHold, CsvFiles, Workbook, as_csv, csv_line
from synthetic.insertion import synthesize
from tests.cases.rows import open_case, sql
from tests.pseudonyms import pseudonym
from values.moments import Moment

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SECRET = (
    "INITIALS-X",
    "Surname-X",
    "narrative word",
    "10.1000/doi-x",
    "HOSPITAL-NO",
    "1971-05-17",
    "17 May 1971",
    "a@b.example",
)


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.K_ANONYMITY_FLOOR = 1  # two cases are never alike; the floor: test_download_requests.py


def taken(user, format_, address="", **more):
    """The file of a download, opened, and its order."""
    filters = CaseFilter(QueryDict(address), queryset=Case.objects.all(), identities=True)
    order = download(user, filters, format_, **more)
    list(prepare(order))
    return zipfile.ZipFile(path_of(order.log)), order


def table(archive, name):
    """A table as dictionaries: of CSV, or of a worksheet."""
    if f"{name}.csv" in archive.namelist():
        return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode(), newline="")))
    return [dict(zip(*pair, strict=False)) for pair in pairs(sheet(archive, name))]


def pairs(rows):
    return [(rows[0], row) for row in rows[1:]]


def sheet(archive, name):
    """The cells of a worksheet as text, in their columns."""
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    names = [one.get("name") for one in book.iter(f"{SHEET}sheet")]
    root = etree.fromstring(archive.read(f"xl/worksheets/sheet{names.index(name) + 1}.xml"))
    assert not list(root.iter(f"{SHEET}f")), "a formula"
    return [[cell_text(cell) for cell in row] for row in root.iter(f"{SHEET}row")]


def cell_text(cell):
    return "".join(cell.itertext())


def rows_in_database():
    counts = {
        model._meta.model_name: model.objects.filter(
            **{"pk__in" if model is Case else "case__in": ids()}
        ).count()
        for model in TABLE
    }
    items = AssessmentItem.objects.filter(assessment__in=Standing.objects.values("computed"))
    return {**counts, "assessmentitem": items.count(), "drug": Drug.objects.count()}


def ids():
    return Case.objects.values("pk")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("role", ["researcher", "assessor"])
def test_every_row_leaves_and_the_manifest_says_so(letter_cases, make_user, monkeypatch, format_, role):
    monkeypatch.setattr(downloads, "CHUNK", 7)
    monkeypatch.setattr(table_files, "ROW_GROUP", 50)
    list(synthesize(20, seed=5))
    archive, order = taken(make_user(role, "somebody"), format_, is_deidentified=role == "researcher")
    expected = rows_in_database()
    assert order.counts == expected == order.log.row_counts
    assert (order.done, order.total, order.log.cases) == (22, 22, 22)
    for name, count in expected.items():
        assert rows_of(archive, name) == count, name
    if format_ != "xlsx":
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["cases"] == 22
        assert_counts(manifest["rows"], expected, hides_small=role == "researcher")
        assert b"# Data dictionary" in archive.read("data-dictionary.md")
        assert archive.read("columns.csv").startswith(b'"table","column","kind","meaning"\r\n')


def assert_counts(shown, expected, *, hides_small):
    """Every count, or for readers without identities those that are not small."""
    assert shown.keys() == expected.keys()
    small = {name for name, count in expected.items() if count < 5} if hides_small else set()
    assert {name for name, count in shown.items() if count == "<5"} == small
    assert all(count == expected[name] for name, count in shown.items() if isinstance(count, int))


def rows_of(archive, name):
    if f"{name}.parquet" in archive.namelist():
        return pq.read_table(io.BytesIO(archive.read(f"{name}.parquet"))).num_rows
    return len(table(archive, name)) if f"{name}.csv" in archive.namelist() else len(sheet(archive, name)) - 1


@pytest.fixture
def case_with_secrets(assessor):
    case = open_case(assessor, "SECRET-1", first_received="2020-01-31")
    with amend(case, by=assessor, reason="test") as amendment:
        amendment.add(Reporter(family_name=SECRET[1], verbatim=SECRET[2], country="FR"))
        amendment.add(Narrative(case_narrative=f"The {SECRET[2]} of {SECRET[0]}"))
        amendment.add(LiteratureReference(citation=SECRET[2], doi=SECRET[3]))
        amendment.add(Reaction(term="rash", onset=Moment.parse("2020-01-15")))
        amendment.add(
            Patient(
                initials=SECRET[0],
                hospital_record=SECRET[4],
                birth_date=Moment.parse(SECRET[5]),
                age=48,
                age_unit="a",
                history_text=SECRET[2],
                death_date=Moment.parse("2020-02"),
            )
        )
    return case


def everything(archive):
    return b"\n".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")


def test_who_sees_no_identities_takes_none(case_with_secrets, researcher):
    archive, order = taken(researcher, "csv")
    text = everything(archive)
    assert [
        secret for secret in (*SECRET, "2020-01") if secret in text.replace(order.log.at.isoformat(), "")
    ] == []
    (patient,) = table(archive, "patient")
    assert (patient["age"], patient["death_date_days_least"], patient["death_date_days_most"]) == (
        "48",
        "17",
        "45",
    )
    # A day of receipt beside the day on which the case was seen first would date the onset.
    assert not {column for column in table(archive, "case")[0] if "received" in column or "created" in column}
    assert table(archive, "reaction")[0]["onset_days_least"] == "0"
    assert table(archive, "reporter")[0]["country"] == "FR"


def test_neither_keys_nor_rows_show_the_order_of_entry(letter_cases, researcher):
    list(synthesize(10, seed=5))
    tables, archive = {}, taken(researcher, "csv")[0]
    for name in archive.namelist():
        if name.endswith(".csv") and name not in ("columns.csv", "drug.csv"):
            tables[name.removesuffix(".csv")] = table(archive, name.removesuffix(".csv"))
    cases = [row["id"] for row in tables["case"]]
    assert cases == sorted(CaseSummary.objects.values_list("pseudonym", flat=True))
    for name, rows in tables.items():
        places = [cases.index(row["id" if name == "case" else "case_id"]) for row in rows]
        assert places == sorted(places), name
        keys = [row[key] for row in rows for key in row if key.endswith("_id") or key == "id"]
        assert not [key for key in keys if key.isdigit() and key not in drug_keys()], name
    exposures = {row["id"] for row in tables["exposure"]}
    assert {row["exposure_id"] for row in tables["dose"]} <= exposures


def drug_keys():
    return {str(pk) for pk in Drug.objects.values_list("pk", flat=True)}


def test_who_sees_identities_takes_them_if_asked(case_with_secrets, assessor):
    text = everything(taken(assessor, "csv", is_deidentified=False)[0])
    assert [secret for secret in SECRET[:6] if secret not in text] == []
    assert "Surname-X" not in everything(taken(assessor, "csv")[0])


def test_a_researcher_may_not_ask_for_identities(letter_cases, researcher):
    with pytest.raises(PermissionDenied, match="without identities only"):
        taken(researcher, "csv", is_deidentified=False)
    assert not ExportLog.objects.exists()


def test_who_may_not_export_takes_nothing(letter_cases, make_user):
    user = make_user("researcher", "gone")
    user.is_active = False
    with pytest.raises(PermissionDenied):
        taken(user, "csv")


@pytest.mark.parametrize(("format_", "address"), [("pdf", ""), ("csv", "category=sure")])
def test_a_format_or_filter_that_is_wrong_is_named(letter_cases, researcher, format_, address):
    with pytest.raises(ValueError, match=r"There is no format “pdf”|Mend the filters"):
        taken(researcher, format_, address)


def test_only_the_cases_of_the_filter_leave_and_the_log_says_which(letter_cases, researcher):
    archive, order = taken(researcher, "csv", "drug=anakinra&category=definite,probable")
    assert [row["pseudonym"] for row in table(archive, "casesummary")] == [pseudonym("LETTER-P2")]
    log = ExportLog.objects.get()
    assert (log.by, log.by_name, log.format, log.cases) == (researcher, "researcher", "csv", 1)
    assert log.filters == "category=definite%2Cprobable&drug=anakinra"
    assert log.is_deidentified
    assert log.row_counts["exposure"] == len(table(archive, "exposure"))
    assert file_name(log).endswith("-deidentified-csv.zip")
    assert order.log == log


@pytest.mark.parametrize("statement", ["UPDATE cases_exportlog SET cases = 0", "DELETE FROM cases_exportlog"])
def test_the_log_is_append_only(letter_cases, researcher, statement):
    taken(researcher, "csv")
    with pytest.raises(DatabaseError, match="Cannot"):
        sql(statement)


def test_a_file_is_kept_for_an_hour(letter_cases, researcher, monkeypatch):
    _, order = taken(researcher, "csv")
    assert path_of(order.log) is not None
    monkeypatch.setattr(downloads, "LIFETIME_SECONDS", -1)
    assert path_of(order.log) is None
    list(prepare(download(researcher, order.filters, "csv")))
    assert len(list(downloads._downloads_folder().iterdir())) == 1


def test_a_timer_removes_what_nobody_fetches(letter_cases, researcher, monkeypatch, capsys):
    _, order = taken(researcher, "csv")
    call_command("remove_downloads")
    assert path_of(order.log) is not None
    monkeypatch.setattr(downloads, "LIFETIME_SECONDS", -1)
    call_command("remove_downloads")
    assert list(downloads._downloads_folder().iterdir()) == []
    assert capsys.readouterr().out.endswith("removed: 0.\nExpired downloads removed: 1.\n")


def test_texts_are_in_quotes_and_come_back():
    cells = ("=1+1", "'quoted", 'a "word"', "two\nlines", Decimal("-3.50"), None, True, "")
    line = csv_line(cells)
    assert line.startswith('"\'=1+1","\'\'quoted"') and line.endswith(',-3.50,,true,""\r\n')  # noqa: PT018
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert [text.removeprefix("'") for text in row[:4]] == list(cells[:4])


def test_what_fails_leaves_no_file_and_no_log(letter_cases, assessor, monkeypatch):
    monkeypatch.setattr(table_files, "MAX_CHARACTERS", 20)
    with pytest.raises(CannotHold, match=r"holds 20\. Take CSV or Parquet"):
        taken(assessor, "xlsx", is_deidentified=False)
    assert not ExportLog.objects.exists()
    assert list(downloads._downloads_folder().iterdir()) == []


def test_the_number_of_queries_grows_with_chunks_and_not_with_cases(
    letter_cases, researcher, django_assert_num_queries
):
    tables, evidence = len(TABLE) + 2, 1 + len(SOURCES)
    for count in (3, 12):
        list(synthesize(count, seed=6))
        filters = CaseFilter(QueryDict(""), queryset=Case.objects.all(), identities=True)
        # Which cases, how alike they are, nullified ones left out, each table; what days are counted from,
        # the names of drugs, the facts of the sentences; how few are apart from earlier downloads, before and
        # after, with the lock, the cases and the note of them; the log.
        with django_assert_num_queries(3 + tables + evidence + 2 + 7 + 1):
            list(prepare(download(researcher, filters, "parquet")))


FORMULAS = st.builds(
    lambda sign, rest: sign + rest,
    st.sampled_from(list("=+-@\t\r\n'＝＋－＠")),
    st.text(st.characters(codec="utf-8")),
)


@given(FORMULAS)
def test_no_text_begins_as_a_formula(text):
    assert as_csv(text) == f"'{text}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [(Decimal("-3.50"), "-3.50"), (-3, "-3"), (None, ""), (True, "true"), ("plain", "plain"), ("a=b", "a=b")],
)
def test_numbers_keep_their_sign_and_digits(cell, text):
    assert as_csv(cell) == text


def one_table(*cells):
    columns = tuple(Column(f"c{at}", "text", "") for at in range(len(cells)))
    return ExportTable("one", columns, "", lambda row, timelines: row)


def test_text_of_a_workbook_is_never_a_formula_nor_a_link(tmp_path):
    folder = tmp_path / "making"
    folder.mkdir()
    cells = ("=1+1", "http://example.org", "12", "+A1", "{=A1}")
    known = one_table(*cells)
    book = Workbook([known], folder)
    assert book.write(known, [cells]) == 1
    book.close(tmp_path / "out.xlsx", {"manifest.json": "=1"})
    archive = zipfile.ZipFile(tmp_path / "out.xlsx")
    assert sheet(archive, "one")[1] == list(cells)
    assert sheet(archive, "manifest") == [["=1"]]


def test_what_a_worksheet_cannot_hold_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(table_files, "MAX_ROWS", 4)
    folder = tmp_path / "making"
    folder.mkdir()
    known = one_table("a")
    book = Workbook([known], folder)
    assert book.write(known, [(str(number),) for number in range(8)]) == 8
    book.close(tmp_path / "out.xlsx", {})
    archive = zipfile.ZipFile(tmp_path / "out.xlsx")
    numbers = [row[0] for name in ("one", "one 2", "one 3") for row in sheet(archive, name)[1:]]
    assert numbers == [str(number) for number in range(8)]


def test_lines_and_quotes_survive_csv(tmp_path):
    folder = tmp_path / "making"
    folder.mkdir()
    cells = ('a "b", c', "two\nlines", "")
    known = one_table(*cells)
    files = CsvFiles([known], folder)
    files.write(known, [cells])
    files.close(tmp_path / "out.zip", {})
    (row,) = table(zipfile.ZipFile(tmp_path / "out.zip"), "one")
    assert tuple(row.values()) == cells
