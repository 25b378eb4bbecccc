"""Work outside the request: enqueueing by name, and the life of a job row."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from uuid import UUID, uuid4

from celery import Task, current_app
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q

from core.errors import DomainError
from core.models import Job

JobT = TypeVar("JobT", bound=Job)

MAX_ATTEMPTS = 5


class JobLostError(Exception):
    """The job was cancelled, or another worker has taken it over: stop, and write nothing more."""


def enqueue(task_name: str, **arguments: object) -> None:
    """Run a task by its name once the current transaction has been committed."""
    transaction.on_commit(lambda: _send(task_name, **arguments))


def _send(task_name: str, **arguments: object) -> None:
    task_named(task_name).delay(**arguments)


def task_named(task_name: str) -> "Task[..., object]":
    """The task of this name; ``NotRegistered`` where no app has it."""
    _import_tasks()
    return current_app.tasks[task_name]


@lru_cache(maxsize=1)
def _import_tasks() -> None:
    # A worker does this when it starts; a web process has to ask.
    current_app.loader.import_default_modules()


def start(job: Job) -> None:
    """Hand a saved job to the workers; the sweep finds one whose message could not be sent."""
    transaction.on_commit(lambda: _send(job.task_name, job_id=str(job.pk)), robust=True)


def claim(model: type[JobT], *, job_id: UUID | str, now: datetime) -> JobT | None:
    """Take a job that waits, or one whose worker shows no life; None where somebody else has it."""
    idle = Q(status=Job.Status.PENDING) | Q(status=Job.Status.RUNNING, heartbeat_at__lt=_stalled(now))
    lease = uuid4()
    taken = (
        _jobs(model)
        .filter(idle, pk=job_id)
        .update(
            status=Job.Status.RUNNING,
            lease=lease,
            heartbeat_at=now,
            started_at=models.functions.Coalesce(F("started_at"), now),
            attempts=F("attempts") + 1,
            updated_at=now,
        )
    )
    return _jobs(model).get(pk=job_id) if taken else None


def beat(job: Job, *, now: datetime, **values: object) -> None:
    """Save progress and show life; raises ``JobLostError`` where the job is no longer held."""
    held = _jobs(type(job)).filter(pk=job.pk, lease=job.lease, status=Job.Status.RUNNING)
    if not held.update(heartbeat_at=now, updated_at=now, **values):
        raise JobLostError(str(job.pk))
    for name, value in values.items():
        setattr(job, name, value)


@contextmanager
def showing_life(job: Job, *, clock: Callable[[], datetime]) -> Iterator[None]:
    """Show life of a held job while one long step of it runs, from a thread and a connection of its own.

    A job that is lost meanwhile is noticed by the caller's next own sign of life.
    """
    done = threading.Event()
    keeper = threading.Thread(target=_keep_beating, args=(job, clock, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _keep_beating(job: Job, clock: Callable[[], datetime], done: threading.Event) -> None:
    try:
        while not done.wait(settings.JOB_STALLED_AFTER_SECONDS / 3):
            beat(job, now=clock())
    except JobLostError:
        return
    finally:
        connection.close()


def succeed(job: Job, *, now: datetime, **values: object) -> None:
    """End a held job well, in the same transaction as the work it stands for."""
    beat(job, now=now, status=Job.Status.SUCCEEDED, finished_at=now, lease=None, error="", **values)


def fail(job: Job, *, error: str, now: datetime, **values: object) -> None:
    """End a held job with a reason in words."""
    beat(job, now=now, status=Job.Status.FAILED, finished_at=now, lease=None, error=error, **values)


def cancel(job: Job, *, now: datetime) -> None:
    """Stop a job that has not finished; its worker notices at its next sign of life."""
    unfinished = _jobs(type(job)).filter(pk=job.pk, status__in=[Job.Status.PENDING, Job.Status.RUNNING])
    if not unfinished.update(status=Job.Status.CANCELLED, finished_at=now, lease=None, updated_at=now):
        raise DomainError("The job has already finished.", code="JOB_FINISHED")
    job.refresh_from_db()


def retry(job: Job, *, now: datetime) -> None:
    """Start a failed or cancelled job again, from the last batch it had saved."""
    ended = _jobs(type(job)).filter(pk=job.pk, status__in=[Job.Status.FAILED, Job.Status.CANCELLED])
    if not ended.update(
        status=Job.Status.PENDING, error="", attempts=0, finished_at=None, heartbeat_at=now, updated_at=now
    ):
        raise DomainError("Only a failed or cancelled job can be started again.", code="JOB_NOT_ENDED")
    job.refresh_from_db()
    start(job)


def revive_stalled_jobs(*, now: datetime) -> int:
    """Start again every job that waits or runs without a sign of life; returns how many.

    A job that has lost its worker ``MAX_ATTEMPTS`` times is failed instead: it would take the next one down.
    """
    return sum(_revive(job, now=now) for model in job_models() for job in _stalled_jobs(model, now=now))


def job_models() -> Iterator[type[Job]]:
    """Every table of jobs in the installed apps."""
    return (model for model in apps.get_models() if issubclass(model, Job))


def _revive(job: Job, *, now: datetime) -> int:
    if job.attempts >= MAX_ATTEMPTS:
        _stalled_jobs(type(job), now=now).filter(pk=job.pk).update(
            status=Job.Status.FAILED,
            lease=None,
            finished_at=now,
            updated_at=now,
            error=f"The worker stopped {job.attempts} times during this job; it will not be tried again.",
        )
        return 0
    # A waiting job counts as seen now, so that a long queue does not fill with copies of its message.
    _jobs(type(job)).filter(pk=job.pk, status=Job.Status.PENDING).update(heartbeat_at=now)
    start(job)
    return 1


def _stalled_jobs(model: type[Job], *, now: datetime) -> "models.QuerySet[Job]":
    silent = Q(heartbeat_at__lt=_stalled(now)) | Q(heartbeat_at=None, created_at__lt=_stalled(now))
    return _jobs(model).filter(silent, status__in=[Job.Status.PENDING, Job.Status.RUNNING]).order_by("pk")


def _stalled(now: datetime) -> datetime:
    return now - timedelta(seconds=settings.JOB_STALLED_AFTER_SECONDS)


def _jobs(model: type[JobT]) -> "models.QuerySet[JobT]":
    return model._default_manager.all()  # noqa: SLF001  (Django's documented model API)
