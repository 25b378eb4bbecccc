"""A person's finances today, from accounts, debts and whole months."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core import hooks
from core.domain.money import from_minor, nearest_minor
from goals.adapters import draw_net_worth
from goals.domain.snapshot import WINDOWS, Asset, Figures, MonthFigures, OwedDebt, figures
from goals.models import Snapshot
from goals.selectors import answers
from goals.selectors.worth import units_in
from transactions.models import Account, Category
from transactions.selectors.accounts import accounts_on
from transactions.selectors.months import LedgerMonth, whole_months_of
from users.models import User

LIQUID = {Account.Kind.CHECKING, Account.Kind.SAVINGS, Account.Kind.CASH, Account.Kind.UNASSIGNED}
MOST_DRAWN = 120


@dataclass(frozen=True, slots=True)
class Finances:
    """A person's figures in ``currency``, and what they were added up from."""

    currency: str
    figures: Figures
    holdings: answers.Holdings


def finances_of(people: Collection[User], *, today: date) -> dict[UUID, Finances]:
    """How each of these people stands today, in the base currency at today's rates, by their ids.

    ``today`` is the day of all of them. Closed accounts, pending rows and those of days to come do not count; an
    account that is a recorded debt's counts as the debt.
    """
    ids = [person.pk for person in people]
    owed = hooks.debts_owed_of(ids, today=today)
    accounts = _accounts_of(ids, today)
    months = whole_months_of(people, today=today, most=max(WINDOWS))
    essential = set(Category.objects.filter(user__in=ids, essential=True).values_list("pk", flat=True))
    return {
        person.pk: _finances(
            person,
            _holdings(person, owed[person.pk].values(), accounts[person.pk], today),
            [_month_figures(month, essential, person.base_currency) for month in months[person.pk]],
        )
        for person in people
    }


def net_worth_picture(user: User) -> str:
    """The net worth of the latest snapshots in the base currency over time, at most 120, as SVG."""
    rows = Snapshot.objects.for_user(user).filter(currency=user.base_currency).order_by("-on")
    points = list(rows.values_list("on", "net_worth")[:MOST_DRAWN])[::-1]
    return draw_net_worth(points, currency=user.base_currency)


@dataclass(frozen=True, slots=True)
class _HeldAccount:
    id: UUID
    name: str
    kind: str
    currency: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class _Holdings:
    """In minor units of the base currency; ``left_out`` has no rate to it."""

    assets: list[Asset]
    debts: list[OwedDebt]
    left_out: list[str]


def _finances(person: User, held: _Holdings, months: list[MonthFigures]) -> Finances:
    currency = person.base_currency
    return Finances(
        currency=currency,
        figures=figures(assets=held.assets, debts=held.debts, months=months),
        holdings=answers.Holdings(
            accounts=tuple(
                answers.HeldBalance(each.key, from_minor(each.balance, currency)) for each in held.assets
            ),
            debts=tuple(
                answers.HeldBalance(each.key, from_minor(each.balance, currency)) for each in held.debts
            ),
            left_out=tuple(sorted(held.left_out)),
        ),
    )


def _accounts_of(people: Collection[UUID], today: date) -> dict[UUID, list[_HeldAccount]]:
    found: dict[UUID, list[_HeldAccount]] = {person: [] for person in people}
    open_ones: Any = accounts_on(today).filter(user__in=people, is_closed=False).order_by("name", "pk")
    for user, *columns in open_ones.values_list("user_id", "pk", "name", "kind", "currency", "balance"):
        found[user].append(_HeldAccount(*columns))
    return found


def _holdings(
    person: User, owed: Collection[hooks.OwedDebt], accounts: Sequence[_HeldAccount], today: date
) -> _Holdings:
    held = _Holdings([], [], [])
    for debt in owed:
        _add_debt(held, debt, person.base_currency, today)
    of_debts = {debt.account_id for debt in owed}
    for account in accounts:
        if account.id not in of_debts:
            _add_account(held, account, person.base_currency, today)
    return held


def _add_debt(held: _Holdings, debt: hooks.OwedDebt, currency: str, today: date) -> None:
    balance, payment = (
        units_in(each, debt.currency, currency, on=today) for each in (debt.balance, debt.monthly_payment)
    )
    if balance is None or payment is None:
        held.left_out.append(debt.name)
    elif balance:
        held.debts.append(OwedDebt(debt.name, balance, payment))


def _add_account(held: _Holdings, account: _HeldAccount, currency: str, today: date) -> None:
    units = units_in(account.balance, account.currency, currency, on=today)
    if units is None:
        held.left_out.append(account.name)
    else:
        held.assets.append(Asset(account.name, units, account.kind in LIQUID))


def _month_figures(month: LedgerMonth, essential: Collection[UUID], currency: str) -> MonthFigures:
    needed = [spent for category, spent in month.spent.items() if category in essential]
    parts = (month.income, month.spending, sum(needed, Decimal(0)))
    return MonthFigures(*(nearest_minor(part, currency) for part in parts))
