"""What may be spent today, from the accounts, what comes round, and what other apps say is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, cast
from uuid import UUID

from budgets.domain.safe_to_spend import Due, SafeToSpend, safe_to_spend
from budgets.models import BudgetSettings
from budgets.selectors.spending import spending
from core.domain.money import from_minor, nearest_minor, to_minor
from core.hooks import obligations
from core.serializers import said
from transactions.models import Account
from transactions.selectors.accounts import accounts_with_balances
from transactions.selectors.rates import converted
from transactions.selectors.upcoming import Upcoming, upcoming
from users.models import User

DAILY_USE = (Account.Kind.CHECKING, Account.Kind.CASH, Account.Kind.CREDIT_CARD, Account.Kind.UNASSIGNED)
HORIZON = timedelta(days=35)
INCOME = "income"
# A payment on a debt that came round before is what the debt itself asks for.
PAYS_DEBTS = {"loan-payment", "credit-card-payment"}


class SetAsideKind(StrEnum):
    """What asks for money that is set aside."""

    BILL = "bill"
    DEBT = "debt"
    GOAL = "goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    due_on: date
    name: str
    kind: SetAsideKind
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeToday:
    """What may be spent today without missing what falls due."""

    on: date
    currency: str
    safe_today: Decimal = said("What is left of today's share.")
    per_day: Decimal
    total: Decimal = said("Free until the next income.")
    last_on: date = said("The day before the next income.")
    days: int
    balance: Decimal = said("Of the accounts for daily use, pending rows and cards included.")
    buffer: Decimal
    set_aside: tuple[SetAside, ...]
    set_aside_total: Decimal
    lowest_balance: Decimal
    lowest_on: date
    left_out: tuple[str, ...] = said("What has no rate to your base currency.")


def safe_today(user: User, settings: BudgetSettings, *, today: date) -> tuple[SafeToSpend, list[str]]:
    """What is safe to spend, in the base currency, and the names of what could not be converted to it.

    Accounts for daily use count with what is pending; money owed on a card takes off, unless the card is a debt that
    asks for its own payments. Looked at are the 35 days ahead.
    """
    horizon = today + HORIZON
    owed = obligations(user, today=today, until=horizon)
    balance, left_out = _balance(user, {each.account_id for each in owed if each.account_id}, today)
    has_debts = any(each.kind == SetAsideKind.DEBT for each in owed)
    coming = [
        each
        for each in upcoming(user, today=today, until=horizon)
        if each.is_income or not (has_debts and each.category and each.category.code in PAYS_DEBTS)
    ]
    asked = [(each.day, each.amount, each.currency, each.name, _kind(each)) for each in coming]
    asked += [(each.day, each.amount, each.currency, each.name, each.kind) for each in owed]
    dues = [
        (name, _due(user, today, day, amount, currency, name, kind))
        for day, amount, currency, name, kind in asked
    ]
    left_out += [name for name, due in dues if due is None]
    known = [due for _, due in dues if due is not None]
    found = safe_to_spend(
        balance=balance,
        spent_today=_spent_freely(user, today),
        obligations=[due for due in known if due.kind != INCOME],
        incomes=[due for due in known if due.kind == INCOME],
        buffer=to_minor(settings.buffer, user.base_currency),
        today=today,
        horizon=horizon,
    )
    return found, left_out


def safe_to_spend_today(user: User, settings: BudgetSettings, *, today: date) -> SafeToday:
    """``safe_today`` in amounts of the base currency."""
    found, left_out = safe_today(user, settings, today=today)
    currency = user.base_currency
    return SafeToday(
        on=today,
        currency=currency,
        safe_today=from_minor(found.today, currency),
        per_day=from_minor(found.per_day, currency),
        total=from_minor(found.total, currency),
        last_on=found.until,
        days=found.days,
        balance=from_minor(found.balance, currency),
        buffer=from_minor(found.buffer, currency),
        set_aside=tuple(
            SetAside(
                due_on=each.day,
                name=each.name,
                kind=SetAsideKind(each.kind),
                amount=from_minor(each.amount, currency),
            )
            for each in found.set_aside
        ),
        set_aside_total=from_minor(sum(each.amount for each in found.set_aside), currency),
        lowest_balance=from_minor(found.lowest_balance, currency),
        lowest_on=found.lowest_on,
        left_out=tuple(sorted(set(left_out))),
    )


class _Held(Protocol):
    """An account with what it holds, and what is not booked yet."""

    pk: UUID
    name: str
    currency: str
    balance: Decimal
    pending: Decimal


def _balance(user: User, paid_otherwise: Collection[UUID], today: date) -> tuple[int, list[str]]:
    total, left_out = 0, []
    accounts = accounts_with_balances().filter(user=user, kind__in=DAILY_USE, is_closed=False)
    for account in cast("Iterable[_Held]", accounts):
        if account.pk in paid_otherwise:
            continue
        held = converted(
            account.balance + account.pending, source=account.currency, target=user.base_currency, on=today
        )
        if held is None:
            left_out.append(account.name)
        else:
            total += _minor(held, user.base_currency)
    return total, left_out


def _spent_freely(user: User, today: date) -> int:
    """What was spent today on what does not come round."""
    spent = spending(user.pk, first=today, last=today, currency=user.base_currency)
    return sum(each.amount for each in spent if not each.comes_round)


def _kind(each: Upcoming) -> str:
    return INCOME if each.is_income else SetAsideKind.BILL


def _due(
    user: User, today: date, day: date, amount: Decimal, currency: str, name: str, kind: str
) -> Due | None:
    worth = converted(abs(amount), source=currency, target=user.base_currency, on=today)
    return None if worth is None else Due(day, _minor(worth, user.base_currency), name, kind)


def _minor(amount: Decimal, currency: str) -> int:
    return nearest_minor(amount, currency)
