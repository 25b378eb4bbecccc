"""Adding, changing and removing goals."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from core.audit import Act, differences, entry, record, snapshot
from core.errors import DomainError, RelatedNotFoundError, field_error
from core.hooks import debts_owed
from core.models import AuditEntry
from goals.domain.errors import InvalidGoalDateError
from goals.domain.instalments import LONGEST_YEARS, require_target_day
from goals.models import Contribution, Goal
from goals.services.milestones import note_milestones
from transactions.models import Account
from users.models import User

MAX_ACTIVE_GOALS = 5
FIELDS = (
    "kind", "name", "target_amount", "currency", "target_on", "opening_amount", "priority", "is_primary", "status",
    "account", "debt_id",
)  # fmt: skip


class GoalFields(TypedDict, total=False):
    """What can be said of a goal; ``debt`` is the id of one to follow."""

    kind: str
    name: str
    target_amount: Decimal
    currency: str
    target_on: date
    opening_amount: Decimal
    priority: int
    is_primary: bool
    status: str
    account: Account | None
    debt: UUID | None


@transaction.atomic
def add_goal(user: User, *, act: Act, today: date, **fields: Unpack[GoalFields]) -> Goal:
    """A new goal that begins today.

    400 ``INVALID_GOAL_DATE`` unless the target date is after today and within a hundred years, 409
    ``GOAL_LIMIT_EXCEEDED`` for a sixth active one, 404 for a debt that the person does not have. A primary goal takes
    the place of the one before.
    """
    # The person's row is what two requests at once wait for.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    goal = Goal(user=user, started_on=today)
    _assign(goal, fields, today=today)
    if goal.status == Goal.Status.ACTIVE:
        _require_room(goal)
    _save(goal, act=act)
    record(goal, act=act, action=AuditEntry.Action.CREATED)
    note_milestones(goal, act=act, today=today)
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, act: Act, today: date, **fields: Unpack[GoalFields]) -> Goal:
    """Change what was given of a goal, pause, resume, abandon or achieve it.

    400 ``NO_FIELDS_TO_UPDATE`` for nothing; else refused as a new one is, and 409 ``GOAL_CURRENCY_FIXED`` for another
    currency once something was put aside, ``GOAL_HAS_CONTRIBUTIONS`` for a debt to follow then.
    """
    if not fields:
        raise DomainError("Say what is to be changed.", code="NO_FIELDS_TO_UPDATE", http_status=400)
    User.objects.select_for_update(no_key=True).get(pk=goal.user_id)
    goal = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    before, was_active = snapshot(goal, FIELDS), goal.status == Goal.Status.ACTIVE
    _require_open_terms(goal, fields)
    _assign(goal, fields, today=today)
    if goal.status == Goal.Status.ACTIVE and not was_active:
        _require_room(goal)
    _save(goal, act=act)
    goal.refresh_from_db()
    _tell(goal, before, act)
    note_milestones(goal, act=act, today=today)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, act: Act) -> None:
    """Forget a goal with its contributions, check-ins and plans; the ledger's rows stay as they are."""
    AuditEntry.objects.bulk_create(
        entry(each, act=act, action=AuditEntry.Action.DELETED, changes={"goal": str(goal.pk)})
        for each in Contribution.objects.filter(goal=goal).order_by("pk")
    )
    record(goal, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(goal, FIELDS))
    goal.delete()


def _assign(goal: Goal, fields: GoalFields, *, today: date) -> None:
    given = fields.copy()
    if "target_on" in given:
        _require_date(given["target_on"], today)
    if "debt" in given:
        _follow(goal, given.pop("debt"), today=today)
    for name, value in given.items():
        setattr(goal, name, value)
    _require_same_currency(goal, today=today)


def _follow(goal: Goal, debt_id: UUID | None, *, today: date) -> None:
    """Link a debt, or none: what is owed on this day is what counts from."""
    if debt_id == goal.debt_id:
        return
    debt = debts_owed(goal.user, today=today).get(debt_id) if debt_id else None
    if debt_id and debt is None:
        raise RelatedNotFoundError(f"There is no debt with the id {debt_id}.", pointer="/debt")
    goal.debt_id = debt_id
    goal.debt_owed = debt.balance if debt else None


def _save(goal: Goal, *, act: Act) -> None:
    if goal.is_primary:
        for other in Goal.objects.filter(user_id=goal.user_id, is_primary=True).exclude(pk=goal.pk):
            before = snapshot(other, FIELDS)
            other.is_primary = False
            other.save(update_fields=["is_primary", "updated_at"])
            _tell(other, before, act)
    goal.full_clean(exclude=["user", "account"])
    goal.save()


def _tell(goal: Goal, before: dict[str, object], act: Act) -> None:
    changes = differences(before, snapshot(goal, FIELDS))
    if changes:
        record(goal, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def _require_date(target_on: date, today: date) -> None:
    try:
        require_target_day(target_on, today=today)
    except InvalidGoalDateError as exc:
        raise DomainError(
            f"The target date has to come after {today.isoformat()}, within {LONGEST_YEARS} years.",
            code=exc.code,
            http_status=400,
            details={"target_on": target_on.isoformat(), "today": today.isoformat()},
            pointer="/target_on",
        ) from exc


def _require_room(goal: Goal) -> None:
    active = Goal.objects.filter(user_id=goal.user_id, status=Goal.Status.ACTIVE).exclude(pk=goal.pk).count()
    if active >= MAX_ACTIVE_GOALS:
        raise DomainError(
            f"You can have at most {MAX_ACTIVE_GOALS} active goals.",
            code="GOAL_LIMIT_EXCEEDED",
            details={"current_count": active, "max_count": MAX_ACTIVE_GOALS},
        )


def _require_open_terms(goal: Goal, fields: GoalFields) -> None:
    changes_currency = fields.get("currency", goal.currency) != goal.currency
    follows_anew = fields.get("debt", goal.debt_id) not in (None, goal.debt_id)
    if not (changes_currency or follows_anew) or not goal.contributions.exists():
        return
    if changes_currency:
        raise DomainError(
            "Something was put aside for this goal; its currency stays.", code="GOAL_CURRENCY_FIXED"
        )
    raise DomainError(
        "Something was put aside for this goal; it cannot follow a debt any more.",
        code="GOAL_HAS_CONTRIBUTIONS",
    )


def _require_same_currency(goal: Goal, *, today: date) -> None:
    account = goal.account
    if account is not None and account.currency != goal.currency:
        raise field_error(
            "account",
            f"The account is in {account.currency}, the goal in {goal.currency}.",
            "mixed_currencies",
        )
    debt = debts_owed(goal.user, today=today).get(goal.debt_id) if goal.debt_id else None
    if debt is not None and debt.currency != goal.currency:
        raise field_error(
            "debt", f"The debt is in {debt.currency}, the goal in {goal.currency}.", "mixed_currencies"
        )
