"""Opening a period, changing its income, and rolling it over into the next."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from budgets.domain.envelopes import Pattern, Rollover, rolled_over
from budgets.domain.periods import NoPayDayError, PeriodKind, Span, span_of
from budgets.domain.proposal import Split, propose
from budgets.models import Allocation, BudgetPeriod, BudgetSettings
from budgets.selectors.habits import SpendingHabits, spending_habits
from budgets.selectors.income import expected_income
from budgets.selectors.reports import report_of
from budgets.selectors.standing import standing
from budgets.services.allocations import NewAllocation, add_allocation, locked_period
from budgets.services.planning import planned_from_start
from budgets.services.settings import settings_of
from core.audit import Act, differences, record, record_created, snapshot
from core.domain.money import from_minor, round_to_minor, to_minor
from core.errors import DomainError
from core.models import AuditEntry
from core.serializers import drawn
from transactions.selectors.pay_days import pay_days
from users.models import User

FIELDS = ("kind", "first_on", "last_on", "currency", "income_expected")
# Kept from one period to the next.
COPIED = ("priority", "is_essential", "is_locked", "rollover", "pattern", "mode")
# A household that nobody looked at for years is not rolled through all of them.
MOST_AT_ONCE = 60
# The longest that two pay days lie apart, with room for one that is missed.
LOOKED_AHEAD = timedelta(days=92)
NO_PAY_DAY = "NO_PAY_DAY"


class PeriodFields(TypedDict, total=False):
    """What can be changed of a period."""

    income_expected: Decimal


@transaction.atomic
def open_period(
    user: User,
    *,
    act: Act,
    day: date | None = None,
    income_expected: Decimal | None = None,
    allocations: Sequence[NewAllocation] | None = None,
    split: Split | None = None,
) -> BudgetPeriod:
    """Open the period that a day (today, if left out) is in, by the person's settings.

    Its allocations are those of the period that ended just before it, with what rolls over; else a proposal by
    ``split`` and the person's own three months. ``allocations``, each the fields of one, take the place of both.
    409 ``PERIOD_OVERLAPS`` where a period has some of these days, ``NO_PAY_DAY`` where none is known.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    settings, today = settings_of(user), user.today(act.at)
    span = _span(user, settings, day or today, today)
    _require_free(user, span)
    last = _just_before(user, span)
    if income_expected is None:
        before = last.income_expected if last and last.kind == settings.period else None
        expected = expected_income(user, span, today=today, before=before)
        income_expected = round_to_minor(expected, user.base_currency)
    period = BudgetPeriod(
        user=user,
        kind=settings.period,
        first_on=span.first,
        last_on=span.last,
        currency=user.base_currency,
        income_expected=income_expected,
    )
    period.full_clean(exclude=["user"])
    period.save(force_insert=True)
    record(period, act=act, action=AuditEntry.Action.CREATED, changes=snapshot(period, FIELDS))
    if allocations is not None:
        for fields in allocations:
            add_allocation(period, act=act, **fields)
        return period
    habits = spending_habits(user, span=span, today=today)
    if last is not None and split is None:
        made = _rolled(last, period, habits)
    else:
        split = split or Split(settings.needs, settings.wants, settings.savings)
        income = to_minor(income_expected, period.currency)
        made = _proposed(propose(income, split, habits.habits), period, habits)
    Allocation.objects.bulk_create(made)
    record_created(Allocation.objects.filter(period=period), act=act, changes={"period": str(period.pk)})
    return period


@transaction.atomic
def change_period(period: BudgetPeriod, *, act: Act, **fields: Unpack[PeriodFields]) -> BudgetPeriod:
    """Change the expected income of an open period; no allocation moves, what is unallocated does."""
    period = locked_period(period)
    before = snapshot(period, FIELDS)
    for name, value in fields.items():
        setattr(period, name, value)
    period.full_clean(exclude=["user"])
    period.save()
    changes = differences(before, snapshot(period, FIELDS))
    if changes:
        record(period, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return period


@transaction.atomic
def roll_periods(user: User, *, act: Act) -> BudgetPeriod | None:
    """Close what is over and open what has begun; returns the person's present period.

    A person without any open period keeps being without, and so does one of whose next pay day nothing is known.
    Periods missed while nothing ran are opened and closed in order, so that what rolls over arrives; what lies between
    two that the person opened, and is over, stays without.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    today = user.today(act.at)
    mine = BudgetPeriod.objects.for_user(user).filter(status=BudgetPeriod.Status.OPEN)
    for _ in range(MOST_AT_ONCE):
        over = mine.filter(last_on__lt=today).order_by("first_on").first()
        if over is None:
            break
        close_period(over, act=act)
        _open_following(over, today=today, act=act)
    present: BudgetPeriod | None = (
        mine.select_related("user__budget_settings").filter(first_on__lte=today, last_on__gte=today).first()
    )
    return present


def _open_following(period: BudgetPeriod, *, today: date, act: Act) -> None:
    day = period.last_on + timedelta(days=1)
    later = _first_after(period.user_id, period.last_on)
    if later is not None and later.first_on <= max(day, today):
        return
    try:
        open_period(period.user, act=act, day=day)
    except DomainError as refusal:
        if refusal.get_codes() != NO_PAY_DAY:
            raise


@transaction.atomic
def close_period(period: BudgetPeriod, *, act: Act) -> BudgetPeriod:
    """End a period for good, with its report; 409 ``PERIOD_NOT_OVER`` before its last day has passed."""
    period = locked_period(period)
    if period.user.today(act.at) <= period.last_on:
        raise DomainError(
            f"The period runs until {period.last_on.isoformat()}.",
            code="PERIOD_NOT_OVER",
            details={"last_on": period.last_on.isoformat()},
        )
    period.report = drawn(report_of(standing(period, mode=settings_of(period.user).mode)))
    period.status, period.closed_at = BudgetPeriod.Status.CLOSED, act.at
    period.save(update_fields=["report", "status", "closed_at", "updated_at"])
    record(period, act=act, action=AuditEntry.Action.UPDATED, changes={"status": ["open", "closed"]})
    return period


def _span(user: User, settings: BudgetSettings, day: date, today: date) -> Span:
    kind = PeriodKind(settings.period)
    known = max(day, today) + LOOKED_AHEAD
    days = pay_days(user, until=known) if kind == PeriodKind.PAY_DAYS else ()
    try:
        span = span_of(kind, day, anchor=settings.anchor, pay_days=days)
    except NoPayDayError as exc:
        raise DomainError(
            "No pay day is known around this day; confirm your salary under /recurring, or choose another period.",
            code=NO_PAY_DAY,
        ) from exc
    # After a change of the kind a period may be a shorter one, so that no day is in two or in none.
    earlier = BudgetPeriod.objects.for_user(user).filter(first_on__lte=day).order_by("-first_on").first()
    first = span.first if earlier is None else max(span.first, earlier.last_on + timedelta(days=1))
    if first > day:
        return span
    later = _first_after(user.pk, day)
    return Span(first, span.last if later is None else min(span.last, later.first_on - timedelta(days=1)))


def _first_after(user_id: UUID, day: date) -> BudgetPeriod | None:
    found: BudgetPeriod | None = (
        BudgetPeriod.objects.filter(user_id=user_id, first_on__gt=day).order_by("first_on").first()
    )
    return found


def _just_before(user: User, span: Span) -> BudgetPeriod | None:
    """The period that ended the day before, in the same currency."""
    found: BudgetPeriod | None = (
        BudgetPeriod.objects.for_user(user)
        .filter(last_on=span.first - timedelta(days=1), currency=user.base_currency)
        .first()
    )
    return found


def _require_free(user: User, span: Span) -> None:
    taken = (
        BudgetPeriod.objects.for_user(user).filter(first_on__lte=span.last, last_on__gte=span.first).first()
    )
    if taken is not None:
        raise DomainError(
            f"Your budget of {taken.first_on.isoformat()} to {taken.last_on.isoformat()} has some of these days.",
            code="PERIOD_OVERLAPS",
            details={
                "id": str(taken.pk),
                "first_on": taken.first_on.isoformat(),
                "last_on": taken.last_on.isoformat(),
            },
        )


def _proposed(amounts: Mapping[str, int], period: BudgetPeriod, habits: SpendingHabits) -> list[Allocation]:
    made = []
    for key, amount in amounts.items():
        category = habits.categories[key]
        allocation = Allocation(
            user_id=period.user_id,
            period=period,
            category=category,
            amount=from_minor(amount, period.currency),
            priority=category.priority,
            is_essential=category.essential,
            pattern=habits.pattern_for(category, amount),
        )
        allocation.planned = planned_from_start(allocation, habits, span=period.span)
        made.append(allocation)
    return made


def _rolled(last: BudgetPeriod, period: BudgetPeriod, habits: SpendingHabits) -> list[Allocation]:
    """The allocations of the last period as the person set them, with what rolls over.

    What a redistribution moved was for that period. An overspending that is more than the new amount leaves 0.
    """
    stood = standing(last, mode="spread")
    made = []
    for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True):
        moved = stood.moved.get(allocation.pk, 0)
        set_by_person = envelope.budgeted - to_minor(allocation.rolled_in, last.currency) - moved
        carried = max(rolled_over(envelope.remaining, Rollover(allocation.rollover)), -set_by_person)
        pattern = Pattern.EVEN if allocation.pattern == Pattern.BY_HAND else allocation.pattern
        new = Allocation(
            user_id=period.user_id,
            period=period,
            category=allocation.category,
            amount=from_minor(set_by_person + carried, period.currency),
            rolled_in=from_minor(carried, period.currency),
            **{name: getattr(allocation, name) for name in COPIED} | {"pattern": pattern},
        )
        new.planned = planned_from_start(new, habits, span=period.span)
        made.append(new)
    return made
