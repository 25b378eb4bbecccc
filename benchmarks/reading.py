"""Latency of the main reads through HTTP, with few and with very many rows of other people in the table."""

import time
from statistics import quantiles

import httpx
from django.db import connection
from django.utils import timezone

from benchmarks.crowd import add_crowd, add_person
from benchmarks.database import scratch_database
from benchmarks.figures import told
from benchmarks.server import server
from benchmarks.timing import against
from users.models import User
from users.tokens import sign_in

OTHERS = (10_000, 1_000_000)
REQUESTS = 300
READS = {
    "list, 50 rows": "/api/v1/transactions",
    "list, filtered": "/api/v1/transactions?date_from=2025-01-01&kind=expense&text=markt",
    "summary by category": "/api/v1/transactions/summary?group_by=category",
    "summary of a month": "/api/v1/transactions/summary?date_from=2025-03-01&date_to=2025-03-31",
    "accounts, balances": "/api/v1/accounts",
    "who am I": "/api/v1/users/me",
}

# Milliseconds at the median.
TARGETS = {"list, 50 rows": 8.0, "summary of a month": 8.0}


def main() -> None:
    """Print p50, p95, p99 and requests a second at one client, for each read and size of the crowd."""
    if connection.vendor != "postgresql":
        print("Reading: measured on PostgreSQL only; set DATABASE_URL.")
        return
    print(
        f"Reading through HTTP, one client, {REQUESTS} requests each; the person has 10,000 rows of their own"
    )
    with scratch_database():
        person = add_person("reader@example.org", rows=10_000)
        there = 0
        medians: dict[str, list[float]] = {name: [] for name in READS}
        for others in OTHERS:
            add_crowd(others - there)
            there = others
            _analyse()
            print(
                f"\n{others:,} rows of others\n{'read':<22}{'p50 ms':>16}{'p95 ms':>16}{'p99 ms':>16}{'a second':>17}"
            )
            with server() as address:
                for name, path in READS.items():
                    medians[name].append(_measure(address, person, name, path, others))
    print(
        "\np95 with the large crowd over the small one: "
        + ", ".join(
            f"{name} {told(f'reading {name} large/small', large / small, 'times', '.2f')}"
            for name, (small, large) in medians.items()
        )
    )


def _measure(address: str, person: User, name: str, path: str, others: int) -> float:
    token = sign_in(person, now=timezone.now()).access
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        for _ in range(10):
            client.get(path).raise_for_status()
        spent = [_timed(client, path) for _ in range(REQUESTS)]
    cuts = quantiles(spent, n=100)
    rate = len(spent) / sum(spent)
    figure = f"reading {name}, {others} others"
    print(
        f"{name:<22}"
        + "".join(told(f"{figure} p{part}", cuts[part - 1] * 1e3, "ms", ">9.1f") for part in (50, 95, 99))
        + told(f"{figure} rate", rate, "a second", ">10.0f")
        + f"   {against(cuts[49] * 1e3, TARGETS.get(name))}"
    )
    return cuts[94]


def _timed(client: httpx.Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - started


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
