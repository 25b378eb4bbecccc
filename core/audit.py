"""The audit trail: every service that changes a person's row says so here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.forms.models import model_to_dict

from core.errors import current_request_id
from core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, through what door, and when."""

    actor_id: Any
    via: str
    at: datetime


def snapshot(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of a row as plain JSON values, for a comparison later."""
    return {name: _plain(value) for name, value in model_to_dict(row, fields=list(fields)).items()}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Per changed field the value before and after."""
    return {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}


def entry(
    row: Any,
    *,
    act: Act,
    action: AuditEntry.Action,
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """An entry about a person's row, not yet saved."""
    return AuditEntry(
        user_id=getattr(row, "user_id", row.pk),
        actor_id=act.actor_id,
        via=act.via,
        action=action,
        object_type=row._meta.label_lower,  # noqa: SLF001  (Django's documented model API)
        object_id=row.pk,
        changes=dict(changes or {}),
        request_id=current_request_id()[:64],
        at=act.at,
    )


def record(
    row: Any, *, act: Act, action: AuditEntry.Action, changes: Mapping[str, Any] | None = None
) -> None:
    """Write one entry about a person's row."""
    entry(row, act=act, action=action, changes=changes).save(force_insert=True)


def record_created(rows: models.QuerySet[Any], *, act: Act, changes: Mapping[str, Any]) -> None:
    """Write the same entry about each of very many new rows, in one statement."""
    chosen = rows.order_by().values_list(
        "user_id",
        models.Value(act.actor_id, models.UUIDField()),
        models.Value(act.via, models.CharField()),
        models.Value(AuditEntry.Action.CREATED, models.CharField()),
        models.Value(rows.model._meta.label_lower, models.CharField()),  # noqa: SLF001
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


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(getattr(item, "pk", item)) for item in value]
    return str(value)
