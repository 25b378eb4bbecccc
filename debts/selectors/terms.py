"""The terms of a debt as the engine takes them, from the fields that a request or a row gives.

A debt comes as a mapping with the fields of ``DebtTermsSerializer``: amounts as decimals, rates in percent.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.domain.money import to_minor
from debts.domain.interest import month_number, month_on
from debts.domain.terms import (
    MAX_MONTHS,
    Accrual,
    BalanceBasis,
    Debt,
    Minimum,
    MinimumGoesTo,
    MinimumRule,
    RateStep,
    Segment,
    SegmentKind,
)

NOTHING = Decimal(0)


def terms_of(
    given: Mapping[str, Any],
    *,
    currency: str,
    start: date,
    charges: Iterable[Mapping[str, Any]] = (),
) -> Debt:
    """The debt of a plan that starts on ``start``; dates become months of the plan."""
    limit = given.get("credit_limit")
    return Debt(
        name=given["name"],
        segments=tuple(_segment(part, currency, start) for part in segments_given(given)),
        minimum=minimum_of(given.get("minimum_payment") or {}, currency),
        accrual=Accrual(given.get("accrual", Accrual.MONTHLY)),
        monthly_fee=_minor(given, "monthly_fee", currency),
        late_fee=_minor(given, "late_fee", currency),
        fees=_fees(given, currency, start),
        charges=by_month(charges, currency, start),
        credit_limit=to_minor(limit, currency) if limit is not None else None,
        minimum_goes_to=MinimumGoesTo(given.get("minimum_goes_to", MinimumGoesTo.LOWEST_APR)),
    )


def segments_given(given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The balances of a debt; one given by ``balance`` and ``apr`` alone has a single one."""
    parts: Sequence[Mapping[str, Any]] = given.get("segments") or ()
    return parts or [
        {
            "amount": given["balance"],
            "apr": given["apr"],
            "promo": given.get("promo"),
            "rate_changes": given.get("rate_changes") or (),
        }
    ]


def minimum_of(given: Mapping[str, Any], currency: str) -> Minimum:
    """The minimum rule; its amounts in minor units."""
    return Minimum(
        rule=MinimumRule(given.get("rule", MinimumRule.NONE)),
        amount=_minor(given, "amount", currency),
        percent=given.get("percent", NOTHING),
        floor=_minor(given, "floor", currency),
        of=BalanceBasis(given.get("of", BalanceBasis.AFTER_INTEREST)),
        months=given.get("months", 0),
    )


def by_month(dated: Iterable[Mapping[str, Any]], currency: str, start: date) -> dict[int, int]:
    """Dated amounts as minor units in the first month of the plan whose day is not before theirs."""
    found: dict[int, int] = {}
    for each in dated:
        month = first_month_from(start, each["on"])
        found[month] = found.get(month, 0) + to_minor(each["amount"], currency)
    return found


def first_month_from(start: date, day: date) -> int:
    """The first month of the plan whose day is ``day`` or after it; 1 for a day before the plan."""
    return max(1, month_number(start, day - timedelta(days=1)) + 1)


def _segment(part: Mapping[str, Any], currency: str, start: date) -> Segment:
    promo = part.get("promo") or {}
    until = _last_promotional_month(promo, start)
    changes = {
        first_month_from(start, change["on"]): change["apr"]
        for change in sorted(part.get("rate_changes") or (), key=lambda change: change["on"])
    }
    regular = _Regular(part["apr"], changes)
    is_deferred = bool(promo.get("deferred")) and until > 0
    starts = sorted({1, until + 1, *changes})
    rates = tuple(RateStep(month, promo["apr"] if month <= until else regular.apr(month)) for month in starts)
    return Segment(
        balance=to_minor(part["amount"], currency),
        rates=rates,
        kind=SegmentKind(part.get("kind", SegmentKind.PURCHASES)),
        deferred_until=until if is_deferred else None,
        deferred_apr=part["apr"] if is_deferred else NOTHING,
    )


class _Regular:
    """A segment's rate outside its promotion."""

    def __init__(self, apr: Decimal, changes: Mapping[int, Decimal]) -> None:
        self._apr, self._changes = apr, changes

    def apr(self, month: int) -> Decimal:
        begun = [start for start in self._changes if start <= month]
        return self._changes[max(begun)] if begun else self._apr


def _last_promotional_month(promo: Mapping[str, Any], start: date) -> int:
    if not promo:
        return 0
    if promo.get("until") is not None:
        return max(0, month_number(start, promo["until"]))
    months: int = promo["months"]
    return months


def _fees(given: Mapping[str, Any], currency: str, start: date) -> dict[int, int]:
    fees = by_month(given.get("fees") or (), currency, start)
    yearly = _minor(given, "annual_fee", currency)
    if yearly:
        due_in = given.get("annual_fee_month") or start.month
        for month in range(1, MAX_MONTHS + 1):
            if month_on(start, month).month == due_in:
                fees[month] = fees.get(month, 0) + yearly
    return fees


def _minor(given: Mapping[str, Any], name: str, currency: str) -> int:
    return to_minor(given.get(name) or NOTHING, currency)
