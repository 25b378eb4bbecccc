"""What a demo household consists of: plain immutable records."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

CURRENCY = "EUR"
CHECKING, SAVINGS, CARD, CASH = "checking", "savings", "credit_card", "cash"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account in euro; ``kind`` is one of the ledger's and names the account within the household."""

    kind: str
    name: str
    opening_balance: Decimal
    number: str = ""
    institution: str = ""


class DemoPart(NamedTuple):
    """A part of a row in a shipped category of its own."""

    amount: Decimal
    category: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One movement; outflow is negative.

    ``amount`` is in ``currency``; ``account_amount`` is what the bank booked in euro, for a row in another
    currency. ``chosen`` is the shipped category that the household picked by hand. Two rows that bear the
    same ``transfer`` are its halves.
    """

    account: str
    date: date
    amount: Decimal
    description: str
    currency: str = CURRENCY
    account_amount: Decimal | None = None
    is_pending: bool = False
    notes: str = ""
    tags: tuple[str, ...] = ()
    parts: tuple[DemoPart, ...] = ()
    chosen: str = ""
    transfer: str = ""

    @property
    def booked(self) -> Decimal:
        """The movement in euro."""
        return self.amount if self.account_amount is None else self.account_amount


@dataclass(frozen=True, slots=True)
class Household:
    """Accounts and their rows, the oldest first."""

    accounts: tuple[DemoAccount, ...]
    rows: tuple[DemoRow, ...]

    @property
    def tags(self) -> list[str]:
        """The household's own words, in alphabetical order."""
        return sorted({tag for row in self.rows for tag in row.tags})


def moved(
    day: date, *, source: str, target: str, amount: Decimal, texts: tuple[str, str]
) -> tuple[DemoRow, DemoRow]:
    """A positive amount that leaves one own account for another: the paying row, then the receiving one."""
    key = f"{source} to {target} on {day.isoformat()}"
    return (
        DemoRow(source, day, -amount, texts[0], transfer=key),
        DemoRow(target, day, amount, texts[1], transfer=key),
    )
