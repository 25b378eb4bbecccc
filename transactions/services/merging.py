"""A person's word on which sightings are one purchase."""

from typing import Any
from uuid import UUID

from django.db import transaction

from core.audit import Act, record
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import Sighting, Transaction, Verdict
from transactions.services.classifying import classify
from transactions.services.evidence import TAKEN_OVER, take_back
from transactions.services.valuation import worth

MERGED = "merged_into"


@transaction.atomic
def merge_transactions(row: Transaction, *, act: Act, other: Transaction) -> Transaction:
    """Make ``other`` the same purchase as ``row``: its sightings move here, and it leaves the ledger.

    What stands on ``row`` stays as it is. 409 ``NOT_ONE_PURCHASE`` with the reason where they cannot be one.
    """
    rows = _locked(row.pk, other.pk)
    kept, left = rows[row.pk], rows.get(other.pk)
    _require_mergeable(kept, left)
    assert left is not None  # noqa: S101  (said to the type checker; the line before has refused it)
    moved = list(Sighting.objects.filter(transaction=left).order_by("pk"))
    for sighting in moved:
        _say(sighting, kept, is_same=True)
    Sighting.objects.filter(pk__in=[sighting.pk for sighting in moved]).update(
        transaction=kept,
        moved_from=left,
        link=Sighting.Link.PERSON,
        reasons=["You said so."],
        updated_at=act.at,
    )
    left.merged_into, left.deleted_at = kept, act.at
    left.save(update_fields=["merged_into", "deleted_at", "updated_at"])
    record(left, act=act, action=AuditEntry.Action.DELETED, changes={MERGED: [None, str(kept.pk)]})
    changes = {"sightings": [[], [str(sighting.pk) for sighting in moved]]}
    record(kept, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return kept


@transaction.atomic
def split_off(row: Transaction, *, act: Act, sighting: Sighting) -> Transaction:
    """Make a sighting a purchase of its own again; returns its row.

    What it had changed on ``row`` is taken back, and no machine joins the two again. A row that had been merged
    comes back as it was. 409 ``LAST_SIGHTING`` where nothing else tells of ``row``.
    """
    row = Transaction.objects.select_for_update(of=("self",)).select_related("account", "user").get(pk=row.pk)
    sighting = Sighting.objects.select_for_update(of=("self",)).select_related("account").get(pk=sighting.pk)
    if sighting.transaction_id != row.pk:
        raise DomainError("This sighting is not of this row.", code="NOT_ITS_SIGHTING")
    if row.sightings.count() < 2:
        raise DomainError("It is all that tells of this row.", code="LAST_SIGHTING")
    undone = take_back(row, sighting)
    if undone:
        row.save(update_fields=[*TAKEN_OVER, "updated_at"])
    record(
        row,
        act=act,
        action=AuditEntry.Action.UPDATED,
        changes={**undone, "sightings": [[str(sighting.pk)], []]},
    )
    own = _former_row(sighting, row, act=act) or _new_row(sighting, row, act=act)
    sighting.transaction, sighting.moved_from = own, None
    sighting.link, sighting.score, sighting.reasons, sighting.changes = Sighting.Link.PERSON, None, [], {}
    sighting.save()
    _say(sighting, row, is_same=False)
    _say(sighting, own, is_same=True)
    return own


def _former_row(sighting: Sighting, row: Transaction, *, act: Act) -> Transaction | None:
    former = (
        Transaction.objects.select_for_update().filter(pk=sighting.moved_from_id, merged_into=row).first()
    )
    if former is None:
        return None
    former.merged_into = former.deleted_at = None
    former.save(update_fields=["merged_into", "deleted_at", "updated_at"])
    record(former, act=act, action=AuditEntry.Action.RESTORED, changes={MERGED: [str(row.pk), None]})
    restored: Transaction = former
    return restored


def _new_row(sighting: Sighting, row: Transaction, *, act: Act) -> Transaction:
    account = sighting.account or row.account
    valued = worth(
        sighting.amount,
        currency=sighting.currency,
        account_currency=account.currency,
        base_currency=row.user.base_currency,
        on=sighting.date,
    )
    own = Transaction(
        user=row.user,
        account=account,
        date=sighting.date,
        amount=sighting.amount,
        currency=sighting.currency,
        account_amount=valued.account_amount,
        base_amount=valued.base_amount,
        rate_date=valued.rate_date,
        description=sighting.description,
        status=sighting.status,
        source=sighting.source,
        external_id=_free_external_id(sighting, account.pk),
        import_id=sighting.import_id,
    )
    classify(own, user=row.user, act=act)
    own.save(force_insert=True)
    record(own, act=act, action=AuditEntry.Action.CREATED, changes={"split_off": str(row.pk)})
    return own


def _free_external_id(sighting: Sighting, account_id: UUID) -> str | None:
    external_id = sighting.external_id.rpartition(":")[2][:128]
    taken = Transaction.objects.filter(
        account_id=account_id, source=sighting.source, external_id=external_id
    ).exists()
    return None if taken else external_id


def _say(sighting: Sighting, row: Transaction, *, is_same: bool) -> None:
    Verdict.objects.update_or_create(
        user_id=row.user_id,
        source=sighting.source,
        external_id=sighting.external_id,
        transaction=row,
        defaults={"is_same": is_same},
    )


def _locked(*ids: UUID) -> dict[UUID, Transaction]:
    found: Any = Transaction.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in found}


def _require_mergeable(kept: Transaction, left: Transaction | None) -> None:
    if left is None or left.pk == kept.pk:
        raise DomainError("A row cannot be merged with itself.", code="NOT_ONE_PURCHASE")
    reasons = {
        "One of the rows is in the trash.": kept.deleted_at or left.deleted_at,
        "One is money out, the other money in.": kept.amount * left.amount <= 0,
        "The row that would go is part of a transfer; unlink it first.": left.transfer_id,
        "The row that would go has refunds; unlink them first.": left.refunds.exists(),
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise DomainError(reason, code="NOT_ONE_PURCHASE")
