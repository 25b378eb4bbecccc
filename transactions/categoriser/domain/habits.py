"""What a person taught about some merchants, carried over to others whose names are alike."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from transactions.categoriser.domain.text_features import marks
from transactions.categoriser.ports import Guess

MIN_LESSONS = 40
MIN_PROOFS = 20
RIGHT = 0.80
"""Likeness is trusted from where on the person's own merchants, each hidden in turn, are found this often."""

COMMON = 0.4
"""Marks that more than this share of the merchants have say nothing."""

TRIALS = 300
REMEMBERED = 8
"""So many persons' lessons are kept in order from one row to the next; about 2 MB for 500 of them."""

_Numbers = np.ndarray[Any, np.dtype[np.float64]]
_Flags = np.ndarray[Any, np.dtype[np.bool_]]
_Positions = np.ndarray[Any, np.dtype[np.int64]]


class Lesson(NamedTuple):
    """A merchant's key, and the category that the person chose for it."""

    merchant_key: str
    category: str
    is_income: bool


class _Trust(NamedTuple):
    likeness: float
    percent: int


class Habits:
    """A ``TextModel`` of one person: the category of the most alike merchant; read when first asked."""

    def __init__(self, read: Callable[[], Iterable[Lesson]]) -> None:
        self._read = read
        self._taught: _Taught | None = None

    @property
    def percent(self) -> int | None:
        """Of a hundred guesses so many are right, as measured; None where too little was taught."""
        trust = self._learnt().trust
        return trust and trust.percent

    def guess(self, words: Sequence[str], *, country: str, is_inflow: bool | None) -> Guess | None:  # noqa: ARG002
        taught = self._learnt()
        if taught.trust is None:
            return None
        nearest = taught.nearest(marks(words, country=""), hidden=None, is_inflow=is_inflow)
        if nearest is None or nearest[1] < taught.trust.likeness:
            return None
        return Guess(nearest[0].category, taught.trust.percent)

    def _learnt(self) -> "_Taught":
        if self._taught is None:
            self._taught = _remembered(tuple(sorted(self._read())))
        return self._taught


class _Taught:
    """Lessons by the marks of their merchants' names, and how far likeness to them is trusted; never changed."""

    def __init__(self, lessons: tuple[Lesson, ...]) -> None:
        self.trust: _Trust | None = None
        if len(lessons) < MIN_LESSONS:
            return
        self._lessons = lessons
        found = [marks(lesson.merchant_key.split(), country="") for lesson in lessons]
        counts = Counter(mark for each in found for mark in each)
        holders: dict[str, list[int]] = defaultdict(list)
        self._sizes: _Numbers = np.ones(len(found))
        for position, each in enumerate(found):
            telling = [mark for mark in each if counts[mark] <= COMMON * len(found)]
            self._sizes[position] = max(1, len(telling))
            for mark in telling:
                holders[mark].append(position)
        self._are_income: _Flags = np.array([lesson.is_income for lesson in lessons])
        self._holders: dict[str, _Positions] = {
            mark: np.array(positions) for mark, positions in holders.items()
        }
        self.trust = _trusted(self._trials(found))
        if self.trust is None:
            # Nobody will look at them, and they are kept for as long as the lessons are.
            self._holders = {}

    def nearest(
        self, looked_at: Set[str], *, hidden: int | None, is_inflow: bool | None
    ) -> tuple[Lesson, float] | None:
        """The most alike merchant and its likeness from 0 to 1; ``hidden`` is the one not to be found."""
        holders = [self._holders[mark] for mark in looked_at if mark in self._holders]
        if not holders:
            return None
        shared = np.bincount(np.concatenate(holders), minlength=len(self._sizes))
        likeness = shared / np.sqrt(len(looked_at) * self._sizes)
        if is_inflow is not None:
            likeness[self._are_income != is_inflow] = 0
        if hidden is not None:
            likeness[hidden] = 0
        best = int(likeness.argmax())
        return (self._lessons[best], float(likeness[best])) if likeness[best] else None

    def _trials(self, found: Sequence[Set[str]]) -> Iterable[tuple[float, bool]]:
        for position in range(0, len(found), -(-len(found) // TRIALS)):
            lesson = self._lessons[position]
            nearest = self.nearest(found[position], hidden=position, is_inflow=lesson.is_income)
            if nearest:
                yield nearest[1], nearest[0].category == lesson.category


@lru_cache(maxsize=REMEMBERED)
def _remembered(lessons: tuple[Lesson, ...]) -> _Taught:
    # The lessons themselves are the key: whatever changes one of them, the old answer is not found again.
    return _Taught(lessons)


def _trusted(trials: Iterable[tuple[float, bool]]) -> _Trust | None:
    """The least likeness from which on enough trials are right; their share is smoothed as n + 0.5 of N + 1.5.

    Among trials of one likeness the wrong ones count first.
    """
    trust: _Trust | None = None
    right = 0
    surest_first = sorted(trials, key=lambda trial: (-trial[0], trial[1]))
    for number, (likeness, is_right) in enumerate(surest_first, start=1):
        right += is_right
        share = (right + 0.5) / (number + 1.5)
        if number >= MIN_PROOFS and share >= RIGHT:
            trust = _Trust(likeness, int(100 * share))
    return trust
