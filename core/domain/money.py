"""Amounts and their currencies: exact decimals, rounded only where a function says so."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from moneyed import CURRENCIES, Currency, Money, get_currency

MAX_DIGITS = 19
DECIMAL_PLACES = 4
# SQLite keeps decimals as binary floating point: fifteen digits come back as they were, sixteen may not.
EXACT_DIGITS = 15
# No amount that comes in is as large: sums of a thousand of them still fit into a column.
LARGEST_AMOUNT = Decimal(10) ** 12
# What a column holds: an amount may be worth much more in another currency.
LARGEST_KEPT = Decimal(10) ** (MAX_DIGITS - DECIMAL_PLACES)


class MoneyError(ValueError):
    """An amount or a currency that the ledger cannot hold; the message says why."""


@lru_cache(maxsize=512)
def currency_of(code: str) -> Currency:
    """The ISO 4217 currency for an upper-case code; raises ``MoneyError`` for anything else."""
    if code not in CURRENCIES or code in {"XXX", "XTS"}:
        raise MoneyError(f"“{code[:8]}” is not an ISO 4217 currency code.")
    return get_currency(code)


@lru_cache(maxsize=512)
def minor_digits(code: str) -> int:
    """Digits after the decimal point in the currency's own precision: 2 for EUR, 0 for JPY, 3 for BHD.

    Source: ISO 4217, table A.1.
    """
    return len(str(currency_of(code).sub_unit)) - 1


@lru_cache(maxsize=512)
def minor_unit(code: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for EUR, 1 for JPY."""
    return Decimal(1).scaleb(-minor_digits(code))


def round_to_minor(amount: Decimal, code: str) -> Decimal:
    """The amount at its currency's precision, half-even (ISO 80000-1, rule A)."""
    return amount.quantize(minor_unit(code), rounding=ROUND_HALF_EVEN)


def require_exact(amount: Decimal, code: str) -> Decimal:
    """The amount unchanged where its currency can hold it, otherwise ``MoneyError``.

    Nothing is rounded here: an amount with more digits than the currency has is a mistake to report.
    """
    if not amount.is_finite():
        raise MoneyError("The amount is not a number.")
    if abs(amount) >= Decimal(10) ** (EXACT_DIGITS - minor_digits(code)):
        raise MoneyError(f"The amount has more than {EXACT_DIGITS} digits.")
    return _require_precision(amount, code)


def _require_precision(amount: Decimal, code: str) -> Decimal:
    if amount != round_to_minor(amount, code):
        digits = minor_digits(code)
        raise MoneyError(f"{code} has {digits} decimal places; {amount.normalize():f} has more.")
    return amount


def plain(amount: Decimal, code: str) -> str:
    """The amount as a decimal string at its currency's precision: ``-12.50``, ``1200``; nothing has no sign."""
    return f"{round_to_minor(amount, code) + 0:f}"


def to_minor(amount: Decimal, code: str) -> int:
    """The amount, of any size, as a whole number of minor units; it has to be exact in its currency."""
    return int(_require_precision(amount, code).scaleb(minor_digits(code)))


def nearest_minor(amount: Decimal, code: str) -> int:
    """The amount as a whole number of minor units, rounded half-even."""
    return round(amount.scaleb(minor_digits(code)))


def from_minor(units: int, code: str) -> Decimal:
    """The amount of a whole number of minor units."""
    return Decimal(units).scaleb(-minor_digits(code))


def minor_as_text(units: int, code: str) -> str:
    """A whole number of minor units as ``plain`` writes the amount."""
    digits = minor_digits(code)
    if not digits:
        return str(units)
    whole, part = divmod(abs(units), 10**digits)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{digits}d}"


def money(amount: Decimal, code: str) -> Money:
    """An immutable amount that refuses to be added to another currency."""
    return Money(require_exact(amount, code), currency_of(code))


def allocate(total: Decimal, weights: Sequence[Decimal], code: str) -> list[Decimal]:
    """Parts of ``total`` in proportion to ``weights``; the parts add up to ``total`` exactly.

    Each share is cut towards zero at the minor unit, and the units left over go one each to the shares with
    the largest remainders, the earlier share first among equals (Hamilton's method). Weights are not
    negative and their sum is positive, or ``MoneyError`` is raised.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise MoneyError("Weights must not be negative and must not all be zero.")
    require_exact(total, code)
    unit = minor_unit(code).copy_sign(total)
    exact = [total * weight / whole for weight in weights]
    parts = [share.quantize(minor_unit(code), rounding=ROUND_DOWN) for share in exact]
    left = int((total - sum(parts, Decimal(0))) / unit)
    by_remainder = sorted(range(len(parts)), key=lambda i: (-abs(exact[i] - parts[i]), i))
    for index in by_remainder[:left]:
        parts[index] += unit
    return parts


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """``allocate`` for a whole number of minor units: integer parts that add up to ``total`` exactly.

    Source: Hamilton's method of largest remainders. Raises ``MoneyError`` as ``allocate`` does.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise MoneyError("Weights must not be negative and must not all be zero.")
    sign = -1 if total < 0 else 1
    shares = [divmod(abs(total) * weight, whole) for weight in weights]
    parts = [share for share, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-shares[i][1], i))
    for index in by_remainder[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def first_share(total: int, weights: Sequence[int]) -> int:
    """The first part of ``share_out``, in a single pass; raises ``MoneyError`` as it does."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise MoneyError("Weights must not be negative and must not all be zero.")
    amount = abs(total)
    remainders = [amount * weight % whole for weight in weights]
    first, units_left = remainders[0], sum(remainders) // whole
    comes_before = sum(remainder > first for remainder in remainders)
    part = amount * weights[0] // whole + (comes_before < units_left)
    return -part if total < 0 else part
