"""What the household's debts consist of: plain immutable records."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debts.domain.given import GivenMinimum, GivenSegment

CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class DemoPayment:
    """A payment in euro; ``is_in_ledger`` where the joint account's statement shows it."""

    on: date
    amount: Decimal
    notes: str = ""
    is_in_ledger: bool = False


@dataclass(frozen=True, slots=True)
class DemoDebt:
    """A debt in euro, as it was on ``balance_on``, and everything paid on it since, the oldest first.

    ``statement`` is what a bank statement says of a payment.
    """

    name: str
    kind: str
    lender: str
    opened_on: date
    balance_on: date
    due_day: int
    minimum: GivenMinimum
    segments: tuple[GivenSegment, ...]
    payments: tuple[DemoPayment, ...]
    credit_limit: Decimal | None = None
    notes: str = ""
    statement: str = ""
