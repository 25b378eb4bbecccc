import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tools import processes
from tools.processes import Foreground, Program

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
IGNORES_SIGTERM = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPS


@pytest.fixture(autouse=True)
def _signals_as_before():
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def python(name: str, source: str) -> Program:
    return Program(name, [sys.executable, "-c", source])


def interrupt_when(*marks: str, output: pytest.CaptureFixture[str]):
    """Asks this process to end once all the marks have been printed."""
    seen = []

    def look() -> None:
        seen.append(output.readouterr().out)
        if all(mark in "".join(seen) for mark in marks):
            os.kill(os.getpid(), signal.SIGINT)

    return look, seen


def test_lines_carry_the_name_of_their_program(capsys: pytest.CaptureFixture[str]) -> None:
    look, _ = interrupt_when("web    | up", "worker | up", output=capsys)
    assert Foreground([python("web", SLEEPS), python("worker", SLEEPS)]).run(each_look=look) == 0


def test_environment_of_a_program_is_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    source = "import os, time; print(os.environ['COLOUR'], flush=True); time.sleep(60)"
    program = Program("web", [sys.executable, "-c", source], {"COLOUR": "green"})
    look, _ = interrupt_when("web | green", output=capsys)
    assert Foreground([program]).run(each_look=look) == 0
    assert "COLOUR" not in os.environ


def test_everything_ends_when_one_program_cannot_start(capsys: pytest.CaptureFixture[str]) -> None:
    foreground = Foreground([python("web", SLEEPS), python("worker", "raise SystemExit('no database')")])
    assert foreground.run(each_look=lambda: None) == 1
    printed = capsys.readouterr().out
    assert "worker | no database" in printed
    assert "worker ended right after its start" in printed


def test_a_program_that_dies_later_is_started_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "SECONDS_TO_PROVE_ITSELF", 0)
    source = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(0.3)"
    look, seen = interrupt_when("has died", output=capsys)
    assert Foreground([python("worker", source)]).run(each_look=look) == 0
    assert "worker has died; starting it again." in "".join(seen)


def test_what_will_not_end_is_killed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "SECONDS_TO_PROVE_ITSELF", 0)
    monkeypatch.setattr(processes, "SECONDS_TO_END", 0.3)
    look, _ = interrupt_when("stubborn | up", output=capsys)
    started = time.monotonic()
    assert Foreground([python("stubborn", IGNORES_SIGTERM)]).run(each_look=look) == 0
    assert time.monotonic() - started < 10


def test_what_is_still_starting_is_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    look, _ = interrupt_when("stubborn | up", output=capsys)
    started = time.monotonic()
    assert Foreground([python("stubborn", IGNORES_SIGTERM)]).run(each_look=look) == 0
    assert time.monotonic() - started < processes.SECONDS_TO_END / 2


def test_children_of_a_program_do_not_outlive_it(capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        "import subprocess, sys, time; "
        f"child = subprocess.Popen([sys.executable, '-c', {IGNORES_SIGTERM!r}]); "
        "print('child', child.pid, flush=True); time.sleep(60)"
    )
    look, seen = interrupt_when("child", "| up", output=capsys)
    Foreground([python("web", source)]).run(each_look=look)
    child = int("".join(seen).partition("child ")[2].split()[0])
    with pytest.raises(ProcessLookupError):
        _signal_a_living(child)


def _signal_a_living(pid: int) -> None:
    """Raises ``ProcessLookupError`` for a process that has ended, also while nobody has collected it."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        os.kill(pid, 0)
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError
        time.sleep(0.05)
