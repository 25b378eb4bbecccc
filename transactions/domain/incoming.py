"""A row on its way into the ledger, in the one form that it has from its source to its table."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Self, TypedDict


class StoredRow(TypedDict):
    """A row as a JSON document: days and times in ISO 8601, numbers as strings."""

    external_id: str
    date: str
    time: str | None
    amount: str
    currency: str
    description: str
    status: str
    merchant_key: str
    merchant_name: str
    category: str
    category_source: str
    category_confidence: str
    category_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow:
    """A row from outside; ``category`` is a code, or an id that was taught.

    Until somebody has said what it is about, it has no category, of no source.
    """

    external_id: str
    date: dt.date
    time: dt.time | None
    amount: Decimal
    currency: str
    description: str
    status: str
    merchant_key: str = ""
    merchant_name: str = ""
    category: str = ""
    category_source: str = "none"
    category_confidence: Decimal = Decimal(0)
    category_reason: str = ""

    def stored(self) -> StoredRow:
        """The row as a document, from which ``read`` makes an equal one."""
        return {
            "external_id": self.external_id,
            "date": self.date.isoformat(),
            "time": self.time.isoformat() if self.time else None,
            "amount": str(self.amount),
            "currency": self.currency,
            "description": self.description,
            "status": self.status,
            "merchant_key": self.merchant_key,
            "merchant_name": self.merchant_name,
            "category": self.category,
            "category_source": self.category_source,
            "category_confidence": str(self.category_confidence),
            "category_reason": self.category_reason,
        }

    @classmethod
    def read(cls, stored: StoredRow) -> Self:
        """The row of a document that ``stored`` made."""
        return cls(
            external_id=stored["external_id"],
            date=dt.date.fromisoformat(stored["date"]),
            time=dt.time.fromisoformat(stored["time"]) if stored["time"] is not None else None,
            amount=Decimal(stored["amount"]),
            currency=stored["currency"],
            description=stored["description"],
            status=stored["status"],
            merchant_key=stored["merchant_key"],
            merchant_name=stored["merchant_name"],
            category=stored["category"],
            category_source=stored["category_source"],
            category_confidence=Decimal(stored["category_confidence"]),
            category_reason=stored["category_reason"],
        )
