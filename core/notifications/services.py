"""Telling people, and what becomes of what they were told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.domain.quiet_hours import deliverable_at
from core.errors import DomainError
from core.hooks import Wishes
from core.models import AuditEntry, Notification
from core.notifications.wishes import wishes_of
from core.people import Person

KEPT_FOR = timedelta(days=180)
MAIL_FIELDS = ("email_due_at", "emailed_at", "email_error")


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell a person, in their language.

    ``topic`` is a slug such as ``budget.overspent``. ``key`` says what it is about and, where it may be told again
    in the next period, in which: a person is told of a key once. ``title`` has 200 letters at most. ``data`` has
    what a client needs to lead on, such as ids. What is urgent does not wait for the end of quiet hours.
    """

    user_id: UUID
    topic: str
    key: str
    title: str
    body: str
    data: Mapping[str, object] = field(default_factory=dict)
    is_urgent: bool = False


def notify(
    user: Person,
    *,
    topic: str,
    key: str,
    title: str,
    body: str,
    now: datetime,
    data: Mapping[str, object] | None = None,
    is_urgent: bool = False,
) -> Notification | None:
    """Tell one person, as ``notify_many`` does; None where they were told of the key before."""
    note = Note(user.pk, topic, key, title, body, data or {}, is_urgent)
    made = notify_many([note], now=now)
    return made[0] if made else None


def notify_many(notes: Iterable[Note], *, now: datetime) -> list[Notification]:
    """Tell many people; the notifications that are new, in the order of ``notes``.

    Every new key is kept, also that of a person who wants to hear nothing: it is shown and mailed where the person
    wants that now, from the end of their quiet hours on. Of two who tell the same key at once, one does. Within a
    transaction of the caller it becomes true, and is mailed, with that.
    """
    chosen = list(notes)
    wishes = wishes_of({note.user_id for note in chosen})
    rows = [_row(note, wishes[note.user_id], now=now) for note in chosen]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    new = Notification.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    made = set(new)
    return [row for row in rows if row.pk in made]


def _row(note: Note, wishes: Wishes, *, now: datetime) -> Notification:
    hours = {"quiet_from": wishes.quiet_from, "quiet_until": wishes.quiet_until}
    at = now if note.is_urgent else deliverable_at(now, zone=wishes.zone, **hours)
    return Notification(
        user_id=note.user_id,
        topic=note.topic,
        key=note.key,
        title=note.title,
        body=note.body,
        data=dict(note.data),
        is_shown=wishes.in_app,
        deliver_at=at,
        email_due_at=at if wishes.address else None,
        created_at=now,
    )


def mark_read(notification: Notification, *, now: datetime) -> Notification:
    """Note when a person read it; the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=now)
    return notification


def mark_unread(notification: Notification) -> Notification:
    """Let it count as new again."""
    Notification.objects.filter(pk=notification.pk).update(read_at=None)
    return notification


def mark_all_read(user: Person, *, now: datetime) -> int:
    """Everything that a person has before them is read; returns how many were not."""
    return Notification.objects.for_user(user).shown(now).filter(read_at=None).update(read_at=now)


@transaction.atomic
def send_again(notification: Notification, *, act: Act) -> None:
    """Mail it once more; 409 ``MAIL_NOT_WANTED`` where the person wants no mail, or may not have any."""
    row = Notification.objects.select_for_update().get(pk=notification.pk)
    if not wishes_of([row.user_id])[row.user_id].address:
        raise DomainError("This person gets no mail.", code="MAIL_NOT_WANTED")
    before = snapshot(row, MAIL_FIELDS)
    row.email_due_at, row.emailed_at, row.email_error = max(act.at, row.deliver_at), None, ""
    row.email_failures = 0
    row.save(update_fields=[*MAIL_FIELDS, "email_failures"])
    record(
        row,
        act=act,
        action=AuditEntry.Action.UPDATED,
        changes=differences(before, snapshot(row, MAIL_FIELDS)),
    )


def forget_old_notifications(*, now: datetime) -> int:
    """Delete what was told long ago, its key included; returns how many."""
    return Notification.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
