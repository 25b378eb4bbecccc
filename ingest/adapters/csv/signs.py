"""How a file says whether money came in or went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.adapters.csv.columns import Columns
from ingest.adapters.csv.money_columns import Table
from ingest.adapters.csv.profiles import money_values
from ingest.domain.amount_rules import SignRule
from ingest.domain.amounts import is_marked_inflow, is_marked_outflow
from ingest.domain.balances import weigh_balances
from ingest.domain.column_roles import ColumnRole
from ingest.domain.guess import Guess
from ingest.domain.statement_words import (
    is_card_payment,
    is_inflow_word,
    is_outflow_word,
    sounds_like_income,
    sounds_like_spending,
)


@dataclass(frozen=True, slots=True)
class _Signs:
    amounts: Sequence[Decimal | None]
    balances: Sequence[Decimal | None]
    cells: Sequence[str]
    directions: Sequence[str]
    texts: Sequence[str]
    card: bool

    @property
    def positives(self) -> int:
        return sum(amount is not None and amount > 0 for amount in self.amounts)

    @property
    def negatives(self) -> int:
        return sum(amount is not None and amount < 0 for amount in self.amounts)


def decide_sign(table: Table, columns: Columns, *, decimal_mark: str, credit_card: bool) -> Guess[SignRule]:
    """The sign rule that explains the sample, proven by the running balance where there is one.

    ``credit_card`` says that something about the file (its name, preamble or headings) speaks of a credit
    card, whose exports often show purchases without a minus. Where nothing speaks either way, amounts are
    taken as written with a confidence of 0.5 or less.
    """
    if columns.get(ColumnRole.AMOUNT) is None:
        return _debit_credit(table, columns)
    signs = _signs(table, columns, decimal_mark, card=credit_card)
    for rule in (_by_balance, _by_direction, _by_marks, _by_payments, _by_likelihood):
        guess = rule(signs)
        if guess is not None:
            return guess
    return Guess(SignRule.AS_WRITTEN, 0.95 if signs.positives and signs.negatives else 0.85)


def blank_direction_is_out(words: Sequence[str]) -> bool:
    """What an empty direction cell means: the opposite of what the filled ones say."""
    return any(map(is_inflow_word, words)) and not any(map(is_outflow_word, words))


def _cells(table: Table, columns: Columns, role: ColumnRole) -> Sequence[str]:
    index = columns.get(role)
    return table.profiles[index].cells if index is not None else ()


def _signs(table: Table, columns: Columns, decimal_mark: str, *, card: bool) -> _Signs:
    cells = _cells(table, columns, ColumnRole.AMOUNT)
    amounts = money_values(cells, decimal_mark)
    balances = money_values(_cells(table, columns, ColumnRole.BALANCE), decimal_mark) or [None] * len(cells)
    texts = [
        " ".join(table.profiles[index].cells[row] for index in columns.description)
        for row in range(len(cells))
    ]
    return _Signs(amounts, balances, cells, _cells(table, columns, ColumnRole.DIRECTION), texts, card)


def _debit_credit(table: Table, columns: Columns) -> Guess[SignRule]:
    index = columns.get(ColumnRole.DEBIT)
    named = 0.95 if any(table.names) else 0.7
    if index is None:
        return Guess(SignRule.DEBIT_CREDIT, named)
    profile = table.profiles[index]
    if profile.negatives * 2 > profile.filled:
        return Guess(SignRule.DEBIT_CREDIT_AS_WRITTEN, named)
    return Guess(SignRule.DEBIT_CREDIT, named)


def _by_balance(signs: _Signs) -> Guess[SignRule] | None:
    written = weigh_balances(signs.amounts, signs.balances)
    inverted = weigh_balances(
        [-amount if amount is not None else None for amount in signs.amounts], signs.balances
    )
    if written.proves and written.ties >= inverted.ties:
        return Guess(SignRule.AS_WRITTEN, 0.99)
    if inverted.proves and (signs.negatives or signs.positives > 1) and not _directions_tell(signs):
        return Guess(SignRule.INVERTED, 0.97)
    if signs.negatives or _directions_tell(signs):
        return None
    unsigned = weigh_balances(signs.amounts, signs.balances, unsigned=True)
    return Guess(SignRule.BALANCE, 0.9) if unsigned.proves else None


def _directions_tell(signs: _Signs) -> bool:
    return any(signs.directions)


def _by_direction(signs: _Signs) -> Guess[SignRule] | None:
    if not _directions_tell(signs):
        return None
    if not signs.negatives:
        return Guess(SignRule.DIRECTION, 0.95)
    pairs = [
        (amount < 0, is_outflow_word(word))
        for amount, word in zip(signs.amounts, signs.directions, strict=True)
        if amount and word
    ]
    agree = sum(negative == out for negative, out in pairs)
    if agree * 2 >= len(pairs) or not signs.positives:
        return Guess(SignRule.AS_WRITTEN, 0.95)
    return Guess(SignRule.DIRECTION if signs.negatives < signs.positives else SignRule.AS_WRITTEN, 0.6)


def _by_marks(signs: _Signs) -> Guess[SignRule] | None:
    inflows = sum(map(is_marked_inflow, signs.cells))
    if not inflows or any(map(is_marked_outflow, signs.cells)) or inflows == len(signs.cells):
        return None
    return Guess(SignRule.UNMARKED_OUT, 0.85)


def _by_payments(signs: _Signs) -> Guess[SignRule] | None:
    """Few negatives that sound like payments to a card, among purchases without a sign."""
    if not signs.negatives or signs.negatives > signs.positives:
        return None
    negative_texts = [
        text for amount, text in zip(signs.amounts, signs.texts, strict=True) if amount and amount < 0
    ]
    payments = sum(is_card_payment(text, on_a_card=signs.card) for text in negative_texts)
    if payments * 2 >= len(negative_texts):
        return Guess(SignRule.INVERTED, 0.85 if signs.card else 0.7)
    if signs.card and signs.negatives * 4 < signs.positives:
        return Guess(SignRule.INVERTED, 0.55)
    return Guess(SignRule.AS_WRITTEN, 0.7)


def _by_likelihood(signs: _Signs) -> Guess[SignRule] | None:
    """No sign anywhere: a credit card, or rows that sound like shopping, mean money out."""
    if signs.negatives or not signs.positives:
        return None
    income = sum(map(sounds_like_income, signs.texts))
    spending = sum(map(sounds_like_spending, signs.texts))
    if signs.card and income <= spending + len(signs.texts) // 2:
        return Guess(SignRule.INVERTED, 0.6)
    if spending > income and len(signs.texts) >= 3:
        return Guess(SignRule.INVERTED, 0.5)
    return Guess(SignRule.AS_WRITTEN, 0.4)
