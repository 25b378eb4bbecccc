"""What the ledger asks of the world outside."""

from datetime import date
from typing import Protocol

from transactions.domain.valuation import Rate


class ExchangeRates(Protocol):
    """Reference rates between currencies."""

    def rate(self, *, source: str, target: str, on: date) -> Rate | None:
        """How much of ``target`` one unit of ``source`` is worth on a day.

        On a day without a rate the last one before it counts, and for days before the first rate the first;
        None where there has never been one.
        """
        ...
