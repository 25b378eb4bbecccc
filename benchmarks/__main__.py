"""Every measurement, or those named: ``python -m benchmarks matching recurring``."""

import os
import sys

import django

from benchmarks.machine import machine_facts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")


def run(names: list[str]) -> None:
    """Print the machine's facts, then each measurement's figures."""
    django.setup()
    from django.db import connection

    from benchmarks import (
        budgeting,
        categoriser,
        forecasting,
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
        "importing": importing.main,
        "matching": matching.run,
        "reading": reading.main,
        "recurring": recurring.run,
        "planning": planning.main,
    }
    print(machine_facts())
    print(f"Database: {connection.vendor}")
    for name in names or list(measurements):
        print()
        measurements[name]()


if __name__ == "__main__":
    run(sys.argv[1:])
