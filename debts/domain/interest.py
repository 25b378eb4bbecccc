"""Interest, rounded half-up to the minor unit.

Sources: 12 CFR 1026.14 for periodic rates, 12 CFR 1026 Appendix J for compounding, Appendix M2 for the payment
that clears a card in 36 months.
"""

import calendar
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from debts.domain.terms import Accrual

DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
# A compounded rate has no end of digits: so many are kept that no balance notices the rest.
RATE_DIGITS = 24
WARNING_MONTHS = 36

Rate = tuple[int, int]


@lru_cache(maxsize=4096)
def periodic_rate(apr: Decimal, accrual: Accrual, days: int) -> Rate:
    """A month's rate as a fraction of two whole numbers; only daily methods look at the month's ``days``."""
    numerator, denominator = (apr / 100).as_integer_ratio()
    if accrual == Accrual.MONTHLY:
        return numerator, denominator * MONTHS_A_YEAR
    if accrual == Accrual.DAILY:
        return numerator * days, denominator * DAYS_A_YEAR
    length = Decimal(DAYS_A_YEAR) / MONTHS_A_YEAR if accrual == Accrual.AVERAGE_MONTH else Decimal(days)
    growth = (1 + apr / 100 / DAYS_A_YEAR) ** length - 1
    return int(growth.scaleb(RATE_DIGITS)), 10**RATE_DIGITS


def interest_on(balance: int, rate: Rate) -> int:
    """``balance`` times ``rate``, half-up to the minor unit."""
    numerator, denominator = rate
    return (2 * balance * numerator + denominator) // (2 * denominator)


def share_of(balance: int, percent: Decimal) -> int:
    """``percent`` of ``balance``, half-up to the minor unit."""
    return interest_on(balance, (percent / 100).as_integer_ratio())


def days_of_month(start: date, month: int) -> int:
    """Days of the calendar month in which the plan's ``month`` falls; a February always has 28.

    A year of the daily methods has 365 days, whatever the calendar says.
    """
    return calendar.monthrange(2001, (start.month + month - 2) % MONTHS_A_YEAR + 1)[1]


def month_on(start: date, month: int) -> date:
    """The day of the plan's ``month``: month 1 falls on ``start``, later ones on the same day or the last."""
    years, index = divmod(start.month + month - 2, MONTHS_A_YEAR)
    last = calendar.monthrange(start.year + years, index + 1)[1]
    return date(start.year + years, index + 1, min(start.day, last))


def last_day_of_month(day: date) -> int:
    """How many days the calendar month of ``day`` has."""
    return calendar.monthrange(day.year, day.month)[1]


def month_number(start: date, day: date) -> int:
    """The last month of the plan that falls on ``day`` or before it; 0 before the first."""
    months = (day.year - start.year) * MONTHS_A_YEAR + day.month - start.month + 1
    return months if month_on(start, months) <= day else months - 1


def amortising_payment(balance: int, rate: Rate, months: int) -> int:
    """The equal payment that clears ``balance`` in ``months``, up to the next minor unit.

    P r (1+r)^n / ((1+r)^n - 1), the annuity formula, with r = p/q in whole numbers: nothing is rounded before.
    """
    numerator, denominator = rate
    if not numerator:
        return -(-balance // months)
    grown: int = (denominator + numerator) ** months
    whole: int = denominator**months
    return -(-balance * numerator * grown // (denominator * (grown - whole)))


def average_daily_balance(opening: int, movements: Sequence[tuple[int, int]], days: int) -> Decimal:
    """The mean of a cycle's daily balances; ``movements`` are (day of the cycle from 1, signed amount).

    A movement counts from its own day on. Source: 12 CFR 1026.7(b)(5), the method that includes new charges.
    """
    moved = sum(amount * (days - day + 1) for day, amount in movements)
    return Decimal(opening) + Decimal(moved) / days


def payment_in_36_months(parts: Sequence[tuple[int, Sequence[Decimal]]]) -> tuple[int, Decimal]:
    """The payment that clears a card in 36 months, and the monthly rate that it rests on.

    ``parts`` are (balance, APR of each of the 36 months). The rate weighs every part's average rate by its
    balance. Source: 12 CFR 1026 Appendix M2(d)(2)-(4); the payment is rounded to the nearest minor unit.
    """
    total = sum(balance for balance, _ in parts)
    weighted = sum(
        (balance * sum(rates, Decimal(0)) / WARNING_MONTHS for balance, rates in parts), Decimal(0)
    )
    monthly = weighted / total / 100 / MONTHS_A_YEAR
    if not monthly:
        return -(-total // WARNING_MONTHS), monthly
    payment = total * monthly / (1 - (1 + monthly) ** -WARNING_MONTHS)
    return int(payment.quantize(Decimal(1), ROUND_HALF_UP)), monthly
