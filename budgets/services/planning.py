"""Putting the plan of a category's days together, at first and when its amount changes."""

from collections.abc import Mapping
from datetime import date

from budgets.domain.envelopes import Pattern
from budgets.domain.periods import Span
from budgets.domain.redistribution import take
from budgets.domain.spreading import TooMuchByHandError, spread, spread_by_hand
from budgets.models import Allocation
from budgets.selectors.habits import SpendingHabits
from budgets.selectors.standing import envelope_of
from core.domain.money import minor_as_text, to_minor
from core.errors import field_error


def planned_from_start(allocation: Allocation, habits: SpendingHabits, *, span: Span) -> list[int]:
    """A plan of all days by the allocation's pattern; amounts by hand that do not fit are a validation error."""
    currency = allocation.period.currency
    amount = to_minor(allocation.amount, currency)
    if allocation.pattern == Pattern.BY_HAND:
        return list(_by_hand(amount, allocation.by_hand, span, currency))
    weights = habits.weights(allocation.category_id, Pattern(allocation.pattern), span)
    return list(spread(amount, weights))


def planned_anew(allocation: Allocation, *, span: Span, today: date) -> list[int]:
    """The plan where only the amount has changed: the days from today take the difference.

    Days that are over and locked days stay; where the days left cannot give so much, the unspent money of earlier
    days does. A validation error where only locked days could.
    """
    place = min(span.index(today), len(span) - 1)
    difference = to_minor(allocation.amount, allocation.period.currency) - sum(allocation.planned)
    envelope = envelope_of(allocation, [0] * len(span), first=span.first, mode="spread")
    if difference < 0:
        planned = list(take(envelope, -difference, place))
        if sum(planned) != sum(allocation.planned) + difference:
            raise field_error("amount", "Its locked days hold more than that.", "locked_days")
        return planned
    free = [day for day in range(place, len(span)) if day not in envelope.locked_days] or [place]
    planned = list(allocation.planned)
    for day, share in zip(free, spread(difference, [planned[day] for day in free]), strict=True):
        planned[day] += share
    return planned


def _by_hand(amount: int, given: Mapping[str, int], span: Span, currency: str) -> tuple[int, ...]:
    amounts = {(date.fromisoformat(day) - span.first).days: units for day, units in given.items()}
    try:
        return spread_by_hand(amount, amounts, len(span))
    except TooMuchByHandError as exc:
        off = minor_as_text(abs(exc.excess), currency)
        told = "more" if exc.excess > 0 else "less"
        raise field_error(
            "by_hand", f"The days come to {off} {told} than the amount.", "not_the_sum"
        ) from exc
