"""What holds in any ledger at any time."""

from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.models import AuditEntry
from tests.transactions.ledger_world import World
from transactions.models import Account, Merchant, Sighting, Transaction, Transfer
from transactions.selectors.accounts import accounts_with_balances

FOLLOWED = {
    "transactions.transaction": ("date", "amount", "account_id", "category_id", "merchant_id", "status",
                                 "transfer_id", "refund_of_id", "is_ignored", "notes"),
    "transactions.account": ("name", "number", "opening_balance"),
    "transactions.merchant": ("name", "category_id"),
    "transactions.transfer": (),
}  # fmt: skip
MODELS = {model._meta.label_lower: model for model in (Transaction, Account, Merchant, Transfer)}

Picture = dict[str, dict[UUID, dict[str, Any]]]


def picture(world: World) -> Picture:
    """Every row that the audit trail follows, as it is now."""
    found: Picture = {}
    for label, fields in FOLLOWED.items():
        columns = [*fields, "deleted_at"] if label.endswith(".transaction") else fields
        rows = MODELS[label].objects.for_user(world.user)
        found[label] = {row.pk: {name: getattr(row, name) for name in columns} for row in rows}
    return found


def assert_audited(world: World, before: Picture, after: Picture, *, since: int) -> None:
    """Every difference between two pictures is told by an entry, the last of which has the value of today."""
    told: dict[UUID, list[AuditEntry]] = defaultdict(list)
    for entry in AuditEntry.objects.for_user(world.user).filter(id__gt=since).order_by("id"):
        told[entry.object_id].append(entry)
    for label in FOLLOWED:
        for pk in before[label].keys() | after[label].keys():
            entries = told.get(pk, [])
            assert all(entry.object_type == label for entry in entries)
            _assert_told(entries, before[label].get(pk), after[label].get(pk), about=f"{label} {pk}")


def _assert_told(
    entries: list[AuditEntry], before: dict[str, Any] | None, after: dict[str, Any] | None, *, about: str
) -> None:
    actions = [entry.action for entry in entries]
    if before is None or after is None:
        if before is not after:
            assert ("deleted" if after is None else "created") in actions, about
        return
    for name, value in after.items():
        if value == before[name]:
            continue
        if name == "deleted_at":
            assert ("restored" if value is None else "deleted") in actions, about
            continue
        values = [
            entry.changes[key][-1]
            for entry in entries
            for key in (name.removesuffix("_id"),)
            if key in entry.changes
        ]
        assert values, f"{about}: {name} changed from {before[name]} to {value} and nothing says so"
        assert _alike(values[-1], value), (about, name, values, value)


def _alike(told: Any, value: Any) -> bool:
    if isinstance(value, Decimal):
        return Decimal(told) == value
    return (told is None and value is None) or str(told) == str(value)


def assert_balances(world: World) -> None:
    """An account holds its opening balance and its live posted rows, and beside them those that are pending."""
    live = list(world.rows().live())
    for account in accounts_with_balances().filter(user=world.user):
        posted = [
            row.account_amount for row in live if row.account_id == account.pk and row.status == "posted"
        ]
        pending = [
            row.account_amount for row in live if row.account_id == account.pk and row.status == "pending"
        ]
        # The embedded database adds up in binary.
        assert round(account.balance, 4) == account.opening_balance + sum(posted, Decimal(0))
        assert round(account.pending, 4) == sum(pending, Decimal(0))
    for row in live:
        parts = [part.amount for part in row.splits.all()]
        assert not parts or sum(parts) == row.amount


def assert_evidence(world: World) -> None:
    """Nothing is in the ledger that nobody tells of; whoever tells, tells of a row that is there to be found."""
    sightings = list(world.sightings().select_related("transaction", "account"))
    seen = {sighting.transaction_id for sighting in sightings}
    for row in world.rows().live().select_related("account"):
        assert row.pk in seen, "a live row without evidence"
        known = {
            sighting.account_id
            for sighting in sightings
            if sighting.transaction_id == row.pk
            and sighting.account_id
            and sighting.link != Sighting.Link.PERSON
        }
        assert known <= {row.account_id}, "a source knows the account"
        if row.account.kind == Account.Kind.UNASSIGNED:
            told = {one.account_id for one in sightings if one.transaction_id == row.pk}
            assert told == {None}, "a row waits for an account that somebody tells"
    for sighting in sightings:
        assert sighting.transaction.merged_into_id is None
        assert sighting.transaction.user_id == world.user.pk
    trashed = set(world.rows().trashed().values_list("pk", flat=True))
    assert trashed <= seen, "a row in the trash that would come back without evidence"
    for transfer in Transfer.objects.for_user(world.user):
        halves = list(transfer.transactions.all())
        assert sorted(row.amount > 0 for row in halves) == [False, True]
        assert all(row.deleted_at is None for row in halves)
