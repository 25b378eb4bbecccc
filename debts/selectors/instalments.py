"""The parts of a purchase that is paid in instalments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.money import from_minor, to_minor
from debts.domain.instalments import Frequency, instalments
from debts.models import InstalmentPurchase


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseInstalment:
    """One part of a purchase."""

    on: date
    amount: Decimal
    is_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseState:
    """A purchase by its parts; nothing is due once all are paid."""

    paid: Decimal
    remaining: Decimal
    next_due_on: date | None
    instalments: tuple[PurchaseInstalment, ...]


def state_of(purchase: InstalmentPurchase) -> PurchaseState:
    """How far a purchase has been paid; its parts add up to its amount."""
    code = purchase.currency
    parts = instalments(
        total=to_minor(purchase.amount, code),
        count=purchase.count,
        paid=purchase.paid_count,
        first_on=purchase.first_due_on,
        frequency=Frequency(purchase.frequency),
    )
    return PurchaseState(
        paid=from_minor(sum(part.amount for part in parts if part.is_paid), code),
        remaining=from_minor(sum(part.amount for part in parts if not part.is_paid), code),
        next_due_on=next((part.on for part in parts if not part.is_paid), None),
        instalments=tuple(
            PurchaseInstalment(on=part.on, amount=from_minor(part.amount, code), is_paid=part.is_paid)
            for part in parts
        ),
    )
