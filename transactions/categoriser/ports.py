"""What the categoriser asks of a model of text."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


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
