"""Rescoring a registry, beside reading the rows that scoring needs.

    python -m bench.rescoring_speed [--cases N] [--jobs N]

Cases are changed and scored in smaller registries only; the largest one stays as it is.
"""

import argparse
import os
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice

import psutil

from bench.scratch import MAX_GENERATED, cores, registry

# Scoring more cases from their rows would take minutes.
MAX_FROM_ROWS = 10_000
OUTDATE = "UPDATE cases_patient SET age = age WHERE age IS NOT NULL"
CHANGE = """UPDATE cases_examination SET value = value + 1
            WHERE test = 'eosinophils' AND result = 'measured' AND unit IN ('/mm3', '/uL', '{cells}/uL')"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    with registry(arguments.cases):
        is_changed = arguments.cases < MAX_GENERATED
        rates = {"read their rows, nothing else": rate(arguments.jobs, read_chunk, MAX_FROM_ROWS)}
        with Memory() as memory:
            rates["rescore --all, nothing changed"] = rate(arguments.jobs)
        rates["the same --from-rows"] = rate(arguments.jobs, from_rows, MAX_FROM_ROWS)
        taken = {"rescore --all": cpu(rescore), "the same --from-rows": cpu(from_rows)}
        for change, name in ((OUTDATE, "score rows changed"), (CHANGE, "a quarter scored anew")) * is_changed:
            sql(change)
            rates[f"rescore --all, {name}"] = rate(arguments.jobs)
    print(f"{arguments.cases:,} cases, {arguments.jobs} processes, load average {os.getloadavg()[0]:.1f}")
    read = rates["read their rows, nothing else"]
    for name, cases_per_second in rates.items():
        goal = "   goal: 3,000 on 2 cores" if name == "rescore --all, nothing changed" else ""
        print(f"{name:<37}{cases_per_second:8,.0f} cases/s   ratio {cases_per_second / read:.2f}{goal}")
    print("a case of which nothing changed takes, in one process:")
    for name, (client, server) in taken.items():
        print(f"  {name:<35}{client:8.2f} ms of a client core, {server:.2f} ms of PostgreSQL")
    print("most memory of one process during rescore --all, goal below 500 MB:")
    for name, most in memory.most.items():
        print(f"  {name:<35}{most / 2**20:8.0f} MB")


class Memory(threading.Thread):
    """The largest size of this process, of its workers, and of those of PostgreSQL without shared buffers."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most: dict[str, int] = {}
        self._over = threading.Event()

    def run(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.5):
            self._note("this process", me, "rss")
            for process in me.children():
                self._note("a worker", process, "rss")
            for process in psutil.process_iter(["cmdline"]):
                if " bench_" in " ".join(process.info["cmdline"] or ()):
                    self._note("a PostgreSQL process, its own", process, "uss")

    def _note(self, name: str, process: psutil.Process, kind: str) -> None:
        with suppress(psutil.Error):
            info = process.memory_full_info() if kind == "uss" else process.memory_info()
            self.most[name] = max(self.most.get(name, 0), getattr(info, kind))

    def __enter__(self) -> "Memory":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def rate(
    jobs: int, task: Callable[[tuple[int, ...]], object] | None = None, most: int | None = None
) -> float:
    """Cases a second. The first chunk of each process is not counted, as processes start during it."""
    from assessments.assessing import batched_ids, rescore_chunk
    from assessments.outdated import stream_ids
    from cases.models import CaseSummary
    from cases.workers import spread

    sizes: list[int] = []
    chunks = batched_ids(islice(stream_ids(CaseSummary.objects.all()), most))
    began = 0.0
    for number, _ in enumerate(spread(task or rescore_chunk, counted(chunks, sizes), jobs), start=1):
        if number == jobs:
            began, before = time.perf_counter(), sum(sizes[:number])
    return (sum(sizes) - before) / (time.perf_counter() - began)


def counted(chunks: Iterable[tuple[int, ...]], sizes: list[int]) -> Iterable[tuple[int, ...]]:
    for chunk in chunks:
        sizes.append(len(chunk))
        yield chunk


def cpu(task: Callable[[tuple[int, ...]], object], most: int = 20) -> tuple[float, float]:
    """CPU milliseconds a case, here and in PostgreSQL; other work on the machine changes them little."""
    from assessments.assessing import batched_ids
    from assessments.outdated import stream_ids
    from cases.models import CaseSummary

    first, *chunks = islice(batched_ids(stream_ids(CaseSummary.objects.all())), most + 1)
    task(first)
    before = cores()
    for chunk in chunks:
        task(chunk)
    cases = sum(map(len, chunks))
    client, server = (1000 * (after - was) / cases for was, after in zip(before, cores(), strict=True))
    return client, server


def rescore(ids: tuple[int, ...]) -> object:
    from assessments.assessing import rescore_chunk

    return rescore_chunk(ids)


def from_rows(ids: tuple[int, ...]) -> object:
    from assessments.assessing import rescore_chunk

    return rescore_chunk(ids, from_rows=True)


def read_chunk(ids: tuple[int, ...]) -> None:
    """Fetch the rows that scoring needs, as the driver returns them."""
    from django.db import connection

    from cases.record.fast_rows import _selection
    from cases.record.read_cases import SCORED

    with connection.cursor() as cursor:
        for model, columns in SCORED.items():
            cursor.execute(_selection(model, columns)[0], [list(ids)])
            cursor.fetchall()


def sql(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
