"""Housekeeping of the kernel, started by Beat."""

from celery import shared_task
from django.utils import timezone

from core import idempotency, jobs
from core.notifications import sending, services


@shared_task(name="core.revive_stalled_jobs")
def revive_stalled_jobs(**kwargs: object) -> int:
    return jobs.revive_stalled_jobs(now=timezone.now())


@shared_task(name="core.forget_old_answers")
def forget_old_answers(**kwargs: object) -> int:
    return idempotency.forget_old_answers(now=timezone.now())


@shared_task(name="core.send_notifications")
def send_notifications(**kwargs: object) -> int:
    return sending.send_due(clock=timezone.now)


@shared_task(name="core.forget_old_notifications")
def forget_old_notifications(**kwargs: object) -> int:
    return services.forget_old_notifications(now=timezone.now())
