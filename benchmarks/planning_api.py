"""Latency of plans and comparisons through HTTP, worked out anew each time and kept from before."""

import time
from collections.abc import Sequence
from decimal import Decimal
from statistics import quantiles
from uuid import uuid4

import httpx
from django.conf import settings
from django.utils import timezone

from benchmarks.figures import told
from benchmarks.households import as_request, cards, hundred_months, mortgage_time
from benchmarks.server import served_database, server
from benchmarks.timing import against
from users.services import create_person
from users.tokens import sign_in

PLAN, COMPARE, CHART = "debts/plan", "debts/compare", "debts/compare/chart.svg"
DEBTS, REQUESTS, SLOW_REQUESTS, WARM_UP, TARGET = 10, 100, 6, 10, 50.0
CENT = Decimal("0.01")
Body = dict[str, object]


def print_latency() -> None:
    """Print p50, p95 and p99 at one client for households of ten debts."""
    cache = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    print(f"\nThrough HTTP: {DEBTS} debts, one client, answers kept in {cache}")
    print(f"{'':<60}{'requests':>9}{'p50 ms':>16}{'p95 ms':>16}{'p99 ms':>16}{'kB':>7}  target of p95")
    with served_database():
        person = create_person(email="planner@example.org", password="bench mark person 1")
        token = sign_in(person, now=timezone.now()).access
        with (
            server() as address,
            httpx.Client(
                base_url=f"{address}/api/v1/", headers={"Authorization": f"Bearer {token}"}, timeout=30
            ) as client,
        ):
            _measure_all(client)


def _measure_all(client: httpx.Client) -> None:
    # An answer that an earlier run left in the cache must not be found.
    mark = uuid4().hex[:8]
    hundred, long, mixed = (
        as_request(household(DEBTS), mark=mark) for household in (hundred_months, mortgage_time, cards)
    )
    thumb = {"strategies": ["snowball", "avalanche"]}
    for name, path, body in (
        ("compare: hundred months; snowball, avalanche, optimal", COMPARE, hundred),
        ("compare: mortgage time; snowball, avalanche, optimal", COMPARE, long),
        ("compare: cards; snowball, avalanche", COMPARE, mixed | thumb),
        ("plan: hundred months; avalanche", PLAN, hundred | {"strategy": "avalanche"}),
        ("plan: mortgage time; avalanche", PLAN, long | {"strategy": "avalanche"}),
    ):
        target = TARGET if path == COMPARE else None
        _measure(client, path, name, _distinct(body, WARM_UP + REQUESTS), target=target)
        _measure(client, path, f"{name}; kept", [body] * (WARM_UP + REQUESTS), target=target)
    _measure(
        client,
        CHART,
        "chart: hundred months; snowball, avalanche",
        _distinct(hundred | thumb, WARM_UP + REQUESTS // 4),
    )
    slow = _distinct(mixed, SLOW_REQUESTS)
    _measure(client, COMPARE, "compare: cards; snowball, avalanche, optimal", slow, warm_up=0, target=TARGET)


def _distinct(body: Body, count: int) -> list[Body]:
    """So many households, a cent a month apart, none of whose answers is known."""
    budget = Decimal(str(body["monthly_budget"]))
    return [body | {"monthly_budget": str(budget + CENT * number)} for number in range(1, count + 1)]


def _measure(
    client: httpx.Client,
    path: str,
    name: str,
    bodies: Sequence[Body],
    *,
    warm_up: int = WARM_UP,
    target: float | None = None,
) -> None:
    runs = [_timed(client, path, body) for body in bodies][warm_up:]
    cuts = quantiles([spent for spent, _ in runs], n=100, method="inclusive")
    size = max(length for _, length in runs) / 1e3
    print(
        f"{name:<60}{len(runs):>9}"
        + "".join(
            told(f"planning API {name} p{part}", cuts[part - 1], "ms", ">9.1f") for part in (50, 95, 99)
        )
        + f"{size:>7.1f}  {against(cuts[94], target)}"
    )


def _timed(client: httpx.Client, path: str, body: Body) -> tuple[float, int]:
    """Milliseconds, and the bytes of the answer."""
    started = time.perf_counter()
    answer = client.post(path, json=body).raise_for_status()
    return (time.perf_counter() - started) * 1e3, len(answer.content)
