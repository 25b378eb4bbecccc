"""Keeping how a person stands."""

from datetime import date

from django.db import transaction

from core.audit import Act, record
from core.domain.money import from_minor
from core.models import AuditEntry
from core.serializers import drawn
from goals.models import Snapshot
from goals.selectors.finances import Finances, finances
from users.models import User


@transaction.atomic
def take_snapshot(user: User, *, act: Act, today: date) -> tuple[Snapshot, bool]:
    """Today's snapshot, and whether it is a new one: a second look on the same day takes the place of the first."""
    # The person's row is what two at once wait for.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    found, is_new = Snapshot.objects.update_or_create(
        user=user, on=today, defaults=_columns(finances(user, today=today))
    )
    action = AuditEntry.Action.CREATED if is_new else AuditEntry.Action.UPDATED
    record(found, act=act, action=action)
    return found, is_new


def _columns(found: Finances) -> dict[str, object]:
    figures, currency = found.figures, found.currency
    return {
        "currency": currency,
        "months": figures.months,
        "income": from_minor(figures.income, currency),
        "spending": from_minor(figures.spending, currency),
        "assets": from_minor(figures.assets, currency),
        "debts": from_minor(figures.debts, currency),
        "net_worth": from_minor(figures.net_worth, currency),
        "savings_rate": figures.savings_rate,
        "months_of_runway": figures.months_of_runway,
        "debt_to_income": figures.debt_to_income,
        "answer": drawn(found.holdings),
    }
