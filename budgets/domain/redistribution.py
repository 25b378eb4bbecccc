"""Moving money between categories when one is overspent. Amounts are minor units of one currency."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from budgets.domain.daily import overspent_on
from budgets.domain.envelopes import Envelope, Mode
from budgets.domain.spreading import spread

# These keep an overspending to themselves.
ALONE = {Mode.END, Mode.NEVER}


class Reason(StrEnum):
    """It has more left than the forecast expects it to spend, or it matters least of those with money left."""

    SLACK = "slack"
    PRIORITY = "priority"


class State(NamedTuple):
    """One category as a redistribution finds it; ``needed`` is what the forecast expects it to spend still."""

    key: str
    name: str
    budgeted: int
    spent: int
    remaining: int
    days_left: int
    needed: int


@dataclass(frozen=True, slots=True)
class Move:
    """So much from one category to another, and why this one gives."""

    giver: str
    receiver: str
    amount: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a redistribution would do: moves, what is ``short`` still by receiver, and the plans that change."""

    states: tuple[State, ...]
    moves: tuple[Move, ...]
    short: Mapping[str, int]
    planned: Mapping[str, tuple[int, ...]]

    @property
    def is_empty(self) -> bool:
        return not self.moves


def state_of(envelope: Envelope, today: int) -> State:
    """The category's figures on a day of the period, that day counted among those left."""
    return State(
        key=envelope.key,
        name=envelope.name,
        budgeted=envelope.budgeted,
        spent=envelope.total_spent,
        remaining=envelope.remaining,
        days_left=max(len(envelope.planned) - today, 0),
        needed=envelope.needed,
    )


def lack_of(envelope: Envelope, today: int) -> int:
    """What a category needs from others: what it spent over its allocation.

    With ``donors`` it is also what it spent today over today's plan. ``end``, ``never`` and locked ones ask for
    nothing.
    """
    if envelope.mode in ALONE or envelope.is_locked:
        return 0
    over = max(-envelope.remaining, 0)
    return over or (overspent_on(envelope, today) if envelope.mode == Mode.DONORS else 0)


def may_give(envelope: Envelope, today: int) -> int:
    """At most half of a donor's surplus, over all that it gives in a period, and nothing of its locked days.

    The surplus is what would remain had it given nothing, so being asked again does not halve it again.
    """
    locked = envelope.locked_days
    kept = sum(envelope.planned[day] for day in locked if day >= today)
    movable = sum(amount for day, amount in enumerate(envelope.planned) if day not in locked)
    return max(min((envelope.remaining - kept - envelope.given) // 2, movable), 0)


def donors_for(receiver: Envelope, envelopes: Iterable[Envelope], today: int) -> list[Envelope]:
    """Who may give to a receiver, in order.

    Money left, not essential, not locked, of lower priority (a higher number). First those with more left than
    the forecast still expects them to spend, then the lowest priority, then who has most left.
    """
    willing = [
        each
        for each in envelopes
        if each.key != receiver.key
        and not (each.is_essential or each.is_locked)
        and each.priority > receiver.priority
        and may_give(each, today) > 0
    ]
    return sorted(
        willing,
        key=lambda each: (
            each.remaining <= each.needed,
            -each.priority,
            -each.remaining,
            each.name,
            each.key,
        ),
    )


def redistribute(envelopes: Sequence[Envelope], today: int) -> Outcome:
    """Cover what the categories lack from those that can give, the most important receiver first.

    Nobody receives more than is lacking, and what is moved nets to zero. A donor's days left shrink in
    proportion, so that each is (remaining - given) / days left where the plan is even; what a receiver gets goes
    to today, where it was spent.
    """
    current = {each.key: each for each in envelopes}
    lacks = {each.key: lack_of(each, today) for each in envelopes}
    receivers = sorted(
        (each for each in envelopes if lacks[each.key]), key=lambda each: (each.priority, each.name, each.key)
    )
    moves: list[Move] = []
    short: dict[str, int] = {}
    for receiver in receivers:
        lack = lacks[receiver.key]
        able = (each for each in current.values() if not lacks[each.key])
        for donor in donors_for(receiver, able, today):
            amount = min(lack, may_give(donor, today))
            if not amount:
                break
            moves.append(Move(donor.key, receiver.key, amount, reason_of(donor)))
            left = take(donor, amount, today)
            current[donor.key] = replace(donor, planned=left, given=donor.given + amount)
            lack -= amount
        if lack:
            short[receiver.key] = lack
        received = lacks[receiver.key] - lack
        current[receiver.key] = replace(receiver, planned=give(receiver, received, today))
    return Outcome(
        states=tuple(state_of(each, today) for each in envelopes),
        moves=tuple(moves),
        short=short,
        planned={
            each.key: current[each.key].planned
            for each in envelopes
            if current[each.key].planned != each.planned
        },
    )


def give(envelope: Envelope, amount: int, today: int) -> tuple[int, ...]:
    """The plan with an amount more for today."""
    planned = list(envelope.planned)
    planned[today] += amount
    return tuple(planned)


def take(envelope: Envelope, amount: int, today: int) -> tuple[int, ...]:
    """The plan with an amount less, at most what ``may_give`` says; locked days stay as they are.

    The days left give in proportion; what they do not have is unspent money of earlier days, and comes off the
    latest of those.
    """
    planned = list(envelope.planned)
    free = [day for day in range(len(planned)) if day not in envelope.locked_days]
    coming = [day for day in free if day >= today]
    left = sum(planned[day] for day in coming)
    rest = max(amount - left, 0)
    shares = spread(left - (amount - rest), [planned[day] for day in coming])
    for day, share in zip(coming, shares, strict=True):
        planned[day] = share
    for day in reversed(free[: len(free) - len(coming)]):
        step = min(rest, planned[day])
        planned[day] -= step
        rest -= step
    return tuple(planned)


def reason_of(donor: Envelope) -> Reason:
    """Why this category gives."""
    return Reason.SLACK if donor.remaining > donor.needed else Reason.PRIORITY


def net_moves(moves: Sequence[Move]) -> list[tuple[str, int]]:
    """What each category has more, or less if negative: receivers first, then givers, the most first."""
    net = Counter[str]()
    for move in moves:
        net[move.receiver] += move.amount
        net[move.giver] -= move.amount
    changed = [(key, amount) for key, amount in net.items() if amount]
    return sorted(changed, key=lambda each: (each[1] < 0, -abs(each[1]), each[0]))
