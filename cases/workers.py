"""Spread chunks of work over processes, each with a database connection of its own.

A process that dies is replaced and its chunk repeated, so a task must be safe to repeat. When the parent dies
or reads no more results, each process ends after its present chunk.
"""

import gc
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

import django

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

# After so many processes that died of one chunk, the chunk is at fault.
MOST_CRASHES = 3
# Whole chunks of cases live until their work is done: looking for garbage among them every 700 objects, as
# Python does by itself, costs rescoring a sixth of its time and finds nothing.
OBJECTS_BETWEEN_COLLECTIONS = 100_000
# Forked children would share the parent's database socket and threads; these start afresh.
_PROCESSES = get_context("spawn")


class WorkerFailed(Exception):
    """A task raised an error in another process; the text is that of its traceback."""


def spread(task: Callable[[Chunk], Result], chunks: Iterable[Chunk], jobs: int) -> Iterator[Result]:
    """Do a task with every chunk; yield the results as they come. In this process if `jobs` is 1.

    The task is a function of a module, or a `partial` of one. Raises WorkerFailed.
    """
    if jobs == 1:
        yield from map(task, chunks)
        return
    pool = _Pool(task, jobs)
    try:
        yield from pool.work(iter(chunks))
    finally:
        pool.close()


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    chunk: Any = None
    crashes: int = 0


class _Pool:
    def __init__(self, task: Callable[[Any], Any], size: int) -> None:
        self.task = task
        self.workers = [self._start() for _ in range(size)]

    def _start(self, chunk: Any = None, crashes: int = 0) -> _Worker:
        ours, theirs = _PROCESSES.Pipe()
        process = _PROCESSES.Process(target=_serve, args=(theirs, _database()), daemon=True)
        process.start()
        theirs.close()
        ours.send(self.task)
        return _Worker(process, ours, chunk, crashes)

    def work(self, chunks: Iterator[Any]) -> Iterator[Any]:
        busy = {worker.pipe: worker for worker in self.workers if self._send(worker, next(chunks, None))}
        while busy:
            for pipe in wait(list(busy)):
                worker = busy.pop(pipe)  # type: ignore[call-overload]
                try:
                    result = worker.pipe.recv()
                except (EOFError, ConnectionResetError):
                    worker = self._replace(worker)
                    busy[worker.pipe] = worker
                    continue
                if isinstance(result, WorkerFailed):
                    raise result
                if self._send(worker, next(chunks, None)):
                    busy[worker.pipe] = worker
                yield result

    def _send(self, worker: _Worker, chunk: Any) -> bool:
        if chunk is None:
            return False
        worker.chunk, worker.crashes = chunk, 0
        with suppress(BrokenPipeError, ConnectionResetError):  # it died idle; `recv` will raise
            worker.pipe.send(chunk)
        return True

    def _replace(self, dead: _Worker) -> _Worker:
        dead.process.join()
        dead.pipe.close()
        if dead.crashes + 1 == MOST_CRASHES:
            raise WorkerFailed(f"{MOST_CRASHES} processes died over the same chunk: {dead.chunk!r:.200}")
        worker = self._start(dead.chunk, dead.crashes + 1)
        worker.pipe.send(worker.chunk)
        self.workers[self.workers.index(dead)] = worker
        return worker

    def close(self) -> None:
        for worker in self.workers:
            worker.pipe.close()
        for worker in self.workers:
            worker.process.join()


def _database() -> str:
    """The database that this process works on, which need not be that of the settings."""
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def _serve(pipe: Connection, database: str) -> None:
    """The work of one process: a task, then chunk after chunk until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which lets us finish
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    try:
        task = pipe.recv()
        while True:
            chunk = pipe.recv()
            pipe.send(_attempt(task, chunk))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    finally:
        connection.close()


def _attempt(task: Callable[[Any], Any], chunk: Any) -> Any:
    try:
        return task(chunk)
    except Exception:
        return WorkerFailed(traceback.format_exc())
