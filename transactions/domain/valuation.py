"""What an amount is worth in another currency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.money import allocate, round_to_minor


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of the target currency for one unit of the source, as published for ``on``."""

    value: Decimal
    on: date


def convert(amount: Decimal, *, rate: Rate, target: str) -> Decimal:
    """The amount in the target currency, half-even at its minor unit."""
    return round_to_minor(amount * rate.value, target)


def convert_parts(parts: list[Decimal], *, whole: Decimal | None, target: str) -> list[Decimal | None]:
    """The worth of each part of a row whose whole worth is known; the parts' worths add up to it.

    Where all parts have the row's sign, the worth is shared in proportion (largest remainder). Parts of both
    signs are converted one by one, and the last takes what rounding left.
    """
    if whole is None:
        return [None] * len(parts)
    total = sum(parts, Decimal(0))
    if total and all(part * total > 0 for part in parts):
        return list(allocate(whole, [abs(part) for part in parts], target))
    worths = [round_to_minor(part * whole / total, target) if total else Decimal(0) for part in parts[:-1]]
    return [*worths, whole - sum(worths, Decimal(0))]
