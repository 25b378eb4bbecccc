"""What stands around the rows: the file's name, the lines above the header, the headings."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.adapters.csv.columns import Columns
from ingest.adapters.csv.money_columns import Table
from ingest.domain.account_numbers import (
    account_in_file_name,
    account_labelled,
    iban_within,
    normal_account_number,
)
from ingest.domain.amounts import currency_beside
from ingest.domain.column_roles import ColumnRole
from ingest.domain.currency_marks import CURRENCY_OF_SIGN, currency_named, currency_within
from ingest.domain.guess import Guess
from ingest.domain.statement_words import speaks_of_a_credit_card

_MONEY = (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT)


@dataclass(frozen=True, slots=True)
class Context:
    """A file's surroundings: its name, its preamble's cells line by line, its table and columns."""

    filename: str
    preamble: tuple[tuple[str, ...], ...]
    table: Table
    columns: Columns

    @property
    def about(self) -> str:
        """The file's name, preamble and headings as one text."""
        lines = [" ".join(cells) for cells in self.preamble]
        return "\n".join([self.filename.replace("_", " "), *lines, " ".join(self.table.names)])

    @property
    def speaks_of_a_credit_card(self) -> bool:
        """Whether the surroundings, or a column that says the same in each row, speak of a credit card."""
        same = [
            profile.cells[0] for profile in self.table.profiles if profile.distinct == 1 and profile.cells
        ]
        return any(speaks_of_a_credit_card(text) for text in (*self.about.split("\n"), *same))

    @property
    def uses_bare_dollars(self) -> bool:
        """Whether amounts or headings bear a dollar sign or say USD."""
        cells = [cell for role in _MONEY for cell in _cells(self, role)[:50]]
        return (
            any("$" in cell for cell in cells)
            or "USD" in self.about
            or "$" in self.about
            or _dollar_rows(self)
        )


def find_account(context: Context) -> Guess[str | None]:
    """The one account all rows are on: by its column, the preamble, or the file's name."""
    index = context.columns.get(ColumnRole.ACCOUNT)
    if index is not None:
        distinct = {
            normal_account_number(cell.removeprefix("'"))
            for cell in context.table.profiles[index].cells
            if cell
        }
        return Guess(distinct.pop() if len(distinct) == 1 else None, 0.9)
    labelled = _labelled(context)
    if labelled:
        return Guess(labelled, 0.8)
    ibans = {iban for cells in context.preamble for cell in cells if (iban := iban_within(cell))}
    if len(ibans) == 1:
        return Guess(ibans.pop(), 0.7)
    named = account_in_file_name(context.filename)
    return Guess(named, 0.6 if named else 0.3)


def find_currency(context: Context) -> Guess[str | None]:
    """The one currency of the rows: by its column, the amounts themselves, a heading, the preamble, the
    name.
    """
    index = context.columns.get(ColumnRole.CURRENCY)
    if index is not None:
        distinct = {currency_named(cell) for cell in context.table.profiles[index].cells if cell} - {None}
        return Guess(distinct.pop() if len(distinct) == 1 else None, 0.95)
    beside = Counter(
        code for role in _MONEY for cell in _cells(context, role) if (code := currency_beside(cell))
    )
    if beside:
        return Guess(beside.most_common(1)[0][0], 0.9)
    return _currency_in_words(context)


def _cells(context: Context, role: ColumnRole) -> tuple[str, ...]:
    index = context.columns.get(role)
    return context.table.profiles[index].cells if index is not None else ()


def _dollar_rows(context: Context) -> bool:
    return "USD" in _cells(context, ColumnRole.CURRENCY)[:50]


def _labelled(context: Context) -> str | None:
    """A number behind the words that announce it: in their cell, in the next one, or on the next line."""
    for cells in context.preamble:
        for label, value in (*(_label_and_value(cell) for cell in cells), *pairwise(cells)):
            found = account_labelled(label, value)
            if found:
                return found
    filled = [[cell for cell in cells if cell.strip()] for cells in context.preamble]
    lines = [cells for cells in filled if cells]
    for above, below in pairwise(lines):
        found = account_labelled(above[-1], below[0]) if len(above) == len(below) == 1 else None
        if found:
            return found
    return None


def _label_and_value(cell: str) -> tuple[str, str]:
    label, separator, value = cell.partition(":")
    return (label, value) if separator else (cell, cell)


def _currency_in_words(context: Context) -> Guess[str | None]:
    for role in (*_MONEY, ColumnRole.BALANCE):
        index = context.columns.get(role)
        code = _currency_of_name(context.table.names[index]) if index is not None else None
        if code:
            return Guess(code, 0.9)
    found = {
        code
        for cells in context.preamble
        for cell in cells
        if (code := currency_within(cell) or _sign_in(cell))
    }
    if len(found) == 1:
        return Guess(found.pop(), 0.7)
    code = currency_within(context.filename.replace("_", " ").replace("-", " ").replace(".", " "))
    return Guess(code, 0.6 if code else 0.3)


def _currency_of_name(name: str) -> str | None:
    code = currency_within(name)
    if code:
        return code
    return next(
        (named for word in name.replace("(", " ").replace(")", " ").split() if (named := _money_word(word))),
        None,
    )


def _money_word(word: str) -> str | None:
    return currency_named(word) if not word.isascii() or "$" in word else None


def _sign_in(cell: str) -> str | None:
    return next((code for sign, code in CURRENCY_OF_SIGN.items() if len(sign) == 1 and sign in cell), None)
