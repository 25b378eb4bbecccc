"""Goals of alice's in March 2026, and a ledger that says what her months leave over."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from tests.factories import AccountFactory, MerchantFactory, TransactionFactory, category_of
from transactions.models import Account, RecurringSeries
from users.models import User

TODAY = dt.date(2026, 3, 15)
WINTER = (dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1))

Post = Callable[..., dict[str, Any]]
Live = Callable[..., Account]


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel("2026-03-15T12:00:00Z", tick=False):
        yield


@pytest.fixture
def add_goal(alice_api: APIClient) -> Post:
    """Saves a goal and returns its representation: 1,200 euros in the ten months to the end of the year."""

    def add(*, client: APIClient = alice_api, **fields: Any) -> dict[str, Any]:
        answer = client.post("/api/v1/goals", body_of(**fields))
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return add


def body_of(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "savings",
        "name": "Roof",
        "target_amount": "1200.00",
        "currency": "EUR",
        "target_on": "2026-12-31",
    } | fields


@pytest.fixture
def live(alice: User) -> Live:
    """Months with 3,000 earned, of which so much is spent, at first 2,000: 1,400 rent and 600 in restaurants."""

    def spend(*amounts: int, months: Iterable[dt.date] = WINTER) -> Account:
        account: Account = AccountFactory(user=alice, name="Giro")
        for first, spent in zip(months, amounts or (2000, 2000, 2000), strict=True):
            for code, amount in (("salary", 3000), ("rent", -1400), ("dining", 1400 - spent)):
                TransactionFactory(
                    account=account,
                    date=first.replace(day=5),
                    amount=Decimal(amount),
                    category=category_of(alice, code),
                )
        return account

    return spend


def subscribe(
    user: User, account: Account, name: str, price: str, code: str = "streaming"
) -> RecurringSeries:
    """What is paid each month on the 5th."""
    series = RecurringSeries.objects.create(
        user=user, key=name, name=name, merchant=MerchantFactory(user=user, name=name), kind="subscription",
        period="monthly", currency="EUR", expected=-Decimal(price), spread=0, first_on=dt.date(2025, 12, 5),
        last_on=dt.date(2026, 3, 5), next_on=dt.date(2026, 4, 5), tolerance_days=3, confidence=1,
    )  # fmt: skip
    row = TransactionFactory(
        account=account, date=dt.date(2026, 3, 5), amount=-Decimal(price), category=category_of(user, code)
    )
    series.occurrences.add(row)
    return series


def pay_day(user: User, amount: str = "3000.00") -> RecurringSeries:
    """A salary on the 27th."""
    return RecurringSeries.objects.create(
        user=user, key="salary", name="Salary", kind="income", period="monthly", currency="EUR",
        expected=Decimal(amount), spread=0, first_on=dt.date(2025, 12, 27), last_on=dt.date(2026, 2, 27),
        next_on=dt.date(2026, 3, 27), tolerance_days=3, confidence=1,
    )  # fmt: skip
