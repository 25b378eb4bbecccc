"""Writing rows by hand: record, change, trash, restore."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Q

from core.audit import Act, differences, record, snapshot
from core.domain.money import plain
from core.errors import DomainError, field_error
from core.models import AuditEntry
from transactions.domain.rules import RuleTerms
from transactions.models import Account, Category, Sighting, Split, Tag, Transaction
from transactions.selectors.rates import converted, worth
from transactions.services.classifying import classify, correct
from transactions.services.rules import active_rules, apply_rules
from transactions.services.valuation import value_parts
from users.models import User

FIELDS = (
    "account", "date", "time", "amount", "currency", "account_amount", "description", "merchant", "category",
    "notes", "status", "external_id", "is_ignored",
)  # fmt: skip
EXTERNAL_ID_EXISTS = "EXTERNAL_ID_EXISTS"


@transaction.atomic
def record_transaction(
    user: User,
    *,
    act: Act,
    account: Account,
    tags: Sequence[Tag] = (),
    splits: Sequence[Mapping[str, Any]] = (),
    rules: Sequence[RuleTerms] | None = None,
    **fields: Any,
) -> Transaction:
    """A typed entry; without a category it gets one from what the person taught, then the dictionary.

    ``rules`` are the person's, where the caller has them already.
    """
    category: Category | None = fields.pop("category", None)
    account_amount: Decimal | None = fields.pop("account_amount", None)
    merchant = fields.get("merchant")
    said = {"merchant": [None, str(merchant.pk)]} if merchant else {}
    row = Transaction(user=user, account=account, **fields)
    row.currency = row.currency or account.currency
    _value(row, user=user, account_amount=account_amount)
    classify(row, user=user, act=act, category=category)
    _save(row)
    if tags:
        row.tags.set(tags)
    _add_splits(row, splits, user=user)
    _typed_sighting(row).save(force_insert=True)
    record(row, act=act, action=AuditEntry.Action.CREATED, changes=said)
    rules = active_rules(user) if rules is None else rules
    if rules:
        apply_rules(user, Transaction.objects.filter(pk=row.pk), act=act, rules=rules)
        row.refresh_from_db()
    return row


@transaction.atomic
def update_transaction(
    row: Transaction,
    *,
    act: Act,
    tags: Sequence[Tag] | None = None,
    splits: Sequence[Mapping[str, Any]] | None = None,
    **fields: Any,
) -> Transaction:
    """Change a row. Another category is a lesson: the merchant's next rows get it too.

    Raises a validation error where the parts no longer add up, and 409 for a row in the trash, for a changed
    amount of a row that is half of a transfer or that no longer covers its refunds, or for the external id of an
    imported row.
    """
    row = Transaction.objects.select_for_update(of=("self",)).select_related("account", "user").get(pk=row.pk)
    _require_live(row)
    before = _image(row)
    account_amount = _account_amount_to_keep(row, fields)
    category = fields.pop("category", None)
    for name, value in fields.items():
        setattr(row, name, value)
    if _is_revalued(before, row, account_amount):
        _value(row, user=row.user, account_amount=account_amount)
    if category is not None and category.pk != row.category_id:
        correct(row, category, act=act)
    _save(row)
    if tags is not None:
        row.tags.set(tags)
    _check_splits(row, splits)
    changes = differences(before, _image(row))
    _require_same_transfer(row, changes)
    _require_fitting_refunds(row, changes)
    _require_same_origin(row, changes)
    _rename_sighting(row, before, changes)
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


def require_new_external_id(user_id: UUID, *, source: str, known_as: str) -> None:
    """409 ``EXTERNAL_ID_EXISTS`` where this source has told of a purchase by this id, with the row that it is on."""
    same = Q(sightings__user_id=user_id, sightings__source=source, sightings__external_id=known_as)
    for row in Transaction.objects.filter(same)[:1]:
        raise external_id_exists(row)


def external_id_exists(row: Transaction) -> DomainError:
    """The refusal of an external id that is there already; it tells which row has it, and whether that is deleted."""
    return DomainError(
        "This account has a row with this external id already.",
        code=EXTERNAL_ID_EXISTS,
        details={"id": str(row.pk), "deleted_at": row.deleted_at},
    )


def _rename_sighting(row: Transaction, before: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """Know a typed row by its new external id, so that the old one is free."""
    if "external_id" not in changes:
        return
    old = before["external_id"]
    known = f"{UUID(before['account']).hex}:{old}" if old else row.pk.hex
    renamed = f"{row.account_id.hex}:{row.external_id}" if row.external_id else row.pk.hex
    require_new_external_id(row.user_id, source=row.source, known_as=renamed)
    row.sightings.filter(source=row.source, external_id=known).update(
        external_id=renamed, account=row.account_id
    )


def _typed_sighting(row: Transaction) -> Sighting:
    known = f"{row.account_id.hex}:{row.external_id}" if row.external_id else row.pk.hex
    return Sighting(
        user_id=row.user_id,
        transaction=row,
        source=row.source,
        external_id=known,
        account_id=row.account_id,
        date=row.date,
        amount=row.amount,
        currency=row.currency,
        description=row.description,
        status=row.status,
        link=Sighting.Link.ORIGIN,
    )


def _require_same_transfer(row: Transaction, changes: Mapping[str, Any]) -> None:
    if row.transfer_id and {"amount", "currency", "account"} & changes.keys():
        raise DomainError("Unlink the transfer before changing its amount.", code="TRANSACTION_IN_TRANSFER")


def _require_fitting_refunds(row: Transaction, changes: Mapping[str, Any]) -> None:
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


def _require_same_origin(row: Transaction, changes: Mapping[str, Any]) -> None:
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
    row.rate_date = valued.rate_date


def _account_amount_to_keep(row: Transaction, fields: dict[str, Any]) -> Decimal | None:
    """The bank's figure, given now or before; None where the reference rate is to say.

    A figure that is only what the rate gave is derived anew also when a client sends it back.
    """
    given: Decimal | None = fields.pop("account_amount", None)
    if given is not None and given != row.account_amount:
        return given
    if given is None and {"account", "amount", "currency"} & fields.keys():
        return None
    by_rate = converted(row.amount, source=row.currency, target=row.account.currency, on=row.date)
    return None if by_rate == row.account_amount else row.account_amount


def _is_revalued(before: Mapping[str, Any], row: Transaction, account_amount: Decimal | None) -> bool:
    after = _columns(row)
    if any(before[name] != after[name] for name in ("amount", "currency", "account", "date")):
        return True
    return account_amount is not None and account_amount != row.account_amount


def _columns(row: Transaction) -> dict[str, Any]:
    return snapshot(row, FIELDS) | {
        "amount": plain(row.amount, row.currency),
        "account_amount": plain(row.account_amount, row.account.currency),
    }


def _image(row: Transaction) -> dict[str, Any]:
    image = _columns(row)
    image["tags"] = sorted(str(pk) for pk in row.tags.values_list("pk", flat=True))
    image["splits"] = [
        [plain(part.amount, row.currency), str(part.category_id), part.notes]
        for part in row.splits.order_by("id")
    ]
    return image


def _check_splits(row: Transaction, splits: Sequence[Mapping[str, Any]] | None) -> None:
    if splits is not None:
        _replace_splits(row, splits, user=row.user)
        return
    parts = list(row.splits.order_by("id"))
    if parts:
        _require_whole(row, [part.amount for part in parts])
        value_parts(row, parts, base_currency=row.user.base_currency)
        Split.objects.bulk_update(parts, ["base_amount"])


def _replace_splits(row: Transaction, splits: Sequence[Mapping[str, Any]], *, user: User) -> None:
    row.splits.all().delete()
    _add_splits(row, splits, user=user)


def _add_splits(row: Transaction, splits: Sequence[Mapping[str, Any]], *, user: User) -> None:
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
