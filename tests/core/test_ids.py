"""Ids are UUIDs of version 7: they sort by when they were made."""

import datetime as dt
import uuid

import time_machine

from core.ids import uuid7


def test_an_id_is_a_uuid_of_version_7():
    made = uuid7()
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_an_id_begins_with_the_milliseconds_of_its_making():
    with time_machine.travel(dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC), tick=False):
        assert uuid7().int >> 80 == 1_773_576_000_000


def test_a_later_id_sorts_later():
    with time_machine.travel(dt.datetime(2026, 3, 15, tzinfo=dt.UTC), tick=False) as clock:
        ids = []
        for _ in range(200):
            ids.append(uuid7())
            clock.shift(dt.timedelta(milliseconds=1))
    assert ids == sorted(ids)
    assert [str(made) for made in ids] == sorted(str(made) for made in ids)


def test_ids_of_one_millisecond_sort_by_when_they_were_made():
    with time_machine.travel(dt.datetime(2026, 3, 15, tzinfo=dt.UTC), tick=False) as clock:
        ids = []
        for _ in range(200):
            ids.append(uuid7())
            clock.shift(dt.timedelta(microseconds=1))
    assert ids == sorted(ids)


def test_ids_of_one_millisecond_differ():
    with time_machine.travel(dt.datetime(2026, 3, 15, tzinfo=dt.UTC), tick=False):
        assert len({uuid7() for _ in range(5000)}) == 5000
