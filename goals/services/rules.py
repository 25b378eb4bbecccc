"""Rules that put money aside, and their nightly round."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.aggregates import MoneySum
from core.audit import Act, differences, entry, record, snapshot
from core.domain.money import from_minor
from core.errors import DomainError
from core.models import AuditEntry
from goals.domain.contributions import ContributionRule as RuleKind
from goals.domain.contributions import left_over, percent_of_income, round_ups
from goals.domain.instalments import month_end
from goals.models import Contribution, ContributionRule, Goal
from goals.selectors.progress import standing
from goals.selectors.worth import units_in
from goals.services.contributions import locked
from goals.services.milestones import note_milestones
from transactions.domain.kinds import TransactionKind
from transactions.models import Transaction
from transactions.selectors.months import whole_months
from users.models import User

FIELDS = ("kind", "percent", "step", "is_active", "first_on")
LOOKED_BACK = timedelta(days=92)
MONTHS_BACK = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that a rule looks at: ``units`` of the goal's currency on a day, under a key of its own."""

    key: str
    on: date
    units: int


@transaction.atomic
def add_rule(
    goal: Goal, *, act: Act, today: date, first_on: date | None = None, **fields: Any
) -> ContributionRule:
    """A rule that counts from ``first_on``, or from today; 409 ``RULE_EXISTS``, ``GOAL_FOLLOWS_DEBT``."""
    if goal.debt_id:
        raise DomainError("This goal follows a debt: nothing is put aside for it.", code="GOAL_FOLLOWS_DEBT")
    rule = ContributionRule(user=goal.user, goal=goal, first_on=first_on or today, **fields)
    rule.full_clean(exclude=["user"])
    rule.save(force_insert=True)
    record(rule, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(goal.pk)})
    return rule


@transaction.atomic
def change_rule(rule: ContributionRule, *, act: Act, **fields: Any) -> ContributionRule:
    """Change a rule, or let it rest; what it has put aside stays."""
    rule = ContributionRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    before = snapshot(rule, FIELDS)
    for name, value in fields.items():
        setattr(rule, name, value)
    rule.full_clean(exclude=["user", "goal"])
    rule.save()
    rule.refresh_from_db()
    changes = differences(before, snapshot(rule, FIELDS))
    if changes:
        record(rule, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return rule


@transaction.atomic
def remove_rule(rule: ContributionRule, *, act: Act) -> None:
    """Forget a rule; what it has put aside stays."""
    record(rule, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(rule, FIELDS))
    rule.delete()


def apply_contribution_rules(user: User, *, act: Act, today: date) -> int:
    """Put aside what the rules of active goals ask for; returns how many contributions were made.

    Looked at are the rows of the last 92 days and the last three whole months. What was counted once is not counted
    again, however often this runs; no rule gives more than its goal still needs. The most important goal comes first,
    and what a month leaves over is given once among all goals.
    """
    rules: Any = ContributionRule.objects.for_user(user).filter(
        is_active=True, goal__status=Goal.Status.ACTIVE, goal__debt_id=None
    )
    ordered = rules.select_related("goal", "goal__user")
    return sum(
        _apply(rule, act=act, today=today)
        for rule in ordered.order_by("goal__priority", "goal__target_on", "goal_id", "kind")
    )


@transaction.atomic
def _apply(rule: ContributionRule, *, act: Act, today: date) -> int:
    # The person's row is what two rounds at once wait for: they share what a month leaves over.
    User.objects.select_for_update(no_key=True).get(pk=rule.user_id)
    goal = locked(rule.goal)
    if goal.status != Goal.Status.ACTIVE:
        return 0
    needed = standing(goal, today=today).facts.remaining
    seen = set(
        Contribution.objects.filter(goal=goal, key__startswith=f"{rule.kind}:").values_list("key", flat=True)
    )
    fresh = [each for each in _counted(rule, today) if each.key not in seen.union(rule.skipped)]
    made = [
        Contribution(
            user=goal.user,
            goal=goal,
            amount=from_minor(units, goal.currency),
            on=each.on,
            source=Contribution.Source.RULE,
            key=each.key,
        )
        for each, units in zip(fresh, _given(rule, fresh, needed), strict=True)
        if units
    ]
    Contribution.objects.bulk_create(made)
    AuditEntry.objects.bulk_create(
        entry(each, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(goal.pk)})
        for each in made
    )
    if made:
        note_milestones(goal, act=act, today=today)
    return len(made)


def _given(rule: ContributionRule, counted: Iterable[Counted], needed: int) -> list[int]:
    """What the rule gives for each, in their order."""
    units = [each.units for each in counted]
    if rule.kind == RuleKind.ROUND_UP:
        return round_ups(units, rule.step or 1, rule.goal.currency, needed=needed)
    given = []
    for each in units:
        if rule.kind == RuleKind.PERCENT_OF_INCOME:
            part = percent_of_income(each, rule.percent or Decimal(0), needed=needed)
        else:
            part = left_over(each, needed=needed)
        needed -= part
        given.append(part)
    return given


def _counted(rule: ContributionRule, today: date) -> list[Counted]:
    """What the rule looks at, the oldest first."""
    return list(_months(rule, today) if rule.kind == RuleKind.LEFT_OVER else _rows(rule, today))


def _rows(rule: ContributionRule, today: date) -> Iterator[Counted]:
    """Income in any currency with a rate, or purchases that were paid in the goal's."""
    is_income = rule.kind == RuleKind.PERCENT_OF_INCOME
    rows: Any = Transaction.objects.for_user(rule.goal.user).live().with_kind()
    found = rows.filter(
        kind=TransactionKind.INCOME if is_income else TransactionKind.EXPENSE,
        is_ignored=False,
        status=Transaction.Status.POSTED,
        date__gte=max(rule.first_on, today - LOOKED_BACK),
        date__lte=today,
        **({} if is_income else {"account__currency": rule.goal.currency, "account_amount__lt": 0}),
    ).order_by("date", "pk")
    columns = found.values_list("pk", "date", "account_amount", "account__currency")
    for pk, day, amount, currency in columns.iterator():
        units = units_in(amount if is_income else -amount, currency, rule.goal.currency, on=day)
        if units is not None:
            yield Counted(f"{rule.kind}:{pk}", day, units)


def _months(rule: ContributionRule, today: date) -> Iterator[Counted]:
    """What other goals left of months that have ended since the rule began, put aside on the day after."""
    user, currency = rule.goal.user, rule.goal.currency
    for month in whole_months(user, today=today, most=MONTHS_BACK):
        end = month_end(month.first)
        units = units_in(month.income - month.spending, user.base_currency, currency, on=end)
        if end >= rule.first_on and units is not None:
            key = f"{rule.kind}:{month.first:%Y-%m}"
            yield Counted(key, end + timedelta(days=1), units - _taken(rule, key, end))


def _taken(rule: ContributionRule, key: str, day: date) -> int:
    """What the same was given for to other goals, in this goal's currency."""
    others = Contribution.objects.for_user(rule.goal.user).filter(key=key).exclude(goal_id=rule.goal_id)
    totals = others.order_by().values_list("goal__currency").annotate(total=MoneySum("amount"))
    return sum(units_in(total, code, rule.goal.currency, on=day) or 0 for code, total in totals)
