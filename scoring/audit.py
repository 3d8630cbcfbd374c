"""Whether a published score is attainable with the recorded evidence, and how.

A published total is never entered as evidence. It is compared: is it within the interval, which
assignments of the open items give it, and what would have to be true that the report doesn't state.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from scoring.result import Item, Result


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment of points to all items that gives the published score."""

    points: tuple[int, ...]
    changes: tuple[tuple[str, int, int], ...]  # (item, points as computed, points needed)
    total: int


@dataclass(frozen=True, slots=True)
class Audit:
    """The comparison: `combinations` counts all assignments, `assignments` are the fitting ones.

    Those with the fewest changes come first.
    """

    is_attainable: bool
    combinations: int
    assignments: tuple[Assignment, ...]
    sentence: str


def audit(
    result: Result,
    *,
    total: int | None,
    category: str | None,
    classify: Callable[[int], str],
) -> Audit:
    """Compare a published total, or a published class where no total is given, with a computed result.

    Raises ValueError when neither is given.
    """
    if total is None and category is None:
        raise ValueError("A reported score needs a total or a class.")

    def fits(points: int) -> bool:
        return (total is None or points == total) and (category is None or classify(points) == category)

    combinations = 1
    for item in result.items:
        combinations *= len(item.options)
    if total is not None and category is not None and classify(total) != category:
        sentence = f"The reported total {total} and class {category} contradict each other."
        return Audit(False, combinations, (), sentence)
    fitting = sorted(_assignments(result.items, fits), key=lambda a: (len(a.changes), _distance(a)))
    sentence = _sentence(result, total, category, fitting)
    return Audit(bool(fitting), combinations, tuple(fitting), sentence)


def _assignments(items: Sequence[Item], fits: Callable[[int], bool]) -> Iterator[Assignment]:
    for points in product(*(item.options for item in items)):
        if fits(sum(points)):
            changes = tuple(
                (item.key, item.points, chosen)
                for item, chosen in zip(items, points, strict=True)
                if item.points != chosen
            )
            yield Assignment(points, changes, sum(points))


def _distance(assignment: Assignment) -> int:
    return sum(abs(needed - computed) for _, computed, needed in assignment.changes)


def _sentence(result: Result, total: int | None, category: str | None, fitting: Sequence[Assignment]) -> str:
    reported = f"total {total}" if total is not None else f"class {str(category).replace('_', ' ')}"
    reach = f"[{result.low}, {result.high}]"
    if not fitting:
        return f"The reported {reported} contradicts the evidence, which allows totals in {reach}."
    if not fitting[0].changes:
        return f"The reported {reported} is what the evidence gives."
    ways = f"{len(fitting)} way" + ("s" if len(fitting) > 1 else "")
    return (
        f"The reported {reported} is attainable: {ways} of settling the open items give it, "
        f"each with at least {len(fitting[0].changes)} that the report does not state so."
    )
