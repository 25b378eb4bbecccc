"""The whole months of a ledger, and pay days."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AccountFactory, PersonFactory, TransactionFactory, category_of
from transactions.models import Account, RecurringSeries, Split
from transactions.selectors.months import LedgerMonth, month_before, whole_months, whole_months_of
from transactions.selectors.pay_days import coming_pay_days
from users.models import User

TODAY = dt.date(2026, 3, 15)


@pytest.fixture
def account(alice: User) -> Account:
    return AccountFactory(user=alice)


def row(account: Account, code: str, amount: str, on: dt.date) -> None:
    TransactionFactory(
        account=account, date=on, amount=Decimal(amount), category=category_of(account.user, code)
    )


def months(user: User, most: int = 24) -> list[tuple[str, Decimal, Decimal]]:
    found = whole_months(user, today=TODAY, most=most)
    return [(f"{month.first:%Y-%m}", month.income, month.spending) for month in found]


def test_the_month_of_today_is_not_whole(alice: User, account: Account) -> None:
    row(account, "salary", "100.00", dt.date(2026, 2, 28))
    row(account, "groceries", "-30.00", dt.date(2026, 2, 1))
    row(account, "salary", "100.00", dt.date(2026, 3, 1))

    assert months(alice) == [("2026-02", 100, 30)]


def test_a_month_between_others_can_be_one_of_nothing(alice: User, account: Account) -> None:
    row(account, "groceries", "-30.00", dt.date(2025, 12, 31))
    row(account, "salary", "5.00", dt.date(2026, 2, 1))

    assert months(alice) == [("2025-12", 0, 30), ("2026-01", 0, 0), ("2026-02", 5, 0)]
    assert months(alice, most=2) == [("2026-02", 5, 0)]


def test_transfers_and_savings_are_not_spent_and_refunds_take_off(alice: User, account: Account) -> None:
    for code, amount in (
        ("transfer", "-500.00"),
        ("investments", "-200.00"),
        ("clothing", "-80.00"),
        ("clothing", "30.00"),
    ):
        row(account, code, amount, dt.date(2026, 2, 10))

    (month,) = whole_months(alice, today=TODAY, most=12)
    assert month == LedgerMonth(
        dt.date(2026, 2, 1), Decimal(0), {category_of(alice, "clothing").pk: Decimal("50.00")}
    )


def test_the_parts_of_a_row_count_for_themselves(alice: User, account: Account) -> None:
    split = TransactionFactory(account=account, date=dt.date(2026, 2, 3), amount=Decimal("-100.00"))
    for code, amount in (("groceries", "-60.00"), ("savings", "-40.00")):
        Split.objects.create(
            transaction=split, amount=amount, base_amount=amount, category=category_of(alice, code)
        )

    assert months(alice) == [("2026-02", 0, 60)]


def test_the_months_of_many_people_are_those_of_each(alice: User, bob: User, account: Account) -> None:
    row(account, "salary", "100.00", dt.date(2026, 1, 28))
    row(account, "groceries", "-30.00", dt.date(2026, 2, 1))
    row(AccountFactory(user=bob), "groceries", "-7.00", dt.date(2026, 2, 1))
    people = (alice, bob, PersonFactory())

    with CaptureQueriesContext(connection) as captured:
        found = whole_months_of(people, today=TODAY, most=24)

    assert len(captured) == 2
    assert found == {person.pk: whole_months(person, today=TODAY, most=24) for person in people}
    assert [len(months) for months in found.values()] == [2, 1, 0]


def test_an_empty_ledger_has_no_months(alice: User) -> None:
    assert months(alice) == []


def test_months_are_counted_over_the_turn_of_a_year() -> None:
    assert month_before(dt.date(2026, 3, 31), 0) == dt.date(2026, 3, 1)
    assert month_before(dt.date(2026, 1, 1), 1) == dt.date(2025, 12, 1)
    assert month_before(dt.date(2026, 3, 1), 27) == dt.date(2023, 12, 1)


def test_pay_days_are_those_of_the_largest_income(alice: User, bob: User) -> None:
    for user, key, amount, day in (
        (alice, "rent", 400, 3),
        (alice, "salary", 2500, 31),
        (bob, "salary", 9000, 1),
    ):
        RecurringSeries.objects.create(
            user=user, key=key, name=key, kind="income", period="monthly", currency="EUR",
            expected=amount, spread=0, first_on=dt.date(2026, 1, day), last_on=dt.date(2026, 1, day),
            next_on=dt.date(2026, 3, day), tolerance_days=3, confidence=1,
        )  # fmt: skip

    found = coming_pay_days(alice, today=TODAY, until=dt.date(2026, 5, 31))

    assert found == [dt.date(2026, 3, 31), dt.date(2026, 4, 30), dt.date(2026, 5, 31)]


def test_without_a_regular_income_no_pay_day_is_known(alice: User) -> None:
    assert coming_pay_days(alice, today=TODAY, until=dt.date(2026, 5, 31)) == []
