"""A job shows life while one long step of it runs."""

import time
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from core import jobs
from debts.models import Calculation
from tests.factories import CalculationFactory
from tests.racing import needs_connections

LONG_AGO = datetime(2026, 3, 15, tzinfo=UTC)


@needs_connections
@pytest.mark.django_db(transaction=True)
def test_a_long_step_is_not_taken_for_a_dead_worker(settings):
    settings.JOB_STALLED_AFTER_SECONDS = 0.3
    waiting = CalculationFactory(status="pending")
    held = jobs.claim(Calculation, job_id=waiting.pk, now=LONG_AGO)
    with jobs.showing_life(held, clock=timezone.now):
        time.sleep(0.5)
    assert jobs.claim(Calculation, job_id=held.pk, now=timezone.now()) is None
    jobs.succeed(held, now=timezone.now(), result={})


@needs_connections
@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_cancelled_meanwhile_is_lost(settings):
    settings.JOB_STALLED_AFTER_SECONDS = 0.3
    held = jobs.claim(Calculation, job_id=CalculationFactory(status="pending").pk, now=LONG_AGO)
    with jobs.showing_life(held, clock=timezone.now):
        jobs.cancel(Calculation.objects.get(pk=held.pk), now=timezone.now())
        time.sleep(0.3)
    with pytest.raises(jobs.JobLostError):
        jobs.succeed(held, now=timezone.now(), result={})
