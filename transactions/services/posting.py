"""Putting the rows of an import into the ledger, and taking them out again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core.audit import Act, entry, record_created
from core.bulk_insert import insert_rows
from core.ids import uuid7
from core.models import AuditEntry
from transactions.domain.category_tree import UNCATEGORISED
from transactions.models import Account, Category, Merchant, Transaction, Transfer
from transactions.services.valuation import worth
from users.models import User

BATCH = 1000

COLUMNS = (
    "id", "created_at", "updated_at", "user_id", "account_id", "date", "time", "amount", "currency",
    "account_amount", "base_amount", "rate_date", "description", "merchant_id", "category_id",
    "category_source", "category_confidence", "category_reason", "notes", "status", "source", "external_id",
    "import_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row from outside, classified and ready to post; ``category`` is a code, or an id that was taught."""

    external_id: str
    date: date
    time: time | None
    amount: Decimal
    currency: str
    description: str
    status: str
    merchant_key: str
    merchant_name: str
    category: str
    category_source: str
    category_confidence: Decimal
    category_reason: str


class Posting:
    """Writes the rows of one import; use it inside the transaction that ends the import."""

    def __init__(self, user: User, *, source: str, import_id: UUID, act: Act) -> None:
        self._user, self._source, self._import_id, self._act = user, source, import_id, act
        categories = Category.objects.for_user(user)
        self._categories = {c.code or str(c.pk): c.pk for c in categories} | {
            str(c.pk): c.pk for c in categories
        }
        self._merchants: dict[str, UUID] = dict(Merchant.objects.for_user(user).values_list("key", "pk"))

    def post(self, account: Account, rows: Sequence[IncomingRow]) -> int:
        """Write rows that the account does not have; returns how many."""
        self._add_merchants(rows)
        insert_rows(Transaction, COLUMNS, (self._columns(account, row) for row in rows))
        return len(rows)

    def record(self) -> None:
        """Say in the audit trail that the import created its rows; once, after the last is posted."""
        mine = Transaction.objects.filter(import_id=self._import_id)
        record_created(mine, act=self._act, changes={"import": str(self._import_id)})

    def book(self, account: Account, external_ids: Iterable[str]) -> int:
        """Turn rows that were pending into posted ones; returns how many."""
        posted, pending = Transaction.Status.POSTED, Transaction.Status.PENDING
        return self._change(
            account, external_ids, Q(status=pending), changes={"status": [pending, posted]}, status=posted
        )

    def restore(self, account: Account, external_ids: Iterable[str]) -> int:
        """Bring these rows back from the trash; returns how many."""
        return self._change(account, external_ids, Q(deleted_at__isnull=False), changes={}, deleted_at=None)

    def _change(
        self,
        account: Account,
        external_ids: Iterable[str],
        which: Q,
        *,
        changes: dict[str, Any],
        **values: Any,
    ) -> int:
        rows = list(
            Transaction.objects.filter(
                which, account=account, source=self._source, external_id__in=list(external_ids)
            )
        )
        action = AuditEntry.Action.UPDATED if changes else AuditEntry.Action.RESTORED
        Transaction.objects.filter(pk__in=[row.pk for row in rows]).update(updated_at=self._act.at, **values)
        AuditEntry.objects.bulk_create(
            [entry(row, act=self._act, action=action, changes=changes) for row in rows]
        )
        return len(rows)

    def _add_merchants(self, rows: Iterable[IncomingRow]) -> None:
        fresh = {
            row.merchant_key[:100]: row.merchant_name[:100]
            for row in rows
            if row.merchant_key and row.merchant_key[:100] not in self._merchants
        }
        if not fresh:
            return
        Merchant.objects.bulk_create(
            [Merchant(user=self._user, key=key, name=name or key) for key, name in fresh.items()],
            ignore_conflicts=True,
        )
        found = Merchant.objects.for_user(self._user).filter(key__in=fresh)
        self._merchants |= dict(found.values_list("key", "pk"))

    def _columns(self, account: Account, row: IncomingRow) -> tuple[Any, ...]:
        valued = worth(
            row.amount,
            currency=row.currency,
            account_currency=account.currency,
            base_currency=self._user.base_currency,
            on=row.date,
        )
        return (
            uuid7(),
            self._act.at,
            self._act.at,
            self._user.pk,
            account.pk,
            row.date,
            row.time,
            row.amount,
            row.currency,
            valued.account_amount,
            valued.base_amount,
            valued.rate_date,
            row.description,
            self._merchants.get(row.merchant_key[:100]),
            self._categories.get(row.category, self._categories[UNCATEGORISED]),
            row.category_source,
            row.category_confidence,
            row.category_reason,
            "",
            row.status,
            self._source,
            row.external_id,
            self._import_id,
        )


@transaction.atomic
def withdraw_import(import_id: UUID, *, act: Act) -> int:
    """Take every row of an import out of the ledger, and forget that it was seen; returns how many.

    The rows go to the trash without their external ids, so that importing the file again brings them anew.
    """
    Transfer.objects.filter(transactions__import_id=import_id).delete()
    rows = Transaction.objects.filter(import_id=import_id, external_id__isnull=False)
    withdrawn = 0
    while batch := list(rows.order_by("pk")[:BATCH]):
        changes = {
            row.pk: {"external_id": [row.external_id, None], "import_undone": str(import_id)} for row in batch
        }
        AuditEntry.objects.bulk_create(
            [entry(row, act=act, action=AuditEntry.Action.DELETED, changes=changes[row.pk]) for row in batch]
        )
        Transaction.objects.filter(pk__in=[row.pk for row in batch]).update(
            external_id=None, deleted_at=act.at, updated_at=act.at
        )
        withdrawn += len(batch)
    return withdrawn
