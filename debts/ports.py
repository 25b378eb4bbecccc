"""What the planner asks of the world outside."""

from typing import Protocol

from debts.domain.optimal.program import LinearProgram, Solution


class LinearSolver(Protocol):
    """Solves linear and mixed-integer programs."""

    def relax(self, program: LinearProgram, *, time_limit: float) -> Solution:
        """Solve as if no variable had to be whole; ``time_limit`` in seconds."""
        ...

    def solve(self, program: LinearProgram, *, time_limit: float, tolerance: float) -> Solution:
        """Solve, until bound and best point are ``tolerance`` apart or ``time_limit`` seconds have passed."""
        ...
