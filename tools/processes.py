"""Several programs in the foreground as one: lines side by side, started again when they die, ended together."""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

SECONDS_TO_END = 10.0
# What dies this soon after its start would only die again.
SECONDS_TO_PROVE_ITSELF = 5.0
SECONDS_BETWEEN_LOOKS = 0.2
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run, under which name its lines appear."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class _Running:
    """One start of a program; its whole process group can be told to go."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.started_at = time.monotonic()
        # A session of its own: Ctrl-C in the terminal is for us, and we tell the program once.
        self.process = subprocess.Popen(
            program.command,
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509  (this process has one thread)
        )
        assert self.process.stdout is not None
        self.output = self.process.stdout
        os.set_blocking(self.output.fileno(), False)
        self._unfinished = b""

    def ended(self) -> bool:
        return self.process.poll() is not None

    def lines(self) -> Iterator[str]:
        """The lines that have come in since the last look."""
        *lines, self._unfinished = (self._unfinished + self._read()).split(b"\n")
        for line in lines:
            yield line.decode(errors="replace").rstrip()

    def is_young(self) -> bool:
        return time.monotonic() - self.started_at < SECONDS_TO_PROVE_ITSELF

    def ask_to_end(self) -> None:
        # Only the main process: it knows in which order its own children have to go. One that is still starting
        # has nothing to finish, and may not be ready to be asked (Celery's Beat is not).
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL if self.is_young() else signal.SIGTERM)

    def kill_the_rest(self) -> None:
        """End what is left of the group, also after its main process has died."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _read(self) -> bytes:
        parts = []
        with contextlib.suppress(BlockingIOError):
            while part := os.read(self.output.fileno(), 65536):
                parts.append(part)
        return b"".join(parts)


class Foreground:
    """Runs programs until one cannot be kept alive or a signal asks to end them all."""

    def __init__(self, programs: list[Program]) -> None:
        self._programs = programs
        self._width = max(len(program.name) for program in programs)
        self._running: list[_Running] = []
        self._signals = 0
        self._hopeless = False

    def run(self, *, each_look: Callable[[], None]) -> int:
        """Blocks until everything has ended: 0 when it was asked to, 1 when a program would not stay alive.

        ``each_look`` is called a few times a second while all goes well.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._take_signal())
        try:
            self._running = [_Running(program) for program in self._programs]
            while not self._signals and not self._hopeless:
                self._relay()
                self._replace_the_dead()
                each_look()
        finally:
            self._end()
        return 1 if self._hopeless else 0

    def say(self, text: str) -> None:
        """Print lines of our own; a reader who has gone away ends the run instead of breaking it."""
        try:
            print(text, flush=True)
        except BrokenPipeError:
            self._signals += 1
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115

    def _take_signal(self) -> None:
        self._signals += 1

    def _relay(self) -> None:
        with selectors.DefaultSelector() as selector:
            for running in self._running:
                if not running.ended():
                    selector.register(running.output, selectors.EVENT_READ)
            selector.select(SECONDS_BETWEEN_LOOKS) if selector.get_map() else time.sleep(
                SECONDS_BETWEEN_LOOKS
            )
        for running in self._running:
            self._print_lines(running)

    def _print_lines(self, running: _Running) -> None:
        for line in running.lines():
            self.say(f"{running.program.name:<{self._width}} | {line}")

    def _bury(self, running: _Running) -> None:
        running.kill_the_rest()
        self._print_lines(running)
        running.output.close()

    def _replace_the_dead(self) -> None:
        for position, running in enumerate(self._running):
            if running.ended() and not self._signals:
                self._replace(position, running)

    def _replace(self, position: int, dead: _Running) -> None:
        if dead.is_young():
            self.say(f"{dead.program.name} ended right after its start; its lines above say why.")
            self._hopeless = True
            return
        self._bury(dead)
        self.say(f"{dead.program.name} has died; starting it again.")
        self._running[position] = _Running(dead.program)

    def _end(self) -> None:
        if self._signals:
            self.say("Ending, after what is being worked on; Ctrl-C once more ends it at once.")
        for running in self._running:
            running.ask_to_end()
        patience = time.monotonic() + SECONDS_TO_END
        asked = self._signals
        while not all(running.ended() for running in self._running):
            self._relay()
            if time.monotonic() > patience or self._signals > asked:
                break
        for running in self._running:
            self._bury(running)


def end_with_parent() -> None:
    """Have the kernel end this process when ours is killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
