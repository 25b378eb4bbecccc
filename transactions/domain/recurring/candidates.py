"""Which movements of one merchant could belong together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from transactions.domain.recurring.records import Movement

FEWEST = 2
MOST_CLUSTERS = 8
GAP_PERCENT = 20

Group = tuple[str, str, bool]


def grouped(movements: Iterable[Movement]) -> dict[Group, list[Movement]]:
    """Movements by merchant, currency and direction, in the order of their days.

    Where a merchant is unknown the text stands for it, and where there is none the amount.
    """
    groups: dict[Group, list[Movement]] = defaultdict(list)
    for each in sorted(movements, key=lambda movement: (movement.on, movement.amount, str(movement.key))):
        if each.amount:
            name = each.merchant or each.text or f"amount {abs(each.amount)}"
            groups[name, each.currency, each.amount > 0].append(each)
    return groups


def candidates(group: Sequence[Movement]) -> list[list[Movement]]:
    """All of the group, those of one text, of one amount, and of amounts between two wide gaps."""
    found = {tuple(map(id, each)): each for each in _subsets(group) if len(each) >= FEWEST}
    return list(found.values())


def _subsets(group: Sequence[Movement]) -> Iterator[list[Movement]]:
    yield list(group)
    yield from _alike(group, [each.text for each in group])
    yield from _alike(group, [each.amount for each in group])
    clusters = _clusters(group)
    if len(clusters) <= MOST_CLUSTERS:
        yield from clusters


def _alike(group: Sequence[Movement], marks: Sequence[Hashable]) -> Iterable[list[Movement]]:
    found: dict[Hashable, list[Movement]] = defaultdict(list)
    for each, mark in zip(group, marks, strict=True):
        found[mark].append(each)
    return found.values()


def _clusters(group: Sequence[Movement]) -> list[list[Movement]]:
    """The group cut where sorted amounts jump by more than a fifth."""
    numbers: dict[int, int] = {}
    cluster, previous = 0, 0
    for size in sorted({abs(each.amount) for each in group}):
        if previous and (size - previous) * 100 > GAP_PERCENT * size:
            cluster += 1
        numbers[size] = cluster
        previous = size
    return list(_alike(group, [numbers[abs(each.amount)] for each in group]))
