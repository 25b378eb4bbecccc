"""What one app says of a debt the others say too, whatever has become of it."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from tests.factories import AccountFactory, TransactionFactory

API = "/api/v1"
NOON = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def giro(alice):
    return AccountFactory(user=alice, name="Giro", opening_balance=2000)


@pytest.fixture
def visa(alice_api, giro):
    """800 without interest, at least 25 of it on the 28th; a goal follows it, a budget has to allow for it."""
    minimum = {"rule": "fixed", "amount": "25.00"}
    terms = {"balance": "800.00", "apr": "0", "due_day": 28, "minimum_payment": minimum}
    debt = alice_api.post(f"{API}/debts", {"name": "Visa", "kind": "credit_card", "currency": "EUR", **terms})
    goal = {"kind": "debt_payoff", "name": "Free", "target_amount": "800.00", "target_on": "2027-12-31"}
    alice_api.post(f"{API}/goals", goal | {"currency": "EUR", "debt": debt.json()["id"]})
    alice_api.post(f"{API}/budgets/periods", {"income_expected": "3000.00"})
    return f"{API}/debts/{debt.json()['id']}"


@pytest.fixture
def owed(alice, client_of, visa):
    """What is owed on the card, by everybody who says so."""

    def told():
        # Signed in anew: days may have passed.
        alice_api = client_of(alice)
        (goal,) = alice_api.get(f"{API}/goals").json()["results"]
        plan = alice_api.post(f"{API}/debts/compare", {"monthly_budget": "100.00"}).json()
        snapshot = alice_api.post(f"{API}/snapshots").json()
        return {
            "debts": alice_api.get(visa).json()["balance"],
            "the list": alice_api.get(f"{API}/debts").json()["results"][0]["balance"],
            "goals": goal["remaining"],
            "the planner": plan["baseline"]["total_paid"],
            "net worth": snapshot["debts"],
            "by name": snapshot["owed"][0]["balance"],
        }

    return told


@pytest.fixture
def due(alice_api, visa):
    """What the card asks for on the 28th of March, by the budget and by the app that keeps it."""

    def told():
        safe = alice_api.get(f"{API}/budgets/safe-to-spend").json()["set_aside"]
        return [each["amount"] for each in safe if each["due_on"] == "2026-03-28"]

    return told


def pay(api, visa, **fields):
    answer = api.post(f"{visa}/payments", fields)
    assert answer.status_code == 201, answer.json()
    return f"{API}/debt-payments/{answer.json()['id']}"


def test_all_agree_on_a_debt_that_was_just_entered(owed, due):
    assert set(owed().values()) == {"800.00"}
    assert due() == ["25.00"]


def test_all_agree_after_a_payment_and_after_its_deletion(alice_api, visa, owed, due):
    payment = pay(alice_api, visa, amount="10.00", paid_on="2026-03-15")
    assert set(owed().values()) == {"790.00"}
    assert due() == ["15.00"]

    alice_api.delete(payment)
    assert set(owed().values()) == {"800.00"}
    assert due() == ["25.00"]


def test_all_agree_after_a_payment_from_the_ledger_goes_to_the_trash_and_comes_back(
    alice_api, giro, visa, owed, due
):
    row = TransactionFactory(account=giro, date=NOON.date(), amount=Decimal("-100.00"))
    pay(alice_api, visa, transaction=str(row.pk))
    assert set(owed().values()) == {"700.00"}
    assert due() == []

    alice_api.delete(f"{API}/transactions/{row.pk}")
    assert set(owed().values()) == {"800.00"}
    assert due() == ["25.00"]

    alice_api.post(f"{API}/transactions/{row.pk}/restore")
    assert set(owed().values()) == {"700.00"}
    assert due() == []


def test_all_agree_on_the_next_day_and_in_the_next_month(alice_api, visa, owed, clock):
    pay(alice_api, visa, amount="10.00", paid_on="2026-03-15")
    for day in (dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC), dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC)):
        clock.move_to(day)
        assert set(owed().values()) == {"790.00"}


def test_putting_back_what_was_read_changes_nothing_that_anybody_says(alice_api, visa, owed, due):
    pay(alice_api, visa, amount="10.00", paid_on="2026-03-15")

    answer = alice_api.put(visa, alice_api.get(visa).json())

    assert answer.status_code == 200, answer.json()
    assert set(owed().values()) == {"790.00"}
    assert due() == ["15.00"]


def test_nobody_tells_of_a_debt_that_was_deleted(alice_api, visa, due):
    alice_api.delete(visa)

    snapshot = alice_api.post(f"{API}/snapshots").json()
    assert (snapshot["debts"], snapshot["owed"]) == ("0.00", [])
    assert due() == []
    assert alice_api.get(f"{API}/debts").json()["results"] == []
