"""How the days of a period stand to their plan, all categories together. Amounts are minor units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgets.domain.daily import Day
from budgets.domain.envelopes import Envelope, Kind, Status


@dataclass(frozen=True, slots=True)
class Part:
    """What was planned for a day, and what was spent on it."""

    planned: int
    spent: int


@dataclass(frozen=True, slots=True)
class DayStanding:
    """One day: the money to be spent day by day, and apart from it ``bills`` and ``savings``.

    ``spent`` includes ``unplanned``, which was spent where nothing is allotted. ``over`` is how much more than it had
    was spent in the category ``over_key``, the one that is most over; without a key it is the unplanned spending.
    """

    planned: int
    available: int
    spent: int
    unplanned: int
    status: Status
    over: int
    over_key: str | None
    bills: Part
    savings: Part

    @property
    def remaining(self) -> int:
        return self.available - self.spent


def day_standings(
    plans: Sequence[tuple[Envelope, Sequence[Day]]], unplanned: Sequence[int]
) -> list[DayStanding]:
    """Each day of a period; a day's status is the worst of the categories that are planned by day.

    What one category has left covers nothing of another's overspending, and least of all do bills that are not paid
    yet, or savings: these are told apart and have no say in the status. What is spent where nothing is allotted is
    over by all of it. Of several categories that are over, the one by most is named, of equals the first.
    """
    of_kind: dict[Kind, list[tuple[str, Sequence[Day]]]] = {kind: [] for kind in Kind}
    for envelope, days in plans:
        of_kind[envelope.kind].append((envelope.key, days))
    return [
        _standing(
            [(key, days[place]) for key, days in of_kind[Kind.DAILY]],
            unplanned_here,
            bills=_part(days[place] for _, days in of_kind[Kind.BILLS]),
            savings=_part(days[place] for _, days in of_kind[Kind.SAVINGS]),
        )
        for place, unplanned_here in enumerate(unplanned)
    ]


def _standing(daily: list[tuple[str, Day]], unplanned: int, *, bills: Part, savings: Part) -> DayStanding:
    over, over_key = max(unplanned, 0), None
    for key, day in daily:
        if day.over > over or (day.over == over > 0 and over_key is None):
            over, over_key = day.over, key
    is_near = any(day.status == Status.AMBER for _, day in daily)
    return DayStanding(
        planned=sum(day.planned for _, day in daily),
        available=sum(day.available for _, day in daily),
        spent=sum(day.spent for _, day in daily) + unplanned,
        unplanned=unplanned,
        status=Status.RED if over else Status.AMBER if is_near else Status.GREEN,
        over=over,
        over_key=over_key,
        bills=bills,
        savings=savings,
    )


def _part(days: Iterable[Day]) -> Part:
    figures = [(day.planned, day.spent) for day in days]
    return Part(sum(planned for planned, _ in figures), sum(spent for _, spent in figures))
