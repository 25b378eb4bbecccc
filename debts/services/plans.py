"""Keeping plans."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.errors import DomainError
from core.models import AuditEntry
from core.serializers import drawn
from debts.domain.requests import PlanRequest
from debts.models import PaymentPlan
from debts.models.plans import Body
from debts.selectors import planning
from debts.selectors.answers import Plan
from users.models import User

FIELDS = ("name", "status")


class PlanFields(TypedDict, total=False):
    """What can be changed of a kept plan."""

    name: str


class Moment(TypedDict, total=False):
    """When a plan became what it is."""

    activated_at: datetime
    archived_at: datetime


@transaction.atomic
def keep_plan(
    user: User, *, act: Act, name: str, asked: PlanRequest, request: Body, activate: bool
) -> PaymentPlan:
    """Work out the plan that a checked request asks for and save it, to be followed at once or later."""
    baseline = planning.plan(user, asked)
    dated = {**request, "starts_on": baseline.starts_on.isoformat()}
    plan = save_plan(user, act=act, name=name, request=dated, baseline=baseline)
    return activate_plan(plan, act=act) if activate else plan


@transaction.atomic
def save_plan(user: User, *, act: Act, name: str, request: Body, baseline: Plan) -> PaymentPlan:
    """Keep a plan with the answer of today, which later payments are held against."""
    plan = PaymentPlan(
        user=user,
        name=name,
        strategy=baseline.strategy,
        currency=baseline.currency,
        starts_on=baseline.starts_on,
        request=dict(request),
        baseline=drawn(baseline),
    )
    plan.full_clean(exclude=["user"])
    plan.save(force_insert=True)
    record(plan, act=act, action=AuditEntry.Action.CREATED)
    return plan


@transaction.atomic
def rename_plan(plan: PaymentPlan, *, act: Act, **fields: Unpack[PlanFields]) -> PaymentPlan:
    """Call a plan something else."""
    before = snapshot(plan, FIELDS)
    plan.name = fields.get("name", plan.name)
    plan.full_clean(exclude=["user"])
    plan.save(update_fields=["name", "updated_at"])
    return _recorded(plan, before, act)


@transaction.atomic
def activate_plan(plan: PaymentPlan, *, act: Act) -> PaymentPlan:
    """Make this the plan that the person follows; the one before goes back among the saved.

    409 ``PLAN_ARCHIVED`` for an archived one.
    """
    # The person's row is what two requests at once wait for.
    User.objects.select_for_update(no_key=True).get(pk=plan.user_id)
    plan = PaymentPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.status == PaymentPlan.Status.ARCHIVED:
        raise DomainError("An archived plan cannot be active; save it anew.", code="PLAN_ARCHIVED")
    for other in PaymentPlan.objects.filter(user_id=plan.user_id, status=PaymentPlan.Status.ACTIVE):
        if other.pk != plan.pk:
            _change_status(other, PaymentPlan.Status.SAVED, act)
    return _change_status(plan, PaymentPlan.Status.ACTIVE, act, activated_at=act.at)


@transaction.atomic
def archive_plan(plan: PaymentPlan, *, act: Act) -> PaymentPlan:
    """Put a plan away; it can still be read."""
    plan = PaymentPlan.objects.select_for_update().get(pk=plan.pk)
    return _change_status(plan, PaymentPlan.Status.ARCHIVED, act, archived_at=act.at)


@transaction.atomic
def remove_plan(plan: PaymentPlan, *, act: Act) -> None:
    record(plan, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(plan, FIELDS))
    plan.delete()


def _change_status(plan: PaymentPlan, status: str, act: Act, **moment: Unpack[Moment]) -> PaymentPlan:
    if plan.status == status:
        return plan
    before = snapshot(plan, FIELDS)
    plan.status = status
    for name, value in moment.items():
        setattr(plan, name, value)
    plan.save()
    return _recorded(plan, before, act)


def _recorded(plan: PaymentPlan, before: dict[str, object], act: Act) -> PaymentPlan:
    changes = differences(before, snapshot(plan, FIELDS))
    if changes:
        record(plan, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return plan
