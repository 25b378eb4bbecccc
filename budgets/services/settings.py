"""How a person budgets."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from budgets.models import BudgetSettings
from core.audit import Act, differences, record, snapshot
from core.models import AuditEntry
from users.models import User

FIELDS = ("period", "anchor", "needs", "wants", "savings", "mode", "buffer")


def settings_of(user: User) -> BudgetSettings:
    """The person's settings; what is usual, not yet saved, where they have not said otherwise."""
    try:
        return user.budget_settings
    except BudgetSettings.DoesNotExist:
        return BudgetSettings(user_id=user.pk)


class SettingsFields(TypedDict, total=False):
    """What can be said of how a person budgets."""

    period: str
    anchor: date | None
    needs: int
    wants: int
    savings: int
    mode: str
    buffer: Decimal


@transaction.atomic
def change_settings(user: User, *, act: Act, **fields: Unpack[SettingsFields]) -> BudgetSettings:
    """Change what new periods begin with; periods that are open keep their days."""
    BudgetSettings.objects.get_or_create(user=user)
    settings: BudgetSettings = BudgetSettings.objects.select_for_update().get(user=user)
    # The person knows them from now on too.
    settings.user = user
    before = snapshot(settings, FIELDS)
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.full_clean(exclude=["user"])
    settings.save()
    changes = differences(before, snapshot(settings, FIELDS))
    if changes:
        record(settings, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return settings
