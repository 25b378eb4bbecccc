"""From staged rows to the ledger, in one step."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import jobs
from core.audit import Act
from core.models import AuditEntry
from ingest.domain.statement import RowStatus
from ingest.models import RememberedLayout, StagedBatch, StatementImport
from ingest.services.staging import MAX_PROBLEMS
from transactions.domain.matching import Match
from transactions.models import Account, Transaction
from transactions.selectors.presence import Presence, presence
from transactions.selectors.rates import converted
from transactions.services.accounts import open_account, update_account
from transactions.services.evidence import Origin
from transactions.services.incoming import IncomingRow
from transactions.services.posting import Posting
from users.models import User

SOURCE = Transaction.Source.STATEMENT
OUTCOMES = ("new", "matched", "duplicate", "updated", "deleted", "restored", "invalid")


@transaction.atomic
def post(statement: StatementImport, *, now: datetime) -> None:
    """Write what is new and end the import; or, on a dry run, only count what would be.

    All or nothing: whoever looks sees none of the file or the whole of it. The job is locked, so no other
    worker takes it for stalled however long this lasts, and then the person, so two imports of one file at
    once do not both find its rows missing.
    """
    jobs.beat(statement, now=now)
    # A full lock would keep the person from writing anything meanwhile, signing in included.
    User.objects.select_for_update(no_key=True).get(pk=statement.user_id)
    act = Act(actor_id=statement.user_id, via=AuditEntry.Via.IMPORT, at=now)
    poster = _Poster(statement, act)
    for batch in _batches(statement):
        poster.take(batch)
    if not statement.dry_run:
        poster.record()
        _learn_number(statement, poster, act)
        _remember_layout(statement, poster.accounts)
    found = {"problems": poster.problems, **poster.counts, **_sole_account(statement, poster.accounts)}
    jobs.succeed(statement, now=now, **found)


class _Poster:
    """Decides per row, and posts unless the import is a dry run."""

    def __init__(self, statement: StatementImport, act: Act) -> None:
        self._statement, self._act = statement, act
        origin = Origin(SOURCE, channel=statement.format, import_id=statement.pk)
        self._posting = Posting(statement.user, origin=origin, act=act)
        self.accounts: dict[str, Account | None] = {}
        self.counts = {f"rows_{outcome}": 0 for outcome in OUTCOMES}
        self.counts["rows_invalid"] = statement.rows_invalid
        self.problems = list(statement.problems)

    def take(self, batch: StagedBatch) -> None:
        for number in dict.fromkeys(row["account"] for row in batch.rows):
            self._take_account(number, [row for row in batch.rows if row["account"] == number])
        batch.save(update_fields=["rows"])

    def record(self) -> None:
        """Tell the audit trail, once all batches are taken."""
        self._posting.record()

    def _take_account(self, number: str, rows: list[dict[str, Any]]) -> None:
        account = self._account(number, currency=rows[0]["currency"])
        known = self._presence(account, rows)
        for row in rows:
            row["outcome"] = self._outcome(row, known)
            if row["outcome"] == "new" and account is not None and not self._can_book(row, account):
                row["outcome"] = "invalid"
        incoming = {row["external_id"]: _incoming(row) for row in rows if row["outcome"] == "new"}
        # An account that a dry run does not open has no rows that these could be.
        whose = account or Account(user=self._statement.user, currency=rows[0]["currency"])
        matches = self._posting.match(whose, list(incoming.values()))
        for row in rows:
            if row["external_id"] in matches and row["outcome"] == "new":
                row["outcome"] = self._of_known(matches[row["external_id"]])
            self.counts[f"rows_{row['outcome']}"] += 1
        if account is not None and not self._statement.dry_run:
            self._posting.link(account, [(incoming[key], match) for key, match in matches.items()])
            self._posting.post(account, [row for key, row in incoming.items() if key not in matches])
            self._posting.book(account, _ids(rows, "updated"))
            self._posting.restore(account, _ids(rows, "restored"))

    def _outcome(self, row: dict[str, Any], known: Presence) -> str:
        external_id = row["external_id"]
        if external_id in known.booked:
            return "duplicate"
        if external_id in known.pending:
            return "updated" if row["status"] == RowStatus.POSTED else "duplicate"
        if external_id in known.trashed:
            return self._of_deleted
        return "new"

    def _of_known(self, match: Match) -> str:
        return self._of_deleted if match.is_deleted else "matched"

    @property
    def _of_deleted(self) -> str:
        return "restored" if self._statement.restore_deleted else "deleted"

    def _can_book(self, row: dict[str, Any], account: Account) -> bool:
        source, target, on = row["currency"], account.currency, date.fromisoformat(row["date"])
        if converted(Decimal(row["amount"]), source=source, target=target, on=on) is not None:
            return True
        if len(self.problems) < MAX_PROBLEMS:
            message = f"There is no rate from {source} to {target}, the currency of “{account.name}”."
            self.problems.append({"line": row["line"], "message": message, "rejected": True})
        return False

    def _presence(self, account: Account | None, rows: list[dict[str, Any]]) -> Presence:
        if account is None:
            return Presence()
        return presence(account, source=SOURCE, external_ids=[row["external_id"] for row in rows])

    def _account(self, number: str, *, currency: str) -> Account | None:
        if number not in self.accounts:
            found = self._statement.account or self._own_account(number, currency)
            if found is None and not self._statement.dry_run:
                found = self._open_account(number, currency)
            self.accounts[number] = found
        return self.accounts[number]

    def _own_account(self, number: str, currency: str) -> Account | None:
        mine = Account.objects.for_user(self._statement.user)
        if number:
            return mine.filter(number=number[:64]).order_by("created_at", "id").first()
        return mine.filter(name__iexact=self._name_for(""), currency=currency, number="").first()

    def _open_account(self, number: str, currency: str) -> Account:
        found: list[dict[str, Any]] = self._statement.accounts_found
        described = next((one for one in found if one["number"] == number), {})
        return open_account(
            self._statement.user,
            act=self._act,
            name=_free_name(self._statement, self._name_for(number, described)),
            kind=described.get("kind") or Account.Kind.CHECKING,
            currency=described.get("currency") or currency,
            number=number[:64],
            institution=described.get("bank", "")[:100],
        )

    def _name_for(self, number: str, described: dict[str, Any] | None = None) -> str:
        given = (described or {}).get("name", "")
        bank = (described or {}).get("bank", "")
        short = f"…{number[-4:]}" if number else ""
        return (given or (f"{bank or 'Account'} {short}" if number else bank) or "Imported account")[:90]


def _free_name(statement: StatementImport, name: str) -> str:
    taken = {
        str(one).casefold() for one in Account.objects.for_user(statement.user).values_list("name", flat=True)
    }
    names = (name if count == 1 else f"{name} {count}" for count in range(1, len(taken) + 2))
    return next(one for one in names if one.casefold() not in taken)


def _ids(rows: list[dict[str, Any]], outcome: str) -> list[str]:
    return [row["external_id"] for row in rows if row["outcome"] == outcome]


def _incoming(row: dict[str, Any]) -> IncomingRow:
    return IncomingRow(
        external_id=row["external_id"],
        date=date.fromisoformat(row["date"]),
        time=time.fromisoformat(row["time"]) if row["time"] else None,
        amount=Decimal(row["amount"]),
        currency=row["currency"],
        description=row["description"],
        status=row["status"],
        merchant_key=row["merchant_key"],
        merchant_name=row["merchant_name"],
        category=row["category"],
        category_source=row["category_source"],
        category_confidence=Decimal(row["category_confidence"]),
        category_reason=row["category_reason"],
    )


def _batches(statement: StatementImport) -> Iterator[StagedBatch]:
    return StagedBatch.objects.filter(statement=statement).order_by("sequence").iterator(chunk_size=1)


def _sole_account(statement: StatementImport, accounts: dict[str, Account | None]) -> dict[str, Any]:
    found = [account for account in accounts.values() if account is not None]
    return {"account": found[0]} if len(found) == 1 and statement.account_id is None else {}


def _learn_number(statement: StatementImport, poster: _Poster, act: Act) -> None:
    """An account that was named for this file is found by the file's number the next time."""
    numbers = [number for number in poster.accounts if number]
    account = statement.account
    if account is not None and not account.number and len(numbers) == 1:
        update_account(account, act=act, number=numbers[0][:64])


def _remember_layout(statement: StatementImport, accounts: dict[str, Account | None]) -> None:
    if not statement.mapping:
        return
    for account in filter(None, accounts.values()):
        RememberedLayout.objects.update_or_create(
            account=account, format=statement.format, defaults={"mapping": statement.mapping}
        )
