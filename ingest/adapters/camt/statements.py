"""Statements out of the events of a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from ingest.adapters.camt.accounts import Balance, read_account, read_balance
from ingest.adapters.camt.entries import read_entry
from ingest.adapters.camt.oddities import Oddity
from ingest.adapters.camt.tree import Event, Node, TreeParser
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    RowStatus,
    StatementAccount,
    StatementRow,
    UnreadableStatementError,
)

_MOST_ACCOUNTS: Final = 1_000
_MOST_BALANCES: Final = 100
_OPENING = ("OPBD", "PRCD")
_CLOSING = ("CLBD",)


@dataclass(slots=True)
class _Statement:
    line: int
    account: StatementAccount | None = None
    balances: list[Balance] = field(default_factory=list)
    moved: Decimal = Decimal(0)
    currencies: set[str | None] = field(default_factory=set)
    complete: bool = True


class StatementWalk:
    """Walks the events of one file; ``accounts`` fills as statements are met."""

    def __init__(self, parser: TreeParser, accounts: list[StatementAccount], remarks: Remarks) -> None:
        self._parser = parser
        self._accounts = accounts
        self._places: dict[str, int] = {}
        self._remarks = remarks
        self._statement: _Statement | None = None
        self._found = False

    def items(self, events: Iterable[Event]) -> Iterator[StatementRow | Problem]:
        """Rows and rejected rows as they come, then the remarks.

        Raises ``UnreadableStatementError`` before the first item where the file holds no statement.
        """
        try:
            yield from self._walk(events)
        except UnreadableStatementError as error:
            if not self._found:
                raise
            yield from self._cut_off(error)
        self._end_statement()
        if not self._found:
            raise UnreadableStatementError(
                "The file holds no statement: it has no Stmt, Rpt or Ntfctn element.", line=self._parser.line
            )
        yield from self._remarks.problems()

    def _walk(self, events: Iterable[Event]) -> Iterator[StatementRow | Problem]:
        for event in events:
            if event.part is None:
                self._frame(event)
            elif self._statement is not None:
                yield from self._part(event.part, self._statement)

    def _frame(self, event: Event) -> None:
        self._end_statement()
        if event.opens:
            self._found = True
            self._statement = _Statement(event.line)

    def _part(self, part: Node, statement: _Statement) -> Iterator[StatementRow | Problem]:
        if part.name == "Ntry":
            yield self._entry(part, statement)
        elif part.name == "Acct":
            statement.account = read_account(part)
            self._list_account(statement)
        elif part.name == "Bal":
            balance = read_balance(part)
            if balance is not None and len(statement.balances) < _MOST_BALANCES:
                statement.balances.append(balance)

    def _entry(self, part: Node, statement: _Statement) -> StatementRow | Problem:
        item = read_entry(part, statement.account, self._remarks)
        if isinstance(item, Problem):
            statement.complete = False
            return item
        if item.currency is None:
            item = replace(item, currency=_currency_of(statement.balances))
        self._learn_currency(statement, item.currency)
        if item.status == RowStatus.POSTED:
            statement.moved += item.amount
            statement.currencies.add(item.currency)
        return item

    def _learn_currency(self, statement: _Statement, currency: str | None) -> None:
        account = statement.account
        if account is not None and account.currency is None and currency is not None:
            statement.account = replace(account, currency=currency)
            self._list_account(statement)

    def _list_account(self, statement: _Statement) -> None:
        """List the account by its number; a later statement may tell more, and the first word counts."""
        account = statement.account
        if account is None or not account.number:
            return
        place = self._places.get(account.number)
        if place is None:
            if len(self._accounts) >= _MOST_ACCOUNTS:
                self._remarks.note(Oddity.UNLISTED, f"beyond {_MOST_ACCOUNTS:,}", line=statement.line)
                return
            self._places[account.number] = len(self._accounts)
            self._accounts.append(account)
        elif self._accounts[place].currency is None:
            self._accounts[place] = replace(self._accounts[place], currency=account.currency)

    def _end_statement(self) -> None:
        statement, self._statement = self._statement, None
        if statement is None:
            return
        self._learn_currency(statement, _currency_of(statement.balances))
        if statement.complete:
            self._check_balance(statement)

    def _check_balance(self, statement: _Statement) -> None:
        opening, closing = _sole(statement.balances, _OPENING), _sole(statement.balances, _CLOSING)
        if opening is None or closing is None or opening.currency != closing.currency:
            return
        if statement.currencies - {opening.currency}:
            return
        off = closing.amount - opening.amount - statement.moved
        if off:
            number = statement.account.number if statement.account else "no account named"
            self._remarks.note(Oddity.BALANCE, f"{number} (off by {off:f})", line=statement.line)

    def _cut_off(self, error: UnreadableStatementError) -> Iterator[Problem]:
        part = self._parser.open_part
        if part is not None and part.name == "Ntry":
            yield Problem(
                line=part.line,
                message="The file ends or breaks inside this entry; it was left out.",
                rejected=True,
            )
        if self._statement is not None:
            self._statement.complete = False
        yield Problem(line=error.line, message=f"{error.message} The rest of the file is left out.")


def _currency_of(balances: list[Balance]) -> str | None:
    return next((balance.currency for balance in balances if balance.currency), None)


def _sole(balances: list[Balance], kinds: tuple[str, ...]) -> Balance | None:
    """The one balance of a kind; pages of a long statement state theirs in between, and prove nothing."""
    for kind in kinds:
        found = [balance for balance in balances if balance.kind == kind]
        if found:
            return found[0] if len(found) == 1 else None
    return None
