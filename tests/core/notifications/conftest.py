"""People with wishes."""

import datetime as dt

import pytest

from tests.factories import PersonFactory


@pytest.fixture
def carol(db):
    """In Sofia, with quiet hours from 21:00 until 08:00, and glad of mail."""
    return PersonFactory(email="carol@example.org", time_zone="Europe/Sofia")


@pytest.fixture
def wish():
    """Changes what a person wishes for."""

    def change(person, **wishes):
        for name, value in wishes.items():
            setattr(person.preferences, name, value)
        person.preferences.save()

    return change


NOON = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)
NIGHT = dt.datetime(2026, 3, 15, 22, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 3, 16, 6, tzinfo=dt.UTC)
NEWS = {
    "topic": "budget.overspent",
    "key": "budget.overspent:2026-03:dining",
    "title": "Dining is overspent",
    "body": "You have spent 35.00 EUR of 25.00 EUR.",
}
