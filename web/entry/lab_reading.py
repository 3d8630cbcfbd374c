"""What each part of the laboratory grid is read as, before anything is stored."""

import re
from collections.abc import Sequence
from typing import Any

from cases.models import ExaminationKind
from exchange.icsr.recognition import virus_of
from vocabulary.tables import decimal_sign, read_cell
from web.entry.lab_days import DayReading, Surroundings, read_day
from web.entry.lab_grid import Grid, TestRow
from web.entry.lab_results import (
    GivenTest,
    boxes_of,
    examination_of,
    limits_of,
    meaning_of,
    problem_of,
    signature,
)
from web.entry.readings import Shown, examination

# A choice such as 1.2340 is written so that it can't be 1234; people see 1.234.
_UNMISTAKABLE = re.compile(r"(\.\d{3})0(?!\d)")
NAME_MISSING = "Write the name of the test."


def read_grid(grid: Grid, around: Surroundings) -> dict[str, Any]:
    """The grid with what each part of it is read as, for the page."""
    days = [read_day(text, around) for text in grid.days]
    decimal = decimal_sign(text for row in grid.tests for text in row.cells)
    return {
        "days": [
            {"text": text, "meaning": day.meaning, "problem": day.problem, "choices": day.choices}
            for text, day in zip(grid.days, days, strict=True)
        ],
        "tests": [_read_row(row, days, decimal, around) for row in grid.tests],
    }


def _read_row(row: TestRow, days: Sequence[DayReading], decimal: str, around: Surroundings) -> dict[str, Any]:
    kind = ExaminationKind.VIRAL if virus_of(row.name)[0] else ExaminationKind.LABORATORY
    shown = examination({"name": row.name, "unit": row.unit, "test": row.test, "kind": kind})
    limits, problem = limits_of(row.limits, decimal)
    has_cells = any(text.strip() for text in row.cells)
    if has_cells and not row.name.strip():
        problem = NAME_MISSING
    test = GivenTest(row, limits, problem, decimal)
    texts = (*row.cells, *[""] * len(days))
    return {
        "name": row.name, "unit": row.unit, "limits": row.limits, "test": row.test,
        "problem": problem, **_as_words(shown),
        "cells": [
            _read_cell(test, text, day, around) for text, day in zip(texts, days, strict=False)
        ],
    }  # fmt: skip


def _as_words(shown: Shown) -> dict[str, Any]:
    return {
        "meaning": shown.text,
        "is_open": shown.is_open,
        "choices": shown.choices,
        "chosen_in": shown.chosen_in,
    }


def _read_cell(test: GivenTest, text: str, day: DayReading, around: Surroundings) -> dict[str, Any]:
    reading = read_cell(text, test.decimal)
    if reading.is_empty:
        return {"text": text, "meaning": "", "problem": "", "choices": (), "boxes": None}
    examined = examination_of(test, reading, day.moment)
    problem = reading.problem or problem_of(examined)
    is_stored = not problem and signature(examined) in around.stored
    is_ready = not (problem or day.problem or test.problem or is_stored)
    return {
        "text": text,
        "meaning": "already in the case" if is_stored else meaning_of(examined, reading),
        "problem": problem,
        "choices": [(choice, _UNMISTAKABLE.sub(r"\1", choice)) for choice in reading.choices],
        "is_stored": is_stored,
        "boxes": boxes_of(examined, text, reading, around.events) if is_ready else None,
    }
