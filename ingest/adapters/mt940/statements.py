"""Statements out of a stream of fields: at any time at most one row is open."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ingest.adapters.mt940.accounts import Accounts, read_account
from ingest.adapters.mt940.balances import Balance, read_balance
from ingest.adapters.mt940.details import read_details
from ingest.adapters.mt940.fields import END, ENVELOPE, Field, FieldCutter
from ingest.adapters.mt940.movement import Movement, is_reference, read_movement
from ingest.adapters.mt940.oddities import Oddity
from ingest.domain import values
from ingest.domain.account_numbers import looks_like_iban
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    RowStatus,
    StatementAccount,
    StatementRow,
    UnreadableStatementError,
)

_LONGEST_DESCRIPTION: Final = 4_000
_MOST_LINES: Final = 200
_CURRENCY = re.compile(r"[A-Z]{3}")
_INTERIM_ENVELOPE = re.compile(r"\{2:[IO]942")
_CODE_LIKE = re.compile(r"/.*|\S*[0-9]\S*", re.DOTALL)


@dataclass(slots=True)
class _Statement:
    account: StatementAccount | None = None
    currency: str | None = None
    opening: Balance | None = None
    closing: Balance | None = None
    moved: Decimal = Decimal(0)
    complete: bool = True
    interim: bool = False
    line: int = 1

    def is_begun(self) -> bool:
        """Whether a field has said anything of it."""
        return bool(self.account or self.currency or self.opening or self.closing or self.interim)


@dataclass(slots=True)
class _OpenRow:
    line: int
    movement: Movement
    supplement: list[str]
    details: list[str] = field(default_factory=list)


class StatementWalk:
    """Walks the fields of one file; ``accounts`` fills as statements are met."""

    def __init__(self, cutter: FieldCutter, accounts: list[StatementAccount], remarks: Remarks) -> None:
        self._cutter = cutter
        self._accounts = Accounts(accounts, remarks)
        self._remarks = remarks
        self._statement = _Statement()
        self._row: _OpenRow | None = None
        self._interim_envelope = False
        self._found = False
        self._handlers: dict[str, Callable[[Field], None]] = {
            ENVELOPE: self._envelope,
            "940": self._begin,
            "942": self._begin_interim,
            "20": self._begin,
            "25": self._name_account,
            "25P": self._name_account,
            "34F": self._limit,
            "13": self._stamp,
            "13D": self._stamp,
            "60": self._open_balance,
            "60F": self._open_balance,
            "60M": self._open_balance,
            "62": self._close_balance,
            "62F": self._close_balance,
            "62M": self._close_balance,
            END: self._end_message,
        }

    def items(self) -> Iterator[StatementRow | Problem]:
        """Rows and rejected rows as they come, then the remarks.

        Raises ``UnreadableStatementError`` before the first item where the file holds no statement.
        """
        first: Field | None = None
        for found in self._cutter.fields():
            first = first or found
            if found.tag == "86":
                self._add_details(found)
                continue
            yield from self._finished_row()
            if found.tag == "61":
                yield from self._open_row(found)
            elif found.tag in self._handlers:
                self._handlers[found.tag](found)
        yield from self._finished_row()
        self._end_statement()
        if not self._found:
            raise _nothing_found(first)
        yield from self._remarks.problems()

    def _open_row(self, found: Field) -> Sequence[Problem]:
        self._found = True
        movement = read_movement(found.text, self._remarks, line=found.line)
        if isinstance(movement, str):
            self._statement.complete = False
            return (Problem(line=found.line, message=f"{movement}.", rejected=True),)
        self._statement.moved += movement.amount
        self._row = _OpenRow(found.line, movement, found.lines[1:])
        return ()

    def _add_details(self, found: Field) -> None:
        if self._row is not None and len(self._row.details) < _MOST_LINES:
            self._row.details += found.lines

    def _finished_row(self) -> Sequence[StatementRow]:
        row, self._row = self._row, None
        if row is None:
            return ()
        statement, movement = self._statement, row.movement
        self._accounts.list(statement.account, statement.currency, line=row.line)
        read = StatementRow(
            line=row.line,
            date=movement.date,
            amount=movement.amount,
            description=self._described(row),
            currency=statement.currency,
            account=statement.account.number if statement.account else None,
            external_id=movement.bank_reference,
            status=RowStatus.PENDING if movement.expected or self._is_interim() else RowStatus.POSTED,
        )
        return (read,)

    def _described(self, row: _OpenRow) -> str:
        supplement = values.plain_text(" ".join(row.supplement))
        if looks_like_iban(supplement) or _CODE_LIKE.fullmatch(supplement):
            supplement = ""
        name = values.plain_text(row.movement.name)
        reference = row.movement.customer_reference
        details = read_details(row.details, reference=reference)
        text = values.joined(name, details, supplement)[:_LONGEST_DESCRIPTION]
        if "\N{REPLACEMENT CHARACTER}" in text:
            self._remarks.note(Oddity.DAMAGED, text[:40], line=row.line)
        return text or (values.plain_text(reference) if is_reference(reference) else "")

    def _is_interim(self) -> bool:
        return self._interim_envelope or (self._statement.interim and self._statement.opening is None)

    def _envelope(self, found: Field) -> None:
        self._end_statement()
        self._interim_envelope = _INTERIM_ENVELOPE.search(found.text[:200]) is not None

    def _begin(self, found: Field) -> None:
        if self._statement.is_begun():
            self._end_statement()
        self._statement.line = found.line

    def _begin_interim(self, found: Field) -> None:
        self._begin(found)
        self._interim_envelope = True

    def _name_account(self, found: Field) -> None:
        statement = self._statement
        if statement.account is not None and (statement.opening or statement.moved):
            self._begin(found)
        self._statement.account = read_account(found.text)

    def _limit(self, found: Field) -> None:
        self._stamp(found)
        code = _CURRENCY.match(found.text)
        if code and self._statement.currency is None:
            self._statement.currency = values.currency(code[0])

    def _stamp(self, _: Field) -> None:
        self._statement.interim = True

    def _open_balance(self, found: Field) -> None:
        balance = read_balance(found.text)
        if balance is not None:
            self._statement.opening = balance
            self._statement.currency = balance.currency

    def _close_balance(self, found: Field) -> None:
        statement = self._statement
        statement.closing = read_balance(found.text)
        if statement.closing is not None and statement.currency is None:
            statement.currency = statement.closing.currency
        self._check_balance(found.line)

    def _check_balance(self, line: int) -> None:
        statement = self._statement
        opening, closing = statement.opening, statement.closing
        if opening is None or closing is None or not statement.complete:
            return
        off = closing.amount - opening.amount - statement.moved
        if off:
            self._remarks.note(Oddity.BALANCE, f"{self._named()} (off by {off:f})", line=line)

    def _named(self) -> str:
        return self._statement.account.number if self._statement.account else "no account named"

    def _end_message(self, _: Field) -> None:
        self._end_statement()
        self._interim_envelope = False

    def _end_statement(self) -> None:
        statement, self._statement = self._statement, _Statement()
        self._statement.line = self._cutter.line
        stated = statement.opening or statement.closing or statement.interim
        if statement.account is None or not stated:
            return
        self._found = True
        self._accounts.list(statement.account, statement.currency, line=statement.line)
        if statement.opening is not None and statement.closing is None:
            self._remarks.note(Oddity.NO_CLOSING, statement.account.number, line=statement.line)


def _nothing_found(first: Field | None) -> UnreadableStatementError:
    if first is None:
        return UnreadableStatementError(
            "The file is not MT940: no line in it begins with a tag such as :61:."
        )
    return UnreadableStatementError(
        "The file holds no statement: it has neither a movement (:61:) nor an account (:25:) with a balance.",
        line=first.line,
    )
