"""One row out of a record."""

from datetime import date
from decimal import Decimal

from ingest.adapters.qif.days import read_day
from ingest.adapters.qif.oddities import Oddity
from ingest.adapters.qif.records import Record
from ingest.domain import values
from ingest.domain.amounts import parse_amount
from ingest.domain.dates import DateOrder
from ingest.domain.remarks import Remarks
from ingest.domain.statement import Problem, StatementRow

_SHOWN = 40
_UNSTATED = frozenset({"", "DEP", "ATM", "EFT", "TXFR", "PRINT", "SEND", "SENT"})
# What each action of an investment account does to its cash; 0 leaves the sign to the amount.
_CASH_ACTIONS = {
    "cash": 0,
    "xin": 1,
    "contribx": 1,
    "miscinc": 1,
    "intinc": 1,
    "xout": -1,
    "withdrwx": -1,
    "miscexp": -1,
    "margint": -1,
}


class RowReader:
    """Turns records into rows, and says what was odd about them."""

    def __init__(self, *, date_order: DateOrder, decimal_mark: str, remarks: Remarks) -> None:
        self._order = date_order
        self._mark = decimal_mark
        self._remarks = remarks

    def read(self, record: Record, *, account: str | None) -> StatementRow | Problem:
        """The row; a rejected problem where it has no usable day or amount.

        Splits stay one row: they say what an amount was for, not that it moved in parts.
        """
        if not record.ended and (not record.whole and record.last in "DTU"):
            return Problem(
                record.line, "The file ends in the middle of this entry; it was left out.", rejected=True
            )
        day, amount = self._day(record), self._amount(record.amount)
        if day is None or amount is None:
            return _rejection(record, no_day=day is None, no_amount=amount is None)
        self._note(record, amount)
        return self._row(record, day, amount, account=account)

    def read_investment(self, record: Record, *, account: str | None) -> StatementRow | Problem | None:
        """The row of a movement of cash; None for anything that moves securities or states no amount."""
        action = record.values.get("N", "").lower()
        sign = _CASH_ACTIONS.get(action)
        if sign is None or record.values.get("Y") or not record.amount:
            self._remarks.note(
                Oddity.SECURITIES, record.values.get("N", "")[:_SHOWN] or "no action", line=record.line
            )
            return None
        item = self.read(record, account=account)
        if isinstance(item, Problem) or not sign:
            return item
        return StatementRow(
            line=item.line,
            date=item.date,
            amount=sign * abs(item.amount),
            description=item.description,
            account=account,
        )

    def _row(self, record: Record, day: date, amount: Decimal, *, account: str | None) -> StatementRow:
        text = _description(record)
        if "\N{REPLACEMENT CHARACTER}" in text:
            self._remarks.note(Oddity.DAMAGED, text[:_SHOWN], line=record.line)
        return StatementRow(line=record.line, date=day, amount=amount, description=text, account=account)

    def _day(self, record: Record) -> date | None:
        found = read_day(record.values.get("D", ""), self._order)
        if found is None:
            return None
        if found[1]:
            self._remarks.note(Oddity.OTHER_ORDER, f"“{record.values['D'][:_SHOWN]}”", line=record.lines["D"])
        return found[0]

    def _amount(self, text: str) -> Decimal | None:
        try:
            return parse_amount(text, decimal_mark=self._mark)
        except ValueError:
            return None

    def _note(self, record: Record, amount: Decimal) -> None:
        if not record.ended:
            self._remarks.note(Oddity.NO_END, f"“{_description(record)[:_SHOWN]}”", line=record.line)
        if not record.splits:
            return
        parts = [part for text in record.splits if (part := self._amount(text)) is not None]
        if len(parts) == len(record.splits) and sum(parts) != amount:
            self._remarks.note(Oddity.SPLITS, f"{sum(parts):f} and not {amount:f}", line=record.line)


def _description(record: Record) -> str:
    """Payee and memo; without both the check's number, the first split's memo, or the category."""
    said = record.values
    text = values.joined(values.plain_text(said.get("P", "")), values.plain_text(said.get("M", "")))
    if text:
        return text
    number = values.plain_text(said.get("N", ""))
    if number.upper() not in _UNSTATED:
        return f"CHECK {number}" if number.isdecimal() else number
    return values.plain_text(said.get("E", "") or said.get("L", "").strip("[]") or number)


def _rejection(record: Record, *, no_day: bool, no_amount: bool) -> Problem:
    faults = [("D", "a date")] if no_day else []
    faults += [("T", "an amount")] if no_amount else []
    line = record.lines.get(faults[0][0], record.line)
    return Problem(line, "; ".join(_fault(record, *fault) for fault in faults) + ".", rejected=True)


def _fault(record: Record, letter: str, expected: str) -> str:
    value = record.amount if letter == "T" else record.values.get(letter, "")
    return f"{letter} “{value[:_SHOWN]}” is not {expected}" if value else f"{letter} is missing or empty"
