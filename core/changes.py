"""What has changed since a client looked last, told by the audit trail.

An entry can be numbered early and committed late, so a reader that only remembered the last number would miss it.
Entries are therefore read in the order of the transactions that wrote them, and only up to the oldest transaction
that is still running.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, models
from django.db.models import Max, Q
from rest_framework.exceptions import ValidationError

from core.errors import parameter_error
from core.models import AuditEntry, RowT
from core.people import Person

Position = tuple[int, int]
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Ids of rows by what became of them, and where to go on; ``has_more`` says that more can be had at once."""

    next: str
    has_more: bool
    created: Sequence[UUID] = ()
    updated: Sequence[UUID] = ()
    deleted: dict[UUID, datetime] = field(default_factory=dict)


def changes_since(
    rows: "models.QuerySet[RowT]",
    *,
    user: Person,
    since: str | None,
    limit: int,
    follows: Mapping[str, str] = NOTHING,
) -> ChangePage:
    """The next changes of a person's ``rows``, those that a list shows; without ``since`` all of them, as created.

    A row that has left ``rows`` is deleted. A change may come twice, never not at all. ``follows`` says which other
    kinds of rows decide whether a row is shown, and by which of its columns it hangs on them, as in
    ``{"transactions.transaction": "transaction_id"}``. Raises a validation error for a token that this list did not
    give.
    """
    label = rows.model._meta.label_lower  # noqa: SLF001  (Django's documented model API)
    if since is None:
        return _all(rows, label, _now(), None, limit)
    position, after = _read(since, label)
    if after is not None:
        return _all(rows, label, position, after, limit)
    return _later(rows, label, position, limit, user=user, follows=follows)


def _all(
    rows: "models.QuerySet[RowT]", label: str, start: Position, after: str | None, limit: int
) -> ChangePage:
    chosen = rows.filter(pk__gt=UUID(after)) if after else rows
    ids = list(chosen.order_by("pk").values_list("pk", flat=True)[:limit])
    if len(ids) == limit:
        return ChangePage(_token(label, start, str(ids[-1])), has_more=True, created=ids)
    return ChangePage(_token(label, start, None), has_more=False, created=ids)


def _later(
    rows: "models.QuerySet[RowT]",
    label: str,
    position: Position,
    limit: int,
    *,
    user: Person,
    follows: Mapping[str, str],
) -> ChangePage:
    xid, number = position
    kept = rows.model._base_manager.filter(user_id=user.pk)  # noqa: SLF001  (Django's documented model API)
    told = Q(object_type=label)
    for kind, column in follows.items():
        told |= Q(object_type=kind, object_id__in=kept.exclude(**{column: None}).values(column))
    entries = list(
        AuditEntry.objects.for_user(user)
        .filter(told, Q(xid__gt=xid) | Q(xid=xid, id__gt=number), xid__lt=_horizon())
        .order_by("xid", "id")
        .values_list("xid", "id", "object_id", "action", "at", "object_type")[:limit]
    )
    own = _own_rows(
        kept, follows, {kind: {each[2] for each in entries if each[5] == kind} for kind in follows}
    )
    acts = [
        (pk, action if kind == label else AuditEntry.Action.UPDATED, at)
        for _, _, object_id, action, at, kind in entries
        for pk in ([object_id] if kind == label else own[kind, object_id])
    ]
    touched = dict.fromkeys(pk for pk, _, _ in acts)
    there = set(rows.filter(pk__in=touched).values_list("pk", flat=True))
    made = {pk for pk, action, _ in acts if action == AuditEntry.Action.CREATED}
    left = {pk: at for pk, _, at in acts if pk not in there}
    reached = entries[-1][:2] if entries else position
    return ChangePage(
        _token(label, reached, None),
        has_more=len(entries) == limit,
        created=[pk for pk in touched if pk in there and pk in made],
        updated=[pk for pk in touched if pk in there and pk not in made],
        deleted=left,
    )


def _own_rows(
    kept: "models.QuerySet[RowT]", follows: Mapping[str, str], changed: Mapping[str, Collection[UUID]]
) -> Mapping[tuple[str, UUID], list[UUID]]:
    """Per changed row of another kind the rows of the list that hang on it."""
    found: dict[tuple[str, UUID], list[UUID]] = defaultdict(list)
    for kind, ids in changed.items():
        if ids:
            hanging = kept.filter(**{f"{follows[kind]}__in": ids}).values_list(follows[kind], "pk")
            for other, pk in hanging:
                found[kind, other].append(pk)
    return found


def _horizon() -> int:
    """The oldest transaction that may still write; with one writer at a time there is none."""
    if connection.vendor != "postgresql":
        return 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def _now() -> Position:
    if connection.vendor != "postgresql":
        return 0, AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0
    return _horizon(), -1


def _token(label: str, position: Position, after: str | None) -> str:
    written = json.dumps([label, *position, after], separators=(",", ":"))
    return urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _read(token: str, label: str) -> tuple[Position, str | None]:
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        found, xid, number, after = json.loads(urlsafe_b64decode(padded))
        start = after and str(UUID(after))
    except (ValueError, TypeError, AttributeError, RecursionError) as exc:
        raise _foreign_token() from exc
    if found != label or not all(type(part) is int and abs(part) < 2**63 for part in (xid, number)):
        raise _foreign_token()
    return (xid, number), start


def _foreign_token() -> ValidationError:
    return parameter_error("since", "This token was not given by this list.", "invalid_token")
