"""How the household means to end its debts."""

from datetime import date

from debts.demo.described import CURRENCY
from debts.domain.interest import month_on

NAME = "Free of debt, the dearest first"
MONTHS_FOLLOWED = 4


def plan_request(today: date) -> dict[str, str]:
    """An avalanche that began on the first of a month some months ago, as a client would ask for it."""
    begun = month_on(today.replace(day=1), 1 - MONTHS_FOLLOWED)
    return {
        "strategy": "avalanche",
        "currency": CURRENCY,
        "monthly_budget": "750.00",
        "starts_on": begun.isoformat(),
    }
