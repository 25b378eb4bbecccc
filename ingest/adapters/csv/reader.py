"""Bank statements as delimited text, whatever the delimiter, language and habits."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from ingest.adapters.csv.amount_cells import AmountCells
from ingest.adapters.csv.balance_check import Balanced, Item, checked_by_balance, signed_by_balance
from ingest.adapters.csv.detection import looks_like_a_table
from ingest.adapters.csv.dialect import looks_like_a_row
from ingest.adapters.csv.plan import Plan, make_plan
from ingest.adapters.csv.records import Record, split_records
from ingest.adapters.csv.rows import MAX_DESCRIPTION, RowReader
from ingest.adapters.text.giving_up import Patience
from ingest.adapters.text.lines import decoded_lines
from ingest.domain.amount_rules import SignRule
from ingest.domain.balances import RowOrder
from ingest.domain.statement import (
    Problem,
    StatementAccount,
    StatementReading,
    StatementRow,
    UnreadableStatementError,
)

_EXTENSIONS = (".csv", ".tsv", ".tab", ".txt")
_UNSURE = 0.65
_HELD_PROBLEMS = 1000


class CsvReader:
    """Reads statements written as delimited text, by detection that can be seen and corrected.

    ``layout`` of a reading, and the one that may be given, has these parts, each either
    ``{"value": ..., "confidence": ...}`` or the bare value; any of them may be left out:

    - ``encoding``: a codec's name ("utf-8", "cp1252"); "ascii" where no letter needs one
    - ``delimiter``, ``quote``: one character each; ``quote`` may be empty
    - ``header_line``: the physical line, from 1, that names the columns; null where none does
    - ``columns``: an object from role to column, by its name or its index from 0. Roles: date, value_date
      (used where date is empty), time, amount, debit, credit, direction, fee, currency, balance,
      description (a list), kind (what a description falls back to), account, reference, state, mcc. Null
      takes a role away.
    - ``date_order``: "DMY", "MDY" or "YMD", for dates that are ambiguous
    - ``decimal_mark``: "." or ","
    - ``sign``: "as_written", "inverted" (no minus means money out), "unmarked_out" (no mark means money out),
      "direction" (a column says), "debit_credit", "debit_credit_as_written" (debits are negative already),
      "balance" (the running balance says)
    - ``account``, ``currency``: for rows that no column gives one; may be null
    - ``fee``: "included" in the amount or "subtracted" from it, where there is a fee column

    An unknown part, role or column raises ``UnreadableStatementError`` with its name. A layout given back
    reads the same file alike; named columns are looked for on other lines where ``header_line`` no longer
    has them.
    """

    format = "csv"

    def recognises(self, head: bytes, filename: str) -> float:
        """How sure it is that the file is a table of dated amounts; the name counts a little."""
        table = looks_like_a_table(head)
        named = filename.lower().endswith(_EXTENSIONS)
        if table is None:
            return 0.0
        return min(0.95, (0.75 if table else 0.05) + (0.2 if named else 0.0))

    def read(
        self, source: BinaryIO, *, filename: str = "", layout: Mapping[str, object] | None = None
    ) -> StatementReading:
        """Detect how the file is written and open it; rows are read while ``items`` is walked.

        A row whose date or amount cannot be read comes as a rejected ``Problem`` with its line; totals,
        repeated headings, declined and undated pending rows are left out, all but headings with a remark.
        Raises ``UnreadableStatementError`` where the file is no table of dated amounts or no row can be
        read.
        """
        plan = make_plan(source, filename=filename, layout=layout)
        reading = StatementReading(format=self.format, items=iter(()), layout=plan.layout)
        patience = Patience("lines")
        rows = patience.items(_at_least_one_row(_items(source, plan, patience)))
        items = _with_accounts(rows, reading.accounts)
        return StatementReading(self.format, items, reading.accounts, plan.layout)


def _items(source: BinaryIO, plan: Plan, patience: Patience) -> Iterator[Item]:
    yield from _first_remarks(plan)
    rows = RowReader(plan)
    items = _balanced(_records(source, plan, patience), plan, rows)
    if plan.sign is SignRule.BALANCE:
        items = signed_by_balance(items, plan.balance_order or RowOrder.OLDEST_FIRST)
    for item in checked_by_balance(items, plan.balance_order):
        yield item
        if rows.remarks:
            yield from rows.remarks
            rows.remarks.clear()


def _first_remarks(plan: Plan) -> Iterator[Problem]:
    if plan.sign_confidence < _UNSURE:
        reading = (
            "without a minus as money out" if plan.sign is SignRule.INVERTED else "with the signs as written"
        )
        yield Problem(None, f"It is not certain which amounts are money out; they are read {reading}.")
    if plan.layout["date_order"]["confidence"] < _UNSURE:
        yield Problem(
            None, f"It is not certain in which order the dates stand; they are read as {plan.date_order}."
        )
    if plan.balance is not None and plan.balance.ties < plan.balance.pairs and not plan.balance.proves:
        seen = f"{plan.balance.ties} of {plan.balance.pairs}"
        yield Problem(
            None, f"The balance follows from the amounts in {seen} places looked at; it proves nothing."
        )
    for line, cells in plan.skipped:
        if looks_like_a_row(cells):
            shown = " | ".join(cell.strip() for cell in cells if cell.strip())[:80]
            yield Problem(line, f"Stands above the headings and was left out: {shown}")


def _records(source: BinaryIO, plan: Plan, patience: Patience) -> Iterator[Record]:
    source.seek(0)
    lines = patience.pieces(decoded_lines(source, plan.encoding, line_end=plan.line_end))
    for record in split_records(lines, plan.dialect):
        if record[0] >= plan.body_from:
            yield record


def _balanced(records: Iterator[Record], plan: Plan, rows: RowReader) -> Iterator[Balanced]:
    amounts = AmountCells(plan)
    if plan.continued:
        yield from _joined(records, rows, amounts)
        return
    for line, cells in records:
        item = rows.read(line, cells)
        if item is not None:
            yield item, amounts.balance(cells)


def _joined(records: Iterator[Record], rows: RowReader, amounts: AmountCells) -> Iterator[Balanced]:
    """Rows with the text of the records that go on with them."""
    held: Balanced | None = None
    for line, cells in records:
        more = rows.continuation(cells)
        if more and held is not None and isinstance(held[0], StatementRow):
            text = f"{held[0].description} {more}"[:MAX_DESCRIPTION].strip()
            held = replace(held[0], description=text), held[1]
            continue
        item = rows.read(line, cells)
        if item is not None:
            if held is not None:
                yield held
            held = item, amounts.balance(cells)
    if held is not None:
        yield held


def _at_least_one_row(items: Iterator[Item]) -> Iterator[Item]:
    """Problems are held until a row proves that the file can be read at all."""
    held: list[Problem] = []
    for item in items:
        if isinstance(item, StatementRow):
            yield from held
            yield item
            yield from items
            return
        held.append(item)
        if len(held) > _HELD_PROBLEMS:
            break
    worst = next((problem for problem in held if problem.rejected), held[-1] if held else None)
    if worst is None:
        raise UnreadableStatementError("The file holds headings but no rows.")
    where = f" (line {worst.line})" if worst.line else ""
    raise UnreadableStatementError(f"No row could be read. {worst.message}{where}", line=worst.line)


def _with_accounts(items: Iterator[Item], accounts: list[StatementAccount]) -> Iterator[Item]:
    known: dict[str, StatementAccount] = {}
    for item in items:
        number = item.account if isinstance(item, StatementRow) else None
        if isinstance(item, StatementRow) and number and number not in known:
            known[number] = StatementAccount(number, currency=item.currency)
            accounts.append(known[number])
        yield item
