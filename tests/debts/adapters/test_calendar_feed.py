"""Payments in the words of RFC 5545."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from debts.adapters.calendar_feed import calendar_of
from debts.ports import DuePayment

NOW = datetime(2026, 1, 1, 12, 30, tzinfo=UTC)


def payment(debt="Visa", on=date(2026, 1, 31), amount="120.00 USD", uid="plan-1-visa-2026-01@solvent"):
    return DuePayment(on, debt, amount, uid)


def written(*payments, name="Plan", now=NOW):
    return calendar_of(payments, name=name, now=now)


def lines(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_payment_is_an_all_day_event_with_a_reminder_on_the_day_before():
    assert written(payment()).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Solvent//Payment plan//EN",
        "METHOD:PUBLISH",
        "NAME:Plan",
        "X-WR-CALNAME:Plan",
        "BEGIN:VEVENT",
        "SUMMARY:Visa: 120.00 USD",
        "DTSTART;VALUE=DATE:20260131",
        "DTSTAMP:20260101T123000Z",
        "UID:plan-1-visa-2026-01@solvent",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Visa: 120.00 USD",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_time_of_writing_is_given_in_utc():
    in_berlin = datetime(2026, 1, 1, 0, 15, tzinfo=timezone(timedelta(hours=1)))

    assert "DTSTAMP:20251231T231500Z" in lines(written(payment(), now=in_berlin))


def test_a_plan_without_payments_is_an_empty_calendar():
    text = written()

    assert "VEVENT" not in text
    assert text.endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("Visa, gold", "Visa\\, gold"),
        ("Car; 2nd", "Car\\; 2nd"),
        ("C:\\debts", "C:\\\\debts"),
        ("信用卡", "信用卡"),
        ("Кредит", "Кредит"),
    ],
)
def test_names_are_escaped_everywhere(name, escaped):
    text = lines(written(payment(debt=name), name=name))

    assert f"SUMMARY:{escaped}: 120.00 USD" in text
    assert f"DESCRIPTION:{escaped}: 120.00 USD" in text
    assert f"NAME:{escaped}" in text
    assert f"X-WR-CALNAME:{escaped}" in text


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_name_cannot_add_lines_of_its_own(line_break):
    hostile = f"Visa{line_break}END:VEVENT{line_break}BEGIN:VEVENT"
    text = written(payment(debt=hostile), name=hostile)

    assert "SUMMARY:Visa END:VEVENT BEGIN:VEVENT: 120.00 USD" in lines(text)
    assert lines(text).count("BEGIN:VEVENT") == 1


def test_control_characters_are_left_out():
    assert "SUMMARY:Visa: 120.00 USD" in lines(written(payment(debt="V\x00i\x07s\u202ea")))


def test_a_long_name_is_cut_and_no_line_is_longer_than_75_octets():
    text = written(payment(debt="信用卡" * 1_000), name="ß" * 1_000)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{'信用卡' * 40}: 120.00 USD" in lines(text)
    assert f"NAME:{'ß' * 120}" in lines(text)


def test_what_was_written_reads_back():
    payments = [
        payment(debt=f"Debt, {month}", on=date(2026, month, 28), uid=f"u{month}") for month in range(1, 13)
    ]
    events = Calendar.from_ical(written(*payments)).walk("VEVENT")

    assert [event.decoded("dtstart") for event in events] == [each.on for each in payments]
    assert [str(event["summary"]) for event in events] == [f"{each.debt}: {each.amount}" for each in payments]
    assert [str(event["uid"]) for event in events] == [each.uid for each in payments]


def test_the_feed_is_the_same_whenever_it_is_written_at_the_same_time():
    assert written(payment(), payment(debt="Car")) == written(payment(), payment(debt="Car"))
