"""Schedules as answers: amounts, names and days instead of minor units, places and months."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from debts.domain.comparison import Recommendation
from debts.domain.optimal import certificate as certificates
from debts.domain.optimal.offers import Transfer
from debts.domain.schedule import Row, Schedule
from debts.domain.strategies import Strategy
from debts.domain.what_if import Sensitivity as Lesson
from debts.domain.what_if import Step
from debts.selectors.answers import (
    BalanceTransfer,
    Baseline,
    Certificate,
    DebtTotal,
    Payoff,
    PayoffResult,
    PlanWarning,
    PlanWarningCode,
    ScheduleLine,
    ScheduleMonth,
    Sensitivity,
    WhatIfStep,
)
from debts.selectors.households import Household


def baseline_told(household: Household, schedule: Schedule) -> Baseline:
    """Minimums only; figures are None where minimums alone never end it."""
    ends = schedule.is_debt_free
    money = household.money
    return Baseline(
        strategy=Strategy.MINIMUMS_ONLY,
        months=schedule.length if ends else None,
        total_interest=money(schedule.total_interest) if ends else None,
        total_fees=money(schedule.total_fees) if ends else None,
        total_paid=money(schedule.total_paid) if ends else None,
        debt_free_on=household.day(schedule.length) if ends else None,
        never_paid_off=tuple(
            household.debts[i].name for i, month in enumerate(schedule.payoffs) if month is None
        ),
    )


def result_told(
    household: Household,
    strategy: Strategy,
    schedule: Schedule,
    baseline: Schedule,
    *,
    certificate: Certificate | None = None,
    transfers: tuple[BalanceTransfer, ...] | None = None,
    transfer_fees: int = 0,
) -> PayoffResult:
    """One strategy's figures, held against minimums only; fees for moving balances are among its fees."""
    compared, money = baseline.is_debt_free, household.money
    return PayoffResult(
        strategy=strategy,
        months=schedule.length,
        total_interest=money(schedule.total_interest),
        total_fees=money(schedule.total_fees + transfer_fees),
        total_paid=money(schedule.total_paid),
        debt_free_on=household.day(schedule.length),
        interest_saved=money(baseline.total_interest - schedule.total_interest) if compared else None,
        months_saved=baseline.length - schedule.length if compared else None,
        first_payoff_month=schedule.first_payoff,
        longest_wait_months=schedule.longest_wait,
        payoffs=tuple(
            Payoff(
                name=household.debts[index].name,
                id=_id(household, index),
                month=month,
                on=household.day(month),
            )
            for index, month in enumerate(schedule.payoffs)
            if month
        ),
        certificate=certificate,
        transfers=transfers,
    )


def figures_of(result: PayoffResult) -> dict[str, Any]:
    """A result's fields by their names, for an answer that has them among others."""
    return {each.name: getattr(result, each.name) for each in fields(PayoffResult)}


def schedule_told(household: Household, schedule: Schedule) -> tuple[ScheduleMonth, ...]:
    """Every month with a line for each debt owed in it."""
    return tuple(
        ScheduleMonth(
            month=number,
            on=household.day(number),
            payment=household.money(sum(row.payment for row in rows)),
            balance=household.money(sum(row.closing for row in rows)),
            debts=tuple(_line(household, row) for row in rows),
        )
        for number, rows in enumerate(schedule.by_month(), start=1)
    )


def growing_debts(household: Household, schedule: Schedule) -> tuple[PlanWarning, ...]:
    """Debts that at some time are paid less than their interest and fees: negative amortisation."""
    first: dict[int, tuple[int, Row]] = {}
    for number, rows in enumerate(schedule.by_month(), start=1):
        for row in rows:
            if row.principal < 0:
                first.setdefault(row.debt, (number, row))
    return tuple(_warning(household, number, row) for _, (number, row) in sorted(first.items()))


def totals_told(household: Household, totals: Sequence[tuple[int, int, int]]) -> tuple[DebtTotal, ...]:
    """Per debt what the whole plan comes to."""
    return tuple(
        DebtTotal(
            name=household.debts[index].name,
            id=_id(household, index),
            balance=household.money(household.debts[index].balance),
            interest=household.money(interest),
            fees=household.money(fees),
            paid=household.money(paid),
        )
        for index, (interest, fees, paid) in enumerate(totals)
    )


def step_told(household: Household, step: Step) -> WhatIfStep:
    """One point of the what-if curve."""
    return WhatIfStep(
        extra=household.money(step.extra),
        months=step.schedule.length,
        debt_free_on=household.day(step.schedule.length),
        total_interest=household.money(step.schedule.total_interest),
        interest_saved=household.money(step.cost_saved),
        months_saved=step.months_saved,
    )


def sensitivity_told(household: Household, lesson: Lesson) -> Sensitivity:
    """What a little less on one debt saves."""
    return Sensitivity(
        name=household.debts[lesson.debt].name,
        id=_id(household, lesson.debt),
        less_owed=household.money(lesson.unit),
        saves=household.money(lesson.saved_per_unit),
        one_point_less_apr_saves=household.money(lesson.saved_per_point),
    )


def certificate_told(household: Household, found: certificates.Certificate) -> Certificate:
    """How cheap a plan can be at most, half-even to the minor unit."""
    return Certificate(
        lower_bound=household.money(found.lower_bound),
        exact_cost=household.money(round(found.exact_cost)),
        gap=household.money(round(found.gap)),
        status=found.status,
        method=found.method,
    )


def transfer_told(moved: Household, household: Household, transfer: Transfer) -> BalanceTransfer:
    """A balance to move; the offers stand after the household's own debts."""
    return BalanceTransfer(
        offer=moved.debts[len(household.debts) + transfer.offer].name,
        debt=household.debts[transfer.debt].name,
        amount=household.money(transfer.amount),
        fee=household.money(transfer.fee),
    )


def reason(household: Household, advice: Recommendation, results: Mapping[Strategy, Schedule]) -> str:
    """Why a strategy is recommended, in a sentence or two."""
    best = results[advice.strategy]
    name = _in_words(advice.strategy)
    cost = _text(household, best.cost)
    said = f"{name} costs {cost} {household.currency} and takes {best.length} months"
    if advice.runner_up is None:
        return f"{said}."
    other = _in_words(advice.runner_up).lower()
    said += (
        f", {_text(household, advice.saved)} less than {other}" if advice.saved else f", no more than {other}"
    )
    if advice.earliest_win == advice.strategy:
        return f"{said}."
    win = results[advice.earliest_win]
    return (
        f"{said}. {_in_words(advice.earliest_win)} clears a first debt in month {win.first_payoff} instead of "
        f"{best.first_payoff}, for {_text(household, win.cost - best.cost)} more."
    )


def _line(household: Household, row: Row) -> ScheduleLine:
    money = household.money
    return ScheduleLine(
        name=household.debts[row.debt].name,
        opening=money(row.opening),
        interest=money(row.interest),
        fees=money(row.fees),
        charges=money(row.charges),
        payment=money(row.payment),
        principal=money(row.principal),
        closing=money(row.closing),
    )


def _warning(household: Household, month: int, row: Row) -> PlanWarning:
    name = household.debts[row.debt].name
    paid, added = _text(household, row.payment), _text(household, row.interest + row.fees)
    return PlanWarning(
        name=name,
        id=_id(household, row.debt),
        code=PlanWarningCode.NEGATIVE_AMORTISATION,
        month=month,
        message=f"In month {month} {name} is paid {paid}, less than its interest and fees of {added}: it grows.",
    )


def _id(household: Household, index: int) -> UUID | None:
    return household.given[index].id if index < len(household.given) else None


def _text(household: Household, units: int) -> str:
    return f"{household.money(units):f}"


def _in_words(strategy: Strategy) -> str:
    return strategy.value.replace("_", " ").capitalize()
