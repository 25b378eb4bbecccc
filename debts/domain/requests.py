"""What a person asks the planner: amounts in one currency, days of the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from debts.domain.budget import MonthKind
from debts.domain.given import NO_MINIMUM, NOTHING, DatedAmount, GivenDebt, GivenMinimum
from debts.domain.strategies import Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Months without extra payments, or without any; both days are included."""

    first_on: date
    last_on: date
    kind: MonthKind = MonthKind.MINIMUMS_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCharge:
    """A purchase in each of so many months in a row; ``debt`` is its debt's name or id."""

    debt: str
    on: date
    amount: Decimal
    months: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOffer:
    """A balance transfer that a card offers; without ``cap`` all that is owed can be moved."""

    name: str
    fee_percent: Decimal
    promo_apr: Decimal
    promo_months: int
    go_to_apr: Decimal
    minimum_fee: Decimal = NOTHING
    cap: Decimal | None = None
    minimum_payment: GivenMinimum = NO_MINIMUM


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRequest:
    """Debts that are sent along, or saved ones: those of ``debt_ids``, or all that are being paid."""

    starts_on: date
    currency: str | None = None
    convert: bool = False
    debts: Sequence[GivenDebt] = ()
    debt_ids: Sequence[UUID] = ()
    new_charges: Sequence[NewCharge] = ()
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetedRequest(HouseholdRequest):
    """A household, and what can be paid in each month."""

    monthly_budget: Decimal
    budget_changes: Sequence[DatedAmount] = ()
    extras: Sequence[DatedAmount] = ()
    yearly_raise: Decimal = NOTHING
    pauses: Sequence[Pause] = ()
    rollover: bool = True
    transfer_offers: Sequence[TransferOffer] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest(BudgetedRequest):
    strategy: Strategy = Strategy.AVALANCHE


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRequest(BudgetedRequest):
    strategies: Sequence[Strategy]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRequest(HouseholdRequest):
    target_on: date
    strategy: Strategy = Strategy.AVALANCHE


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRequest(PlanRequest):
    """``extra_amounts`` more a month; the usual ones where none is given."""

    extra_amounts: Sequence[Decimal] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRequest(PlanRequest):
    """``deviations`` of a month's surplus; the ledger's own where none is given."""

    deviations: Sequence[Decimal] = ()
    paths: int = 2000
    seed: int = 1
