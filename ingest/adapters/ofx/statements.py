"""Statements out of a stream of tags.

There is no tree: at any time at most one row, account or status is open, and what frames them only changes
which account, currency and list the next row belongs to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ingest.adapters.ofx.accounts import read_account
from ingest.adapters.ofx.aggregate import OpenAggregate
from ingest.adapters.ofx.answers import Answers
from ingest.adapters.ofx.markup import Markup, Token
from ingest.adapters.ofx.remarks import Oddity
from ingest.adapters.ofx.rows import RowReader
from ingest.adapters.ofx.standard import ACCOUNTS, AGGREGATES, ROW_PARTS, ROWS, SECURITY_ENTRIES
from ingest.domain import values
from ingest.domain.remarks import Remarks
from ingest.domain.statement import Problem, StatementAccount, StatementRow, UnreadableStatementError

_MOST_ACCOUNTS: Final = 1_000
_LONGEST_LEAF: Final = 200
_GATHERED: Final = ROWS | ACCOUNTS | {"STATUS"}
_LISTS: Final = ("TRANLIST", "TRANLISTP")


class StatementWalk:
    """Walks the tags of one file; ``accounts`` fills as statements are met."""

    def __init__(self, markup: Markup, accounts: list[StatementAccount], remarks: Remarks) -> None:
        self._markup = markup
        self._accounts = accounts
        self._places: dict[StatementAccount, int] = {}
        self._remarks = remarks
        self._rows = RowReader(remarks)
        self._answers = Answers()
        self._open: OpenAggregate | None = None
        self._leaf = ("", "", 0)
        self._institution = ""
        self._account: StatementAccount | None = None
        self._currency: str | None = None
        self._row_currencies: set[str | None] = set()
        self._in_statement = self._in_pending = False
        self._found_ofx = self._ended_ofx = self._found_statement = False

    def items(self, tokens: Iterable[Token]) -> Iterator[StatementRow | Problem]:
        """Rows and rejected rows as they come, then the remarks.

        Raises ``UnreadableStatementError`` before the first item where the file holds no statement.
        """
        try:
            for tag, text, line in tokens:
                if self._open is not None:
                    if self._open.take(tag, text, line):
                        continue
                    yield from self._close(self._open, by=tag)
                self._outside(tag, text, line)
        except UnreadableStatementError as error:
            if not self._found_statement:
                raise
            yield Problem(line=error.line, message=f"{error.message} The rest of the file is left out.")
        yield from self._end()

    def _close(self, done: OpenAggregate, *, by: str) -> Iterator[StatementRow | Problem]:
        self._open = None
        if by != f"/{done.tag}":
            self._remarks.note(Oddity.NOT_CLOSED, done.tag, line=done.line)
        if done.tag in ROWS:
            item = self._row(done)
            if item is not None:
                yield item
        elif done.tag == "STATUS":
            self._answers.add(done)
        else:
            self._begin_account(done)

    def _row(self, done: OpenAggregate) -> StatementRow | Problem | None:
        self._begin_statement()
        item = self._rows.read(
            done,
            account=self._account.number or None if self._account else None,
            currency=self._currency,
            pending=self._in_pending or done.tag == "STMTTRNP",
        )
        if isinstance(item, StatementRow) and len(self._row_currencies) < 2:
            self._row_currencies.add(item.currency)
        return item

    def _outside(self, tag: str, text: str, line: int) -> None:
        if not tag:
            leaf, before, at = self._leaf
            self._leaf = (leaf, (before + text)[:_LONGEST_LEAF], at)
            return
        self._settle_leaf(tag)
        self._leaf = (tag, text[:_LONGEST_LEAF], line)
        if tag in _GATHERED:
            self._open = OpenAggregate(tag, line, parts=ROW_PARTS if tag in ROWS else {})
        else:
            self._frame(tag, line)

    def _frame(self, tag: str, line: int) -> None:
        if tag.endswith("STMTRS"):
            self._frame_statement(tag)
        elif tag.endswith(_LISTS):
            self._frame_list(tag)
        elif tag in {"OFX", "/OFX"}:
            self._found_ofx = True
            self._ended_ofx = tag == "/OFX"
        elif tag in SECURITY_ENTRIES and self._in_statement:
            self._remarks.note(Oddity.SECURITIES, tag, line=line)

    def _settle_leaf(self, next_tag: str) -> None:
        tag, text, line = self._leaf
        text = values.plain_text(text)
        if not text:
            if next_tag == f"/{tag}" and tag not in AGGREGATES:
                self._remarks.note(Oddity.EMPTY, tag, line=line)
        elif tag == "ORG":
            self._institution = text
        elif tag == "CURDEF":
            self._state_currency(text, line)

    def _state_currency(self, text: str, line: int) -> None:
        self._currency = values.currency(text)
        if self._currency is None:
            self._remarks.note(Oddity.CURRENCY, f"CURDEF “{text[:40]}”", line=line)
        elif self._account is not None and self._account.currency is None:
            self._amend_account(replace(self._account, currency=self._currency))

    def _frame_statement(self, tag: str) -> None:
        self._end_statement()
        if not tag.startswith("/"):
            self._begin_statement()

    def _begin_statement(self) -> None:
        self._in_statement = self._found_statement = True
        self._list_account()

    def _end_statement(self) -> None:
        (only,) = self._row_currencies if len(self._row_currencies) == 1 else (None,)
        if self._account is not None and self._account.currency is None and only is not None:
            self._amend_account(replace(self._account, currency=only))
        self._row_currencies = set()
        self._account = self._currency = None
        self._in_statement = self._in_pending = False

    def _frame_list(self, tag: str) -> None:
        self._in_pending = tag.endswith("TRANLISTP") and not tag.startswith("/")
        if not tag.startswith("/"):
            self._begin_statement()

    def _begin_account(self, done: OpenAggregate) -> None:
        if self._account is not None and self._in_statement:
            currency = self._currency
            self._end_statement()
            self._currency = currency
            self._in_statement = True
        self._account = read_account(
            done, currency=self._currency, institution=self._institution, remarks=self._remarks
        )
        if self._in_statement:
            self._list_account()

    def _list_account(self) -> None:
        account = self._account
        if account is None or not account.number or account in self._places:
            return
        if len(self._accounts) == _MOST_ACCOUNTS:
            self._remarks.note(Oddity.UNLISTED, f"beyond {_MOST_ACCOUNTS:,}", line=self._markup.line)
            return
        self._places[account] = len(self._accounts)
        self._accounts.append(account)

    def _amend_account(self, amended: StatementAccount) -> None:
        place = self._places.pop(self._account, None) if self._account else None
        if place is not None:
            self._accounts[place] = amended
            self._places[amended] = place
        self._account = amended

    def _end(self) -> Iterator[Problem]:
        cut = self._open
        if cut is not None and cut.tag in ROWS:
            self._begin_statement()
        self._settle_leaf("")
        self._end_statement()
        if not self._found_statement:
            raise self._answers.refusal(self._nothing_found())
        if cut is not None and cut.tag in ROWS:
            yield _cut_row(cut)
        if not self._ended_ofx:
            line = self._markup.line
            self._remarks.say("The file ends before its closing OFX tag: the end may be missing.", line=line)
        self._answers.remark(self._remarks)
        yield from self._remarks.problems()

    def _nothing_found(self) -> str:
        if self._found_ofx:
            return "The file holds no statement: nothing in it lists an account's movements."
        return "The file is not OFX: no OFX tag was found in it."


def _cut_row(row: OpenAggregate) -> Problem:
    row.ended()
    known = [
        f"{tag} {row.values[tag][:40]}" for tag in ("DTPOSTED", "TRNAMT", "FITID") if row.values.get(tag)
    ]
    told = f" ({', '.join(known)})" if known else ""
    message = f"The file ends in the middle of this entry{told}; it was left out."
    return Problem(line=row.line, message=message, rejected=True)
