"""What the cells of the found columns settle: decimal mark, date order, fee, balance check."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice, pairwise

from ingest.adapters.csv.columns import Columns
from ingest.adapters.csv.dialect import looks_like_a_row
from ingest.adapters.csv.money_columns import Table
from ingest.adapters.csv.profiles import money_values
from ingest.adapters.csv.records import Record
from ingest.domain.amount_rules import SignRule
from ingest.domain.amounts import ZERO, decide_decimal_mark
from ingest.domain.balances import BalanceEvidence, weigh_balances
from ingest.domain.column_roles import ColumnRole
from ingest.domain.dates import DateOrder, decide_date_order, is_date
from ingest.domain.guess import Guess

_MONEY = (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT, ColumnRole.BALANCE, ColumnRole.FEE)
_MAX_DATES = 2000


def decimal_mark_of(table: Table, columns: Columns, *, delimiter: str) -> Guess[str]:
    """The decimal mark of all money columns together; a semicolon between cells makes a comma likelier."""
    cells = [cell for role in _MONEY for cell in _cells(table, columns, role) if cell]
    return decide_decimal_mark(cells, favoured="," if delimiter == ";" else ".")


def date_order_of(
    records: Iterable[Record], columns: Columns, *, favoured: DateOrder | None
) -> Guess[DateOrder]:
    """The order of the dates as they run down the file."""
    index = columns.roles[ColumnRole.DATE]
    cells = (cells[index].strip() for _, cells in records if len(cells) > index)
    dates = dict.fromkeys(cell for cell in cells if is_date(cell))
    return decide_date_order(list(islice(dates, _MAX_DATES)), favoured=favoured)


def fee_rule_of(table: Table, columns: Columns, *, decimal_mark: str) -> Guess[str]:
    """Whether a fee stands beside the amount, to be subtracted from it, or is part of it: the balance tells.

    Without a balance that follows, a fee counts as included, with a confidence of 0.5.
    """
    amounts = money_values(_cells(table, columns, ColumnRole.AMOUNT), decimal_mark)
    balances = money_values(_cells(table, columns, ColumnRole.BALANCE), decimal_mark)
    fees = money_values(_cells(table, columns, ColumnRole.FEE), decimal_mark)
    if not amounts or not balances or not any(fees):
        return Guess("included", 0.5)
    net = [
        None if amount is None else amount - abs(fee or ZERO)
        for amount, fee in zip(amounts, fees, strict=True)
    ]
    gross_ties = weigh_balances(amounts, balances).ties
    net_ties = weigh_balances(net, balances).ties
    if gross_ties == net_ties:
        return Guess("included", 0.5)
    return Guess("subtracted", 0.95) if net_ties > gross_ties else Guess("included", 0.95)


def balance_evidence_of(
    table: Table, columns: Columns, *, decimal_mark: str, sign: SignRule, fee_subtracted: bool
) -> BalanceEvidence | None:
    """How well the balance column follows the signed amounts; None where there is nothing to compare."""
    balances = money_values(_cells(table, columns, ColumnRole.BALANCE), decimal_mark)
    amounts = _signed(table, columns, decimal_mark, sign)
    if not balances or not amounts:
        return None
    if fee_subtracted:
        fees = money_values(_cells(table, columns, ColumnRole.FEE), decimal_mark)
        amounts = [
            None if moved is None else moved - abs(fee or ZERO)
            for moved, fee in zip(amounts, fees, strict=True)
        ]
    evidence = weigh_balances(
        amounts, balances, unsigned=sign in {SignRule.BALANCE, SignRule.DIRECTION, SignRule.UNMARKED_OUT}
    )
    return evidence if evidence.pairs else None


def has_continued_rows(records: Sequence[Record], columns: Columns) -> bool:
    """Whether nearly every row is followed by a record of text alone, so that one movement takes two
    records.
    """
    pairs = [(cells, below) for (_, cells), (_, below) in pairwise(records)]
    continued = [is_continuation(below, columns) for _, below in pairs]
    if not any(continued):
        return False
    rows = [
        is_followed
        for (cells, _), is_followed in zip(pairs, continued, strict=True)
        if looks_like_a_row(cells)
    ]
    return len(rows) >= 2 and sum(rows) >= 0.8 * len(rows)


def is_continuation(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a record has some text but neither date nor money in the columns where rows have them."""
    keys = [index for role in (ColumnRole.DATE, *_MONEY) if (index := columns.get(role)) is not None]
    filled = [index for index, cell in enumerate(cells) if cell.strip()]
    return bool(filled) and not any(index in keys for index in filled) and not looks_like_a_row(cells)


def _cells(table: Table, columns: Columns, role: ColumnRole) -> tuple[str, ...]:
    index = columns.get(role)
    return table.profiles[index].cells if index is not None else ()


def _signed(table: Table, columns: Columns, decimal_mark: str, sign: SignRule) -> list[Decimal | None]:
    amounts = money_values(_cells(table, columns, ColumnRole.AMOUNT), decimal_mark)
    if amounts:
        return [-moved if moved is not None and sign is SignRule.INVERTED else moved for moved in amounts]
    return _from_two_columns(table, columns, decimal_mark, sign)


def _from_two_columns(
    table: Table, columns: Columns, decimal_mark: str, sign: SignRule
) -> list[Decimal | None]:
    debits = money_values(_cells(table, columns, ColumnRole.DEBIT), decimal_mark)
    received = money_values(_cells(table, columns, ColumnRole.CREDIT), decimal_mark)
    rows = max(len(debits), len(received))
    debits, received = debits or [None] * rows, received or [None] * rows
    factor = 1 if sign is SignRule.DEBIT_CREDIT_AS_WRITTEN else -1
    return [
        None if out is None and into is None else (into or ZERO) + factor * (out or ZERO)
        for out, into in zip(debits, received, strict=True)
    ]
