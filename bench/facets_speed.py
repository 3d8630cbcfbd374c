"""The counts beside the filters (facets), beside counting the same cases.

python -m bench.facets_speed [--cases N]
"""

import argparse
import statistics
import time
from collections.abc import Callable

from bench.scratch import registry

ROUNDS = 15
ADDRESSES = ({}, {"category": "probable,definite"}, {"atc": "L04AC", "sex": "1"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    with registry(parser.parse_args().cases):
        _measure()


def _measure() -> None:
    from cases.models import Case
    from research.facets import facets
    from research.filters import CaseFilter

    everything = Case.objects.count()
    print(f"{everything:,} cases\n{'filters':<36} {'found':>8} {'count':>9} {'facets':>9}   facets / count")
    for address in ADDRESSES:

        def filters(values: dict[str, str] = address) -> CaseFilter:
            return CaseFilter(values, queryset=Case.objects.all(), identities=True)

        matching = filters().qs.order_by().count()
        counted, faceted = _medians(lambda: filters().qs.order_by().count(), lambda: facets(filters()))
        words = " ".join(f"{name}={value}" for name, value in address.items()) or "none"
        print(f"{words:<36} {matching:>8,} {counted:6.1f} ms {faceted:6.1f} ms   {faceted / counted:5.1f}")


def _medians(*sides: Callable[[], object]) -> list[float]:
    """Median milliseconds of each, measured in turn."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for taken, side in zip(times, sides, strict=True):
            began = time.perf_counter()
            side()
            taken.append(1000 * (time.perf_counter() - began))
    return [statistics.median(taken) for taken in times]


if __name__ == "__main__":
    main()
