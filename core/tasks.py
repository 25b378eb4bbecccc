"""Housekeeping of the kernel, started by Beat."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from core import idempotency, jobs


@shared_task(name="core.revive_stalled_jobs")
def revive_stalled_jobs(**kwargs: Any) -> int:
    return jobs.revive_stalled_jobs(now=timezone.now())


@shared_task(name="core.forget_old_answers")
def forget_old_answers(**kwargs: Any) -> int:
    return idempotency.forget_old_answers(now=timezone.now())
