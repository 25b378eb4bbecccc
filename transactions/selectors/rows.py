"""Rows of the ledger as the API lists them: columns, not objects, because lists are read most."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from core.domain.money import plain
from transactions.models import Split, Transaction
from transactions.selectors.names import category_names, merchant_names

COLUMNS = (
    "id", "account_id", "date", "time", "amount", "currency", "account_amount", "base_amount", "rate_date",
    "description", "merchant_id", "category_id", "category_source", "category_confidence", "category_reason",
    "notes", "transfer_id", "refund_of_id", "is_ignored", "status", "source", "external_id", "import_id",
    "deleted_at", "created_at", "updated_at", "kind",
)  # fmt: skip


def rows_to_show(queryset: QuerySet[Transaction]) -> QuerySet[Any, dict[str, Any]]:
    """The rows with the columns that ``shown_rows`` turns into their representation."""
    kinds: Any = queryset
    joined: QuerySet[Any, dict[str, Any]] = kinds.with_kind().values(
        *COLUMNS,
        account_currency=F("account__currency"),
        base_currency=F("user__base_currency"),
        locale=F("user__locale"),
        merchant_name=F("merchant__name"),
        own_category_name=F("category__name"),
        category_code=F("category__code"),
    )
    return joined


def shown_rows(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Representations of the rows, with their tags and parts, in two queries more however many there are."""
    page = list(rows)
    ids = [row["id"] for row in page]
    tags, splits = _tags(ids), _splits(page)
    return [_shown(row, tags.get(row["id"], []), splits.get(row["id"], [])) for row in page]


def _shown(row: dict[str, Any], tags: list[str], splits: list[dict[str, Any]]) -> dict[str, Any]:
    base_amount = row["base_amount"]
    return {
        "id": str(row["id"]),
        "account": str(row["account_id"]),
        "date": row["date"].isoformat(),
        "time": row["time"] and row["time"].isoformat(),
        "amount": plain(row["amount"], row["currency"]),
        "currency": row["currency"],
        "account_amount": plain(row["account_amount"], row["account_currency"]),
        "account_currency": row["account_currency"],
        "base_amount": None if base_amount is None else plain(base_amount, row["base_currency"]),
        "base_currency": row["base_currency"],
        "rate_date": row["rate_date"] and row["rate_date"].isoformat(),
        "kind": row["kind"],
        "description": row["description"],
        "merchant": _id(row["merchant_id"]),
        "merchant_name": merchant_names(row["locale"]).get(row["merchant_name"], row["merchant_name"]),
        "category": str(row["category_id"]),
        "category_name": row["own_category_name"] or category_names(row["locale"])[row["category_code"]],
        "category_code": row["category_code"],
        "category_source": row["category_source"],
        "category_confidence": f"{row['category_confidence']:.2f}",
        "category_reason": row["category_reason"],
        "notes": row["notes"],
        "tags": tags,
        "splits": splits,
        "transfer": _id(row["transfer_id"]),
        "refund_of": _id(row["refund_of_id"]),
        "is_ignored": row["is_ignored"],
        "status": row["status"],
        "source": row["source"],
        "external_id": row["external_id"],
        "import_id": _id(row["import_id"]),
        "deleted_at": row["deleted_at"] and _instant(row["deleted_at"]),
        "created_at": _instant(row["created_at"]),
        "updated_at": _instant(row["updated_at"]),
    }


def _tags(ids: list[UUID]) -> dict[UUID, list[str]]:
    links = Transaction.tags.through.objects.filter(transaction_id__in=ids).order_by("tag_id")
    found: dict[UUID, list[str]] = {}
    for row_id, tag_id in links.values_list("transaction_id", "tag_id"):
        found.setdefault(row_id, []).append(str(tag_id))
    return found


def _splits(page: list[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    currency = {row["id"]: row["currency"] for row in page}
    found: dict[UUID, list[dict[str, Any]]] = {}
    parts = Split.objects.filter(transaction_id__in=currency).order_by("id")
    for row_id, amount, category_id, notes in parts.values_list(
        "transaction_id", "amount", "category_id", "notes"
    ):
        part = {"amount": plain(amount, currency[row_id]), "category": str(category_id), "notes": notes}
        found.setdefault(row_id, []).append(part)
    return found


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _instant(value: Any) -> str:
    return str(value.isoformat()).replace("+00:00", "Z")
