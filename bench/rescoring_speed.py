"""What rescoring costs per case before the database: rows to facts, the score, its texts, and replay.

    python -m bench.rescoring_speed

The case is patient 1 of the letter with ten dated laboratory results more, its rows unsaved. Beside
each step runs, in turn and in one process, what no such step can be quicker than: the same objects
built with nothing decided, the same values through `json`.
"""

import json
import os
import statistics
import time
import tomllib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")
os.environ.setdefault("SECRET_KEY", "unused")
django.setup()

from bench.scoring_speed import bare  # noqa: E402
from cases.facts import Record, facts_of  # noqa: E402
from cases.facts.record import SOURCES  # noqa: E402
from cases.models import Case, CaseRow, Examination  # noqa: E402
from scoring.canonical import decode_facts, encode, encode_facts  # noqa: E402
from scoring.regiscar import v1  # noqa: E402
from values.moments import Moment  # noqa: E402

LETTER = Path(__file__).resolve().parents[1] / "fixtures" / "letter_patient_1.toml"
ROUNDS = 2000


def main() -> None:
    record = letter_with_ten_labs()
    facts = facts_of(record)
    result, facts_text = v1.assess(facts), encode_facts(facts)
    recipe = parts(facts)
    facts_plain, result_plain = json.loads(facts_text), json.loads(encode(result))
    print(f"{'':<34} {'ours':>9} {'floor':>9}   ratio")
    total = sum(
        (
            compare(
                "rows to facts / same facts",
                lambda: facts_of(record),
                lambda: [kind(*values) for kind, values in recipe],
            ),
            compare("score / same result", lambda: v1.assess(facts), lambda: bare(result)),
            compare(
                "text of facts / json.dumps",
                lambda: encode_facts(facts),
                lambda: json.dumps(facts_plain, ensure_ascii=False),
            ),
            compare(
                "text of result / json.dumps",
                lambda: encode(result),
                lambda: json.dumps(result_plain, ensure_ascii=False),
            ),
        )
    )
    print(f"{'rescore without the database':<34} {total:6.1f} us   {1e6 / total:,.0f} cases/s on one core")
    compare(
        "replay: read facts / json.loads", lambda: decode_facts(facts_text), lambda: json.loads(facts_text)
    )


def compare(name: str, ours: Callable[[], object], floor: Callable[[], object]) -> float:
    """Runs both in turn, prints their medians in microseconds and their ratio, and gives ours."""
    times: dict[Callable[[], object], list[int]] = {ours: [], floor: []}
    for _ in range(ROUNDS):
        for side, taken in times.items():
            began = time.perf_counter_ns()
            side()
            taken.append(time.perf_counter_ns() - began)
    mine, other = (statistics.median(taken) / 1000 for taken in times.values())
    print(f"{name:<34} {mine:6.1f} us {other:6.1f} us   {mine / other:5.1f}")
    return mine


def parts(thing: Any) -> list[tuple[type, tuple[Any, ...]]]:
    """Every dataclass within a thing, with its values."""
    if isinstance(thing, tuple):
        return [part for member in thing for part in parts(member)]
    if not is_dataclass(thing):
        return []
    values = tuple(getattr(thing, field.name) for field in fields(thing))
    return [*parts(values), (type(thing), values)]  # type: ignore[list-item]


def letter_with_ten_labs() -> Record:
    """Rows as the database would give them, in the units and with the dates that laboratories use."""
    document = tomllib.loads(LETTER.read_text(encoding="utf-8"), parse_float=Decimal)
    entries = {model: document.get(model._meta.model_name, []) for model in SOURCES}
    told = [
        (model, entry)
        for model, found in entries.items()
        for entry in (found if isinstance(found, list) else [found])
    ]
    rows: dict[str, CaseRow] = {
        entry.get("key", str(number)): model(pk=number) for number, (model, entry) in enumerate(told)
    }
    for row, (_, entry) in zip(rows.values(), told, strict=True):
        fill(row, entry, rows)
    onset = rows["dress"].anchor
    labs = [
        Examination(
            name=name,
            test=name,
            result="measured",
            value=Decimal(first + step * n),
            unit=unit,
            upper_limit=None if upper is None else Decimal(upper),
            when=Moment.parse(f"{onset}+{n}d"),
        )
        for name, first, step, unit, upper in (
            ("eosinophils", 500, 400, "/mm3", None),
            ("alt", 40, 30, "U/L", 40),
        )
        for n in range(5)
    ]
    record = Record(Case(number="LETTER-P1"))
    record.add([*rows.values(), *labs])
    return record


def fill(row: CaseRow, entry: dict[str, Any], rows: dict[str, CaseRow]) -> None:
    """Columns as they are written in the file; "@key" is a row, "{key}" in a moment its anchor."""
    anchors = {f"{{{key}}}": other.anchor for key, other in rows.items()}
    for name, value in entry.items():
        if isinstance(value, str) and value.startswith("@"):
            setattr(row, name, rows[value[1:]])
        elif name not in ("key", "drug"):
            for written, anchor in anchors.items():
                value = value.replace(written, anchor) if isinstance(value, str) else value
            setattr(row, name, row._meta.get_field(name).to_python(value))


if __name__ == "__main__":
    main()
