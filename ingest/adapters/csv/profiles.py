"""What the cells of each column look like."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain.account_numbers import is_iban
from ingest.domain.amounts import decide_decimal_mark, is_amount, is_marked_outflow, parse_amount
from ingest.domain.currency_marks import CURRENCY_CODES, currency_named
from ingest.domain.dates import is_date
from ingest.domain.statement_words import is_inflow_word, is_outflow_word

MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Shares are of the filled cells; ``cells`` are the trimmed cells of the sample's rows, in order."""

    cells: tuple[str, ...]
    filled: int
    dates: float
    money: float
    decimals: float
    negatives: int
    currencies: float
    directions: float
    ibans: float
    words: float
    distinct: int
    length: float

    @property
    def is_money(self) -> bool:
        """Whether the filled cells are amounts and not dates or long account numbers."""
        return self.filled > 0 and self.money >= MOSTLY and (self.dates < MOSTLY or self.decimals >= MOSTLY)

    @property
    def is_dates(self) -> bool:
        """Whether the filled cells are dates."""
        return self.filled > 0 and self.dates >= 0.6

    @property
    def fill(self) -> float:
        """The share of rows in which the cell is filled."""
        return self.filled / len(self.cells) if self.cells else 0.0


def profile_columns(rows: Sequence[Sequence[str]], width: int) -> list[ColumnProfile]:
    """One profile a column, for as many columns as the table has."""
    return [
        _profile(tuple(row[index].strip() if index < len(row) else "" for row in rows))
        for index in range(width)
    ]


def money_values(cells: Sequence[str], decimal_mark: str) -> list[Decimal | None]:
    """The amounts in a column's cells; None where a cell holds none."""
    return [_value(cell, decimal_mark) for cell in cells]


def column_decimal_mark(cells: Sequence[str]) -> str:
    """The decimal mark that a column's own cells speak for."""
    return decide_decimal_mark(cells).value


def _value(cell: str, decimal_mark: str) -> Decimal | None:
    try:
        return parse_amount(cell, decimal_mark=decimal_mark)
    except ValueError:
        return None


def _profile(cells: tuple[str, ...]) -> ColumnProfile:
    filled = [cell for cell in cells if cell]
    amounts = [cell for cell in filled if is_amount(cell)]
    return ColumnProfile(
        cells=cells,
        filled=len(filled),
        dates=_share(sum(map(is_date, filled)), filled),
        money=_share(len(amounts), filled),
        decimals=_share(sum(_has_fraction(cell) for cell in amounts), filled),
        negatives=sum(map(is_marked_outflow, amounts)),
        currencies=_share(sum(_is_currency(cell) for cell in filled), filled),
        directions=_share(sum(is_inflow_word(cell) or is_outflow_word(cell) for cell in filled), filled),
        ibans=_share(sum(map(is_iban, filled)), filled),
        words=_share(sum(any(letter.isalpha() for letter in cell) for cell in filled), filled),
        distinct=len(set(filled)),
        length=_share(sum(map(len, filled)), filled),
    )


def _share(count: int, of: Sequence[str]) -> float:
    return count / len(of) if of else 0.0


def _has_fraction(cell: str) -> bool:
    return "." in cell or "," in cell


def _is_currency(cell: str) -> bool:
    return cell.upper() in CURRENCY_CODES or (not cell.isalnum() and currency_named(cell) is not None)
