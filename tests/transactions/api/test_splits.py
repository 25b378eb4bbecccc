"""The parts of a row, each in a category of its own."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from tests.factories import AccountFactory, category_of
from tests.transactions.conftest import Record
from transactions.domain.valuation import convert_parts
from transactions.models import Account, Split, Transaction
from users.models import User

URL = "/api/v1/transactions"


@pytest.fixture
def coffee(alice: User) -> str:
    return str(category_of(alice, "coffee").pk)


@pytest.fixture
def books(alice: User) -> str:
    return str(category_of(alice, "books").pk)


def test_parts_that_add_up_are_kept_in_their_order(record: Record, coffee: str, books: str) -> None:
    parts = [
        {"amount": "-7.50", "category": books, "notes": "a novel"},
        {"amount": "-3.00", "category": coffee, "notes": ""},
        {"amount": "0.50", "category": coffee, "notes": "deposit back"},
    ]

    assert record(amount="-10.00", splits=parts)["splits"] == parts


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        (["-5.00", "-4.99"], "The parts add up to -9.99, the row is -10.00."),
        (["-10.01"], "The parts add up to -10.01, the row is -10.00."),
        (["10.00"], "The parts add up to 10.00, the row is -10.00."),
    ],
)
def test_parts_that_do_not_add_up_are_refused(
    alice_api: APIClient, account: Account, coffee: str, amounts: list[str], message: str
) -> None:
    splits = [{"amount": amount, "category": coffee} for amount in amounts]
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00", "splits": splits}

    answer = alice_api.post(URL, body)

    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert error == {"pointer": "/splits", "code": "does_not_add_up", "message": message}
    assert not Transaction.objects.exists()


@pytest.mark.parametrize(
    ("part", "pointer"),
    [
        ({"amount": "-10.00"}, "/splits/0/category"),
        ({"amount": "-10.00", "category": "x"}, "/splits/0/category"),
        ({"amount": "ten"}, "/splits/0/amount"),
        ({"amount": "-10.00", "colour": "red"}, "/splits/0/colour"),
        ({"amount": "-10.00", "notes": "x" * 201}, "/splits/0/notes"),
    ],
)
def test_a_mistake_in_a_part_is_named(
    alice_api: APIClient, account: Account, part: dict[str, Any], pointer: str
) -> None:
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00", "splits": [part]}

    answer = alice_api.post(URL, body)

    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not Transaction.objects.exists()


def test_a_mistake_is_in_the_part_that_has_it(
    alice_api: APIClient, account: Account, coffee: str, bob: User
) -> None:
    foreign = str(category_of(bob, "coffee").pk)
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00"}
    whole = {"amount": "-5.00", "category": coffee}

    lost = alice_api.post(URL, body | {"splits": [whole, whole | {"category": foreign}]})
    inexact = alice_api.post(URL, body | {"splits": [whole, whole | {"amount": "-5.001"}]})

    message = f"There is no category with the id {foreign}."
    assert (lost.status_code, lost.json()["error"]) == (404, message)
    assert lost.json()["details"] == {"pointer": "/splits/1/category", "id": foreign}
    assert lost.json()["errors"] == [
        {"pointer": "/splits/1/category", "code": "not_found", "message": message}
    ]
    assert [one["pointer"] for one in inexact.json()["errors"]] == ["/splits/1/amount"]
    assert not Transaction.objects.exists()


def test_a_part_is_not_zero_and_exact_in_the_currency_of_the_row(
    alice: User, alice_api: APIClient, account: Account, coffee: str
) -> None:
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00"}
    zero = [{"amount": "-10.00", "category": coffee}, {"amount": "0.00", "category": coffee}]
    fine = [{"amount": "-9.995", "category": coffee}, {"amount": "-0.005", "category": coffee}]

    for splits in (zero, fine):
        assert alice_api.post(URL, body | {"splits": splits}).status_code == 400
    assert not Transaction.objects.exists()


def test_an_empty_list_takes_the_parts_away(alice_api: APIClient, record: Record, coffee: str) -> None:
    row = record(splits=[{"amount": "-10.00", "category": coffee}])

    assert alice_api.patch(f"{URL}/{row['id']}", {"splits": []}).json()["splits"] == []
    assert not Split.objects.exists()


def test_other_parts_replace_the_ones_before(
    alice_api: APIClient, record: Record, coffee: str, books: str
) -> None:
    row = record(splits=[{"amount": "-10.00", "category": coffee}])
    other = [
        {"amount": "-4.00", "category": books, "notes": ""},
        {"amount": "-6.00", "category": coffee, "notes": ""},
    ]

    assert alice_api.patch(f"{URL}/{row['id']}", {"splits": other}).json()["splits"] == other


def test_a_changed_amount_needs_parts_that_add_up_to_it(
    alice_api: APIClient, record: Record, coffee: str
) -> None:
    row = record(amount="-10.00", splits=[{"amount": "-10.00", "category": coffee}])

    alone = alice_api.patch(f"{URL}/{row['id']}", {"amount": "-12.00"})

    assert (alone.status_code, alone.json()["errors"][0]["code"]) == (400, "does_not_add_up")
    assert alice_api.get(f"{URL}/{row['id']}").json() == row
    parts = [{"amount": "-12.00", "category": coffee, "notes": ""}]
    both = alice_api.patch(f"{URL}/{row['id']}", {"amount": "-12.00", "splits": parts}).json()
    assert (both["amount"], both["splits"]) == ("-12.00", parts)


def test_parts_are_worth_together_what_the_row_is_worth(
    alice: User, record: Record, coffee: str, books: str
) -> None:
    dollars = AccountFactory(user=alice, currency="USD")

    row = record(
        account=str(dollars.pk),
        amount="-10.00",
        date="2024-03-15",
        splits=[
            {"amount": "-3.33", "category": coffee},
            {"amount": "-3.33", "category": books},
            {"amount": "-3.34", "category": books},
        ],
    )

    worths = list(Split.objects.order_by("id").values_list("base_amount", flat=True))
    assert row["base_amount"] == "-9.18"
    assert worths == [Decimal("-3.06"), Decimal("-3.06"), Decimal("-3.06")]


def test_a_strangers_category_in_a_part_does_not_exist(
    alice_api: APIClient, bob: User, account: Account
) -> None:
    foreign = [{"amount": "-10.00", "category": str(category_of(bob, "coffee").pk)}]
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00", "splits": foreign}

    answer = alice_api.post(URL, body)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert not Transaction.objects.exists()


cents = st.integers(-100_000, 100_000).filter(bool).map(lambda units: Decimal(units) / 100)


@given(st.lists(cents, min_size=1, max_size=12), st.integers(-1_000_000, 1_000_000))
def test_the_worths_of_parts_always_add_up(parts: list[Decimal], whole: int) -> None:
    worth = Decimal(whole) / 100

    worths = convert_parts(parts, whole=worth, target="EUR")

    assert len(worths) == len(parts)
    assert sum(one for one in worths if one is not None) == worth
    assert all(one is not None and one == round(one, 2) for one in worths)
