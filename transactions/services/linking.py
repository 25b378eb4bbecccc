"""Joining rows that belong together: transfers between own accounts, refunds of purchases."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core.aggregates import MoneySum
from core.audit import Act, differences, record, snapshot
from core.domain.money import plain
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import Transaction
from transactions.selectors.legs import possible_refunds, possible_transfers
from transactions.services.transfers import keep_apart, link_transfer
from users.models import User

FIELDS = ("refund_of", "category", "category_source", "category_reason")
CHOSEN = {Transaction.CategorySource.MANUAL, Transaction.CategorySource.RULE}


@transaction.atomic
def find_links(user: User, *, act: Act, first: date) -> int:
    """Join the rows from a day on that surely belong together; returns how many pairs.

    What a person took apart, and what is only likely, stays as it is.
    """
    # Two workers at once would join one row twice.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = Transaction.objects.for_user(user)
    transfers = [pair for pair in possible_transfers(user, first=first) if pair.is_sure]
    for pair in transfers:
        outflow, inflow = mine.get(pk=pair.first), mine.get(pk=pair.second)
        link_transfer(user, act=act, outflow=outflow, inflow=inflow, reasons=pair.reasons)
    refunds = [pair for pair in possible_refunds(user, first=first) if pair.is_sure]
    for pair in refunds:
        link_refund(mine.get(pk=pair.first), act=act, purchase=mine.get(pk=pair.second))
    return len(transfers) + len(refunds)


@transaction.atomic
def link_refund(row: Transaction, *, act: Act, purchase: Transaction | None) -> Transaction:
    """Say which purchase money came back for, or with None that it is of none.

    The row goes to the purchase's category, unless the person chose one. 409 ``REFUND_NOT_POSSIBLE`` with the
    reason where the rows do not fit together.
    """
    row = Transaction.objects.select_for_update(of=("self",)).get(pk=row.pk)
    before = snapshot(row, FIELDS)
    if purchase is None:
        if row.refund_of_id is not None:
            keep_apart(row.user_id, list(Transaction.objects.filter(pk__in=[row.pk, row.refund_of_id])))
        row.refund_of = None
    else:
        purchase = Transaction.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
        _require_fit(row, purchase)
        row.refund_of = purchase
        if row.category_source not in CHOSEN:
            row.category_id, row.category_source = purchase.category_id, purchase.category_source
            row.category_confidence = purchase.category_confidence
            row.category_reason = "It is the category of the purchase that it gives back."
    row.save(update_fields=[*FIELDS, "category_confidence", "updated_at"])
    changes = differences(before, snapshot(row, FIELDS))
    if changes:
        record(row, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return row


def _require_fit(row: Transaction, purchase: Transaction) -> None:
    others = Transaction.objects.live().filter(refund_of=purchase).exclude(pk=row.pk)
    back = others.aggregate(total=MoneySum("amount"))["total"] or Decimal(0)
    left = -purchase.amount - back
    reasons = {
        "A refund is money that comes in.": row.amount <= 0,
        "A purchase is money that goes out.": purchase.amount >= 0,
        "One of the rows is in the trash.": row.deleted_at or purchase.deleted_at,
        "One of the rows is part of a transfer.": row.transfer_id or purchase.transfer_id,
        "The rows must be in one currency.": row.currency != purchase.currency,
        f"No more than {plain(max(left, Decimal(0)), purchase.currency)} can come back.": row.amount > left,
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise DomainError(reason, code="REFUND_NOT_POSSIBLE")
