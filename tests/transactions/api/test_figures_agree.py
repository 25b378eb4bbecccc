"""Whatever the ledger holds: the list, the summary and the balances tell the same figures."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from tests.factories import NOW, AccountFactory, TransactionFactory, category_of
from transactions.domain.category_tree import CATEGORY_BY_CODE
from transactions.domain.kinds import TransactionKind, kind_of
from transactions.models import Split, Transaction, Transfer
from users.models import User

CODES = ("coffee", "rent", "salary", "refunds", "transfer", "uncategorised", "investments")

amounts = st.integers(-50_000, 50_000).map(lambda cents: Decimal(cents) / 100)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "amount": amounts,
            "code": st.sampled_from(CODES),
            "account": st.integers(0, 1),
            "days": st.integers(0, 400),
            "parts": st.lists(st.tuples(amounts.filter(bool), st.sampled_from(CODES)), max_size=3),
            "is_linked": st.booleans(),
            "is_pending": st.booleans(),
            "is_deleted": st.booleans(),
        }
    ),
    max_size=14,
)

few = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def put_into_the_ledger(user: User, ledger: list[dict[str, Any]]) -> None:
    accounts = [AccountFactory(user=user, opening_balance=Decimal("100.00")) for _ in range(2)]
    for one in ledger:
        parts = one["parts"]
        amount = sum((part for part, _ in parts), Decimal(0)) if parts else one["amount"]
        row = TransactionFactory(
            account=accounts[one["account"]],
            amount=amount,
            date=dt.date(2025, 1, 1) + dt.timedelta(days=one["days"]),
            category=category_of(user, one["code"]),
            status="pending" if one["is_pending"] else "posted",
            deleted_at=NOW if one["is_deleted"] else None,
            transfer=Transfer.objects.create(user=user) if one["is_linked"] and amount else None,
        )
        for part, code in parts:
            Split.objects.create(
                transaction=row, amount=part, base_amount=part, category=category_of(user, code)
            )


def pieces(row: dict[str, Any], codes: dict[str, str]) -> list[tuple[TransactionKind, str, Decimal]]:
    """What a listed row counts as: its parts, or itself, with the kind of each."""
    whole = [{"amount": row["amount"], "category": row["category"]}]
    found = []
    for piece in row["splits"] or whole:
        code, amount = codes[piece["category"]], Decimal(piece["amount"])
        kind = kind_of(
            amount=amount, group=CATEGORY_BY_CODE[code].group, code=code, is_linked=bool(row["transfer"])
        )
        found.append((kind, piece["category"], amount))
    return found


@few
@given(ledger=rows)
def test_the_list_adds_up_to_the_summary(
    ledger: list[dict[str, Any]], alice: User, alice_api: APIClient
) -> None:
    Transaction.objects.all().delete()
    alice.accounts.all().delete()
    put_into_the_ledger(alice, ledger)
    codes = {str(category.pk): category.code for category in alice.categories.all()}

    listed = alice_api.get("/api/v1/transactions", {"limit": "500"}).json()["results"]
    told = {
        name: alice_api.get("/api/v1/transactions/summary", {"group_by": name}).json()
        for name in ("category", "month", "account,week")
    }

    income, spent, by_category = Decimal(0), Decimal(0), defaultdict[str, Decimal](Decimal)
    for row in listed:
        for kind, category, amount in pieces(row, codes):
            if kind == TransactionKind.INCOME:
                income += amount
                by_category[category] += amount
            elif kind == TransactionKind.EXPENSE:
                spent -= amount
                by_category[category] += amount
    for one in told.values():
        assert (Decimal(one["income"]), Decimal(one["spent"])) == (income, spent)
        assert sum(Decimal(line["net"]) for line in one["lines"]) == Decimal(one["net"]) == income - spent
    shown = {line["key"]["category"]: Decimal(line["net"]) for line in told["category"]["lines"]}
    assert shown == by_category


@few
@given(ledger=rows)
def test_a_row_is_listed_with_the_kind_of_its_category(
    ledger: list[dict[str, Any]], alice: User, alice_api: APIClient
) -> None:
    Transaction.objects.all().delete()
    alice.accounts.all().delete()
    put_into_the_ledger(alice, ledger)
    codes = {str(category.pk): category.code for category in alice.categories.all()}

    listed = alice_api.get("/api/v1/transactions", {"limit": "500"}).json()["results"]

    for row in listed:
        own = pieces(row | {"splits": []}, codes)
        assert row["kind"] == own[0][0]
    for kind in TransactionKind:
        found = alice_api.get("/api/v1/transactions", {"limit": "500", "kind": kind}).json()["results"]
        assert [row["id"] for row in found] == [row["id"] for row in listed if row["kind"] == kind]


@few
@given(ledger=rows)
def test_balances_are_the_opening_balance_and_the_posted_rows(
    ledger: list[dict[str, Any]], alice: User, alice_api: APIClient
) -> None:
    Transaction.objects.all().delete()
    alice.accounts.all().delete()
    put_into_the_ledger(alice, ledger)

    accounts = alice_api.get("/api/v1/accounts").json()["results"]
    listed = alice_api.get("/api/v1/transactions", {"limit": "500"}).json()["results"]

    for account in accounts:
        mine = [row for row in listed if row["account"] == account["id"]]
        totals = {
            status: sum(Decimal(row["account_amount"]) for row in mine if row["status"] == status)
            for status in ("posted", "pending")
        }
        assert Decimal(account["balance"]) == Decimal("100.00") + totals["posted"]
        assert Decimal(account["pending"]) == totals["pending"]
