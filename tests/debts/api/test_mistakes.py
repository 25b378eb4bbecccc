"""What is wrong with a request to the planner is named."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.debts.api.conftest import HOUSEHOLD, THREE, inline

COMPARE = "/api/v1/debts/compare"
OFFER = {"name": "New card", "fee_percent": "3", "promo_apr": "0", "promo_months": 12, "go_to_apr": "24"}


def faults(client: APIClient, url: str, **fields: Any) -> list[tuple[str, str]]:
    answer = client.post(url, HOUSEHOLD | fields)
    assert answer.status_code == 400, answer.json()
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"balance": "-1.00"}, "/debts/0/balance", "min_value"),
        ({"apr": "1000.01"}, "/debts/0/apr", "max_value"),
        ({"balance": "1.005"}, "/debts/0/balance", "not_exact"),
        ({"balance": 12.5}, "/debts/0/balance", "not_a_string"),
        ({"colour": "red"}, "/debts/0/colour", "unknown_field"),
        ({"currency": "EUR"}, "/debts/0/currency", "mixed_currencies"),
        ({"name": "CC2"}, "/debts/0/name", "not_unique"),
        ({"minimum_payment": {"rule": "fixed"}}, "/debts/0/minimum_payment/amount", "required"),
        ({"minimum_payment": {"rule": "none", "months": 3}}, "/debts/0/minimum_payment/months", "unknown_field"),
        ({"promo": {"apr": "0"}}, "/debts/0/promo/until", "required"),
        ({"segments": [{"amount": "1.00", "apr": "1"}]}, "/debts/0/balance", "unknown_field"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_debt_is_named(
    alice_api: APIClient, change: dict[str, Any], pointer: str, code: str
) -> None:
    debts = [THREE[0] | change, *THREE[1:]]

    assert (pointer, code) in faults(alice_api, COMPARE, debts=debts)


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"strategies": ["luck"]}, "/strategies/0", "invalid_choice"),
        ({"strategies": ["custom"]}, "/order", "required"),
        ({"strategies": ["custom"], "order": ["CC1", "CC2"]}, "/order", "missing_debt"),
        ({"strategies": ["custom"], "order": ["CC1", "CC2", "Van"]}, "/order", "unknown_debt"),
        ({"strategies": ["custom"], "order": ["CC1", "CC2", "Car", "Car"]}, "/order", "not_unique"),
        ({"starts_on": "2024-01-01"}, "/starts_on", "in_the_past"),
        ({"extras": [{"on": "2025-12-31", "amount": "5.00"}]}, "/extras/0/on", "in_the_past"),
        (
            {"new_charges": [{"debt": "Van", "on": "2026-02-01", "amount": "5.00"}]},
            "/new_charges/0/debt",
            "unknown_debt",
        ),
        ({"monthly_budget": "-1.00"}, "/monthly_budget", "min_value"),
        ({"transfer_offers": [OFFER | {"name": "Car"}]}, "/transfer_offers/0/name", "not_unique"),
        ({"transfer_offers": [OFFER, OFFER]}, "/transfer_offers/1/name", "not_unique"),
        ({"debts": []}, "/debts", "empty"),
        ({"debts": [inline(str(n), "1.00", "1", "0.00") for n in range(201)]}, "/debts", "max_length"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_request_is_named(
    alice_api: APIClient, change: dict[str, Any], pointer: str, code: str
) -> None:
    assert (pointer, code) in faults(alice_api, COMPARE, **change)


def test_debts_need_a_currency(alice_api: APIClient) -> None:
    answer = alice_api.post(COMPARE, {"monthly_budget": "800.00", "debts": THREE})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/currency"
