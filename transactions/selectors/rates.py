"""What money is worth in another currency, and a row in those of its account and its person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from core.domain.money import LARGEST_KEPT
from core.errors import field_error
from transactions.adapters import exchange_rates
from transactions.domain.valuation import convert
from transactions.models import Transaction


@dataclass(frozen=True, slots=True)
class Worth:
    """One amount in the account's and the person's currency; ``base_amount`` is None without a rate."""

    account_amount: Decimal
    base_amount: Decimal | None
    rate_on: date | None


class Conversion(NamedTuple):
    """An amount in another currency by the rate of ``rate_on``.

    No day where the currency stayed the same, and neither where there is no rate.
    """

    amount: Decimal | None
    rate_on: date | None


def conversion(amount: Decimal, *, source: str, target: str, on: date) -> Conversion:
    """What an amount was worth on a day by the reference rate, half-even at the target's own precision.

    A worth that no column holds counts as unknown.
    """
    if source == target:
        return Conversion(amount, None)
    rate = exchange_rates().rate(source=source, target=target, on=on)
    value = convert(amount, rate=rate, target=target) if rate else None
    if rate is None or value is None or abs(value) >= LARGEST_KEPT:
        return Conversion(None, None)
    return Conversion(value, rate.on)


def converted(amount: Decimal, *, source: str, target: str, on: date) -> Decimal | None:
    """What an amount was worth by the reference rate; None where there is none."""
    return conversion(amount, source=source, target=target, on=on).amount


def worth(
    amount: Decimal,
    *,
    currency: str,
    account_currency: str,
    base_currency: str,
    on: date,
    account_amount: Decimal | None = None,
) -> Worth:
    """What a row is worth; ``account_amount`` is what the bank booked, where that is known.

    Raises a validation error where the account's currency has no rate and the bank's figure is missing.
    """
    booked_on = None
    if account_amount is None or currency == account_currency:
        account_amount, booked_on = conversion(amount, source=currency, target=account_currency, on=on)
    if account_amount is None:
        raise field_error(
            "account_amount",
            f"There is no rate from {currency} to {account_currency}; give the amount in {account_currency}.",
            "no_rate",
        )
    # What the bank booked in the account's currency is nearer the truth than a reference rate.
    base_amount, valued_on = conversion(account_amount, source=account_currency, target=base_currency, on=on)
    return Worth(account_amount=account_amount, base_amount=base_amount, rate_on=valued_on or booked_on)


def booked(row: Transaction) -> Decimal | None:
    """What the bank itself charged the account; None where that is only what the reference rate gives."""
    by_rate = converted(row.amount, source=row.currency, target=row.account.currency, on=row.date)
    return None if by_rate == row.account_amount else row.account_amount
