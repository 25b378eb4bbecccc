"""The application as it really runs: web, worker and scheduler as processes of their own, on data of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]
STALLED_AFTER = 2
REDIS_NUMBERS = 6  # 10 to 15, one for each test process
Found = TypeVar("Found")


class World:
    """Starts and ends processes; nothing else on the machine is touched."""

    def __init__(self, folder: Path, *, number: int) -> None:
        self.folder = folder
        self.port = _free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._database = _own_database(number)
        self._redis = _own_redis(number)
        self._starts = 0
        self.environment = os.environ | {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": self._database,
            "REDIS_URL": self._redis,
            "SECRET_KEY": "only-for-journeys-0123456789-0123456789-0123456789",
            "JOB_STALLED_AFTER_SECONDS": str(STALLED_AFTER),
            "RATE_LIMIT_PERSON": "100000",
            "RATE_LIMIT_ANONYMOUS": "100000",
            "PYTHONWARNINGS": "ignore",
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def create(self) -> None:
        """Empty stores, brought up to date."""
        if self._database:
            name = urlsplit(self._database).path.lstrip("/")
            _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        if self._redis:
            redis.Redis.from_url(self._redis).flushdb()
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=self.environment, check=True, timeout=120)

    def start_web(self) -> None:
        listen = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        self._start("web", "granian", *listen, "--workers", "1", "config.wsgi:application")
        wait_for(lambda: _answers(f"{self.address}/health/ready"), what="the web server", seconds=60)

    def start_worker(self) -> None:
        self._start("worker", "celery", "--quiet", "--app", "config", "worker", "--concurrency", "1")

    def start_beat(self) -> None:
        self._start("beat", "celery", "--quiet", "--app", "config", "beat", "--pidfile", "")

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)

    def end(self) -> None:
        """Ask every process to end, kill what does not, and remove the stores."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        patience = time.monotonic() + 2
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, patience - time.monotonic()))
        for name in list(self.processes):
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)
        if self._redis:
            redis.Redis.from_url(self._redis).flushdb()
        if self._database:
            _administer(f'DROP DATABASE "{urlsplit(self._database).path.lstrip("/")}" WITH (FORCE)')

    def logs(self) -> str:
        """The last lines of every process."""
        shown = []
        for path in sorted(self.folder.glob("*.log")):
            lines = path.read_text(errors="replace").splitlines()[-40:]
            shown.append("\n".join([f"{path.name}:", *lines]))
        return "\n\n".join(shown)

    def _start(self, name: str, module: str, *arguments: str) -> None:
        self._starts += 1
        with (self.folder / f"{self._starts}-{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-u", "-m", module, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def wait_for(look: Callable[[], Found | None], *, what: str, seconds: float, pause: float = 0.05) -> Found:
    """The first thing that ``look`` finds; an error where it finds nothing in this time."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        found = look()
        if found:
            return found
        time.sleep(pause)
    raise AssertionError(f"Waited {seconds} seconds in vain for {what}.")


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).status_code == httpx.codes.OK
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _own_database(number: int) -> str:
    return _database_named(f"solvent_journey_{os.getpid()}_{number}")


def _database_named(name: str) -> str:
    given = os.environ.get("DATABASE_URL", "")
    return urlunsplit(urlsplit(given)._replace(path=f"/{name}")) if given else ""


def _own_redis(number: int) -> str:
    given = os.environ.get("REDIS_URL", "")
    return urlunsplit(urlsplit(given)._replace(path=f"/{10 + number % REDIS_NUMBERS}")) if given else ""


def _administer(*statements: str) -> None:
    """Said to the server's own database: the one that the environment names need not exist."""
    with psycopg.connect(_database_named("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


@contextlib.contextmanager
def running_world(folder: Path, *, number: int) -> Iterator[World]:
    """A world with everything running; its logs are shown where starting it fails."""
    world = World(folder, number=number)
    try:
        world.create()
        world.start_beat()
        world.start_worker()
        world.start_web()
        yield world
    except BaseException:
        print(world.logs())  # noqa: T201  (pytest shows it with the failure)
        raise
    finally:
        world.end()
