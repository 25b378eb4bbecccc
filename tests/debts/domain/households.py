"""Households for the tests: short ways to write one down, and strategies that draw any."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from debts.domain.budget import Budget, BudgetStep, MonthKind, constant_budget, planned_budget
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import RANKINGS, Strategy, by_order
from debts.domain.terms import (
    Accrual,
    BalanceBasis,
    Debt,
    Minimum,
    MinimumGoesTo,
    MinimumRule,
    RateStep,
    Segment,
    simple_debt,
)
from tests.debts.domain.reference import Means

JANUARY = date(2026, 1, 1)
# So many of them make a cent that no rounding is felt.
FINE = 10**8


def dollars(amount: str) -> int:
    return int(Decimal(amount) * 100)


def fixed(amount: str) -> Minimum:
    return Minimum(MinimumRule.FIXED, amount=dollars(amount))


def debts_of(*rows: tuple[str, str, str, str]) -> list[Debt]:
    """Debts from rows of name, balance, APR, and fixed minimum."""
    return [simple_debt(name, dollars(owed), apr, fixed(minimum)) for name, owed, apr, minimum in rows]


def instructions_of(strategy: str, order: Sequence[int] = ()) -> Instructions:
    if strategy == Strategy.MINIMUMS_ONLY:
        return Instructions(None)
    return Instructions(by_order(order) if strategy == Strategy.CUSTOM else RANKINGS[Strategy(strategy)])


def plan(debts: Sequence[Debt], budget: str, strategy: str) -> Schedule:
    """The plan under a constant budget in dollars."""
    return simulate(debts, constant_budget(dollars(budget)), instructions_of(strategy), start=JANUARY)


def finer(debt: Debt) -> Debt:
    """The same debt of one or more segments in the fine unit; without fees and charges."""
    minimum = replace(debt.minimum, amount=debt.minimum.amount * FINE, floor=debt.minimum.floor * FINE)
    segments = tuple(replace(segment, balance=segment.balance * FINE) for segment in debt.segments)
    return replace(debt, segments=segments, minimum=minimum)


def to_dollars(fine: int) -> Decimal:
    """An amount in the fine unit, to the nearest cent."""
    return (Decimal(fine) / FINE / 100).quantize(Decimal("0.01"))


def exactly(debts: Sequence[Debt], budget: Budget | str, instructions: Instructions) -> tuple[int, Decimal]:
    """Months and total interest without rounding on the way."""
    amounts = budget.months if isinstance(budget, Budget) else (dollars(budget),)
    fine_budget = Budget(tuple(amount * FINE for amount in amounts))
    schedule = simulate([finer(debt) for debt in debts], fine_budget, instructions, start=JANUARY)
    return schedule.length, to_dollars(schedule.total_interest)


def budget_of(means: Means) -> Budget:
    """The engine's budget for what the reference works with."""
    return planned_budget(
        [BudgetStep(month, amount) for month, amount in sorted(means.steps.items())],
        extras=means.extras,
        yearly_raise=means.yearly_raise,
        pauses={month: MonthKind(kind) for month, kind in means.pauses.items()},
        rolls_over=means.rolls_over,
    )


balances = st.one_of(st.integers(1, 20_000_00), st.integers(100_00, 20_000_00), st.just(0))
# Few whole rates among the many, so that equal ones meet.
rates = st.one_of(st.sampled_from([Decimal(0), Decimal(12), Decimal(18)]), st.decimals("0.01", 40, places=2))
percents = st.decimals(0, 6, places=2)
minimums = st.one_of(
    st.builds(Minimum, rule=st.just(MinimumRule.FIXED), amount=st.integers(0, 300_00)),
    st.builds(
        Minimum,
        rule=st.sampled_from([MinimumRule.PERCENT, MinimumRule.INTEREST_PLUS_PERCENT]),
        percent=percents,
        floor=st.integers(0, 60_00),
        of=st.sampled_from(BalanceBasis),
    ),
    st.builds(Minimum, rule=st.just(MinimumRule.AMORTISING), months=st.integers(1, 120)),
    st.builds(Minimum, rule=st.sampled_from([MinimumRule.INTEREST_ONLY, MinimumRule.NONE])),
)


@st.composite
def segments(draw: Any) -> Segment:
    changes = draw(st.dictionaries(st.integers(2, 30), rates, max_size=2))
    steps = [RateStep(1, draw(rates)), *(RateStep(month, changes[month]) for month in sorted(changes))]
    deferred_until = draw(st.one_of(st.none(), st.none(), st.integers(1, 14)))
    return Segment(
        draw(balances),
        tuple(steps),
        deferred_until=deferred_until,
        deferred_apr=draw(rates) if deferred_until else Decimal(0),
    )


@st.composite
def debts(draw: Any) -> Debt:
    return Debt(
        "Debt",
        tuple(draw(st.lists(segments(), min_size=1, max_size=2))),
        draw(minimums),
        accrual=draw(st.one_of(st.just(Accrual.MONTHLY), st.sampled_from(Accrual))),
        monthly_fee=draw(st.sampled_from([0, 0, 2_50])),
        late_fee=draw(st.sampled_from([0, 35_00])),
        fees=draw(st.dictionaries(st.integers(1, 24), st.integers(1, 95_00), max_size=1)),
        charges=draw(st.dictionaries(st.integers(1, 24), st.integers(1, 400_00), max_size=2)),
        credit_limit=draw(st.one_of(st.none(), st.integers(1_00, 30_000_00))),
        minimum_goes_to=draw(st.sampled_from(MinimumGoesTo)),
    )


def comfortable(household: Sequence[Debt]) -> int:
    """A budget that covers most minimums, first and later ones."""
    return sum(
        debt.minimum.amount + debt.minimum.floor + debt.monthly_fee + debt.balance * 9 // 100
        for debt in household
    )


@st.composite
def means(draw: Any, household: Sequence[Debt]) -> Means:
    enough = comfortable(household)
    amounts = st.integers(enough * 2 // 3, 2 * enough + 500_00)
    kinds = st.sampled_from(["minimums_only", "nothing"])
    return Means(
        steps={1: draw(amounts), **draw(st.dictionaries(st.integers(2, 24), amounts, max_size=1))},
        extras=draw(st.dictionaries(st.integers(1, 24), st.integers(-200_00, 900_00), max_size=2)),
        yearly_raise=draw(st.sampled_from([Decimal(0), Decimal("2.5")])),
        pauses=draw(st.dictionaries(st.integers(1, 18), kinds, max_size=2)),
        rolls_over=draw(st.booleans()),
    )


@st.composite
def plain_households(draw: Any, *, size: int = 4) -> tuple[list[Debt], int]:
    """Debts at distinct constant rates with fixed minimums, and a budget that covers these and the interest."""
    aprs = draw(st.lists(st.decimals(0, 60, places=2), min_size=1, max_size=size, unique=True))
    owed = draw(st.lists(st.integers(1_00, 9_000_00), min_size=len(aprs), max_size=len(aprs), unique=True))
    household = [
        simple_debt(
            f"Debt {place}",
            balance,
            apr,
            Minimum(MinimumRule.FIXED, amount=draw(st.integers(0, balance // 8))),
        )
        for place, (apr, balance) in enumerate(zip(aprs, owed, strict=True))
    ]
    minimums = sum(debt.minimum.amount for debt in household)
    interest = sum(balance * apr / 1200 for apr, balance in zip(aprs, owed, strict=True))
    extra = draw(st.integers(1, 1_000_00))
    return household, max(minimums, int(interest)) + sum(owed) // 100 + extra
