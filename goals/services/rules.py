"""Keeping the rules that put money aside."""

from datetime import date
from typing import Any

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.errors import DomainError
from core.models import AuditEntry
from goals.models import ContributionRule, Goal

FIELDS = ("kind", "percent", "step", "is_active", "first_on")


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
