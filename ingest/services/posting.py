"""From staged rows to the ledger, in one step."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from core import jobs
from core.audit import Act
from core.models import AuditEntry
from ingest.domain import staged
from ingest.domain.outcomes import RowOutcome
from ingest.domain.staged import StagedRow
from ingest.domain.statement import RowStatus, StatementAccount
from ingest.models import RememberedLayout, StagedBatch, StatementImport
from ingest.services.staging import MAX_PROBLEMS
from transactions.domain.matching import Match
from transactions.models import Account, Transaction
from transactions.selectors.presence import Presence, presence
from transactions.selectors.rates import converted
from transactions.services.accounts import open_account, update_account
from transactions.services.evidence import Origin
from transactions.services.posting import Posting
from users.models import User

SOURCE = Transaction.Source.STATEMENT


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
        self.counts = {f"rows_{outcome}": 0 for outcome in RowOutcome}
        self.counts["rows_invalid"] = statement.rows_invalid
        self.problems = list(statement.problems)

    def take(self, batch: StagedBatch) -> None:
        rows = staged.read(batch.rows)
        by_account: dict[str, list[StagedRow]] = {}
        for row in rows:
            by_account.setdefault(row.account, []).append(row)
        outcomes = {number: self._take_account(number, own) for number, own in by_account.items()}
        batch.outcomes = [outcomes[row.account][row.row.external_id].value for row in rows]
        batch.save(update_fields=["outcomes"])

    def record(self) -> None:
        """Tell the audit trail, once all batches are taken."""
        self._posting.record()

    def _take_account(self, number: str, rows: list[StagedRow]) -> dict[str, RowOutcome]:
        """What became of each row, by its external id."""
        currency = rows[0].row.currency
        account = self._account(number, currency=currency)
        known = self._presence(account, rows)
        outcomes = {each.row.external_id: self._outcome(each, known, account) for each in rows}
        fresh = {
            each.row.external_id: each.row
            for each in rows
            if outcomes[each.row.external_id] == RowOutcome.NEW
        }
        # An account that a dry run does not open has no rows that these could be.
        whose = account or Account(user=self._statement.user, currency=currency)
        matches = self._posting.match(whose, list(fresh.values()))
        outcomes |= {external_id: self._of_known(match) for external_id, match in matches.items()}
        for outcome in outcomes.values():
            self.counts[f"rows_{outcome}"] += 1
        if account is not None and not self._statement.dry_run:
            self._posting.link(account, [(fresh[key], match) for key, match in matches.items()])
            self._posting.post(account, [row for key, row in fresh.items() if key not in matches])
            self._posting.book(account, _ids(outcomes, RowOutcome.UPDATED))
            self._posting.restore(account, _ids(outcomes, RowOutcome.RESTORED))
        return outcomes

    def _outcome(self, staged_row: StagedRow, known: Presence, account: Account | None) -> RowOutcome:
        row = staged_row.row
        if row.external_id in known.booked:
            return RowOutcome.DUPLICATE
        if row.external_id in known.pending:
            return RowOutcome.UPDATED if row.status == RowStatus.POSTED else RowOutcome.DUPLICATE
        if row.external_id in known.trashed:
            return self._of_deleted
        can_book = account is None or self._can_book(staged_row, account)
        return RowOutcome.NEW if can_book else RowOutcome.INVALID

    def _of_known(self, match: Match) -> RowOutcome:
        return self._of_deleted if match.is_deleted else RowOutcome.MATCHED

    @property
    def _of_deleted(self) -> RowOutcome:
        return RowOutcome.RESTORED if self._statement.restore_deleted else RowOutcome.DELETED

    def _can_book(self, staged_row: StagedRow, account: Account) -> bool:
        row, target = staged_row.row, account.currency
        if converted(row.amount, source=row.currency, target=target, on=row.date) is not None:
            return True
        if len(self.problems) < MAX_PROBLEMS:
            message = f"There is no rate from {row.currency} to {target}, the currency of “{account.name}”."
            self.problems.append({"line": staged_row.line, "message": message, "rejected": True})
        return False

    def _presence(self, account: Account | None, rows: list[StagedRow]) -> Presence:
        if account is None:
            return Presence()
        return presence(account, source=SOURCE, external_ids=[each.row.external_id for each in rows])

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
        return mine.filter(
            name__iexact=self._name_for(StatementAccount("")), currency=currency, number=""
        ).first()

    def _open_account(self, number: str, currency: str) -> Account:
        found = [StatementAccount(**one) for one in self._statement.accounts_found]
        described = next((one for one in found if one.number == number), StatementAccount(number))
        return open_account(
            self._statement.user,
            act=self._act,
            name=_free_name(self._statement, self._name_for(described)),
            kind=described.kind or Account.Kind.CHECKING,
            currency=described.currency or currency,
            number=number[:64],
            institution=described.bank[:100],
        )

    def _name_for(self, described: StatementAccount) -> str:
        number, bank = described.number, described.bank
        short = f"…{number[-4:]}" if number else ""
        return (described.name or (f"{bank or 'Account'} {short}" if number else bank) or "Imported account")[
            :90
        ]


def _free_name(statement: StatementImport, name: str) -> str:
    taken = {
        str(one).casefold() for one in Account.objects.for_user(statement.user).values_list("name", flat=True)
    }
    names = (name if count == 1 else f"{name} {count}" for count in range(1, len(taken) + 2))
    return next(one for one in names if one.casefold() not in taken)


def _ids(outcomes: Mapping[str, RowOutcome], outcome: RowOutcome) -> list[str]:
    return [external_id for external_id, found in outcomes.items() if found == outcome]


def _batches(statement: StatementImport) -> Iterator[StagedBatch]:
    return StagedBatch.objects.filter(statement=statement).order_by("sequence").iterator(chunk_size=1)


def _sole_account(statement: StatementImport, accounts: dict[str, Account | None]) -> dict[str, Account]:
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
