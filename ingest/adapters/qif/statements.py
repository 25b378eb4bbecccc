"""Accounts and rows out of a stream of headers and records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ingest.adapters.qif.oddities import Oddity
from ingest.adapters.qif.records import Header, Record
from ingest.adapters.qif.rows import RowReader
from ingest.adapters.qif.sections import Section, account_kind, section_of
from ingest.domain import values
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    StatementAccount,
    StatementRow,
    UnreadableStatementError,
)

_MOST_ACCOUNTS: Final = 1_000
_LONGEST_NAME: Final = 64
_OPENING = frozenset({"opening balance", "starting balance"})


class StatementWalk:
    """Walks the records of one file; ``accounts`` fills as they are named.

    QIF knows accounts by name only, which stands for their number. One that is alone in its ``!Account``
    block is the account of what follows; several are a list.
    """

    def __init__(self, rows: RowReader, accounts: list[StatementAccount], remarks: Remarks) -> None:
        self._rows = rows
        self._accounts = accounts
        self._places: dict[str, int] = {}
        self._remarks = remarks
        self._section: Section | None = None
        self._kind = ""
        self._account: str | None = None
        self._in_block = 0
        self._named_by_row = False
        self._found = False

    def items(self, records: Iterable[Header | Record]) -> Iterator[StatementRow | Problem]:
        """Rows and rejected rows as they come, then the remarks.

        Raises ``UnreadableStatementError`` before the first item where the file names no account and holds no
        movement.
        """
        first: int | None = None
        for record in records:
            first = first or record.line
            if isinstance(record, Header):
                self._open(record)
            elif (item := self._item(record)) is not None:
                yield item
        if not self._found:
            raise UnreadableStatementError(
                "The file holds no statement: it names no account and has no list of movements.", line=first
            )
        yield from self._remarks.problems()

    def _open(self, header: Header) -> None:
        section = section_of(header.name)
        if section is None:
            return
        self._section = section
        if section is Section.ACCOUNT:
            self._in_block = 0
        elif section in (Section.LEDGER, Section.INVESTMENT):
            self._found = True
            self._kind = account_kind(header.name)
            if self._named_by_row:
                self._account, self._named_by_row = None, False

    def _item(self, record: Record) -> StatementRow | Problem | None:
        if self._section is Section.ACCOUNT:
            self._name_account(record)
        elif self._section is Section.INVESTMENT:
            return self._rows.read_investment(record, account=self._account)
        elif self._section is Section.MEMORIZED:
            self._remarks.note(
                Oddity.MEMORIZED, record.values.get("P", "")[:40] or "no payee", line=record.line
            )
        elif self._section is Section.LEDGER or self._is_headless(record):
            self._take_name_from(record)
            return self._rows.read(record, account=self._account)
        return None

    def _is_headless(self, record: Record) -> bool:
        """Whether a movement stands before any header: some banks leave it out."""
        if self._section is not None or "D" not in record.values or not record.amount:
            return False
        if not self._found:
            self._remarks.say(
                "No header says what the file lists; read as movements of a bank account.", line=1
            )
        self._found = True
        return True

    def _name_account(self, record: Record) -> None:
        name = values.plain_text(record.values.get("N", ""))[:_LONGEST_NAME]
        if not name:
            return
        self._in_block += 1
        self._account = name if self._in_block == 1 else None
        self._named_by_row = False
        self._found = True
        self._list(name, account_kind(record.values.get("T", "")))

    def _take_name_from(self, record: Record) -> None:
        """A register's first entry names its account: an opening balance, transferred from itself."""
        if self._account is not None or record.values.get("P", "").casefold() not in _OPENING:
            return
        target = record.values.get("L", "")
        if target.startswith("[") and target.endswith("]"):
            self._account = values.plain_text(target[1:-1])[:_LONGEST_NAME] or None
            self._named_by_row = True
            if self._account:
                self._list(self._account, self._kind)

    def _list(self, name: str, kind: str) -> None:
        place = self._places.get(name)
        if place is not None:
            if kind and not self._accounts[place].kind:
                self._accounts[place] = replace(self._accounts[place], kind=kind)
        elif len(self._accounts) < _MOST_ACCOUNTS:
            self._places[name] = len(self._accounts)
            self._accounts.append(StatementAccount(name, kind=kind, name=name))
        else:
            self._remarks.note(Oddity.UNLISTED, f"beyond {_MOST_ACCOUNTS:,}", line=None)
