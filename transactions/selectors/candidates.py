"""Rows of the ledger that a new sighting may be of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from core.domain.money import to_minor
from transactions.categoriser import merchant_key
from transactions.domain.matching import MAX_DAYS, Seen
from transactions.models import Account, Sighting, Split, Transaction, Verdict
from transactions.models.ledger import TransactionQuerySet
from users.models import User

TIPPED = frozenset({"eating-out", "dining", "fast-food", "coffee", "taxi", "hair-beauty"})
"""Codes of the categories whose settlements may carry a tip."""


class _Columns(NamedTuple):
    """What is read of a row, by the names that the query knows."""

    pk: UUID
    date: date
    amount: Decimal
    currency: str
    account_amount: Decimal
    account__currency: str
    account_id: UUID
    account__kind: str
    merchant__key: str | None
    description: str
    status: str
    category__code: str
    transfer_id: UUID | None
    deleted_at: datetime | None
    is_awaiting: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows to choose from; ``awaiting`` are those that only a booked sighting may still join.

    ``tellings`` are the rows again as their sources told them, where that is not how they stand now.
    """

    rows: Mapping[str, Seen] = field(default_factory=dict)
    tellings: Sequence[Seen] = ()
    awaiting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """What the person said of a sighting and a row; ``is_deleted`` where they took the row out since."""

    row: str
    is_same: bool
    is_deleted: bool


def candidates(
    user: User,
    *,
    account: Account | None,
    source: str,
    channel: str,
    days: Sequence[date],
    amounts: Collection[Decimal],
    import_id: UUID | None = None,
) -> Candidates:
    """Rows near these days, on the account or one not known, that this channel has not seen booked.

    They are, or were once told to be, of one of these amounts, or are pending and may yet be. Rows that the
    person deleted are among them, except for what the person types themselves; rows that ``import_id`` brought
    are left out. At most four queries, however many rows there are.
    """
    told = Sighting.objects.filter(transaction=OuterRef("pk"), amount__in=amounts)
    of_amount = Q(amount__in=amounts) | Q(account_amount__in=amounts)
    heard = Sighting.objects.filter(transaction=OuterRef("pk"), source=source, channel=channel)
    near = _rows(source).for_user(user).filter(date__range=_around(days))
    if account is not None:
        near = near.filter(Q(account=account) | Q(account__kind=Account.Kind.UNASSIGNED))
    if import_id is not None:
        near = near.exclude(import_id=import_id)
        # The commonest import finds an empty account: asked first, because the rest looks into many tables.
        if not near.exists():
            return Candidates()
    rows = (
        near.filter(of_amount | Q(status=Transaction.Status.PENDING) | Exists(told))
        .filter(~Exists(heard.filter(status=Transaction.Status.POSTED)))
        .annotate(is_awaiting=Exists(heard))
    )
    found = [_Columns._make(row) for row in rows.values_list(*_Columns._fields)]
    if not found:
        return Candidates()
    parts = Split.objects.filter(transaction_id__in=[row.pk for row in found])
    split = set(parts.values_list("transaction_id", flat=True))
    seen = {str(row.pk): _seen(row, is_split=row.pk in split) for row in found}
    return Candidates(seen, _tellings(seen), frozenset(str(row.pk) for row in found if row.is_awaiting))


def verdicts(user: User, *, source: str, external_ids: Sequence[str]) -> Mapping[str, list[Word]]:
    """What the person said of these sightings, by external id; live rows come first, then the latest word."""
    words = Verdict.objects.for_user(user).filter(source=source)
    if len(external_ids) < 1000:
        words = words.filter(external_id__in=external_ids)
    columns = words.values_list("external_id", "transaction_id", "is_same", "transaction__deleted_at")
    found = list(columns.order_by("-pk"))
    deleted = {row for _, row, _, deleted_at in found if deleted_at is not None}
    there = set(_rows(source).filter(pk__in=deleted).values_list("pk", flat=True)) if deleted else deleted
    said: dict[str, list[Word]] = {}
    for external_id, row, is_same, _ in sorted(found, key=lambda each: each[1] in deleted):
        if row not in deleted - there:
            said.setdefault(external_id, []).append(Word(str(row), is_same, is_deleted=row in deleted))
    return said


def words_of(description: str) -> str:
    """The words of a bank's text that name somebody."""
    return merchant_key(description)


def _rows(source: str) -> TransactionQuerySet:
    """Live rows and, for a machine, those that the person deleted: of these somebody still tells.

    After an undone import nobody does, nor of a row that was merged. Who types a purchase anew wants it anew.
    """
    live = Transaction.objects.live()
    if source == Transaction.Source.MANUAL:
        return live
    return live | Transaction.objects.trashed().filter(
        Exists(Sighting.objects.filter(transaction=OuterRef("pk")))
    )


def _tellings(rows: Mapping[str, Seen]) -> list[Seen]:
    """What a person has changed, or merged away, is still what the next source will say."""
    told = (
        Sighting.objects.filter(transaction_id__in=rows)
        .exclude(
            date=F("transaction__date"),
            amount=F("transaction__amount"),
            description=F("transaction__description"),
        )
        .order_by("pk")
    )
    return [
        replace(
            rows[str(pk)],
            day=day,
            amounts=((to_minor(amount, currency), currency),),
            merchant="",
            words=words_of(description),
            takes_tips=False,
        )
        for pk, day, amount, currency, description in told.values_list(
            "transaction_id", "date", "amount", "currency", "description"
        )
    ]


def _around(days: Sequence[date]) -> tuple[date, date]:
    return min(days) - timedelta(days=MAX_DAYS), max(days) + timedelta(days=MAX_DAYS)


def _seen(row: _Columns, *, is_split: bool) -> Seen:
    return Seen(
        key=str(row.pk),
        day=row.date,
        amounts=(
            (to_minor(row.amount, row.currency), row.currency),
            (to_minor(row.account_amount, row.account__currency), row.account__currency),
        ),
        account=None if row.account__kind == Account.Kind.UNASSIGNED else str(row.account_id),
        merchant=row.merchant__key or "",
        words=words_of(row.description),
        is_pending=row.status == Transaction.Status.PENDING,
        # A changed amount would tear the parts of a row, or the halves of a transfer, from each other.
        takes_tips=row.category__code in TIPPED and not is_split and row.transfer_id is None,
        is_deleted=row.deleted_at is not None,
    )
