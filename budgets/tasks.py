"""Work on budgets outside the request."""

from celery import shared_task
from django.utils import timezone

from budgets.services.currency import change_currency
from budgets.services.nightly import plan_nights, react_to_spending, start_nights
from core.audit import Act
from core.models import AuditEntry
from users.models import User


@shared_task(name="budgets.react")
def react(*, user_id: str, **kwargs: object) -> None:
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        react_to_spending(user, now=timezone.now())


@shared_task(name="budgets.change_currency")
def change(*, user_id: str, **kwargs: object) -> int:
    act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=timezone.now())
    return change_currency(User.objects.get(pk=user_id), act=act)


@shared_task(name="budgets.start_nights")
def start(**kwargs: object) -> int:
    return start_nights(now=timezone.now())


@shared_task(name="budgets.plan_night")
def plan_night(*, user_ids: list[str], **kwargs: object) -> int:
    return plan_nights(user_ids, now=timezone.now())
