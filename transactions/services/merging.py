"""A person's word on which sightings are one purchase."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import Account, Sighting, Transaction, Verdict
from transactions.selectors.rates import booked, worth
from transactions.services.classifying import classify
from transactions.services.evidence import SAID, Changes, remembered, value_anew
from transactions.services.taking_back import MERGED, take_back
from transactions.services.valuation import value_splits

NAMED = (
    "account", "date", "amount", "status", "account_amount", "base_amount", "rate_on", "external_id",
)  # fmt: skip
MOVED = ("transaction", "link", "reasons", "moved_from", "changes", "updated_at")


@transaction.atomic
def merge_transactions(row: Transaction, *, act: Act, other: Transaction) -> Transaction:
    """Make ``other`` the same purchase as ``row``: its sightings move here, and it leaves the ledger.

    What stands on ``row`` stays as it is, but an account that nobody knew is the other's, and what was pending is
    booked on the day and with the amount that the other's bank says. 409 ``NOT_ONE_PURCHASE`` with the reason where
    they cannot be one.
    """
    rows = _locked(row.pk, other.pk)
    kept, left = rows[row.pk], rows.get(other.pk)
    _require_mergeable(kept, left)
    assert left is not None  # noqa: S101  (said to the type checker; the line before has refused it)
    moved = list(Sighting.objects.filter(transaction=left).order_by("pk"))
    taken_over, to_undo = _take_over(kept, left)
    for sighting in moved:
        _say(sighting, kept, is_same=True)
        sighting.transaction, sighting.link, sighting.reasons = kept, Sighting.Link.PERSON, [SAID]
        # What had been merged into the row that goes can be told from it still.
        sighting.moved_from_id = sighting.moved_from_id or left.pk
        sighting.changes = _own_changes(sighting) | ({MERGED: to_undo} if to_undo else {})
        sighting.updated_at = act.at
    Sighting.objects.bulk_update(moved, MOVED)
    Transaction.objects.filter(merged_into=left).update(merged_into=kept, updated_at=act.at)
    left.merged_into, left.deleted_at = kept, act.at
    left.save(update_fields=["merged_into", "deleted_at", "updated_at"])
    record(left, act=act, action=AuditEntry.Action.DELETED, changes={MERGED: [None, str(kept.pk)]})
    seen = {"sightings": [[], [str(sighting.pk) for sighting in moved]]}
    record(kept, act=act, action=AuditEntry.Action.UPDATED, changes={**taken_over, **seen})
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
    remaining = list(row.sightings.exclude(pk__in=[one.pk for one in leaving]).order_by("pk"))
    if not remaining:
        raise DomainError("It is all that tells of this row.", code="LAST_SIGHTING")
    undone = take_back({row.pk: row}, leaving, remaining=remaining, act=act).get(row.pk, {})
    undone |= _name_again(row, remaining) if former else _give_up_name(row, sighting)
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
        one.changes = _own_changes(one) if former else {}
        one.save()
        _say(one, row, is_same=False)
        _say(one, own, is_same=True)
    return own


def _take_over(kept: Transaction, left: Transaction) -> tuple[Changes, Changes]:
    """What that changes on the row, and what has to be remembered to take it back."""
    takes_account, is_settled = _takes_account(kept, left), _settles(kept, left)
    if not (takes_account or is_settled):
        return {}, {}
    before, own = snapshot(kept, NAMED), (kept.amount, booked(kept))
    if takes_account:
        kept.account = left.account
    if is_settled:
        kept.status, kept.date = left.status, left.date
        kept.amount = left.amount if _may_change_amount(kept, left) else kept.amount
    value_anew(kept, user=kept.user, account_amount=_charged(kept, left, own))
    if takes_account and _is_taken(kept.account_id, kept.source, kept.external_id):
        kept.external_id = kept.import_id = None
    kept.save(update_fields=[*NAMED, "import_id", "updated_at"])
    value_splits([kept], base_currency=kept.user.base_currency)
    changes = differences(before, snapshot(kept, NAMED))
    return changes, remembered(changes, before)


def _charged(kept: Transaction, left: Transaction, own: tuple[Decimal, Decimal | None]) -> Decimal | None:
    """What the bank charged; of the two on one account the other's figure, where more than the rate of its day."""
    if kept.account_id == left.account_id:
        return left.account_amount if left.currency != kept.currency else booked(left)
    amount, charged = own
    return charged if kept.amount == amount else None


def _settles(kept: Transaction, left: Transaction) -> bool:
    """Whether a bank says by the other row that this one is booked; what is typed books nothing."""
    pending, posted = Transaction.Status.PENDING, Transaction.Status.POSTED
    is_by_bank = left.source != Transaction.Source.MANUAL
    return is_by_bank and kept.status == pending and left.status == posted


def _may_change_amount(kept: Transaction, left: Transaction) -> bool:
    """Parts, a transfer and refunds have been agreed with the amount that stands."""
    is_agreed = kept.transfer_id or kept.refund_of_id or kept.splits.exists() or kept.refunds.exists()
    return not is_agreed and kept.currency == left.currency


def _takes_account(kept: Transaction, left: Transaction) -> bool:
    unknown = Account.Kind.UNASSIGNED
    return kept.account.kind == unknown and left.account.kind != unknown


def _own_changes(sighting: Sighting) -> Changes:
    """What it changed on the row that it came from, where it was moved."""
    return {name: change for name, change in sighting.changes.items() if name != MERGED}


def _give_up_name(row: Transaction, sighting: Sighting) -> Changes:
    """Leave to a sighting the name that its source gave the row."""
    if not row.external_id or row.source != sighting.source or row.external_id != _external_id(sighting):
        return {}
    undone: Changes = {"external_id": [row.external_id, None]}
    row.external_id = row.import_id = None
    row.save(update_fields=["external_id", "import_id", "updated_at"])
    return undone


def _name_again(row: Transaction, remaining: Sequence[Sighting]) -> Changes:
    """Give a row the name back that was taken on the account that it had meanwhile."""
    own = [one for one in remaining if one.link == Sighting.Link.ORIGIN and one.source == row.source]
    name = _free_external_id(own[0], row.account_id) if own and row.external_id is None else None
    if name is None:
        return {}
    row.external_id, row.import_id = name, own[0].import_id
    row.save(update_fields=["external_id", "import_id", "updated_at"])
    return {"external_id": [None, name]}


def _former_row(sighting: Sighting, row: Transaction) -> Transaction | None:
    return Transaction.objects.select_for_update().filter(pk=sighting.moved_from_id, merged_into=row).first()


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
    external_id = _free_external_id(sighting, account.pk)
    own = Transaction(
        user=row.user,
        account=account,
        date=sighting.date,
        amount=sighting.amount,
        currency=sighting.currency,
        account_amount=valued.account_amount,
        base_amount=valued.base_amount,
        rate_on=valued.rate_on,
        description=sighting.description,
        status=sighting.status,
        source=sighting.source,
        external_id=external_id,
        # With an import and without a name a row counts as one of an undone import.
        import_id=sighting.import_id if external_id else None,
    )
    classify(own, user=row.user, act=act)
    own.save(force_insert=True)
    record(own, act=act, action=AuditEntry.Action.CREATED, changes={"split_off": str(row.pk)})
    return own


def _free_external_id(sighting: Sighting, account_id: UUID) -> str | None:
    external_id = _external_id(sighting)
    return None if _is_taken(account_id, sighting.source, external_id) else external_id


def _is_taken(account_id: UUID, source: str, external_id: str | None) -> bool:
    found = Transaction.objects.filter(account_id=account_id, source=source, external_id=external_id)
    return external_id is not None and found.exists()


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
    rows = Transaction.objects.select_for_update(of=("self",)).select_related("account", "user")
    return {row.pk: row for row in rows.filter(pk__in=ids).order_by("pk")}


def _require_mergeable(kept: Transaction, left: Transaction | None) -> None:
    if left is None or left.pk == kept.pk:
        raise DomainError("A row cannot be merged with itself.", code="NOT_ONE_PURCHASE")
    reasons = {
        "One of the rows is in the trash.": kept.deleted_at or left.deleted_at,
        "One is money out, the other money in.": kept.amount * left.amount <= 0,
        "The row that would go is part of a transfer; unlink it first.": left.transfer_id,
        "The row that would go has refunds; unlink them first.": left.refunds.filter(
            deleted_at=None
        ).exists(),
        "The other half of its transfer is on that account; unlink it first.": _meets_itself(kept, left),
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise DomainError(reason, code="NOT_ONE_PURCHASE")


def _meets_itself(kept: Transaction, left: Transaction) -> bool:
    halves = Transaction.objects.filter(transfer=kept.transfer_id, account=left.account_id)
    return kept.transfer_id is not None and _takes_account(kept, left) and halves.exists()
