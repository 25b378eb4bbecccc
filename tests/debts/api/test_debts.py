"""``/api/v1/debts``: what is kept of a debt, and what it comes to."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from debts.models import Debt
from tests.debts.api.conftest import Post, fixed
from tests.factories import AccountFactory
from users.models import User

URL = "/api/v1/debts"
CARD = {
    "name": "Card",
    "kind": "credit_card",
    "currency": "EUR",
    "credit_limit": "4000.00",
    "minimum_payment": {"rule": "percent", "percent": "2", "floor": "20.00"},
    "segments": [
        {"amount": "1000.00", "apr": "19.9"},
        {"kind": "transfer", "amount": "600.00", "apr": "21.9", "promo": {"apr": "0", "months": 6}},
    ],
}


def test_a_debt_is_kept_with_its_segments_and_its_minimum(alice_api: APIClient) -> None:
    answer = alice_api.post(URL, CARD)

    shown = answer.json()
    assert answer.status_code == 201
    assert (shown["balance"], shown["balance_on"], shown["status"]) == ("1600.00", "2026-03-15", "active")
    assert shown["minimum_payment"] == {
        "rule": "percent",
        "percent": "2",
        "floor": "20.00",
        "of": "balance_after_interest",
    }
    assert shown["segments"][1] == {
        "kind": "transfer",
        "amount": "600.00",
        "apr": "21.9",
        "promo": {"apr": "0", "until": "2026-08-15", "deferred": False},
        "rate_changes": [],
    }


def test_what_is_shown_can_be_put_back_unchanged(alice_api: APIClient, add_debt: Post) -> None:
    rates = [{"on": "2026-06-01", "apr": "14.5"}]
    debt = add_debt(**CARD | {"segments": [{"amount": "500.00", "apr": "9.9", "rate_changes": rates}]})
    before = AuditEntry.objects.count()

    answer = alice_api.put(f"{URL}/{debt['id']}", debt)

    assert answer.status_code == 200
    assert {**answer.json(), "updated_at": ""} == {**debt, "updated_at": ""}
    assert AuditEntry.objects.count() == before


def test_interest_since_the_day_of_the_balance_is_owed_too(alice_api: APIClient, add_debt: Post) -> None:
    debt = add_debt(segments=[{"amount": "1000.00", "apr": "12"}], balance_on="2026-01-15")

    # Two whole months at one percent each.
    assert debt["balance"] == "1020.10"


def test_payments_take_off_what_they_do_not_pay_in_interest(alice_api: APIClient, add_debt: Post) -> None:
    debt = add_debt(segments=[{"amount": "1000.00", "apr": "12"}], balance_on="2026-01-15")
    alice_api.post(f"{URL}/{debt['id']}/payments", {"paid_on": "2026-02-15", "amount": "110.00"})

    shown = alice_api.get(f"{URL}/{debt['id']}").json()

    assert shown["balance"] == "909.00"


def test_a_change_is_on_record(alice_api: APIClient, alice: User, add_debt: Post) -> None:
    debt = add_debt()

    alice_api.patch(f"{URL}/{debt['id']}", {"minimum_payment": {"rule": "amortising", "months": 24}})

    entry = AuditEntry.objects.filter(object_id=debt["id"]).latest("id")
    assert (entry.actor_id, entry.action) == (alice.pk, "updated")
    assert entry.changes == {
        "minimum_rule": ["fixed", "amortising"],
        "minimum_amount": ["50.0000", "0.0000"],
        "minimum_months": [0, 24],
    }


def test_debts_come_in_the_persons_own_order(alice_api: APIClient, add_debt: Post) -> None:
    first, second = add_debt(name="First"), add_debt(name="Second")

    alice_api.patch(f"{URL}/{first['id']}", {"position": 9})

    names = [debt["name"] for debt in alice_api.get(URL).json()["results"]]
    assert names == ["Second", "First"]
    assert (first["position"], second["position"]) == (1, 2)


def test_debts_are_narrowed_down_by_kind_status_and_currency(alice_api: APIClient, add_debt: Post) -> None:
    add_debt(name="Card")
    add_debt(name="Loan", kind="personal", status="paid_off", currency="USD")

    for query in ({"kind": "personal"}, {"status": "paid_off"}, {"currency": "USD"}):
        assert [each["name"] for each in alice_api.get(URL, query).json()["results"]] == ["Loan"]


def test_the_list_costs_the_same_however_many_debts(
    alice_api: APIClient, add_debt: Post, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        debt = add_debt(name=f"Debt {number}")
        alice_api.post(f"{URL}/{debt['id']}/payments", {"paid_on": "2026-02-01", "amount": "10.00"})

    with django_assert_max_num_queries(6):
        alice_api.get(URL)


def test_a_stranger_sees_changes_and_removes_nothing(
    bob_api: APIClient, add_debt: Post, alice_api: APIClient
) -> None:
    debt = add_debt()

    answers = [
        bob_api.get(f"{URL}/{debt['id']}"),
        bob_api.patch(f"{URL}/{debt['id']}", {"name": "Mine"}),
        bob_api.delete(f"{URL}/{debt['id']}"),
        bob_api.get(f"{URL}/{debt['id']}/schedule"),
        bob_api.get(f"{URL}/{debt['id']}/payments"),
        bob_api.get(f"{URL}/{debt['id']}/suggested-payments"),
        bob_api.post(f"{URL}/{debt['id']}/payments", {"paid_on": "2026-02-01", "amount": "10.00"}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert alice_api.get(f"{URL}/{debt['id']}").json() == debt


def test_another_persons_account_cannot_be_linked(alice_api: APIClient, bob: User) -> None:
    foreign = AccountFactory(user=bob)

    answer = alice_api.post(URL, CARD | {"account": str(foreign.pk)})

    assert answer.status_code == 404
    assert not Debt.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "pointer"),
    [
        ({"segments": []}, 400, "/segments"),
        ({"segments": [{"amount": "-1.00", "apr": "1"}]}, 400, "/segments/0/amount"),
        ({"segments": [{"amount": "1.001", "apr": "1"}]}, 400, "/segments/0/amount"),
        ({"segments": [{"amount": "1.00", "apr": "1001"}]}, 400, "/segments/0/apr"),
        ({"balance_on": "2026-03-16"}, 400, "/balance_on"),
        ({"due_day": 32}, 400, "/due_day"),
        ({"credit_limit": "0.00"}, 400, "/credit_limit"),
        ({"currency": "XXX"}, 400, "/currency"),
        ({"balance": "5.00", "colour": "red"}, 400, "/colour"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept(
    alice_api: APIClient, change: dict[str, Any], status: int, pointer: str
) -> None:
    answer = alice_api.post(URL, CARD | change)

    assert answer.status_code == status
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not Debt.objects.exists()


def test_two_debts_of_one_name_are_a_conflict(alice_api: APIClient, add_debt: Post) -> None:
    add_debt(name="Card")

    answer = alice_api.post(URL, CARD | {"name": "card"})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "DEBT_NAME_TAKEN")


def test_an_account_in_another_currency_is_refused(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice, currency="USD")

    answer = alice_api.post(URL, CARD | {"account": str(account.pk)})

    assert answer.json()["errors"][0]["code"] == "mixed_currencies"


def test_a_debt_alone_is_paid_off_by_its_minimums_or_by_a_payment(
    alice_api: APIClient, add_debt: Post
) -> None:
    debt = add_debt(
        segments=[{"amount": "1000.00", "apr": "12"}],
        balance_on="2026-03-15",
        minimum_payment=fixed("100.00"),
    )
    url = f"{URL}/{debt['id']}/schedule"

    by_minimum, quicker = alice_api.get(url).json(), alice_api.get(url, {"monthly_payment": "505.00"}).json()

    assert (by_minimum["months"], by_minimum["total_interest"]) == (11, "58.98")
    assert (quicker["months"], quicker["total_interest"]) == (3, "15.10")
    assert quicker["schedule"][0]["debts"][0]["closing"] == "505.00"


def test_a_payment_finer_than_the_currency_is_refused(alice_api: APIClient, add_debt: Post) -> None:
    answer = alice_api.get(f"{URL}/{add_debt()['id']}/schedule", {"monthly_payment": "784373.1732"})

    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("/monthly_payment", "not_exact")
    ]


def test_a_payment_below_the_interest_is_refused_with_the_one_it_takes(
    alice_api: APIClient, add_debt: Post
) -> None:
    debt = add_debt(balance_on="2026-03-15", minimum_payment={"rule": "none"})

    answer = alice_api.get(f"{URL}/{debt['id']}/schedule", {"monthly_payment": "10.00"})

    assert (answer.status_code, answer.json()["error_code"]) == (422, "NEVER_PAID_OFF")
    assert answer.json()["details"]["payment_needed"] == "10.03"
