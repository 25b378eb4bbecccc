"""Figures of the staff portal's first page. They count; they never show an amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from celery import states
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django_celery_results.models import TaskResult

from core.models import Job, RowT

SHOWN_DAYS = 30
UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class DailyCounts:
    """How often something happened on each of the shown days (UTC), by outcome."""

    days: tuple[date, ...]
    counts: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class JobCounts:
    """Jobs of one kind by what staff may have to do about them.

    ``stalled`` ones are said to run, but their worker shows no life; the sweep takes them up again.
    """

    failed: int
    stalled: int
    pending: int


def sign_ups_a_day(*, today: date) -> DailyCounts:
    """New people on each of the last 30 days."""
    people = get_user_model()._default_manager.all()  # noqa: SLF001
    return _daily(_counted(people, "created_at", Value("sign-ups"), today), today)


def jobs_a_day(model: type[Job], *, today: date) -> DailyCounts:
    """Jobs asked for on each of the last 30 days, by how they ended."""
    rows = _counted(model._default_manager.all(), "created_at", F("status"), today)  # noqa: SLF001
    return _daily(((day, _outcome(status), count) for day, status, count in rows), today)


def failed_tasks_a_day(*, today: date) -> DailyCounts:
    """Tasks that failed on each of the last 30 days."""
    failed = TaskResult.objects.filter(status=states.FAILURE)
    return _daily(_counted(failed, "date_done", Value("failures"), today), today)


def job_counts(model: type[Job], *, now: datetime) -> JobCounts:
    """How many jobs have failed, stand still, and wait."""
    silent_since = now - timedelta(seconds=settings.JOB_STALLED_AFTER_SECONDS)
    counted = model._default_manager.aggregate(  # noqa: SLF001
        failed=Count("pk", filter=Q(status=Job.Status.FAILED)),
        stalled=Count("pk", filter=Q(status=Job.Status.RUNNING, heartbeat_at__lt=silent_since)),
        pending=Count("pk", filter=Q(status=Job.Status.PENDING)),
    )
    return JobCounts(**counted)


def latest_failures(model: type[Job], *, limit: int) -> list[Job]:
    """The jobs that failed last."""
    failed = model._default_manager.filter(status=Job.Status.FAILED)  # noqa: SLF001
    return list(failed.order_by("-finished_at", "-pk")[:limit])


def _outcome(status: str) -> str:
    return UNFINISHED if status in {Job.Status.PENDING, Job.Status.RUNNING} else status


def _counted(
    rows: QuerySet[RowT], instant: str, outcome: F | Value, today: date
) -> Iterable[tuple[date, str, int]]:
    start = datetime.combine(today - timedelta(days=SHOWN_DAYS - 1), time(), tzinfo=UTC)
    recent = rows.filter(**{f"{instant}__gte": start}).order_by()
    named = recent.annotate(day=TruncDate(instant, tzinfo=UTC), outcome=outcome)
    counted: Iterable[tuple[date, str, int]] = (
        named.values("day", "outcome").annotate(count=Count("pk")).values_list("day", "outcome", "count")
    )
    return counted


def _daily(rows: Iterable[tuple[date, str, int]], today: date) -> DailyCounts:
    days = tuple(today - timedelta(days=back) for back in reversed(range(SHOWN_DAYS)))
    counts: dict[str, dict[date, int]] = {}
    for day, outcome, count in rows:
        of_outcome = counts.setdefault(outcome, {})
        of_outcome[day] = of_outcome.get(day, 0) + count
    return DailyCounts(
        days=days,
        counts={
            outcome: tuple(by_day.get(day, 0) for day in days) for outcome, by_day in sorted(counts.items())
        },
    )
