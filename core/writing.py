"""Amounts, days and instants as they are written where a person lives; for letters and pages, not for the API."""

import re
from copy import copy
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_time, get_timezone_gmt
from babel.numbers import NumberPattern

from core.domain.money import minor_digits, round_to_minor

# CLDR's currency spacing, which Babel leaves out: `BHD 1.500`, but `€1.50`.
_LETTER_AT_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


@lru_cache(maxsize=512)
def locale_of(tag: str) -> Locale:
    """The locale of a language tag; of one that nobody knows, what is left without its last parts, or English."""
    while tag:
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
    return Locale("en")


@lru_cache(maxsize=512)
def _amount_pattern(locale: Locale, digits: int) -> NumberPattern:
    pattern: NumberPattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    return pattern


def written_amount(amount: Decimal, code: str, *, locale: str) -> str:
    """An amount with its currency, as in ``-1.234,50 €``.

    Rounded half-even to the digits of ISO 4217, where CLDR counts coins in use (none for ISK and IQD).
    """
    known = locale_of(locale)
    exact = round_to_minor(amount, code)
    pattern = _amount_pattern(known, minor_digits(code))
    written = str(pattern.apply(exact, known, currency=code, currency_digits=False))
    return _LETTER_AT_DIGIT.sub("\N{NO-BREAK SPACE}", written)


def written_day(day: date, *, locale: str) -> str:
    """A day, as in ``24.11.2026``."""
    return format_date(day, "medium", locale=locale_of(locale))


def written_day_of_year(day: date, *, locale: str) -> str:
    """A day without its year, as in ``24. Nov.``."""
    return format_skeleton("MMMd", day, locale=locale_of(locale))


def written_time(moment: time, *, locale: str) -> str:
    """A time of day, as in ``21:00``."""
    return format_time(moment, "short", locale=locale_of(locale))


def written_instant(instant: datetime, *, zone: tzinfo, locale: str) -> str:
    """A second, by the clocks of a zone, as in ``24.11.2026, 19:01:00``."""
    return format_datetime(instant, "medium", tzinfo=zone, locale=locale_of(locale))


def written_deadline(instant: datetime, *, zone: tzinfo, locale: str) -> str:
    """A minute, by the clocks of a zone, in words and with the zone: ``24. November 2026, 19:01 (GMT+02:00)``."""
    known = locale_of(locale)
    there = instant.astimezone(zone)
    day, clock = format_date(there, "long", locale=known), format_time(there, "short", locale=known)
    return f"{day}, {clock} ({get_timezone_gmt(there, 'long', locale=known)})"
