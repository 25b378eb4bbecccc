"""What the planner answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from rest_framework import serializers

from core.schema.responses import ERROR_CODES
from core.serializers import said
from debts.domain.optimal.certificate import CertificateStatus, Method
from debts.domain.strategies import Strategy


class PlanWarningCode(StrEnum):
    NEGATIVE_AMORTISATION = "negative_amortisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payoff:
    """When a debt is gone."""

    name: str
    id: UUID | None = said("Of a saved debt.")
    month: int = said("From 1, the month of the first payment.")
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """How far from the cheapest possible plan this one can be, at most."""

    lower_bound: Decimal = said("No plan costs less in interest and fees.")
    exact_cost: Decimal = said("This plan's cost before interest is rounded.")
    gap: Decimal = said("Exact cost less the bound.")
    status: CertificateStatus
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTransfer:
    """A balance to move before the first month."""

    offer: str
    debt: str
    amount: Decimal
    fee: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a strategy is not possible."""

    error_code: str = field(metadata={"serializer_field": serializers.ChoiceField(ERROR_CODES)})
    message: str
    details: Mapping[str, object] = field(metadata={"serializer_field": serializers.DictField()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Minimums only; figures are null where that never ends."""

    strategy: Strategy
    months: int | None
    total_interest: Decimal | None
    total_fees: Decimal | None
    total_paid: Decimal | None
    debt_free_on: date | None
    never_paid_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoffResult:
    """One strategy's figures."""

    strategy: Strategy
    months: int
    total_interest: Decimal
    total_fees: Decimal = said("Those for moving balances among them.")
    total_paid: Decimal
    debt_free_on: date
    interest_saved: Decimal | None = said("Against minimums only; null where these never end.")
    months_saved: int | None
    first_payoff_month: int | None
    longest_wait_months: int = said("The most months in a row in which no debt is cleared.")
    payoffs: tuple[Payoff, ...]
    certificate: Certificate | None = said("Of the strategy `optimal`.", default=None)
    transfers: tuple[BalanceTransfer, ...] | None = said(
        "Of the strategy `optimal`, where balance transfers were offered.", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedResult:
    """One strategy's figures, or why it is not possible."""

    strategy: Strategy
    months: int | None = None
    total_interest: Decimal | None = None
    total_fees: Decimal | None = None
    total_paid: Decimal | None = None
    debt_free_on: date | None = None
    interest_saved: Decimal | None = said("Against minimums only; null where these never end.", default=None)
    months_saved: int | None = None
    first_payoff_month: int | None = None
    longest_wait_months: int | None = None
    payoffs: tuple[Payoff, ...] | None = None
    certificate: Certificate | None = said("Of the strategy `optimal`.", default=None)
    transfers: tuple[BalanceTransfer, ...] | None = said(
        "Of the strategy `optimal`, where balance transfers were offered.", default=None
    )
    error: Fault | None = said("Instead of figures, where this strategy is not possible.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Strategies side by side."""

    currency: str
    starts_on: date
    baseline: Baseline
    results: tuple[ComparedResult, ...]
    recommended: Strategy | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One debt in one month: closing = opening + interest + fees + charges - payment."""

    name: str
    opening: Decimal
    interest: Decimal
    fees: Decimal
    charges: Decimal
    payment: Decimal
    principal: Decimal = said("The part of the payment that is neither interest nor fee.")
    closing: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMonth:
    """A month with a line for each debt owed in it."""

    month: int
    on: date
    payment: Decimal
    balance: Decimal
    debts: tuple[ScheduleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtTotal:
    """What the whole plan comes to for one debt."""

    name: str
    id: UUID | None = said("Of a saved debt.")
    balance: Decimal
    interest: Decimal
    fees: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning:
    """A debt that at some time is paid less than its interest and fees."""

    name: str
    id: UUID | None = said("Of a saved debt.")
    code: PlanWarningCode
    month: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(PayoffResult):
    """One strategy with its whole schedule."""

    currency: str
    starts_on: date
    baseline: Baseline
    debts: tuple[DebtTotal, ...]
    warnings: tuple[PlanWarning, ...]
    schedule: tuple[ScheduleMonth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtSchedule(PayoffResult):
    """One debt alone."""

    currency: str
    starts_on: date
    schedule: tuple[ScheduleMonth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(PayoffResult):
    """The plan of the smallest constant budget that reaches a day."""

    currency: str
    starts_on: date
    target_on: date
    monthly_budget: Decimal = said("The smallest that suffices.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfStep:
    """One point of the what-if curve."""

    extra: Decimal
    months: int
    debt_free_on: date
    total_interest: Decimal
    interest_saved: Decimal
    months_saved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What a little less on one debt saves."""

    name: str
    id: UUID | None = said("Of a saved debt.")
    less_owed: Decimal
    saves: Decimal = said("Interest and fees, were so much less owed today.")
    one_point_less_apr_saves: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What more a month would save, and what a little less on each debt would."""

    currency: str
    starts_on: date
    plan: PayoffResult
    curve: tuple[WhatIfStep, ...]
    sensitivity: tuple[Sensitivity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantile:
    """Null where so many futures do not end."""

    months: int | None
    debt_free_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The months by which 10, 50 and 90 of a hundred futures are free of debt."""

    currency: str
    starts_on: date
    p10: Quantile
    p50: Quantile
    p90: Quantile
    share_never: Decimal = said("Of the paths, how many do not end.")
    paths: int
    seed: int
    deviations: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtStanding:
    """What one debt of a plan still owes, and what was paid on it since the plan began."""

    name: str
    actual_balance: Decimal
    actual_paid: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Actual against planned; negative figures lie behind the plan."""

    on: date
    currency: str
    planned_balance: Decimal
    actual_balance: Decimal
    ahead: Decimal
    days_ahead: int
    planned_paid: Decimal
    actual_paid: Decimal
    debts: tuple[DebtStanding, ...]


Answer = Plan | Comparison | Target | WhatIf | Risk
"""What a question to the planner is answered with."""
