"""Writing rows by hand: record, change, trash, restore."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Q

from core.audit import Act, differences, record, snapshot
from core.domain.money import plain
from core.errors import DomainError
from core.models import AuditEntry
from transactions.domain.rules import RuleTerms
from transactions.models import Account, Category, Merchant, Tag, Transaction
from transactions.selectors.rates import converted, worth
from transactions.services.classifying import classify, correct
from transactions.services.external_ids import (
    EXTERNAL_ID_EXISTS,
    external_id_exists,
    rename_sighting,
    typed_sighting,
)
from transactions.services.parts import PartFields, add_parts, keep_parts
from transactions.services.rules import active_rules, apply_rules
from users.models import User


class RowFields(TypedDict, total=False):
    """What can be said of a row but for its account; ``account_amount`` is what the bank booked, in the account's."""

    date: dt.date
    time: dt.time | None
    amount: Decimal
    currency: str
    account_amount: Decimal | None
    description: str
    merchant: Merchant | None
    category: Category
    notes: str
    tags: Sequence[Tag]
    splits: Sequence[PartFields]
    is_ignored: bool
    status: str
    source: str
    external_id: str | None


class RowChanges(RowFields, total=False):
    """The same, and another account."""

    account: Account


FIELDS = (
    "account", "date", "time", "amount", "currency", "account_amount", "description", "merchant", "category",
    "notes", "status", "external_id", "is_ignored",
)  # fmt: skip
# The category, worth, tags and parts of a row follow from more than what is said of them.
OWN = {*FIELDS} - {"category", "account_amount"} | {"source"}


@transaction.atomic
def record_transaction(
    user: User,
    *,
    act: Act,
    account: Account,
    rules: Sequence[RuleTerms] | None = None,
    **fields: Unpack[RowFields],
) -> Transaction:
    """A typed entry; without a category it gets one from what the person taught, then the dictionary.

    ``rules`` are the person's, where the caller has them already.
    """
    merchant = fields.get("merchant")
    said = {"merchant": [None, str(merchant.pk)]} if merchant else {}
    row = Transaction(user=user, account=account)
    _assign(row, fields)
    row.currency = row.currency or account.currency
    _value(row, user=user, account_amount=fields.get("account_amount"))
    classify(row, user=user, act=act, category=fields.get("category"))
    _save(row)
    if fields.get("tags"):
        row.tags.set(fields["tags"])
    add_parts(row, fields.get("splits", ()), user=user)
    typed_sighting(row).save(force_insert=True)
    record(row, act=act, action=AuditEntry.Action.CREATED, changes=said)
    rules = active_rules(user) if rules is None else rules
    if rules:
        apply_rules(user, Transaction.objects.filter(pk=row.pk), act=act, rules=rules)
        row.refresh_from_db()
    return row


@transaction.atomic
def update_transaction(row: Transaction, *, act: Act, **fields: Unpack[RowChanges]) -> Transaction:
    """Change a row. Another category is a lesson: the merchant's next rows get it too.

    Raises a validation error where the parts no longer add up, and 409 for a row in the trash, for a changed
    amount of a row that is half of a transfer or that no longer covers its refunds, or for the external id of an
    imported row.
    """
    row = Transaction.objects.select_for_update(of=("self",)).select_related("account", "user").get(pk=row.pk)
    _require_live(row)
    before = _image(row)
    account_amount = _account_amount_to_keep(row, fields)
    _assign(row, fields)
    if _is_revalued(before, row, account_amount):
        _value(row, user=row.user, account_amount=account_amount)
    category = fields.get("category")
    if category is not None and category.pk != row.category_id:
        correct(row, category, act=act)
    _save(row)
    if "tags" in fields:
        row.tags.set(fields["tags"])
    keep_parts(row, fields.get("splits"))
    changes = differences(before, _image(row))
    _require_same_transfer(row, changes)
    _require_fitting_refunds(row, changes)
    _require_same_origin(row, changes)
    rename_sighting(row, before, changes)
    if changes:
        record(row, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return row


@transaction.atomic
def trash_transaction(row: Transaction, *, act: Act) -> None:
    """Take a row out of every figure; it can be restored, and an import will not bring it back."""
    row = Transaction.objects.select_for_update().get(pk=row.pk)
    if row.deleted_at is not None:
        return
    if row.transfer_id:
        raise DomainError("Unlink the transfer before deleting one half.", code="TRANSACTION_IN_TRANSFER")
    row.deleted_at = act.at
    row.save(update_fields=["deleted_at", "updated_at"])
    record(row, act=act, action=AuditEntry.Action.DELETED)


@transaction.atomic
def restore_transaction(row: Transaction, *, act: Act) -> Transaction:
    """Bring a row back from the trash; the rows of an undone import come back by importing again."""
    row = Transaction.objects.select_for_update().get(pk=row.pk)
    if row.deleted_at is None:
        return row
    if row.merged_into_id is not None:
        raise DomainError("It was merged into another row; split it off there.", code="TRANSACTION_MERGED")
    if row.import_id and row.external_id is None:
        raise DomainError("Its import was undone; import the file again.", code="IMPORT_UNDONE")
    row.deleted_at = None
    row.save(update_fields=["deleted_at", "updated_at"])
    changes = {}
    if row.refund_of is not None and not _covers_refunds(row.refund_of):
        # Another row has given the money back meanwhile.
        changes["refund_of"] = [str(row.refund_of_id), None]
        row.refund_of = None
        row.save(update_fields=["refund_of"])
    record(row, act=act, action=AuditEntry.Action.RESTORED, changes=changes)
    return row


def _assign(row: Transaction, fields: Mapping[str, object]) -> None:
    for name in fields.keys() & OWN:
        setattr(row, name, fields[name])


def _require_same_transfer(row: Transaction, changes: Mapping[str, object]) -> None:
    if row.transfer_id and {"amount", "currency", "account"} & changes.keys():
        raise DomainError("Unlink the transfer before changing its amount.", code="TRANSACTION_IN_TRANSFER")


def _require_fitting_refunds(row: Transaction, changes: Mapping[str, object]) -> None:
    """More cannot come back than was paid, whichever of the two rows is changed."""
    if not changes.keys() & {"amount", "currency"}:
        return
    joined = Transaction.objects.filter(Q(pk=row.pk) | Q(pk=row.refund_of_id))
    if not all(_covers_refunds(purchase) for purchase in joined):
        raise DomainError(
            "More would come back than was paid; unlink the refund first.", code="REFUND_NOT_POSSIBLE"
        )


def _covers_refunds(purchase: Transaction) -> bool:
    back = list(purchase.refunds.filter(deleted_at=None))
    is_fitting = all(each.amount > 0 and each.currency == purchase.currency for each in back)
    return not back or (is_fitting and sum(each.amount for each in back) <= -purchase.amount)


def _require_same_origin(row: Transaction, changes: Mapping[str, object]) -> None:
    if row.source != Transaction.Source.MANUAL and "external_id" in changes:
        raise DomainError(
            "The external id of an imported row is how its source knows it.", code="EXTERNAL_ID_FIXED"
        )


def _require_live(row: Transaction) -> None:
    if row.deleted_at is not None:
        raise DomainError("The row is in the trash; restore it first.", code="TRANSACTION_IN_TRASH")


def _save(row: Transaction) -> None:
    # Related rows were looked up among the person's own; to look again costs a query each and finds nothing.
    known = ["id", "user", "merchant", "merged_into", "category", "category_confidence", "transfer"]
    try:
        row.full_clean(exclude=known if row.external_id else [*known, "account"])
    except ValidationError as exc:
        if any(error.code == EXTERNAL_ID_EXISTS for error in exc.error_dict.get(NON_FIELD_ERRORS, ())):
            same = {"account": row.account_id, "source": row.source, "external_id": row.external_id}
            raise external_id_exists(Transaction.objects.get(**same)) from exc
        raise
    row.save()


def _value(row: Transaction, *, user: User, account_amount: Decimal | None) -> None:
    valued = worth(
        row.amount,
        currency=row.currency,
        account_currency=row.account.currency,
        base_currency=user.base_currency,
        on=row.date,
        account_amount=account_amount,
    )
    row.account_amount = valued.account_amount
    row.base_amount = valued.base_amount
    row.rate_on = valued.rate_on


def _account_amount_to_keep(row: Transaction, fields: RowChanges) -> Decimal | None:
    """The bank's figure, given now or before; None where the reference rate is to say.

    A figure that is only what the rate gave is derived anew also when a client sends it back.
    """
    given = fields.get("account_amount")
    if given is not None and given != row.account_amount:
        return given
    if given is None and {"account", "amount", "currency"} & fields.keys():
        return None
    by_rate = converted(row.amount, source=row.currency, target=row.account.currency, on=row.date)
    return None if by_rate == row.account_amount else row.account_amount


def _is_revalued(before: Mapping[str, object], row: Transaction, account_amount: Decimal | None) -> bool:
    after = _columns(row)
    if any(before[name] != after[name] for name in ("amount", "currency", "account", "date")):
        return True
    return account_amount is not None and account_amount != row.account_amount


def _columns(row: Transaction) -> dict[str, object]:
    return snapshot(row, FIELDS) | {
        "amount": plain(row.amount, row.currency),
        "account_amount": plain(row.account_amount, row.account.currency),
    }


def _image(row: Transaction) -> dict[str, object]:
    image = _columns(row)
    image["tags"] = sorted(str(pk) for pk in row.tags.values_list("pk", flat=True))
    image["splits"] = [
        [plain(part.amount, row.currency), str(part.category_id), part.notes]
        for part in row.splits.order_by("id")
    ]
    return image
