"""``/api/v1/transactions/summary``."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories import AccountFactory, MerchantFactory, TransactionFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Account
from users.models import User

URL = "/api/v1/transactions/summary"


def summary(client: APIClient, **query: str) -> dict[str, Any]:
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def by_label(found: dict[str, Any], name: str = "category") -> dict[str, tuple[str, str, str, int]]:
    return {
        line["labels"][name]: (line["income"], line["spent"], line["net"], line["count"])
        for line in found["lines"]
    }


def by_key(found: dict[str, Any], name: str) -> dict[str | None, tuple[str, str]]:
    return {line["key"][name]: (line["income"], line["spent"]) for line in found["lines"]}


@pytest.fixture
def spent(alice: User, record: Record) -> Any:
    """Records an outflow (or inflow) in a category by its code."""

    def put(code: str, amount: str, **fields: Any) -> dict[str, Any]:
        return record(category=str(category_of(alice, code).pk), amount=amount, **fields)

    return put


def test_an_empty_ledger_sums_up_to_nothing(alice_api: APIClient) -> None:
    assert summary(alice_api) == {
        "currency": "EUR",
        "income": "0.00",
        "spent": "0.00",
        "net": "0.00",
        "unconverted": 0,
        "lines": [],
    }


def test_by_category_the_largest_spending_first(alice_api: APIClient, alice: User, spent: Any) -> None:
    spent("coffee", "-3.50")
    spent("coffee", "-4.00")
    spent("rent", "-900.00")
    spent("salary", "2500.00")

    found = summary(alice_api)

    assert (found["income"], found["spent"], found["net"]) == ("2500.00", "907.50", "1592.50")
    assert [line["labels"]["category"] for line in found["lines"]] == ["Rent", "Coffee and cafés", "Salary"]
    assert by_label(found) == {
        "Rent": ("0.00", "900.00", "-900.00", 1),
        "Coffee and cafés": ("0.00", "7.50", "-7.50", 2),
        "Salary": ("2500.00", "0.00", "2500.00", 1),
    }
    assert found["lines"][0]["key"] == {"category": str(category_of(alice, "rent").pk)}


def test_by_group(alice_api: APIClient, spent: Any) -> None:
    spent("coffee", "-3.50")
    spent("books", "-10.00")
    spent("rent", "-900.00")
    spent("investments", "-100.00")
    spent("salary", "2500.00")

    assert by_key(summary(alice_api, group_by="group"), "group") == {
        "needs": ("0.00", "900.00"),
        "wants": ("0.00", "13.50"),
        "savings": ("0.00", "100.00"),
        "income": ("2500.00", "0.00"),
    }


def test_by_merchant_rows_without_one_stand_together(
    alice_api: APIClient, alice: User, account: Account
) -> None:
    lidl = MerchantFactory(user=alice, name="Lidl")
    TransactionFactory(account=account, merchant=lidl)
    TransactionFactory(account=account, merchant=lidl)
    TransactionFactory(account=account)

    found = summary(alice_api, group_by="merchant")

    assert by_key(found, "merchant") == {str(lidl.pk): ("0.00", "20.00"), None: ("0.00", "10.00")}
    assert [line["labels"] for line in found["lines"]] == [{"merchant": "Lidl"}, {"merchant": None}]


def test_by_account(alice_api: APIClient, alice: User) -> None:
    one, two = (TransactionFactory(account=AccountFactory(user=alice)).account for _ in range(2))

    found = summary(alice_api, group_by="account")

    assert by_key(found, "account") == {str(one.pk): ("0.00", "10.00"), str(two.pk): ("0.00", "10.00")}
    assert {line["labels"]["account"] for line in found["lines"]} == {one.name, two.name}


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("day", ["2025-12-31", "2026-01-01", "2026-01-04", "2026-01-05"]),
        ("week", ["2025-12-29", "2026-01-05"]),
        ("month", ["2025-12-01", "2026-01-01"]),
        ("year", ["2025-01-01", "2026-01-01"]),
    ],
)
def test_by_period_named_by_its_first_day(
    alice_api: APIClient, record: Record, period: str, starts: list[str]
) -> None:
    for day in ("2025-12-31", "2026-01-01", "2026-01-04", "2026-01-05"):
        record(date=day)

    assert list(by_key(summary(alice_api, group_by=period), period)) == starts


def test_by_two_dimensions(alice_api: APIClient, spent: Any) -> None:
    spent("coffee", "-3.00", date="2026-01-31")
    spent("coffee", "-4.00", date="2026-02-01")
    spent("rent", "-900.00", date="2026-02-01")

    lines = summary(alice_api, group_by="category,month")["lines"]

    assert [(line["labels"]["category"], line["key"]["month"], line["spent"]) for line in lines] == [
        ("Coffee and cafés", "2026-01-01", "3.00"),
        ("Rent", "2026-02-01", "900.00"),
        ("Coffee and cafés", "2026-02-01", "4.00"),
    ]


def test_money_back_from_a_shop_lowers_what_was_spent(alice_api: APIClient, spent: Any) -> None:
    spent("clothing", "-80.00")
    spent("clothing", "30.00")
    spent("books", "12.00")

    found = summary(alice_api)

    assert (found["income"], found["spent"]) == ("0.00", "38.00")
    assert by_label(found)["Clothing, shoes and accessories"] == ("0.00", "50.00", "-50.00", 2)
    assert by_label(found)["Books, newspapers and stationery"] == ("0.00", "-12.00", "12.00", 1)


def test_money_of_unknown_purpose_is_judged_by_its_sign(alice_api: APIClient, spent: Any) -> None:
    spent("uncategorised", "-80.00")
    spent("uncategorised", "30.00")

    assert by_label(summary(alice_api)) == {"Uncategorised": ("30.00", "80.00", "-50.00", 2)}


def test_a_negative_income_is_paid_back_income(alice_api: APIClient, spent: Any) -> None:
    spent("salary", "2500.00")
    spent("salary", "-100.00")

    assert summary(alice_api)["income"] == "2400.00"


def test_transfers_count_as_neither(alice_api: APIClient, spent: Any) -> None:
    spent("transfer", "-500.00")
    spent("credit-card-payment", "-80.00")
    spent("cash-withdrawal", "-50.00")

    found = summary(alice_api)

    assert (found["income"], found["spent"], found["lines"]) == ("0.00", "0.00", [])


def test_parts_count_in_their_own_categories(alice_api: APIClient, alice: User, spent: Any) -> None:
    def part(code: str, amount: str) -> dict[str, str]:
        return {"amount": amount, "category": str(category_of(alice, code).pk)}

    parts = [part("groceries", "-35.00"), part("books", "-20.00"), part("cash-withdrawal", "-50.00")]
    spent("groceries", "-100.00", splits=[*parts, part("uncategorised", "5.00")])
    spent("books", "-1.00")

    found = summary(alice_api)

    assert (found["income"], found["spent"]) == ("5.00", "56.00")
    assert by_label(found) == {
        "Groceries": ("0.00", "35.00", "-35.00", 1),
        "Books, newspapers and stationery": ("0.00", "21.00", "-21.00", 2),
        "Uncategorised": ("5.00", "0.00", "5.00", 1),
    }


def test_everything_is_in_the_base_currency(alice_api: APIClient, alice: User, record: Record) -> None:
    dollars = AccountFactory(user=alice, currency="USD")
    record(account=str(dollars.pk), amount="-108.92", date="2024-03-15")
    record(amount="-1.00", date="2024-03-15")

    assert summary(alice_api)["spent"] == "101.00"


def test_rows_without_a_rate_are_left_out_and_counted(
    alice_api: APIClient, alice: User, record: Record
) -> None:
    dirhams = str(AccountFactory(user=alice, currency="AED").pk)
    category = record(amount="-1.00")["category"]
    record(account=dirhams, amount="-100.00")
    record(account=dirhams, amount="-100.00", splits=[{"amount": "-100.00", "category": category}])

    found = summary(alice_api)

    assert (found["spent"], found["unconverted"]) == ("1.00", 2)


def test_the_filters_of_the_list_apply(alice_api: APIClient, spent: Any) -> None:
    spent("coffee", "-3.00", date="2026-01-31")
    spent("coffee", "-4.00", date="2026-02-01", notes="with Ada")
    spent("rent", "-900.00", date="2026-02-01")

    assert summary(alice_api, date_from="2026-02-01")["spent"] == "904.00"
    assert summary(alice_api, text="ada")["spent"] == "4.00"
    assert summary(alice_api, amount_min="-5", kind="expense")["spent"] == "7.00"


def test_a_renamed_category_is_called_by_its_new_name(alice_api: APIClient, alice: User, spent: Any) -> None:
    spent("coffee", "-3.00")
    alice_api.patch(f"/api/v1/categories/{category_of(alice, 'coffee').pk}", {"name": "Kaffee"})

    assert list(by_label(summary(alice_api))) == ["Kaffee"]


@pytest.mark.parametrize(
    "group_by", ["", "colour", "category,category", "category,month,account", "category,"]
)
def test_a_mistake_is_named(alice_api: APIClient, group_by: str) -> None:
    answer = alice_api.get(URL, {"group_by": group_by})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "?group_by")


def test_a_strangers_rows_do_not_count(bob_api: APIClient, spent: Any) -> None:
    row = spent("coffee", "-3.00")

    assert summary(bob_api)["lines"] == []
    for name in ("category", "account"):
        answer = bob_api.get(URL, {name: row[name]})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_id")


def test_of_a_split_row_only_the_parts_in_the_asked_category_count(
    alice_api: APIClient, alice: User, spent: Any
) -> None:
    groceries, gifts = category_of(alice, "groceries"), category_of(alice, "gifts")
    parts = [
        {"amount": "-30.00", "category": str(groceries.pk)},
        {"amount": "-20.00", "category": str(gifts.pk)},
    ]
    spent("groceries", "-50.00", splits=parts)
    spent("groceries", "-8.00")

    for asked in ({"category": str(groceries.pk)}, {"category_code": "groceries"}):
        found = summary(alice_api, **asked)
        assert [(line["labels"]["category"], line["spent"]) for line in found["lines"]] == [
            ("Groceries", "38.00")
        ]
    assert summary(alice_api, category_code="gifts")["spent"] == "20.00"
    assert summary(alice_api, category=f"{groceries.pk},{gifts.pk}")["spent"] == "58.00"
