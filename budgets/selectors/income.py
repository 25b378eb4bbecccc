"""What income to expect of a stretch of days."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from budgets.domain.periods import Span
from budgets.selectors.spending import income_received
from core.domain.money import from_minor, minor_digits
from transactions.selectors.rates import converted
from transactions.selectors.upcoming import upcoming
from users.models import Profile, User

MONTHS_BACK = 3
DAYS_BACK = timedelta(days=91)
# 365.2425 / 12 days, the mean month of the Gregorian calendar.
DAYS_A_MONTH = Fraction(3652425, 120000)


def expected_income(user: User, span: Span, *, today: date, before: Decimal | None) -> Decimal:
    """What is likely to come in over these days, in the base currency.

    What comes round, where anything does and the days are still to come; else ``before``, what the period just before
    expected; else the monthly income of the profile; else what came in over the last 91 days. Income by the month is
    taken for the days' part of a mean month, and a calendar month is one.
    """
    due = [
        converted(each.amount, source=each.currency, target=user.base_currency, on=today)
        for each in upcoming(user, today=today, until=span.last)
        if each.is_income and each.day in span
    ]
    came = income_received(user.pk, first=span.first, last=span.last)
    if any(due):
        return sum(filter(None, due), came)
    if before is not None:
        return before
    months = Fraction(1) if _is_a_month(span) else len(span) / DAYS_A_MONTH
    profile = Profile.objects.filter(pk=user.pk).first()
    if profile is not None and profile.monthly_income:
        return _part(profile.monthly_income, months, user.base_currency)
    earlier = income_received(user.pk, first=span.first - DAYS_BACK, last=span.first - timedelta(days=1))
    return _part(earlier, months / MONTHS_BACK, user.base_currency)


def _is_a_month(span: Span) -> bool:
    after = span.last + timedelta(days=1)
    return after.day == span.first.day and (after.month - span.first.month) % 12 == 1


def _part(amount: Decimal, part: Fraction, currency: str) -> Decimal:
    """A part of an amount, rounded half-even at the minor unit."""
    return from_minor(round(Fraction(amount.scaleb(minor_digits(currency))) * part), currency)
