"""Tables of laboratory results as people paste them: spreadsheets, prints and e-mails, read cell by cell.

`read_table` splits a text into results with the test, unit, limits and moment of each as they were written,
and lists what it didn't understand, with the reason. `read_cell` and `read_limits` read one cell. Nothing of
a text is left out, and what may mean two things is a question.
"""

from vocabulary.tables.cells import CellReading, read_cell, split_name
from vocabulary.tables.limits import Limits, LimitsError, read_limits
from vocabulary.tables.numbers import decimal_sign
from vocabulary.tables.reading import read_table
from vocabulary.tables.record import Cell, NotRead, PastedResult, PastedTable

__all__ = [
    "Cell",
    "CellReading",
    "Limits",
    "LimitsError",
    "NotRead",
    "PastedResult",
    "PastedTable",
    "decimal_sign",
    "read_cell",
    "read_limits",
    "read_table",
    "split_name",
]
