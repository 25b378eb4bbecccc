"""What comes round in a ledger: bills, subscriptions and pay, found in the history."""

from transactions.domain.recurring.finder import find_recurring
from transactions.domain.recurring.records import Kind, Movement, Period, PriceChange, Series

__all__ = ["Kind", "Movement", "Period", "PriceChange", "Series", "find_recurring"]
