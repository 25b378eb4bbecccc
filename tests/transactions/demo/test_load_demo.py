"""``manage.py load_demo``: once, and everything a newcomer should see."""

import json
import stat
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from core.models import AuditEntry
from transactions.models import Account, Category, Merchant, Tag, Transaction, Transfer
from transactions.selectors.accounts import accounts_with_balances
from users.models import User


@pytest.fixture
def data_dir(settings, tmp_path):
    """An empty data folder."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def load():
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def empty_the_database():
    Transaction.objects.all().delete()
    Account.objects.all().delete()
    Category.objects.filter(parent__isnull=False).delete()
    Category.objects.all().delete()
    User.objects.all().delete()


def sign_ins(data_dir):
    return json.loads((data_dir / "sign-in.json").read_text())


@pytest.fixture
def demo(household, db, data_dir):
    """The household, and the data folder with its file."""
    passwords = data_dir / "sign-in.json"
    passwords.write_text(household.sign_ins)
    return User.objects.get(email="demo@solvent.example")


def test_it_says_in_one_line_what_it_did_and_where_the_passwords_are(household):
    said = household.said

    assert said.count("\n") == 1
    assert said.startswith("Loaded the demo household: ")
    assert said.strip().endswith("sign-in.json")


def test_both_can_sign_in_with_the_passwords_of_the_file(demo, data_dir):
    people = sign_ins(data_dir)

    assert {role: one["email"] for role, one in people.items()} == {
        "demo": "demo@solvent.example",
        "staff": "staff@solvent.example",
    }
    for one in people.values():
        assert authenticate(username=one["email"], password=one["password"]) is not None


def test_only_the_member_of_staff_may_use_the_admin(demo):
    staff = User.objects.get(email="staff@solvent.example")

    assert (staff.is_staff, staff.is_superuser) == (True, True)
    assert (demo.is_staff, demo.is_superuser) == (False, False)


def test_a_second_run_changes_nothing(demo, data_dir):
    rows = list(Transaction.objects.order_by("pk").values())
    people = list(User.objects.order_by("pk").values())
    written = (data_dir / "sign-in.json").read_text()
    entries = AuditEntry.objects.count()

    said = load()

    assert said.startswith("The demo household was loaded before.")
    assert list(Transaction.objects.order_by("pk").values()) == rows
    assert list(User.objects.order_by("pk").values()) == people
    assert (data_dir / "sign-in.json").read_text() == written
    assert AuditEntry.objects.count() == entries


def test_a_second_run_takes_few_queries(demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        load()


def test_a_lost_file_is_written_again_for_its_owner_only_with_passwords_that_work(demo, data_dir):
    before = sign_ins(data_dir)
    (data_dir / "sign-in.json").unlink()

    load()

    assert stat.S_IMODE((data_dir / "sign-in.json").stat().st_mode) == 0o600
    assert [path.name for path in data_dir.iterdir()] == ["sign-in.json"]
    after = sign_ins(data_dir)
    for role, one in after.items():
        assert one["password"] != before[role]["password"]
        assert authenticate(username=one["email"], password=one["password"]) is not None
    assert Account.objects.for_user(demo).count() == 4


def test_a_new_database_gets_the_people_and_passwords_of_the_file_that_is_there(demo, data_dir):
    before = sign_ins(data_dir)
    empty_the_database()

    load()

    assert sign_ins(data_dir) == before
    for one in before.values():
        assert authenticate(username=one["email"], password=one["password"]) is not None


def test_a_household_that_was_deleted_does_not_come_back(demo, data_dir):
    User.objects.filter(pk=demo.pk).update(email="somebody.else@example.org")

    said = load()

    assert said.startswith("The demo household was loaded before.")
    assert not User.objects.filter(email="demo@solvent.example").exists()


def test_balances_are_the_opening_balances_and_the_sums_of_the_rows(demo):
    for account in accounts_with_balances().for_user(demo):
        rows = Transaction.objects.filter(account=account)
        booked = sum(rows.values_list("account_amount", flat=True), Decimal(0))

        assert account.balance + account.pending == account.opening_balance + booked


def test_everything_that_a_ledger_can_hold_is_there(demo):
    rows = Transaction.objects.for_user(demo).with_kind()

    assert set(Account.objects.for_user(demo).values_list("kind", flat=True)) == {
        "checking",
        "savings",
        "credit_card",
        "cash",
    }
    assert set(rows.values_list("kind", flat=True)) == {"income", "expense", "transfer"}
    assert set(rows.values_list("status", flat=True)) == {"pending", "posted"}
    assert set(rows.values_list("source", flat=True)) == {"manual", "statement"}
    assert set(rows.values_list("currency", flat=True)) == {"EUR", "CZK"}
    assert rows.filter(splits__isnull=False).distinct().count() == 2
    assert rows.exclude(notes="").count() >= 5
    assert set(Tag.objects.filter(transactions__in=rows).values_list("name", flat=True)) == {
        "birthday",
        "prague",
        "reimbursable",
    }


def test_transfers_are_linked_and_count_as_neither_earned_nor_spent(demo):
    assert Transfer.objects.for_user(demo).count() >= 20
    for transfer in Transfer.objects.for_user(demo):
        assert sum(row.amount for row in transfer.transactions.all()) == 0
    linked = Transaction.objects.with_kind().filter(transfer__isnull=False)
    assert set(linked.values_list("kind", flat=True)) == {"transfer"}


def test_a_refund_lowers_what_was_spent_on_clothes(demo):
    refund = Transaction.objects.with_kind().get(description="ZALANDO SE ERSTATTUNG")

    assert refund.amount > 0
    assert refund.kind == "expense"
    assert refund.category.code == "clothing"


def test_what_the_household_taught_holds_for_the_next_rows(demo):
    climbing = Transaction.objects.filter(description="HALLE 9 BOULDERN").order_by("pk")

    assert [row.category.code for row in climbing] == ["fitness"] * len(climbing)
    assert climbing[0].category_source == "manual"
    assert {row.category_source for row in climbing[1:]} == {"correction"}
    assert Merchant.objects.for_user(demo).filter(category__isnull=False).count() >= 4


def test_nine_rows_in_ten_have_a_category(demo):
    rows = Transaction.objects.for_user(demo)
    unplaced = rows.filter(category__code="uncategorised", transfer=None)

    assert unplaced.count() <= rows.count() / 10


def test_no_row_is_of_the_future(demo):
    latest = Transaction.objects.for_user(demo).order_by("-date").first()

    assert latest.date <= demo.created_at.date() + timedelta(days=1)


def test_every_row_has_its_beginning_in_the_audit_trail(demo):
    created = AuditEntry.objects.filter(
        user=demo, object_type="transactions.transaction", action=AuditEntry.Action.CREATED
    )

    assert created.count() == Transaction.objects.for_user(demo).count()
    assert set(created.values_list("via", "actor")) == {("system", None)}
