"""Replay published cases and constructed boundaries: `python -m scoring.vectors FILE`.

A vector gives answers per item, as strictly read from a publication and, where it differs, as a
clinician would tick them (`lenient`), with the total or class that the authors printed. For each
the runner checks: the total with unknowns as the table has them, both intervals, printed points
per item, that the published total (or range) lies inside the interval, that the published class is
among the classes the interval touches, and that the total at the reporter's word is as stated.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scoring.boundaries import check_boundary
from scoring.regiscar import v1 as rules
from scoring.regiscar.v1.table import MARKED, MODERATE, ONE, TWO_OR_MORE
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, Result

# Item of the vector file -> item of the RegiSCAR table.
ITEMS = {
    "fever_ge_38_5": "fever",
    "lymph_nodes_ge_2_sites_ge_1cm": "nodes",
    "eosinophilia": "eosinophilia",
    "atypical_lymphocytes": "atypical",
    "rash_extent_gt_50_bsa": "extent",
    "rash_suggesting_dress": "suggesting",
    "biopsy_suggesting_dress": "biopsy",
    "organ_involvement": "organs",
    "resolution_ge_15_days": "resolution",
    "other_causes_excluded": "other_causes",
}
GRADES = {
    "none": NO,
    "lt_700": NO,
    "no": NO,
    "700_to_1499": MODERATE,
    "ge_1500": MARKED,
    "present_unquantified": UNKNOWN,
    "unknown": UNKNOWN,
}
ORGAN_ANSWERS = (NO, ONE, TWO_OR_MORE)
STRICT, LENIENT = "answer", "lenient"


def main(arguments: Sequence[str]) -> int:
    """Run every vector of the files named; print a line each. Returns 0 when all passed."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    passed = failed = 0
    for name in arguments:
        for vector, faults in run(json.loads(Path(name).read_text(encoding="utf-8"))):
            passed, failed = passed + (not faults), failed + bool(faults)
            print(f"{'FAIL' if faults else 'ok  '}  {vector}" + "".join(f"\n        {f}" for f in faults))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def run(document: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The id of each vector and boundary with its faults, none where all agrees."""
    for vector in document.get("vectors", ()):
        yield vector["id"], _faults(check, vector)
    for boundary in document.get("rule_boundaries", ()):
        yield boundary["id"], _faults(lambda given: check_boundary(rules, given, ITEMS), boundary)


def _faults(checker: Callable[[Mapping[str, Any]], Iterator[str]], vector: Mapping[str, Any]) -> list[str]:
    """The faults of one vector; a vector that cannot be read does not stop the others."""
    try:
        return list(checker(vector))
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, StopIteration) as error:
        return [f"cannot be read: {error!r}"]


def check(vector: Mapping[str, Any]) -> Iterator[str]:
    """Every disagreement between one vector and the table."""
    strict, lenient = score(vector["items"], STRICT), score(vector["items"], LENIENT)
    derived = vector.get("derived_by_rule", {})
    expectations = (
        ("table_total_with_unknowns_as_table", strict.total),
        ("table_class", str(strict.category)),
        ("interval_unknowns_open", [strict.low, strict.high]),
        ("interval_lenient_unknowns_open", [lenient.low, lenient.high]),
        ("total_with_reported_answers", lenient.total),
    )
    for name, computed in expectations:
        if name in derived and derived[name] != computed:
            yield f"{name}: {derived[name]} expected, {computed} found"
    yield from _check_printed_points(vector["items"], strict)
    yield from _check_published(vector, strict)


def _check_printed_points(items: Mapping[str, Any], result: Result) -> Iterator[str]:
    for key, row in items.items():
        for name in ("points", "published_points", "printed_points"):
            if isinstance(row.get(name), int):
                item = result.item(ITEMS[key])
                if row[name] not in item.options:
                    yield f"{key}: {row[name]} points printed, {item.low} to {item.high} attainable"


def _check_published(vector: Mapping[str, Any], result: Result) -> Iterator[str]:
    reach = f"[{result.low}, {result.high}]"
    for total in _published_totals(vector):
        if not result.low <= total <= result.high:
            yield f"published total {total} is outside {reach}"
    printed = vector.get("published_class")
    if printed and printed not in map(str, result.categories):
        yield f"published class {printed} is not among {', '.join(result.categories)}"


def _published_totals(vector: Mapping[str, Any]) -> list[int]:
    totals = [vector.get("published_total"), (vector.get("alternative_published_total") or {}).get("total")]
    printed = vector.get("published_range") or vector.get("published_total_range") or []
    totals += list(printed.values()) if isinstance(printed, dict) else list(printed)
    return [total for total in totals if isinstance(total, int)]


def score(items: Mapping[str, Any], column: str) -> Result:
    """The result of the answers in one column of a vector, "answer" or "lenient"."""
    return rules.score({ITEMS[key]: _reading(ITEMS[key], row, column) for key, row in items.items()})


def _reading(key: str, row: Mapping[str, Any], column: str) -> Reading:
    if key == "organs":
        return _organs([organ.get(column, organ["answer"]) for organ in _organ_answers(row)])
    answer = row.get(column, row["answer"])
    if key == "eosinophilia":
        answer = GRADES[answer]
    choices = next(line.points for line in rules.TABLE if line.key == key)
    if answer == UNKNOWN:
        return Reading(UNKNOWN, Basis.MISSING, tuple(choices), "")
    return Reading(answer, Basis.MEASURED, (answer,), "")


def _organ_answers(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [organ for organ in row.values() if isinstance(organ, Mapping)]


def _organs(answers: list[str]) -> Reading:
    low = min(2, answers.count(YES))
    high = min(2, low + answers.count(UNKNOWN))
    if low == high:
        return Reading(ORGAN_ANSWERS[low], Basis.MEASURED, (ORGAN_ANSWERS[low],), "")
    answer = ORGAN_ANSWERS[low] if low else UNKNOWN
    return Reading(answer, Basis.MISSING, ORGAN_ANSWERS[low : high + 1], "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
