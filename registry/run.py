"""`make run`: from a fresh checkout to two scored cases in a browser, saying what each step does.

With DATABASE_URL set there is no demonstration: no user and no case is made in a database that isn't ours.
Everything it prepares is kept under var/; a second run finds it there. Ctrl-C, SIGTERM, or the end of the
make that started it end the web server first, then PostgreSQL, and leave no process behind.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from rich.console import Console

from embedded_postgres import EmbeddedServerError
from registry.database import BASE_DIR, available, read_environment, state_dir
from registry.ending import end_in_order, end_with_make
from registry.worker import BackgroundWorker

DEMO_USER = DEMO_PASSWORD = "demo"  # noqa: S105 - announced, of the demonstration, on this machine only
HOST = "127.0.0.1"
LOGIN_OF_DEMO = f"login: [bold]{DEMO_USER}[/] / [bold]{DEMO_PASSWORD}[/]"
# Nobody is let into a database that isn't ours.
LOGIN_OF_OTHERS = "for the users of your database (docs/operations.md: the first administrator)"

# Piped into a file, the table still gets the width it needs.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def main() -> int:
    read_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    port = _port()
    is_our_own = not os.environ.get("DATABASE_URL")
    end_in_order()
    end_with_make()
    try:
        with available(on_ready=_timer("Start PostgreSQL")):
            token = _prepare(is_our_own)
            _serve(port, LOGIN_OF_DEMO if is_our_own else LOGIN_OF_OTHERS, token)
    except EmbeddedServerError as error:
        console.print(f"[bold red]PostgreSQL did not start.[/] {error}")
        return 1
    except KeyboardInterrupt:
        pass
    console.print("Stopped.")
    return 0


def _port() -> int:
    """The port to serve on, known to be free before anything is started."""
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SystemExit(
            f"PORT={text} is no port: choose a number from 1 to 65535, as in make run PORT=8001."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            raise SystemExit(
                f"Port {text} can't be used ({error.strerror}). If something else runs there, "
                f"choose another: make run PORT={int(text) % 65535 + 1}"
            ) from None
    return int(text)


def _prepare(is_our_own: bool) -> str:
    """Bring the database up to date. Returns the API token of the demonstration, if it is one."""
    import django

    with step("Load the registry"):
        django.setup()
    from registry import demo
    from registry.older_database import OlderDatabase

    with step("Bring the database up to date"):
        try:
            demo.migrate()
        except OlderDatabase as error:
            raise SystemExit(f"{error} Nothing was changed.\n{_remedy(is_our_own)}") from None
    with step("Load the drug dictionary") as report:
        report(demo.load_drugs())
    if is_our_own:
        with step("Enter the two cases of the letter") as report:
            user = demo.user(DEMO_USER, DEMO_PASSWORD)
            report(demo.load_cases(user))
    with step("Score what has changed") as report:
        report(demo.score())
    if not is_our_own:
        return ""
    console.print()
    console.print(demo.standing_table())
    return demo.token(user)


def _remedy(is_our_own: bool) -> str:
    """What to do about a database of an older registry."""
    if not is_our_own:
        return "Set DATABASE_URL to an empty database, or go on with the version that made this one."
    return (
        f"Move {state_dir().parent} away, or choose another folder with STATE_DIR, and the next run makes a "
        "new database. The old one can still be read with the version that made it."
    )


def _serve(port: int, login: str, token: str) -> None:
    """Run gunicorn until it ends or we are stopped; `login` says who may come in, `token` opens the API."""
    command = [sys.executable, "-m", "gunicorn", "registry.wsgi:application", "--bind", f"{HOST}:{port}"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=BASE_DIR)  # noqa: S603 - our own words
    worker = BackgroundWorker()
    try:
        _wait_until_answering(port, server)
        console.print(f"\nOpen [bold]http://localhost:{port}/[/]   {login}")
        if token:
            console.print(f"API: http://localhost:{port}/api/v1/   token of this run:", token, soft_wrap=True)
        console.print(f"Data entry: http://localhost:{port}/admin/   Stop with Ctrl-C.\n")
        while (code := server.poll()) is None:
            worker.keep()
            time.sleep(1)
        if code:
            raise SystemExit(f"The web server ended by itself with code {code}; its message is above.")
    finally:
        worker.end()
        _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """Requests that are under way get gunicorn's 30 seconds."""
    server.terminate()
    try:
        server.wait(timeout=40)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_until_answering(port: int, server: subprocess.Popen[bytes]) -> None:
    with step("Start the web server"):
        for _ in range(300):
            if server.poll() is not None or _answers(port):
                return
            time.sleep(0.1)


def _answers(port: int) -> bool:
    """Whether the first page is there, so that whoever opens it doesn't wait for us to load."""
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/login/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _timer(name: str) -> Callable[[], None]:
    began = time.monotonic()
    return lambda: console.print(f"  {name:<36} {time.monotonic() - began:6.1f} s")


@contextmanager
def step(name: str) -> Iterator[Callable[[str], None]]:
    """Print what is being done, how long it took, and what was reported."""
    results: list[str] = []
    finished = _timer(name)
    with console.status(name):
        yield results.append
    finished()
    for line in results:
        console.print(f"    {line}", style="dim")


if __name__ == "__main__":
    sys.exit(main())
