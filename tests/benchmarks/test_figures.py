"""Figures are told beside the last release's, and kept where somebody asks for that."""

import json

import pytest

from benchmarks import figures
from benchmarks.figures import Figure, about_the_release, keep, told


@pytest.fixture(autouse=True)
def kept_nowhere(tmp_path, monkeypatch):
    """A file of a release of our own, and nothing measured yet."""
    monkeypatch.setattr(figures, "RELEASE_FILE", tmp_path / "release.json")
    monkeypatch.setattr(figures, "_measured", {})
    monkeypatch.setattr(figures.connection, "vendor", "sqlite")


def release_of(*entries):
    columns = ("name", "database", "value", "unit", "release", "machine")
    kept = [dict(zip(columns, entry, strict=True)) for entry in entries]
    figures.RELEASE_FILE.write_text(json.dumps(kept), encoding="utf-8")


def test_a_figure_stands_beside_its_ratio_to_the_release():
    release_of(("planning", "sqlite", 4.0, "ms", "0.1.0", "Abacus"))

    assert told("planning", 3.0, "ms", ">6.1f") == "   3.0  x0.75"


def test_a_figure_of_another_database_or_of_nothing_gives_no_ratio():
    release_of(
        ("planning", "postgresql", 4.0, "ms", "0.1.0", "Abacus"), ("noise", "sqlite", 0, "", "0.1.0", "A")
    )

    assert told("planning", 3.0, "ms", ">6.1f") == "   3.0     x-"
    assert told("noise", 1, "", "") == "1     x-"


def test_a_first_run_says_that_there_is_no_release():
    assert about_the_release() == "Ratios (x): no figures of a release are kept for this database."


def test_the_machine_of_the_release_is_named():
    release_of(("planning", "sqlite", 4.0, "ms", "0.1.0", "Abacus"))

    assert about_the_release() == "Ratios (x): to release 0.1.0, measured on Abacus"


def test_what_was_measured_is_kept_and_the_rest_stays():
    release_of(
        ("importing", "sqlite", 5.0, "rows/s", "0.0.9", "Abacus"),
        ("planning", "sqlite", 4.0, "ms", "0.0.9", "Abacus"),
    )
    told("planning", 3.0, "ms", ".1f")

    keep()

    kept = [Figure(**each) for each in json.loads(figures.RELEASE_FILE.read_text(encoding="utf-8"))]
    assert [(each.name, each.value, each.unit) for each in kept] == [
        ("importing", 5.0, "rows/s"),
        ("planning", 3.0, "ms"),
    ]
    assert kept[0].machine == "Abacus"
    assert kept[1].machine != "Abacus"


def test_a_name_is_told_once():
    told("planning", 3.0, "ms", ".1f")

    with pytest.raises(ValueError, match="measured twice"):
        told("planning", 4.0, "ms", ".1f")
