"""What became of a period."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from budgets.domain.envelopes import Envelope, Rollover, Status, rolled_over
from budgets.models import Allocation, BudgetPeriod
from budgets.selectors.groups import CATEGORY_GROUP
from budgets.selectors.spending import income_received, unconverted
from budgets.selectors.standing import Standing, standing
from core.domain.money import from_minor, round_to_minor, to_minor
from core.serializers import answer_serializer, said
from transactions.domain.category_tree import CategoryGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryReport:
    category: UUID
    name: str
    group: CategoryGroup = field(metadata=CATEGORY_GROUP)
    allotted: Decimal
    moved: Decimal
    spent: Decimal
    remaining: Decimal
    rolls_over: Decimal
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReport:
    """What became of each category of a period, and the totals."""

    first_on: date
    last_on: date
    currency: str
    income_expected: Decimal
    income_received: Decimal
    allotted: Decimal
    spent: Decimal
    unplanned: Decimal = said("Spent in categories without an allocation; part of `spent`.")
    saved: Decimal = said("Income received minus everything spent.")
    unconverted: int = said("Rows that count nowhere for want of a rate.")
    categories: tuple[CategoryReport, ...]


def period_report(period: BudgetPeriod, *, mode: str) -> PeriodReport:
    """The report of a period: as it stands, or as it stood when it closed."""
    if period.report is None:
        return report_of(standing(period, mode=mode))
    kept = answer_serializer(PeriodReport)(data=period.report)
    kept.is_valid(raise_exception=True)
    report: PeriodReport = kept.validated_data
    return report


def report_of(stood: Standing) -> PeriodReport:
    """Every category's allocation, spending and what it hands on, and the totals, as they stand."""
    period, currency = stood.period, stood.period.currency
    received = income_received(period.user_id, first=period.first_on, last=period.last_on)
    income = to_minor(received, currency)
    unplanned = sum(stood.unplanned)
    spent = sum(each.total_spent for each in stood.envelopes) + unplanned
    return PeriodReport(
        first_on=period.first_on,
        last_on=period.last_on,
        currency=currency,
        income_expected=round_to_minor(period.income_expected, currency),
        income_received=from_minor(income, currency),
        allotted=from_minor(sum(each.budgeted for each in stood.envelopes), currency),
        spent=from_minor(spent, currency),
        unplanned=from_minor(unplanned, currency),
        saved=from_minor(income - spent, currency),
        unconverted=unconverted(period.user_id, first=period.first_on, last=period.last_on),
        categories=tuple(
            _category_report(allocation, envelope, moved=stood.moved.get(allocation.pk, 0), currency=currency)
            for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True)
        ),
    )


def _category_report(
    allocation: Allocation, envelope: Envelope, *, moved: int, currency: str
) -> CategoryReport:
    return CategoryReport(
        category=allocation.category_id,
        name=allocation.category.label,
        group=CategoryGroup(allocation.category.group),
        allotted=from_minor(envelope.budgeted, currency),
        moved=from_minor(moved, currency),
        spent=from_minor(envelope.total_spent, currency),
        remaining=from_minor(envelope.remaining, currency),
        rolls_over=from_minor(rolled_over(envelope.remaining, Rollover(allocation.rollover)), currency),
        status=envelope.status,
    )
