"""Transfers that a machine finds, and what a person says of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TransactionFactory, category_of
from tests.transactions.api.conftest import Bring
from transactions.models import Account, KeptApart, Transaction, Transfer
from users.models import User

URL = "/api/v1/transfers"
PAID = ("2026-03-10", "TRANSFER TO SAVINGS", "-50.00")

Suggested = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def savings(alice: User) -> Account:
    return AccountFactory(user=alice, name="Savings")


@pytest.fixture
def received(savings: Account) -> Transaction:
    """What arrives on the savings account a day later."""
    return TransactionFactory(
        account=savings, date="2026-03-11", amount=Decimal("50.00"), description="TRANSFER FROM EVERYDAY"
    )


@pytest.fixture
def suggested(alice_api: APIClient) -> Suggested:
    return lambda: alice_api.get(f"{URL}/suggestions").json()


def paid(account: Account, **fields: Any) -> Transaction:
    given = {"date": "2026-03-10", "amount": Decimal("-50.00"), "description": "TRANSFER TO SAVINGS"} | fields
    return TransactionFactory(account=account, **given)


def test_an_import_joins_the_two_halves_of_a_transfer(
    alice_api: APIClient, received: Transaction, bring_in: Bring, rows: Any
) -> None:
    bring_in(PAID)

    transfer = Transfer.objects.get()
    outflow, inflow = rows()
    assert [outflow["transfer"], inflow["transfer"]] == [str(transfer.pk)] * 2
    assert [outflow["kind"], inflow["kind"]] == ["transfer", "transfer"]
    assert inflow["id"] == str(received.pk)
    entry = AuditEntry.objects.get(object_id=transfer.pk)
    assert (entry.action, entry.via, entry.actor_id) == ("created", "system", None)
    assert entry.changes["reasons"][:2] == ["The amount is the same.", "The days are 1 apart."]


def test_a_transfer_that_a_person_took_apart_is_not_joined_again(
    alice_api: APIClient, received: Transaction, bring_in: Bring, suggested: Suggested
) -> None:
    bring_in(PAID)
    assert alice_api.delete(f"{URL}/{Transfer.objects.get().pk}").status_code == 204

    bring_in(("2026-03-12", "LIDL", "-1.00"))

    assert not Transfer.objects.exists()
    assert suggested() == []


def test_a_person_may_join_again_what_they_took_apart(
    alice_api: APIClient, received: Transaction, bring_in: Bring
) -> None:
    bring_in(PAID)
    joined = alice_api.get(URL).json()["results"][0]
    alice_api.delete(f"{URL}/{joined['id']}")

    again = alice_api.post(URL, {"outflow": joined["outflow"], "inflow": joined["inflow"]})

    assert again.status_code == 201
    assert KeptApart.objects.count() == 1


def test_what_is_only_likely_is_suggested_and_not_joined(
    account: Account, savings: Account, received: Transaction, bring_in: Bring, suggested: Suggested
) -> None:
    bring_in(PAID, ("2026-03-10", "TRANSFER TO SAVINGS 2", "-50.00"))

    assert not Transfer.objects.exists()
    (one,) = suggested()
    assert one["inflow"] == str(received.pk)
    assert Transaction.objects.get(pk=one["outflow"]).account == account


def test_a_suggestion_has_its_reasons_and_can_be_taken(
    alice_api: APIClient, account: Account, received: Transaction, suggested: Suggested
) -> None:
    out = paid(account)

    (one,) = suggested()
    assert one == {
        "outflow": str(out.pk),
        "inflow": str(received.pk),
        "score": 85,
        "reasons": [
            "The amount is the same.",
            "The days are 1 apart.",
            "One names the other account.",
        ],
    }
    answer = alice_api.post(URL, {"outflow": one["outflow"], "inflow": one["inflow"]})

    assert answer.status_code == 201
    assert suggested() == []


@pytest.mark.parametrize(
    "other",
    [
        {"amount": Decimal("-50.01")},
        {"date": "2026-03-16"},
        {"description": "LIDL", "date": "2026-03-11"},
        {"deleted_at": NOW},
    ],
)
def test_rows_that_do_not_look_like_halves_are_not_suggested(
    account: Account, savings: Account, suggested: Suggested, other: dict[str, Any]
) -> None:
    TransactionFactory(account=savings, date="2026-03-11", amount=Decimal("50.00"), description="REFUND")
    paid(account, **other)

    assert suggested() == []


def test_a_purchase_that_a_person_has_placed_is_no_transfer(
    alice: User, account: Account, received: Transaction, suggested: Suggested
) -> None:
    paid(account, category=category_of(alice, "gifts"), category_source="manual")

    assert suggested() == []


def test_suggestions_cost_the_same_however_many_there_are(
    account: Account, savings: Account, suggested: Suggested, django_assert_num_queries: Any
) -> None:
    for units in range(1, 6):
        TransactionFactory(account=savings, amount=Decimal(units), description="FROM EVERYDAY")
        paid(account, amount=Decimal(-units))

    with django_assert_num_queries(3):
        assert len(suggested()) == 5


def test_rows_of_strangers_are_never_halves(
    bob_api: APIClient, bobs_account: Account, received: Transaction, bring_in: Bring
) -> None:
    theirs = paid(bobs_account)

    assert bob_api.get(f"{URL}/suggestions").json() == []
    bring_in(("2026-03-12", "LIDL", "-1.00"))
    body = {"outflow": str(theirs.pk), "inflow": str(received.pk)}
    assert bob_api.post(URL, body).status_code == 404

    assert not Transfer.objects.exists()
