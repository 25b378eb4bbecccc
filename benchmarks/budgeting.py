"""Budgets: a month through HTTP, the redistribution of one person, and the night of ten thousand."""

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median, quantiles

import httpx
from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.budget_crowd import add_people
from benchmarks.crowd import add_person
from benchmarks.database import scratch_database
from benchmarks.figures import told
from benchmarks.server import server
from benchmarks.timing import against
from budgets.models import Allocation, BudgetPeriod, Redistribution
from budgets.services.nightly import CHUNK, plan_nights
from budgets.services.periods import open_period
from budgets.services.redistributing import redistribute_overspend
from core.audit import Act
from core.models import AuditEntry
from users.models import User
from users.tokens import sign_in

PEOPLE, ROWS_EACH, WORKERS = 10_000, 100, 2
REQUESTS = 300
NOON = datetime(2025, 11, 20, 12, tzinfo=UTC)
MONTH = "2025-11"
READS = {
    "calendar month": f"/api/v1/budgets/calendar/{MONTH}",
    "calendar, by category": f"/api/v1/budgets/calendar/{MONTH}?by_category=true",
    "a day": f"/api/v1/budgets/daily/{MONTH}-20",
    "calendar.svg": f"/api/v1/budgets/calendar/{MONTH}/calendar.svg",
    "safe to spend": "/api/v1/budgets/safe-to-spend",
}
TARGETS = {"calendar month": 15.0}


def main() -> None:
    """Print latencies of the reads, the redistribution of one person, and the night of everybody."""
    if connection.vendor != "postgresql":
        print("Budgeting: measured on PostgreSQL only; set DATABASE_URL.")
        return
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with scratch_database():
        _reads()
        _night()


def _reads() -> None:
    person = add_person("planner@example.org", rows=10_000)
    act = Act(actor_id=person.pk, via=AuditEntry.Via.API, at=NOON)
    period = open_period(person, act=act, income_expected=Decimal(60_000))
    _tidy()
    print(f"Budgets of a person with 10,000 rows ({period.allocations.count()} categories), milliseconds")
    spent = [_redistributed(period, act) for _ in range(50)]
    _print_latency("redistribution", spent, against(median(spent), 20))
    token = sign_in(person, now=timezone.now()).access
    with (
        server() as address,
        httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client,
    ):
        for name, path in READS.items():
            _read(client, name, path)


def _read(client: httpx.Client, name: str, path: str) -> None:
    spent = []
    for number in range(REQUESTS + 10):
        started = time.perf_counter()
        client.get(path).raise_for_status()
        if number >= 10:
            spent.append((time.perf_counter() - started) * 1e3)
    _print_latency(name, spent, against(quantiles(spent, n=20)[18], TARGETS.get(name)))


def _print_latency(name: str, spent: list[float], verdict: str) -> None:
    middle = told(f"budgeting {name} median", median(spent), "ms", ">9.1f")
    p95 = told(f"budgeting {name} p95", quantiles(spent, n=20)[18], "ms", ">9.1f")
    print(f"{name:<24}{middle} median{p95} p95   {verdict}")


def _redistributed(period: BudgetPeriod, act: Act) -> float:
    """Milliseconds of covering one overspent category and keeping it, which is then taken back untimed."""
    allocations = list(period.allocations.order_by("-is_essential", "priority", "category__position"))
    overspent = allocations[0]
    Allocation.objects.filter(pk=overspent.pk).update(amount=0, planned=[0] * len(overspent.planned))
    # As whoever reacts to spending has it.
    period = BudgetPeriod.objects.select_related("user__budget_settings").get(pk=period.pk)
    started = time.perf_counter()
    run = redistribute_overspend(period, act=act, trigger=Redistribution.Trigger.SPENDING)
    spent = (time.perf_counter() - started) * 1e3
    if run.kept is None:
        raise RuntimeError("Nothing was moved.")
    run.kept.delete()
    Allocation.objects.bulk_update(allocations, ["amount", "planned"])
    return spent


def _night() -> None:
    started = time.perf_counter()
    add_people(PEOPLE, rows_each=ROWS_EACH, now=NOON)
    _tidy()
    made = time.perf_counter() - started
    ids = [str(pk) for pk in User.objects.filter(email__startswith="night").values_list("pk", flat=True)]
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    connection.close()
    started = time.perf_counter()
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("fork")) as pool:
        found = list(pool.map(_work, chunks))
    spent = time.perf_counter() - started
    done = sum(count for count, _ in found)
    if done != len(ids):
        raise RuntimeError(f"{done} of {len(ids)} people were planned.")
    early, late = found[WORKERS * 2][1], found[-1][1]
    runs = Redistribution.objects.count()
    print(
        f"\nNight of {PEOPLE:,} people with {ROWS_EACH} rows each, {WORKERS} processes (made in {made:.0f} s)\n"
        f"{told('budgeting night', spent, 's', '.0f')} s, "
        f"{told('budgeting night rate', len(ids) / spent, 'a second', '.0f')} people a second, "
        f"{runs} redistributions   {against(spent, 300, 's')}\n"
        f"memory of a worker: {told('budgeting night memory early', early, 'MB', '.0f')} MB "
        f"after {WORKERS * 2 * CHUNK} people, {told('budgeting night memory', late, 'MB', '.0f')} MB at the end"
    )


def _work(chunk: list[str]) -> tuple[int, float]:
    count = plan_nights(chunk, now=NOON)
    return count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tidy() -> None:
    """What autovacuum does on a server that runs for long, so that no plan rests on rows taken back."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
