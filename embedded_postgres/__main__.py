"""Look at the embedded PostgreSQL, stop it, or talk to it: `python -m embedded_postgres status|stop|psql`."""

# ruff: noqa: S603 - psql comes from the wheel, its arguments from whoever types them

import argparse
import signal
import subprocess
import sys
from pathlib import Path

from embedded_postgres import control, server
from embedded_postgres.binaries import bin_dir
from embedded_postgres.cluster import Cluster, find_cluster
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.lease import lease
from embedded_postgres.locks import is_unused, mutex


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except EmbeddedServerError as error:
        print(error, file=sys.stderr)
    except PermissionError as error:
        print(f"{error}. Run this as the account that made the folder, or as root.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embedded_postgres", description=__doc__)
    parser.add_argument("--state-dir", type=Path, default=Path("var/postgres"), help="default: %(default)s")
    parser.add_argument("--version", type=int, default=18, help="of PostgreSQL, default: %(default)s")
    commands = parser.add_subparsers(required=True, metavar="status|stop|psql")
    commands.add_parser("status", help="does it run, and where is everything?").set_defaults(run=status)
    stopping = commands.add_parser("stop", help="stop a server that nobody uses")
    stopping.add_argument("--force", action="store_true", help="also one that is in use")
    stopping.set_defaults(run=stop)
    # No prefix means an option here, so that all that follows goes to psql as it is.
    talking = commands.add_parser(
        "psql", help="open psql (starts the server if needed)", add_help=False, prefix_chars="\0"
    )
    talking.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="arguments of psql")
    talking.set_defaults(run=psql)
    return parser


def status(options: argparse.Namespace) -> int:
    cluster = find_cluster(options.state_dir)
    if not cluster.data.exists():
        print(f"There is no database in {cluster.state_dir} yet; it is made on first use.")
        return 0
    print(f"server    {_what_it_does(cluster)}")
    print(f"version   {(cluster.data / 'PG_VERSION').read_text().strip()}")
    print(f"account   {cluster.account.name}")
    print(f"data      {cluster.data}")
    print(f"socket    {cluster.sockets}")
    print(f"log       {cluster.log}")
    return 0


def stop(options: argparse.Namespace) -> int:
    cluster = find_cluster(options.state_dir)
    if not cluster.mutex.exists():
        print("It was not running.")
        return 0
    with mutex(cluster.mutex, cluster.account):
        if not options.force and not is_unused(cluster.use_lock, cluster.account):
            print("It is in use. End what uses it, or say `stop --force`.", file=sys.stderr)
            return 1
        print("Stopped." if control.stop(cluster) else "It was not running.")
    return 0


def psql(options: argparse.Namespace) -> int:
    with lease(options.state_dir, version=options.version) as url:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for psql, which cancels a query
        try:
            command = [bin_dir(options.version) / "psql", url, *options.rest]
            return subprocess.run(command, check=False).returncode
        finally:
            signal.signal(signal.SIGINT, before)


def _what_it_does(cluster: Cluster) -> str:
    pid = server.postmaster(cluster)
    if pid is None:
        return "stopped"
    with mutex(cluster.mutex, cluster.account):  # or who leaves just now might take us for a user
        use = "unused" if is_unused(cluster.use_lock, cluster.account) else "in use"
    return (
        f"running, process {pid}, {use}" if server.answers(cluster) else f"process {pid} doesn't answer (yet)"
    )


if __name__ == "__main__":
    sys.exit(main())
