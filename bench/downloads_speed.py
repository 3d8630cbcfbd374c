"""Time, size and peak memory of a download of every case.

    python -m bench.downloads_speed [--cases N] [csv|parquet|xlsx ...]

Each format is made in a process of its own, de-identified.
"""

import argparse
import resource
import sys
import time

from bench.scratch import in_another_process, registry

FORMATS = ("csv", "parquet")
REPORT_EVERY = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("formats", nargs="*", default=FORMATS)
    arguments = parser.parse_args()
    in_another_process(_fill, arguments.cases)
    for format_ in arguments.formats:
        in_another_process(_measure, arguments.cases, format_)


def _fill(cases: int) -> None:
    """Fill the registry in a process of its own, which keeps it out of the peak memory of a download."""
    with registry(cases):
        pass


def _measure(cases: int, format_: str) -> None:
    with registry(cases):
        _download(format_)


def _download(format_: str) -> None:
    from cases.models import Case
    from registry import demo
    from research.downloads import download, path_of, prepare
    from research.filters import CaseFilter

    user, cases = demo.user("bench", "bench"), CaseFilter({}, queryset=Case.objects.all(), identities=True)
    order = download(user, cases, format_, is_deidentified=True)
    began, before = time.monotonic(), _megabytes()
    for _ in prepare(order):
        if order.done and not order.done % REPORT_EVERY and order.log is None:
            progress = f"{format_:<8} {order.done:>8,} of {order.total:,} cases, memory {_megabytes():.0f} MB"
            print(progress, file=sys.stderr, flush=True)
    seconds, size = time.monotonic() - began, path_of(order.log).stat().st_size / 1e6
    print(
        f"{format_:<8} {order.done:>8,} cases {sum(order.counts.values()):>11,} rows {size:8.1f} MB "
        f"{seconds:7.1f} s {order.done / seconds:7.0f} cases/s   peak memory {_megabytes():.0f} MB "
        f"(at the start {before:.0f} MB)"
    )
    path_of(order.log).unlink()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
