"""Snapshots of a person's finances."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from goals.models import Snapshot
from tests.factories import AccountFactory, DebtFactory, SnapshotFactory, TransactionFactory, category_of
from tests.goals.api.conftest import TODAY, Live
from users.models import User

SNAPSHOTS = "/api/v1/snapshots"


def test_a_snapshot_adds_up_what_is_held_and_owed(alice: User, alice_api: APIClient, live: Live) -> None:
    live()
    AccountFactory(user=alice, name="Deposit", kind="savings", opening_balance=Decimal("500.00"))
    AccountFactory(user=alice, name="Fund", kind="investment", opening_balance=Decimal("700.00"))
    AccountFactory(user=alice, name="Visa", kind="credit_card", opening_balance=Decimal("-200.00"))
    DebtFactory(user=alice, name="Loan", balance_on=TODAY)

    answer = alice_api.post(SNAPSHOTS)

    shown = answer.json()
    assert (answer.status_code, shown["on"], shown["currency"]) == (201, "2026-03-15", "EUR")
    assert (shown["assets"], shown["debts"], shown["net_worth"]) == ("4200.00", "1200.00", "3000.00")
    assert (shown["months"], shown["income"], shown["spending"]) == (3, "9000.00", "6000.00")
    # 3,500 in hand are two and a half rents of 1,400; 50 of 3,000 a month go to the loan.
    assert (shown["savings_rate"], shown["months_of_runway"], shown["debt_to_income"]) == (
        "33.3",
        "2.5",
        "1.7",
    )
    assert shown["owed"] == [{"name": "Loan", "balance": "1000.00"}]
    assert {"name": "Visa", "balance": "-200.00"} in shown["accounts"]


def test_the_account_of_a_debt_counts_as_the_debt(alice: User, alice_api: APIClient) -> None:
    account = AccountFactory(user=alice, kind="loan", opening_balance=Decimal("-990.00"))
    DebtFactory(user=alice, account=account, balance_on=TODAY)

    assert alice_api.post(SNAPSHOTS).json()["debts"] == "1000.00"


def test_a_closed_account_holds_nothing(alice: User, alice_api: APIClient) -> None:
    AccountFactory(user=alice, opening_balance=Decimal("10.00"), is_closed=True)

    shown = alice_api.post(SNAPSHOTS).json()

    assert (shown["assets"], shown["months"], shown["savings_rate"]) == ("0.00", 0, None)


def test_a_second_look_on_one_day_takes_the_place_of_the_first(alice: User, alice_api: APIClient) -> None:
    account = AccountFactory(user=alice, opening_balance=Decimal("10.00"))
    first = alice_api.post(SNAPSHOTS)
    TransactionFactory(account=account, amount=Decimal("5.00"), category=category_of(alice, "salary"))

    second = alice_api.post(SNAPSHOTS)

    assert (first.status_code, second.status_code) == (201, 200)
    assert (second.json()["id"], second.json()["net_worth"]) == (first.json()["id"], "15.00")
    assert Snapshot.objects.count() == 1


def test_snapshots_are_a_series(alice: User, bob: User, alice_api: APIClient) -> None:
    for month in (1, 2, 3):
        SnapshotFactory(user=alice, on=dt.date(2026, month, 1))
    SnapshotFactory(user=bob)

    shown = alice_api.get(SNAPSHOTS, {"date_from": "2026-02-01"}).json()["results"]

    assert [each["on"] for each in shown] == ["2026-03-01", "2026-02-01"]


def test_net_worth_is_drawn(alice: User, alice_api: APIClient) -> None:
    for month, worth in ((1, "-1500.00"), (2, "500.00"), (3, "2500.00")):
        SnapshotFactory(user=alice, on=dt.date(2026, month, 1), net_worth=Decimal(worth))
    SnapshotFactory(user=alice, on=dt.date(2026, 3, 2), currency="USD")

    answer = alice_api.get(f"{SNAPSHOTS}/net-worth.svg")

    drawn = answer.content.decode()
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "<desc>2500.00 EUR on 1 Mar 2026</desc>" in drawn
    assert drawn.count("<polyline") == 1
    assert drawn == alice_api.get(f"{SNAPSHOTS}/net-worth.svg").content.decode()


def test_before_the_first_snapshot_the_picture_says_so(alice_api: APIClient) -> None:
    assert "No snapshots yet" in alice_api.get(f"{SNAPSHOTS}/net-worth.svg").content.decode()


@pytest.mark.parametrize("method", ["post", "get"])
def test_it_costs_the_same_however_much_there_is(
    alice: User, alice_api: APIClient, live: Live, method: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert getattr(alice_api, method)(SNAPSHOTS).status_code == 200
        return len(captured)

    live()
    alice_api.post(SNAPSHOTS)
    AccountFactory(user=alice)
    DebtFactory(user=alice)
    few = queries()
    for number in range(3):
        AccountFactory(user=alice)
        DebtFactory(user=alice)
        SnapshotFactory(user=alice, on=dt.date(2025, 1 + number, 1))

    assert queries() == few
