"""Amounts and days as people write them; CLDR's own blanks are shown as plain ones."""

# ruff: noqa: RUF001 (people write in many scripts)

import datetime as dt
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import writing

SOFIA = ZoneInfo("Europe/Sofia")
INSTANT = dt.datetime(2026, 11, 24, 17, 1, tzinfo=dt.UTC)


def plain_blanks(text):
    return re.sub("[\xa0\u202f]", " ", text)


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en", "-€1,234.50"),
        ("de", "-1.234,50 €"),
        ("de-AT", "-€ 1.234,50"),
        ("es", "-1.234,50 €"),
        ("fr", "-1 234,50 €"),
        ("bg", "-1 234,50 €"),
    ],
)
def test_an_amount_is_written_as_people_write_it_there(locale, written):
    assert plain_blanks(writing.written_amount(Decimal("-1234.50"), "EUR", locale=locale)) == written


@pytest.mark.parametrize(
    ("amount", "code", "written"),
    [
        ("1234", "JPY", "¥1,234"),
        ("1.5", "BHD", "BHD 1.500"),
        ("1.5", "IQD", "IQD 1.500"),
        ("12.5", "ISK", "ISK 12"),
        ("0.125", "USD", "$0.12"),
        ("0.135", "USD", "$0.14"),
    ],
)
def test_an_amount_has_the_digits_of_its_currency_and_is_rounded_half_even(amount, code, written):
    assert plain_blanks(writing.written_amount(Decimal(amount), code, locale="en")) == written


@given(
    units=st.integers(-(10**14), 10**14),
    locale=st.sampled_from(["en", "de", "es", "fr", "bg", "de-CH", "en-IN"]),
)
def test_no_digit_of_an_amount_is_lost(units, locale):
    written = writing.written_amount(Decimal(units).scaleb(-2), "EUR", locale=locale)

    assert re.sub(r"\D", "", written).lstrip("0") == str(abs(units)).lstrip("0")
    assert ("-" in written) == (units < 0)


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en", "Nov 24, 2026, 7:01:00 PM"),
        ("de", "24.11.2026, 19:01:00"),
        ("es", "24 nov 2026, 19:01:00"),
        ("fr", "24 nov. 2026, 19:01:00"),
        ("bg", "24.11.2026 г., 19:01:00"),
    ],
)
def test_an_instant_is_written_by_the_clocks_of_a_zone(locale, written):
    assert plain_blanks(writing.written_instant(INSTANT, zone=SOFIA, locale=locale)) == written


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en", "November 24, 2026, 7:01 PM (GMT+02:00)"),
        ("de", "24. November 2026, 19:01 (GMT+02:00)"),
        ("es", "24 de noviembre de 2026, 19:01 (GMT+02:00)"),
        ("fr", "24 novembre 2026, 19:01 (UTC+02:00)"),
        ("bg", "24 ноември 2026 г., 19:01 (Гринуич+02:00)"),
    ],
)
def test_a_deadline_says_of_which_zone_its_clock_is(locale, written):
    assert plain_blanks(writing.written_deadline(INSTANT, zone=SOFIA, locale=locale)) == written


def test_a_day_is_written_with_and_without_its_year_and_a_time_without_seconds():
    day = dt.date(2026, 11, 24)

    assert writing.written_day(day, locale="de") == "24.11.2026"
    assert writing.written_day_of_year(day, locale="de") == "24. Nov."
    assert writing.written_time(dt.time(21, 0), locale="de") == "21:00"


@pytest.mark.parametrize(
    ("tag", "like"),
    [
        ("xx", "en"),
        ("", "en"),
        ("de-US", "de"),
        ("de-AT-1996", "de-AT"),
        ("en-u-ca-buddhist", "en"),
        ("qq-Latn-9", "en"),
    ],
)
def test_of_a_tag_that_nobody_knows_the_known_beginning_counts_or_english(tag, like):
    amount = Decimal("-1234.50")

    assert writing.written_amount(amount, "EUR", locale=tag) == writing.written_amount(
        amount, "EUR", locale=like
    )
