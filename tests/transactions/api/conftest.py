"""Statements and rules on their way into alice's ledger, and what they become there."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.ingest.conftest import csv_of, send
from tests.transactions.conftest import Record
from transactions.models import Account

Bring = Callable[..., dict[str, Any]]
Make = Callable[..., dict[str, Any]]
Row = tuple[str, str, str]


def ofx_of(rows: Iterable[Row]) -> bytes:
    """A statement of (date, description, amount) rows in the other format."""
    booked = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day.replace('-', '')}<TRNAMT>{amount}<FITID>{number}"
        f"<NAME>{text}</STMTTRN>"
        for number, (day, text, amount) in enumerate(rows)
    )
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
        "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>42"
        f"<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>{booked}</BANKTRANLIST>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    ).encode()


@pytest.fixture
def bring_in(alice_api: APIClient, account: Account, commits: Any) -> Bring:
    """Sends rows of a CSV statement of alice's account, lets the workers run, and returns the finished job."""

    def run(*rows: Row, content: bytes | None = None, **fields: Any) -> dict[str, Any]:
        with commits():
            body = {"account": str(account.pk)} | fields
            given = {name: value for name, value in body.items() if value is not None}
            answer = send(alice_api, content or csv_of(rows), **given)
        assert answer.status_code == 202, answer.json()
        job: dict[str, Any] = alice_api.get(answer.headers["Location"]).json()
        assert job["status"] == "succeeded", job["error"]
        return job

    return run


@pytest.fixture
def rows(alice_api: APIClient) -> Callable[[], list[dict[str, Any]]]:
    """Alice's live rows, the oldest first."""
    return lambda: alice_api.get("/api/v1/transactions", {"ordering": "date"}).json()["results"]


@pytest.fixture
def apart(record: Record, bring_in: Bring, rows: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A typed row and one of a statement that no machine takes for one purchase."""
    typed = record(date="2026-03-01", description="Weekly shopping", amount="-38.27", notes="for Ada")
    bring_in(("2026-03-10", "LIDL 0412 BERLIN", "-38.27"))
    return typed, rows()[1]


@pytest.fixture
def make(alice_api: APIClient) -> Make:
    """Makes a rule of alice's: what holds ZANZIBAR is ignored, unless other fields are given."""

    def post(**fields: Any) -> dict[str, Any]:
        body = fields if "name" in fields else {"name": "Zanzibar", "text": "zanzibar", **fields}
        acts = ("set_category", "set_merchant", "set_notes", "add_tags", "is_transfer", "is_ignored")
        answer = alice_api.post(
            "/api/v1/rules", body if set(acts) & set(body) else body | {"is_ignored": True}
        )
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return post


def counts(job: dict[str, Any]) -> dict[str, int]:
    """What became of an import's rows, without the outcomes of none."""
    return {outcome: count for outcome, count in job["rows"].items() if count}
