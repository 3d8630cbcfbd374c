"""Cases that hold in every column the most extreme value that the registry takes.

Each column has candidates, the most extreme first; one that is refused is followed by the next. What a column
takes is so found by asking the door, and a bound that is moved moves the case with it.
"""

import json
import re
from collections import Counter
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.db import models

from accounts.models import User
from api.case_entry import enter_case
from api.case_input import InvalidCaseInput
from cases.models import Case, Reaction
from cases.models.fields import MomentField
from cases.record.tree import leads_to_row, tree
from tests.canary.case import FIXED, body, uuid_of
from values.bounds import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR

REACTION = f"reaction:{uuid_of(Reaction)}"
HIGH, LOW, FINE = ("9" * 30 + "." + "9" * 30,), ("-" + "9" * 30,), ("0." + "0" * 29 + "1",)
# Moments from which others are counted: they have dates, else the events would be dated in a circle.
ANCHORS = ("Patient.birth_date", "Reaction.onset", "Reaction.end")
# The column that is to be given another value, where the error stands beside it.
REFUSED_BESIDE = {"Examination.kind": "Examination.value"}
# By the name of the case: what is tried in moments, and in numbers.
EXTREMES = {
    "EARLIEST": ([f"{FIRST_DAY}T00:00:00+14:00", f"{FIRST_DAY}T00:00:00+12:00", str(FIRST_DAY)], LOW),
    "LATEST": ([f"{LAST_DAY}T23:59:59.999999-12:00", f"{LAST_DAY}T23:59:59-12:00", str(LAST_DAY)], HIGH),
    "WIDEST": ([f"{FIRST_YEAR}..{LAST_YEAR}", str(FIRST_YEAR)], FINE),
    "ABOUT": ([f"~{LAST_YEAR}", f"~{LAST_YEAR}-12"], HIGH),
    "YEARS-AFTER": (["~birth+0..150.999999a", "birth+150a", str(LAST_YEAR)], HIGH),
    "DAYS-BEFORE": ([f"~{REACTION}-54999.999999d", "birth+54999d", str(FIRST_YEAR)], LOW),
    "MINUTES-BEFORE": ([f"{REACTION}.end-0.000001..999999.999999min", "birth+0.000001min"], FINE),
    "OPEN-AFTER": ([f"{REACTION}+7999..wk", "birth+0..d", f"{FIRST_YEAR}-12"], HIGH),
}
ATTEMPTS = 60
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def enter_extreme(name: str, by: User) -> Case:
    """Enter the case of this name of `EXTREMES`."""
    refused: Counter[str] = Counter()
    for _ in range(ATTEMPTS):
        try:
            return enter_case(_of_this_case(name, body(partial(_value, name, refused))), by=by)
        except InvalidCaseInput as error:
            refused.update({_column(problem["path"]) for problem in error.errors})
    raise AssertionError(f"{name} isn't taken: {refused.most_common(5)}")


def _of_this_case(name: str, data: dict[str, Any]) -> Any:
    """The same with UUIDs of its own, as cases share none."""
    return json.loads(UUIDS.sub(lambda match: str(uuid5(UUID(match[0]), name)), json.dumps(data)))


def _column(path: str) -> str:
    """Model.column of a path of the input."""
    table = tree()
    *tables, column = re.sub(r"\[\d+\]", "", path).split(".")
    for below in tables:
        table = next(branch for branch in table.branches if branch.name == below)
    return REFUSED_BESIDE.get(f"{table.title}.{column}", f"{table.title}.{column}")


def _value(name: str, refused: Counter[str], column: str, field: Any) -> Any:
    """The candidate of a column that wasn't refused yet; nothing once all were."""
    if leads_to_row(field):
        return str(uuid_of(field.related_model))
    if field.is_relation:
        return None
    candidates = _candidates(name, column, field)
    if refused[column] < len(candidates):
        return candidates[refused[column]]
    return FIXED.get(column) if field.null or field.choices is None else FIXED.get(column, "")


def _candidates(name: str, column: str, field: Any) -> list[Any]:
    moments, numbers = EXTREMES[name]
    if column == "Case.number":
        return [name]
    if field.choices or isinstance(field, models.BooleanField):
        return [FIXED[column]] if column in FIXED else [_choice(field)]
    if isinstance(field, MomentField):
        return [text for text in moments if column not in ANCHORS or text.lstrip("~")[0].isdigit()]
    if isinstance(field, models.DateField):
        return [str(FIRST_DAY if name in ("EARLIEST", "DAYS-BEFORE") else LAST_DAY)]
    if isinstance(field, models.DecimalField):
        return [*numbers, *_shorter(numbers[0]), "0", "1"]
    if isinstance(field, models.IntegerField):
        return [-32768, 0, 1] if numbers is LOW else [32767, 1]
    return [FIXED[column]] if column in FIXED else ["W" * (field.max_length or 100_000), "FR", "fra", "27.0"]


def _shorter(number: str) -> list[str]:
    """The number with fewer digits before and after the point."""
    sign = "-" if number.startswith("-") else ""
    if number.startswith("0."):
        return [f"0.{'0' * (digits - 1)}1" for digits in (9, 6, 4, 3, 2, 1)]
    return [f"{sign}{'9' * whole}{'.' + '9' * after if after else ''}" for whole, after in SIZES]


# Digits before and after the point, of columns that the database limits.
SIZES = [(30, 0), (12, 6), (8, 4), (6, 3), (5, 2), (3, 2), (3, 1), (2, 2), (2, 1), (3, 0), (2, 0), (1, 0)]


def _choice(field: Any) -> Any:
    if isinstance(field, models.BooleanField):
        return True
    return [key for key, _ in field.flatchoices if key not in ("", None)][-1]
