"""Undoing on a row what a sighting had changed there."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.audit import Act, differences, snapshot
from transactions.categoriser import merchant_key
from transactions.models import Account, Sighting, Split, Transaction
from transactions.selectors.rates import booked
from transactions.services.evidence import TAKEN_OVER, VALUED, WORTHS, Changes, value_anew
from transactions.services.valuation import value_splits

MERGED = "merged_into"
"""Under this name a sighting that was moved keeps what the merge changed on the row that it came to."""


def take_back(
    rows: Mapping[UUID, Transaction],
    leaving: Iterable[Sighting],
    *,
    remaining: Iterable[Sighting],
    act: Act,
) -> dict[UUID, Changes]:
    """Undo on one person's rows what the sightings that leave them had changed; returns it by row.

    What has been changed since stays, and what a remaining sighting of the row tells too: that goes with it. The
    amount stays of a row with parts or in a transfer, and the account where there is none any more to go back to.
    """
    leaving = [sighting for sighting in leaving if changes_by(sighting)]
    if not leaving:
        return {}
    others: dict[UUID, list[Sighting]] = defaultdict(list)
    for sighting in remaining:
        others[sighting.transaction_id].append(sighting)
    user = rows[leaving[0].transaction_id].user
    accounts = {account.pk: account for account in Account.objects.for_user(user)}
    parted = set(Split.objects.filter(transaction__in=rows).values_list("transaction_id", flat=True))
    undone: dict[UUID, Changes] = {}
    heirs: dict[UUID, Sighting] = {}
    for sighting in reversed(leaving):
        row = rows[sighting.transaction_id]
        row.account = accounts[row.account_id]
        fixed = {"amount"} if row.transfer_id or row.pk in parted else set[str]()
        before = snapshot(row, TAKEN_OVER)
        heirs |= _undo(row, sighting, others=others[row.pk], accounts=accounts, fixed=fixed)
        changes = differences(before, snapshot(row, TAKEN_OVER))
        undone[row.pk] = _joined(undone.get(row.pk, {}), changes)
    changed = [rows[pk] for pk, changes in undone.items() if changes]
    for row in changed:
        row.updated_at = act.at
    Transaction.objects.bulk_update(changed, [*TAKEN_OVER, "updated_at"], batch_size=200)
    value_splits(changed, base_currency=user.base_currency)
    Sighting.objects.bulk_update(heirs.values(), ["changes"], batch_size=500)
    return undone


def changes_by(sighting: Sighting) -> Changes:
    """What a sighting changed on the row that it stands on."""
    changes: Changes = sighting.changes.get(MERGED, {}) if sighting.moved_from_id else sighting.changes
    return changes


def _undo(
    row: Transaction,
    sighting: Sighting,
    *,
    others: Sequence[Sighting],
    accounts: Mapping[UUID, Account],
    fixed: Collection[str],
) -> dict[UUID, Sighting]:
    changes, now = changes_by(sighting), snapshot(row, TAKEN_OVER)
    standing = {name: change for name, change in changes.items() if now.get(name, "") == change[1]}
    standing = {name: change for name, change in standing.items() if name not in fixed}
    if "account" in standing and UUID(standing["account"][0]) not in accounts:
        del standing["account"]
    found = {name: _heir(name, row, sighting, others) for name in standing.keys() - set(WORTHS)}
    heirs = {name: heir for name, heir in found.items() if heir is not None}
    freed = found.keys() - heirs.keys()
    # The worth is as the sighting left it, and all that it follows from.
    former = {name: standing[name][0] for name in WORTHS if name in standing}
    if not changes.keys() & {*VALUED, *WORTHS} <= standing.keys():
        former = {}
    own_figure = booked(row) if freed & set(VALUED) == {"date"} else None
    for name in freed:
        _set(row, name, standing[name][0])
    if freed & set(VALUED):
        row.account = accounts[row.account_id]
        _value(row, former if heirs.keys().isdisjoint(VALUED) else {}, own_figure=own_figure)
    worths = snapshot(row, WORTHS)
    _hand_on(heirs, standing, worths={name: [value, worths[name]] for name, value in former.items()})
    return {heir.pk: heir for heir in heirs.values()}


def _value(row: Transaction, former: Mapping[str, object], *, own_figure: Decimal | None) -> None:
    if not former:
        value_anew(row, user=row.user, account_amount=own_figure)
    for name, value in former.items():
        _set(row, name, value)


def _hand_on(heirs: Mapping[str, Sighting], standing: Changes, *, worths: Changes) -> None:
    """Let what others tell too go with them; the former worth with one on whom alone it depends."""
    valued = {heir.pk for name, heir in heirs.items() if name in VALUED}
    for heir in {heir.pk: heir for heir in heirs.values()}.values():
        own = heir.changes.setdefault(MERGED, {}) if heir.moved_from_id else heir.changes
        is_sole = valued == {heir.pk} and own.keys().isdisjoint(VALUED)
        for name in (name for name, each in heirs.items() if each is heir):
            own.setdefault(name, standing[name])
        if heir.pk in valued:
            for name in WORTHS:
                own.pop(name, None)
            own.update(worths if is_sole else {})


def _heir(name: str, row: Transaction, sighting: Sighting, others: Iterable[Sighting]) -> Sighting | None:
    tells = TELLS.get(name)
    return next((other for other in others if tells and tells(other, row, sighting)), None)


def _of_bank(other: Sighting, row: Transaction) -> bool:
    """Whether it could have said of the row what only a bank says: what is typed books nothing."""
    return other.source != Transaction.Source.MANUAL and other.status == row.status


def _tells_account(other: Sighting, row: Transaction, _: Sighting) -> bool:
    return other.account_id == row.account_id


def _tells_date(other: Sighting, row: Transaction, _: Sighting) -> bool:
    return _of_bank(other, row) and other.date == row.date


def _tells_status(other: Sighting, row: Transaction, _: Sighting) -> bool:
    return _of_bank(other, row)


def _tells_amount(other: Sighting, row: Transaction, _: Sighting) -> bool:
    return _of_bank(other, row) and (other.amount, other.currency) == (row.amount, row.currency)


def _names_merchant(other: Sighting, row: Transaction, sighting: Sighting) -> bool:
    """A source of the same name, unless the row had heard it and did not know what to make of it."""
    is_later = (other.created_at, other.pk) > (sighting.created_at, sighting.pk)
    name = merchant_key(sighting.description)
    return is_later and _of_bank(other, row) and name != "" and merchant_key(other.description) == name


Tells = Callable[[Sighting, Transaction, Sighting], bool]
TELLS: dict[str, Tells] = {
    "account": _tells_account,
    "date": _tells_date,
    "status": _tells_status,
    "amount": _tells_amount,
} | dict.fromkeys(
    ("merchant", "category", "category_source", "category_confidence", "category_reason"), _names_merchant
)


def _set(row: Transaction, name: str, value: object) -> None:
    field: Any = row._meta.get_field(name)  # noqa: SLF001  (Django's documented model API)
    setattr(row, field.attname, field.to_python(value) if value is not None else None)


def _joined(later: Changes, earlier: Changes) -> Changes:
    """Two steps back as one: from the first value to the last."""
    return later | {
        name: [later[name][0] if name in later else was, now] for name, (was, now) in earlier.items()
    }
