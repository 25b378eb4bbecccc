"""Parts of one series put together: a new price, a pause, a payment that stands out."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transactions.domain.recurring.amounts import is_like, is_steady
from transactions.domain.recurring.peeling import Rhythm
from transactions.domain.recurring.records import Movement
from transactions.domain.recurring.schedules import Schedule, fitted

# How far amounts may be apart, in percent of the larger one: those of two parts that follow on each other or that a
# pause parts, and a single amount and its neighbour in a series that stands alone or among other purchases.
FOLLOWING, AFTER_A_PAUSE = 50, 20
ALONE, AMONG_OTHERS = 80, 25
# Beside so large a share of other purchases a single amount has to be alike to count.
OTHERS_PERCENT = 25
# More movements than this that look like a series but are not in it make it a habit; percent of its own.
MISTAKABLE_PERCENT = 40


@dataclass(frozen=True, slots=True)
class Run:
    """One series from its first to its last occurrence; ``rhythm`` is its latest part."""

    members: tuple[Movement, ...]
    rhythm: Rhythm


def joined(rhythms: Sequence[Rhythm]) -> list[Run]:
    """Each rhythm is put behind the one that it best continues: same period, over before, of a like amount."""
    runs: list[Run] = []
    for rhythm in sorted(rhythms, key=lambda each: (each.members[0].on, str(each.members[0].key))):
        before = [run for run in runs if _continues(run, rhythm)]
        if before:
            run = min(before, key=lambda each: _distance(each, rhythm))
            runs[runs.index(run)] = Run(run.members + rhythm.members, _surer(rhythm, run.rhythm))
        else:
            runs.append(Run(rhythm.members, rhythm))
    return runs


def absorbed(runs: Sequence[Run], group: Sequence[Movement]) -> list[Run]:
    """Runs with those movements of the rest that fall on their due days without a movement."""
    taken = {each.key for run in runs for each in run.members}
    rest: dict[int, list[Movement]] = defaultdict(list)
    for each in group:
        if each.key not in taken:
            rest[each.on.toordinal()].append(each)
    is_crowded = (len(group) - len(taken)) * 100 > OTHERS_PERCENT * len(group)
    grown = []
    for run in sorted(runs, key=lambda each: -each.rhythm.evidence):
        added = _added(run, rest, is_crowded=is_crowded)
        for each in added:
            rest[each.on.toordinal()].remove(each)
        members = sorted((*run.members, *added), key=lambda each: (each.on, str(each.key)))
        grown.append(Run(tuple(members), run.rhythm))
    return grown


def believable(runs: Sequence[Run], group: Sequence[Movement]) -> list[Run]:
    """Runs that explain most of what could as well have been theirs.

    A habit such as the hairdresser keeps to a schedule for a while, by chance, and then no longer.
    """
    taken = {each.key for run in runs for each in run.members}
    rest = sorted(abs(each.amount) for each in group if each.key not in taken)
    return [run for run in runs if _mistakable(run, rest) * 100 <= MISTAKABLE_PERCENT * len(run.members)]


def _mistakable(run: Run, rest: Sequence[int]) -> int:
    """How many of the other sizes, which ascend, look like the run's.

    Those are the same where it is steady, else from half its least to twice its most.
    """
    amounts = [each.amount for each in run.members]
    sizes = {abs(amount) for amount in amounts}
    if is_steady(amounts):
        return sum(_between(rest, size, size) for size in sizes)
    return _between(rest, (min(sizes) + 1) // 2, 2 * max(sizes))


def _between(sizes: Sequence[int], least: int, most: int) -> int:
    return bisect_right(sizes, most) - bisect_left(sizes, least)


def _surer(latest: Rhythm, earlier: Rhythm) -> Rhythm:
    return replace(latest, evidence=latest.evidence + earlier.evidence)


def _continues(run: Run, rhythm: Rhythm) -> bool:
    last, following = run.members[-1], rhythm.members[0]
    if run.rhythm.rule is not rhythm.rule or last.on >= following.on:
        return False
    pause = (following.on - last.on).days / rhythm.rule.length
    follows_on = pause <= rhythm.rule.patience + 1
    return is_like(last.amount, following.amount, FOLLOWING if follows_on else AFTER_A_PAUSE)


def _distance(run: Run, rhythm: Rhythm) -> tuple[float, int]:
    last, following = run.members[-1], rhythm.members[0]
    ratio = abs(following.amount - last.amount) / max(abs(following.amount), abs(last.amount))
    return ratio, (following.on - last.on).days


def _added(run: Run, rest: Mapping[int, Sequence[Movement]], *, is_crowded: bool) -> list[Movement]:
    """What of the rest, by day, the run takes in."""
    rule = run.rhythm.rule
    schedule = fitted(run.rhythm.schedule, [each.on.toordinal() for each in run.rhythm.members])
    filled = {schedule.nearest(each.on.toordinal())[0]: each for each in run.members}
    most = rule.floor if is_crowded else rule.slack
    added: list[Movement] = []
    middle = schedule.nearest(run.members[-1].on.toordinal())[0]
    for slot, each in _near(schedule, rest, filled, middle=middle, most=most):
        neighbour = _neighbour(filled, slot, rule.patience)
        if slot not in filled and _belongs(each, neighbour, run, is_crowded=is_crowded):
            filled[slot] = each
            added.append(each)
    return added


def _near(
    schedule: Schedule,
    rest: Mapping[int, Sequence[Movement]],
    filled: Container[int],
    *,
    middle: int,
    most: int,
) -> Iterator[tuple[int, Movement]]:
    """Movements near a due day that is not filled, and its slot: outwards from the middle, the closest to its day
    first.
    """
    placed = ((*schedule.nearest(day), movements) for day, movements in rest.items())
    near = [
        (abs(slot - middle), abs(deviation), str(each.key), slot, each)
        for slot, deviation, movements in placed
        if abs(deviation) <= most and slot not in filled
        for each in movements
    ]
    for *_, slot, each in sorted(near, key=lambda found: found[:3]):
        yield slot, each


def _neighbour(filled: dict[int, Movement], slot: int, patience: int) -> Movement | None:
    shifts = (shift for distance in range(1, patience + 2) for shift in (-distance, distance))
    return next((filled[slot + shift] for shift in shifts if slot + shift in filled), None)


def _belongs(each: Movement, neighbour: Movement | None, run: Run, *, is_crowded: bool) -> bool:
    """After a pause only the known amount counts."""
    if neighbour is None:
        return each.amount == run.members[-1].amount
    return is_like(each.amount, neighbour.amount, AMONG_OTHERS if is_crowded else ALONE)
