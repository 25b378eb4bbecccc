"""Work on debts outside the request."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from debts.models import Calculation
from debts.selectors.answers import Answer
from debts.services.answering import answered, checked
from debts.services.calculations import forget_old_calculations, run_calculation

KEPT_FOR = timedelta(days=30)


@shared_task(name="debts.calculate")
def calculate(*, job_id: str, **kwargs: object) -> None:
    run_calculation(job_id, answer=_answer, clock=timezone.now)


@shared_task(name="debts.forget_old_calculations")
def forget_calculations(**kwargs: object) -> int:
    return forget_old_calculations(before=timezone.now() - KEPT_FOR)


def _answer(calculation: Calculation) -> Answer:
    today = calculation.user.today(calculation.created_at)
    asked = checked(calculation.user, calculation.kind, calculation.request, today=today)
    return answered(calculation.user, asked, today=today, is_job=True)
