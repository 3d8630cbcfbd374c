"""Making cases, beside a bare COPY of the same rows into the same tables with tracking off.

    python -m bench.generation_speed [--cases N]

Both go through one connection; the rows are planned beforehand for the bare side, and on the way for ours.
The bare side keeps indexes, constraints and foreign keys.
"""

import argparse
import sys

from bench.scratch import per_second, registry

CHUNK = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    asked = parser.parse_args()
    with registry(0):
        from django.core.management import call_command

        rates = {"ours": 0.0, "bare": 0.0}
        planned = per_second(asked.cases, lambda: plans(1, asked.cases))
        for turn in range(4):
            for side, make in (("ours", ours), ("bare", bare)):
                rates[side] = max(rates[side], make(turn * 2 + (side == "bare"), asked.cases))
        call_command("desynthesize", yes=True, stdout=sys.stderr)
    print(f"plan cases, in memory         {planned:8.0f} cases/s")
    print(f"make cases, tracked           {rates['ours']:8.0f} cases/s")
    ratio = f"ratio {rates['ours'] / rates['bare']:.2f}   goal: at least 0.33"
    print(f"bare COPY of the same rows    {rates['bare']:8.0f} cases/s   {ratio}")


def plans(seed: int, count: int) -> list:
    from cases.services.synthesizing import medicines
    from cases.synthesis import plan_case

    drugs = medicines()
    return [plan_case(seed, 10, ordinal, drugs) for ordinal in range(1, count + 1)]


def ours(seed: int, count: int) -> float:
    from cases.services.synthesizing import synthesize

    return per_second(count, lambda: list(synthesize(count, seed=seed, is_scored=False, chunk=CHUNK)))


def bare(seed: int, count: int) -> float:
    import pgtrigger

    from cases.services.synthesizing import generator, write_plans

    by, ready = generator(), plans(seed, count)

    def copy() -> None:
        with pgtrigger.ignore():
            for first in range(0, count, CHUNK):
                write_plans(ready[first : first + CHUNK], by)

    return per_second(count, copy)


if __name__ == "__main__":
    main()
