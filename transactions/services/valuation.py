"""Keeping the stored worths of rows true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.audit import Act, differences, entry, snapshot
from core.errors import field_error
from core.jobs import enqueue
from core.models import AuditEntry
from transactions.adapters.ecb import ecb_rates
from transactions.domain.valuation import convert, convert_parts
from transactions.models import Split, Transaction
from users.models import User

BATCH = 2000
WORTHS = ("base_amount", "rate_date")


@dataclass(frozen=True, slots=True)
class Worth:
    """One amount in the account's and the person's currency; ``base_amount`` is None without a rate."""

    account_amount: Decimal
    base_amount: Decimal | None
    rate_date: date | None


def worth(
    amount: Decimal,
    *,
    currency: str,
    account_currency: str,
    base_currency: str,
    on: date,
    account_amount: Decimal | None = None,
) -> Worth:
    """What a row is worth; ``account_amount`` is what the bank booked, where that is known.

    Raises a validation error where the account's currency has no rate and the bank's figure is missing.
    """
    booked_on = None
    if account_amount is None or currency == account_currency:
        account_amount, booked_on = _converted(amount, source=currency, target=account_currency, on=on)
    if account_amount is None:
        raise field_error(
            "account_amount",
            f"There is no rate from {currency} to {account_currency}; give the amount in {account_currency}.",
            "no_rate",
        )
    # What the bank booked in the account's currency is nearer the truth than a reference rate.
    base_amount, valued_on = _converted(account_amount, source=account_currency, target=base_currency, on=on)
    return Worth(account_amount=account_amount, base_amount=base_amount, rate_date=valued_on or booked_on)


def converted(amount: Decimal, *, source: str, target: str, on: date) -> Decimal | None:
    """What an amount was worth by the reference rate; None where there is none."""
    return _converted(amount, source=source, target=target, on=on)[0]


def booked(row: Transaction) -> Decimal | None:
    """What the bank itself charged the account; None where that is only what the reference rate gives."""
    by_rate = converted(row.amount, source=row.currency, target=row.account.currency, on=row.date)
    return None if by_rate == row.account_amount else row.account_amount


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
        by_rate, booked_on = _converted(row.amount, source=row.currency, target=own, on=row.date)
        row.base_amount, valued_on = _converted(row.account_amount, source=own, target=target, on=row.date)
        row.rate_date = valued_on or (booked_on if by_rate == row.account_amount else None)
    Transaction.objects.bulk_update(batch, WORTHS)
    _tell(batch, before, act=act)
    value_splits(batch, base_currency=base_currency)


def _tell(batch: list[Transaction], before: dict[Any, dict[str, Any]], *, act: Act) -> None:
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
    by_row: dict[Any, list[Split]] = {}
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


def _converted(
    amount: Decimal, *, source: str, target: str, on: date
) -> tuple[Decimal, date | None] | tuple[None, None]:
    if source == target:
        return amount, None
    rate = ecb_rates().rate(source=source, target=target, on=on)
    return (convert(amount, rate=rate, target=target), rate.on) if rate else (None, None)
