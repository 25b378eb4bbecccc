"""The terms of a debt as the engine takes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.domain.money import LARGEST_AMOUNT, to_minor
from debts.domain.given import NOTHING, DatedAmount, GivenDebt, GivenMinimum, GivenPromo, GivenSegment
from debts.domain.interest import month_number, month_on
from debts.domain.terms import MAX_MONTHS, Debt, Minimum, RateStep, Segment


def terms_of(given: GivenDebt, *, currency: str, start: date, charges: Iterable[DatedAmount] = ()) -> Debt:
    """The debt of a plan that starts on ``start``; days become months of the plan."""
    limit = given.credit_limit
    return Debt(
        name=given.name,
        segments=tuple(_segment(part, currency, start) for part in given.parts),
        minimum=minimum_of(given.minimum_payment, currency),
        accrual=given.accrual,
        monthly_fee=to_minor(given.monthly_fee, currency),
        late_fee=to_minor(given.late_fee, currency),
        fees=_fees(given, currency, start),
        charges=by_month(charges, currency, start),
        credit_limit=None if limit is None else to_minor(limit, currency),
        minimum_goes_to=given.minimum_goes_to,
        ceiling=to_minor(LARGEST_AMOUNT, currency),
    )


def minimum_of(given: GivenMinimum, currency: str) -> Minimum:
    """The minimum rule; its amounts in minor units."""
    return Minimum(
        rule=given.rule,
        amount=to_minor(given.amount, currency),
        percent=given.percent,
        floor=to_minor(given.floor, currency),
        of=given.of,
        months=given.months,
    )


def by_month(dated: Iterable[DatedAmount], currency: str, start: date) -> dict[int, int]:
    """Dated amounts as minor units in the first month of the plan whose day is not before theirs."""
    found: dict[int, int] = {}
    for each in dated:
        month = first_month_from(start, each.on)
        found[month] = found.get(month, 0) + to_minor(each.amount, currency)
    return found


def first_month_from(start: date, day: date) -> int:
    """The first month of the plan whose day is ``day`` or after it; 1 for a day before the plan."""
    return 1 if day <= start else month_number(start, day - timedelta(days=1)) + 1


def _segment(part: GivenSegment, currency: str, start: date) -> Segment:
    promo = part.promo
    until = _last_promotional_month(promo, start)
    changes = {
        first_month_from(start, change.on): change.apr
        for change in sorted(part.rate_changes, key=lambda change: change.on)
    }
    months = sorted({1, until + 1, *changes})
    is_deferred = promo is not None and promo.deferred and until > 0
    return Segment(
        balance=to_minor(part.amount, currency),
        rates=_rates(months, until, promo, _Regular(part.apr, changes)),
        kind=part.kind,
        deferred_until=until if is_deferred else None,
        deferred_apr=part.apr if is_deferred else NOTHING,
    )


class _Regular:
    """A segment's rate outside its promotion."""

    def __init__(self, apr: Decimal, changes: Mapping[int, Decimal]) -> None:
        self._apr, self._changes = apr, changes

    def apr(self, month: int) -> Decimal:
        begun = [start for start in self._changes if start <= month]
        return self._changes[max(begun)] if begun else self._apr


def _rates(
    months: Sequence[int], until: int, promo: GivenPromo | None, regular: _Regular
) -> tuple[RateStep, ...]:
    return tuple(
        RateStep(month, promo.apr if promo is not None and month <= until else regular.apr(month))
        for month in months
    )


def _last_promotional_month(promo: GivenPromo | None, start: date) -> int:
    if promo is None:
        return 0
    if promo.until is not None:
        return max(0, month_number(start, promo.until))
    return promo.months or 0


def _fees(given: GivenDebt, currency: str, start: date) -> dict[int, int]:
    fees = by_month(given.fees, currency, start)
    yearly = to_minor(given.annual_fee, currency)
    if yearly:
        due_in = given.annual_fee_month or start.month
        for month in range(1, MAX_MONTHS + 1):
            if month_on(start, month).month == due_in:
                fees[month] = fees.get(month, 0) + yearly
    return fees
