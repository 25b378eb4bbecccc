"""Sending statements, and what became of them."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from tests.factories import AccountFactory
from transactions.models import Account
from users.models import User

URL = "/api/v1/ingest/statements"
Row = tuple[str, str, str]


def csv_of(rows: Iterable[Row]) -> bytes:
    """A statement of (date, description, amount) rows."""
    lines = ["Date,Description,Amount", *(",".join(row) for row in rows)]
    return "\n".join(lines).encode() + b"\n"


def send(client: APIClient, content: bytes, *, filename: str = "statement.csv", **fields: Any) -> Any:
    """The raw answer to an upload."""
    body = {"file": SimpleUploadedFile(filename, content)} | fields
    return client.post(URL, body, format="multipart")


Import = Callable[..., dict[str, Any]]


@pytest.fixture
def account(alice: User) -> Account:
    return AccountFactory(user=alice, name="Everyday")


@pytest.fixture
def bring_in(alice_api: APIClient, commits: Any) -> Import:
    """Sends a statement of alice's, lets the worker run, and returns the finished job."""

    def run(content: bytes, *, client: APIClient = alice_api, **fields: Any) -> dict[str, Any]:
        with commits():
            answer = send(client, content, **fields)
        assert answer.status_code == 202, answer.json()
        return client.get(answer.headers["Location"]).json()

    return run


@pytest.fixture
def ledger(alice_api: APIClient) -> Callable[[], list[Row]]:
    """Alice's live rows as (date, description, amount), the oldest first."""

    def rows() -> list[Row]:
        listed = alice_api.get("/api/v1/transactions", {"limit": "500"}).json()["results"]
        return sorted((row["date"], row["description"], row["amount"]) for row in listed)

    return rows
