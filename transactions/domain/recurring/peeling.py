"""The surest rhythm is taken out of a merchant's movements, then the surest of the rest, until none is believed."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from math import log
from statistics import median_low
from typing import NamedTuple
from uuid import UUID

from transactions.domain.recurring import evidence
from transactions.domain.recurring.amounts import is_like, is_steady, is_within
from transactions.domain.recurring.candidates import candidates
from transactions.domain.recurring.records import Movement
from transactions.domain.recurring.rules import RULES, Rule
from transactions.domain.recurring.schedules import Near, Schedule, likely_schedules, near_due, position

# More movements to a due day than this are no series with something beside it.
DENSEST = 2.5
# Half of the movements between the first and the last belong to it, or nearly: two phones at one price.
PUREST = 0.45
# Percent that the only two amounts, and the typical ones of a month's two halves, may be apart.
LIKE_ENOUGH_FOR_TWO, LIKE_ENOUGH_FOR_HALVES = 10, 25
# How many times its smallest amount a bill may come to, and one that comes every half year or less often.
WIDEST, WIDEST_SELDOM = 12, 3
SELDOM = 6
# Two occurrences are looked for at merchants with no more movements than this.
FEW_AMONG = 12
# No household has more at one merchant; through a payment service it may have dozens.
MOST_RHYTHMS = 250
SHORTEST = min(rule.length for rule in RULES)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Movements on the due days of a schedule, one on most; ``evidence`` as in ``evidence.rhythm``."""

    members: tuple[Movement, ...]
    schedule: Schedule
    evidence: float

    @property
    def rule(self) -> Rule:
        return self.schedule.rule


def rhythms(group: Sequence[Movement]) -> list[Rhythm]:
    """Rhythms of one merchant, the surest first; no movement is in two of them.

    No more than ``MOST_RHYTHMS`` are taken out, so that the work grows with the movements and not with their square.
    """
    found: list[Rhythm] = []
    pool = _Pool(group)
    doubt = log(max(1, pool.size))
    while (
        len(found) < MOST_RHYTHMS and (rhythm := pool.surest()) and rhythm.evidence - doubt >= evidence.ENOUGH
    ):
        found.append(rhythm)
        pool.take_out(rhythm)
    return found


class _Pool:
    """The candidates of a group, each with its surest rhythm; only those that lose a movement are weighed anew."""

    def __init__(self, group: Sequence[Movement]) -> None:
        self._candidates = candidates(group)
        self._left = len(group)
        self._proposals = [_surest(each, self._left) for each in self._candidates]
        self._holding: dict[str | UUID, list[int]] = defaultdict(list)
        for number, members in enumerate(self._candidates):
            for each in members:
                self._holding[each.key].append(number)

    @property
    def size(self) -> int:
        """How many candidates there were to choose from."""
        return len(self._candidates)

    def surest(self) -> Rhythm | None:
        return _best(self._proposals)

    def take_out(self, rhythm: Rhythm) -> None:
        taken = {each.key for each in rhythm.members}
        self._left -= len(taken)
        for number in self._changed_without(taken):
            left = [each for each in self._candidates[number] if each.key not in taken]
            self._candidates[number] = left
            self._proposals[number] = _surest(left, self._left)

    def _changed_without(self, taken: Set[str | UUID]) -> Set[int]:
        """Candidates that held one of them, and the small ones, which are judged beside all that is left."""
        changed = {number for key in taken for number in self._holding[key]}
        if self._left <= FEW_AMONG:
            changed |= {number for number, each in enumerate(self._candidates) if len(each) <= evidence.FEW}
        return changed


def _surest(members: Sequence[Movement], among: int) -> Rhythm | None:
    """The surest rhythm of these of the ``among`` movements that are left at the merchant."""
    if (len(members) <= evidence.FEW and among > FEW_AMONG) or _is_crowd(members):
        return None
    days = [each.on.toordinal() for each in members]
    rules = [rule for rule in RULES if _could_hold(rule, days)]
    if rules and members[0].amount < 0 and not is_steady([each.amount for each in members]):
        rules = [rule for rule in rules if not rule.days]
    return _best(rhythm for rule in rules for rhythm in _by_rule(rule, members, days, among))


def _is_crowd(members: Sequence[Movement]) -> bool:
    """Whether there are more than fit the shortest period, or none."""
    return not members or len(members) > DENSEST * ((members[-1].on - members[0].on).days / SHORTEST + 1)


def _could_hold(rule: Rule, days: Sequence[int]) -> bool:
    """Cheaply: enough movements, not too dense, and some of them a period apart."""
    length, apart, needed = rule.length, 2 * rule.slack + 3, min(2, rule.fewest - 1)
    if len(days) < rule.fewest or len(days) > DENSEST * ((days[-1] - days[0]) / length + 1):
        return False
    for day in days:
        place = bisect_left(days, day + length - apart)
        needed -= place < len(days) and days[place] <= day + length + apart
        if not needed:
            return True
    return False


def _by_rule(rule: Rule, members: Sequence[Movement], days: Sequence[int], among: int) -> Iterator[Rhythm]:
    places = [position(rule, day) for day in days]
    for schedule in likely_schedules(rule, [place for _, place in places]):
        near = near_due(schedule, days, places)
        if len(near) >= rule.fewest:
            yield from _on_schedule(schedule, near, members, days, among)


def _best(proposals: Iterable[Rhythm | None]) -> Rhythm | None:
    """The surest; of equally sure ones the first, so that the same ledger always gives the same series."""
    return max((each for each in proposals if each), key=lambda rhythm: rhythm.evidence, default=None)


def _on_schedule(
    schedule: Schedule,
    near: Iterable[Near],
    members: Sequence[Movement],
    days: Sequence[int],
    among: int,
) -> Iterator[Rhythm]:
    closest: dict[int, Near] = {}
    for each in near:
        if each.slot not in closest or abs(each.deviation) < abs(closest[each.slot].deviation):
            closest[each.slot] = each
    for slots in spells(sorted(closest), schedule.rule.patience):
        if len(slots) >= schedule.rule.fewest:
            found = [closest[slot] for slot in slots]
            spell = _Spell(
                schedule, [members[each.which] for each in found], slots, [each.deviation for each in found]
            )
            rhythm = _judged(spell, days, among)
            if rhythm:
                yield rhythm


class _Spell(NamedTuple):
    schedule: Schedule
    members: list[Movement]
    slots: list[int]
    deviations: list[int]


def _judged(spell: _Spell, days: Sequence[int], among: int) -> Rhythm | None:
    rule, members = spell.schedule.rule, spell.members
    length = spell.slots[-1] - spell.slots[0] + 1
    amounts = [each.amount for each in members]
    of = _count(days, members[0], members[-1]) if len(members) > evidence.FEW else among
    if len(members) < max(rule.coverage * length, PUREST * of) or not _may_recur(rule, amounts):
        return None
    if not is_steady(amounts) and evidence.wanders(spell.deviations):
        return None
    certainty = max(
        evidence.rhythm(rule, hits=hits, of=of, radius=radius)
        for radius in range(rule.slack + 1)
        if (hits := sum(abs(deviation) <= radius for deviation in spell.deviations))
    )
    certainty += evidence.likeness(amounts) * len(members) / len(days)
    certainty -= log(max(1, (days[-1] - days[0]) / rule.length / length))
    return Rhythm(tuple(members), spell.schedule, certainty)


def spells(slots: Sequence[int], patience: int) -> list[list[int]]:
    """Ascending slots, cut where more than ``patience`` in a row are missing."""
    found: dict[int, list[int]] = defaultdict(list)
    number = 0
    for before, slot in zip([slots[0], *slots] if slots else [], slots, strict=False):
        number += slot - before - 1 > patience
        found[number].append(slot)
    return list(found.values())


def _may_recur(rule: Rule, amounts: Sequence[int]) -> bool:
    """Going shopping every Saturday is a habit: what is spent every few weeks has to cost the same each time."""
    if len(amounts) <= evidence.FEW:
        return is_like(amounts[0], amounts[-1], LIKE_ENOUGH_FOR_TWO)
    if rule.dues > 1 and not _halves_are_alike(amounts):
        return False
    if amounts[0] < 0 and rule.days:
        return is_steady(amounts)
    return is_within(amounts, WIDEST_SELDOM if rule.months >= SELDOM else WIDEST)


def _halves_are_alike(amounts: Sequence[int]) -> bool:
    return is_like(median_low(amounts[::2]), median_low(amounts[1::2]), LIKE_ENOUGH_FOR_HALVES)


def _count(days: Sequence[int], first: Movement, last: Movement) -> int:
    return bisect_right(days, last.on.toordinal()) - bisect_left(days, first.on.toordinal())
