"""Staff's view of the ledger."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from tests.factories import AccountFactory, MerchantFactory, TagFactory, TransactionFactory, category_of
from tests.portal import choose, page, portal, staff, superuser, text
from transactions.models import Account, Category, Merchant, Tag, Transaction

ROW = "transactions_transaction"
PAGES = (
    "transaction", "account", "category", "merchant", "tag", "rule", "rulerun", "reconciliation",
    "recurringseries",
)  # fmt: skip
EDITOR = (
    "transactions.view_transaction",
    "transactions.change_transaction",
    "transactions.delete_transaction",
)


@pytest.fixture
def row(alice):
    return TransactionFactory(
        account=AccountFactory(user=alice), merchant=MerchantFactory(user=alice), amount=Decimal("-43.21")
    )


def form_of(row, **changes):
    form = {
        "date": row.date.isoformat(), "status": row.status, "category": str(row.category_id), "notes": row.notes,
        "tags": [], "splits-TOTAL_FORMS": 0, "splits-INITIAL_FORMS": 0,
        "sightings-TOTAL_FORMS": 0, "sightings-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**form, **changes}


def test_staff_without_the_permission_see_no_money(row, alice):
    client = portal(staff(groups=["Support"]))

    for name in PAGES:
        assert client.get(page(f"transactions_{name}")).status_code == 403
    for path in (
        "/admin/",
        page("users_user", "change", alice.pk),
        "/admin/search/?s=transactions&extended=1",
    ):
        shown = text(client.get(path))
        assert "43.21" not in shown
        assert "/admin/transactions/" not in shown


def test_operations_look_but_do_not_touch(row):
    client = portal(staff(groups=["Operations"]))

    assert "-€43.21" in text(client.get(page(ROW)))
    assert client.post(page(ROW, "change", row.pk), form_of(row, notes="mine")).status_code == 403
    assert client.post(page(ROW, "delete", row.pk), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert (row.notes, row.deleted_at) == ("", None)


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "alice@example"},
        {"q": "corner"},
        {"q": "the grocer"},
        {"q": "id"},
        {"kind": "expense"},
        {"status__exact": "posted"},
        {"source__exact": "manual"},
        {"category__group__exact": "needs"},
        {"date_from": "2026-03-01", "date_to": "2026-03-31"},
        {"is_ignored__exact": "0"},
        {"trash": "no"},
    ],
)
def test_transactions_are_found(alice, bob, filters):
    wanted = TransactionFactory(
        account=AccountFactory(user=alice),
        merchant=MerchantFactory(user=alice, name="The Grocer"),
        category=category_of(alice, "groceries"),
        description="CORNER",
        date=dt.date(2026, 3, 10),
    )
    other = TransactionFactory(
        account=AccountFactory(user=bob),
        amount=Decimal(5),
        description="wages",
        category=category_of(bob, "salary"),
        status="pending",
        source="statement",
        date=dt.date(2026, 4, 10),
        is_ignored=True,
        deleted_at=dt.datetime(2026, 4, 11, tzinfo=dt.UTC),
    )
    if filters.get("q") == "id":
        filters = {"q": str(wanted.pk)}

    found = portal(superuser()).get(page(ROW), filters).context["cl"].result_list

    assert [row.pk for row in found] == [wanted.pk]
    assert other.pk not in [row.pk for row in found]


def test_the_list_costs_the_same_however_many_rows_it_shows(alice):
    account = AccountFactory(user=alice)
    client = portal(superuser())

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(page(ROW)).status_code == 200
        return [each["sql"] for each in captured]

    TransactionFactory(account=account, merchant=MerchantFactory(user=alice))
    few = queries()
    for _ in range(10):
        TransactionFactory(account=account, merchant=MerchantFactory(user=alice))
    many = queries()

    assert len(few) == len(many) == 3
    assert not [sql for sql in many if "COUNT(" in sql.upper()]


def test_a_corrected_category_goes_through_the_ledger_and_its_trail(row, alice):
    editor = staff(permissions=EDITOR)
    groceries = category_of(alice, "groceries")

    response = portal(editor).post(page(ROW, "change", row.pk), form_of(row, category=str(groceries.pk)))

    row.refresh_from_db()
    taught, corrected = AuditEntry.objects.order_by("object_type")
    assert response.status_code == 302
    assert (row.category, row.category_source) == (groceries, "manual")
    assert Merchant.objects.get(pk=row.merchant_id).category == groceries
    for entry, kept in ((taught, row.merchant), (corrected, row)):
        assert (entry.user, entry.actor, entry.via) == (alice, editor, "admin")
        assert entry.object_id == kept.pk
        assert "category" in entry.changes


def test_tags_are_set_by_the_ledger_too(row, alice):
    tag = TagFactory(user=alice)

    portal(superuser()).post(page(ROW, "change", row.pk), form_of(row, tags=[str(tag.pk)]))

    assert list(row.tags.all()) == [tag]
    assert list(AuditEntry.objects.get().changes) == ["tags"]


def test_a_row_takes_no_category_of_another_person(row, bob):
    response = portal(superuser()).post(
        page(ROW, "change", row.pk), form_of(row, category=str(category_of(bob, "groceries").pk))
    )

    row.refresh_from_db()
    assert response.status_code == 200
    assert row.category.user == row.user


def test_an_amount_that_is_sent_along_is_ignored(row):
    portal(superuser()).post(page(ROW, "change", row.pk), form_of(row, notes="checked", amount="-1", user=""))

    row.refresh_from_db()
    assert (row.amount, row.notes) == (Decimal("-43.21"), "checked")


def test_saving_without_a_change_leaves_no_trace(row):
    portal(superuser()).post(page(ROW, "change", row.pk), form_of(row))

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("way", ["list", "page"])
def test_deleting_puts_a_row_in_the_trash(row, way):
    editor = staff(permissions=EDITOR)

    if way == "list":
        choose(portal(editor), ROW, "trash", row)
    else:
        portal(editor).post(page(ROW, "delete", row.pk), {"post": "yes"})

    row.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert row.deleted_at is not None
    assert (entry.action, entry.actor, entry.via) == ("deleted", editor, "admin")


def test_the_whole_ledger_is_not_trashed_by_one_click(row, monkeypatch):
    monkeypatch.setattr("core.staff.base.MOST_AT_ONCE", 1)
    TransactionFactory(account=row.account)
    everything = {"action": "trash", "_selected_action": str(row.pk), "select_across": "1"}

    shown = text(portal(superuser()).post(page(ROW), everything, follow=True))

    assert "Choose at most 1 rows." in shown
    assert Transaction.objects.live().count() == 2


def test_a_row_comes_back_from_the_trash(row):
    client = portal(staff(permissions=EDITOR))
    choose(client, ROW, "trash", row)

    choose(client, ROW, "restore", row)

    row.refresh_from_db()
    assert row.deleted_at is None


def test_a_row_in_the_trash_is_not_edited(row):
    client = portal(superuser())
    choose(client, ROW, "trash", row)

    assert client.post(page(ROW, "change", row.pk), form_of(row, notes="x")).status_code == 403


def test_an_account_shows_its_balance(row):
    shown = text(portal(staff(permissions=["transactions.view_account"])).get(page("transactions_account")))

    assert "-€43.21" in shown


def test_an_account_with_rows_is_not_deleted_and_says_why(row):
    client = portal(superuser())

    shown = text(
        client.post(page("transactions_account", "delete", row.account_id), {"post": "yes"}, follow=True)
    )

    assert "The account has 1 rows" in shown
    assert Account.objects.filter(pk=row.account_id).exists()
    assert not AuditEntry.objects.exists()


def test_an_account_is_renamed_by_its_service(row):
    form = {"name": "Purse", "kind": "cash", "number": "", "institution": "", "opening_balance": "999"}

    portal(superuser()).post(page("transactions_account", "change", row.account_id), form)

    account = Account.objects.get(pk=row.account_id)
    assert (account.name, account.opening_balance) == ("Purse", Decimal(0))
    assert set(AuditEntry.objects.get().changes) == {"name", "kind"}


def test_a_tag_is_renamed_and_deleted_by_its_service(alice):
    tag = TagFactory(user=alice, name="trip")
    client = portal(superuser())

    client.post(page("transactions_tag", "change", tag.pk), {"name": "holiday"})
    client.post(page("transactions_tag", "delete", tag.pk), {"post": "yes"})

    changes = list(AuditEntry.objects.order_by("id").values_list("action", "changes"))
    assert changes == [("updated", {"name": ["trip", "holiday"]}), ("deleted", {"name": "holiday"})]
    assert not Tag.objects.exists()


def test_a_shipped_category_is_not_deleted(alice):
    groceries = category_of(alice, "groceries")

    shown = text(
        portal(superuser()).post(
            page("transactions_category", "delete", groceries.pk), {"post": "yes"}, follow=True
        )
    )

    assert "A shipped category can be hidden, not deleted." in shown
    assert Category.objects.filter(pk=groceries.pk).exists()


def test_a_merchant_is_taught_a_category_of_the_same_person_only(alice, bob):
    merchant = MerchantFactory(user=alice)
    client = portal(superuser())

    for person in (bob, alice):
        form = {"name": merchant.name, "category": str(category_of(person, "groceries").pk)}
        client.post(page("transactions_merchant", "change", merchant.pk), form)

    merchant.refresh_from_db()
    assert merchant.category == category_of(alice, "groceries")
    assert AuditEntry.objects.count() == 1


def test_parts_of_a_row_are_shown(row, alice):
    row.splits.create(amount=Decimal("-43.21"), category=category_of(alice, "groceries"), notes="cheese")

    assert "cheese" in text(portal(superuser()).get(page(ROW, "change", row.pk)))


def test_nobody_adds_rows_here(db):
    assert portal(superuser()).get(page(ROW, "add")).status_code == 403
    assert not Transaction.objects.exists()
