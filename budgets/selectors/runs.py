"""What redistributions have moved, or would, as answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from budgets.domain.redistribution import Outcome, Reason, State
from budgets.models import Redistribution
from core.domain.money import from_minor, round_to_minor
from core.serializers import said


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMove:
    giver: UUID
    receiver: UUID
    amount: Decimal
    reason: Reason = said(
        "`slack`: it has more left than it is likely to need; `priority`: it matters least of those with money left."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What a category lacks still."""

    allocation: UUID
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryStanding:
    """A category as the run found it."""

    allocation: UUID
    name: str
    days_left: int
    budgeted: Decimal
    spent: Decimal
    remaining: Decimal
    needed: Decimal = said("What the forecast expects it to spend still.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RedistributionRun:
    """What a run has moved, or would."""

    dry_run: bool
    message: str
    redistribution: UUID | None = said("The record, where money was moved.")
    currency: str
    moves: tuple[RunMove, ...]
    short: tuple[Shortfall, ...]
    states: tuple[CategoryStanding, ...]


def redistribution_run(
    outcome: Outcome, *, message: str, kept: Redistribution | None, currency: str, dry_run: bool
) -> RedistributionRun:
    """The answer to one who asked for a run."""
    return RedistributionRun(
        dry_run=dry_run,
        message=message,
        redistribution=None if kept is None else kept.pk,
        currency=currency,
        moves=tuple(
            RunMove(
                giver=UUID(move.giver),
                receiver=UUID(move.receiver),
                amount=from_minor(move.amount, currency),
                reason=move.reason,
            )
            for move in outcome.moves
        ),
        short=_shortfalls({key: from_minor(units, currency) for key, units in outcome.short.items()}),
        states=tuple(_standing(state, currency) for state in outcome.states),
    )


def moves_in(run: Redistribution) -> tuple[RunMove, ...]:
    """What a run has moved, in the order in which it did."""
    currency = run.period.currency
    return tuple(
        RunMove(
            giver=move.giver_id,
            receiver=move.receiver_id,
            amount=round_to_minor(move.amount, currency),
            reason=Reason(move.reason),
        )
        for move in sorted(run.moves.all(), key=lambda move: move.pk)
    )


def shortfalls_of(run: Redistribution) -> tuple[Shortfall, ...]:
    """What a run could not cover."""
    return _shortfalls({key: Decimal(amount) for key, amount in run.short.items()})


def states_before(run: Redistribution) -> tuple[CategoryStanding, ...]:
    """The categories as a run found them."""
    return tuple(_standing(State(**state), run.period.currency) for state in run.states)


def _shortfalls(amounts: Mapping[str, Decimal]) -> tuple[Shortfall, ...]:
    return tuple(Shortfall(allocation=UUID(key), amount=amount) for key, amount in amounts.items())


def _standing(state: State, currency: str) -> CategoryStanding:
    return CategoryStanding(
        allocation=UUID(state.key),
        name=state.name,
        days_left=state.days_left,
        budgeted=from_minor(state.budgeted, currency),
        spent=from_minor(state.spent, currency),
        remaining=from_minor(state.remaining, currency),
        needed=from_minor(state.needed, currency),
    )
