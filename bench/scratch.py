"""Registries of synthetic cases for measurements, on a PostgreSQL of their own, reused from run to run.

BENCH_STATE names the folder (default var/bench). Filling takes longer than measuring. One database per size.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg2

T = TypeVar("T")

SEED = 100
# Larger registries are copied from one of this size by `bench.multiply`.
MAX_GENERATED = 100_000
STATE = Path(os.environ.get("BENCH_STATE") or Path(__file__).resolve().parent.parent / "var" / "bench")


@contextmanager
def registry(cases: int, *, is_scored: bool = True) -> Iterator[None]:
    """Set up Django on a migrated database with the drug dictionary and this many cases, made where missing.

    More than `MAX_GENERATED` must be a multiple of it.
    """
    from embedded_postgres import lease

    STATE.mkdir(parents=True, exist_ok=True, mode=0o711)
    if cases > MAX_GENERATED:
        in_another_process(_copy_database, cases)
    with lease(STATE / "postgres", database=f"bench_{cases}") as url:
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "registry.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from registry import demo

        call_command("migrate", verbosity=0)
        demo.load_drugs()
        if _fill(cases, is_scored):
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        yield


def _fill(cases: int, is_scored: bool) -> bool:
    """Make and score missing cases; returns whether any were."""
    from django.core.management import call_command

    from assessments.outdated import outdated
    from cases.models import Case

    existing = Case.objects.count()
    if existing == MAX_GENERATED < cases:
        from bench.multiply import multiply

        multiply(cases // MAX_GENERATED)
    elif existing < cases:
        call_command("synthesize", cases, seed=SEED, labs=10, no_score=True, stdout=sys.stderr)
    is_due = is_scored and outdated().exists()
    if is_due:
        call_command("rescore", outdated=True, stdout=sys.stderr)
    return is_due or existing < cases


def _copy_database(cases: int) -> None:
    """A database of its own for a larger registry, as a copy of the largest that is made case by case."""
    from embedded_postgres import lease

    with lease(STATE / "postgres", database="postgres") as url:
        if _ask(url, f"SELECT datname FROM pg_database WHERE datname = 'bench_{cases}'"):
            return
        with registry(MAX_GENERATED):
            # PostgreSQL copies a database only while nobody is connected to it.
            from django.db import connection

            connection.close()
        _ask(url, f"CREATE DATABASE bench_{cases} TEMPLATE bench_{MAX_GENERATED}")


def _ask(url: str, statement: str) -> list:
    with closing(psycopg2.connect(url)) as server, server.cursor() as cursor:
        server.autocommit = True
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def in_another_process(work: Callable[..., T], *arguments: object) -> T:
    """Run in another process, as Django's settings name one database for the life of a process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def percentiles(work: Callable[[int], object], rounds: int = 200) -> tuple[float, float]:
    """Median and 95th percentile of the time of one call, in milliseconds; a tenth of the rounds warm up."""
    times = []
    for number in range(rounds + rounds // 10):
        began = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - began))
    measured = times[rounds // 10 :]
    return statistics.median(measured), statistics.quantiles(measured, n=20)[-1]


def per_second(count: int, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def cores() -> tuple[float, float]:
    """CPU seconds of this process and of its PostgreSQL backend so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
    return time.process_time(), sum(server.cpu_times()[:2])
