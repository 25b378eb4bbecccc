# ruff: noqa: RUF001  (letters of other alphabets are the point here)
"""Dates as banks write them: numbers in any order, month names in many languages, a time behind."""

import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from enum import StrEnum
from functools import lru_cache

from core.domain.days import FIRST_DAY, LAST_DAY
from ingest.domain.guess import Guess
from ingest.domain.month_names import month_number

MAX_TEXT = 48
PIVOT_YEAR = 80
"""A two-digit year from here on lies in the 1900s, one below it in the 2000s."""


class DateOrder(StrEnum):
    """The order in which day, month and year stand where all three are numbers."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


_NUMERIC = re.compile(r"(\d{1,4})([./\-\s])\s?(\d{1,2})\2\s?(\d{1,4})\.?(?!\d)")
_YEAR_FIRST = re.compile(r"\d{4}")
_COMPACT = re.compile(r"(\d{8})(?:[T\s]?(\d{2})(\d{2})(\d{2}))?(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_EAST_ASIAN = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_DAY_NAME_YEAR = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|º)?[\s\-/]{0,2}(?:de |of )?([^\W\d_]{3,14})"
    r"[.,]?[\s\-/']{0,2}(?:de |del )?(\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_NAME_DAY_YEAR = re.compile(
    r"([^\W\d_]{3,14})\.?[\s\-/]{0,2}(\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]{1,2}(\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_YEAR_NAME_DAY = re.compile(r"(\d{4})\.?[\s\-/]{1,2}([^\W\d_]{3,14})\.?[\s\-/]{1,2}(\d{1,2})(?!\d)")
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}[.,]{1,2}\s|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\s", re.IGNORECASE)
_TIME = re.compile(
    r"[\s,T]{0,3}(?:at |um |à )?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?([ap]\.?m\.?)?(?:\s?(?:Z|UTC|GMT|CES?T|[+\-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s,T.]{0,3}(?:г\.?|год|р\.?|Uhr|Z)?", re.IGNORECASE)


def parse_date(text: str, *, order: DateOrder) -> tuple[date, time | None]:
    """The calendar day and, where it stands behind it, the time of day.

    A year of four digits in front is always year-month-day; eight digits without separators are YYYYMMDD, or
    DDMMYYYY where only that is a date; month names need no order. Otherwise ``order`` decides, and a text
    that is no date in it raises ``ValueError``. A time zone is passed over: the bank's day stays the day.
    """
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise ValueError("too long for a date")
    weekday = _WEEKDAY.match(text)
    if weekday:
        text = text[weekday.end() :].lstrip()
    year, month, day, rest = _parts(text, order)
    return date(year, month, day), _time_of(rest)


def reads_as_date(text: str, *, order: DateOrder) -> bool:
    """Whether the text is a date when day, month and year stand in this order."""
    try:
        parse_date(text, order=order)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether the text is a date in any order."""
    return len(text) <= MAX_TEXT and _reads_in_some_order(text)


@lru_cache(maxsize=8192)
def _reads_in_some_order(text: str) -> bool:
    return any(reads_as_date(text, order=order) for order in DateOrder)


def parse_time(text: str) -> time | None:
    """The time of day a cell holds ("14:05", "2:05 pm", "140500"), or None where it holds none."""
    text = text.strip()
    if re.fullmatch(r"\d{6}", text):
        text = f"{text[:2]}:{text[2:4]}:{text[4:]}"
    try:
        return _time_of(text)
    except ValueError:
        return None


def swapped(order: DateOrder) -> DateOrder | None:
    """The order with which one is taken for the other: day and month exchanged. None for year first."""
    return {DateOrder.DMY: DateOrder.MDY, DateOrder.MDY: DateOrder.DMY}.get(order)


def decide_date_order(samples: Sequence[str], *, favoured: DateOrder | None = None) -> Guess[DateOrder]:
    """The order that reads most of the dates, in the order in which they stand in the file.

    A day above 12 proves it. Where several orders read equally many, the one under which the dates run most
    steadily forwards (or backwards), then span the shortest time, is likelier; then the order that belongs to
    the separator, ``favoured`` (what else is known about the file), and day before month, as most countries
    write.
    """
    kinds = [sample for sample in dict.fromkeys(samples) if is_date(sample)]
    readings = {order: _readings(kinds, order) for order in DateOrder}
    most = max(len(days) for days in readings.values())
    if not most:
        return Guess(favoured or DateOrder.DMY, 0.0)
    best = [order for order in _preference(kinds, favoured) if len(readings[order]) == most]
    alike = [order for order in best if readings[order] == readings[best[0]]]
    if len(alike) == len(DateOrder) and all(_YEAR_FIRST.match(sample) for sample in kinds):
        return Guess(DateOrder.YMD, 0.99)
    if len(alike) == len(best):
        return Guess(best[0], 0.5 + 0.49 * most / len(kinds) if most < len(kinds) else 0.99)
    if favoured in best and not _contradicted(favoured, readings):
        return Guess(favoured, 0.7)
    steadiest = min(best, key=lambda order: _unsteadiness(readings[order]))
    return Guess(
        steadiest, _steadiness_confidence(steadiest, best, readings, favoured, dotted=_dotted(kinds))
    )


def _readings(samples: Iterable[str], order: DateOrder) -> list[date]:
    days = []
    for sample in samples:
        try:
            days.append(parse_date(sample, order=order)[0])
        except ValueError:
            continue
    return days


def _preference(samples: Sequence[str], favoured: DateOrder | None) -> list[DateOrder]:
    first = DateOrder.DMY if _dotted(samples) else favoured or DateOrder.DMY
    return [first, *(order for order in DateOrder if order is not first)]


def _dotted(samples: Sequence[str]) -> bool:
    return sum("." in sample for sample in samples) * 2 > len(samples)


def _contradicted(favoured: DateOrder | None, readings: dict[DateOrder, list[date]]) -> bool:
    """Whether, over five dates or more, the other order of day and month runs more steadily."""
    other = swapped(favoured) if favoured else None
    if favoured is None or other is None or len(readings[favoured]) < 5:
        return False
    return _unsteadiness(readings[other])[0] < _unsteadiness(readings[favoured])[0]


def _unsteadiness(days: Sequence[date]) -> tuple[int, int]:
    rises = sum(later > earlier for earlier, later in itertools.pairwise(days))
    falls = sum(later < earlier for earlier, later in itertools.pairwise(days))
    return min(rises, falls), (max(days) - min(days)).days


def _steadiness_confidence(
    chosen: DateOrder,
    candidates: Sequence[DateOrder],
    readings: dict[DateOrder, list[date]],
    favoured: DateOrder | None,
    *,
    dotted: bool,
) -> float:
    if chosen is DateOrder.DMY and dotted:
        return 0.9
    turns, span = _unsteadiness(readings[chosen])
    rivals = [_unsteadiness(readings[order]) for order in candidates if readings[order] != readings[chosen]]
    if len(readings[chosen]) > 2 and all(rival_turns > turns for rival_turns, _ in rivals):
        return 0.85
    if all(rival_span > 3 * span for _, rival_span in rivals):
        return 0.75
    return 0.6 if chosen in (favoured, DateOrder.DMY) else 0.5


def _parts(text: str, order: DateOrder) -> tuple[int, int, int, str]:
    numeric = _NUMERIC.match(text)
    if numeric:
        return (*_ordered(numeric.group(1), numeric.group(3), numeric.group(4), order), text[numeric.end() :])
    compact = _COMPACT.match(text)
    if compact:
        return (*_compact(compact.group(1), order), _compact_rest(compact, text))
    return _named_parts(text)


def _ordered(first: str, second: str, third: str, order: DateOrder) -> tuple[int, int, int]:
    if len(first) >= 3:
        if len(third) > 2 or len(first) == 3:
            raise ValueError("not a date")
        return int(first), int(second), int(third)
    if len(third) == 4:
        return _day_last_year(int(first), int(second), int(third), order)
    if len(third) != 2 and order is not DateOrder.YMD:
        raise ValueError("a year of one or three digits")
    if order is DateOrder.YMD:
        return _century(first), int(second), int(third)
    return _day_last_year(int(first), int(second), _century(third), order)


def _day_last_year(first: int, second: int, year: int, order: DateOrder) -> tuple[int, int, int]:
    return (year, first, second) if order is DateOrder.MDY else (year, second, first)


def _century(digits: str) -> int:
    if len(digits) != 2:
        raise ValueError("a year of one or three digits")
    year = int(digits)
    return year + (1900 if year >= PIVOT_YEAR else 2000)


def _compact(digits: str, order: DateOrder) -> tuple[int, int, int]:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if FIRST_DAY.year <= year <= LAST_DAY.year and 1 <= month <= 12 and 1 <= day <= 31:
        return year, month, day
    return _day_last_year(int(digits[:2]), int(digits[2:4]), int(digits[4:]), order)


def _compact_rest(found: re.Match[str], text: str) -> str:
    if found.group(2):
        return f"{found.group(2)}:{found.group(3)}:{found.group(4)}"
    return text[found.end() :]


def _named_parts(text: str) -> tuple[int, int, int, str]:
    if not _LETTER.search(text):
        raise ValueError("not a date")
    for pattern, (year, month, day) in (
        (_DAY_NAME_YEAR, (3, 2, 1)),
        (_NAME_DAY_YEAR, (3, 1, 2)),
        (_YEAR_NAME_DAY, (1, 2, 3)),
    ):
        found = pattern.match(text)
        number = month_number(found.group(month)) if found else None
        if found and number:
            return _full_year(found.group(year)), number, int(found.group(day)), text[found.end() :]
    east_asian = _EAST_ASIAN.match(text)
    if east_asian:
        year, month, day = (int(part) for part in east_asian.groups())
        return year, month, day, text[east_asian.end() :]
    raise ValueError("not a date")


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else _century(digits)


def _time_of(rest: str) -> time | None:
    if not rest:
        return None
    found = _TIME.match(rest)
    if found is None:
        if not _TAIL.fullmatch(rest):
            raise ValueError("more than a date")
        return None
    if not _TAIL.fullmatch(rest[found.end() :]):
        raise ValueError("more than a date")
    hour = _hour(int(found.group(1)), found.group(4))
    return time(hour % 24, int(found.group(2)), int(found.group(3) or 0))


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half[0] in "pP" else 0)
