"""The real web server for measurements, on a database of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
from django.conf import settings
from django.db import connection

from benchmarks.database import scratch_database

SQLITE_FILE = "solvent.sqlite3"


@contextmanager
def served_database() -> Iterator[None]:
    """A scratch database that the server can open too: SQLite's would otherwise be in our memory."""
    if connection.vendor != "sqlite":
        with scratch_database():
            yield
        return
    for_tests = connection.settings_dict["TEST"]
    configured = for_tests["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        for_tests["NAME"] = str(Path(folder) / SQLITE_FILE)
        try:
            with scratch_database():
                yield
        finally:
            for_tests["NAME"] = configured


@contextmanager
def server() -> Iterator[str]:
    """The address of the web server on a free loopback port and on the scratch database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
        "--blocking-threads", "2", "--no-ws", "config.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _when_up(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _environment() -> dict[str, str]:
    limits = {
        "RATE_LIMIT_PERSON": "10000000",
        "LOG_LEVEL": "WARNING",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    return {**os.environ, **limits, **_database()}


def _database() -> dict[str, str]:
    database, name = settings.DATABASES["default"], str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return {"DATABASE_URL": "", "DATA_DIR": str(Path(name).parent)}
    person = f"{quote(database['USER'], safe='')}:{quote(database['PASSWORD'], safe='')}"
    place = f"{database['HOST']}:{database['PORT'] or 5432}"
    return {"DATABASE_URL": f"postgres://{person}@{place}/{name}"}


def _when_up(process: subprocess.Popen[bytes], address: str) -> str:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            httpx.get(f"{address}/health", timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return address
    raise RuntimeError("The server did not start.")
