"""Figures by name, each told beside what it was in the last release.

``release.json`` keeps one entry a name and database: the value, its unit, the release, and the machine that it was
measured on. A ratio to figures of another machine says as much about the machines as about Solvent.
"""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from django.db import connection

from benchmarks.machine import machine_facts
from benchmarks.timing import Timing

RELEASE_FILE = Path(__file__).with_name("release.json")
PROJECT_FILE = Path(__file__).parents[1] / "pyproject.toml"
RATIO_WIDTH, KEPT_DIGITS = 7, 5


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    database: str
    value: float
    unit: str
    release: str
    machine: str


_measured: dict[tuple[str, str], Figure] = {}


def told(name: str, value: float, unit: str, form: str) -> str:
    """The value in its ``form``, and its ratio to the last release's: x0.50 is half of it, x- not known.

    Every figure of every measurement goes through here. Raises ``ValueError`` for a name that was told before.
    """
    digits = float(f"{value:.{KEPT_DIGITS}g}")
    figure = Figure(name, connection.vendor, digits, unit, _release(), machine_facts())
    key = (figure.name, figure.database)
    if key in _measured:
        raise ValueError(f"{name} is measured twice.")
    _measured[key] = figure
    before = _kept(RELEASE_FILE).get(key)
    ratio = f"x{value / before.value:.2f}" if before and before.value else "x-"
    return f"{value:{form}}{ratio:>{RATIO_WIDTH}}"


def told_time(name: str, timing: Timing[object]) -> str:
    """The best run and the median one, which is the figure; in milliseconds."""
    return f"{timing.best:>9.2f} /{told(name, timing.median, 'ms', '>8.2f')}"


def about_the_release() -> str:
    """What the ratios are to; one line."""
    kept = [each for (_, database), each in _kept(RELEASE_FILE).items() if database == connection.vendor]
    if not kept:
        return "Ratios (x): no figures of a release are kept for this database."
    releases, machines = (sorted({getattr(each, name) for each in kept}) for name in ("release", "machine"))
    return f"Ratios (x): to release {', '.join(releases)}, measured on {' and on '.join(machines)}"


def keep() -> None:
    """Write what was measured into the file of the release; what was not measured stays as it was."""
    figures = sorted((_kept(RELEASE_FILE) | _measured).items())
    _write(figure for _, figure in figures)


def _write(figures: Iterable[Figure]) -> None:
    lines = [json.dumps(asdict(figure), ensure_ascii=False) for figure in figures]
    RELEASE_FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


@cache
def _kept(file: Path) -> dict[tuple[str, str], Figure]:
    if not file.exists():
        return {}
    figures = [Figure(**entry) for entry in json.loads(file.read_text(encoding="utf-8"))]
    return {(figure.name, figure.database): figure for figure in figures}


@cache
def _release() -> str:
    version: str = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))["project"]["version"]
    return version
