"""One ``:61:`` line: value date, booking day, sign, amount, references."""

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ingest.adapters.mt940.oddities import Oddity
from ingest.domain import values
from ingest.domain.dates import PIVOT_YEAR
from ingest.domain.remarks import Remarks

_MOVEMENT = re.compile(
    r"\s*([0-9]{6})\s{0,4}([0-9]{4})?\s?(E[CD]|R?[CD])\s?[A-Z]?\s?([0-9.,]{1,40})\s?(?:[SNF][A-Z0-9 ]{3})?(.*)",
    re.DOTALL,
)
_WIDE_GAP = re.compile(r"\s{3,}")
_NO_REFERENCE = frozenset({"NONREF", "NOREF", "NOTPROVIDED", "EREF", "KREF", "PREF", "MARF", "MREF"})
_LEAST_REFERENCE = 4
# A reversal undoes: RC takes a credit back, RD a debit. E announces one that is still to come.
_SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}


class Movement(NamedTuple):
    """What the line says; ``bank_reference`` is None where it tells no movement from another."""

    date: date
    amount: Decimal
    expected: bool
    customer_reference: str
    bank_reference: str | None
    name: str


def read_movement(text: str, remarks: Remarks, *, line: int) -> Movement | str:
    """The movement, or in words why there is none.

    The booking day counts; where only the value date is given, that one. A booking day has no year: it is
    the one that brings it closest to the value date. The letter behind C or D is the third of the currency.
    """
    found = _MOVEMENT.match(text)
    if found is None:
        return f"“{text[:60]}” is not a movement: day, C or D and amount are expected"
    amount = values.amount(found[4])
    if amount is None:
        return f"“{found[4]}” is not an amount"
    day = _booked(found[1], found[2], remarks, line=line)
    if day is None:
        return f"“{found[1]}” is not a date"
    customer, name, bank = _references(found[5])
    mark = found[3]
    return Movement(
        date=day,
        amount=_SIGNS[mark] * amount,
        expected=mark[0] == "E",
        customer_reference=customer,
        bank_reference=bank if _tells_apart(bank) else None,
        name=name,
    )


def _references(rest: str) -> tuple[str, str, str]:
    """The customer's reference, the name that some banks write behind it, and the bank's reference."""
    customer, _, bank = rest.partition("//")
    customer, *name = _WIDE_GAP.split(customer.strip(), maxsplit=1)
    return customer.rstrip("+"), name[0] if name else "", bank.strip()


def _tells_apart(reference: str) -> bool:
    bare = reference.upper().rstrip("+")
    if len(bare) < _LEAST_REFERENCE or bare in _NO_REFERENCE:
        return False
    return any(letter in "123456789" for letter in bare)


def is_reference(text: str) -> bool:
    """Whether the text stands for a reference, and not for the lack of one."""
    return bool(text) and text.upper() not in _NO_REFERENCE


def _booked(value_day: str, entry_day: str | None, remarks: Remarks, *, line: int) -> date | None:
    short = int(value_day[:2])
    year, month, day = (
        short + (1900 if short >= PIVOT_YEAR else 2000),
        int(value_day[2:4]),
        int(value_day[4:]),
    )
    valued = _day(year, month, day, remarks if entry_day is None else None, line=line)
    if entry_day is None or valued is None or (entry_day == value_day[2:] and valued.day == day):
        return valued
    booked = _nearest(valued, int(entry_day[:2]), int(entry_day[2:]), remarks, line=line)
    if booked is None:
        remarks.note(Oddity.ENTRY_DAY, f"“{entry_day}”", line=line)
    return booked or valued


def _nearest(valued: date, month: int, day: int, remarks: Remarks, *, line: int) -> date | None:
    years = (valued.year - 1, valued.year, valued.year + 1)
    days = [found for year in years if (found := _day(year, month, day, None, line=line))]
    best = min(days, key=lambda found: abs(found - valued), default=None)
    return _day(best.year, month, day, remarks, line=line) if best else None


def _day(year: int, month: int, day: int, remarks: Remarks | None, *, line: int) -> date | None:
    """The day; banks that count 30 days to every month have days that no calendar has."""
    if 1 <= month <= 12 and 1 <= day <= 28:
        return date(year, month, day)
    if not 1 <= month <= 12 or not 29 <= day <= 31:
        return None
    last = calendar.monthrange(year, month)[1]
    if day > last and remarks is not None:
        remarks.note(Oddity.NOT_A_DAY, f"{year}-{month:02d}-{day:02d}", line=line)
    return date(year, month, min(day, last))
