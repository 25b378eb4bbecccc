"""What each category may spend: adding, changing and removing allocations."""

from decimal import Decimal
from typing import Required, TypedDict, Unpack

from django.db import transaction

from budgets.domain.envelopes import Pattern
from budgets.models import Allocation, BudgetPeriod
from budgets.selectors.habits import spending_habits
from budgets.services.planning import planned_anew, planned_from_start
from core.audit import Act, differences, record, snapshot
from core.domain.money import to_minor
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import Category

FIELDS = (
    "amount", "rolled_in", "priority", "is_essential", "is_locked", "rollover", "pattern", "mode", "planned",
    "by_hand", "locked_days",
)  # fmt: skip
SHAPE = {"pattern", "by_hand"}


class AllocationFields(TypedDict, total=False):
    """What can be said of an allocation; ``by_hand`` has minor units by day, and days are in ISO 8601."""

    amount: Decimal
    priority: int
    is_essential: bool
    is_locked: bool
    rollover: str
    pattern: str
    mode: str
    by_hand: dict[str, int]
    locked_days: list[str]


class NewAllocation(AllocationFields, total=False):
    """An allocation of a period that is being opened."""

    category: Required[Category]


@transaction.atomic
def add_allocation(period: BudgetPeriod, *, act: Act, **fields: Unpack[NewAllocation]) -> Allocation:
    """Allot an amount to a category; priority and being essential are the category's unless given.

    409 ``PERIOD_CLOSED`` for a period that is over, ``ALLOCATION_EXISTS`` for a category that has one.
    """
    period, category = locked_period(period), fields["category"]
    fields.setdefault("priority", category.priority)
    fields.setdefault("is_essential", category.essential)
    allocation = Allocation(user_id=period.user_id, period=period, **fields)
    day = period.user.today(act.at)
    habits = spending_habits(period.user, span=period.span, today=day)
    if "pattern" not in fields:
        is_by_hand = bool(fields.get("by_hand"))
        guessed = habits.pattern_for(category, to_minor(allocation.amount, period.currency))
        allocation.pattern = Pattern.BY_HAND if is_by_hand else guessed
    allocation.planned = planned_from_start(allocation, habits, span=period.span)
    allocation.full_clean(exclude=["user"])
    allocation.save(force_insert=True)
    record(allocation, act=act, action=AuditEntry.Action.CREATED, changes=_image(allocation))
    return allocation


@transaction.atomic
def change_allocation(allocation: Allocation, *, act: Act, **fields: Unpack[AllocationFields]) -> Allocation:
    """Change an allocation. Another amount changes the days from today on, another pattern plans all days anew."""
    period = locked_period(allocation.period)
    allocation = (
        Allocation.objects.select_for_update(of=("self",)).select_related("category").get(pk=allocation.pk)
    )
    allocation.period = period
    before = _image(allocation)
    for name, value in fields.items():
        setattr(allocation, name, value)
    today = period.user.today(act.at)
    if SHAPE & fields.keys():
        habits = spending_habits(period.user, span=period.span, today=today)
        allocation.planned = planned_from_start(allocation, habits, span=period.span)
    elif "amount" in fields:
        allocation.planned = planned_anew(allocation, span=period.span, today=today)
    allocation.full_clean(exclude=["user"])
    allocation.save()
    changes = differences(before, _image(allocation))
    if changes:
        record(allocation, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return allocation


@transaction.atomic
def remove_allocation(allocation: Allocation, *, act: Act) -> None:
    """Take an allocation out of its period; its money is unallocated again.

    409 ``ALLOCATION_MOVED`` where money was moved to or from it: undo that first.
    """
    locked_period(allocation.period)
    if allocation.moves_in.exists() or allocation.moves_out.exists():
        raise DomainError(
            "Money was moved to or from this category; set its amount instead.", code="ALLOCATION_MOVED"
        )
    record(allocation, act=act, action=AuditEntry.Action.DELETED, changes=_image(allocation))
    allocation.delete()


def locked_period(period: BudgetPeriod) -> BudgetPeriod:
    """The period, read anew and held against every other writer, with the person as given; 409 ``PERIOD_CLOSED``.

    Everything that changes a period's plan takes this lock first, so that two at once never move money twice. Who
    holds a person takes periods after it, never a person after a period.
    """
    held: BudgetPeriod = BudgetPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    held.user = period.user
    if held.status == BudgetPeriod.Status.CLOSED:
        raise DomainError("This period is over; its plan stays as it was.", code="PERIOD_CLOSED")
    return held


def _image(allocation: Allocation) -> dict[str, object]:
    return snapshot(allocation, FIELDS)
