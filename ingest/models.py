"""Imports of statements, and what they hold while they run."""

from django.conf import settings
from django.db import models

from core.ids import uuid7
from core.models import Job, OwnedQuerySet
from ingest.domain.outcomes import RowCounts
from transactions.models import Account


def statement_path(statement: "StatementImport", filename: str) -> str:  # noqa: ARG001  (Django passes it)
    """Where a file is kept; the name it was sent with has no part in it."""
    return f"statements/{statement.user_id}/{uuid7()}"


class StatementImport(Job):
    """One file on its way into the ledger.

    Its rows are staged in batches and posted in one step; ``layout`` is how the file was read, ``mapping``
    what the person corrected of that. Counts are of rows of the file.
    """

    task_name = "ingest.import_statement"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="statement_imports"
    )
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="statement_imports"
    )
    file = models.FileField(upload_to=statement_path)
    filename = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    mapping = models.JSONField(default=dict, blank=True)
    dry_run = models.BooleanField(default=False)
    restore_deleted = models.BooleanField(default=False)
    format = models.CharField(max_length=10, blank=True)
    layout = models.JSONField(default=dict, blank=True)
    accounts_found = models.JSONField(default=list, blank=True)
    rows_new = models.PositiveIntegerField(default=0)
    rows_matched = models.PositiveIntegerField(default=0)
    rows_duplicate = models.PositiveIntegerField(default=0)
    rows_updated = models.PositiveIntegerField(default=0)
    rows_deleted = models.PositiveIntegerField(default=0)
    rows_restored = models.PositiveIntegerField(default=0)
    rows_invalid = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-created_at"], name="import_by_person"),)

    def __str__(self) -> str:
        return self.filename

    @property
    def rows(self) -> RowCounts:
        """How many rows of the file had each outcome."""
        return RowCounts(
            new=self.rows_new,
            matched=self.rows_matched,
            duplicate=self.rows_duplicate,
            updated=self.rows_updated,
            deleted=self.rows_deleted,
            restored=self.rows_restored,
            invalid=self.rows_invalid,
        )


class StagedBatch(models.Model):
    """Some hundreds of rows of a file, read and classified, waiting to be posted.

    ``items`` counts what the reader gave, rows and problems alike, so that reading can go on behind them. ``rows``
    are columns as ``ingest.domain.staged`` stores them; ``outcomes`` says what became of each, once they are posted.
    """

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(
        StatementImport, on_delete=models.CASCADE, related_name="batches", db_index=False
    )
    sequence = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    rows: "models.JSONField[dict[str, list[object]], dict[str, list[object]]]" = models.JSONField(
        default=dict
    )
    outcomes: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["statement", "sequence"], name="staged_batch_once"),)

    def __str__(self) -> str:
        return f"Batch {self.sequence} of {self.statement_id}"


class RememberedLayout(models.Model):
    """How statements of an account are laid out, after a person corrected the detection."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="remembered_layouts")
    format = models.CharField(max_length=10)
    mapping: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "format"], name="remembered_layout_once_per_format"),
        )

    def __str__(self) -> str:
        return f"{self.format} of {self.account_id}"
