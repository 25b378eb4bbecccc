"""A person's finances today, from accounts, debts and whole months."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.domain.money import from_minor, nearest_minor
from core.hooks import debts_owed
from goals.adapters.net_worth_chart import net_worth_chart
from goals.domain.snapshot import WINDOWS, Asset, Figures, MonthFigures, OwedDebt, figures
from goals.models import Snapshot
from goals.selectors import answers
from goals.selectors.worth import units_in
from transactions.models import Account, Category
from transactions.selectors.accounts import accounts_on
from transactions.selectors.months import LedgerMonth, whole_months
from users.models import User

LIQUID = {Account.Kind.CHECKING, Account.Kind.SAVINGS, Account.Kind.CASH, Account.Kind.UNASSIGNED}
MOST_DRAWN = 120


@dataclass(frozen=True, slots=True)
class Finances:
    """A person's figures in ``currency``, and what they were added up from."""

    currency: str
    figures: Figures
    holdings: answers.Holdings


def finances(user: User, *, today: date) -> Finances:
    """How a person stands today, in the base currency at today's rates.

    Closed accounts, pending rows and those of days to come do not count; an account that is a recorded debt's counts
    as the debt.
    """
    assets, debts, left_out = _holdings(user, today)
    essential = set(Category.objects.for_user(user).filter(essential=True).values_list("pk", flat=True))
    months = whole_months(user, today=today, most=max(WINDOWS))
    currency = user.base_currency
    return Finances(
        currency=currency,
        figures=figures(
            assets=assets,
            debts=debts,
            months=[_month_figures(month, essential, currency) for month in months],
        ),
        holdings=answers.Holdings(
            accounts=tuple(
                answers.HeldBalance(each.key, from_minor(each.balance, currency)) for each in assets
            ),
            debts=tuple(answers.HeldBalance(each.key, from_minor(each.balance, currency)) for each in debts),
            left_out=tuple(left_out),
        ),
    )


def net_worth_picture(user: User) -> str:
    """The net worth of the latest snapshots in the base currency over time, at most 120, as SVG."""
    rows = Snapshot.objects.for_user(user).filter(currency=user.base_currency).order_by("-on")
    points = list(rows.values_list("on", "net_worth")[:MOST_DRAWN])[::-1]
    return net_worth_chart(points, currency=user.base_currency)


def _holdings(user: User, today: date) -> tuple[list[Asset], list[OwedDebt], list[str]]:
    assets, debts, left_out = [], [], []
    owed = debts_owed(user, today=today).values()
    for debt in owed:
        balance, payment = (
            units_in(each, debt.currency, user.base_currency, on=today)
            for each in (debt.balance, debt.monthly_payment)
        )
        if balance is None or payment is None:
            left_out.append(debt.name)
        elif balance:
            debts.append(OwedDebt(debt.name, balance, payment))
    accounts: Any = accounts_on(today).filter(user=user, is_closed=False).order_by("name", "pk")
    others = accounts.exclude(pk__in=[debt.account_id for debt in owed if debt.account_id])
    for name, kind, currency, balance in others.values_list("name", "kind", "currency", "balance"):
        held = units_in(balance, currency, user.base_currency, on=today)
        if held is None:
            left_out.append(name)
        else:
            assets.append(Asset(name, held, kind in LIQUID))
    return assets, debts, sorted(left_out)


def _month_figures(month: LedgerMonth, essential: Collection[UUID], currency: str) -> MonthFigures:
    needed = [spent for category, spent in month.spent.items() if category in essential]
    parts = (month.income, month.spending, sum(needed, Decimal(0)))
    return MonthFigures(*(nearest_minor(part, currency) for part in parts))
