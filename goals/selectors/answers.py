"""What plans, projections, allocations and goals answer; amounts are at their currency's own precision."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.serializers import said
from goals.domain.action_plan import Feasibility
from goals.domain.allocation import WaitReason
from goals.domain.levers import StepKind
from goals.domain.probability import NoChances


@dataclass(frozen=True, slots=True)
class Milestone:
    """A share of the target that was reached, and what was saved then."""

    percent: int
    reached_on: date
    saved: Decimal


@dataclass(frozen=True, slots=True)
class OneOff:
    """Money that can be had once, in the goal's currency."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PlanAssumptions:
    """What you said beside the ledger."""

    unused_subscriptions: tuple[UUID, ...]
    one_offs: tuple[OneOff, ...]


@dataclass(frozen=True, slots=True)
class Instalment:
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Surplus:
    """What a month leaves over."""

    median: Decimal
    low: Decimal = said("The 10th percentile.")
    months: int = said("Whole months of the ledger.")


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """When the plan has this share of the target."""

    percent: int
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; what is null is never reached."""

    kind: StepKind
    names: tuple[str, ...]
    sentence: str
    spent: Decimal
    monthly_saving: Decimal
    once: Decimal
    is_essential: bool
    days_earlier: int | None
    weeks_earlier: int | None
    reached_in_days: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Each by itself makes the goal feasible; null where nothing of its kind does."""

    later_on: date | None
    smaller_target: Decimal | None
    more_per_month: Decimal
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanAnswer:
    currency: str
    feasibility: Feasibility
    needed_per_month: Decimal
    needed_per_pay_day: Decimal
    surplus: Surplus
    gap: Decimal = said("What a month of the median surplus lacks.")
    bad_month_gap: Decimal
    per_month: tuple[Instalment, ...] = said("The next twelve.")
    per_pay_day: tuple[Instalment, ...] = said("The next twelve.")
    milestones: tuple[PlannedMilestone, ...]
    steps: tuple[Step, ...]
    changes: Changes | None


@dataclass(frozen=True, slots=True)
class Chance:
    """``low`` and ``high`` are the 95% interval of so many runs; by ``p10_on`` ten runs of a hundred are there."""

    probability: Decimal
    low: Decimal
    high: Decimal
    p10_on: date | None
    p50_on: date | None
    p90_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What chances rest on."""

    runs: int
    seed: int
    no_chances: NoChances | None = said("Why no chance is told.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection(Simulated):
    """When a goal is reached as things go."""

    goal: UUID
    on: date = said("The day of this look.")
    currency: str
    saved: Decimal
    remaining: Decimal
    target_on: date
    pace_per_month: Decimal
    reached_on: date | None
    in_time: bool
    chance: Chance | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Another goal has money that this one could use; the days are the ends of the first and the last month."""

    goal: UUID
    name: str
    reason: WaitReason
    first_on: date
    last_on: date
    amount: Decimal
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one goal gets, an amount a month."""

    goal: UUID
    name: str
    priority: int
    target_on: date
    amounts: tuple[Decimal, ...]
    completed_on: date | None
    shortfall: Decimal = said("Missing on its date.")
    missing: Decimal = said("Missing after the last month.")
    chance: Chance | None
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurplusAllocation(Simulated):
    """All active goals against one surplus."""

    currency: str
    monthly_surplus: Decimal
    history_months: int
    months: tuple[date, ...] = said("The last day of each.")
    goals: tuple[Share, ...]
    unallocated: tuple[Decimal, ...]
    left_out: tuple[str, ...] = said("Goals in a currency without a rate.")


@dataclass(frozen=True, slots=True)
class HeldBalance:
    """An account or a debt by name."""

    name: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a snapshot was added up from; ``left_out`` has no rate to its currency."""

    accounts: tuple[HeldBalance, ...]
    debts: tuple[HeldBalance, ...]
    left_out: tuple[str, ...]
