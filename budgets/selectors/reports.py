"""What became of a period."""

from typing import Any

from budgets.domain.envelopes import Rollover, rolled_over
from budgets.selectors.spending import income_received, unconverted
from budgets.selectors.standing import Standing
from core.domain.money import minor_as_text, plain, to_minor


def close_report(stood: Standing) -> dict[str, Any]:
    """Every category's allocation, spending and what it hands on, and the totals; amounts as texts.

    ``unplanned`` was spent in categories without an allocation, ``saved`` is income less all that was spent.
    """
    period, currency = stood.period, stood.period.currency
    received = income_received(period.user_id, first=period.first_on, last=period.last_on)
    income = to_minor(received, currency)
    spent = sum(each.total_spent for each in stood.envelopes)
    unplanned = sum(stood.unplanned)

    def text(units: int) -> str:
        return minor_as_text(units, currency)

    return {
        "first_on": period.first_on.isoformat(),
        "last_on": period.last_on.isoformat(),
        "currency": currency,
        "income_expected": plain(period.income_expected, currency),
        "income_received": text(income),
        "allotted": text(sum(each.budgeted for each in stood.envelopes)),
        "spent": text(spent + unplanned),
        "unplanned": text(unplanned),
        "saved": text(income - spent - unplanned),
        "unconverted": unconverted(period.user_id, first=period.first_on, last=period.last_on),
        "categories": [
            {
                "category": str(allocation.category_id),
                "name": allocation.category.label,
                "group": allocation.category.group,
                "allotted": text(envelope.budgeted),
                "moved": text(stood.moved.get(allocation.pk, 0)),
                "spent": text(envelope.total_spent),
                "remaining": text(envelope.remaining),
                "rolls_over": text(rolled_over(envelope.remaining, Rollover(allocation.rollover))),
                "status": envelope.status.value,
            }
            for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True)
        ],
    }
