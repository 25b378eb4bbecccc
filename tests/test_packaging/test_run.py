import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.test_packaging.files import ROOT
from tools import processes, run
from tools.welcome import welcome

PEOPLE = {
    "demo": {"email": "demo@solvent.example", "password": "open"},
    "staff": {"email": "staff@solvent.example", "password": "sesame"},
}


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_block_says_where_things_are_and_how_to_sign_in(tmp_path: Path) -> None:
    (tmp_path / "sign-in.json").write_text(json.dumps(PEOPLE))
    block = welcome("http://127.0.0.1:8000", tmp_path)
    for expected in [
        "/docs",
        "/admin/",
        "/api/v1/",
        "demo@solvent.example   open",
        "staff@solvent.example   sesame",
    ]:
        assert expected in block
    assert '-d \'{"email": "demo@solvent.example", "password": "open"}\'' in block


def test_the_block_does_without_people(tmp_path: Path) -> None:
    assert "http://127.0.0.1:8000/docs" in welcome("http://127.0.0.1:8000", tmp_path)


def test_a_port_that_is_taken_is_told_in_a_sentence(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(
            run.StartError, match=f"port {port} .* choose another port: make run PORT={port + 1}"
        ):
            run._check_port("127.0.0.1", port)


def test_two_do_not_run_on_the_same_data(tmp_path: Path) -> None:
    with (
        run._alone(tmp_path),
        pytest.raises(run.StartError, match="already runs with the data"),
        run._alone(tmp_path),
    ):
        pass
    with run._alone(tmp_path):
        pass


def test_messages_written_by_half_are_removed(tmp_path: Path) -> None:
    for folder in ("messages", "control"):
        (tmp_path / folder).mkdir()
    whole, half = tmp_path / "messages" / "1.celery.msg", tmp_path / "messages" / "2.celery.msg"
    table = tmp_path / "control" / "celery.exchange"
    whole.write_text('{"body": ""}')
    half.write_text('{"bo')
    table.touch()
    run.discard_damaged_messages(tmp_path)
    assert (whole.exists(), half.exists(), table.exists()) == (True, False, False)


def test_web_server_listens_where_it_is_told() -> None:
    web = " ".join(run.programs("127.0.0.1", 8123, web_processes=4)[0].command)
    assert "--host 127.0.0.1 --port 8123" in web
    assert "--workers 4 --blocking-threads 2" in web


@pytest.mark.slow
def test_it_starts_answers_and_ends_without_a_trace(tmp_path: Path, port: int) -> None:
    """Web, worker and scheduler as real processes, on files alone."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.run", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed = _read_until(process, "celery@")
        time.sleep(processes.SECONDS_TO_PROVE_ITSELF)
        process.send_signal(signal.SIGINT)
        printed += process.communicate(timeout=30)[0]
    finally:
        process.kill()
    assert f"http://127.0.0.1:{port}/docs" in printed
    assert re.search(r"Demo person \(API\) +\S+@\S+ +\S+", printed)
    assert not re.search("Traceback|Warning", printed), printed
    assert process.returncode == 0
    assert _processes_with(f"DATA_DIR={tmp_path}") == []


def _read_until(process: "subprocess.Popen[str]", mark: str) -> str:
    lines = []
    deadline = time.monotonic() + 60
    for line in process.stdout or []:
        lines.append(line)
        if mark in line or time.monotonic() > deadline:
            break
    return "".join(lines)


def _processes_with(variable: str) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_text())
        except OSError:
            continue
    return found
