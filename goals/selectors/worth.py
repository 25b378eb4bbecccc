"""Amounts in another currency, by the reference rate of a day."""

from datetime import date
from decimal import Decimal

from core.domain.money import from_minor, nearest_minor
from core.errors import DomainError
from transactions.selectors.rates import converted


def units_in(amount: Decimal, source: str, target: str, *, on: date) -> int | None:
    """The amount in minor units of ``target``, half-even; None where there is no rate."""
    worth = converted(amount, source=source, target=target, on=on)
    return None if worth is None else nearest_minor(worth, target)


def required_units(amount: Decimal, source: str, target: str, *, on: date) -> int:
    """``units_in``, or 422 ``NO_RATE``."""
    units = units_in(amount, source, target, on=on)
    if units is None:
        raise DomainError(
            f"There is no rate from {source} to {target}.",
            code="NO_RATE",
            http_status=422,
            details={"from": source, "to": target},
        )
    return units


def moved(units: int, source: str, target: str, *, on: date) -> int:
    """Minor units of one currency in those of another; 422 ``NO_RATE``."""
    if source == target:
        return units
    return required_units(from_minor(units, source), source, target, on=on)
