"""Balances: ``:60F:C250131EUR1234,56``."""

import re
from decimal import Decimal
from typing import NamedTuple

from ingest.domain import values

_BALANCE = re.compile(r"\s*([CD])\s?([0-9]{6})\s?([A-Z]{3})\s?([0-9.,]{1,40})")


class Balance(NamedTuple):
    """A balance, negative where it is a debit one."""

    amount: Decimal
    currency: str


def read_balance(text: str) -> Balance | None:
    """The balance a field states, or None where it does not have that form."""
    found = _BALANCE.match(text)
    amount = values.amount(found[4]) if found else None
    if found is None or amount is None:
        return None
    return Balance(-amount if found[1] == "D" else amount, found[3])
