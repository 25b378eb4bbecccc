"""The list of rows: what it costs and what it looks like."""

import datetime as dt
import json
import random
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIClient, APIRequestFactory

from core.domain import money
from core.serializers import ContractSerializer
from tests.factories import AccountFactory, MerchantFactory, TagFactory, TransactionFactory, category_of
from transactions.models import Account, Split, Transaction, Transfer
from transactions.serializers.rows import TransactionSerializer
from users.models import User

URL = "/api/v1/transactions"


def fill(account: Account, count: int) -> None:
    for _ in range(count):
        row = TransactionFactory(account=account, merchant=MerchantFactory(user=account.user))
        row.tags.set([TagFactory(user=account.user), TagFactory(user=account.user)])
        category = category_of(account.user, "coffee")
        Split.objects.create(transaction=row, amount=row.amount, base_amount=row.amount, category=category)


def queries(client: APIClient, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200
    return len(captured)


def test_fifty_rows_cost_the_same_queries_as_five(alice_api: APIClient, account: Account) -> None:
    fill(account, 5)
    queries(alice_api, URL)
    few = queries(alice_api, URL)
    fill(account, 45)

    assert queries(alice_api, URL) == few
    assert few <= 4
    assert len(alice_api.get(URL).json()["results"]) == 50


def test_a_summary_costs_the_same_queries_however_many_rows(alice_api: APIClient, account: Account) -> None:
    url = f"{URL}/summary?group_by=category,merchant"
    fill(account, 5)
    queries(alice_api, url)
    few = queries(alice_api, url)
    fill(account, 30)

    assert queries(alice_api, url) == few
    assert few <= 5


def test_an_export_costs_the_same_queries_up_to_a_thousand_rows(
    alice_api: APIClient, account: Account
) -> None:
    fill(account, 5)
    queries(alice_api, f"{URL}/export.csv")
    few = queries(alice_api, f"{URL}/export.csv")
    fill(account, 30)

    assert queries(alice_api, f"{URL}/export.csv") == few


def test_lists_are_made_of_columns_and_look_exactly_as_the_serializer_declares(
    alice: User, alice_api: APIClient
) -> None:
    fill_with_all_sorts(alice, chance=random.Random(7))
    request = APIRequestFactory().get(URL)
    request.user = alice

    listed = {row["id"]: row for row in alice_api.get(URL, {"limit": "500"}).json()["results"]}

    assert len(listed) == 40
    for row in Transaction.objects.with_kind():
        serializer = TransactionSerializer(context={"request": request})
        declared = ContractSerializer.to_representation(serializer, row)
        shown = listed[str(row.pk)]
        assert list(shown) == list(declared)
        declared["tags"].sort()
        for part in declared["splits"]:
            part["amount"] = money.plain(Decimal(part["amount"]), row.currency)
        assert shown == as_json(declared)
        assert alice_api.get(f"{URL}/{row.pk}").json() == shown


def test_nothing_of_a_stranger_is_listed(bob_api: APIClient, account: Account) -> None:
    fill(account, 3)

    assert bob_api.get(URL).json()["results"] == []
    assert bob_api.get(f"{URL}/trash").json()["results"] == []


def fill_with_all_sorts(user: User, *, chance: random.Random) -> None:
    """Rows with every field filled and every field empty."""
    accounts = [AccountFactory(user=user, currency=code) for code in ("EUR", "JPY", "KWD")]
    codes = ["coffee", "salary", "transfer", "uncategorised", "groceries"]
    for number in range(40):
        account = chance.choice(accounts)
        row = TransactionFactory(
            account=account,
            amount=Decimal(chance.choice([-1200, -7, 3, 0])),
            currency=chance.choice([account.currency, "USD"]),
            base_amount=chance.choice([None, Decimal("12.34")]),
            rate_on=chance.choice([None, dt.date(2024, 3, 15)]),
            time=chance.choice([None, dt.time(9, 30), dt.time(23, 59, 59)]),
            category=category_of(user, chance.choice(codes)),
            category_confidence=Decimal(chance.choice(["0", "0.5", "0.93", "1"])),
            merchant=chance.choice([None, MerchantFactory(user=user)]),
            status=chance.choice(["pending", "posted"]),
            external_id=chance.choice([None, f"id-{number}"]),
            import_id=chance.choice([None, uuid4()]),
            notes=chance.choice(["", "ünï"]),
        )
        row.tags.set([TagFactory(user=user) for _ in range(chance.randrange(3))])
        if row.amount and chance.random() < 0.5:
            Split.objects.create(transaction=row, amount=row.amount, category=category_of(user, "books"))
        elif row.amount:
            row.transfer = Transfer.objects.create(user=user)
            row.save()


def as_json(value: Any) -> Any:
    """Serializer data as JSON gives it back."""
    return json.loads(JSONRenderer().render(value))
