"""A row whose account nobody knew takes it from the row that is merged into it, and gives it back."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import AccountFactory
from tests.transactions.api.conftest import Bring, counts, ofx_of
from tests.transactions.api.test_merging import LIDL, URL, evidence, merge, split_off, unchanged, undo
from tests.transactions.conftest import Record
from transactions.models import Account, Split
from users.models import User

WORTH = ("amount", "currency", "account_amount", "base_amount", "rate_on")


@pytest.fixture
def nowhere(alice: User) -> Account:
    return AccountFactory(user=alice, name="Not assigned", kind="unassigned")


@pytest.fixture
def lost(record: Record, nowhere: Account) -> dict[str, Any]:
    """A typed row of no known account that no machine takes for the one at Lidl."""
    return record(account=str(nowhere.pk), date="2026-03-08", description="Shopping", amount="-38.27")


def balances(client: APIClient) -> dict[str, str]:
    """What each account holds, those of nothing left out."""
    accounts = client.get("/api/v1/accounts").json()["results"]
    return {one["name"]: one["balance"] for one in accounts if one["balance"] != "0.00"}


def worth(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in WORTH)


def test_the_account_of_the_row_that_goes_is_known_of_the_one_that_stays(
    alice_api: APIClient, account: Account, lost: Any, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    assert balances(alice_api) == {"Everyday": "-38.27", "Not assigned": "-38.27"}

    answer = merge(alice_api, lost["id"], rows()[1]["id"])

    assert unchanged(answer.json()) == unchanged(lost) | {"account": str(account.pk)}
    assert balances(alice_api) == {"Everyday": "-38.27"}
    last = AuditEntry.objects.filter(object_id=lost["id"]).latest("id")
    assert last.changes["account"] == [lost["account"], str(account.pk)]


def test_a_row_that_is_split_off_again_takes_its_account_along(
    alice_api: APIClient, lost: Any, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    booked = rows()[1]
    merge(alice_api, lost["id"], booked["id"])

    split_off(alice_api, lost["id"], source="statement")

    assert [unchanged(row) for row in rows()] == [unchanged(lost), unchanged(booked)]
    assert balances(alice_api) == {"Everyday": "-38.27", "Not assigned": "-38.27"}
    last = AuditEntry.objects.filter(object_id=lost["id"]).latest("id")
    assert last.changes["account"] == [booked["account"], lost["account"]]


def test_a_known_account_stays_and_so_does_one_that_nobody_knows(
    alice_api: APIClient,
    account: Account,
    nowhere: Account,
    lost: Any,
    record: Record,
    bring_in: Bring,
    rows: Any,
) -> None:
    bring_in(LIDL)
    booked = rows()[1]
    other = record(account=str(nowhere.pk), date="2026-02-01", amount="-38.27")

    assert merge(alice_api, lost["id"], other["id"]).json()["account"] == str(nowhere.pk)
    assert merge(alice_api, booked["id"], lost["id"]).json()["account"] == str(account.pk)

    assert balances(alice_api) == {"Everyday": "-38.27"}


def test_on_an_account_in_another_currency_the_row_is_worth_what_it_is_there(
    alice_api: APIClient, alice: User, record: Record, nowhere: Account
) -> None:
    dollars = AccountFactory(user=alice, name="Dollars", currency="USD")
    lost = record(account=str(nowhere.pk), amount="-100.00", date="2024-03-15")
    known = record(account=str(dollars.pk), amount="-100.00", currency="EUR", date="2024-02-01")

    merged = merge(alice_api, lost["id"], known["id"]).json()

    assert worth(merged) == ("-100.00", "EUR", "-108.92", "-100.00", "2024-03-15")
    assert balances(alice_api) == {"Dollars": "-108.92"}
    seen = evidence(alice_api, lost["id"])[1]["id"]
    alice_api.post(f"{URL}/{lost['id']}/split-off", {"sighting": seen})
    assert worth(alice_api.get(f"{URL}/{lost['id']}").json()) == worth(lost)
    assert balances(alice_api) == {"Dollars": known["account_amount"], "Not assigned": "-100.00"}


@pytest.mark.parametrize(
    "known",
    [
        {"amount": "-94.20"},
        {"amount": "-100.00", "currency": "USD", "account_amount": "-94.20"},
        {"amount": "-101.00", "currency": "USD", "account_amount": "-94.20"},
    ],
)
def test_what_the_bank_charged_for_the_other_comes_before_a_reference_rate(
    alice_api: APIClient, alice: User, record: Record, known: dict[str, str]
) -> None:
    waiting = AccountFactory(user=alice, name="Waiting", kind="unassigned", currency="USD")
    lost = record(account=str(waiting.pk), amount="-100.00", date="2024-03-15")
    charged = record(**known, date="2024-03-15", description="Bookshop")

    merged = merge(alice_api, lost["id"], charged["id"]).json()

    assert worth(merged) == ("-100.00", "USD", "-94.20", "-94.20", None)
    assert balances(alice_api) == {"Everyday": "-94.20"}


def test_parts_are_worth_what_their_row_is(
    alice_api: APIClient, alice: User, record: Record, lost: Any
) -> None:
    waiting = AccountFactory(user=alice, name="Waiting", kind="unassigned", currency="USD")
    parts = [{"amount": amount, "category": lost["category"]} for amount in ("-33.33", "-66.67")]
    row = record(account=str(waiting.pk), amount="-100.00", date="2024-03-15", splits=parts)
    charged = record(amount="-94.20", date="2024-03-15", description="Bookshop")

    merge(alice_api, row["id"], charged["id"])
    assert list(Split.objects.order_by("id").values_list("base_amount", flat=True)) == [
        Decimal("-31.40"),
        Decimal("-62.80"),
    ]

    seen = evidence(alice_api, row["id"])[1]["id"]
    alice_api.post(f"{URL}/{row['id']}/split-off", {"sighting": seen})
    assert list(Split.objects.order_by("id").values_list("base_amount", flat=True)) == [
        Decimal("-30.60"),
        Decimal("-61.21"),
    ]


def test_an_account_that_the_person_chose_since_stays(
    alice_api: APIClient, alice: User, lost: Any, bring_in: Bring, rows: Any
) -> None:
    card = AccountFactory(user=alice, name="Card")
    bring_in(LIDL)
    merge(alice_api, lost["id"], rows()[1]["id"])
    alice_api.patch(f"{URL}/{lost['id']}", {"account": str(card.pk)})

    split_off(alice_api, lost["id"], source="statement")

    assert balances(alice_api) == {"Card": "-38.27", "Everyday": "-38.27"}


def test_an_amount_that_the_person_changed_since_goes_back_with_the_row(
    alice_api: APIClient, alice: User, record: Record, nowhere: Account
) -> None:
    dollars = AccountFactory(user=alice, name="Dollars", currency="USD")
    lost = record(account=str(nowhere.pk), amount="-100.00", date="2024-03-15")
    known = record(account=str(dollars.pk), amount="-108.92", date="2024-03-15")
    merge(alice_api, lost["id"], known["id"])
    alice_api.patch(f"{URL}/{lost['id']}", {"amount": "-50.00"})
    assert balances(alice_api) == {"Dollars": "-54.46"}

    seen = evidence(alice_api, lost["id"])[1]["id"]
    alice_api.post(f"{URL}/{lost['id']}/split-off", {"sighting": seen})

    assert balances(alice_api) == {"Dollars": "-108.92", "Not assigned": "-50.00"}


def test_an_account_that_another_source_tells_too_goes_with_the_last_that_does(
    alice_api: APIClient, account: Account, lost: Any, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    booked = rows()[1]
    merge(alice_api, lost["id"], booked["id"])
    again = bring_in(content=ofx_of([LIDL]), filename="march.ofx")
    seen = {one["channel"]: one["id"] for one in evidence(alice_api, lost["id"])}
    assert counts(again) == {"matched": 1}

    alice_api.post(f"{URL}/{lost['id']}/split-off", {"sighting": seen["csv"]})
    assert {row["id"]: row["account"] for row in rows()} == {
        lost["id"]: str(account.pk),
        booked["id"]: str(account.pk),
    }
    assert balances(alice_api) == {"Everyday": "-76.54"}

    undo(alice_api, again)
    assert [unchanged(row) for row in rows()] == [unchanged(lost), unchanged(booked)]
    assert balances(alice_api) == {"Everyday": "-38.27", "Not assigned": "-38.27"}


def test_an_undone_import_takes_the_account_back_that_came_by_the_merge(
    alice_api: APIClient, lost: Any, bring_in: Bring, rows: Any
) -> None:
    job = bring_in(LIDL)
    merge(alice_api, lost["id"], rows()[1]["id"])

    undo(alice_api, job)

    assert [unchanged(row) for row in rows()] == [unchanged(lost)]
    assert balances(alice_api) == {"Not assigned": "-38.27"}


def test_rows_of_one_statement_on_two_accounts_can_be_merged_and_told_apart(
    alice_api: APIClient, account: Account, nowhere: Account, bring_in: Bring, rows: Any
) -> None:
    """Imported to no account by mistake, then to the right one: the bank's ids are the same."""
    bring_in(LIDL, account=str(nowhere.pk))
    (lost,) = rows()
    bring_in(LIDL)
    (booked,) = (row for row in rows() if row["id"] != lost["id"])
    assert lost["external_id"] == booked["external_id"]

    merged = merge(alice_api, lost["id"], booked["id"]).json()

    assert (merged["account"], merged["external_id"]) == (str(account.pk), None)
    assert balances(alice_api) == {"Everyday": "-38.27"}
    assert counts(bring_in(LIDL)) == counts(bring_in(LIDL, account=str(nowhere.pk))) == {"duplicate": 1}

    (seen,) = [one for one in evidence(alice_api, lost["id"]) if one["account"] == str(account.pk)]
    alice_api.post(f"{URL}/{lost['id']}/split-off", {"sighting": seen["id"]})
    assert {row["id"]: unchanged(row) for row in rows()} == {
        lost["id"]: unchanged(lost),
        booked["id"]: unchanged(booked),
    }


def test_the_halves_of_a_transfer_do_not_come_to_one_account(
    alice_api: APIClient, lost: Any, record: Record
) -> None:
    back = record(amount="38.27", description="Back")
    alice_api.post("/api/v1/transfers", {"outflow": lost["id"], "inflow": back["id"]})
    other = record(amount="-38.27", description="Out")
    before = balances(alice_api)

    answer = merge(alice_api, lost["id"], other["id"])

    assert (answer.status_code, answer.json()["error_code"]) == (409, "NOT_ONE_PURCHASE")
    assert answer.json()["error"] == "The other half of its transfer is on that account; unlink it first."
    assert balances(alice_api) == before
