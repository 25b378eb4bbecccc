"""A ledger to act on: alice's account, bob's, and a way to record rows through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories import AccountFactory
from transactions.models import Account
from users.models import User

Record = Callable[..., dict[str, Any]]


@pytest.fixture
def account(alice: User) -> Account:
    return AccountFactory(user=alice, name="Everyday")


@pytest.fixture
def bobs_account(bob: User) -> Account:
    return AccountFactory(user=bob, name="Bob's")


@pytest.fixture
def record(alice_api: APIClient, account: Account) -> Record:
    """Records a row of alice's through the API and returns its representation."""

    def post(**fields: Any) -> dict[str, Any]:
        body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00"} | fields
        answer = alice_api.post("/api/v1/transactions", body)
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return post
