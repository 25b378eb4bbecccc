"""Work on imports outside the request."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from ingest.services.requests import forget_old_files
from ingest.services.running import import_statement as run

KEPT_FOR = timedelta(days=30)


@shared_task(name="ingest.import_statement")
def import_statement(*, job_id: str, **kwargs: object) -> None:
    run(job_id, clock=timezone.now)


@shared_task(name="ingest.forget_old_files")
def forget_files(**kwargs: object) -> int:
    return forget_old_files(before=timezone.now() - KEPT_FOR)
