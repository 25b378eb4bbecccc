"""Linking the two rows of money moved between own accounts."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from core.audit import Act, entry, record
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import KeptApart, Transaction, Transfer
from users.models import User


@transaction.atomic
def link_transfer(
    user: User, *, act: Act, outflow: Transaction, inflow: Transaction, reasons: Sequence[str] = ()
) -> Transfer:
    """Join a paying and a receiving row: neither is income or spending any more; ``reasons`` are a machine's.

    409 ``TRANSFER_NOT_POSSIBLE`` with the reason where the rows do not fit together.
    """
    rows = {
        row.pk: row
        for row in Transaction.objects.select_for_update()
        .filter(pk__in=[outflow.pk, inflow.pk])
        .order_by("pk")
    }
    paying, receiving = rows[outflow.pk], rows[inflow.pk]
    _require_fit(paying, receiving)
    transfer = Transfer.objects.create(user=user)
    for row in (paying, receiving):
        row.transfer = transfer
        row.save(update_fields=["transfer", "updated_at"])
        record(row, act=act, action=AuditEntry.Action.UPDATED, changes={"transfer": [None, str(transfer.pk)]})
    why = {"reasons": list(reasons)} if reasons else {}
    record(transfer, act=act, action=AuditEntry.Action.CREATED, changes=why)
    return transfer


@transaction.atomic
def unlink_transfer(transfer: Transfer, *, act: Act) -> None:
    """Take the two rows apart again; both stay, and no machine joins them anew."""
    rows = list(Transaction.objects.select_for_update().filter(transfer=transfer).order_by("pk"))
    keep_apart(transfer.user_id, rows)
    for row in rows:
        row.transfer = None
        row.save(update_fields=["transfer", "updated_at"])
        record(row, act=act, action=AuditEntry.Action.UPDATED, changes={"transfer": [str(transfer.pk), None]})
    record(transfer, act=act, action=AuditEntry.Action.DELETED)
    transfer.delete()


def end_transfers(leaving: Collection[UUID], *, act: Act) -> None:
    """Free the other halves of rows that leave the ledger: nobody has said that they do not belong together."""
    ended = list(Transfer.objects.filter(transactions__in=leaving).distinct())
    halves = list(Transaction.objects.select_for_update().filter(transfer__in=ended).order_by("pk"))
    entries = [
        entry(
            row,
            act=act,
            action=AuditEntry.Action.UPDATED,
            changes={"transfer": [str(row.transfer_id), None]},
        )
        for row in halves
    ]
    entries += [entry(transfer, act=act, action=AuditEntry.Action.DELETED) for transfer in ended]
    AuditEntry.objects.bulk_create(entries)
    Transaction.objects.filter(pk__in=[row.pk for row in halves]).update(transfer=None, updated_at=act.at)
    Transfer.objects.filter(pk__in=[transfer.pk for transfer in ended]).delete()


def end_refunds(leaving: Collection[UUID], *, act: Act) -> None:
    """Free the refunds of purchases that leave the ledger, so that they are found again when these come back."""
    refunds = list(Transaction.objects.select_for_update().filter(refund_of__in=leaving).order_by("pk"))
    AuditEntry.objects.bulk_create(
        [
            entry(
                row,
                act=act,
                action=AuditEntry.Action.UPDATED,
                changes={"refund_of": [str(row.refund_of_id), None]},
            )
            for row in refunds
        ]
    )
    Transaction.objects.filter(pk__in=[row.pk for row in refunds]).update(refund_of=None, updated_at=act.at)


def keep_apart(user_id: UUID, rows: Sequence[Transaction]) -> None:
    """Note that a person does not want these two rows joined."""
    if len(rows) == 2:
        first, second = sorted(rows, key=lambda row: row.pk)
        KeptApart.objects.get_or_create(user_id=user_id, first=first, second=second)


def _require_fit(paying: Transaction, receiving: Transaction) -> None:
    reasons = {
        "The paying row must be an outflow.": paying.amount >= 0,
        "The receiving row must be an inflow.": receiving.amount <= 0,
        "The rows must be in different accounts.": paying.account_id == receiving.account_id,
        "One of the rows is part of a transfer already.": paying.transfer_id or receiving.transfer_id,
        "One of the rows is in the trash.": paying.deleted_at or receiving.deleted_at,
        "The amounts must be equal where the currency is the same.": paying.currency == receiving.currency
        and paying.amount + receiving.amount != 0,
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise DomainError(reason, code="TRANSFER_NOT_POSSIBLE")
