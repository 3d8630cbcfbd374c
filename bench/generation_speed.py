"""Making cases, beside a bare COPY of the same rows into the same tables with tracking off.

    python -m bench.generation_speed [--cases N]

Both go through one connection. The bare side writes the very text that ours wrote, with all triggers off and
nothing to make; indexes, constraints and foreign keys stay.
"""

import argparse
import os
import sys

from bench.scratch import cores, per_second, registry

CHUNK = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    asked = parser.parse_args()
    with registry(0):
        from django.core.management import call_command

        rates, times = {"ours": 0.0, "bare": 0.0}, {}
        planned = per_second(asked.cases, lambda: plans(1, asked.cases))
        for turn in range(3):
            rates["bare"] = max(rates["bare"], bare(2 * turn, asked.cases))
            before = cores()
            rates["ours"] = max(rates["ours"], ours(2 * turn + 1, asked.cases))
            times = [1000 * (after - was) / asked.cases for was, after in zip(before, cores(), strict=True)]
        call_command("desynthesize", yes=True, stdout=sys.stderr)
    print(f"load average {os.getloadavg()[0]:.1f}")
    print(f"plan cases, in memory         {planned:8.0f} cases/s")
    print(f"make cases, tracked           {rates['ours']:8.0f} cases/s")
    ratio = f"ratio {rates['ours'] / rates['bare']:.2f}   goal: at least 0.33"
    print(f"bare COPY of the same rows    {rates['bare']:8.0f} cases/s   {ratio}")
    print(f"a case takes {times[0]:.2f} ms of a client core, {times[1]:.2f} ms of PostgreSQL")


def plans(seed: int, count: int) -> list:
    from synthetic.entering import medicines
    from synthetic.generator import plan_case

    drugs = medicines()
    return [plan_case(seed, 10, ordinal, drugs) for ordinal in range(1, count + 1)]


def ours(seed: int, count: int) -> float:
    from synthetic.entering import synthesize

    return per_second(count, lambda: list(synthesize(count, seed=seed, is_scored=False, chunk=CHUNK)))


def bare(seed: int, count: int) -> float:
    """Make the cases for their text, take them back, and copy the text."""
    import pgtrigger
    from django.db import transaction

    from cases import copying
    from cases.models import StoredFile
    from synthetic import entering as synthesizing
    from synthetic import versions as synthetic_versions

    written: list[tuple] = []
    synthesizing.generator()

    def note(model, columns, lines) -> None:
        written.append((model, columns, list(lines)))
        copying.copy_lines(*written[-1])

    with transaction.atomic():
        known = list(StoredFile.objects.values_list("pk", flat=True))
        synthesizing.copy_lines = synthetic_versions.copy_lines = note
        ours(seed, count)
        synthesizing.copy_lines = synthetic_versions.copy_lines = copying.copy_lines
        files = list(StoredFile.objects.exclude(pk__in=known))
        transaction.set_rollback(True)

    def copy() -> None:
        with pgtrigger.ignore(), transaction.atomic():
            StoredFile.objects.bulk_create(files)
            for lines in written:
                copying.copy_lines(*lines)

    return per_second(count, copy)


if __name__ == "__main__":
    main()
