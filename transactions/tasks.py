"""Work of the ledger outside the request."""

from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from core.audit import Act
from core.models import AuditEntry
from transactions.services.linking import find_links
from transactions.services.recurring import refresh_recurring, start_finding
from transactions.services.rule_runs import run_rules
from transactions.services.valuation import revalue_ledger
from users.models import User

# A night's look at every ledger that has changed since the one before, or has something due.
LOOKED_BACK = timedelta(days=8)


@shared_task(name="transactions.revalue_ledger")
def revalue(*, user_id: str, **kwargs: object) -> int:
    act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=timezone.now())
    return revalue_ledger(User.objects.get(pk=user_id), act=act)


@shared_task(name="transactions.find_links")
def find(*, user_id: str, first: str, **kwargs: object) -> int:
    act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=timezone.now())
    return find_links(User.objects.get(pk=user_id), act=act, first=date.fromisoformat(first))


@shared_task(name="transactions.find_recurring")
def find_series(*, user_id: str, **kwargs: object) -> int:
    user, now = User.objects.get(pk=user_id), timezone.now()
    act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=now)
    return refresh_recurring(user, act=act, today=user.today(now))


@shared_task(name="transactions.find_recurring_of_all")
def find_series_of_all(**kwargs: object) -> int:
    return start_finding(since=timezone.now() - LOOKED_BACK)


@shared_task(name="transactions.apply_rules")
def apply(*, job_id: str, **kwargs: object) -> None:
    run_rules(job_id, clock=timezone.now)
