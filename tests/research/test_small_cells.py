"""Small counts are withheld, and no reader works them out by subtraction from what is shown."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.small_cells import WITHHELD, Sum, protect

LESS = "<5"


def of_group(*parts, limit=5, **more):
    """Parts of a total that is shown: as they are shown."""
    counts = {"total": sum(parts), **dict(enumerate(parts))}
    group = Sum("total", tuple(range(len(parts))))
    shown = protect(counts, [group], limit=limit, exempt={"total"}, **more)
    assert shown.pop("total") == sum(parts)
    return list(shown.values())


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((10, 20, 30), [10, 20, 30]),
        ((4, 20, 30), [LESS, WITHHELD, 30]),
        ((4, 3, 30), [LESS, LESS, 30]),
        ((0, 20, 30), [LESS, WITHHELD, 30]),
        # Both are nought, as nothing is left of the total: one more is withheld.
        ((0, 0, 30, 40), [LESS, LESS, WITHHELD, 40]),
        # Both are four: no two counts below five add up to more.
        ((4, 4, 30, 40), [LESS, LESS, WITHHELD, 40]),
        # 0 and 5: nothing else adds up to 5 when the second is 5 or more, and so it protects nothing.
        ((0, 5, 30), [LESS, 5, WITHHELD]),
        ((5, 5), [5, 5]),
        ((3,), [LESS]),
        ((0, 0), [LESS, LESS]),
        ((), []),
    ],
)
def test_in_a_group_the_next_smallest_is_withheld_too(parts, shown):
    assert of_group(*parts) == shown


def test_the_limit_is_set_and_none_withholds_nothing():
    assert of_group(2, 20, 30, limit=3) == ["<3", WITHHELD, 30]
    assert of_group(0, 1, 30, limit=0) == [0, 1, 30]


def test_counts_that_add_up_to_nothing_stand_alone():
    assert protect({"hhv6": 2, "ebv": 12}, limit=5) == {"hhv6": LESS, "ebv": 12}


TESTED = Sum("tested", ("positive", "negative"))


@pytest.mark.parametrize(
    ("tested", "positive", "shown"),
    [
        (30, 12, (30, 12)),
        (30, 2, (30, LESS)),
        (30, 28, (30, WITHHELD)),  # else the two negative ones could be worked out
        (30, 30, (30, 30)),
        (3, 1, (LESS, LESS)),
    ],
)
def test_what_is_nowhere_shown_is_not_worked_out_either(tested, positive, shown):
    counts = {"tested": tested, "positive": positive, "negative": tested - positive}
    assert tuple(protect(counts, [TESTED], limit=5, hidden={"negative"}).values()) == shown


def of_classes(classes, limit):
    """Classes with their settled cases, whose open ones are nowhere shown, in a total that is."""
    counts = {
        "total": sum(map(sum, classes)),
        "yes": sum(s for s, _ in classes),
        "no": sum(o for _, o in classes),
    }
    keys = range(len(classes))
    for at, (settled, open_) in enumerate(classes):
        counts |= {f"class{at}": settled + open_, f"settled{at}": settled, f"open{at}": open_}
    sums = [
        Sum("total", tuple(f"class{at}" for at in keys)),
        Sum("total", ("yes", "no")),
        Sum("yes", tuple(f"settled{at}" for at in keys)),
        Sum("no", tuple(f"open{at}" for at in keys)),
        *(Sum(f"class{at}", (f"settled{at}", f"open{at}")) for at in keys),
    ]
    hidden = {f"open{at}" for at in keys}
    return counts, sums, protect(counts, sums, limit=limit, exempt={"total"}, hidden=hidden)


def test_settled_cases_do_not_give_a_class_away():
    _, _, shown = of_classes([(0, 0), (7, 0), (40, 40)], 5)
    assert shown["class0"] == LESS
    assert shown["class1"] == WITHHELD
    # 7 settled ones in the second class would leave nought for the first.
    assert shown["settled1"] == WITHHELD


def test_where_all_are_open_the_classes_are_shown():
    """Withheld is how many are open in all: nothing else protects that none is settled."""
    _, _, shown = of_classes([(0, 7), (0, 13), (0, 38)], 5)
    assert [shown[f"class{at}"] for at in range(3)] == [7, 13, 38]
    assert (shown["yes"], shown["no"], shown["settled0"]) == (LESS, WITHHELD, LESS)


SMALL = st.integers(0, 5)
FEW = settings(deadline=None, max_examples=60)


@given(st.lists(SMALL, min_size=1, max_size=3), st.integers(1, 4))
@FEW
def test_every_withheld_count_of_a_group_has_two_possible_values(parts, limit):
    shown = of_group(*parts, limit=limit)
    possible = [
        values
        for values in product(range(sum(parts) + 1), repeat=len(parts))
        if sum(values) == sum(parts) and all(fits(*pair, limit) for pair in zip(values, shown, strict=True))
    ]
    for at, cell in enumerate(shown):
        if isinstance(cell, str) and any(not isinstance(other, str) for other in shown):
            assert len({values[at] for values in possible}) > 1


@given(st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=2), st.integers(1, 3))
@FEW
def test_every_small_count_of_classes_has_two_possible_values(classes, limit):
    counts, _, shown = of_classes(classes, limit)
    possible = []
    for a, b, c in product(range(counts["total"] + 1), repeat=3):
        if (d := counts["total"] - a - b - c) < 0:
            continue
        other = of_classes_counts(a, b, c, d)
        if all(fits(other[key], cell, limit) for key, cell in shown.items()):
            possible.append(other)
    for key, cell in shown.items():
        if isinstance(cell, str) and any(isinstance(shown[k], int) for k in shown if k != "total"):
            assert len({other[key] for other in possible}) > 1, (key, shown)


def of_classes_counts(*cells):
    a, b, c, d = cells
    of_classes = {"class0": a + b, "settled0": a, "class1": c + d, "settled1": c}
    return {"total": sum(cells), "yes": a + c, "no": b + d, **of_classes}


def fits(value, cell, limit):
    """Whether a count may stand behind what is shown."""
    if cell == WITHHELD:
        return value >= limit
    return value < limit if isinstance(cell, str) else value == cell
