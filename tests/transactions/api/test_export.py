"""``/api/v1/transactions/export.csv``."""

import csv
import io

import pytest
from django.http import StreamingHttpResponse
from rest_framework.test import APIClient

from tests.factories import AccountFactory, TransactionFactory
from tests.transactions.conftest import Record
from transactions.models import Account
from users.models import User

URL = "/api/v1/transactions/export.csv"


def exported(client: APIClient, **query: str) -> list[dict[str, str]]:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_a_row_becomes_a_line(alice_api: APIClient, alice: User, record: Record) -> None:
    dollars = AccountFactory(user=alice, name="Dollars, main", currency="USD")
    row = record(
        account=str(dollars.pk),
        date="2024-03-15",
        amount="-10.00",
        description='LIDL "am Eck", Köln',
        notes="two\nlines",
    )

    assert exported(alice_api) == [
        {
            "date": "2024-03-15",
            "amount": "-10.00",
            "currency": "USD",
            "base_amount": "-9.18",
            "base_currency": "EUR",
            "kind": "expense",
            "description": 'LIDL "am Eck", Köln',
            "merchant_name": "Lidl",
            "category_name": "Groceries",
            "notes": "two\nlines",
            "status": "posted",
            "account_name": "Dollars, main",
            "id": row["id"],
        }
    ]


def test_it_is_a_file_that_is_streamed(alice_api: APIClient, record: Record) -> None:
    record()

    answer = alice_api.get(URL)

    assert isinstance(answer, StreamingHttpResponse)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="transactions.csv"'
    lines = list(answer.streaming_content)
    assert len(lines) == 2
    assert lines[0].endswith(b"\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "  ="])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(
    alice_api: APIClient, alice: User, start: str
) -> None:
    formula = f"{start}cmd|' /C calc'!A0"
    account = AccountFactory(user=alice, name=formula.strip())
    TransactionFactory(account=account, description=formula, notes=formula)

    line = exported(alice_api)[0]

    assert line["description"] == line["notes"] == f"'{formula}"
    assert not line["account_name"].startswith(("=", "+", "-", "@"))
    assert line["amount"] == "-10.00"


def test_it_holds_what_the_same_filters_list(alice_api: APIClient, record: Record) -> None:
    record(date="2026-02-01")
    wanted = record(date="2026-03-01")

    assert [line["id"] for line in exported(alice_api, date_from="2026-03-01")] == [wanted["id"]]
    assert alice_api.get(URL, {"colour": "red"}).status_code == 400


def test_a_long_ledger_comes_in_several_chunks(
    alice_api: APIClient, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transactions.selectors.export.CHUNK", 3)
    made = {str(TransactionFactory(account=account).pk) for _ in range(7)}

    lines = exported(alice_api)

    assert len(lines) == 7
    assert {line["id"] for line in lines} == made


def test_a_stranger_gets_the_heading_only(bob_api: APIClient, record: Record) -> None:
    record()

    assert exported(bob_api) == []


def test_a_client_may_say_that_it_accepts_csv(alice_api: APIClient) -> None:
    assert alice_api.get(URL, HTTP_ACCEPT="text/csv").status_code == 200
