"""Work on goals outside the request."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from core.audit import Act
from core.models import AuditEntry
from goals.services import rounds


@shared_task(name="goals.snapshots_of_all")
def snapshots_of_all(**kwargs: object) -> int:
    return rounds.start_snapshots(now=timezone.now())


@shared_task(name="goals.take_snapshots")
def take_snapshots(*, user_ids: list[str], **kwargs: object) -> int:
    now = timezone.now()
    return rounds.take_snapshots(user_ids, act=_system(now), now=now)


@shared_task(name="goals.look_after_all")
def look_after_all(**kwargs: object) -> int:
    return rounds.start_looking_after()


@shared_task(name="goals.look_after")
def look_after(*, user_ids: list[str], **kwargs: object) -> int:
    now = timezone.now()
    return rounds.look_after(user_ids, act=_system(now), now=now)


def _system(now: datetime) -> Act:
    return Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=now)
