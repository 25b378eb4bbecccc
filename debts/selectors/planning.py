"""Plans, comparisons, targets and what-ifs.

Every function takes the person and what they ask. An answer is kept for a day under a hash of all that it depends
on; the terms of saved debts are part of that.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.core.cache import cache

from core.domain.money import to_minor
from debts.domain.budget import constant_budget
from debts.domain.comparison import recommended
from debts.domain.errors import PlanError
from debts.domain.progress import totals_by_debt
from debts.domain.requests import CompareRequest, HouseholdRequest, PlanRequest, TargetRequest, WhatIfRequest
from debts.domain.schedule import Schedule
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.solvency import require_payoff
from debts.domain.strategies import Strategy, by_rate
from debts.domain.target import budget_for
from debts.domain.what_if import PLAIN_EXTRAS, sensitivity, what_if
from debts.models import Debt
from debts.selectors import telling
from debts.selectors.answers import (
    Answer,
    ComparedResult,
    Comparison,
    DebtSchedule,
    Plan,
    Target,
    WhatIf,
)
from debts.selectors.balances import terms_on
from debts.selectors.checks import require_exact_amounts
from debts.selectors.households import Household, budget_of, household
from debts.selectors.refusals import fault_of, refusal_of
from debts.selectors.schedules import (
    SECONDS_IN_REQUEST,
    Planned,
    baseline_of,
    instructions_of,
    planned,
    tried,
)
from debts.selectors.terms import terms_of
from users.models import User

KEPT_SECONDS = 24 * 3600
# Of the answers' shape: those kept in another are not found.
VERSION = 2

A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True)
class ComparedSchedules:
    """A household, and the schedules of the strategies that come to an end."""

    home: Household
    schedules: Mapping[Strategy, Schedule]


def plan(user: User, asked: PlanRequest, *, seconds: float = SECONDS_IN_REQUEST) -> Plan:
    """One strategy with its whole schedule; 422 ``NEVER_PAID_OFF`` where it does not end."""
    home = household(user, asked)

    def compute() -> Plan:
        found = planned(home, asked, asked.strategy, seconds=seconds)
        base = baseline_of(home)
        return Plan(
            **telling.figures_of(found.told(asked.strategy, base)),
            currency=home.currency,
            starts_on=home.start,
            baseline=telling.baseline_told(home, base),
            debts=telling.totals_told(found.home, totals_by_debt(found.schedule, len(found.home.debts))),
            warnings=telling.growing_debts(found.home, found.schedule),
            schedule=telling.schedule_told(found.home, found.schedule),
        )

    return _kept("plan", home, asked, compute, seconds)


def compare(user: User, asked: CompareRequest, *, seconds: float = SECONDS_IN_REQUEST) -> Comparison:
    """All strategies asked for beside minimums only, and which to take.

    A strategy that is not possible says why and leaves the others; where none is, the first reason is raised.
    """
    home = household(user, asked)

    def compute() -> Comparison:
        base, found = baseline_of(home), tried(home, asked, seconds=seconds)
        possible = _possible(found)
        if not possible:
            raise next(each for each in found.values() if isinstance(each, PlanError))
        best = recommended(possible)
        return Comparison(
            currency=home.currency,
            starts_on=home.start,
            baseline=telling.baseline_told(home, base),
            results=tuple(_compared(home, strategy, each, base) for strategy, each in found.items()),
            recommended=best.strategy if best else None,
            why=telling.reason(home, best, possible) if best else "No strategy comes to an end.",
        )

    return _kept("compare", home, asked, compute, seconds)


def target(user: User, asked: TargetRequest) -> Target:
    """The smallest constant monthly budget that frees the household by a day."""
    home = household(user, asked)

    def compute() -> Target:
        instructions = instructions_of(home, asked.strategy)
        found = budget_for(home.debts, instructions, start=home.start, by=asked.target_on)
        result = telling.result_told(home, asked.strategy, found.schedule, baseline_of(home))
        return Target(
            **telling.figures_of(result),
            currency=home.currency,
            starts_on=home.start,
            target_on=asked.target_on,
            monthly_budget=home.money(found.monthly_budget),
        )

    return _kept("target", home, asked, compute)


def what_ifs(user: User, asked: WhatIfRequest) -> WhatIf:
    """What more a month would save, and what one unit less on each debt would."""
    home = household(user, asked)

    def compute() -> WhatIf:
        budget, instructions = budget_of(asked, home), instructions_of(home, asked.strategy)
        plain = simulate(home.debts, budget, instructions, start=home.start)
        require_payoff(plain, home.debts, start=home.start)
        unit = to_minor(Decimal(1), home.currency)
        extras = [home.minor(extra) for extra in asked.extra_amounts] or [unit * n for n in PLAIN_EXTRAS]
        steps = what_if(home.debts, budget, instructions, start=home.start, extras=extras)
        lessons = sensitivity(home.debts, budget, instructions, start=home.start, unit=unit)
        return WhatIf(
            currency=home.currency,
            starts_on=home.start,
            plan=telling.result_told(home, asked.strategy, plain, baseline_of(home)),
            curve=tuple(telling.step_told(home, step) for step in steps),
            sensitivity=tuple(telling.sensitivity_told(home, lesson) for lesson in lessons),
        )

    return _kept("what_if", home, asked, compute)


def compared_schedules(
    user: User, asked: CompareRequest, *, seconds: float = SECONDS_IN_REQUEST
) -> ComparedSchedules:
    """The schedules of all strategies asked for that come to an end, minimums only among them."""
    home = household(user, asked)
    base, found = baseline_of(home), tried(home, asked, seconds=seconds)
    schedules = {Strategy.MINIMUMS_ONLY: base} if base.is_debt_free else {}
    schedules |= _possible(found)
    if not schedules:
        fault = next(each for each in found.values() if isinstance(each, PlanError))
        raise refusal_of(fault, home) from fault
    return ComparedSchedules(home, schedules)


def debt_schedule(debt: Debt, *, monthly_payment: Decimal | None, today: date) -> DebtSchedule:
    """One saved debt alone, under a constant payment or its minimums; 422 where that never ends it."""
    require_exact_amounts({"monthly_payment": monthly_payment}, debt.currency)
    given = terms_on(debt, on=today)
    terms = terms_of(given, currency=debt.currency, start=today)
    home = Household(debt.currency, today, (given,), (terms,), (0,))
    budget = None if monthly_payment is None else constant_budget(home.minor(monthly_payment))
    instructions = MINIMUMS_ONLY if budget is None else Instructions(by_rate)
    try:
        schedule = simulate(home.debts, budget, instructions, start=today)
        require_payoff(schedule, home.debts, start=today)
    except PlanError as fault:
        raise refusal_of(fault, home, pointer="?monthly_payment") from fault
    strategy = Strategy.MINIMUMS_ONLY if budget is None else Strategy.CUSTOM
    return DebtSchedule(
        **telling.figures_of(telling.result_told(home, strategy, schedule, schedule)),
        currency=home.currency,
        starts_on=today,
        schedule=telling.schedule_told(home, schedule),
    )


def _possible(found: Mapping[Strategy, Planned | PlanError]) -> dict[Strategy, Schedule]:
    return {strategy: each.schedule for strategy, each in found.items() if isinstance(each, Planned)}


def _compared(
    home: Household, strategy: Strategy, found: Planned | PlanError, base: Schedule
) -> ComparedResult:
    if isinstance(found, PlanError):
        return ComparedResult(strategy=strategy, error=fault_of(found, home))
    return ComparedResult(**telling.figures_of(found.told(strategy, base)))


def _kept(
    kind: str, home: Household, asked: HouseholdRequest, compute: Callable[[], A], seconds: float = 0
) -> A:
    """The answer of before, or a new one; more ``seconds`` for a solver may find a better one."""
    own = replace(asked, debts=(), debt_ids=())
    facts = repr((VERSION, kind, seconds, home.currency, home.start, home.given, own))
    key = f"debts:{hashlib.sha256(facts.encode()).hexdigest()}"
    known: A | None = cache.get(key)
    if known is not None:
        return known
    try:
        answer = compute()
    except PlanError as fault:
        raise refusal_of(fault, home) from fault
    cache.set(key, answer, KEPT_SECONDS)
    return answer
