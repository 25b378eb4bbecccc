"""What is done for everybody, handed to the workers in chunks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db.models import Q

from core.audit import Act
from core.jobs import enqueue
from goals.models import Goal, Snapshot
from goals.services.milestones import note_milestones
from goals.services.rules import apply_contribution_rules
from goals.services.snapshots import take_snapshot
from transactions.models import Account
from users.models import User

CHUNK = 200

logger = structlog.get_logger(__name__)


def start_snapshots(*, now: datetime) -> int:
    """Have a snapshot taken of everybody with an account whose month begins today; returns of how many people.

    Started every hour, so that each is taken on the first day of the month by the person's own clocks, and once.
    """
    first_days: dict[date, list[str]] = {}
    zones = User.objects.filter(is_active=True).order_by().values_list("time_zone", flat=True).distinct()
    for zone in zones:
        day = now.astimezone(ZoneInfo(zone)).date()
        if day.day == 1:
            first_days.setdefault(day, []).append(zone)
    chosen = [person for day, found in first_days.items() for person in _without_snapshot(day, found)]
    for chunk in _chunks(chosen):
        enqueue("goals.take_snapshots", user_ids=chunk)
    return len(chosen)


def start_looking_after() -> int:
    """Have the rules of everybody with active goals applied and milestones noted; returns of how many people."""
    goals = Goal.objects.filter(status=Goal.Status.ACTIVE, user__is_active=True)
    people = list(goals.order_by("user_id").values_list("user_id", flat=True).distinct())
    for chunk in _chunks(people):
        enqueue("goals.look_after", user_ids=chunk)
    return len(people)


def take_snapshots(user_ids: Sequence[str], *, act: Act, now: datetime) -> int:
    """A snapshot of each of these people; returns how many there are."""
    return _of_each(user_ids, lambda user: take_snapshot(user, act=act, today=user.today(now)))


def look_after(user_ids: Sequence[str], *, act: Act, now: datetime) -> int:
    """Apply these people's rules and note the milestones of their goals; returns of how many people."""

    def look(user: User) -> None:
        today = user.today(now)
        apply_contribution_rules(user, act=act, today=today)
        for goal in user.goals.filter(status=Goal.Status.ACTIVE).order_by("pk"):
            note_milestones(goal, act=act, today=today)

    return _of_each(user_ids, look)


def _without_snapshot(day: date, zones: Sequence[str]) -> Iterable[UUID]:
    taken = Snapshot.objects.filter(on=day).values("user_id")
    people = User.objects.filter(is_active=True, time_zone__in=zones).filter(
        ~Q(pk__in=taken), pk__in=Account.objects.order_by().values("user_id")
    )
    return people.order_by("pk").values_list("pk", flat=True)


def _chunks(people: Sequence[UUID]) -> Iterator[list[str]]:
    for start in range(0, len(people), CHUNK):
        yield [str(pk) for pk in people[start : start + CHUNK]]


def _of_each(user_ids: Sequence[str], work: Callable[[User], Any]) -> int:
    """Do the work for each person by itself: one whose data defy it does not keep the others waiting."""
    done = 0
    for user in User.objects.filter(pk__in=user_ids).order_by("pk"):
        try:
            work(user)
            done += 1
        except Exception:
            logger.exception("goals_round_failed", user_id=str(user.pk))
    return done
