"""A couple with one ledger: half a year of it, up to a given day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from transactions.demo.habits import month_of_rows
from transactions.demo.ledger import CARD, CASH, CHECKING, SAVINGS, DemoAccount, DemoRow, Household, moved
from transactions.demo.months import day_of, months_before, months_from
from transactions.demo.occasions import occasions

MONTHS = 6
CARD_CLOSES_ON, CARD_IS_PAID_ON = 20, 25

ACCOUNTS = (
    DemoAccount(CHECKING, "Joint checking", Decimal("3446.25"), "DE02120300000000202051", "Lindenbank"),
    DemoAccount(SAVINGS, "Rainy-day savings", Decimal("6200.00"), "DE02500105170137075030", "Lindenbank"),
    DemoAccount(CARD, "Credit card", Decimal("-318.40"), "1184", "Lindenbank"),
    DemoAccount(CASH, "Cash", Decimal("185.00")),
)


def household(today: date) -> Household:
    """The last six months up to and including ``today``; the same day always gives the same rows.

    Money spent yesterday and today is pending, save in cash. The card is paid in full on the 25th, as its
    statement of the 20th says.
    """
    first = months_before(today, MONTHS)
    rows = [
        row
        for year, month in months_from(first, today)
        for row in month_of_rows(year, month)
        if first <= row.date <= today
    ]
    rows += occasions(today)
    rows += _card_payments(rows, first=first, today=today)
    shown = [_as_booked(row, today=today) for row in sorted(rows, key=lambda row: row.date)]
    return Household(accounts=ACCOUNTS, rows=tuple(shown))


def _card_payments(rows: Iterable[DemoRow], *, first: date, today: date) -> Iterator[DemoRow]:
    card = [row for row in rows if row.account == CARD]
    paid = next(account.opening_balance for account in ACCOUNTS if account.kind == CARD)
    for year, month in months_from(first, today):
        closes, pays = day_of(year, month, CARD_CLOSES_ON), day_of(year, month, CARD_IS_PAID_ON)
        owed = -(paid + sum((row.booked for row in card if row.date <= closes), Decimal(0)))
        if first <= pays <= today and owed > 0:
            paid += owed
            texts = ("KREDITKARTENABRECHNUNG LINDENBANK", "ZAHLUNG KREDITKARTENABRECHNUNG")
            yield from moved(pays, source=CHECKING, target=CARD, amount=owed, texts=texts)


def _as_booked(row: DemoRow, *, today: date) -> DemoRow:
    is_fresh = row.date >= today - timedelta(days=1)
    may_wait = row.amount < 0 and row.account != CASH and not row.transfer
    return replace(row, is_pending=True) if is_fresh and may_wait else row
