"""Everything in one foreground command: web server, worker and scheduler, on whatever the settings name.

``python -m tools.run --port 8000``
"""

import argparse
import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.settings.environment import DATA_DIR, REDIS_URL
from tools.processes import Foreground, Program, end_with_parent
from tools.welcome import welcome


class StartError(Exception):
    """It cannot be started; the text says why."""


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    end_with_parent()
    try:
        with _alone(DATA_DIR):
            _check_port(options.host, options.port)
            _prepare()
            return _serve(options.host, options.port)
    except StartError as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run web server, worker and scheduler until Ctrl-C.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine)"
    )
    parser.add_argument("--port", type=int, choices=range(1, 65536), default=8000, metavar="PORT")
    return parser.parse_args()


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Two schedulers on the same data would do everything twice."""
    with (data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(
                f"Solvent already runs with the data in {data}; stop it, or name another place: make run DATA=other."
            ) from None
        yield


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StartError(
            f"Cannot listen on {host}, port {port} ({reason}); choose another port: make run PORT={port % 65535 + 1}."
        ) from None


def _prepare() -> None:
    print(f"Preparing the data in {DATA_DIR} ...", flush=True)
    if not REDIS_URL:
        discard_damaged_messages(DATA_DIR / "broker")
    if subprocess.run([sys.executable, "-m", "tools.prepare"], check=False).returncode:
        raise StartError("The database could not be prepared; the lines above say why.")


def discard_damaged_messages(folder: Path) -> None:
    """Remove what a killed process has written by half; the sweep sends the work's message again."""
    for path in [*folder.glob("messages/*.msg"), *folder.glob("control/*.exchange")]:
        try:
            json.loads(path.read_bytes())
        except ValueError:
            path.unlink()


def _serve(host: str, port: int) -> int:
    # Without Redis each process would count rate limits for itself, so there is one.
    web_processes = len(os.sched_getaffinity(0)) if REDIS_URL else 1
    foreground = Foreground(programs(host, port, web_processes=web_processes))
    reachable = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    greeted = False

    def greet_when_ready() -> None:
        nonlocal greeted
        if not greeted and _answers(reachable, port):
            greeted = True
            foreground.say(welcome(f"http://{reachable}:{port}", DATA_DIR))

    return foreground.run(each_look=greet_when_ready)


def programs(host: str, port: int, *, web_processes: int) -> list[Program]:
    """Web server, worker and scheduler, and how each is called."""
    python = [sys.executable, "-u", "-m"]
    listen = f"granian --interface wsgi --host {host} --port {port} --log-level warning"
    threads = f"--workers {web_processes} --blocking-threads 2"
    # Processes talk to the database, not to each other: no gossip, no heartbeats.
    calm = "--without-gossip --without-mingle --without-heartbeat"
    # Messages are JSON, so root, whom Celery warns at length, risks no more here than anywhere.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker"}
    return [
        Program("web", [*python, *f"{listen} {threads} config.wsgi:application".split()]),
        Program("worker", [*python, *f"celery --quiet --app config worker {calm}".split()], quiet),
        Program("beat", [*python, "celery", "--quiet", "--app", "config", "beat"]),
    ]


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/health", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
