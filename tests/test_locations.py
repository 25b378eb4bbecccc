"""Whatever a request makes or sets going, the answer says where it is read, also when it is given again.

Which routes make something is read from the schema: one that is added and has no example here fails.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from rest_framework.test import APIClient

from tests.factories import PASSWORD, AccountFactory, TransactionFactory, category_of
from tests.test_routes import ROUTES, Route, operations, rows_of
from transactions.models import Account
from users.models import User

Rows = dict[type, Any]
Body = dict[str, Any] | Callable[[User, Rows], dict[str, Any]]

PLAN = {
    "currency": "EUR", "monthly_budget": "200.00", "starts_on": "2026-03-01",
    "debts": [
        {
            "name": "Card", "balance": "1000.00", "apr": "19.9",
            "minimum_payment": {"rule": "fixed", "amount": "50.00"},
        }
    ],
}  # fmt: skip


def two_halves(user: User, rows: Rows) -> dict[str, Any]:
    out = TransactionFactory(account=rows[Account], amount=-75)
    back = TransactionFactory(account=AccountFactory(user=user, name="Jar"), amount=75)
    return {"outflow": str(out.pk), "inflow": str(back.pk)}


def seen(_user: User, rows: Rows) -> dict[str, Any]:
    return {
        "account": str(rows[Account].pk), "date": "2026-03-01", "amount": "-5.00", "currency": "EUR",
        "source": "email", "external_id": "m-1",
    }  # fmt: skip


BODIES: dict[str, Body] = {
    "accounts": {"name": "Main", "kind": "checking", "currency": "EUR"},
    "auth/register": {"email": "new@example.org", "password": PASSWORD},
    "budgets/periods": {"on": "2026-06-15"},
    "budgets/periods/<period_pk>/allocations": lambda user, rows: {
        "category": str(category_of(user, "groceries").pk), "amount": "50.00",
    },
    "categories": {"name": "Sculpture", "group": "wants"},
    "debts": {
        "name": "Loan", "kind": "credit_card", "currency": "EUR",
        "segments": [{"amount": "800.00", "apr": "19.9"}],
    },
    "debts/<pk>/payments": {"amount": "50.00", "paid_on": "2026-03-01"},
    "debts/compare": PLAN,
    "debts/plan": PLAN | {"strategy": "avalanche"},
    "debts/risk": PLAN | {"strategy": "avalanche"},
    "debts/target": {name: PLAN[name] for name in PLAN if name != "monthly_budget"}
    | {"target_on": "2028-03-01"},
    "debts/what-if": PLAN,
    "goals": {"name": "Boat", "kind": "savings", "target_amount": "500.00", "target_on": "2100-01-01"},
    "goals/<pk>/action-plan": {},
    "goals/<pk>/check-ins": {"reflection": "Well."},
    "goals/<pk>/contribute": {"amount": "20.00"},
    "goals/<pk>/rules": {"kind": "round_up", "step": 5},
    "ingest/statements": lambda user, rows: {"file": ContentFile(b"Date,Amount\n", "march.csv")},
    "instalments": {
        "name": "Sofa", "currency": "EUR", "amount": "300.00", "count": 3, "first_due_on": "2026-04-01",
    },
    "merchants": {"name": "Corner Shop"},
    "payment-plans": {"name": "Free", "plan": {"strategy": "avalanche", "monthly_budget": "900.00"}},
    "reconciliations": lambda user, rows: {
        "account": str(rows[Account].pk), "on": "2026-01-31", "statement_balance": "10.00",
    },
    "rules": {"name": "Garden", "text": "garden", "set_notes": "green"},
    "rules/apply": {},
    "sightings": seen,
    "snapshots": {},
    "tags": {"name": "holiday"},
    "transactions": lambda user, rows: {
        "account": str(rows[Account].pk), "date": "2026-03-01", "amount": "-5.00",
    },
    "transactions/<pk>/always": lambda user, rows: {"category": str(category_of(user, "groceries").pk)},
    "transfers": two_halves,
}  # fmt: skip
SHOWN_BY_ANOTHER = {"auth/register", "transactions/<pk>/always"}
"""Their answers hold more than what is read at the address."""


def name_of(route: Route) -> str:
    return route.path.removeprefix("/api/v1/")


def answers_of(route: Route) -> set[str]:
    return set(operations()[route.method, route.path]["responses"]) & {"201", "202"}


MAKING = [route for route in ROUTES if answers_of(route)]


def test_every_route_that_makes_something_has_an_example() -> None:
    assert {name_of(route) for route in MAKING} == set(BODIES)
    assert {route.method for route in MAKING} == {"post"}


@pytest.mark.parametrize("route", MAKING, ids=str)
def test_what_was_made_is_read_where_the_answer_says(route: Route, alice: User, alice_api: APIClient) -> None:
    rows = rows_of(alice)
    body = BODIES[name_of(route)]
    sent = body(alice, rows) if callable(body) else body
    options: dict[str, Any] = {"format": "multipart"} if "file" in sent else {"HTTP_PREFER": "respond-async"}
    (status,) = answers_of(route)

    def post() -> Any:
        if "file" in sent:
            sent["file"].seek(0)
        return alice_api.post(route.url(rows), sent, HTTP_IDEMPOTENCY_KEY="b5e1", **options)

    made, again = post(), post()

    assert made.status_code == int(status), made.content
    address = made.headers["Location"]
    assert address.startswith("/api/v1/")
    read = alice_api.get(address)
    assert read.status_code == 200
    if name_of(route) == "auth/register":
        assert address == "/api/v1/users/me"
    elif name_of(route) not in SHOWN_BY_ANOTHER:
        assert read.json() == made.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (made.status_code, made.content)
    kept = ("Location", "Content-Type", "Preference-Applied")
    assert {name: again.headers.get(name) for name in kept} == {name: made.headers.get(name) for name in kept}


@pytest.mark.parametrize("name", ["transactions/<pk>/always"])
def test_an_answer_with_two_rows_leads_to_the_one_it_made(
    name: str, alice: User, alice_api: APIClient
) -> None:
    rows = rows_of(alice)
    route = next(route for route in MAKING if name_of(route) == name)
    body = {"category": str(category_of(alice, "groceries").pk)}

    made = alice_api.post(route.url(rows), body)

    assert made.headers["Location"] == f"/api/v1/rules/{made.json()['rule']['id']}"
