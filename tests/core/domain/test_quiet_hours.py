"""When a person may be spoken to: by the clock on their wall, whatever the clocks do that night."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.quiet_hours import deliverable_at

SOFIA, NEW_YORK, KIRITIMATI, APIA = map(
    ZoneInfo, ("Europe/Sofia", "America/New_York", "Pacific/Kiritimati", "Pacific/Apia")
)
NINE, EIGHT = dt.time(21), dt.time(8)


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def told(now, *, zone=SOFIA, quiet_from=NINE, quiet_until=EIGHT):
    return deliverable_at(now, zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (utc(2026, 3, 15, 18, 59, 59), utc(2026, 3, 15, 18, 59, 59)),
        (utc(2026, 3, 15, 19), utc(2026, 3, 16, 6)),
        (utc(2026, 3, 15, 22, 30), utc(2026, 3, 16, 6)),
        (utc(2026, 3, 16, 5, 59, 59), utc(2026, 3, 16, 6)),
        (utc(2026, 3, 16, 6), utc(2026, 3, 16, 6)),
    ],
    ids=["just before", "as they begin", "past midnight there", "just before the end", "at the end"],
)
def test_quiet_hours_over_midnight(now, at):
    """From 21:00 until 08:00 in Sofia, two hours ahead of the server."""
    assert told(now) == at


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (utc(2026, 3, 15, 10, 59), utc(2026, 3, 15, 10, 59)),
        (utc(2026, 3, 15, 11), utc(2026, 3, 15, 13)),
        (utc(2026, 3, 15, 13), utc(2026, 3, 15, 13)),
        (utc(2026, 3, 15, 23), utc(2026, 3, 15, 23)),
    ],
)
def test_quiet_hours_within_a_day(now, at):
    assert told(now, quiet_from=dt.time(13), quiet_until=dt.time(15)) == at


@pytest.mark.parametrize("clock", [dt.time(0), dt.time(21)])
def test_the_same_beginning_and_end_are_no_quiet_hours(clock):
    now = utc(2026, 3, 15, 19)

    assert told(now, quiet_from=clock, quiet_until=clock) == now


def test_until_midnight():
    assert told(utc(2026, 3, 15, 20), quiet_until=dt.time(0)) == utc(2026, 3, 15, 22)


def test_the_day_is_the_one_of_the_persons_zone():
    """21:30 on the 15th of March at Kiritimati is half past seven in the morning of the server's 15th."""
    assert told(utc(2026, 3, 15, 7, 30), zone=KIRITIMATI) == utc(2026, 3, 15, 18)


@pytest.mark.parametrize(
    ("zone", "now", "at"),
    [
        (SOFIA, utc(2026, 3, 28, 20), utc(2026, 3, 29, 5)),
        (SOFIA, utc(2026, 10, 24, 20), utc(2026, 10, 25, 6)),
        (NEW_YORK, utc(2026, 3, 8, 3), utc(2026, 3, 8, 12)),
        (NEW_YORK, utc(2026, 11, 1, 3), utc(2026, 11, 1, 13)),
    ],
)
def test_a_night_in_which_the_clocks_change_ends_by_the_clock(zone, now, at):
    assert told(now, zone=zone) == at


@pytest.mark.parametrize(
    ("zone", "until", "now", "jump"),
    [
        (SOFIA, dt.time(3, 30), utc(2026, 3, 28, 20), utc(2026, 3, 29, 1)),
        (SOFIA, dt.time(3), utc(2026, 3, 28, 20), utc(2026, 3, 29, 1)),
        (SOFIA, dt.time(3, 59, 59), utc(2026, 3, 28, 20), utc(2026, 3, 29, 1)),
        (NEW_YORK, dt.time(2, 30), utc(2026, 3, 8, 3), utc(2026, 3, 8, 7)),
    ],
)
def test_an_end_that_the_clock_jumps_over_is_the_moment_of_the_jump(zone, until, now, jump):
    assert told(now, zone=zone, quiet_until=until) == jump


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (utc(2026, 10, 24, 20), utc(2026, 10, 25, 0, 30)),
        (utc(2026, 10, 25, 0, 29), utc(2026, 10, 25, 0, 30)),
        (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 0, 30)),
        (utc(2026, 10, 25, 1, 10), utc(2026, 10, 25, 1, 30)),
        (utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 1, 30)),
    ],
    ids=["in the evening", "before the first", "at the first", "before the second", "at the second"],
)
def test_an_end_that_the_clock_shows_twice_counts_each_time(now, at):
    """Until 03:30 in Sofia, in the night in which 04:00 becomes 03:00."""
    assert told(now, quiet_until=dt.time(3, 30)) == at


def test_an_end_on_a_day_that_a_zone_skipped_is_that_of_the_next():
    """In Samoa the 29th of December 2011 was followed by the 31st."""
    assert told(utc(2011, 12, 30, 8), zone=APIA) == utc(2011, 12, 30, 18)


@given(
    now=st.datetimes(min_value=dt.datetime(2011, 1, 1), max_value=dt.datetime(2031, 1, 1)),
    zone=st.sampled_from(
        ["UTC", "Europe/Sofia", "America/New_York", "America/Havana", "Australia/Lord_Howe"]
    ),
    quiet_from=st.times(),
    quiet_until=st.times(),
)
@example(dt.datetime(2026, 3, 29, 0, 30), "Europe/Sofia", dt.time(2, 15), dt.time(3, 15))
@example(dt.datetime(2026, 11, 1, 4, 50), "America/Havana", dt.time(0, 30), dt.time(1))
def test_nobody_is_told_in_quiet_hours_nor_before_nor_much_later(now, zone, quiet_from, quiet_until):
    there, now = ZoneInfo(zone), now.replace(tzinfo=dt.UTC)

    at = told(now, zone=there, quiet_from=quiet_from, quiet_until=quiet_until)

    clock = at.astimezone(there).time()
    is_over_midnight = quiet_from > quiet_until
    is_quiet = (
        clock >= quiet_from or clock < quiet_until if is_over_midnight else quiet_from <= clock < quiet_until
    )
    assert not is_quiet
    assert dt.timedelta() <= at - now < dt.timedelta(hours=25)
