"""``/api/v1/transactions``: one row at a time."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import AccountFactory, MerchantFactory, TagFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Account, Merchant, Transaction
from users.models import User

URL = "/api/v1/transactions"


def test_a_typed_row_needs_an_account_a_day_and_an_amount(alice_api: APIClient, account: Account) -> None:
    answer = alice_api.post(URL, {"account": str(account.pk), "date": "2026-03-10", "amount": "-12.5"})

    assert answer.status_code == 201
    shown = answer.json()
    assert shown | {"id": "", "created_at": "", "updated_at": "", "category": ""} == {
        "id": "",
        "account": str(account.pk),
        "date": "2026-03-10",
        "time": None,
        "amount": "-12.50",
        "currency": "EUR",
        "account_amount": "-12.50",
        "account_currency": "EUR",
        "base_amount": "-12.50",
        "base_currency": "EUR",
        "rate_on": None,
        "kind": "expense",
        "description": "",
        "merchant": None,
        "merchant_name": None,
        "category": "",
        "category_name": "Uncategorised",
        "category_code": "uncategorised",
        "category_source": "none",
        "category_confidence": "0.00",
        "category_reason": shown["category_reason"],
        "notes": "",
        "tags": [],
        "splits": [],
        "transfer": None,
        "refund_of": None,
        "is_ignored": False,
        "status": "posted",
        "source": "manual",
        "external_id": None,
        "import_id": None,
        "deleted_at": None,
        "created_at": "",
        "updated_at": "",
    }
    assert alice_api.get(f"{URL}/{shown['id']}").json() == shown


def test_every_field_that_can_be_given_is_kept(alice: User, record: Record) -> None:
    merchant, category = MerchantFactory(user=alice), category_of(alice, "books")
    tags = sorted(str(TagFactory(user=alice).pk) for _ in range(2))
    given = {
        "time": "18:30:00",
        "description": "Bücher & mehr 😀",
        "merchant": str(merchant.pk),
        "category": str(category.pk),
        "notes": "for Ada",
        "tags": tags,
        "status": "pending",
        "external_id": "till-7/0001",
    }

    shown = record(**given)

    assert {name: shown[name] for name in given} == given
    assert (shown["merchant_name"], shown["category_name"]) == (merchant.name, category.label)
    assert (shown["category_source"], shown["category_confidence"], shown["category_reason"]) == (
        "manual",
        "1.00",
        "You chose it.",
    )


@pytest.mark.parametrize(
    ("description", "amount", "category", "kind"),
    [
        ("LIDL 0412 BERLIN", "-38.27", "Groceries", "expense"),
        ("STARBUCKS STORE 10482", "-4.85", "Coffee and cafés", "expense"),
        ("STARBUCKS STORE 10482", "4.85", "Coffee and cafés", "expense"),
        ("SALARY MARCH", "2500.00", "Salary", "income"),
        ("QXZ 99112", "-5.00", "Uncategorised", "expense"),
        ("QXZ 99112", "5.00", "Uncategorised", "income"),
        ("ATM CASH WITHDRAWAL", "-50.00", "Cash withdrawal", "transfer"),
    ],
)
def test_a_row_without_a_category_gets_one_and_a_kind(
    record: Record, description: str, amount: str, category: str, kind: str
) -> None:
    row = record(description=description, amount=amount)

    assert (row["category_name"], row["kind"]) == (category, kind)
    assert row["category_reason"]


def test_the_merchant_is_found_in_the_description(record: Record) -> None:
    first, second = record(description="LIDL 0412 BERLIN"), record(description="Lidl sagt Danke")

    assert first["merchant_name"] == "Lidl"
    assert first["merchant"] == second["merchant"]
    assert Merchant.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"date": "10.03.2026"}, "/date", "invalid"),
        ({"date": "2026-02-30"}, "/date", "invalid"),
        ({"date": None}, "/date", "null"),
        ({"time": "25:00"}, "/time", "invalid"),
        ({"amount": "ten"}, "/amount", "invalid"),
        ({"amount": "Infinity"}, "/amount", "invalid"),
        ({"amount": -12.5}, "/amount", "not_a_string"),
        ({"amount": True}, "/amount", "not_a_string"),
        ({"amount": "-1.005"}, "/amount", "not_exact"),
        ({"amount": "1000000000000"}, "/amount", "too_large"),
        ({"amount": "1e3"}, "/amount", "invalid"),
        ({"amount": "1,234.50"}, "/amount", "invalid"),
        ({"date": "9999-12-31"}, "/date", "out_of_range"),
        ({"date": "0026-11-01"}, "/date", "out_of_range"),
        ({"amount": "-1.5", "currency": "JPY", "account_amount": "-1"}, "/amount", "not_exact"),
        ({"currency": "USD", "account_amount": "-1.001"}, "/account_amount", "not_exact"),
        ({"currency": "USD", "account_amount": "9.00"}, "/account_amount", "wrong_sign"),
        ({"currency": "DM"}, "/currency", "unknown_currency"),
        ({"account": "everyday"}, "/account", "invalid_id"),
        ({"status": "cleared"}, "/status", "invalid_choice"),
        ({"description": "x" * 501}, "/description", "max_length"),
        ({"description": "a\x00b"}, "/description", "null_characters_not_allowed"),
        ({"notes": "x" * 5001}, "/notes", "max_length"),
        ({"tags": ["one"]}, "/tags/0", "invalid_id"),
        ({"external_id": "x" * 129}, "/external_id", "max_length"),
        ({"external_id": ""}, "/external_id", "blank"),
        ({"colour": "red"}, "/colour", "unknown_field"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_recorded(
    alice_api: APIClient, account: Account, fields: dict[str, Any], pointer: str, code: str
) -> None:
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00"} | fields

    answer = alice_api.post(URL, body)

    assert answer.status_code == 400, answer.json()
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert not Transaction.objects.exists()
    assert not Merchant.objects.exists()


@pytest.mark.parametrize(
    ("currency", "amount", "shown"),
    [
        ("EUR", "-0.01", "-0.01"),
        ("EUR", "-10.5000", "-10.50"),
        ("JPY", "-1200", "-1200"),
        ("KWD", "-1.005", "-1.005"),
    ],
)
def test_an_amount_is_exact_in_its_currency(
    alice: User, record: Record, currency: str, amount: str, shown: str
) -> None:
    account = AccountFactory(user=alice, currency=currency)

    row = record(account=str(account.pk), amount=amount)

    assert (row["amount"], row["account_amount"], row["currency"]) == (shown, shown, currency)


def test_the_largest_amount_is_exact(record: Record) -> None:
    assert record(amount="-999999999999.99")["amount"] == "-999999999999.99"


def test_a_row_of_nothing_is_allowed(record: Record) -> None:
    assert record(amount="0")["amount"] == "0.00"


def test_an_external_id_is_used_once_an_account(
    alice_api: APIClient, alice: User, account: Account, record: Record
) -> None:
    there = record(external_id="7")
    body = {"account": str(account.pk), "date": "2026-03-11", "amount": "-1", "external_id": "7"}

    answer = alice_api.post(URL, body)

    assert (answer.status_code, answer.json()["error_code"]) == (409, "EXTERNAL_ID_EXISTS")
    assert answer.json()["details"] == {"id": there["id"], "deleted_at": None}
    assert Transaction.objects.count() == 1
    assert record(account=str(AccountFactory(user=alice).pk), external_id="7")


def test_a_trashed_row_still_holds_its_external_id(
    alice_api: APIClient, account: Account, record: Record
) -> None:
    row = record(external_id="7")["id"]
    alice_api.delete(f"{URL}/{row}")
    body = {"account": str(account.pk), "date": "2026-03-11", "amount": "-1", "external_id": "7"}

    refused = alice_api.post(URL, body).json()

    assert refused["error_code"] == "EXTERNAL_ID_EXISTS"
    deleted_at = alice_api.get(f"{URL}/{row}").json()["deleted_at"]
    assert refused["details"] == {"id": row, "deleted_at": deleted_at}
    assert deleted_at is not None


@pytest.mark.parametrize("moved", ["external_id", "account"])
def test_a_row_that_would_take_the_external_id_of_another_is_told_of_it(
    alice_api: APIClient, alice: User, account: Account, record: Record, moved: str
) -> None:
    there = record(external_id="7")
    other = AccountFactory(user=alice)
    row = (
        record(external_id="8") if moved == "external_id" else record(account=str(other.pk), external_id="7")
    )

    answer = alice_api.patch(f"{URL}/{row['id']}", {moved: there[moved]})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "EXTERNAL_ID_EXISTS")
    assert answer.json()["details"] == {"id": there["id"], "deleted_at": None}
    assert alice_api.get(f"{URL}/{row['id']}").json() == row


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("account", lambda user: str(AccountFactory(user=user).pk)),
        ("merchant", lambda user: str(MerchantFactory(user=user).pk)),
        ("category", lambda user: str(category_of(user, "coffee").pk)),
        ("tags", lambda user: [str(TagFactory(user=user).pk)]),
        (
            "splits",
            lambda user: [{"amount": "-10.00", "category": str(category_of(user, "coffee").pk)}],
        ),
    ],
)
def test_what_belongs_to_a_stranger_does_not_exist_in_a_body_either(
    alice_api: APIClient, bob: User, account: Account, record: Record, field: str, make: Any
) -> None:
    row = record()
    foreign = {field: make(bob)}
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00"}

    created = alice_api.post(URL, body | foreign)
    changed = alice_api.patch(f"{URL}/{row['id']}", foreign)

    assert (created.status_code, created.json()["error_code"]) == (404, "NOT_FOUND")
    assert (changed.status_code, changed.json()["error_code"]) == (404, "NOT_FOUND")
    assert Transaction.objects.count() == 1
    assert alice_api.get(f"{URL}/{row['id']}").json() == row


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_strangers_row_does_not_exist(
    alice_api: APIClient, bob_api: APIClient, bobs_account: Account, record: Record, method: str
) -> None:
    row = record(description="QXZ 99112")
    body = {"account": str(bobs_account.pk), "date": "2026-03-10", "amount": "-1.00"}

    answer = getattr(bob_api, method)(f"{URL}/{row['id']}", body if method in {"put", "patch"} else None)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert alice_api.get(f"{URL}/{row['id']}").json() == row
    assert AuditEntry.objects.filter(object_id=row["id"]).count() == 1


def test_the_largest_amount_comes_back_to_the_cent(alice_api: APIClient, account: Account) -> None:
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-999999999999.99"}

    row = alice_api.post(URL, body).json()

    assert alice_api.get(f"{URL}/{row['id']}").json()["base_amount"] == "-999999999999.99"
