"""A card with a balance transfer, a car, a degree and a kitchen: four debts and two years of payments."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from debts.demo.described import DemoDebt, DemoPayment
from debts.domain.given import GivenMinimum, GivenPromo, GivenSegment
from debts.domain.interest import month_on
from debts.domain.terms import MinimumRule, SegmentKind

MONTHS = 24
LEDGER_MONTHS = 6
CARD_MISSED_BEFORE = 14
HOLIDAY_MONEY, CHRISTMAS_MONEY = 6, 12
MORE_SINCE = 12

CARD_PAYMENT, CARD_BONUS = Decimal("190.00"), Decimal("400.00")
CAR_PAYMENT = Decimal("243.38")
STUDENT_PAYMENT, STUDENT_MORE = Decimal("120.00"), Decimal("150.00")
KITCHEN_PAYMENT = Decimal("159.00")


def debts(today: date) -> tuple[DemoDebt, ...]:
    """Four debts whose 24 latest payments were due up to and including ``today``; one payment was missed."""
    return (_card(today), _car(today), _student_loan(today), _kitchen(today))


def _card(today: date) -> DemoDebt:
    days = _due_days(today, 25)
    missed = days[-1 - CARD_MISSED_BEFORE]
    debt = DemoDebt(
        name="Kranich credit card",
        kind="credit_card",
        lender="Kranichbank",
        opened_on=month_on(days[0], -40),
        balance_on=month_on(days[0], 0),
        due_day=25,
        credit_limit=Decimal("10000.00"),
        minimum=GivenMinimum(rule=MinimumRule.PERCENT, percent=Decimal("2.00"), floor=Decimal("30.00")),
        segments=(
            GivenSegment(amount=Decimal("5200.00"), apr=Decimal("17.90")),
            GivenSegment(
                kind=SegmentKind.TRANSFER,
                amount=Decimal("3600.00"),
                apr=Decimal("17.90"),
                promo=GivenPromo(apr=Decimal("0.90"), until=_end_of_month(today, after=7)),
            ),
        ),
        payments=_paid([day for day in days if day != missed], _on_card),
        notes="The balance of an older card was moved here, at 0.90 % for a time.",
    )
    return replace(debt, notes=f"{debt.notes} The payment of {missed:%B %Y} was forgotten.")


def _on_card(day: date) -> DemoPayment:
    if day.month == HOLIDAY_MONEY:
        return DemoPayment(day, CARD_BONUS, "With the holiday money.")
    if day.month == CHRISTMAS_MONEY:
        return DemoPayment(day, CARD_BONUS, "With the Christmas money.")
    return DemoPayment(day, CARD_PAYMENT)


def _car(today: date) -> DemoDebt:
    days = _due_days(today, 16)
    return DemoDebt(
        name="Car loan",
        kind="auto",
        lender="Morgental Autobank",
        opened_on=month_on(days[0], 0),
        balance_on=month_on(days[0], 0),
        due_day=16,
        minimum=GivenMinimum(rule=MinimumRule.AMORTISING, months=60),
        segments=(GivenSegment(amount=Decimal("12900.00"), apr=Decimal("4.99")),),
        payments=_paid(
            days, lambda day: DemoPayment(day, CAR_PAYMENT, is_in_ledger=day in days[-LEDGER_MONTHS:])
        ),
        notes="Sixty equal instalments, collected from the joint account.",
        statement="MORGENTAL AUTOBANK KREDITRATE 60-7714",
    )


def _student_loan(today: date) -> DemoDebt:
    days = _due_days(today, 5)
    return DemoDebt(
        name="Jonas's student loan",
        kind="student",
        lender="Förderkasse Nord",
        opened_on=month_on(days[0], -70),
        balance_on=month_on(days[0], 0),
        due_day=5,
        minimum=GivenMinimum(rule=MinimumRule.FIXED, amount=STUDENT_PAYMENT),
        segments=(GivenSegment(amount=Decimal("9600.00"), apr=Decimal("4.25")),),
        payments=_paid(
            days, lambda day: DemoPayment(day, STUDENT_MORE if day in days[-MORE_SINCE:] else STUDENT_PAYMENT)
        ),
        notes="150 instead of 120 a month for the last year.",
    )


def _kitchen(today: date) -> DemoDebt:
    days = _due_days(today, 20)
    return DemoDebt(
        name="Kitchen loan",
        kind="personal",
        lender="Sparhaus Kreditbank",
        opened_on=month_on(days[0], -3),
        balance_on=month_on(days[0], 0),
        due_day=20,
        minimum=GivenMinimum(rule=MinimumRule.FIXED, amount=KITCHEN_PAYMENT),
        segments=(GivenSegment(amount=Decimal("6500.00"), apr=Decimal("8.49")),),
        payments=_paid(days, lambda day: DemoPayment(day, KITCHEN_PAYMENT)),
    )


def _due_days(today: date, day: int) -> list[date]:
    """The last 24 months' due days, none after ``today``."""
    latest = today.replace(day=day) if day <= today.day else month_on(today.replace(day=day), 0)
    return [month_on(latest, number - MONTHS + 2) for number in range(MONTHS)]


def _paid(days: list[date], pay: Callable[[date], DemoPayment]) -> tuple[DemoPayment, ...]:
    return tuple(pay(day) for day in days)


def _end_of_month(today: date, *, after: int) -> date:
    return month_on(today.replace(day=1), after + 2) - timedelta(days=1)
