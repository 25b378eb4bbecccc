"""How a period stands: what was allotted, what was spent of it, by whom it was given."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from budgets.domain.envelopes import Envelope, Mode, Pattern
from budgets.models import Allocation, BudgetPeriod, Move, Redistribution
from budgets.selectors.spending import Spent, in_currency, spending
from core.domain.money import to_minor
from transactions.domain.category_tree import CategoryGroup


class Moved(NamedTuple):
    """Minor units that a redistribution moved between two allocations, or was to and the person refused it."""

    giver: UUID
    receiver: UUID
    amount: int
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A period with its allocations and, in the same order, their envelopes in minor units.

    ``unplanned`` is spending by day in categories that no allocation covers, ``moved`` what redistributions have
    brought to each allocation or taken from it, ``refused`` allocations for which the person took back or dismissed
    one.
    """

    period: BudgetPeriod
    allocations: Sequence[Allocation]
    envelopes: Sequence[Envelope]
    unplanned: tuple[int, ...]
    moved: Mapping[UUID, int]
    refused: Collection[UUID]

    def expecting(self, needed: Mapping[str, int]) -> "Standing":
        """The same with what a forecast expects each allocation to spend still, by the allocation's id."""
        envelopes = [replace(each, needed=needed.get(each.key, 0)) for each in self.envelopes]
        return replace(self, envelopes=envelopes)

    def today(self, day: date) -> int:
        """The place of a day in the period: 0 before it, its length after it."""
        return self.period.span.index(day)


def standing(period: BudgetPeriod, *, mode: str) -> Standing:
    """How one period stands; ``mode`` is the person's own."""
    return standings([period], mode=mode)[0]


def standings(periods: Sequence[BudgetPeriod], *, mode: str) -> list[Standing]:
    """How periods of one person stand, in four queries however many they are.

    A period that closed before the person changed their base currency keeps its own; its spending is told in that, at
    the rates of its days, and what has no rate not at all.
    """
    if not periods:
        return []
    spent = spending(
        periods[0].user_id,
        first=min(period.first_on for period in periods),
        last=max(period.last_on for period in periods),
        currency=periods[0].user.base_currency,
    )
    return standings_of(periods, spent, mode=mode)


def standings_of(periods: Sequence[BudgetPeriod], spent: Sequence[Spent], *, mode: str) -> list[Standing]:
    """The same where the spending of these periods, and maybe more, has been read already."""
    allocations: dict[UUID, list[Allocation]] = {period.pk: [] for period in periods}
    for allocation in (
        Allocation.objects.filter(period__in=periods)
        .select_related("category")
        .order_by("priority", "category__position", "pk")
    ):
        allocations[allocation.period_id].append(allocation)
    moves, base = moves_of(periods), periods[0].user.base_currency
    return [
        assembled(
            period, allocations[period.pk], in_currency(spent, period, base=base), mode=mode, moves=moves
        )
        for period in periods
    ]


def assembled(
    period: BudgetPeriod,
    allocations: Sequence[Allocation],
    spent: Iterable[Spent],
    *,
    mode: str,
    moves: Iterable[Moved],
) -> Standing:
    """The standing of a period from rows that are there already.

    Spending counts against the allocation of its category, else of the category above it.
    """
    span, width = period.span, len(period.span)
    given, moved, refused = Counter[UUID](), Counter[UUID](), set[UUID]()
    for move in moves:
        if move.is_refused:
            refused.add(move.receiver)
        else:
            given[move.giver] += move.amount
            moved.update({move.giver: -move.amount, move.receiver: move.amount})
    by_category = {allocation.category_id: allocation.pk for allocation in allocations}
    days: dict[UUID | None, list[int]] = {key: [0] * width for key in (None, *by_category.values())}
    for each in spent:
        place = (each.day - span.first).days
        if 0 <= place < width:
            key = by_category.get(each.category_id) or by_category.get(each.parent_id or each.category_id)
            days[key][place] += each.amount
    return Standing(
        period=period,
        allocations=allocations,
        envelopes=[
            envelope_of(
                allocation,
                days[allocation.pk],
                first=span.first,
                mode=mode,
                given=given[allocation.pk],
            )
            for allocation in allocations
        ],
        unplanned=tuple(days[None]),
        moved=moved,
        refused=refused,
    )


def envelope_of(
    allocation: Allocation,
    spent: Sequence[int],
    *,
    first: date,
    mode: str,
    given: int = 0,
) -> Envelope:
    """An allocation as the domain sees it; one without a mode of its own has the person's."""
    return Envelope(
        key=str(allocation.pk),
        name=allocation.category.label,
        planned=tuple(allocation.planned),
        spent=tuple(spent),
        priority=allocation.priority,
        is_essential=allocation.is_essential,
        is_locked=allocation.is_locked,
        mode=Mode(allocation.mode or mode),
        pattern=Pattern(allocation.pattern),
        locked_days=frozenset((date.fromisoformat(day) - first).days for day in allocation.locked_days),
        given=given,
        is_saving=allocation.category.group == CategoryGroup.SAVINGS,
    )


def moves_of(periods: Iterable[BudgetPeriod]) -> list[Moved]:
    """All that was moved in these periods or refused there; what waits for an answer is neither."""
    currencies = {period.pk: period.currency for period in periods}
    rows = (
        Move.objects.filter(redistribution__period__in=currencies)
        .exclude(redistribution__status=Redistribution.Status.PROPOSED)
        .values_list(
            "giver_id", "receiver_id", "amount", "redistribution__period_id", "redistribution__status"
        )
    )
    return [
        Moved(giver, receiver, to_minor(amount, currencies[period]), status != Redistribution.Status.APPLIED)
        for giver, receiver, amount, period, status in rows
    ]
