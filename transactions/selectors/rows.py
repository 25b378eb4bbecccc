"""Rows of the ledger as the API lists them: columns, not objects, because lists are read most."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.domain.money import round_to_minor
from transactions.domain.kinds import TransactionKind, kind_of
from transactions.models import Split, Transaction
from transactions.selectors.names import category_names, merchant_names
from users.models import User

OWN_COLUMNS = (
    "id", "date", "time", "currency", "rate_on", "description", "category_source", "category_confidence",
    "category_reason", "notes", "is_ignored", "status", "source", "external_id", "import_id", "deleted_at",
    "created_at", "updated_at",
)  # fmt: skip
COLUMNS = (
    *OWN_COLUMNS, "amount", "account_amount", "base_amount", "account_id", "account__currency", "merchant_id",
    "merchant__name", "category_id", "category__name", "category__code", "category__group", "transfer_id",
    "refund_of_id",
)  # fmt: skip


Columns = dict[str, Any]
"""The columns of a row by the names that the query knows."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a row in a category of its own; the amount is at the precision of the row's currency."""

    amount: Decimal
    category: UUID
    notes: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row with all that is told of it, in the order in which it is told.

    Amounts are at their currencies' own precision, names in the person's language; other rows are told by their ids.
    """

    id: UUID
    account: UUID
    date: dt.date
    time: dt.time | None
    amount: Decimal
    currency: str
    account_amount: Decimal
    account_currency: str
    base_amount: Decimal | None
    base_currency: str
    rate_on: dt.date | None
    kind: TransactionKind
    description: str
    merchant: UUID | None
    merchant_name: str | None
    category: UUID
    category_name: str
    category_code: str
    category_source: str
    category_confidence: Decimal
    category_reason: str
    notes: str
    tags: tuple[UUID, ...]
    splits: tuple[Part, ...]
    transfer: UUID | None
    refund_of: UUID | None
    is_ignored: bool
    status: str
    source: str
    external_id: str | None
    import_id: UUID | None
    deleted_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


def rows_to_show(queryset: QuerySet[Transaction]) -> QuerySet[Transaction, Columns]:
    """The rows with the columns that ``ledger_rows`` asks for."""
    columns: QuerySet[Transaction, Columns] = queryset.values(*COLUMNS)
    return columns


def ledger_rows(rows: Iterable[Columns], *, user: User) -> list[LedgerRow]:
    """A person's rows with their tags and parts, in two queries more however many there are."""
    page = list(rows)
    ids = [row["id"] for row in page]
    tags, parts = _tags(ids), _parts({row["id"]: row["currency"] for row in page})
    categories, merchants = category_names(user.locale), merchant_names(user.locale)
    return [
        LedgerRow(
            **{name: row[name] for name in OWN_COLUMNS},
            account=row["account_id"],
            amount=round_to_minor(row["amount"], row["currency"]),
            account_amount=round_to_minor(row["account_amount"], row["account__currency"]),
            account_currency=row["account__currency"],
            base_amount=None
            if row["base_amount"] is None
            else round_to_minor(row["base_amount"], user.base_currency),
            base_currency=user.base_currency,
            kind=kind_of(
                amount=row["amount"],
                group=row["category__group"],
                code=row["category__code"],
                is_linked=row["transfer_id"] is not None,
            ),
            merchant=row["merchant_id"],
            merchant_name=merchants.get(row["merchant__name"], row["merchant__name"]),
            category=row["category_id"],
            category_name=row["category__name"] or categories[row["category__code"]],
            category_code=row["category__code"],
            tags=tuple(tags.get(row["id"], ())),
            splits=tuple(parts.get(row["id"], ())),
            transfer=row["transfer_id"],
            refund_of=row["refund_of_id"],
        )
        for row in page
    ]


def _tags(ids: list[UUID]) -> dict[UUID, list[UUID]]:
    links = Transaction.tags.through.objects.filter(transaction_id__in=ids).order_by("tag_id")
    found: dict[UUID, list[UUID]] = {}
    for row_id, tag_id in links.values_list("transaction_id", "tag_id"):
        found.setdefault(row_id, []).append(tag_id)
    return found


def _parts(currencies: Mapping[UUID, str]) -> dict[UUID, list[Part]]:
    found: dict[UUID, list[Part]] = {}
    parts = Split.objects.filter(transaction_id__in=currencies).order_by("id")
    for row_id, amount, category_id, notes in parts.values_list(
        "transaction_id", "amount", "category_id", "notes"
    ):
        found.setdefault(row_id, []).append(
            Part(round_to_minor(amount, currencies[row_id]), category_id, notes)
        )
    return found
