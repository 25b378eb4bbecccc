"""Rows on their way into the ledger."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row from outside, classified and ready to post; ``category`` is a code, or an id that was taught."""

    external_id: str
    date: date
    time: time | None
    amount: Decimal
    currency: str
    description: str
    status: str
    merchant_key: str
    merchant_name: str
    category: str
    category_source: str
    category_confidence: Decimal
    category_reason: str


def unclassified(
    *,
    external_id: str,
    date: date,
    time: time | None,
    amount: Decimal,
    currency: str,
    description: str,
    status: str,
    merchant_key: str = "",
) -> IncomingRow:
    """A row of which nobody has said yet what it is about."""
    return IncomingRow(
        external_id=external_id,
        date=date,
        time=time,
        amount=amount,
        currency=currency,
        description=description,
        status=status,
        merchant_key=merchant_key,
        merchant_name="",
        category="",
        category_source="none",
        category_confidence=Decimal(0),
        category_reason="",
    )
