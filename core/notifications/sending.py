"""Mailing what people were told.

A letter is sent first and noted as sent after it, so a worker that dies between the two sends it twice, and never
not at all. What a worker takes is held for a while, without a lock: one that dies leaves it to the next.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from core.adapters.mail import OutgoingMail, UndeliveredError
from core.models import Notification
from core.notifications.wishes import wishes_of

BATCH = 100
# A run takes nothing more when its time is over, and so never outlasts what it holds.
RUN_FOR = timedelta(minutes=5)
HELD_FOR = 2 * RUN_FOR
# So many in a row that fail for a while, and the trouble is the server's: the rest waits for it.
MOST_FAILED = 3
# Waiting twice as long each time, and half a day at most, these tries take nearly two days.
MOST_TRIES = 12
LONGEST_WAIT = timedelta(hours=12)
LONGEST_ERROR = 500


def send_due(*, clock: Callable[[], datetime]) -> int:
    """Mail what is due to those who want mail still; returns how many were sent.

    What fails for a while is tried again, what fails for good or too often is not: its error stays on the row.
    """
    sent, failed = 0, 0
    with OutgoingMail() as mail:
        for notification, address in _due(clock):
            if not address:
                _note(notification, email_due_at=None)
                continue
            try:
                mail.send(address, subject=notification.title, text=notification.body)
            except UndeliveredError as error:
                _note_failure(notification, error, now=clock())
                failed = 0 if error.is_permanent else failed + 1
            else:
                _note(notification, emailed_at=clock(), email_due_at=None, email_error="")
                sent, failed = sent + 1, 0
            if failed == MOST_FAILED:
                break
    return sent


def _due(clock: Callable[[], datetime]) -> Iterator[tuple[Notification, str]]:
    """What is due, each with the address it goes to, as long as there is any and the run's time lasts."""
    end = clock() + RUN_FOR
    while clock() < end and (held := _hold(now=clock())):
        wishes = wishes_of({row.user_id for row in held})
        for row in held:
            if clock() >= end:
                return
            yield row, wishes[row.user_id].address


@transaction.atomic
def _hold(*, now: datetime) -> list[Notification]:
    """The next that are due and that no other worker holds."""
    waiting = Notification.objects.filter(email_due_at__lte=now).order_by("email_due_at", "id")
    rows = list(waiting.select_for_update(skip_locked=True)[:BATCH])
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(email_due_at=now + HELD_FOR)
    return rows


def _note_failure(notification: Notification, error: UndeliveredError, *, now: datetime) -> None:
    failures = notification.email_failures + 1
    is_over = error.is_permanent or failures >= MOST_TRIES
    _note(
        notification,
        email_failures=failures,
        email_error=str(error)[:LONGEST_ERROR],
        email_due_at=None if is_over else now + min(timedelta(minutes=2**failures), LONGEST_WAIT),
    )


def _note(notification: Notification, **fields: object) -> None:
    Notification.objects.filter(pk=notification.pk).update(**fields)
