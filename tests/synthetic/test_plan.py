"""A plan is the same every time, whole, and in the spelling that the record asks for."""

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st

from synthetic.generator import COLUMNS, PARENTS, Medicine, number_of, plan_case
from values.moments import Moment

MEDICINES = {
    name: Medicine(str(key), name, "1.000", "4.000", "adult 1 4 verified", "2026.1")
    for key, name in enumerate(("allopurinol", "amoxicillin", "carbamazepine", "prednisolone"), start=1)
}
SEEDS, ORDINALS, LABS = st.integers(0, 10**9), st.integers(1, 10**7), st.integers(0, 40)


def plan(seed=1, labs=10, ordinal=1):
    return plan_case(seed, labs, ordinal, MEDICINES)


@given(SEEDS, LABS, ORDINALS)
def test_the_same_seed_gives_the_same_case(seed, labs, ordinal):
    assert plan(seed, labs, ordinal) == plan(seed, labs, ordinal)


@given(SEEDS, ORDINALS)
def test_another_seed_another_number_of_results_or_another_ordinal_gives_another_case(seed, ordinal):
    plans = [
        plan(seed, 10, ordinal),
        plan(seed + 1, 10, ordinal),
        plan(seed, 11, ordinal),
        plan(seed, 10, ordinal + 1),
    ]
    uuids = [row[0] for case in plans for rows in case.values() for row in rows]
    assert len(set(uuids)) == len(uuids)


@given(SEEDS, LABS, ORDINALS)
@settings(max_examples=300)
def test_a_plan_is_whole(seed, labs, ordinal):
    rows = plan(seed, labs, ordinal)
    for table, of_table in rows.items():
        for row in of_table:
            assert len(row) == len(COLUMNS[table]), table
            # What would end a cell or a line of COPY.
            assert not any(sign in cell for cell in row if cell is not None for sign in "\t\n\r\\")
        for column, parent in PARENTS.get(table, {}).items():
            at = COLUMNS[table].index(column)
            assert all(0 <= int(row[at]) < len(rows[parent]) for row in of_table)
    assert [len(rows[table]) for table in ("Case", "Patient")] == [1, 1]
    assert len(rows["CaseVersion"]) in (1, 2)
    assert rows["Case"][0][1] == number_of(seed, labs, ordinal)
    kind, test = (COLUMNS["Examination"].index(name) for name in ("kind", "sample"))
    assert sum(row[kind] == "laboratory" and row[test] != "" for row in rows["Examination"]) == labs


@given(SEEDS, ORDINALS)
def test_moments_are_in_canonical_spelling_and_refer_to_rows_of_the_case(seed, ordinal):
    rows = plan(seed, 10, ordinal)
    anchors = {f"{table.lower()}:{row[0]}" for table, of_table in rows.items() for row in of_table}
    for table, of_table in rows.items():
        fields = {field.column: field for field in apps.get_model("cases", table)._meta.fields}
        for at, column in enumerate(COLUMNS[table]):
            if type(fields[column]).__name__ == "MomentField":
                for text in filter(None, (row[at] for row in of_table)):
                    moment = Moment.parse(text)
                    assert str(moment) == text
                    assert not moment.is_relative or moment.anchor in anchors


def test_reports_differ_in_what_they_leave_out():
    """No detail that a report may leave out is in all of them, and none is in no report."""
    cases = [plan(ordinal=ordinal) for ordinal in range(1, 400)]
    for table in (
        "Temperature",
        "SkinExamination",
        "LymphNodeExamination",
        "ReportedScore",
        "Narrative",
        "ViralTest",
    ):
        having = sum(table in case for case in cases)
        assert 0 < having < len(cases), table
    onsets = [case["Reaction"][0][COLUMNS["Reaction"].index("onset")] for case in cases]
    kinds = {"none" if o is None else "relative" if ":" in o else len(o) for o in onsets}
    assert kinds == {"none", "relative", 7, 10}


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, cs in COLUMNS.items() for c in cs])
def test_every_planned_column_exists(table, column):
    assert column in {field.column for field in apps.get_model("cases", table)._meta.concrete_fields}
