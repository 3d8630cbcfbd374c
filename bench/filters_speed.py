"""The typical filters and the list, at several sizes of the registry.

    python -m bench.filters_speed [--cases N ...] [--explain]

Each figure is the time that the database takes to plan and run the query of one page of 50, as it says
itself, over changing values; the ratio is that of the 95th percentile to the smallest registry's. Names of
drugs are looked up beforehand, in about as many steps as there are names.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from functools import partial

from bench.picture import growth
from bench.scratch import in_another_process, registry

# Values of each filter, and turns for each value: the quickest turn counts, without waiting for a core.
VALUES, TURNS = 120, 3
COUNT = "count of a filter"
NAMES = (
    "class", "class and drug", "drug and peak", "latency", "narrative word", "list, page 1",
    "list, page 10,000", COUNT,
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--explain", action="store_true", help="print the plans at the largest size")
    parser.add_argument("--picture", help="also draw the growth of p95 into this SVG file")
    arguments = parser.parse_args()
    measured = {}
    for cases in arguments.cases:
        measured[cases] = in_another_process(
            measure, cases, arguments.explain and cases == max(arguments.cases)
        )
    smallest = min(arguments.cases)
    print(f"{'p50 / p95 in ms':<20}" + "".join(f"{cases:>24,}" for cases in arguments.cases))
    for name in NAMES:
        cells = []
        for cases in arguments.cases:
            middle, high = measured[cases][name]
            ratio = high / measured[smallest][name][1]
            cells.append(f"{middle:7.2f} /{high:7.2f}  x{ratio:5.1f}")
        print(f"{name:<20}" + "".join(f"{cell:>24}" for cell in cells))
    if arguments.picture:
        series = {name: [measured[cases][name][1] for cases in arguments.cases] for name in NAMES}
        growth(arguments.picture, arguments.cases, series)


def measure(cases: int, explain: bool) -> dict[str, tuple[float, float]]:
    with registry(cases):
        percentiles = {}
        for name, work in works().items():
            times = [min(milliseconds(work, number) for _ in range(TURNS)) for number in range(VALUES)]
            percentiles[name] = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            if explain and name != COUNT:
                slowest = max(range(VALUES), key=times.__getitem__)
                print(f"-- {name}\n{work(slowest).explain(analyze=True, buffers=True)}\n")
        return percentiles


def milliseconds(work: Callable[[int], object], number: int) -> float:
    """Planning and execution of a query as PostgreSQL reports them; the elapsed time of anything else."""
    query = work(number)
    began = time.perf_counter()
    if not hasattr(query, "explain"):
        query()
        return 1000 * (time.perf_counter() - began)
    plan = json.loads(query.explain(format="json", analyze=True, timing=False, summary=True))[0]
    return plan["Planning Time"] + plan["Execution Time"]


def works() -> dict[str, Callable[[int], object]]:
    """By name: a function from a number to the query of one page, the number choosing the values."""
    from cases.models import Case, Drug
    from research.case_list import PAGE_SIZE, count_of
    from research.filters import CaseFilter

    drugs = list(Drug.objects.filter(exposures__isnull=False).distinct().order_by("name"))
    classes = ("no_case", "possible", "probable", "definite")
    words = ("rigors", "lymphadenopathy", "erythroderma", "relapse", "pruritus")
    newest = Case.objects.latest("pk").pk
    deep = list(Case.objects.order_by("-pk").values_list("pk", flat=True)[: 50 * 10_000 : 50])[-1]

    def page(cases):
        return cases.order_by("-pk")[: PAGE_SIZE + 1]

    def found(**values):
        filters = CaseFilter(
            {name: str(value) for name, value in values.items()}, queryset=Case.objects.all(), identities=True
        )
        assert filters.is_valid(), filters.errors
        return filters.qs

    def drug(n: int) -> str:
        return drugs[n % len(drugs)].name

    return {
        "class": lambda n: page(found(category=classes[n % 4])),
        "class and drug": lambda n: page(found(category=classes[n % 4], drug=drug(n))),
        "drug and peak": lambda n: page(found(drug=drug(n), eosinophils_min=f"{n % 40 * 100}/mm3")),
        "latency": lambda n: page(found(latency_first_min=n % 30, latency_first_max=n % 30 + 14)),
        "narrative word": lambda n: page(found(narrative=words[n % len(words)])),
        "list, page 1": lambda n: page(Case.objects.filter(pk__lte=newest - n)),
        "list, page 10,000": lambda n: page(Case.objects.filter(pk__lte=deep + n)),
        COUNT: lambda n: partial(count_of, found(category=classes[n % 4])),
    }


if __name__ == "__main__":
    main()
