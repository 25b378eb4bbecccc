"""Rows of a ledger that look like payments on a debt, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

LEAST_SCORE = 30
MAX_SCORE = 100
NEARLY = 5  # percent
SHORTEST_WORD = 4
# Words of many lenders and debts: one of them alone names none.
COMMON_WORDS = frozenset({"bank", "card", "credit", "debt", "finance", "loan", "mortgage", "payment"})


@dataclass(frozen=True, slots=True)
class Movement:
    """A row: ``paid`` is what left an account, in minor units; ``text`` is all that is written on it."""

    key: str
    on: date
    paid: int
    text: str
    is_loan_payment: bool
    is_on_debt_account: bool


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is known of a debt's payments: names that may stand on them, usual amounts, the due day."""

    names: Sequence[str]
    amounts: Sequence[int]
    due_day: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    key: str
    score: int
    reasons: tuple[str, ...]


def suggestions(expected: Expectation, movements: Iterable[Movement]) -> list[Suggestion]:
    """Movements that score ``LEAST_SCORE`` or more, the best first.

    A payment received on the debt's own account is one by itself (80). Otherwise its names (50), an amount asked
    for or paid before (30; within 5 percent 15), a category of loan payments (20) and a day within a week of
    the due day (10) add up, to at most 100.
    """
    found = [_judged(expected, movement) for movement in movements]
    return sorted(
        (each for each in found if each.score >= LEAST_SCORE), key=lambda each: (-each.score, each.key)
    )


def _judged(expected: Expectation, movement: Movement) -> Suggestion:
    signs = [
        (80, "It arrived on this debt's account.", movement.is_on_debt_account),
        (50, "It names the lender or the debt.", _names(expected, movement)),
        (30, "The amount is one that you pay on this debt.", movement.paid in expected.amounts),
        (15, "The amount is near what you pay on this debt.", _is_near(expected, movement)),
        (20, "Its category is that of loan payments.", movement.is_loan_payment),
        (10, "It was paid near the due day.", _is_near_due_day(expected, movement)),
    ]
    held = [(points, reason) for points, reason, holds in signs if holds]
    # A day alone says nothing: it only adds to what else was found.
    score = sum(points for points, _ in held) if len(held) > 1 or (held and held[0][0] > 10) else 0
    return Suggestion(movement.key, min(MAX_SCORE, score), tuple(reason for _, reason in held))


def _names(expected: Expectation, movement: Movement) -> bool:
    text = movement.text.casefold()
    names = [name.casefold() for name in expected.names]
    words = {word for name in names for word in name.split() if len(word) >= SHORTEST_WORD}
    return any(sign in text for sign in (*names, *(words - COMMON_WORDS)))


def _is_near(expected: Expectation, movement: Movement) -> bool:
    if movement.paid in expected.amounts:
        return False
    return any(abs(movement.paid - amount) * 100 <= NEARLY * amount for amount in expected.amounts)


def _is_near_due_day(expected: Expectation, movement: Movement) -> bool:
    distance = abs(movement.on.day - expected.due_day)
    return min(distance, 31 - distance) <= 7
