"""What the household's debts consist of: plain immutable records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

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

    ``minimum`` and ``segments`` have the fields that a request would give; ``statement`` is what a bank
    statement says of a payment.
    """

    name: str
    kind: str
    lender: str
    opened_on: date
    balance_on: date
    due_day: int
    minimum: Mapping[str, Any]
    segments: tuple[Mapping[str, Any], ...]
    payments: tuple[DemoPayment, ...]
    credit_limit: Decimal | None = None
    notes: str = ""
    statement: str = ""
