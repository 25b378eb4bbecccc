"""Which tests a process of the suite runs in one go, and which come first.

xdist has groups of its own (``--dist loadgroup``), and loses them with the node ids of pytest 9.2.
"""

from functools import cached_property
from itertools import groupby

import pytest
from xdist.scheduler import LoadScopeScheduling

# Which of these a process runs, it runs all: what they start or load is made once.
TOGETHER = {"tests/journeys/": "journeys", "/demo/test_load": "demo"}
# So few tests of a module that no process is left with a long one when the others have ended.
PIECE = 25


def unit_of(nodeid: str) -> str:
    """The name of what a test belongs to: the journeys, the demo, one long race, or else its module."""
    path = nodeid.partition("::")[0]
    together = next((name for part, name in TOGETHER.items() if part in path), None)
    return together or (nodeid if path.endswith("/test_races.py") else path)


def units(nodeids: list[str]) -> dict[str, str]:
    """For each test its unit: a stretch of one module in the order of the suite, in pieces."""
    found = {}
    for number, (unit, stretch) in enumerate(groupby(nodeids, key=unit_of)):
        for place, nodeid in enumerate(stretch):
            piece = 0 if unit in TOGETHER.values() else place // PIECE
            found[nodeid] = f"{unit} {number}.{piece}"
    return found


class Scheduling(LoadScopeScheduling):
    """Hands out units in the order of the suite."""

    @cached_property
    def _units(self) -> dict[str, str]:
        return units(self.collection or [])

    def _split_scope(self, nodeid: str) -> str:
        return self._units[nodeid]


def long_ones_first(items: list[pytest.Item]) -> None:
    """The journeys, the demo and what else takes long, but for what empties the database: that stays last."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    unit = unit_of(item.nodeid)
    if unit in TOGETHER.values():
        return list(TOGETHER.values()).index(unit)
    if _commits(item):
        return 5
    return 3 if item.get_closest_marker("slow") else 4


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked = bool(mark and mark.kwargs.get("transaction"))
    return asked or not {"transactional_db", "live_server"}.isdisjoint(_fixtures(item))


def uses_stores(item: pytest.Item) -> bool:
    """Whether a test meets the database, and so may end otherwise on another kind of installation."""
    asked = item.get_closest_marker("django_db") is not None
    return asked or not {"db", "transactional_db", "live_server", "world"}.isdisjoint(_fixtures(item))


def _fixtures(item: pytest.Item) -> list[str]:
    names: list[str] = getattr(item, "fixturenames", [])
    return names
