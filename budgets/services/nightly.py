"""What happens to budgets by themselves: after spending, and every night."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.db.models import Q

from budgets.models import BudgetPeriod, BudgetSettings, Redistribution
from budgets.selectors.forecasts import foreseen
from budgets.services.alerts import warn
from budgets.services.periods import roll_periods
from budgets.services.redistributing import redistribute_overspend
from budgets.services.settings import settings_of
from core.audit import Act
from core.jobs import enqueue
from core.models import AuditEntry
from users.models import User

CHUNK = 200
log = structlog.get_logger(__name__)


def react_to_spending(user: User, *, now: datetime) -> None:
    """Cover what the person has overspent in the present period, and warn of what is running out."""
    today = user.today(now)
    period = (
        BudgetPeriod.objects.for_user(user)
        .select_related("user__budget_settings")
        .filter(status=BudgetPeriod.Status.OPEN, first_on__lte=today, last_on__gte=today)
        .first()
    )
    if period is not None:
        _cover_and_warn(period, act=_act(now), trigger=Redistribution.Trigger.SPENDING)


def start_nights(*, now: datetime) -> int:
    """Hand everybody whose day has turned since their last run to the workers, in chunks; returns how many."""
    people = list(_due(now))
    for start in range(0, len(people), CHUNK):
        enqueue("budgets.plan_night", user_ids=[str(pk) for pk in people[start : start + CHUNK]])
    return len(people)


def plan_nights(user_ids: Iterable[str], *, now: datetime) -> int:
    """The night's run of these people, each on their own; returns how many were still due.

    One whose run fails is logged and tried again with the next sweep; the others do not wait for it.
    """
    return sum(
        _plan_night(user, now=now) for user in User.objects.filter(pk__in=list(user_ids), is_active=True)
    )


def _plan_night(user: User, *, now: datetime) -> int:
    try:
        with transaction.atomic():
            return _rolled_and_redistributed(user, now=now)
    except Exception:
        log.exception("budget_night_failed", user_id=str(user.pk))
        return 0


def _rolled_and_redistributed(user: User, *, now: datetime) -> int:
    today = user.today(now)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    settings, _ = BudgetSettings.objects.get_or_create(user=user)
    if settings.planned_on is not None and settings.planned_on >= today:
        return 0
    period = roll_periods(user, act=_act(now))
    if period is not None:
        _cover_and_warn(period, act=_act(now), trigger=Redistribution.Trigger.NIGHTLY)
    BudgetSettings.objects.filter(pk=user.pk).update(planned_on=today)
    return 1


def _cover_and_warn(period: BudgetPeriod, *, act: Act, trigger: str) -> None:
    run = redistribute_overspend(period, act=act, trigger=trigger)
    stood = run.found
    if run.kept is not None:
        mode = settings_of(period.user).mode
        stood = foreseen(period, mode=mode, day=period.user.today(act.at)).standing
    warn(stood, act=act)


def _due(now: datetime) -> Iterable[UUID]:
    """People with an open period whose day is later than that of their last run, by time zone."""
    open_ones = BudgetPeriod.objects.filter(status=BudgetPeriod.Status.OPEN).order_by()
    zones = open_ones.values_list("user__time_zone", flat=True).distinct()
    today: dict[str, date] = {zone: now.astimezone(ZoneInfo(zone)).date() for zone in zones}
    for day in sorted(set(today.values())):
        there = [zone for zone, its_day in today.items() if its_day == day]
        waiting = Q(user__budget_settings=None) | Q(user__budget_settings__planned_on=None)
        yield from (
            open_ones.filter(
                waiting | Q(user__budget_settings__planned_on__lt=day),
                user__time_zone__in=there,
                user__is_active=True,
            )
            .values_list("user_id", flat=True)
            .distinct()
        )


def _act(now: datetime) -> Act:
    return Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=now)
