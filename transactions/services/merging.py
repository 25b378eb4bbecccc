"""A person's word on which sightings are one purchase."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

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
        # What had been merged into the row that goes can be told from it still.
        moved_from=Coalesce("moved_from", Value(left.pk)),
        link=Sighting.Link.PERSON,
        reasons=["You said so."],
        updated_at=act.at,
    )
    Transaction.objects.filter(merged_into=left).update(merged_into=kept, updated_at=act.at)
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
    comes back as it was, with all that told of it. 409 ``LAST_SIGHTING`` where nothing else tells of ``row``.
    """
    row = Transaction.objects.select_for_update(of=("self",)).select_related("account", "user").get(pk=row.pk)
    sighting = Sighting.objects.select_for_update(of=("self",)).select_related("account").get(pk=sighting.pk)
    if sighting.transaction_id != row.pk:
        raise DomainError("This sighting is not of this row.", code="NOT_ITS_SIGHTING")
    former = _former_row(sighting, row)
    leaving = list(row.sightings.filter(moved_from=former).order_by("pk")) if former else [sighting]
    if row.sightings.count() == len(leaving):
        raise DomainError("It is all that tells of this row.", code="LAST_SIGHTING")
    undone = {} if former else _give_up(row, sighting)
    record(
        row,
        act=act,
        action=AuditEntry.Action.UPDATED,
        changes={**undone, "sightings": [[str(one.pk) for one in leaving], []]},
    )
    own = _restored(former, row, act=act) if former else _new_row(sighting, row, act=act)
    for one in leaving:
        one.transaction, one.moved_from, one.link = own, None, Sighting.Link.PERSON
        one.score, one.reasons = None, []
        one.changes = one.changes if former else {}
        one.save()
        _say(one, row, is_same=False)
        _say(one, own, is_same=True)
    return own


def _give_up(row: Transaction, sighting: Sighting) -> dict[str, list[Any]]:
    """Leave to a sighting what a row has from it, the name that its source gave it included."""
    undone = {} if sighting.moved_from_id else take_back(row, sighting)
    if row.external_id and row.source == sighting.source and row.external_id == _external_id(sighting):
        undone["external_id"] = [row.external_id, None]
        row.external_id = row.import_id = None
    if undone:
        row.save(update_fields=[*TAKEN_OVER, "external_id", "import_id", "updated_at"])
    return undone


def _former_row(sighting: Sighting, row: Transaction) -> Transaction | None:
    found: Any = Transaction.objects.select_for_update().filter(pk=sighting.moved_from_id, merged_into=row)
    former: Transaction | None = found.first()
    return former


def _restored(former: Transaction, row: Transaction, *, act: Act) -> Transaction:
    former.merged_into = former.deleted_at = None
    former.save(update_fields=["merged_into", "deleted_at", "updated_at"])
    record(former, act=act, action=AuditEntry.Action.RESTORED, changes={MERGED: [str(row.pk), None]})
    return former


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
    external_id = _external_id(sighting)
    taken = Transaction.objects.filter(
        account_id=account_id, source=sighting.source, external_id=external_id
    ).exists()
    return None if taken else external_id


def _external_id(sighting: Sighting) -> str | None:
    """How the source knows it on its account; None for what was typed without an id."""
    account, colon, external_id = sighting.external_id.partition(":")
    if sighting.account_id is None or not colon or account != sighting.account_id.hex:
        return sighting.external_id[:128] if sighting.account_id is None else None
    return external_id[:128]


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
