"""Keeping how a person stands."""

from datetime import date

from django.db import transaction

from core.audit import Act, record
from core.models import AuditEntry
from goals.models import Snapshot
from goals.selectors.finances import finances
from users.models import User


@transaction.atomic
def take_snapshot(user: User, *, act: Act, today: date) -> tuple[Snapshot, bool]:
    """Today's snapshot, and whether it is a new one: a second look on the same day takes the place of the first."""
    # The person's row is what two at once wait for.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    found, is_new = Snapshot.objects.update_or_create(
        user=user, on=today, defaults=finances(user, today=today)
    )
    action = AuditEntry.Action.CREATED if is_new else AuditEntry.Action.UPDATED
    record(found, act=act, action=action)
    return found, is_new
