"""Parts of one series put together: a new price, a pause, a payment that stands out."""

from collections.abc import Iterable, Iterator, Sequence
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
    rest = [each for each in group if each.key not in taken]
    is_crowded = len(rest) * 100 > OTHERS_PERCENT * len(group)
    grown = []
    for run in sorted(runs, key=lambda each: -each.rhythm.evidence):
        extended = _extended(run, rest, is_crowded=is_crowded)
        taken = {each.key for each in extended.members}
        rest = [each for each in rest if each.key not in taken]
        grown.append(extended)
    return grown


def believable(runs: Sequence[Run], group: Sequence[Movement]) -> list[Run]:
    """Runs that explain most of what could as well have been theirs.

    A habit such as the hairdresser keeps to a schedule for a while, by chance, and then no longer.
    """
    taken = {each.key for run in runs for each in run.members}
    rest = [each.amount for each in group if each.key not in taken]
    return [run for run in runs if _mistakable(run, rest) * 100 <= MISTAKABLE_PERCENT * len(run.members)]


def _mistakable(run: Run, rest: Iterable[int]) -> int:
    """How many of the other amounts look like the run's.

    Those are the same where it is steady, else from half its least to twice its most.
    """
    amounts = [each.amount for each in run.members]
    if is_steady(amounts):
        prices = set(amounts)
        return sum(amount in prices for amount in rest)
    sizes = [abs(amount) for amount in amounts]
    return sum(min(sizes) <= 2 * abs(amount) and abs(amount) <= 2 * max(sizes) for amount in rest)


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


def _extended(run: Run, rest: Iterable[Movement], *, is_crowded: bool) -> Run:
    rule = run.rhythm.rule
    schedule = fitted(run.rhythm.schedule, [each.on.toordinal() for each in run.rhythm.members])
    filled = {schedule.nearest(each.on.toordinal())[0]: each for each in run.members}
    most = rule.floor if is_crowded else rule.slack
    added: list[Movement] = []
    for slot, each in _near(schedule, rest, around=run.members[-1], most=most):
        neighbour = _neighbour(filled, slot, rule.patience)
        if slot not in filled and _belongs(each, neighbour, run, is_crowded=is_crowded):
            filled[slot] = each
            added.append(each)
    members = sorted((*run.members, *added), key=lambda each: (each.on, str(each.key)))
    return Run(tuple(members), run.rhythm)


def _near(
    schedule: Schedule, rest: Iterable[Movement], *, around: Movement, most: int
) -> Iterator[tuple[int, Movement]]:
    """Movements near a due day and its slot: outwards from what is known, the closest to its day first."""
    middle = schedule.nearest(around.on.toordinal())[0]
    placed = [(*schedule.nearest(each.on.toordinal()), each) for each in rest]
    near = [
        (abs(slot - middle), abs(deviation), str(each.key), slot, each)
        for slot, deviation, each in placed
        if abs(deviation) <= most
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
