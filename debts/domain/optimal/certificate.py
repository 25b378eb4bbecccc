"""The answer of the search: a plan, and how cheap a plan can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from debts.domain.optimal.offers import Transfer
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions
from debts.domain.terms import Debt


class CertificateStatus(StrEnum):
    """``optimal``: no plan is cheaper by a minor unit or more, rounding aside. ``bounded``: not proven."""

    OPTIMAL = "optimal"
    BOUNDED = "bounded"


class Method(StrEnum):
    """Where the bound comes from: an argument, a linear program, or a mixed-integer one."""

    EXCHANGE = "exchange"
    LINEAR = "linear"
    MIXED_INTEGER = "mixed_integer"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What no plan can cost less than, and how close this one comes.

    ``exact_cost`` and ``gap`` are minor units with decimals: the plan's interest and fees without rounding, and
    how far they are above the exact bound. ``lower_bound`` is that bound rounded down, and never above what the
    plan costs in minor units.
    """

    lower_bound: int
    exact_cost: Decimal
    gap: Decimal
    status: CertificateStatus
    method: Method


@dataclass(frozen=True, slots=True)
class OptimalPlan:
    """The cheapest plan found.

    ``debts`` is the household that the schedule speaks of: after ``transfers``, with one debt more for each
    offer. ``origin`` names the heuristic that found the plan, or ``mixed_integer`` or ``linear``.
    """

    schedule: Schedule
    instructions: Instructions
    origin: str
    certificate: Certificate
    debts: Sequence[Debt]
    transfers: tuple[Transfer, ...] = ()

    @property
    def cost(self) -> int:
        """Interest and fees in minor units, those of the transfers included."""
        return self.schedule.cost + sum(each.fee for each in self.transfers)
