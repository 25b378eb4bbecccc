"""The audit trail: every service that changes a person's row says so here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, models, transaction
from django.forms.models import model_to_dict

from core import hooks
from core.errors import current_request_id
from core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, through what door, and when."""

    # Nobody where the system acts by itself.
    actor_id: UUID | None
    via: str
    at: datetime


def snapshot(row: models.Model, fields: Iterable[str]) -> dict[str, object]:
    """The named fields of a row as plain JSON values, for a comparison later."""
    return {name: _plain(value) for name, value in model_to_dict(row, fields=list(fields)).items()}


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """Per changed field the value before and after."""
    return {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}


def entry(
    row: models.Model,
    *,
    act: Act,
    action: AuditEntry.Action,
    changes: Mapping[str, object] | None = None,
) -> AuditEntry:
    """An entry about a person's row, not yet saved."""
    kind, user_id = row._meta.label_lower, getattr(row, "user_id", row.pk)  # noqa: SLF001  (documented by Django)
    _tell(kind, user_id)
    return AuditEntry(
        user_id=user_id,
        actor_id=act.actor_id,
        via=act.via,
        action=action,
        object_type=kind,
        object_id=row.pk,
        changes=dict(changes or {}),
        request_id=current_request_id()[:64],
        at=act.at,
    )


def record(
    row: models.Model, *, act: Act, action: AuditEntry.Action, changes: Mapping[str, object] | None = None
) -> None:
    """Write one entry about a person's row."""
    entry(row, act=act, action=action, changes=changes).save(force_insert=True)


def record_each(
    rows: Iterable[models.Model],
    *,
    act: Act,
    action: AuditEntry.Action,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Write the same entry about each of some rows, such as those that another one takes along."""
    entries = [entry(row, act=act, action=action, changes=changes) for row in rows]
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def record_created(rows: models.QuerySet[models.Model], *, act: Act, changes: Mapping[str, object]) -> None:
    """Write the same entry about each of very many new rows of one person, in one statement."""
    kind = rows.model._meta.label_lower  # noqa: SLF001
    if _followers(kind):
        for user_id in rows.order_by().values_list("user_id", flat=True)[:1]:
            _tell(kind, user_id)
    chosen = rows.order_by().values_list(
        "user_id",
        models.Value(act.actor_id, models.UUIDField()),
        models.Value(act.via, models.CharField()),
        models.Value(AuditEntry.Action.CREATED, models.CharField()),
        models.Value(kind, models.CharField()),
        "pk",
        models.Value(dict(changes), models.JSONField()),
        models.Value(current_request_id()[:64], models.CharField()),
        models.Value(act.at, models.DateTimeField()),
    )
    names = (
        "user_id",
        "actor_id",
        "via",
        "action",
        "object_type",
        "object_id",
        "changes",
        "request_id",
        "at",
    )
    select, parameters = chosen.query.sql_with_params()
    table = connection.ops.quote_name(AuditEntry._meta.db_table)  # noqa: SLF001
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {select}", parameters)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is done once for all changes of one transaction."""

    kind: str
    user_id: UUID

    def __call__(self) -> None:
        for follow in _followers(self.kind):
            follow(self.user_id)


def _followers(kind: str) -> list[Callable[[UUID], None]]:
    return [app.follow_rows[kind] for app in hooks.joined() if kind in app.follow_rows]


def _tell(kind: str, user_id: UUID) -> None:
    if _followers(kind):
        telling = _Telling(kind, user_id)
        if not any(waiting == telling for _, waiting, *_ in connection.run_on_commit):
            transaction.on_commit(telling)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(getattr(item, "pk", item)) for item in value]
    return str(value)
