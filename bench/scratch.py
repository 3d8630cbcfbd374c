"""A registry of synthetic cases to measure with, on a PostgreSQL of its own, kept from run to run.

BENCH_STATE names its folder (var/bench): filling it takes longer than measuring. One database per size.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SEED = 100
STATE = Path(os.environ.get("BENCH_STATE") or Path(__file__).resolve().parent.parent / "var" / "bench")


@contextmanager
def registry(cases: int, *, is_scored: bool = True) -> Iterator[None]:
    """Django set up on a migrated database with the dictionary and so many cases, made where missing."""
    from registry.embedded import lease

    STATE.mkdir(parents=True, exist_ok=True, mode=0o711)
    with lease(STATE / "postgres", database=f"bench_{cases}") as url:
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "registry.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from registry import demo

        call_command("migrate", verbosity=0)
        demo.load_drugs()
        if cases:
            call_command("synthesize", cases, seed=SEED, labs=10, no_score=True, stdout=sys.stderr)
        if is_scored:
            call_command("rescore", outdated=True, stdout=sys.stderr)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield


def percentiles(work: Callable[[int], object], rounds: int = 200) -> tuple[float, float]:
    """Median and 95th percentile of the time of one call, in milliseconds; a tenth of the rounds warm up."""
    times = []
    for number in range(rounds + rounds // 10):
        began = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - began))
    told = statistics.quantiles(times[rounds // 10 :], n=20)
    return statistics.median(times[rounds // 10 :]), told[-1]


def per_second(count: int, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)
