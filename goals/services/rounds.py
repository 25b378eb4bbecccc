"""What is done for everybody, handed to the workers in chunks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from django.db.models import Q

from core.audit import Act
from core.jobs import enqueue
from goals.models import Goal, Snapshot
from goals.services import nightly, snapshots
from transactions.models import Account
from users.models import User

CHUNK = 200
# So many share a transaction, which keeps their rows locked until it ends.
BATCH = 50


class Work(Protocol):
    def __call__(self, people: Sequence[User], /, *, today: date) -> object: ...


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
    return _in_batches(user_ids, partial(snapshots.take_snapshots, act=act), now=now)


def look_after(user_ids: Sequence[str], *, act: Act, now: datetime) -> int:
    """Apply these people's rules and note the milestones of their goals; returns of how many people."""
    return _in_batches(user_ids, partial(nightly.look_after_goals, act=act), now=now)


def _without_snapshot(day: date, zones: Sequence[str]) -> Iterable[UUID]:
    taken = Snapshot.objects.filter(on=day).values("user_id")
    people = User.objects.filter(is_active=True, time_zone__in=zones).filter(
        ~Q(pk__in=taken), pk__in=Account.objects.order_by().values("user_id")
    )
    return people.order_by("pk").values_list("pk", flat=True)


def _chunks(people: Sequence[UUID]) -> Iterator[list[str]]:
    for start in range(0, len(people), CHUNK):
        yield [str(pk) for pk in people[start : start + CHUNK]]


def _in_batches(user_ids: Sequence[str], work: Work, *, now: datetime) -> int:
    """Do the work for people who have the same day, several at a time; returns for how many it was done."""
    return sum(
        _done(people[start : start + BATCH], work, today=today)
        for today, people in _by_day(user_ids, now=now).items()
        for start in range(0, len(people), BATCH)
    )


def _by_day(user_ids: Sequence[str], *, now: datetime) -> dict[date, list[User]]:
    by_day: dict[date, list[User]] = {}
    for user in User.objects.filter(pk__in=user_ids).order_by("pk"):
        try:
            by_day.setdefault(user.today(now), []).append(user)
        except ZoneInfoNotFoundError:
            # Newer data on time zones may lack a name that was known when the person chose it.
            logger.exception("goals_round_failed", user_id=str(user.pk))
    return by_day


def _done(people: Sequence[User], work: Work, *, today: date) -> int:
    """For how many it was done: one whose data defy it does not keep the others waiting."""
    try:
        work(people, today=today)
    except Exception:
        if len(people) > 1:
            return sum(_done([person], work, today=today) for person in people)
        logger.exception("goals_round_failed", user_id=str(people[0].pk))
        return 0
    return len(people)
