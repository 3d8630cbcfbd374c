"""Making synthetic cases, beside a COPY of the same rows into the same tables without triggers.

    python -m bench.generation_speed [--cases N]

Both use one connection. The rival copies the text that ours wrote, with all triggers off; indexes,
constraints and foreign keys stay.
"""

import argparse
import os
import sys

from bench.scratch import cores, per_second, registry

CHUNK = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    arguments = parser.parse_args()
    with registry(0):
        from django.core.management import call_command

        rates, times = {"ours": 0.0, "bare": 0.0}, {}
        planned = per_second(arguments.cases, lambda: plans(1, arguments.cases))
        for turn in range(3):
            rates["bare"] = max(rates["bare"], bare(2 * turn, arguments.cases))
            before = cores()
            rates["ours"] = max(rates["ours"], ours(2 * turn + 1, arguments.cases))
            times = [
                1000 * (after - was) / arguments.cases for was, after in zip(before, cores(), strict=True)
            ]
        call_command("desynthesize", yes=True, stdout=sys.stderr)
    print(f"load average {os.getloadavg()[0]:.1f}")
    print(f"plan cases, in memory         {planned:8.0f} cases/s")
    print(f"make cases, tracked           {rates['ours']:8.0f} cases/s")
    ratio = f"ratio {rates['ours'] / rates['bare']:.2f}   goal: at least 0.33"
    print(f"bare COPY of the same rows    {rates['bare']:8.0f} cases/s   {ratio}")
    print(f"a case takes {times[0]:.2f} ms of a client core, {times[1]:.2f} ms of PostgreSQL")


def plans(seed: int, count: int) -> list:
    from synthetic.generator import plan_case
    from synthetic.insertion import medicines

    drugs = medicines()
    return [plan_case(seed, 10, ordinal, drugs) for ordinal in range(1, count + 1)]


def ours(seed: int, count: int) -> float:
    from synthetic.insertion import synthesize

    return per_second(count, lambda: list(synthesize(count, seed=seed, is_scored=False, chunk=CHUNK)))


def bare(seed: int, count: int) -> float:
    """Make the cases to record their text, roll back, and copy the text."""
    import pgtrigger
    from django.db import transaction

    from cases import copying
    from cases.models import StoredFile
    from synthetic import insertion
    from synthetic import versions as synthetic_versions

    written: list[tuple] = []
    insertion.synthesizer()

    def record(model, columns, lines) -> None:
        written.append((model, columns, list(lines)))
        copying.copy_lines(*written[-1])

    with transaction.atomic():
        existing = list(StoredFile.objects.values_list("pk", flat=True))
        insertion.copy_lines = synthetic_versions.copy_lines = record
        ours(seed, count)
        insertion.copy_lines = synthetic_versions.copy_lines = copying.copy_lines
        files = list(StoredFile.objects.exclude(pk__in=existing))
        transaction.set_rollback(True)

    def copy() -> None:
        with pgtrigger.ignore(), transaction.atomic():
            StoredFile.objects.bulk_create(files)
            for lines in written:
                copying.copy_lines(*lines)

    return per_second(count, copy)


if __name__ == "__main__":
    main()
