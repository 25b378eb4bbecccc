"""A linear program with some whole-number variables, and what a solver says of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

Term = tuple[int, float]
"""A variable's number and its factor."""


@dataclass(frozen=True, slots=True)
class Row:
    """lower ≤ sum of the terms ≤ upper; no variable twice."""

    terms: Sequence[Term]
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class LinearProgram:
    """Minimise the sum of costs times variables, within the bounds and the rows.

    All sequences but ``rows`` have one entry a variable. ``whole`` variables take whole numbers only.
    """

    costs: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    whole: Sequence[bool]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Solution:
    """``values`` is the best point found, if any; no feasible point costs less than ``bound``.

    ``bound`` is infinite where the program has no feasible point, and minus infinite where time ran out before
    anything was known. ``seconds`` is the time that the solver took.
    """

    values: Sequence[float] | None
    bound: float
    seconds: float = 0.0


class ProgramBuilder:
    """Collects variables and rows one by one."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[Row] = []

    def variable(self, *, lower: float = 0.0, upper: float = inf, whole: bool = False) -> int:
        """The number of a new variable."""
        self._costs.append(0.0)
        self._lower.append(lower)
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._costs) - 1

    def row(self, terms: Iterable[Term], *, lower: float = -inf, upper: float = inf) -> None:
        """Bound a sum; a variable's factors add up."""
        merged: dict[int, float] = {}
        for variable, factor in terms:
            merged[variable] = merged.get(variable, 0.0) + factor
        kept = [(variable, factor) for variable, factor in merged.items() if factor]
        if kept:
            self._rows.append(Row(kept, lower, upper))

    def charge(self, terms: Iterable[Term]) -> None:
        """Add to the cost."""
        for variable, factor in terms:
            self._costs[variable] += factor

    def build(self, *, cutoff: float) -> LinearProgram:
        """The program, for points that cost at most ``cutoff``."""
        cost = [(variable, factor) for variable, factor in enumerate(self._costs) if factor]
        rows = [*self._rows, Row(cost, -inf, cutoff)] if cost else self._rows
        return LinearProgram(self._costs, self._lower, self._upper, self._whole, rows)
