"""Sightings: one purchase stays one row, however many sources tell of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.audit import Act, differences, entry, snapshot
from core.domain.money import DECIMAL_PLACES, to_minor
from core.models import AuditEntry
from transactions.domain.incoming import IncomingRow
from transactions.domain.matching import Match, Seen, best_matches
from transactions.models import Account, Sighting, Transaction
from transactions.selectors.candidates import Word, candidates, verdicts, words_of
from transactions.selectors.rates import worth
from transactions.services.valuation import value_splits
from users.models import User

SURE = 100
SAID = "You said so."
TAKEN_OVER = (
    "account", "date", "time", "amount", "currency", "account_amount", "base_amount", "rate_on", "merchant",
    "category", "category_source", "category_confidence", "category_reason", "status",
)  # fmt: skip
VALUED = ("account", "date", "amount", "currency")
WORTHS = ("account_amount", "base_amount", "rate_on")
"""What a row is worth follows from what is ``VALUED``."""

Changes = dict[str, list[Any]]
"""Per field the value before and after."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where sightings come from: what kind of source, through which channel, by which import."""

    source: str
    channel: str = ""
    import_id: UUID | None = None


def sighting_id(row: IncomingRow, account: Account | None) -> str:
    """How the source knows a sighting, whichever account it is on."""
    return f"{account.pk.hex}:{row.external_id}" if account else row.external_id


def match_rows(
    user: User,
    rows: Sequence[IncomingRow],
    *,
    origin: Origin,
    account: Account | None,
    taken: frozenset[str] = frozenset(),
) -> dict[str, Match]:
    """Which of these sightings are rows that the ledger has, by external id; ``taken`` rows are spoken for.

    What the person said comes first: their word joins any row to a sighting, or keeps the two apart. A row that
    they deleted is matched where no live one fits; it stays deleted.
    """
    if not rows:
        return {}
    found = candidates(
        user,
        account=account,
        source=origin.source,
        channel=origin.channel,
        days=[row.date for row in rows],
        amounts={row.amount for row in rows},
        import_id=origin.import_id,
    )
    known = [sighting_id(row, account) for row in rows if row.external_id]
    said = verdicts(user, source=origin.source, external_ids=known)
    if not found.rows and not said:
        return {}
    seen = {row.external_id: _seen(row, account) for row in rows}
    refused: set[tuple[str, str]] = set()
    joined: dict[str, Match] = {}
    for row in rows:
        words = said.get(sighting_id(row, account), [])
        refused |= {(row.external_id, word.row) for word in words if not word.is_same}
        same = next((word for word in words if word.is_same and word.row not in taken), None)
        if same is not None:
            joined[row.external_id] = _as_said(row, same)
        if row.status == Transaction.Status.PENDING:
            refused |= {(row.external_id, key) for key in found.awaiting}
    spoken_for = taken | {match.row for match in joined.values()}
    free = [each for each in (*found.rows.values(), *found.tellings) if each.key not in spoken_for]
    asked = [seen[row.external_id] for row in rows if row.external_id not in joined]
    return joined | best_matches(asked, free, refused=frozenset(refused))


def link_rows(
    user: User,
    pairs: Sequence[tuple[IncomingRow, Match]],
    *,
    origin: Origin,
    account: Account | None,
    act: Act,
    merchants: Mapping[str, UUID],
    categories: Mapping[str, UUID],
) -> None:
    """Write these sightings onto their rows, and what they know better; use it inside a transaction."""
    chosen = {match.row for _, match in pairs}
    rows = {
        str(row.pk): row
        for row in Transaction.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk__in=chosen)
        .order_by("pk")
    }
    sightings, entries, changed, fields = [], [], [], set[str]()
    for incoming, match in pairs:
        row = rows[match.row]
        before = snapshot(row, TAKEN_OVER)
        take_over(row, incoming, user=user, origin=origin, account=account)
        row.merchant_id = row.merchant_id or merchants.get(incoming.merchant_key[:100])
        _take_category(row, incoming, categories)
        changes = differences(before, snapshot(row, TAKEN_OVER))
        by_person = match.reasons == (SAID,)
        sightings.append(
            new_sighting(
                user,
                incoming,
                origin=origin,
                account=account,
                transaction_id=row.pk,
                link=Sighting.Link.PERSON if by_person else Sighting.Link.MATCHED,
                score=match.score,
                reasons=list(match.reasons),
                changes=remembered(changes, before),
            )
        )
        seen = {"sighting": [None, f"{origin.source} {incoming.date.isoformat()}"]}
        entries.append(entry(row, act=act, action=AuditEntry.Action.UPDATED, changes={**changes, **seen}))
        if changes:
            changed.append(row)
            fields |= changes.keys()
    Transaction.objects.filter(pk__in=rows).update(updated_at=act.at)
    if changed:
        Transaction.objects.bulk_update(changed, sorted(fields), batch_size=200)
    if "base_amount" in fields:
        value_splits(changed, base_currency=user.base_currency)
    Sighting.objects.bulk_create(sightings, batch_size=500)
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def new_sighting(
    user: User,
    row: IncomingRow,
    *,
    origin: Origin,
    account: Account | None,
    transaction_id: UUID,
    link: str,
    **fields: Any,
) -> Sighting:
    """A sighting of a row, not yet saved."""
    return Sighting(
        user=user,
        transaction_id=transaction_id,
        source=origin.source,
        channel=origin.channel,
        external_id=sighting_id(row, account),
        account=account,
        date=row.date,
        amount=row.amount,
        currency=row.currency,
        description=row.description,
        status=row.status,
        link=link,
        import_id=origin.import_id,
        **fields,
    )


def value_anew(row: Transaction, *, user: User, account_amount: Decimal | None = None) -> None:
    """What the row is worth on its account and day; ``account_amount`` is the bank's figure, where known."""
    valued = worth(
        row.amount,
        currency=row.currency,
        account_currency=row.account.currency,
        base_currency=user.base_currency,
        on=row.date,
        account_amount=account_amount,
    )
    row.account_amount = _stored(valued.account_amount)
    row.base_amount = None if valued.base_amount is None else _stored(valued.base_amount)
    row.rate_on = valued.rate_on


def _as_said(row: IncomingRow, word: Word) -> Match:
    return Match(row.external_id, word.row, SURE, (SAID,), is_deleted=word.is_deleted)


def remembered(changes: Changes, before: Mapping[str, Any]) -> Changes:
    """What a sighting keeps of its changes: with them the whole worth, so that it can come back as it was."""
    if changes.keys().isdisjoint(VALUED):
        return changes
    return {name: [before[name], before[name]] for name in WORTHS} | changes


def _seen(row: IncomingRow, account: Account | None) -> Seen:
    return Seen(
        key=row.external_id,
        day=row.date,
        amounts=((to_minor(row.amount, row.currency), row.currency),),
        account=str(account.pk) if account else None,
        merchant=row.merchant_key[:100],
        words=words_of(row.description),
        is_pending=row.status == Transaction.Status.PENDING,
    )


def take_over(
    row: Transaction, seen: IncomingRow, *, user: User, origin: Origin, account: Account | None
) -> None:
    """The bank's word on account, day, time and settled amount; what a person typed stays, unless pending."""
    was = snapshot(row, VALUED)
    if account is not None and row.account.kind == Account.Kind.UNASSIGNED:
        row.account = account
    is_settled = row.status == Transaction.Status.PENDING and seen.status == Transaction.Status.POSTED
    by_bank = origin.source == Transaction.Source.STATEMENT
    if is_settled or (by_bank and row.source in {Transaction.Source.EMAIL, Transaction.Source.RECEIPT}):
        row.date = seen.date
    if is_settled:
        row.status = Transaction.Status.POSTED
        if seen.currency == row.currency and seen.amount != row.amount:
            row.amount = _stored(seen.amount)
    row.time = row.time or seen.time
    if was != snapshot(row, VALUED):
        value_anew(row, user=user)


def _take_category(row: Transaction, seen: IncomingRow, categories: Mapping[str, UUID]) -> None:
    sources = Transaction.CategorySource
    if row.category_source != sources.NONE or seen.category_source == sources.NONE:
        return
    if seen.category in categories:
        row.category_id = categories[seen.category]
        row.category_source = seen.category_source
        row.category_confidence = seen.category_confidence
        row.category_reason = seen.category_reason


def _stored(amount: Decimal) -> Decimal:
    """As the database gives it back, so that an amount that is the same also reads the same."""
    return amount.quantize(Decimal(1).scaleb(-DECIMAL_PLACES))
