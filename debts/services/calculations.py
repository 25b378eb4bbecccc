"""Plans that are worked out by a worker."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from rest_framework.exceptions import APIException

from core import jobs
from core.audit import Act, record
from core.error_responses import body_of
from core.models import AuditEntry
from core.serializers import drawn
from debts.models import Calculation
from debts.models.plans import Body
from debts.selectors.answers import Answer
from users.models import User

Clock = Callable[[], datetime]
Question = Callable[[Calculation], Answer]

logger = structlog.get_logger(__name__)


@transaction.atomic
def request_calculation(user: User, *, act: Act, kind: str, request: Body) -> Calculation:
    """Hand a request, checked already, to a worker."""
    calculation = Calculation(user=user, kind=kind, request=dict(request), progress_total=1)
    calculation.save(force_insert=True)
    record(calculation, act=act, action=AuditEntry.Action.CREATED, changes={"kind": kind})
    jobs.start(calculation)
    return calculation


def run_calculation(job_id: str, *, answer: Question, clock: Clock) -> None:
    """Work a calculation out; one that is not possible fails in the words that the request would have got."""
    calculation = jobs.claim(Calculation, job_id=job_id, now=clock())
    if calculation is None:
        return
    try:
        _work(calculation, answer=answer, clock=clock)
    except jobs.JobLostError:
        logger.info("calculation_lost", job_id=str(job_id))


@transaction.atomic
def cancel_calculation(calculation: Calculation, *, act: Act) -> Calculation:
    """Stop a calculation that has not finished."""
    before = calculation.status
    jobs.cancel(calculation, now=act.at)
    _record(calculation, before, act)
    return calculation


@transaction.atomic
def retry_calculation(calculation: Calculation, *, act: Act) -> Calculation:
    """Start a failed or cancelled calculation again."""
    before = calculation.status
    jobs.retry(calculation, now=act.at)
    _record(calculation, before, act)
    return calculation


def forget_old_calculations(*, before: datetime) -> int:
    """Delete calculations that ended long ago; returns how many."""
    return Calculation.objects.filter(finished_at__lt=before).delete()[0]


def _work(calculation: Calculation, *, answer: Question, clock: Clock) -> None:
    try:
        with jobs.showing_life(calculation, clock=clock):
            result = drawn(answer(calculation))
    except APIException as refusal:
        jobs.fail(calculation, error=body_of(refusal)["error"], now=clock())
        return
    except Exception:
        logger.exception("calculation_failed", job_id=str(calculation.pk))
        jobs.fail(calculation, error="Something went wrong on our side; staff can see what.", now=clock())
        raise
    jobs.succeed(calculation, now=clock(), result=result, progress_done=1)


def _record(calculation: Calculation, before: str, act: Act) -> None:
    changes = {"status": [before, calculation.status]}
    record(calculation, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
