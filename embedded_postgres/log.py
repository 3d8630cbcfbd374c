"""The server's log: quiet, and never larger than twice LARGEST plus what is written between two leases."""

import os
import shutil
from pathlib import Path
from typing import IO

from embedded_postgres.cluster import Cluster

LARGEST = 1_000_000  # bytes


def open_log(cluster: Cluster) -> IO[bytes]:
    """For appending, which makes emptying it under a running server safe."""
    fd = os.open(cluster.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        os.fchown(fd, cluster.account.uid, cluster.account.gid)
    return open(fd, "ab")


def trim_log(cluster: Cluster) -> None:
    """Keep one old log and start a new one when it has become large. The caller holds the mutex."""
    if cluster.log.exists() and cluster.log.stat().st_size > LARGEST:
        shutil.copyfile(cluster.log, _old(cluster.log))
        os.truncate(cluster.log, 0)


def log_tail(cluster: Cluster, begin: int, lines: int = 12) -> str:
    """The last lines written since the log had this size."""
    with open(cluster.log, "rb") as log:
        log.seek(begin)
        return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])


def _old(log: Path) -> Path:
    return log.with_name(f"{log.name}.1")
