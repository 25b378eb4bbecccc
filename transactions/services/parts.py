"""The parts of a row, each in a category of its own; they add up to the row."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NotRequired, TypedDict

from core.domain.money import plain
from core.errors import field_error
from transactions.models import Category, Split, Transaction
from transactions.services.valuation import value_parts
from users.models import User


class PartFields(TypedDict):
    """A part of a row, in the row's currency."""

    amount: Decimal
    category: Category
    notes: NotRequired[str]


def keep_parts(row: Transaction, splits: Sequence[PartFields] | None) -> None:
    """Give a changed row these parts, or value anew those that it has.

    A validation error where they do not add up to it.
    """
    if splits is not None:
        _replace(row, splits, user=row.user)
        return
    parts = list(row.splits.order_by("id"))
    if parts:
        _require_whole(row, [part.amount for part in parts])
        value_parts(row, parts, base_currency=row.user.base_currency)
        Split.objects.bulk_update(parts, ["base_amount"])


def _replace(row: Transaction, splits: Sequence[PartFields], *, user: User) -> None:
    row.splits.all().delete()
    add_parts(row, splits, user=user)


def add_parts(row: Transaction, splits: Sequence[PartFields], *, user: User) -> None:
    """Give a row its parts; a validation error where they do not add up to it."""
    if splits:
        _require_whole(row, [part["amount"] for part in splits])
    parts = [Split(transaction=row, **part) for part in splits]
    value_parts(row, parts, base_currency=user.base_currency)
    for part in parts:
        part.full_clean(exclude=["transaction"])
    Split.objects.bulk_create(parts)


def _require_whole(row: Transaction, amounts: Sequence[Decimal]) -> None:
    total = sum(amounts, Decimal(0))
    if total != row.amount:
        raise field_error(
            "splits",
            f"The parts add up to {plain(total, row.currency)}, the row is {plain(row.amount, row.currency)}.",
            "does_not_add_up",
        )
