"""Asking for an import, and changing one's mind."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.conf import settings
from django.db import transaction

from core import jobs
from core.audit import Act, record
from core.errors import DomainError
from core.models import AuditEntry
from ingest.models import StagedBatch, StatementImport
from transactions.models import Account
from transactions.services.posting import withdraw_import
from users.models import User

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class Options(TypedDict, total=False):
    """How an import is to be done; ``mapping`` corrects the layout."""

    mapping: dict[str, object]
    dry_run: bool
    restore_deleted: bool


@transaction.atomic
def request_import(
    user: User,
    *,
    act: Act,
    file: "UploadedFile[bytes]",
    account: Account | None = None,
    **options: Unpack[Options],
) -> StatementImport:
    """Keep the file and hand it to a worker; 413 ``FILE_TOO_LARGE`` over the limit."""
    size = file.size or 0
    if size > settings.STATEMENT_MAX_BYTES:
        raise DomainError(
            f"The file is larger than {settings.STATEMENT_MAX_BYTES // 1024 // 1024} MB.",
            code="FILE_TOO_LARGE",
            http_status=413,
            details={"size": size, "max_size": settings.STATEMENT_MAX_BYTES},
        )
    statement = StatementImport(
        user=user, account=account, file=file, filename=(file.name or "statement")[:255], size=size, **options
    )
    statement.save(force_insert=True)
    record(statement, act=act, action=AuditEntry.Action.CREATED, changes={"filename": statement.filename})
    jobs.start(statement)
    return statement


@transaction.atomic
def cancel_import(statement: StatementImport, *, act: Act) -> StatementImport:
    """Stop an import that has not finished; nothing of it reaches the ledger."""
    before = statement.status
    jobs.cancel(statement, now=act.at)
    record(
        statement, act=act, action=AuditEntry.Action.UPDATED, changes={"status": [before, statement.status]}
    )
    return statement


@transaction.atomic
def retry_import(statement: StatementImport, *, act: Act) -> StatementImport:
    """Start a failed or cancelled import again where it stopped; 409 ``FILE_FORGOTTEN`` for an old one."""
    if not statement.file:
        raise DomainError("Its file is no longer kept; send it again.", code="FILE_FORGOTTEN")
    before = statement.status
    jobs.retry(statement, now=act.at)
    record(
        statement, act=act, action=AuditEntry.Action.UPDATED, changes={"status": [before, statement.status]}
    )
    return statement


@transaction.atomic
def undo_import(statement: StatementImport, *, act: Act) -> StatementImport:
    """Take every row of a finished import out of the ledger; repeating it changes nothing more.

    409 ``IMPORT_NOT_POSTED`` where it has not put any in.
    """
    statement = StatementImport.objects.select_for_update().get(pk=statement.pk)
    if statement.status != StatementImport.Status.SUCCEEDED or statement.dry_run:
        raise DomainError("Only an import that has been posted can be undone.", code="IMPORT_NOT_POSTED")
    if statement.undone_at is None:
        withdrawn = withdraw_import(statement.pk, act=act)
        statement.undone_at = act.at
        statement.save(update_fields=["undone_at", "updated_at"])
        changes = {"undone_at": [None, act.at.isoformat()], "rows": withdrawn}
        record(statement, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return statement


def forget_old_files(*, before: datetime) -> int:
    """Delete the files of imports that ended long ago, and what was staged of them; returns how many files."""
    StagedBatch.objects.filter(statement__finished_at__lt=before).delete()
    old = StatementImport.objects.filter(finished_at__lt=before).exclude(file="")
    forgotten = 0
    for statement in old.order_by("pk").iterator():
        statement.file.delete()
        forgotten += 1
    return forgotten
