"""What the ledger asks of the world outside."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from transactions.domain.valuation import Rate


class ExchangeRates(Protocol):
    """Reference rates between currencies."""

    def rate(self, *, source: str, target: str, on: date) -> Rate | None:
        """How much of ``target`` one unit of ``source`` is worth on a day.

        On a day without a rate the last one before it counts, and for days before the first rate the first;
        None where there has never been one.
        """
        ...


class Guess(NamedTuple):
    """`percent`: of a hundred such guesses so many are right."""

    category: str
    percent: int


class TextModel(Protocol):
    """Guesses a category from the looks of a merchant's name."""

    def guess(self, words: Sequence[str], *, country: str, is_inflow: bool | None) -> Guess | None:
        """The likeliest category of folded `words`, or None where no guess is good enough.

        `country`: ISO 3166 alpha-2 in lower case, or empty. Money coming in has income categories only, money
        going out all others.
        """
        ...
