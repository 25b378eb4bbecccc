"""Rows in another currency than the account's or the person's, at the rates of the European Central Bank."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories import AccountFactory
from tests.transactions.conftest import Record
from transactions.models import Account, Split, Transaction
from users.models import User

URL = "/api/v1/transactions"
WORTH = ("amount", "account_amount", "base_amount", "rate_on")


def worth(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in WORTH)


@pytest.mark.parametrize(
    ("date", "rate_on", "account_amount"),
    [
        ("2024-03-15", "2024-03-15", "-91.81"),  # a Friday: 1 EUR = 1.0892 USD
        ("2024-03-16", "2024-03-15", "-91.81"),  # a Saturday has the last rate before it
    ],
)
def test_an_account_in_dollars_is_worth_euros_at_the_rate_of_the_day(
    alice: User, record: Record, date: str, rate_on: str, account_amount: str
) -> None:
    dollars = AccountFactory(user=alice, currency="USD")

    row = record(account=str(dollars.pk), amount="-100.00", date=date)

    assert worth(row) == ("-100.00", "-100.00", account_amount, rate_on)


def test_a_currency_that_has_ended_keeps_its_last_rate(alice: User, record: Record) -> None:
    kroons = AccountFactory(user=alice, currency="EEK")

    row = record(account=str(kroons.pk), amount="-156.47", date="2020-05-05")

    assert worth(row) == ("-156.47", "-156.47", "-10.00", "2010-12-31")


def test_two_currencies_cross_through_the_euro(alice: User, record: Record) -> None:
    yen = AccountFactory(user=alice, currency="JPY")

    row = record(account=str(yen.pk), amount="-10.00", currency="USD", date="2024-03-15")

    # 10 / 1.0892 * 162.03 = 1487.6, and back to euros from what is booked in yen.
    assert worth(row) == ("-10.00", "-1488", "-9.18", "2024-03-15")


def test_what_the_bank_booked_comes_before_a_reference_rate(record: Record) -> None:
    row = record(amount="-100.00", currency="USD", account_amount="-94.20", date="2024-03-15")

    assert worth(row) == ("-100.00", "-94.20", "-94.20", None)


def test_a_currency_without_rates_needs_the_amount_that_was_booked(
    alice_api: APIClient, account: Account, record: Record
) -> None:
    body = {"account": str(account.pk), "date": "2024-03-15", "amount": "-100.00", "currency": "AED"}

    answer = alice_api.post(URL, body)

    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == ("/account_amount", "no_rate")
    assert not Transaction.objects.exists()
    assert worth(record(**body, account_amount="-25.10")) == ("-100.00", "-25.10", "-25.10", None)


def test_an_account_without_rates_has_no_worth_in_the_base_currency(alice: User, record: Record) -> None:
    dirhams = AccountFactory(user=alice, currency="AED")

    row = record(
        account=str(dirhams.pk),
        amount="-100.00",
        splits=[{"amount": "-100.00", "category": record()["category"]}],
    )

    assert worth(row) == ("-100.00", "-100.00", None, None)
    assert Split.objects.get().base_amount is None


def test_another_day_has_another_rate(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-100.00", currency="USD", date="2024-03-15")

    after = alice_api.patch(f"{URL}/{row['id']}", {"date": "1999-01-04"}).json()

    assert worth(after) == ("-100.00", "-84.82", "-84.82", "1999-01-04")


def test_another_day_does_not_change_what_the_bank_booked(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-100.00", currency="USD", account_amount="-94.20", date="2024-03-15")

    after = alice_api.patch(f"{URL}/{row['id']}", {"date": "1999-01-04"}).json()

    assert worth(after) == ("-100.00", "-94.20", "-94.20", None)


def test_a_corrected_amount_is_valued_anew_also_when_the_whole_row_is_put_back(
    alice_api: APIClient, record: Record
) -> None:
    row = record(amount="-100.00", currency="USD", date="2024-03-15")

    after = alice_api.put(f"{URL}/{row['id']}", row | {"amount": "-200.00"}).json()

    assert worth(after) == ("-200.00", "-183.62", "-183.62", "2024-03-15")


def test_what_the_bank_booked_can_be_given_later(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-100.00", currency="USD", date="2024-03-15")

    after = alice_api.patch(f"{URL}/{row['id']}", {"account_amount": "-94.20"}).json()

    assert worth(after) == ("-100.00", "-94.20", "-94.20", None)


def test_a_new_base_currency_values_every_row_anew(
    alice_api: APIClient, record: Record, commits: Any
) -> None:
    category = record(amount="-1.00")["category"]
    row = record(
        amount="-100.00",
        date="2024-03-16",
        splits=[{"amount": "-33.33", "category": category}, {"amount": "-66.67", "category": category}],
    )

    with commits():
        assert alice_api.patch("/api/v1/users/me", {"base_currency": "USD"}).status_code == 200

    after = alice_api.get(f"{URL}/{row['id']}").json()
    assert (after["base_amount"], after["base_currency"], after["rate_on"]) == (
        "-108.92",
        "USD",
        "2024-03-15",
    )
    parts = list(Split.objects.order_by("id").values_list("base_amount", flat=True))
    assert parts == [Decimal("-36.30"), Decimal("-72.62")]
