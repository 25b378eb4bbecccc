"""What the planner asks of the world outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from debts.domain.optimal.program import LinearProgram, Solution
from debts.domain.schedule import Schedule


class LinearSolver(Protocol):
    """Solves linear and mixed-integer programs."""

    def relax(self, program: LinearProgram, *, time_limit: float) -> Solution:
        """Solve as if no variable had to be whole; ``time_limit`` in seconds."""
        ...

    def solve(self, program: LinearProgram, *, time_limit: float, tolerance: float) -> Solution:
        """Solve, until bound and best point are ``tolerance`` apart or ``time_limit`` seconds have passed."""
        ...


@dataclass(frozen=True, slots=True)
class DuePayment:
    """One payment to make: ``amount`` as it is to be read, ``uid`` the same whenever the feed is written anew."""

    on: date
    debt: str
    amount: str
    uid: str


class PaymentCalendar(Protocol):
    """Writes payments as a file that calendar programs read."""

    def __call__(self, payments: Sequence[DuePayment], *, name: str, now: datetime) -> str:
        """``now``, with a time zone, is when it is written."""
        ...


class Charts(Protocol):
    """Draws plans as SVG elements."""

    def balance_chart(
        self, schedule: Schedule, names: Sequence[str], *, currency: str, start: date, title: str
    ) -> str:
        """What each debt still owes over time; ``names`` go by place in the household."""
        ...

    def comparison_chart(self, results: Sequence[tuple[str, Schedule]], *, currency: str, start: date) -> str:
        """What is owed in all over time, a line for each labelled plan."""
        ...
