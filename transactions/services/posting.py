"""Putting the rows of an import into the ledger, and taking them out again."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from core.audit import Act, entry, record_created
from core.bulk_insert import insert_rows
from core.ids import uuid7
from core.jobs import enqueue
from core.models import AuditEntry
from transactions.domain.category_tree import UNCATEGORISED
from transactions.domain.incoming import IncomingRow
from transactions.domain.matching import Match
from transactions.models import Account, Category, Merchant, Sighting, Transaction
from transactions.selectors.rates import worth
from transactions.services.evidence import Origin, link_rows, match_rows, sighting_id
from transactions.services.rules import active_rules, apply_rules
from transactions.services.taking_back import take_back
from transactions.services.transfers import end_refunds, end_transfers
from users.models import User

BATCH = 1000


class Posting:
    """Writes the rows of one import; use it inside the transaction that ends the import."""

    def __init__(self, user: User, *, origin: Origin, act: Act) -> None:
        self._user, self._origin, self._act = user, origin, act
        categories = Category.objects.for_user(user)
        self._categories = {c.code or str(c.pk): c.pk for c in categories} | {
            str(c.pk): c.pk for c in categories
        }
        self._merchants: dict[str, UUID] = dict(Merchant.objects.for_user(user).values_list("key", "pk"))
        self._taken: set[str] = set()

    def match(self, account: Account | None, rows: Sequence[IncomingRow]) -> dict[str, Match]:
        """Which of these rows the ledger has from other sources, by external id; each is taken once."""
        found = match_rows(
            self._user, rows, origin=self._origin, account=account, taken=frozenset(self._taken)
        )
        self._taken |= {match.row for match in found.values()}
        return found

    def link(self, account: Account | None, pairs: Sequence[tuple[IncomingRow, Match]]) -> int:
        """Write rows onto those that they match; returns how many."""
        if pairs:
            self._add_merchants(row for row, _ in pairs)
            link_rows(
                self._user,
                pairs,
                origin=self._origin,
                account=account,
                act=self._act,
                merchants=self._merchants,
                categories=self._categories,
            )
        return len(pairs)

    def post(self, account: Account, rows: Sequence[IncomingRow]) -> int:
        """Write rows that the account does not have, each with its sighting; returns how many."""
        self._add_merchants(rows)
        ids = [uuid7() for _ in rows]
        pairs = list(zip(ids, rows, strict=True))
        insert_rows(Transaction, (self._transaction(pk, account, row) for pk, row in pairs))
        insert_rows(Sighting, (self._sighting(pk, account, row) for pk, row in pairs))
        return len(rows)

    def record(self) -> None:
        """Say in the audit trail that the import created its rows; once, after the last is posted.

        Raises ``ValueError`` where no import is: its rows could not be told from others.
        """
        if self._origin.import_id is None:
            raise ValueError(self._origin)
        mine = Transaction.objects.filter(import_id=self._origin.import_id)
        record_created(mine, act=self._act, changes={"import": str(self._origin.import_id)})
        apply_rules(self._user, mine, act=self._act, rules=active_rules(self._user))
        first = mine.aggregate(first=Min("date"))["first"]
        if first is not None:
            enqueue("transactions.find_links", user_id=str(self._user.pk), first=first.isoformat())
            enqueue("transactions.find_recurring", user_id=str(self._user.pk))

    def book(self, account: Account, external_ids: Iterable[str]) -> int:
        """Turn rows that were pending into posted ones; returns how many."""
        return self.book_sightings([f"{account.pk.hex}:{external_id}" for external_id in external_ids])

    def book_sightings(self, external_ids: Sequence[str]) -> int:
        """The same, for sightings by the ids that they have on whichever account."""
        posted, pending = Transaction.Status.POSTED, Transaction.Status.PENDING
        seen = self._sightings(external_ids)
        rows = self._change(seen, Q(status=pending), changes={"status": [pending, posted]}, status=posted)
        seen.update(status=posted, updated_at=self._act.at)
        return rows

    def restore(self, account: Account, external_ids: Iterable[str]) -> int:
        """Bring these rows back from the trash; returns how many."""
        seen = self._sightings([f"{account.pk.hex}:{external_id}" for external_id in external_ids])
        return self._change(seen, Q(deleted_at__isnull=False), changes={}, deleted_at=None)

    def _sightings(self, external_ids: Sequence[str]) -> QuerySet[Sighting]:
        return Sighting.objects.filter(
            user=self._user, source=self._origin.source, external_id__in=external_ids
        )

    def _change(
        self, seen: QuerySet[Sighting], which: Q, *, changes: Mapping[str, object], **values: object
    ) -> int:
        rows = list(Transaction.objects.filter(which, pk__in=seen.values("transaction_id")))
        action = AuditEntry.Action.UPDATED if changes else AuditEntry.Action.RESTORED
        Transaction.objects.filter(pk__in=[row.pk for row in rows]).update(updated_at=self._act.at, **values)
        AuditEntry.objects.bulk_create(
            [entry(row, act=self._act, action=action, changes=changes) for row in rows]
        )
        return len(rows)

    def _add_merchants(self, rows: Iterable[IncomingRow]) -> None:
        fresh = {
            row.merchant_key[:100]: row.merchant_name[:100]
            for row in rows
            if row.merchant_key and row.merchant_key[:100] not in self._merchants
        }
        if not fresh:
            return
        Merchant.objects.bulk_create(
            [Merchant(user=self._user, key=key, name=name or key) for key, name in fresh.items()],
            ignore_conflicts=True,
        )
        found = Merchant.objects.for_user(self._user).filter(key__in=fresh)
        record_created(found, act=self._act, changes={})
        self._merchants |= dict(found.values_list("key", "pk"))

    def _transaction(self, pk: UUID, account: Account, row: IncomingRow) -> dict[str, object]:
        valued = worth(
            row.amount,
            currency=row.currency,
            account_currency=account.currency,
            base_currency=self._user.base_currency,
            on=row.date,
        )
        return {
            "id": pk,
            "created_at": self._act.at,
            "updated_at": self._act.at,
            "user_id": self._user.pk,
            "account_id": account.pk,
            "date": row.date,
            "time": row.time,
            "amount": row.amount,
            "currency": row.currency,
            "account_amount": valued.account_amount,
            "base_amount": valued.base_amount,
            "rate_on": valued.rate_on,
            "description": row.description,
            "merchant_id": self._merchants.get(row.merchant_key[:100]),
            "category_id": self._categories.get(row.category, self._categories[UNCATEGORISED]),
            "category_source": row.category_source,
            "category_confidence": row.category_confidence,
            "category_reason": row.category_reason,
            "notes": "",
            "status": row.status,
            "source": self._origin.source,
            "external_id": row.external_id,
            "import_id": self._origin.import_id,
        }

    def _sighting(self, pk: UUID, account: Account, row: IncomingRow) -> dict[str, object]:
        # An import names its account, whichever that is; elsewhere unassigned rows are of no account.
        is_named = account.kind != Account.Kind.UNASSIGNED or self._origin.import_id is not None
        known = account if is_named else None
        return {
            "id": uuid7(),
            "created_at": self._act.at,
            "updated_at": self._act.at,
            "user_id": self._user.pk,
            "transaction_id": pk,
            "source": self._origin.source,
            "channel": self._origin.channel,
            "external_id": sighting_id(row, known),
            "account_id": known and known.pk,
            "date": row.date,
            "amount": row.amount,
            "currency": row.currency,
            "description": row.description,
            "status": row.status,
            "link": Sighting.Link.ORIGIN,
            "import_id": self._origin.import_id,
        }


@transaction.atomic
def withdraw_import(import_id: UUID, *, act: Act) -> int:
    """Take what an import said out of the ledger, and forget that it was seen; returns how many rows.

    Rows that no other source tells of go to the trash without their external ids, so that importing the file
    again brings them anew. Rows that another source tells of stay, and lose what the import had changed.
    """
    withdrawn = 0
    mine = Sighting.objects.filter(import_id=import_id).order_by("pk")
    while batch := list(mine.select_related("transaction")[:BATCH]):
        withdrawn += _withdraw(batch, import_id=import_id, act=act)
    # Rows of it that were merged into others have left the ledger: their ids are free for the next import.
    Transaction.objects.filter(import_id=import_id, merged_into__isnull=False).update(external_id=None)
    return withdrawn


def _withdraw(batch: list[Sighting], *, import_id: UUID, act: Act) -> int:
    Sighting.objects.filter(pk__in=[sighting.pk for sighting in batch]).delete()
    rows = {sighting.transaction_id: sighting.transaction for sighting in batch}
    seen = list(Sighting.objects.filter(transaction__in=rows).order_by("pk"))
    kept = {sighting.transaction_id: rows[sighting.transaction_id] for sighting in seen}
    undone = take_back(
        kept,
        [sighting for sighting in batch if sighting.transaction_id in kept],
        # The rest of this import goes as well.
        remaining=[sighting for sighting in seen if sighting.import_id != import_id],
        act=act,
    )
    end_transfers(rows.keys() - kept.keys(), act=act)
    end_refunds(rows.keys() - kept.keys(), act=act)
    own = {pk for pk, row in rows.items() if row.import_id == import_id and row.external_id is not None}
    entries = []
    for pk, row in rows.items():
        changes = {"import_undone": str(import_id)} | undone.get(pk, {})
        if pk in own:
            changes["external_id"] = [row.external_id, None]
        action = AuditEntry.Action.UPDATED if pk in kept else AuditEntry.Action.DELETED
        entries.append(entry(row, act=act, action=action, changes=changes))
    Transaction.objects.filter(pk__in=kept).update(updated_at=act.at)
    Transaction.objects.filter(pk__in=own & kept.keys()).update(external_id=None, import_id=None)
    # Whichever source made them: with an import and without a name they count as withdrawn.
    Transaction.objects.filter(pk__in=rows.keys() - kept.keys()).update(
        external_id=None,
        import_id=import_id,
        deleted_at=Coalesce("deleted_at", act.at),
        updated_at=act.at,
    )
    AuditEntry.objects.bulk_create(entries)
    return len(rows)
