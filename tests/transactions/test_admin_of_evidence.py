"""Staff's view of what tells of a row, and of what the person said about it."""

import datetime as dt
import re
from decimal import Decimal
from uuid import UUID

import pytest

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TransactionFactory, act_of
from tests.portal import choose, page, portal, staff, superuser, text
from transactions.models import Sighting
from transactions.services.merging import merge_transactions
from transactions.services.transfers import keep_apart

ROW = "transactions_transaction"
SEES_ROWS = ("transactions.view_transaction",)
IMPORT = UUID("01a1fdec-7ca6-7635-a370-9809e401dde3")


@pytest.fixture
def row(alice):
    return TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("-43.21"))


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


def see(row, **fields):
    """A line of a statement that was taken for the row."""
    known = {
        "source": "statement", "channel": "ofx", "external_id": "FIT-1", "date": dt.date(2026, 3, 12),
        "amount": Decimal("-47.50"), "currency": "EUR", "status": "posted", "link": "matched", "score": 87,
        "reasons": ["Same amount.", "Two days apart."], "import_id": IMPORT,
    }  # fmt: skip
    return Sighting.objects.create(user=row.user, transaction=row, account=row.account, **{**known, **fields})


def opened(person, row):
    return text(portal(person).get(page(ROW, "change", row.pk)))


def test_the_page_of_a_row_shows_what_tells_of_it(row, operations):
    see(row)

    shown = opened(operations, row)

    for part in (
        "ofx", "Mar 12, 2026", "-€47.50", "Matched", "87", "Same amount. Two days apart.", str(IMPORT),
    ):  # fmt: skip
        assert part in shown


def test_sightings_that_were_moved_away_are_not_shown(row, operations):
    elsewhere = TransactionFactory(account=row.account)
    see(elsewhere, moved_from=row)

    assert "-€47.50" not in opened(operations, row)
    assert "-€47.50" in opened(operations, elsewhere)


def test_evidence_needs_permissions_of_its_own(alice, row):
    other = TransactionFactory(account=row.account, amount=Decimal("43.21"))
    see(row)
    row.verdicts.create(user=alice, source="email", external_id="message-9", is_same=False)
    keep_apart(alice.pk, [row, other])

    shown = opened(staff(permissions=SEES_ROWS), row)

    for part in ("-€47.50", "message-9", str(other.pk), "Said by the person"):
        assert part not in shown


@pytest.mark.parametrize(("is_same", "words"), [(True, "is this row"), (False, "is another purchase")])
def test_the_persons_word_on_a_sighting_is_shown(alice, row, operations, is_same, words):
    row.verdicts.create(user=alice, source="email", external_id="message-9", is_same=is_same)

    shown = opened(operations, row)

    assert "email message-9" in shown
    assert words in shown


def test_rows_kept_apart_lead_to_each_other(alice, row, operations):
    other = TransactionFactory(account=row.account, amount=Decimal("43.21"))
    keep_apart(alice.pk, [row, other])

    shown = opened(operations, row)

    assert page(ROW, "change", other.pk) in shown
    assert "Mar 10, 2026, €43.21" in shown
    assert page(ROW, "change", row.pk) in opened(operations, other)


def test_a_refund_leads_to_its_purchase(row, operations):
    refund = TransactionFactory(account=row.account, amount=Decimal("10.00"), refund_of=row, is_ignored=True)

    shown = opened(operations, refund)

    assert page(ROW, "change", row.pk) in shown
    assert "Is ignored" in shown


def test_a_merged_row_says_so_and_leads_to_the_one_that_stayed(alice, row, operations):
    left = TransactionFactory(account=row.account, amount=Decimal("-43.21"))
    see(left)
    merge_transactions(row, act=act_of(alice), other=left)

    listed = text(portal(operations).get(page(ROW)))

    assert "merged" in listed
    assert page(ROW, "change", row.pk) in opened(operations, left)
    assert "FIT-1" in opened(operations, row)


def test_a_merged_row_is_not_restored_from_the_trash(alice, row):
    left = TransactionFactory(account=row.account, amount=Decimal("-43.21"))
    merge_transactions(row, act=act_of(alice), other=left)

    shown = text(choose(portal(superuser()), ROW, "restore", left))

    left.refresh_from_db()
    assert "It was merged into another row; split it off there." in shown
    assert left.deleted_at == NOW


def test_evidence_is_only_read(row):
    sighting = see(row)
    client = portal(superuser())
    shown = text(client.get(page(ROW, "change", row.pk)))
    counts = dict(re.findall(r'name="((?:splits|sightings)-(?:TOTAL|INITIAL)_FORMS)" value="(\d+)"', shown))
    form = {
        "date": row.date.isoformat(), "status": row.status, "category": str(row.category_id), "notes": "",
        "is_ignored": "on", "sightings-0-id": str(sighting.pk), "sightings-0-score": "1",
        "sightings-0-DELETE": "on",
    }  # fmt: skip

    response = client.post(page(ROW, "change", row.pk), {**form, **counts})

    row.refresh_from_db()
    assert counts["sightings-TOTAL_FORMS"] == "1"
    assert response.status_code == 302
    assert Sighting.objects.get().score == 87
    assert not row.is_ignored
    assert not AuditEntry.objects.exists()
