"""A worker's way through one import."""

from uuid import UUID

import structlog

from core import jobs
from ingest.domain.statement import UnreadableStatementError
from ingest.models import StatementImport
from ingest.services.posting import post
from ingest.services.staging import Clock, stage

logger = structlog.get_logger(__name__)


def import_statement(job_id: UUID | str, *, clock: Clock) -> None:
    """Read, stage and post a statement, from wherever an earlier worker stopped.

    Does nothing where another worker has the import. A file that cannot be read fails the import in words; an
    error of ours fails it too, and is logged.
    """
    statement = jobs.claim(StatementImport, job_id=job_id, now=clock())
    if statement is None:
        return
    try:
        _run(statement, clock=clock)
    except jobs.JobLostError:
        logger.info("import_lost", job_id=str(job_id))


def _run(statement: StatementImport, *, clock: Clock) -> None:
    try:
        stage(statement, clock=clock)
        post(statement, now=clock())
        logger.info("import_ended", job_id=str(statement.pk), dry_run=statement.dry_run)
    except UnreadableStatementError as exc:
        jobs.fail(statement, error=_in_words(exc), now=clock())
    except jobs.JobLostError:
        raise
    except Exception:
        logger.exception("import_failed", job_id=str(statement.pk))
        jobs.fail(statement, error="Something went wrong on our side; staff can see what.", now=clock())
        raise


def _in_words(exc: UnreadableStatementError) -> str:
    is_named = exc.line is None or f"line {exc.line}" in exc.message.lower()
    return exc.message if is_named else f"Line {exc.line}: {exc.message}"
