"""Import with scoring and export with validation, beside their lower bounds.

    python -m bench.exchange_speed [--cases N]

Runs in a PostgreSQL cluster of its own. Beside the import, on the same messages and rows: a parse by lxml
alone, and a COPY of all rows that were made. Beside the export: the messages built and validated from rows in
memory. Prints elapsed time, and CPU time of this process and of its PostgreSQL backend.
"""

import argparse
import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from lxml import etree

from tests import cluster

os.environ["DATABASE_URL"] = cluster.url()
os.environ.setdefault("SECRET_KEY", "only-for-measurements")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.models import Organisation, User  # noqa: E402
from cases.drugs.dictionary import load_dictionary  # noqa: E402
from cases.management.collector import tune_collector  # noqa: E402
from cases.models import Case, CaseRow  # noqa: E402
from cases.record.read_cases import read_cases  # noqa: E402
from e2b import ICH_PROFILE, Block, Message, validate, write_stream  # noqa: E402
from exchange.export_job import Export  # noqa: E402
from exchange.exporting import export_cases  # noqa: E402
from exchange.icsr import message_of  # noqa: E402
from exchange.importing import import_batch  # noqa: E402
from exchange.models import Batch  # noqa: E402
from exchange.receivers import Receiver  # noqa: E402
from exchange.receiving import receive  # noqa: E402
from tests.e2b.cases import HEADER, LEAST  # noqa: E402

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", type=int, default=600)
    count = arguments.parse_args().cases
    user = prepare()
    tune_collector()  # as the commands do
    content = file_of(count)
    print(f"{count} cases of {len(content) // count:,} bytes, 10 tests and 3 drugs each\n")
    print(f"{'':<42} {'cases/s':>8} {'per CPU s':>10} {'client ms':>10} {'server ms':>10}")
    received: list[Batch] = []
    measure(
        "receive: kept, and read to its end",
        count,
        lambda: received.append(receive(io.BytesIO(content), "bench.xml", by=user)),
    )
    (batch,) = received
    refused: list[object] = []
    measure("import, with scoring", count, lambda: import_batch(batch, by=user, report=refused.append))
    assert {report.state for report in refused} == {"new"}, refused[0]  # type: ignore[attr-defined]
    measure("  bare parse by lxml", count, lambda: etree.fromstring(content))
    measure("  bare COPY of the same rows", count, copy_all)
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        export = Export(user, Receiver.of(ICH_PROFILE), Path(folder))
        outcomes: list[object] = []
        measure("export, read, checked and frozen", count, lambda: export_cases(ids, export, outcomes.append))
        assert not any(outcome.is_refused for outcome in outcomes), outcomes[0]  # type: ignore[attr-defined]
    wholes = list(read_cases(ids).values())
    measure("  read whole cases alone", count, lambda: list(read_cases(ids).values()))
    measure("  messages of rows in memory, checked", count, lambda: [checked(whole) for whole in wholes])


def prepare() -> User:
    call_command("migrate", verbosity=0)
    load_dictionary(FIXTURES / "drugs.toml")
    organisation = Organisation.objects.create(name="Bench", identifier="BENCH")
    return User.objects.create_user("bench", password="x", role="assessor", organisation=organisation)  # noqa: S106


def file_of(count: int) -> bytes:
    out = io.BytesIO()
    write_stream(HEADER, map(case, range(count)), out)
    return out.getvalue()


def case(number: int) -> Message:
    """A typical case: two reactions, three drugs with doses, ten dated tests, a narrative."""
    name = f"DE-BENCH-{number}"
    reactions = tuple(
        LEAST.E[0].with_values({"E.i.1.1a": words, "E.i.1.1b": "eng", "E.i.4": "20250105"})
        for words in ("Rash", "Fever")
    )
    reactions = tuple(Block(r.kind, r.values, {}, f"r{n}") for n, r in enumerate(reactions))
    tests = tuple(
        Block(
            "F.r",
            {
                "F.r.1": f"202501{day:02d}",
                "F.r.2.1": test,
                "F.r.3.2": str(day * 3 + number % 7),
                "F.r.3.3": unit,
            },
        )
        for day in (5, 8, 11, 14, 17)
        for test, unit in (("Eosinophils", "10*9/L"), ("ALT", "U/L"))
    )
    dose = {"G.k.4.r.1a": "5", "G.k.4.r.1b": "mg", "G.k.4.r.4": "20241220", "G.k.4.r.5": "20250104"}
    drugs = tuple(
        Block(
            "G.k",
            {"G.k.1": "1" if n == 0 else "2", "G.k.2.2": drug, "G.k.8": "1"},
            {
                "G.k.2.3.r": (Block("G.k.2.3.r", {"G.k.2.3.r.1": drug}),),
                "G.k.4.r": (Block("G.k.4.r", dose),),
                "G.k.9.i": (Block("G.k.9.i", {"G.k.9.i.1": "r0", "G.k.9.i.4": "4"}),),
            },
            f"d{n}",
        )
        for n, drug in enumerate(("carbamazepine", "paracetamol", "omeprazole"))
    )
    return Message(
        LEAST.N.with_values({"N.2.r.1": name}),
        LEAST.C.with_values({"C.1.1": name, "C.1.8.1": name, "C.1.5": "20250301"}),
        LEAST.D,
        reactions,
        tests,
        drugs,
        Block("H", {"H.1": f"Case {number}. " + "The patient developed a rash after the drug. " * 30}),
    )


def copy_all() -> None:
    """Every row of every case once more, into tables without keys, triggers and history."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not issubclass(model, (Case, CaseRow)):
                continue
            table = model._meta.db_table
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            data = io.StringIO()
            cursor.copy_expert(f"COPY {table} ({columns}) TO STDOUT", data)
            data.seek(0)
            cursor.execute(f"CREATE TEMP TABLE bare_{table} AS SELECT {columns} FROM {table} WHERE false")
            cursor.copy_expert(f"COPY bare_{table} FROM STDIN", data)


def checked(whole: object) -> object:
    return validate(message_of(whole).message, ICH_PROFILE)  # type: ignore[arg-type]


def measure(what: str, count: int, work: Callable[[], object]) -> None:
    server = backend()
    elapsed, client, before = time.perf_counter(), time.process_time(), sum(server.cpu_times()[:2])
    work()
    elapsed, client = time.perf_counter() - elapsed, time.process_time() - client
    backend_time = sum(server.cpu_times()[:2]) - before
    rates = f"{count / elapsed:8,.0f} {count / (client + backend_time):10,.0f}"
    print(f"{what:<42} {rates} {1000 * client / count:10.2f} {1000 * backend_time / count:10.2f}", flush=True)


def backend() -> psutil.Process:
    """The process of PostgreSQL that works for this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
