"""Money that comes back, and the purchase that it comes back for."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, MerchantFactory, TransactionFactory, category_of
from tests.transactions.api.conftest import Bring
from tests.transactions.api.test_merging import undo
from transactions.models import Account, KeptApart, Transaction
from users.models import User

ROWS = "/api/v1/transactions"
BOUGHT = ("2026-03-02", "ZALANDO SE", "-80.00")


def refund(client: APIClient, row: Any, purchase: Any) -> Any:
    body = {"purchase": None if purchase is None else str(purchase)}
    return client.post(f"{ROWS}/{row}/refund", body)


@pytest.fixture
def bought(alice: User, account: Account) -> Transaction:
    return TransactionFactory(
        account=account, amount=Decimal("-80.00"), category=category_of(alice, "clothing")
    )


@pytest.fixture
def back(account: Account) -> Transaction:
    return TransactionFactory(account=account, amount=Decimal("30.00"))


def test_a_refund_names_its_purchase_and_goes_to_its_category(
    alice_api: APIClient, bought: Transaction, back: Transaction
) -> None:
    answer = refund(alice_api, back.pk, bought.pk)

    assert answer.status_code == 200
    row = answer.json()
    assert (row["refund_of"], row["category"]) == (str(bought.pk), str(bought.category_id))
    assert row["category_reason"] == "It is the category of the purchase that it gives back."
    figures = alice_api.get(f"{ROWS}/summary").json()
    assert (figures["income"], figures["spent"]) == ("0.00", "50.00")
    assert AuditEntry.objects.get(object_id=back.pk).changes["refund_of"] == [None, str(bought.pk)]


def test_a_category_that_the_person_chose_stays(
    alice_api: APIClient, alice: User, account: Account, bought: Transaction
) -> None:
    chosen = category_of(alice, "gifts")
    back = TransactionFactory(account=account, amount=5, category=chosen, category_source="manual")

    assert refund(alice_api, back.pk, bought.pk).json()["category"] == str(chosen.pk)


def test_a_refund_can_be_taken_off_its_purchase(
    alice_api: APIClient, bought: Transaction, back: Transaction
) -> None:
    refund(alice_api, back.pk, bought.pk)

    answer = refund(alice_api, back.pk, None)

    assert (answer.status_code, answer.json()["refund_of"]) == (200, None)
    assert KeptApart.objects.count() == 1


def test_taking_off_what_is_on_nothing_changes_nothing(alice_api: APIClient, back: Transaction) -> None:
    assert refund(alice_api, back.pk, None).status_code == 200
    assert not KeptApart.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_import_joins_a_refund_with_the_purchase_of_its_amount(bring_in: Bring, rows: Any) -> None:
    bring_in(("2026-03-01", "ZALANDO SE", "-90.00"), BOUGHT, ("2026-03-20", "ZALANDO SE", "80.00"))

    other, purchase, back = rows()
    assert [row["refund_of"] for row in (other, purchase, back)] == [None, None, purchase["id"]]
    assert back["category"] == purchase["category"]


def test_a_part_that_comes_back_is_joined_where_only_one_purchase_is_possible(
    bring_in: Bring, rows: Any
) -> None:
    bring_in(BOUGHT, ("2026-03-20", "ZALANDO SE", "30.00"))

    purchase, back = rows()
    assert back["refund_of"] == purchase["id"]


def test_where_two_purchases_are_possible_a_person_is_left_to_say(bring_in: Bring, rows: Any) -> None:
    bring_in(BOUGHT, ("2026-03-03", "ZALANDO SE", "-90.00"), ("2026-03-20", "ZALANDO SE", "30.00"))

    assert [row["refund_of"] for row in rows()] == [None, None, None]


def test_no_import_joins_again_what_a_person_took_apart(
    alice_api: APIClient, bring_in: Bring, rows: Any
) -> None:
    bring_in(BOUGHT, ("2026-03-20", "ZALANDO SE", "80.00"))
    refund(alice_api, rows()[1]["id"], None)

    bring_in(("2026-03-21", "LIDL", "-1.00"))

    assert [row["refund_of"] for row in rows()] == [None, None, None]


def test_rows_that_do_not_fit_are_refused_with_the_reason(
    alice_api: APIClient, alice: User, account: Account, bought: Transaction, back: Transaction
) -> None:
    dollars = AccountFactory(user=alice, currency="USD")
    foreign = TransactionFactory(account=dollars, amount=5)
    trashed = TransactionFactory(account=account, deleted_at=NOW)
    second = TransactionFactory(account=account, amount=Decimal("50.01"))
    refund(alice_api, back.pk, bought.pk)
    before = list(Transaction.objects.order_by("pk").values())

    reasons = {
        (bought.pk, bought.pk): "A refund is money that comes in.",
        (back.pk, second.pk): "A purchase is money that goes out.",
        (foreign.pk, bought.pk): "The rows must be in one currency.",
        (second.pk, trashed.pk): "One of the rows is in the trash.",
        (second.pk, bought.pk): "No more than 50.00 can come back.",
    }
    for (row, purchase), reason in reasons.items():
        answer = refund(alice_api, row, purchase)
        assert (answer.status_code, answer.json()["error_code"]) == (409, "REFUND_NOT_POSSIBLE")
        assert answer.json()["error"] == reason

    assert list(Transaction.objects.order_by("pk").values()) == before


def test_half_of_a_transfer_is_no_refund(
    alice_api: APIClient, alice: User, bought: Transaction, back: Transaction
) -> None:
    half = TransactionFactory(account__user=alice, amount=Decimal("-30.00"))
    alice_api.post("/api/v1/transfers", {"outflow": str(half.pk), "inflow": str(back.pk)})

    answer = refund(alice_api, back.pk, bought.pk)

    assert (answer.status_code, answer.json()["error"]) == (409, "One of the rows is part of a transfer.")
    back.refresh_from_db()
    assert back.refund_of is None


def test_what_was_joined_already_may_be_said_again(
    alice_api: APIClient, bought: Transaction, account: Account
) -> None:
    back = TransactionFactory(account=account, amount=Decimal("80.00"), merchant=MerchantFactory())

    assert [refund(alice_api, back.pk, bought.pk).status_code for _ in range(2)] == [200, 200]
    assert AuditEntry.objects.filter(object_id=back.pk).count() == 1


def test_a_stranger_can_neither_refund_nor_be_refunded(
    bob_api: APIClient, bobs_account: Account, bought: Transaction, back: Transaction
) -> None:
    theirs = TransactionFactory(account=bobs_account, amount=5)

    assert refund(bob_api, back.pk, bought.pk).status_code == 404
    assert refund(bob_api, back.pk, None).status_code == 404
    assert refund(bob_api, theirs.pk, bought.pk).status_code == 404

    assert not Transaction.objects.exclude(refund_of=None).exists()


@pytest.mark.parametrize(
    "change", [("bought", "-20.00"), ("bought", "80.00"), ("back", "90.00"), ("back", "-5.00")]
)
def test_no_change_of_an_amount_lets_more_come_back_than_was_paid(
    alice_api: APIClient, bought: Transaction, back: Transaction, change: tuple[str, str]
) -> None:
    refund(alice_api, back.pk, bought.pk)
    which, amount = change
    row = bought if which == "bought" else back

    answer = alice_api.patch(f"{ROWS}/{row.pk}", {"amount": amount})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "REFUND_NOT_POSSIBLE")
    was = row.amount
    row.refresh_from_db()
    assert row.amount == was


def test_a_restored_refund_of_what_was_given_back_meanwhile_is_of_nothing(
    alice_api: APIClient, account: Account, bought: Transaction
) -> None:
    first, second = (TransactionFactory(account=account, amount=Decimal("80.00")) for _ in range(2))
    refund(alice_api, first.pk, bought.pk)
    alice_api.delete(f"{ROWS}/{first.pk}")
    refund(alice_api, second.pk, bought.pk)

    restored = alice_api.post(f"{ROWS}/{first.pk}/restore").json()

    assert restored["refund_of"] is None
    assert alice_api.get(f"{ROWS}/{second.pk}").json()["refund_of"] == str(bought.pk)
    entry = AuditEntry.objects.filter(object_id=first.pk).latest("id")
    assert entry.changes == {"refund_of": [str(bought.pk), None]}


def test_a_refund_is_free_while_the_import_of_its_purchase_is_undone_and_found_again_after(
    alice_api: APIClient, bring_in: Bring, rows: Any
) -> None:
    first = bring_in(BOUGHT)
    bring_in(("2026-03-20", "ZALANDO SE", "80.00"))
    assert rows()[1]["refund_of"] is not None

    undo(alice_api, first)
    (back,) = rows()
    assert back["refund_of"] is None

    bring_in(BOUGHT)
    purchase, back = rows()
    assert back["refund_of"] == purchase["id"]
