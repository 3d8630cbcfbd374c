"""Rows for tests, saved as a service would, with nothing in them but what the test says."""

from django.db import connection

from cases.amendment import amend
from cases.models import Case, Examination, Exposure, LymphNodeExamination, Reaction
from cases.opening import opening


def open_case(by, number: str = "CASE-1", **fields) -> Case:
    with opening(number, by=by, reason="test", **fields) as amendment:
        pass
    return amendment.case


def add(case: Case, by, row):
    with amend(case, by=by, reason="test") as amendment:
        return amendment.add(row)


def sql(statement: str, *values):
    """Run SQL past every service, as somebody with a database shell would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


# What a row needs that hangs below another row of its case: column -> how to make the parent.
PARENTS = {
    "exposure": lambda: Exposure(name="a drug"),
    "reaction": lambda: Reaction(term="a reaction"),
    "examination": lambda: Examination(name="a test", result="not_done"),
}
NODES = lambda: LymphNodeExamination(result="positive")  # noqa: E731 - one word for one parent
