"""How long a download of every case takes, how large it is, and what memory the process comes to hold.

    python -m bench.downloads_speed [csv|parquet|xlsx ...]

Speaks to the database of DATABASE_URL, else the embedded one, as it is: fill it with `manage.py synthesize`.
Each format is made in a process of its own, de-identified, as the user who comes first among those who may.
"""

import multiprocessing
import os
import resource
import sys
import time

from registry.database import available

FORMATS = ("csv", "parquet")
TELL_EVERY = 5_000


def main(formats: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    with available():
        for format_ in formats or FORMATS:
            process = multiprocessing.get_context("spawn").Process(target=_measure, args=(format_,))
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)


def _measure(format_: str) -> None:
    import django

    django.setup()
    from accounts.models import User
    from accounts.roles import Permission
    from cases.models import Case
    from research.downloads import download, path_of, prepare
    from research.filters import CaseFilter

    user = next(one for one in User.objects.filter(is_active=True) if one.may(Permission.EXPORT))
    order = download(user, CaseFilter({}, queryset=Case.objects.all()), format_)
    began, before = time.monotonic(), _megabytes()
    for _ in prepare(order):
        if order.done and not order.done % TELL_EVERY and order.log is None:
            told = f"{format_:<8} {order.done:>8,} of {order.total:,} cases, memory {_megabytes():.0f} MB"
            print(told, file=sys.stderr, flush=True)
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
    main(sys.argv[1:])
