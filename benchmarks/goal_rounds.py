"""Goals by night: rules applied and milestones noted, and a snapshot of each person's finances."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection

from benchmarks.database import scratch_database
from benchmarks.figures import told
from benchmarks.goal_crowd import add_savers
from benchmarks.timing import against
from core.audit import Act
from core.models import AuditEntry
from goals.models import Contribution, Snapshot
from goals.services.rounds import CHUNK, look_after, take_snapshots

PEOPLE, ROWS_A_MONTH = 400, 40
NIGHT = datetime(2025, 12, 1, 3, 20, tzinfo=UTC)
LATER = NIGHT + timedelta(days=1)


def main() -> None:
    """Print milliseconds a person, of one process."""
    if connection.vendor != "postgresql":
        print("Goals: measured on PostgreSQL only; set DATABASE_URL.")
        return
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with scratch_database():
        people = add_savers(PEOPLE, rows_a_month=ROWS_A_MONTH, today=date(2025, 12, 1))
        ids = [str(person.pk) for person in people]
        act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=NIGHT)
        print(
            f"Goals of {PEOPLE} people with two goals, four rules and {ROWS_A_MONTH} rows a month, one process"
        )
        # What is compiled and imported once a process belongs to no person.
        look_after(ids[:1], act=act, now=NIGHT)
        take_snapshots(ids[:1], act=act, now=NIGHT)
        _print("first night", _a_person(ids[1:], lambda chunk: look_after(chunk, act=act, now=NIGHT)), 15)
        _print("next night", _a_person(ids, lambda chunk: look_after(chunk, act=act, now=LATER)), 15)
        _print("snapshots", _a_person(ids[1:], lambda chunk: take_snapshots(chunk, act=act, now=NIGHT)), 8)
        print(f"{Contribution.objects.count()} contributions, {Snapshot.objects.count()} snapshots")


def _a_person(ids: Sequence[str], work: Callable[[Sequence[str]], int]) -> float:
    started, done = time.perf_counter(), 0
    for start in range(0, len(ids), CHUNK):
        done += work(ids[start : start + CHUNK])
    spent = time.perf_counter() - started
    if done != len(ids):
        raise RuntimeError(f"{done} of {len(ids)} people were looked after.")
    return spent / done * 1e3


def _print(name: str, spent: float, target: float) -> None:
    figure = told(f"goal_rounds {name}", spent, "ms", ">8.1f")
    print(f"{name:<14}{figure} ms a person   {against(spent, target)}")
