"""Narrowing the list of rows down: each filter alone, and together."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from tests.factories import AccountFactory, MerchantFactory, TagFactory, TransactionFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Account
from users.models import User

URL = "/api/v1/transactions"
Found = Callable[..., set[str]]


@pytest.fixture
def found(alice_api: APIClient) -> Found:
    """The descriptions of the rows that a query finds."""

    def query(**parameters: str) -> set[str]:
        answer = alice_api.get(URL, parameters)
        assert answer.status_code == 200, answer.json()
        return {row["description"] for row in answer.json()["results"]}

    return query


def test_days_from_and_to_are_included(record: Record, found: Found) -> None:
    for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        record(date=day, description=day)

    assert found(date_from="2026-03-01") == {"2026-03-01", "2026-03-31", "2026-04-01"}
    assert found(date_to="2026-03-01") == {"2026-02-28", "2026-03-01"}
    assert found(date_from="2026-03-01", date_to="2026-03-31") == {"2026-03-01", "2026-03-31"}


def test_one_or_more_accounts(alice: User, record: Record, found: Found) -> None:
    first, second, third = (AccountFactory(user=alice) for _ in range(3))
    for name, account in (("one", first), ("two", second), ("three", third)):
        record(account=str(account.pk), description=name)

    assert found(account=str(first.pk)) == {"one"}
    assert found(account=f"{first.pk},{third.pk}") == {"one", "three"}


def test_a_category_stands_for_its_children_and_for_parts(alice: User, record: Record, found: Found) -> None:
    travel, hotels, coffee = (str(category_of(alice, code).pk) for code in ("travel", "hotels", "coffee"))
    record(description="train", category=travel)
    record(description="inn", category=hotels)
    record(description="cup", category=coffee)
    parts = [{"amount": "-4.00", "category": coffee}, {"amount": "-6.00", "category": hotels}]
    record(description="breakfast and bed", splits=parts)

    assert found(category=travel) == {"train", "inn", "breakfast and bed"}
    assert found(category=hotels) == {"inn", "breakfast and bed"}
    assert found(category=f"{hotels},{coffee}") == {"inn", "cup", "breakfast and bed"}


def test_a_shipped_category_by_its_code_and_where_a_category_came_from(
    alice: User, record: Record, found: Found
) -> None:
    record(description="LIDL 0412")
    record(description="cup", category=str(category_of(alice, "coffee").pk))
    record(description="QXZ 99112")

    assert found(category_code="uncategorised") == {"QXZ 99112"}
    assert found(category_code="coffee") == {"cup"}
    assert found(category_source="dictionary") == {"LIDL 0412"}
    assert found(category_source="manual") == {"cup"}


def test_merchants_and_tags(alice: User, record: Record, found: Found) -> None:
    shop, bar = MerchantFactory(user=alice), MerchantFactory(user=alice)
    trip, work = TagFactory(user=alice), TagFactory(user=alice)
    record(description="a", merchant=str(shop.pk), tags=[str(trip.pk), str(work.pk)])
    record(description="b", merchant=str(bar.pk), tags=[str(work.pk)])
    record(description="c", merchant=str(bar.pk))

    assert found(merchant=str(shop.pk)) == {"a"}
    assert found(merchant=f"{shop.pk},{bar.pk}") == {"a", "b", "c"}
    assert found(tag=str(trip.pk)) == {"a"}
    assert found(tag=f"{trip.pk},{work.pk}") == {"a", "b"}


def test_kinds(record: Record, found: Found) -> None:
    record(description="SALARY MARCH", amount="2000.00")
    record(description="LIDL 0412", amount="-20.00")
    record(description="LIDL 0412 refund", amount="5.00")
    record(description="ATM CASH WITHDRAWAL", amount="-50.00")

    assert found(kind="income") == {"SALARY MARCH"}
    assert found(kind="expense") == {"LIDL 0412", "LIDL 0412 refund"}
    assert found(kind="transfer") == {"ATM CASH WITHDRAWAL"}


def test_amounts_are_signed_and_included(record: Record, found: Found) -> None:
    for amount in ("-20.00", "-10.00", "0.00", "15.00"):
        record(amount=amount, description=amount)

    assert found(amount_min="-10") == {"-10.00", "0.00", "15.00"}
    assert found(amount_max="-10.00") == {"-20.00", "-10.00"}
    assert found(amount_min="-10", amount_max="0") == {"-10.00", "0.00"}


def test_status_source_and_import(account: Account, record: Record, found: Found) -> None:
    this_import = uuid4()
    record(description="typed")
    TransactionFactory(account=account, description="pending", status="pending")
    TransactionFactory(account=account, description="sent", source="statement", import_id=this_import)

    assert found(status="pending") == {"pending"}
    assert found(source="statement") == found(import_id=str(this_import)) == {"sent"}
    assert found(source="manual", status="posted") == {"typed"}


def test_text_is_looked_for_in_description_merchant_and_notes(
    alice: User, record: Record, found: Found
) -> None:
    record(description="LIDL 0412")
    record(description="card 17", merchant=str(MerchantFactory(user=alice, name="Lidl City").pk))
    record(description="cash", notes="Flowers from lidl, 100% fresh")
    record(description="something else")

    assert found(text="lidl") == {"LIDL 0412", "card 17", "cash"}
    assert found(text="100%") == {"cash"}
    assert found(text="_") == set()


def test_all_given_filters_must_hold(alice: User, record: Record, found: Found) -> None:
    coffee, tag = category_of(alice, "coffee"), TagFactory(user=alice)
    wanted = {"category": str(coffee.pk), "tags": [str(tag.pk)], "date": "2026-03-10", "amount": "-3.00"}
    record(description="all of it", **wanted)
    record(description="another day", **wanted | {"date": "2026-03-11"})
    record(description="another tag", **wanted | {"tags": []})
    record(description="dearer", **wanted | {"amount": "-30.00"})

    assert found(
        category=str(coffee.parent_id),
        tag=str(tag.pk),
        date_to="2026-03-10",
        amount_min="-5",
        kind="expense",
        text="all",
    ) == {"all of it"}


@pytest.mark.parametrize(
    ("parameter", "value", "code"),
    [
        ("date_from", "yesterday", "invalid"),
        ("date_to", "2026-02-30", "invalid"),
        ("account", "everyday", "invalid"),
        ("category", "x", "invalid"),
        ("import_id", "x", "invalid"),
        ("kind", "gift", "invalid_choice"),
        ("status", "cleared", "invalid_choice"),
        ("source", "fax", "invalid_choice"),
        ("amount_min", "ten", "invalid"),
        ("amount_max", "NaN", "invalid"),
        ("text", "x" * 101, "max_length"),
        ("text", "a\x00", "null_characters_not_allowed"),
        ("colour", "red", "unknown_parameter"),
        ("ordering", "description", "invalid"),
        ("limit", "501", "invalid"),
        ("limit", "0", "invalid"),
    ],
)
def test_a_mistake_is_named(alice_api: APIClient, parameter: str, value: str, code: str) -> None:
    answer = alice_api.get(URL, {parameter: value})

    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == (f"?{parameter}", code)


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("kind", "gift", "“gift” is not one of: income, expense, transfer."),
        ("status", "cleared", "“cleared” is not one of: pending, posted."),
        ("date_from", "31.03.2026", "Write the day as YYYY-MM-DD, as in 2026-11-24."),
        ("date_from", "03/31/2026", "Write the day as YYYY-MM-DD, as in 2026-11-24."),
        ("date_from", "2026-02-30", "There is no such day: 2026-02 has 28 days."),
        ("date_to", "9999-12-31", "Give a day from 1900-01-01 to 2200-12-31."),
        ("amount_min", "-5,00", "Write the number as in -12.50: with a point, without separators."),
        ("account", "1", "Send the id of a row, a UUID."),
        ("category_code", "nope", "No shipped category has this code; /categories has them."),
        ("currency", "XQQ", "“XQQ” is not an ISO 4217 currency code."),
    ],
)
def test_a_mistake_says_what_would_be_right(
    alice_api: APIClient, parameter: str, value: str, message: str
) -> None:
    assert alice_api.get(URL, {parameter: value}).json()["errors"][0]["message"] == message


@pytest.mark.parametrize(
    ("lower", "upper", "query"),
    [
        ("date_from", "date_to", {"date_from": "2026-03-02", "date_to": "2026-03-01"}),
        ("amount_min", "amount_max", {"amount_min": "-5", "amount_max": "-5.01"}),
    ],
)
def test_a_range_that_holds_nothing_is_refused(
    alice_api: APIClient, lower: str, upper: str, query: dict[str, str]
) -> None:
    answer = alice_api.get(URL, query)

    assert answer.status_code == 400
    message = f"It lies below {lower}: nothing can be found."
    assert answer.json()["errors"] == [{"pointer": f"?{upper}", "code": "empty_range", "message": message}]


def test_a_range_of_one_value_is_none_that_holds_nothing(record: Record, found: Found) -> None:
    record(description="here", date="2026-03-01", amount="-5.00")

    assert found(date_from="2026-03-01", date_to="2026-03-01") == {"here"}
    assert found(amount_min="-5", amount_max="-5") == {"here"}


def test_the_currency_in_which_was_paid(record: Record, found: Found) -> None:
    record(description="here", currency="EUR")
    record(description="there", currency="USD", account_amount="-9.00")

    assert found(currency="USD") == found(currency="usd") == {"there"}
    assert found(currency="JPY") == set()


def test_own_ids_are_found_again_in_the_ledger_and_in_the_trash(
    alice: User, bob_api: APIClient, alice_api: APIClient, record: Record, found: Found
) -> None:
    record(description="kept", external_id="e1")
    record(description="elsewhere", external_id="e1", account=str(AccountFactory(user=alice).pk))
    gone = record(description="gone", external_id="e2")
    record(description="without")
    alice_api.delete(f"{URL}/{gone['id']}")

    assert found(external_id="e1") == {"kept", "elsewhere"}
    assert found(external_id="e2") == found(external_id="E1") == set()
    trashed = alice_api.get(f"{URL}/trash", {"external_id": "e2"}).json()["results"]
    assert [row["id"] for row in trashed] == [gone["id"]]
    assert bob_api.get(URL, {"external_id": "e1"}).json()["results"] == []


@pytest.mark.parametrize("amount", ["1e400", "-1e30", "1" * 60, "0.00000000001"])
def test_an_amount_out_of_all_bounds_finds_nothing_wrong(alice_api: APIClient, amount: str) -> None:
    for name in ("amount_min", "amount_max"):
        assert alice_api.get(URL, {name: amount}).status_code in {200, 400}


@pytest.mark.parametrize("name", ["account", "category", "merchant", "tag"])
def test_the_id_of_a_stranger_s_row_is_as_unknown_as_one_of_nobody_s(
    bob_api: APIClient, alice: User, record: Record, name: str
) -> None:
    tag = TagFactory(user=alice)
    row = record(description="LIDL 0412", tags=[str(tag.pk)])

    for pk in (str(tag.pk) if name == "tag" else row[name], str(uuid4())):
        answer = bob_api.get(URL, {name: pk})
        assert answer.status_code == 400
        assert answer.json()["errors"] == [
            {"pointer": f"?{name}", "code": "unknown_id", "message": f"You have no {name} with the id {pk}."}
        ]


def test_one_unknown_id_among_several_is_named(alice_api: APIClient, account: Account) -> None:
    unknown = uuid4()

    answer = alice_api.get(URL, {"account": f"{account.pk},{unknown}"})

    assert answer.status_code == 400
    assert str(unknown) in answer.json()["error"]


def test_the_rows_of_no_recurring_series_are_not_asked_for_by_mistake(alice_api: APIClient) -> None:
    answer = alice_api.get(URL, {"recurring": str(uuid4())})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_id")


@pytest.mark.parametrize("path", ["/summary", "/export.csv", "/trash"])
def test_mistakes_are_named_wherever_the_filters_hold(alice_api: APIClient, path: str) -> None:
    answer = alice_api.get(f"{URL}{path}", {"category_code": "nope"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "?category_code"


def test_pages_follow_each_other_without_a_gap_or_a_repeat(alice_api: APIClient, account: Account) -> None:
    made = {str(TransactionFactory(account=account, description=str(n)).pk) for n in range(12)}

    seen: list[str] = []
    url: str | None = f"{URL}?limit=5"
    while url:
        page: dict[str, Any] = alice_api.get(url).json()
        seen += [row["id"] for row in page["results"]]
        assert len(page["results"]) <= 5
        url = page["next"]

    assert len(seen) == 12
    assert set(seen) == made


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("date", ["b", "c", "a"]),
        ("-date", ["a", "c", "b"]),
        ("amount", ["c", "b", "a"]),
        ("-amount", ["a", "b", "c"]),
        ("created_at", ["a", "b", "c"]),
    ],
)
def test_rows_can_be_ordered(
    alice_api: APIClient, record: Record, ordering: str, expected: list[str]
) -> None:
    record(description="a", date="2026-03-03", amount="-1.00")
    record(description="b", date="2026-03-01", amount="-2.00")
    record(description="c", date="2026-03-02", amount="-3.00")

    rows = alice_api.get(URL, {"ordering": ordering}).json()["results"]

    assert [row["description"] for row in rows] == expected
