"""Payments as a calendar that any calendar program can read: iCalendar (RFC 5545), written by the icalendar library."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from debts.ports import DuePayment

PRODUCT = "-//Solvent//Payment plan//EN"
LONGEST_NAME = 120
# An all-day event starts at midnight: nine in the morning of the day before.
REMINDER = timedelta(hours=-15)


def calendar_of(payments: Sequence[DuePayment], *, name: str, now: datetime) -> str:
    """An all-day event with a reminder on the day before for each payment.

    ``now``, with a time zone, is when the feed is written (DTSTAMP). Names are cut after 120 characters.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # RFC 7986 names it NAME; the programs in use read the older extension.
    # The library does not know that either is text, and would not escape it.
    for title in ("name", "x-wr-calname"):
        calendar.add(title, vText(_line(name)))
    for payment in payments:
        calendar.add_component(_event(payment, now.astimezone(UTC)))
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(payment: DuePayment, written_at: datetime) -> Event:
    summary = f"{_line(payment.debt)}: {payment.amount}"
    event = Event()
    event.add("uid", payment.uid)
    event.add("dtstamp", written_at)
    event.add("dtstart", payment.on)
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(summary))
    return event


def _reminder(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", REMINDER)
    return alarm


def _line(text: str) -> str:
    """One bounded line: RFC 5545 allows no control characters in text."""
    words = " ".join(text.split())
    return "".join(letter for letter in words if letter.isprintable())[:LONGEST_NAME]
