"""What the rest of a period is likely to cost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import MerchantFactory, TransactionFactory, act_of, category_of
from transactions.services.recurring import refresh_recurring

FORECAST = "/api/v1/budgets/forecast"


@pytest.fixture
def habit(spend):
    """Ten euros of groceries a day for three months, and a subscription on the 20th of each month."""
    for back in range(1, 91):
        spend("groceries", "10.00", date(2026, 3, 15) - timedelta(days=back))


def category(shown, name):
    return next(each for each in shown["categories"] if each["name"] == name)


def test_habit_goes_on(month, alice_api, habit):
    shown = alice_api.get(FORECAST).json()
    groceries = category(shown, "Groceries")
    assert (groceries["spent"], groceries["expected"], groceries["projected"]) == (
        "140.00",
        "170.00",
        "310.00",
    )
    assert Decimal(groceries["low"]) <= 170 <= Decimal(groceries["high"])
    assert (shown["first_on"], shown["last_on"], len(shown["days"])) == ("2026-03-15", "2026-03-31", 17)
    assert sum(Decimal(day["expected"]) for day in shown["days"]) == Decimal(shown["expected"])
    parts = [*shown["categories"], shown["unplanned"]]
    assert sum(Decimal(each["expected"]) for each in parts) == Decimal(shown["expected"])


def test_a_bill_is_expected_on_its_day(month, alice, alice_api, account):
    landlord = MerchantFactory(user=alice, name="Stream")
    for day in ("2025-11-20", "2025-12-20", "2026-01-20", "2026-02-20"):
        TransactionFactory(
            account=account,
            category=category_of(alice, "entertainment"),
            merchant=landlord,
            amount=Decimal("-12.99"),
            date=day,
        )
    refresh_recurring(alice, act=act_of(alice), today=date(2026, 3, 15))
    shown = alice_api.get(FORECAST).json()
    assert category(shown, "Entertainment")["expected"] == "12.99"
    assert [day for day in shown["days"] if day["expected"] != "0.00"] == [
        {"on": "2026-03-20", "expected": "12.99"}
    ]


def test_without_a_budget_there_is_nothing_to_foretell(alice_api):
    assert alice_api.get(FORECAST).json()["error_code"] == "NO_BUDGET"


def test_the_queries_do_not_grow_with_what_was_spent(month, alice_api, habit, django_assert_num_queries):
    with django_assert_num_queries(8):
        alice_api.get(FORECAST)
