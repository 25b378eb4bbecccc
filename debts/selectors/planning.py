"""Plans, comparisons, targets and what-ifs, as answers of the API.

Every function takes the person and a validated request. An answer is kept for a day under a hash of all that it
depends on; the terms of saved debts are part of that.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache

from core.domain.money import to_minor
from debts.adapters.highs import HighsSolver
from debts.domain.budget import Budget, constant_budget
from debts.domain.comparison import Recommendation, baseline, recommended
from debts.domain.errors import HouseholdTooLargeError, PlanError
from debts.domain.optimal.exchange import avalanche_is_optimal
from debts.domain.optimal.offers import Offer
from debts.domain.optimal.search import find_optimal
from debts.domain.progress import totals_by_debt
from debts.domain.schedule import Schedule
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.solvency import require_payoff
from debts.domain.strategies import RANKINGS, Strategy, by_order, by_rate
from debts.domain.target import budget_for
from debts.domain.terms import MAX_MONTHS
from debts.domain.what_if import PLAIN_EXTRAS, sensitivity, what_if
from debts.selectors import answers
from debts.selectors.balances import terms_on
from debts.selectors.checks import require_exact_amounts
from debts.selectors.households import Household, budget_of, household, offers_of
from debts.selectors.refusals import fault_of, refusal_of
from debts.selectors.terms import terms_of
from users.models import User

KEPT_SECONDS = 24 * 3600
VERSION = 1
# Within a request somebody waits for the answer.
SECONDS_IN_REQUEST, SECONDS_IN_JOB = 4.0, 20.0
# Debts times months of a model that is built and solved while somebody waits.
LARGEST_IN_REQUEST = 5000


def plan(user: User, asked: Mapping[str, Any], *, seconds: float = SECONDS_IN_REQUEST) -> dict[str, Any]:
    """One strategy with its whole schedule; 422 ``NEVER_PAID_OFF`` where it does not end."""
    home = household(user, asked)

    def compute() -> dict[str, Any]:
        found = _planned(home, asked, Strategy(asked["strategy"]), seconds)
        require_payoff(found.schedule, found.home.debts, start=home.start)
        base = baseline_of(home)
        return {
            "currency": home.currency,
            "start_date": home.start.isoformat(),
            **found.shown(asked["strategy"], base),
            "baseline": answers.baseline_shown(home, base),
            "debts": answers.debts_shown(found.home, totals_by_debt(found.schedule, len(found.home.debts))),
            "warnings": answers.growing_debts(found.home, found.schedule),
            "schedule": answers.schedule_shown(found.home, found.schedule),
        }

    return _kept("plan", home, asked, compute, seconds)


def compare(user: User, asked: Mapping[str, Any], *, seconds: float = SECONDS_IN_REQUEST) -> dict[str, Any]:
    """All strategies asked for beside minimums only, and which to take.

    A strategy that is not possible says why and leaves the others; where none is, the first reason is raised.
    """
    home = household(user, asked)

    def compute() -> dict[str, Any]:
        base = baseline_of(home)
        entries, possible, faults = [], {}, []
        for strategy in map(Strategy, asked["strategies"]):
            try:
                found = _planned(home, asked, strategy, seconds)
                require_payoff(found.schedule, found.home.debts, start=home.start)
            except PlanError as fault:
                faults.append(fault)
                entries.append({"strategy": strategy.value, "error": fault_of(fault, home)})
            else:
                possible[strategy] = found.schedule
                entries.append(found.shown(strategy.value, base))
        if not possible:
            raise faults[0]
        return {
            "currency": home.currency,
            "start_date": home.start.isoformat(),
            "baseline": answers.baseline_shown(home, base),
            "results": entries,
            **_advice(home, recommended(possible), possible),
        }

    return _kept("compare", home, asked, compute, seconds)


def target(user: User, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The smallest constant monthly budget that frees the household by a day."""
    home = household(user, asked)

    def compute() -> dict[str, Any]:
        strategy = Strategy(asked["strategy"])
        found = budget_for(
            home.debts, _instructions(home, strategy), start=home.start, by=asked["target_date"]
        )
        shown = answers.result_shown(home, strategy.value, found.schedule, baseline_of(home))
        return {
            "currency": home.currency,
            "start_date": home.start.isoformat(),
            "target_date": asked["target_date"].isoformat(),
            "monthly_budget": answers.money(home, found.monthly_budget),
            **shown,
        }

    return _kept("target", home, asked, compute)


def what_ifs(user: User, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What more a month would save, and what one unit less on each debt would."""
    home = household(user, asked)

    def compute() -> dict[str, Any]:
        budget, instructions = budget_of(asked, home), _instructions(home, Strategy(asked["strategy"]))
        plain = simulate(home.debts, budget, instructions, start=home.start)
        require_payoff(plain, home.debts, start=home.start)
        base = baseline_of(home)
        unit = to_minor(Decimal(1), home.currency)
        extras = [to_minor(extra, home.currency) for extra in asked.get("extra_amounts", ())]
        steps = what_if(
            home.debts,
            budget,
            instructions,
            start=home.start,
            extras=extras or [unit * n for n in PLAIN_EXTRAS],
        )
        lessons = sensitivity(home.debts, budget, instructions, start=home.start, unit=unit)
        return {
            "currency": home.currency,
            "start_date": home.start.isoformat(),
            "plan": answers.result_shown(home, asked["strategy"], plain, base),
            "curve": [answers.step_shown(home, step) for step in steps],
            "sensitivity": [answers.sensitivity_shown(home, lesson) for lesson in lessons],
        }

    return _kept("what_if", home, asked, compute)


def compared_schedules(
    user: User, asked: Mapping[str, Any], *, seconds: float = SECONDS_IN_REQUEST
) -> tuple[Household, dict[Strategy, Schedule]]:
    """The schedules of all strategies asked for that come to an end, minimums only among them."""
    home = household(user, asked)
    base = baseline_of(home)
    found = {Strategy.MINIMUMS_ONLY: base} if base.is_debt_free else {}
    faults = []
    for strategy in map(Strategy, asked["strategies"]):
        try:
            planned = _planned(home, asked, strategy, seconds)
            found[strategy] = require_payoff(planned.schedule, planned.home.debts, start=home.start)
        except PlanError as fault:
            faults.append(fault)
    if not found:
        raise refusal_of(faults[0], home) from faults[0]
    return home, found


def debt_schedule(debt: Any, *, monthly_payment: Decimal | None, today: date) -> dict[str, Any]:
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
    return {
        "currency": home.currency,
        "start_date": today.isoformat(),
        **answers.result_shown(home, "minimums_only" if budget is None else "custom", schedule, schedule),
        "schedule": answers.schedule_shown(home, schedule),
    }


def baseline_of(home: Household) -> Schedule:
    return baseline(home.debts, start=home.start)


class _Found:
    """A schedule, the household it belongs to (with the balances moved to an offer), and its certificate."""

    def __init__(
        self, home: Household, schedule: Schedule, certificate: dict[str, Any], *, fees: int = 0
    ) -> None:
        self.home, self.schedule, self.certificate, self.fees = home, schedule, certificate, fees

    def shown(self, strategy: str, base: Schedule) -> dict[str, Any]:
        figures = answers.result_shown(self.home, strategy, self.schedule, base, transfer_fees=self.fees)
        return figures | self.certificate


def _planned(home: Household, asked: Mapping[str, Any], strategy: Strategy, seconds: float) -> _Found:
    budget = budget_of(asked, home)
    if strategy == Strategy.OPTIMAL:
        return _optimal(home, asked, budget, seconds)
    if strategy == Strategy.MINIMUMS_ONLY:
        return _Found(home, simulate(home.debts, None, MINIMUMS_ONLY, start=home.start), {})
    schedule = simulate(home.debts, budget, _instructions(home, strategy), start=home.start)
    return _Found(home, schedule, {})


def _instructions(home: Household, strategy: Strategy) -> Instructions:
    return Instructions(by_order(home.order) if strategy == Strategy.CUSTOM else RANKINGS[strategy])


def _optimal(home: Household, asked: Mapping[str, Any], budget: Budget, seconds: float) -> _Found:
    offers = offers_of(asked, home)
    if seconds <= SECONDS_IN_REQUEST:
        _require_small(home, budget, offers)
    found = find_optimal(
        home.debts, budget, start=home.start, solver=HighsSolver(), time_limit=seconds, offers=offers
    )
    moved = replace(home, debts=tuple(found.debts))
    shown: dict[str, Any] = {"certificate": answers.certificate_shown(home, found.certificate)}
    if offers:
        shown["transfers"] = [answers.transfer_shown(moved, home, each) for each in found.transfers]
    return _Found(moved, found.schedule, shown, fees=sum(each.fee for each in found.transfers))


def _require_small(home: Household, budget: Budget, offers: Sequence[Offer]) -> None:
    if not offers and avalanche_is_optimal(home.debts, budget):
        return
    debts = len(home.debts) + len(offers)
    if debts * MAX_MONTHS > LARGEST_IN_REQUEST:
        months = simulate(home.debts, budget, Instructions(by_rate), start=home.start).length
        if debts * months > LARGEST_IN_REQUEST:
            raise HouseholdTooLargeError(debts=debts, months=months)


def _advice(
    home: Household, advice: Recommendation | None, results: Mapping[Strategy, Schedule]
) -> dict[str, Any]:
    if advice is None:
        return {"recommended": None, "why": "No strategy comes to an end."}
    return {"recommended": advice.strategy.value, "why": answers.reason(home, advice, results)}


def _kept(
    kind: str,
    home: Household,
    asked: Mapping[str, Any],
    compute: Callable[[], dict[str, Any]],
    seconds: float = 0,
) -> dict[str, Any]:
    """The answer of before, or a new one; more ``seconds`` for a solver may find a better one."""
    own = {name: value for name, value in asked.items() if name not in {"debts", "debt_ids"}}
    facts = [VERSION, kind, seconds, home.currency, home.start, home.given, own]
    written = json.dumps(facts, sort_keys=True, default=str)
    key = f"debts:{hashlib.sha256(written.encode()).hexdigest()}"
    known: dict[str, Any] | None = cache.get(key)
    if known is not None:
        return known
    try:
        answer = compute()
    except PlanError as fault:
        raise refusal_of(fault, home) from fault
    cache.set(key, answer, KEPT_SECONDS)
    return answer
