"""From a record's cells to a row of the statement, or to a word on why it is none."""

from collections.abc import Sequence
from datetime import date, time

from ingest.adapters.csv.amount_cells import AmountCells, CellError, clipped
from ingest.adapters.csv.header import is_header_like
from ingest.adapters.csv.plan import Plan
from ingest.adapters.csv.records import TOO_LONG
from ingest.adapters.csv.settling import is_continuation
from ingest.adapters.text.lines import MAX_LINE
from ingest.domain.account_numbers import normal_account_number
from ingest.domain.column_roles import ColumnRole
from ingest.domain.currency_marks import currency_named
from ingest.domain.dates import MAX_TEXT as MAX_DATE_TEXT
from ingest.domain.dates import parse_date, parse_time, swapped
from ingest.domain.statement import Problem, RowStatus, StatementRow
from ingest.domain.statement_words import is_balance_line, is_pending_word, is_void_word, opens_balance_line

MAX_DESCRIPTION = 2000
MAX_ACCOUNT = 80
_LONGEST_BALANCE_LINE = 48
_CACHED = 8192
_UNDECODED = "\ufffd"
_BAD_DATE = (None, None, False)

_Day = tuple[date | None, time | None, bool]


class RowReader:
    """Reads one record at a time by a plan; remembers what it saw only to be quick and to tell repeats."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._amounts = AmountCells(plan)
        get = plan.columns.get
        self._date = plan.columns.roles[ColumnRole.DATE]
        self._date_name = self._amounts.label(self._date)
        self._other_date = get(ColumnRole.VALUE_DATE)
        self._time = get(ColumnRole.TIME)
        self._currency = get(ColumnRole.CURRENCY)
        self._account = get(ColumnRole.ACCOUNT)
        self._reference = get(ColumnRole.REFERENCE)
        self._state = get(ColumnRole.STATE)
        self._mcc = get(ColumnRole.MCC)
        self._kind = get(ColumnRole.KIND)
        self._description = plan.columns.description
        self._names = [name.casefold() for name in plan.names]
        self._days: dict[str, _Day] = {}
        self._accounts: dict[str, str] = {}
        self._seen_references: set[int] = set()
        self.remarks: list[Problem] = []
        self._remarked: set[str] = set()

    def read(self, line: int, cells: list[str]) -> StatementRow | Problem | None:
        """The row in a record; else a rejected ``Problem``, a remark, or None for what is plainly no row."""
        try:
            day, at, in_other_order = self._day(cells[self._date])
            amount = self._amounts.read(cells)
        except (IndexError, CellError):
            return self._explain(line, cells)
        if day is None or amount is None:
            return self._explain(line, cells)
        description = self._text(cells)
        state = _cell(cells, self._state)
        remark = self._left_out(state, description)
        if remark:
            return Problem(line, f"{remark}: {self._shown(cells)}")
        if _UNDECODED in description:
            self._remark_once(line, f"Damaged letters could not be decoded: {clipped(description)}")
        if in_other_order:
            self._remark_once(
                line,
                f"Dates stand in more than one order; read as {day.isoformat()} where only that is a date.",
            )
        return StatementRow(
            line,
            day,
            amount,
            description,
            self._currency_of(cells),
            self._account_of(cells),
            self._reference_of(line, cells) if self._reference is not None else None,
            parse_time(_cell(cells, self._time)) if at is None and self._time is not None else at,
            RowStatus.PENDING if state and is_pending_word(state) else RowStatus.POSTED,
            (_cell(cells, self._mcc) or None) if self._mcc is not None else None,
        )

    def _left_out(self, state: str, description: str) -> str:
        """Why a record with a date and an amount is still no movement; empty where it is one."""
        if state and is_void_word(state):
            return f"No money moved ({clipped(state)}); left out"
        if len(description) <= _LONGEST_BALANCE_LINE and is_balance_line(description):
            return "Taken for a balance or total and left out"
        return ""

    def continuation(self, cells: list[str]) -> str:
        """The text of a record that goes on with the row above it; empty where the record is something
        else.
        """
        return _folded(" ".join(cells)) if is_continuation(cells, self._plan.columns) else ""

    def _day(self, cell: str) -> _Day:
        if len(cell) > MAX_DATE_TEXT:
            return self._parsed_day(cell.strip())
        known = self._days.get(cell)
        if known is None:
            if len(self._days) >= _CACHED:
                self._days.clear()
            known = self._days[cell] = self._parsed_day(cell)
        return known

    def _parsed_day(self, cell: str) -> _Day:
        """Read in the file's order, or with day and month exchanged where only that is a date."""
        order = self._plan.date_order
        for candidate in (order, swapped(order)):
            try:
                if candidate is not None:
                    return (*parse_date(cell, order=candidate), candidate is not order)
            except ValueError:
                continue
        return _BAD_DATE

    def _remark_once(self, line: int, message: str) -> None:
        kind = message[:12]
        if kind not in self._remarked:
            self._remarked.add(kind)
            self.remarks.append(Problem(line, message))

    def _text(self, cells: Sequence[str]) -> str:
        parts = [cells[index] for index in self._description if index < len(cells) and cells[index]]
        if len(parts) > 1:
            parts = _without_repeats(parts)
        text = _folded(" ".join(parts))
        if text or self._kind is None:
            return text
        return _folded(_cell(cells, self._kind))

    def _currency_of(self, cells: Sequence[str]) -> str | None:
        if self._currency is None:
            return self._plan.currency
        return currency_named(_cell(cells, self._currency)) or self._plan.currency

    def _account_of(self, cells: Sequence[str]) -> str | None:
        if self._account is None:
            return self._plan.account
        cell = _cell(cells, self._account)[:MAX_ACCOUNT]
        known = self._accounts.get(cell)
        if known is None:
            if len(self._accounts) >= _CACHED:
                self._accounts.clear()
            known = self._accounts[cell] = normal_account_number(_folded(cell))
        return known or self._plan.account

    def _reference_of(self, line: int, cells: Sequence[str]) -> str | None:
        reference = _folded(_cell(cells, self._reference or 0))[:200]
        if not reference:
            return None
        mark = hash((self._account_of(cells), reference))
        if mark in self._seen_references:
            self._remark_once(
                line, f"References repeat ({clipped(reference)}); a repeated one is not taken as an identity."
            )
            return None
        self._seen_references.add(mark)
        return reference

    def _explain(self, line: int, cells: list[str]) -> StatementRow | Problem | None:
        """Why a record is no row: rejected where it carries a date or an amount, a remark or nothing
        otherwise.
        """
        if cells is TOO_LONG:
            return Problem(line, f"The record is longer than {MAX_LINE} characters.", rejected=True)
        if not any(cell.strip() for cell in cells) or self._repeats_header(cells):
            return None
        if any(opens_balance_line(cell) for cell in cells[:8]):
            return Problem(line, f"Taken for a balance or total and left out: {self._shown(cells)}")
        return self._complaint(line, cells)

    def _complaint(self, line: int, cells: list[str]) -> StatementRow | Problem | None:
        day = self._day(_cell(cells, self._date))[0]
        amount, amount_error = self._amounts.attempt(cells)
        if amount is not None and day is None:
            return self._undated(line, cells)
        if day is not None:
            missing = amount_error or self._missing_amount(cells)
            return Problem(line, missing, rejected=True)
        if amount_error and any(letter.isdigit() for letter in _cell(cells, self._date)):
            return Problem(line, f"{self._not_a_date(cells)}; {amount_error}", rejected=True)
        if is_header_like(cells):
            return None
        return Problem(line, f"Not a transaction, left out: {self._shown(cells)}")

    def _undated(self, line: int, cells: list[str]) -> Problem | StatementRow:
        cell = _cell(cells, self._date)
        if is_pending_word(cell) or (self._state is not None and is_pending_word(_cell(cells, self._state))):
            return Problem(line, f"Pending without a date, left out: {self._shown(cells)}")
        other = _cell(cells, self._other_date) if self._other_date is not None else ""
        if not cell and other and self._day(other)[0] is not None:
            # The record may end before the column of dates.
            dated = [*cells, *[""] * (self._date + 1 - len(cells))]
            dated[self._date] = other
            return self.read(line, dated) or Problem(line, self._not_a_date(cells), rejected=True)
        return Problem(line, self._not_a_date(cells), rejected=True)

    def _not_a_date(self, cells: Sequence[str]) -> str:
        cell = _cell(cells, self._date)
        if not cell:
            return f"{self._date_name} is empty, a date was expected"
        return f"{self._date_name}: '{clipped(cell)}' is not a date in the order {self._plan.date_order}"

    def _missing_amount(self, cells: Sequence[str]) -> str:
        if len(cells) < self._plan.dialect.width:
            return f"The row has {len(cells)} columns instead of {self._plan.dialect.width}, and no amount"
        return f"{self._amounts.name} is empty, an amount was expected"

    def _repeats_header(self, cells: Sequence[str]) -> bool:
        return [cell.strip().casefold() for cell in cells] == self._names[: len(cells)] and any(self._names)

    def _shown(self, cells: Sequence[str]) -> str:
        return clipped(_folded(" | ".join(cell.strip() for cell in cells if cell.strip())), 80)


def _cell(cells: Sequence[str], index: int | None) -> str:
    return cells[index].strip() if index is not None and index < len(cells) else ""


def _folded(text: str) -> str:
    """White space folded; control characters and a spreadsheet's apostrophe in front gone."""
    folded = " ".join(text.split())
    if folded.startswith("'") and folded[2:3] != " ":
        folded = folded[1:]
    if not folded.isprintable():
        folded = "".join(letter for letter in folded if letter.isprintable() or letter == "\u200d")
    return folded[:MAX_DESCRIPTION]


def _without_repeats(parts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for part in (part.strip() for part in parts):
        if part and not any(part in other for other in kept):
            kept = [other for other in kept if other not in part]
            kept.append(part)
    return kept
