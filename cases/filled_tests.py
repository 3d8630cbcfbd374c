"""The test of an examination is filled in from its name and unit before it is stored, where nobody chose one.

Lists, filters and research then find the row by its test. What a person chose, also "none of these tests",
is never overwritten. Whether a stored test was chosen or filled in is not kept: it was filled in if it is
what the stored name and unit lead to.
"""

from cases.models import Examination
from cases.models.examination import NO_TEST
from cases.recognition import read_test


def fill_test(row: Examination) -> None:
    """Set the test of a row that is about to be stored, if its name and unit lead to just one.

    A test that had been filled in is read anew after name, unit or kind were changed.
    """
    if row.test == NO_TEST:
        return
    reading = _reading(row)
    if row.test == "" or (row.test != reading and _was_filled_in(row)):
        row.test = reading if _is_possible(row) else ""


def _reading(row: Examination) -> str:
    return read_test("", row.name, row.unit, row.kind).key


def _was_filled_in(row: Examination) -> bool:
    """Whether the stored row has the same test, and has it from its name. One query, for a changed row."""
    if row._state.adding:
        return False
    stored = Examination.objects.only("test", "name", "unit", "kind").filter(pk=row.pk).first()
    return stored is not None and stored.test == row.test == _reading(stored)


def _is_possible(row: Examination) -> bool:
    """Whether the test can have the number; none is negative, and no share of cells is above 100 %."""
    value = Examination._meta.get_field("value").to_python(row.value)
    return value is None or (value >= 0 and (row.unit != "%" or value <= 100))
