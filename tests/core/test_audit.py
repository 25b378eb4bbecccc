"""Who changed what, when, and through which door."""

import datetime as dt
from decimal import Decimal

from core.audit import Act, differences, entry, record, snapshot
from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TransactionFactory, act_of
from users.models import User


def test_an_entry_says_whose_row_it_is_and_who_acted(alice, bob):
    account = AccountFactory(user=alice)
    act = Act(actor_id=bob.pk, via=AuditEntry.Via.ADMIN, at=NOW)
    record(account, act=act, action=AuditEntry.Action.UPDATED, changes={"name": ["Old", "New"]})

    found = AuditEntry.objects.get()
    assert (found.user, found.actor, found.via) == (alice, bob, "admin")
    assert (found.object_type, found.object_id, found.action) == (
        "transactions.account",
        account.pk,
        "updated",
    )
    assert found.changes == {"name": ["Old", "New"]}
    assert found.at == NOW


def test_a_person_is_their_own_row(alice):
    made = entry(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED)
    assert made.user_id == made.object_id == alice.pk


def test_an_entry_is_not_saved_until_asked(alice):
    entry(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED)
    assert not AuditEntry.objects.exists()


def test_the_system_acts_without_an_actor(alice):
    act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=NOW)
    record(alice, act=act, action=AuditEntry.Action.DELETED)
    assert AuditEntry.objects.get().actor is None


def test_a_snapshot_is_plain_json(alice):
    row = TransactionFactory(
        account=AccountFactory(user=alice), date=dt.date(2026, 3, 10), amount=Decimal("-12.50")
    )
    row.refresh_from_db()
    assert snapshot(row, ["date", "amount", "account", "merchant", "description"]) == {
        "account": str(row.account_id),
        "date": "2026-03-10",
        "amount": "-12.5000",
        "merchant": None,
        "description": "CORNER SHOP",
    }


def test_differences_name_what_changed_before_and_after():
    before = {"name": "Old", "kind": "cash", "number": ""}
    after = {"name": "New", "kind": "cash", "number": ""}
    assert differences(before, after) == {"name": ["Old", "New"]}
    assert differences(before, before) == {}


def test_a_change_of_nothing_leaves_no_entry(alice_api):
    alice_api.patch("/api/v1/users/me/profile", {"monthly_income": "2500.00"})
    assert AuditEntry.objects.count() == 1
    alice_api.patch("/api/v1/users/me/profile", {"monthly_income": "2500"})
    assert AuditEntry.objects.count() == 1


def test_the_entries_of_a_deleted_actor_stay(alice):
    staff = User.objects.create_user("staff@example.org")
    record(alice, act=act_of(staff), action=AuditEntry.Action.UPDATED)
    staff.delete()
    assert AuditEntry.objects.get().actor is None
