"""When a series is due next, what it has missed, and whether it is over."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from transactions.domain.recurring.peeling import spells
from transactions.domain.recurring.schedules import Schedule, fitted


class Outlook(NamedTuple):
    schedule: Schedule
    next_on: date | None
    tolerance_days: int
    missed: tuple[date, ...]
    is_ended: bool
    coverage: float


def outlook(around: Schedule, days: Sequence[date], *, today: date) -> Outlook:
    """The schedule that fits the latest occurrences, carried on from the last.

    A due day is missed once it and the tolerance after it are past. The series is ended when as many due days in a
    row were missed as its period is given patience for; pauses as long as that are no missed days either.
    """
    rule = around.rule
    ordinals = [day.toordinal() for day in days]
    slots = sorted({around.nearest(day)[0] for day in ordinals})
    latest = spells(slots, rule.patience)[-1]
    begin = around.due(latest[0]) - rule.slack - 2
    recent = [day for day in ordinals if day >= begin]
    schedule = fitted(around, recent)
    tolerance = _tolerance(schedule, recent)
    taken = sorted({schedule.nearest(day)[0] for day in ordinals})
    overdue, following = _since(schedule, taken[-1], today.toordinal() - tolerance)
    is_ended = len(overdue) >= rule.patience
    between = [slot for spell in spells(taken, rule.patience) for slot in _holes(spell)]
    missed = between if is_ended else [*between, *overdue]
    expected = len(taken) + len(between)
    return Outlook(
        schedule=schedule,
        next_on=None if is_ended else date.fromordinal(schedule.due(following)),
        tolerance_days=tolerance,
        missed=tuple(date.fromordinal(schedule.due(slot)) for slot in missed),
        is_ended=is_ended,
        coverage=len(taken) / expected,
    )


def _since(schedule: Schedule, last: int, day: int) -> tuple[list[int], int]:
    """The slots after the last that were due before ``day``, no more than make an end, and the one after them."""
    overdue: list[int] = []
    slot = last + 1
    while schedule.due(slot) < day and len(overdue) < schedule.rule.patience:
        overdue.append(slot)
        slot += 1
    return overdue, slot


def _holes(spell: Sequence[int]) -> list[int]:
    known = set(spell)
    return [slot for slot in range(spell[0], spell[-1]) if slot not in known]


def _tolerance(schedule: Schedule, days: Sequence[int]) -> int:
    rule = schedule.rule
    furthest = max(abs(schedule.nearest(day)[1]) for day in days)
    return min(max(furthest, rule.floor), rule.slack + 2)
