"""A debt says the same whether it is sent along or saved: in the short form, or by its segments."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from debts.models import Debt
from tests.debts.api.conftest import Post, fixed

URL = "/api/v1/debts"
CARD = {
    "name": "Visa",
    "kind": "credit_card",
    "currency": "EUR",
    "balance": "800.00",
    "apr": "19.9",
    "promo": {"apr": "0", "months": 6},
    "rate_changes": [{"on": "2026-12-01", "apr": "21.9"}],
    "minimum_payment": fixed("25.00"),
}
SEGMENT = {
    "kind": "purchases",
    "amount": "800.00",
    "apr": "19.9",
    "promo": {"apr": "0", "until": "2026-08-15", "deferred": False},
    "rate_changes": [{"on": "2026-12-01", "apr": "21.9"}],
}
LONG = {name: CARD[name] for name in ("name", "kind", "currency", "minimum_payment")} | {
    "segments": [SEGMENT]
}


@pytest.mark.parametrize("form", [CARD, LONG], ids=["short", "long"])
def test_what_was_compared_can_be_posted(alice_api: APIClient, form: dict[str, Any]) -> None:
    tried = alice_api.post(f"{URL}/plan", {"currency": "EUR", "monthly_budget": "100.00", "debts": [form]})
    kept = alice_api.post(URL, form)

    assert (tried.status_code, kept.status_code) == (200, 201)
    assert (kept.json()["segments"], kept.json()["balance"]) == ([SEGMENT], "800.00")
    own = alice_api.post(f"{URL}/plan", {"monthly_budget": "100.00"}).json()
    assert own["schedule"] == tried.json()["schedule"]


def test_the_short_form_in_a_change_is_what_is_owed_today(alice_api: APIClient, add_debt: Post) -> None:
    debt = add_debt(balance_on="2026-01-01")

    shown = alice_api.patch(f"{URL}/{debt['id']}", {"balance": "640.00", "apr": "9.9"}).json()

    assert (shown["balance"], shown["balance_on"]) == ("640.00", "2026-03-15")
    assert [(part["amount"], part["apr"]) for part in shown["segments"]] == [("640.00", "9.9")]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"balance": "5.00"}, "/apr", "required"),
        ({"apr": "5"}, "/balance", "required"),
        ({"balance": "5.001", "apr": "5"}, "/balance", "not_exact"),
        ({"apr": "5", "segments": [SEGMENT]}, "/apr", "unknown_field"),
        ({"promo": {"apr": "0", "months": 6}}, "/balance", "required"),
        ({"segments": [{"apr": "5"}]}, "/segments/0/amount", "required"),
        ({"segments": [{"amount": "5.00", "apr": "5", "promo": {"months": 6}}]}, "/segments/0/promo/apr", "required"),
        ({"minimum_payment": {"amount": "5.00"}}, "/minimum_payment/rule", "required"),
        (
            {"segments": [SEGMENT | {"rate_changes": [{"on": "2026-12-01", "apr": "1"}] * 2}]},
            "/segments/0/rate_changes/1/on",
            "not_unique",
        ),
        ({"currency": "JPY"}, "/currency", "not_exact"),
    ],
)  # fmt: skip
def test_a_mistake_in_either_form_is_named_and_nothing_changes(
    alice_api: APIClient, change: dict[str, Any], pointer: str, code: str
) -> None:
    debt = alice_api.post(URL, CARD | {"balance": "800.50"}).json()

    answer = alice_api.patch(f"{URL}/{debt['id']}", change)

    assert answer.status_code == 400
    assert [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]] == [(pointer, code)]
    assert alice_api.get(f"{URL}/{debt['id']}").json() == debt


def test_a_debt_without_a_balance_is_refused(alice_api: APIClient) -> None:
    answer = alice_api.post(URL, {"name": "Visa", "kind": "credit_card", "currency": "EUR"})

    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/balance"]
    assert not Debt.objects.exists()


def test_another_currency_is_taken_where_it_can_hold_what_is_owed(alice_api: APIClient) -> None:
    debt = alice_api.post(URL, CARD).json()

    shown = alice_api.patch(f"{URL}/{debt['id']}", {"currency": "JPY"}).json()

    assert (shown["currency"], shown["balance"], shown["segments"][0]["amount"]) == ("JPY", "800", "800")


def test_a_purchase_keeps_a_currency_that_can_hold_it(alice_api: APIClient) -> None:
    sofa = {"name": "Sofa", "currency": "EUR", "amount": "100.55", "count": 3, "first_due_on": "2026-01-31"}
    made = alice_api.post("/api/v1/instalments", sofa).json()

    answer = alice_api.patch(f"/api/v1/instalments/{made['id']}", {"currency": "JPY"})

    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/currency"]
    assert alice_api.get(f"/api/v1/instalments/{made['id']}").json() == made
