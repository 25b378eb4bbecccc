"""Tables and base classes that every app shares."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeAlias, TypedDict, Unpack, overload

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import TypeVar

from core.domain.money import DECIMAL_PLACES, MAX_DIGITS
from core.ids import uuid7
from core.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Combinable
    from django.db.models.sql.compiler import SQLCompiler

# A class that does not say whose rows it has may have any.
RowT = TypeVar("RowT", bound=models.Model, default=Any)

Given: TypeAlias = "str | float | Decimal | Combinable"


class ColumnOptions(TypedDict, total=False):
    """What may be said of a column whose kind is settled."""

    blank: bool
    default: object
    help_text: str
    validators: "Iterable[Callable[[str], None]]"


@overload
def amount_field(
    *, null: Literal[True], **options: Unpack[ColumnOptions]
) -> "models.DecimalField[Given | None, Decimal | None]": ...
@overload
def amount_field(**options: Unpack[ColumnOptions]) -> "models.DecimalField[Given, Decimal]": ...
def amount_field(
    *, null: bool = False, **options: Unpack[ColumnOptions]
) -> "models.DecimalField[Given | None, Decimal | None] | models.DecimalField[Given, Decimal]":
    """An amount column; its currency stands in a column beside it."""
    return models.DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=null, **options)


def currency_field(**options: Unpack[ColumnOptions]) -> "models.CharField[str | Combinable, str]":
    """An ISO 4217 code."""
    return models.CharField(max_length=3, **options)


class OwnedQuerySet(models.QuerySet[RowT]):
    """Rows that hang on a person."""

    def for_user(self, user: Person) -> Self:
        """Only the rows of this person."""
        return self.filter(user_id=user.pk)


class Record(models.Model):
    """A row with a time-ordered id and the instants of its making and last change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Job(Record):
    """Long work that outlives a request and a worker.

    A worker holds a job by its ``lease`` and shows that it lives by ``heartbeat_at``; whoever finds a job that
    stands still may take it over. ``task_name`` names the task that works on it, given the job's id.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    task_name: ClassVar[str]

    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(null=True, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def percent(self) -> int:
        """Progress from 0 to 100, rounded down; 100 only when the job has succeeded."""
        if self.status == self.Status.SUCCEEDED:
            return 100
        if not self.progress_total:
            return 0
        return min(99, 100 * self.progress_done // self.progress_total)

    @property
    def is_finished(self) -> bool:
        return self.status in {self.Status.SUCCEEDED, self.Status.FAILED, self.Status.CANCELLED}


class RunningTransaction(models.Func):
    """The number of the database's running transaction; where only one can write at a time, always 0."""

    arity = 0
    output_field = models.BigIntegerField()
    template = "(0)"

    def as_postgresql(
        self,
        compiler: "SQLCompiler",
        connection: "BaseDatabaseWrapper",
        **_: object,
    ) -> "tuple[str, Sequence[object]]":
        return self.as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)")


class AuditEntry(models.Model):
    """One act on one row: who, when, what. Written once, never changed.

    Entries are numbered before they are committed, so ``id`` alone does not say what a reader has not seen yet;
    ``xid``, the number of the transaction that wrote it, does.
    """

    class Via(models.TextChoices):
        API = "api"
        ADMIN = "admin"
        IMPORT = "import"
        SYSTEM = "system"

    class Action(models.TextChoices):
        CREATED = "created"
        UPDATED = "updated"
        DELETED = "deleted"
        RESTORED = "restored"

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Whose row it is.",
        null=True,
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who acted; empty where the system did.",
    )
    via = models.CharField(max_length=8, choices=Via)
    action = models.CharField(max_length=8, choices=Action)
    object_type = models.CharField(max_length=50)
    object_id = models.UUIDField()
    changes = models.JSONField(default=dict, help_text="Per field the value before and after.")
    request_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    xid = models.BigIntegerField(db_default=RunningTransaction(), editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit trail"
        indexes = (
            models.Index(fields=["object_id", "id"], name="audit_by_object"),
            models.Index(fields=["user", "-id"], name="audit_by_user"),
            models.Index(fields=["user", "xid", "id"], name="audit_by_commit"),
        )

    def __str__(self) -> str:
        return f"{self.object_type} {self.action}"


class NotificationQuerySet(OwnedQuerySet["Notification"]):
    """What people were told."""

    def shown(self, now: datetime) -> Self:
        """Only what a person sees in the app, and what their quiet hours no longer hold back."""
        return self.filter(is_shown=True, deliver_at__lte=now)


class Notification(models.Model):
    """Something a person was told, once for each ``key``; the text is in their language.

    Where ``email_due_at`` is empty no mail is to be sent: none is wanted, it was sent, or it was given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    topic = models.CharField(max_length=50)
    key = models.CharField(max_length=255)
    title = models.CharField(max_length=200)
    body = models.TextField()
    data = models.JSONField(default=dict)
    is_shown = models.BooleanField(default=True, help_text="The person wants such news in the app.")
    deliver_at = models.DateTimeField(help_text="Shown and mailed from then on.")
    read_at = models.DateTimeField(null=True, blank=True)
    email_due_at = models.DateTimeField(null=True, blank=True, help_text="When mail is sent, or tried again.")
    emailed_at = models.DateTimeField(null=True, blank=True)
    email_failures = models.PositiveSmallIntegerField(default=0)
    email_error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "key"], name="notification_key_once_per_person"),
        )
        indexes = (
            models.Index(fields=["user", "-deliver_at", "-id"], name="notification_by_user"),
            models.Index(
                fields=["email_due_at", "id"],
                condition=Q(email_due_at__isnull=False),
                name="notification_to_mail",
            ),
        )

    def __str__(self) -> str:
        return self.topic


class IdempotencyRecord(models.Model):
    """The first answer to a POST, kept so that a repeated request gets it again.

    Until the answer is there a request holds the key by its ``lease``. ``body`` is encrypted with a key derived from
    the application's secret: answers carry tokens and figures.
    """

    id = models.BigAutoField(primary_key=True)
    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status_code = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_once_per_owner"),
            models.CheckConstraint(condition=~Q(key=""), name="idempotency_key_not_empty"),
            models.CheckConstraint(
                condition=Q(status_code__isnull=False, lease=None, leased_until=None)
                | Q(status_code=None, lease__isnull=False, leased_until__isnull=False),
                name="idempotency_key_held_or_answered",
            ),
        )

    def __str__(self) -> str:
        return self.key
