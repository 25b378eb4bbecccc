"""The signed amount of a row, from whichever of its cells the plan says."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from ingest.adapters.csv.plan import Plan
from ingest.domain.amount_rules import SignRule
from ingest.domain.amounts import ZERO, is_marked_inflow, parse_amount
from ingest.domain.column_roles import ColumnRole
from ingest.domain.statement_words import is_inflow_word, is_outflow_word


class CellError(ValueError):
    """A cell that does not hold what its column should; the message names column and value."""


def clipped(text: str, size: int = 40) -> str:
    """The text, cut where it is longer than a message should quote."""
    return text if len(text) <= size else text[: size - 1] + "…"


class AmountCells:
    """Reads amount, fee and balance of a record; outflows come out negative."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._mark = plan.decimal_mark
        get = plan.columns.get
        self._amount, self._debit, self._credit = (
            get(role) for role in (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT)
        )
        self._direction, self._balance, self._fee = (
            get(role) for role in (ColumnRole.DIRECTION, ColumnRole.BALANCE, ColumnRole.FEE)
        )
        self._read = self._reader()
        if plan.fee_subtracted and self._fee is not None:
            self._before_fee, self._read = self._read, self._net

    @property
    def name(self) -> str:
        """The amount's column, or both of debit and credit, as a message names them."""
        if self._amount is not None:
            return self.label(self._amount)
        return " / ".join(self.label(index) for index in (self._debit, self._credit) if index is not None)

    def label(self, index: int) -> str:
        """A column as a message names it: by its heading, or by its number from 1."""
        name = self._plan.names[index] if index < len(self._plan.names) else ""
        return f"Column '{clipped(name)}'" if name else f"Column {index + 1}"

    def read(self, cells: Sequence[str]) -> Decimal | None:
        """The row's amount, None where its cells are empty; raises ``CellError`` where they hold something
        else.
        """
        return self._read(cells)

    def attempt(self, cells: Sequence[str]) -> tuple[Decimal | None, str]:
        """The amount, or why there is none; both empty where the cells are empty or missing."""
        try:
            return self._read(cells), ""
        except CellError as error:
            return None, str(error)

    def balance(self, cells: Sequence[str]) -> Decimal | None:
        """The running balance behind the row; None where the cell is empty or holds no amount."""
        if self._balance is None or self._balance >= len(cells):
            return None
        try:
            return parse_amount(cells[self._balance].strip(), decimal_mark=self._mark)
        except ValueError:
            return None

    def _reader(self) -> Callable[[Sequence[str]], Decimal | None]:
        if self._amount is None:
            return self._debit_credit
        return {
            SignRule.INVERTED: self._inverted,
            SignRule.UNMARKED_OUT: self._unmarked_out,
            SignRule.DIRECTION: self._directed,
        }.get(self._plan.sign, self._as_written)

    def _value(self, cells: Sequence[str], index: int | None) -> Decimal | None:
        if index is None or index >= len(cells):
            return None
        text = cells[index].strip()
        if not text:
            return None
        try:
            return parse_amount(text, decimal_mark=self._mark)
        except ValueError as error:
            raise CellError(f"{self.label(index)}: '{clipped(text)}' is not an amount ({error})") from error

    def _as_written(self, cells: Sequence[str]) -> Decimal | None:
        return self._value(cells, self._amount)

    def _inverted(self, cells: Sequence[str]) -> Decimal | None:
        value = self._value(cells, self._amount)
        return -value if value else value

    def _unmarked_out(self, cells: Sequence[str]) -> Decimal | None:
        value = self._value(cells, self._amount)
        if not value or value < 0 or is_marked_inflow(cells[self._amount or 0]):
            return value
        return -value

    def _directed(self, cells: Sequence[str]) -> Decimal | None:
        value = self._value(cells, self._amount)
        if not value or self._direction is None:
            return value
        word = cells[self._direction].strip() if self._direction < len(cells) else ""
        return -value if self._is_out(word) else value

    def _is_out(self, word: str) -> bool:
        if not word:
            return self._plan.blank_is_out
        if is_outflow_word(word):
            return True
        if is_inflow_word(word):
            return False
        raise CellError(f"{self.label(self._direction or 0)}: '{clipped(word)}' says neither in nor out")

    def _debit_credit(self, cells: Sequence[str]) -> Decimal | None:
        out, into = self._value(cells, self._debit), self._value(cells, self._credit)
        if out is None and into is None:
            return None
        if self._plan.sign is not SignRule.DEBIT_CREDIT_AS_WRITTEN:
            out = -out if out else out
        return (out or ZERO) + (into or ZERO)

    def _net(self, cells: Sequence[str]) -> Decimal | None:
        amount = self._before_fee(cells)
        fee = self._value(cells, self._fee)
        return amount - abs(fee) if amount is not None and fee else amount
