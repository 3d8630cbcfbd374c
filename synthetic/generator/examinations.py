"""Laboratory series in the units of many laboratories, tests for other causes, virus tests, biopsies."""

from typing import NamedTuple

from synthetic.generator.draft import Draft
from synthetic.generator.tables import Cell
from vocabulary.test_names import read_test_name

REACTION = "reaction"
# What the kind of an examination says about its name.
CONTEXTS = {"viral": "virus", "genetic": "genetic"}


class Series(NamedTuple):
    """A test repeated over days: levels in health and at the peak of full DRESS, upper limit, units.

    Each unit comes with its factor from the first unit, its number of decimals and its share.
    """

    test: str
    name: str
    healthy: float
    full: float
    limit: float | None
    units: tuple[tuple[tuple[str, float, int], float], ...]


COUNTS = (
    (("10*9/L", 1, 2), 0.45),
    (("/mm3", 1000, 0), 0.25),
    (("{cells}/uL", 1000, 0), 0.15),
    (("K/uL", 1, 1), 0.1),
    (("/uL", 1000, 0), 0.05),
)
ENZYMES = ((("U/L", 1, 0), 0.7), (("[IU]/L", 1, 0), 0.3))
PANEL = (
    Series("eosinophils", "Eosinophils", 0.2, 5.0, None, COUNTS),
    Series("alt", "ALT", 24, 420, 40, ENZYMES),
    Series("leukocytes", "Leukocytes", 7, 18, None, COUNTS),
    Series("creatinine", "Creatinine", 70, 190, 104,
           ((("umol/L", 1, 0), 0.6), (("mg/dL", 0.0113, 2), 0.4))),
    Series("crp", "C-reactive protein", 3, 120, 5, ((("mg/L", 1, 0), 0.8), (("mg/dL", 0.1, 1), 0.2))),
    Series("ast", "AST", 22, 300, 40, ENZYMES),
    Series("alp", "Alkaline phosphatase", 70, 260, 120, ENZYMES),
    Series("bilirubin_total", "Bilirubin, total", 9, 50, 21,
           ((("umol/L", 1, 0), 0.6), (("mg/dL", 0.0585, 1), 0.4))),
    Series("atypical_lymphocytes", "Atypical lymphocytes", 0, 12, None, ((("%", 1, 0), 1.0),)),
    Series("lipase", "Lipase", 30, 120, 60, ENZYMES),
)  # fmt: skip
CAUSES = (
    ("ana", "Antinuclear antibody"),
    ("blood_culture", "Blood culture"),
    ("hepatitis_a", "Hepatitis A IgM"),
    ("hepatitis_b", "HBs antigen"),
    ("hepatitis_c", "Hepatitis C antibody"),
    ("mycoplasma", "Mycoplasma pneumoniae IgM"),
    ("chlamydia", "Chlamydia pneumoniae IgM"),
)
VIRUSES = (("hhv6", "HHV-6 DNA", 0.45), ("ebv", "EBV DNA", 0.3), ("cmv", "CMV DNA", 0.25))


def laboratory(draft: Draft) -> None:
    """Exactly `draft.labs` results: some tests, each repeated over the days of the samples."""
    chance, remaining = draft.chance, draft.labs
    panel = [series for place, series in enumerate(PANEL) if chance.happens(0.9 - 0.09 * place)] or PANEL[:1]
    share = -(-remaining // len(panel))
    days = _sample_days(draft, share)
    for series in panel:
        _series(draft, series, days[: min(share, remaining)])
        remaining -= min(share, remaining)


def _sample_days(draft: Draft, count: int) -> list[int]:
    """Days on which blood was taken, the first sometimes long before the reaction."""
    chance = draft.chance
    day = -chance.whole(1, 60) if count > 1 and chance.happens(0.25) else chance.whole(0, 2)
    days = []
    for _ in range(count):
        days.append(day)
        day = max(day, -1) + chance.whole(1, 5)
    return days


def _series(draft: Draft, series: Series, days: list[int]) -> None:
    """Before onset the healthy level; then a rise to the peak, and a fall."""
    chance, story = draft.chance, draft.story
    unit, factor, decimals = chance.weighted(series.units)
    peak = series.healthy + (series.full - series.healthy) * story.severity * chance.between(0.2, 1.4)
    highest_on = chance.whole(2, 10)
    is_in_words = not chance.happens(0.55 + story.thoroughness / 2)
    limit = f"{series.limit * factor:.{decimals}f}" if series.limit and draft.is_reported() else None
    for day in days:
        level = _level(series.healthy, peak, day, highest_on) * chance.between(0.9, 1.1)
        phase = REACTION if day >= 0 else "background"
        test = (phase, "laboratory", day, series.name, series.test)
        if is_in_words:
            text = "elevated" if level > 1.5 * series.healthy + 0.1 else "normal"
            _examination(draft, *test, "qualitative", text=text, sample=f"day {day}")
        else:
            value = f"{level * factor:.{decimals}f}"
            _examination(draft, *test, "measured", value=value, unit=unit, limit=limit, sample=f"day {day}")


def _level(healthy: float, peak: float, day: int, highest_on: int) -> float:
    if day < 0:
        return healthy
    reached = day / highest_on if day <= highest_on else max(0.0, 1 - (day - highest_on) / 30)
    return healthy + (peak - healthy) * max(reached, 0.15)


def _examination(
    draft: Draft, phase: str, kind: str, day: int, name: str, test: str, result: str, *, value: Cell = None,
    unit: str = "", text: str = "", limit: Cell = None, sample: str = "",
) -> str:  # fmt: skip
    # As the registry fills in the test of what is entered.
    test = test or read_test_name(name, unit, CONTEXTS.get(kind)).key
    qualifier = "<" if value is not None and draft.chance.happens(0.01) else "="
    position = str(len(draft.rows["Examination"]) + 1)
    cells = (
        phase,
        position,
        kind,
        draft.when(day),
        name,
        test,
        result,
        qualifier,
        value,
        unit,
        text,
        limit,
        sample,
    )
    return draft.add("Examination", *cells)


def other_causes(draft: Draft) -> None:
    chance = draft.chance
    if not chance.happens(0.7 * draft.story.thoroughness):
        return
    for test, name in CAUSES:
        if chance.happens(0.6):
            result = chance.weighted((("negative", 0.9), ("positive", 0.04), ("not_done", 0.06)))
            _examination(draft, REACTION, "laboratory", chance.whole(1, 9), name, test, result)


def viruses(draft: Draft) -> None:
    chance = draft.chance
    if not chance.happens(0.5 * draft.story.thoroughness):
        return
    for virus, name, share in VIRUSES:
        is_positive = draft.story.has_sign(chance, share)
        copies = str(chance.whole(3, 900) * 100) if is_positive and draft.is_reported() else None
        result = "positive" if is_positive else "negative"
        parent = _examination(draft, REACTION, "viral", chance.whole(8, 25), name, "", result, value=copies,
                              unit="{copies}/mL" if copies else "")  # fmt: skip
        draft.add("ViralTest", parent, virus, "pcr", chance.pick(("", "Whole blood", "Plasma")))


def biopsy(draft: Draft) -> None:
    chance = draft.chance
    if not chance.happens(0.45 * draft.story.thoroughness):
        return
    conclusion = chance.weighted((("compatible", 0.7), ("unclear", 0.2), ("other_diagnosis", 0.1)))
    parent = _examination(draft, REACTION, "biopsy", chance.whole(1, 8), "Skin biopsy", "", "positive")
    draft.add("BiopsyDetail", parent, "skin", "perivascular lymphocytes with eosinophils", conclusion)
