"""Keeping the stored worths of rows true."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from core.audit import Act, differences, entry, snapshot
from core.jobs import enqueue
from core.models import AuditEntry
from transactions.domain.valuation import convert_parts
from transactions.models import Split, Transaction
from transactions.selectors.rates import conversion
from users.models import User

BATCH = 2000
WORTHS = ("base_amount", "rate_on")


def start_revaluation(user: User) -> None:
    """Have every row of a person valued anew, after a change of their base currency."""
    enqueue("transactions.revalue_ledger", user_id=str(user.pk))


def revalue_ledger(user: User, *, act: Act) -> int:
    """Value every row in the person's present base currency, in batches; returns how many rows."""
    rows = Transaction.objects.for_user(user).select_related("account").order_by("pk")
    done, last = 0, None
    while True:
        batch = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
        if not batch:
            return done
        _revalue(batch, base_currency=user.base_currency, act=act)
        done, last = done + len(batch), batch[-1].pk


@transaction.atomic
def _revalue(batch: list[Transaction], *, base_currency: str, act: Act) -> None:
    before = {row.pk: snapshot(row, WORTHS) for row in batch}
    for row in batch:
        own, target = row.account.currency, base_currency
        by_rate = conversion(row.amount, source=row.currency, target=own, on=row.date)
        valued = conversion(row.account_amount, source=own, target=target, on=row.date)
        row.base_amount = valued.amount
        row.rate_on = valued.rate_on or (by_rate.rate_on if by_rate.amount == row.account_amount else None)
    Transaction.objects.bulk_update(batch, WORTHS)
    _tell(batch, before, act=act)
    value_splits(batch, base_currency=base_currency)


def _tell(batch: list[Transaction], before: Mapping[UUID, Mapping[str, object]], *, act: Act) -> None:
    found = [(row, differences(before[row.pk], snapshot(row, WORTHS))) for row in batch]
    AuditEntry.objects.bulk_create(
        [
            entry(row, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
            for row, changes in found
            if changes
        ]
    )


def value_splits(rows: Sequence[Transaction], *, base_currency: str) -> None:
    """Write the worth of the parts of these rows anew, after their own has changed."""
    by_row: dict[UUID, list[Split]] = {}
    for part in Split.objects.filter(transaction__in=rows).order_by("id"):
        by_row.setdefault(part.transaction_id, []).append(part)
    for row in rows:
        value_parts(row, by_row.get(row.pk, []), base_currency=base_currency)
    Split.objects.bulk_update([part for parts in by_row.values() for part in parts], ["base_amount"])


def value_parts(row: Transaction, parts: list[Split], *, base_currency: str) -> None:
    """Set the worth of each part so that they add up to the worth of their row."""
    worths = convert_parts([part.amount for part in parts], whole=row.base_amount, target=base_currency)
    for part, base_amount in zip(parts, worths if parts else [], strict=True):
        part.base_amount = base_amount
