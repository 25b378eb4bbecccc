"""How far a goal is, and what it still takes. Amounts are minor units of the goal's currency."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from goals.domain.instalments import Instalment, instalments, month_ends, paying_days

MILESTONES = (25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What is known of a goal; ``target`` is positive.

    ``opening`` is what had been saved on the day of its creation.
    """

    target: int
    saved: int
    created_on: date
    target_on: date
    opening: int = 0

    @property
    def remaining(self) -> int:
        return remaining(saved=self.saved, target=self.target)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a goal stands on a day.

    ``expected`` is the least that is on track. ``per_month`` and ``per_pay_day`` each add up to ``remaining``;
    ``months_left`` counts the month ends to the target date.
    """

    percent: int
    remaining: int
    months_left: int
    expected: int
    on_track: bool
    per_month: tuple[Instalment, ...]
    per_pay_day: tuple[Instalment, ...]


def percent_reached(*, saved: int, target: int) -> int:
    """Whole percent of the target, rounded down; never below 0, above 100 once more is saved than asked for."""
    return max(0, 100 * saved // target)


def remaining(*, saved: int, target: int) -> int:
    """What is still to be saved, never negative."""
    return max(0, target - saved)


def milestones_reached(*, saved: int, target: int, noted: Collection[int] = ()) -> tuple[int, ...]:
    """The milestones (25, 50, 75, 100 percent) that are reached and not among those noted, lowest first.

    A milestone once noted is never new again, though the savings fall and rise.
    """
    reached = (each for each in MILESTONES if 100 * saved >= each * target)
    return tuple(each for each in reached if each not in noted)


def expected_on(facts: GoalFacts, day: date) -> int:
    """The straight line from the opening on the day of creation to the target on its date, up to the next unit."""
    days = (facts.target_on - facts.created_on).days
    passed = max(0, (day - facts.created_on).days)
    if passed >= days:
        return facts.target
    return facts.opening - (facts.opening - facts.target) * passed // days


def progress(facts: GoalFacts, *, today: date, pay_days: Sequence[date] = ()) -> Progress:
    """The goal as of today; it is on track where as much is saved as the straight line asks for.

    What remains is spread over the month ends, and over the ``pay_days``, from today to the target date, both
    included; where none is left it is due on the target date, and today once that has passed.
    """
    ends = month_ends(today, facts.target_on)
    expected = expected_on(facts, today)
    return Progress(
        percent=percent_reached(saved=facts.saved, target=facts.target),
        remaining=facts.remaining,
        months_left=len(ends),
        expected=expected,
        on_track=facts.saved >= expected,
        per_month=_spread(facts, ends, today),
        per_pay_day=_spread(facts, pay_days, today),
    )


def _spread(facts: GoalFacts, days: Sequence[date], today: date) -> tuple[Instalment, ...]:
    return instalments(facts.remaining, paying_days(days, today=today, target_on=facts.target_on))
