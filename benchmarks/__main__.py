"""Every measurement, or those named: ``python -m benchmarks matching recurring``.

With ``--keep`` the figures are written down as those of the release, which later runs are held against.
"""

import argparse
import os

import django

from benchmarks.machine import machine_facts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")


def run(names: list[str], *, keeps: bool) -> None:
    """Print the machine's facts, then each measurement's figures."""
    django.setup()
    from django.db import connection

    from benchmarks import (
        budgeting,
        categoriser,
        figures,
        forecasting,
        goal_rounds,
        importing,
        matching,
        planning,
        reading,
        recurring,
    )

    measurements = {
        "budgeting": budgeting.main,
        "categoriser": categoriser.run,
        "forecasting": forecasting.main,
        "goal_rounds": goal_rounds.main,
        "importing": importing.main,
        "matching": matching.run,
        "reading": reading.main,
        "recurring": recurring.run,
        "planning": planning.main,
    }
    print(machine_facts())
    print(f"Database: {connection.vendor}")
    print(figures.about_the_release())
    for name in names or list(measurements):
        print()
        measurements[name]()
    if keeps:
        figures.keep()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", help="which measurements; without one, all")
    parser.add_argument("--keep", action="store_true", help="keep the figures as those of the release")
    asked = parser.parse_args()
    run(asked.names, keeps=asked.keep)
