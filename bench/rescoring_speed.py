"""Rescoring a registry, beside reading the same rows and doing nothing with them.

python -m bench.rescoring_speed [--cases N] [--jobs N]
"""

import argparse
import os
import resource
import threading
import time
from collections.abc import Callable, Iterable
from itertools import islice

import psutil

from bench.scratch import registry

OUTDATE = "UPDATE cases_patient SET age = age WHERE age IS NOT NULL"
CHANGE = """UPDATE cases_examination SET value = value + 1
            WHERE test = 'eosinophils' AND result = 'measured' AND unit IN ('/mm3', '/uL', '{cells}/uL')"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    with registry(asked.cases), Memory() as memory:
        read = rate(asked.jobs, read_chunk)
        unchanged = rate(asked.jobs)
        cores = cpu(rescore), cpu(from_rows)
        rows = rate(asked.jobs, from_rows)
        sql(OUTDATE)
        counted = rate(asked.jobs)
        sql(CHANGE)
        changed = rate(asked.jobs)
    goal = "   goal: 3,000 cases/s on 2 cores" if asked.cases >= 100_000 else ""
    print(f"{asked.cases} cases, {asked.jobs} processes, load average {os.getloadavg()[0]:.1f}")
    print(f"read their rows, nothing else        {read:8.0f} cases/s")
    print(
        f"rescore --all, nothing changed       {unchanged:8.0f} cases/s   ratio {unchanged / read:.2f}{goal}"
    )
    print(f"the same --from-rows                 {rows:8.0f} cases/s   ratio {rows / read:.2f}")
    print(f"rescore --all, score rows changed    {counted:8.0f} cases/s   ratio {counted / read:.2f}")
    print(f"rescore --all, a quarter scored anew {changed:8.0f} cases/s   ratio {changed / read:.2f}")
    print("a case of which nothing changed takes, in one process:")
    for name, (client, server) in zip(("rescore --all", "the same --from-rows"), cores, strict=True):
        print(f"  {name:<35}{client:8.2f} ms of a client core, {server:.2f} ms of PostgreSQL")
    print(f"largest process                      {memory.most / 2**20:8.0f} MB        goal: below 500 MB")


class Memory(threading.Thread):
    """The largest resident size among this process and its children."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self._over = 0, threading.Event()

    def run(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.2):
            for process in (me, *me.children()):
                if process.is_running() and "postgres" not in process.name():
                    self.most = max(self.most, _resident(process))

    def __enter__(self) -> "Memory":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()
        self.most = max(self.most, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def rate(jobs: int, task: Callable[[tuple[int, ...]], object] | None = None) -> float:
    """Cases a second, from when the processes stand ready: the first chunk of each is not counted."""
    from cases.models import CaseScore
    from cases.queries.rescoring import stream_ids
    from cases.services.assessing import batched_ids, rescore_chunk
    from cases.services.workers import spread

    sizes: list[int] = []
    chunks = batched_ids(stream_ids(CaseScore.objects.all()))
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
    """Milliseconds of a core for a case, here and in PostgreSQL: other work moves them less than rates."""
    from django.db import connection

    from cases.models import CaseScore
    from cases.queries.rescoring import stream_ids
    from cases.services.assessing import batched_ids

    first, *chunks = islice(batched_ids(stream_ids(CaseScore.objects.all())), most + 1)
    task(first)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
    before = time.process_time(), sum(server.cpu_times()[:2])
    for chunk in chunks:
        task(chunk)
    after = time.process_time(), sum(server.cpu_times()[:2])
    cases = sum(map(len, chunks))
    return 1000 * (after[0] - before[0]) / cases, 1000 * (after[1] - before[1]) / cases


def rescore(ids: tuple[int, ...]) -> object:
    from cases.services.assessing import rescore_chunk

    return rescore_chunk(ids)


def from_rows(ids: tuple[int, ...]) -> object:
    from cases.services.assessing import rescore_chunk

    return rescore_chunk(ids, from_rows=True)


def read_chunk(ids: tuple[int, ...]) -> None:
    """The rows that scoring looks at, as the driver gives them."""
    from django.db import connection

    from cases.queries import records

    with connection.cursor() as cursor:
        for model in records.SOURCES:
            cursor.execute(records._selection(model)[0], [list(ids)])
            cursor.fetchall()


def sql(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
