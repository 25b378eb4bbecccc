"""Plans in the words of the API: decimal strings, names and days instead of minor units and numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.domain.money import minor_as_text
from debts.domain.comparison import Recommendation
from debts.domain.interest import month_on
from debts.domain.optimal.certificate import Certificate
from debts.domain.optimal.offers import Transfer
from debts.domain.schedule import Row, Schedule
from debts.domain.strategies import Strategy
from debts.domain.what_if import Sensitivity, Step
from debts.selectors.households import Household


def baseline_shown(household: Household, schedule: Schedule) -> dict[str, Any]:
    """Minimums only; figures are null where minimums alone never end it."""
    ends = schedule.is_debt_free
    standing = [household.debts[i].name for i, month in enumerate(schedule.payoffs) if month is None]
    return {
        "strategy": "minimums_only",
        "months": schedule.length if ends else None,
        "total_interest": money(household, schedule.total_interest) if ends else None,
        "total_fees": money(household, schedule.total_fees) if ends else None,
        "total_paid": money(household, schedule.total_paid) if ends else None,
        "debt_free_on": _day(household, schedule.length) if ends else None,
        "never_paid_off": standing,
    }


def result_shown(
    household: Household, strategy: str, schedule: Schedule, baseline: Schedule, *, transfer_fees: int = 0
) -> dict[str, Any]:
    """One strategy's figures, held against minimums only; fees for moving balances are among its fees."""
    compared = baseline.is_debt_free
    return {
        "strategy": strategy,
        "months": schedule.length,
        "total_interest": money(household, schedule.total_interest),
        "total_fees": money(household, schedule.total_fees + transfer_fees),
        "total_paid": money(household, schedule.total_paid),
        "debt_free_on": _day(household, schedule.length),
        "interest_saved": (
            money(household, baseline.total_interest - schedule.total_interest) if compared else None
        ),
        "months_saved": baseline.length - schedule.length if compared else None,
        "first_payoff_month": schedule.first_payoff,
        "longest_wait_months": schedule.longest_wait,
        "payoffs": [
            _named(household, index) | {"month": month, "on": _day(household, month)}
            for index, month in enumerate(schedule.payoffs)
            if month
        ],
    }


def schedule_shown(household: Household, schedule: Schedule) -> list[dict[str, Any]]:
    """Every month with a line for each debt owed in it."""
    return [
        {
            "month": number,
            "on": _day(household, number),
            "payment": money(household, sum(row.payment for row in rows)),
            "balance": money(household, sum(row.closing for row in rows)),
            "debts": [_row(household, row) for row in rows],
        }
        for number, rows in enumerate(schedule.by_month(), start=1)
    ]


def growing_debts(household: Household, schedule: Schedule) -> list[dict[str, Any]]:
    """Debts that at some time are paid less than their interest and fees: negative amortisation."""
    first: dict[int, tuple[int, Row]] = {}
    for number, rows in enumerate(schedule.by_month(), start=1):
        for row in rows:
            if row.principal < 0:
                first.setdefault(row.debt, (number, row))
    return [
        _named(household, index)
        | {
            "code": "negative_amortisation",
            "month": number,
            "message": (
                f"In month {number} {household.debts[index].name} is paid {money(household, row.payment)}, less "
                f"than its interest and fees of {money(household, row.interest + row.fees)}: it grows."
            ),
        }
        for index, (number, row) in sorted(first.items())
    ]


def debts_shown(household: Household, totals: Sequence[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """Per debt what the whole plan comes to."""
    return [
        _named(household, index)
        | {
            "balance": money(household, household.debts[index].balance),
            "interest": money(household, interest),
            "fees": money(household, fees),
            "paid": money(household, paid),
        }
        for index, (interest, fees, paid) in enumerate(totals)
    ]


def _named(household: Household, index: int) -> dict[str, Any]:
    given: Mapping[str, Any] = household.given[index] if index < len(household.given) else {}
    name = household.debts[index].name
    return {"name": name, "id": given["id"]} if "id" in given else {"name": name}


def _row(household: Household, row: Row) -> dict[str, Any]:
    code = household.currency
    return {
        "name": household.debts[row.debt].name,
        "opening": minor_as_text(row.opening, code),
        "interest": minor_as_text(row.interest, code),
        "fees": minor_as_text(row.fees, code),
        "charges": minor_as_text(row.charges, code),
        "payment": minor_as_text(row.payment, code),
        "principal": minor_as_text(row.principal, code),
        "closing": minor_as_text(row.closing, code),
    }


def _day(household: Household, month: int | None) -> str | None:
    return None if month is None else month_on(household.start, month).isoformat()


def money(household: Household, units: int) -> str:
    """Minor units as the API writes them."""
    return minor_as_text(units, household.currency)


def step_shown(household: Household, step: Step) -> dict[str, Any]:
    """One point of the what-if curve."""
    return {
        "extra": money(household, step.extra),
        "months": step.schedule.length,
        "debt_free_on": _day(household, step.schedule.length),
        "total_interest": money(household, step.schedule.total_interest),
        "interest_saved": money(household, step.cost_saved),
        "months_saved": step.months_saved,
    }


def sensitivity_shown(household: Household, lesson: Sensitivity) -> dict[str, Any]:
    """What a little less on one debt saves."""
    return _named(household, lesson.debt) | {
        "less_owed": money(household, lesson.unit),
        "saves": money(household, lesson.saved_per_unit),
        "one_point_less_apr_saves": money(household, lesson.saved_per_point),
    }


def reason(household: Household, advice: Recommendation, results: Mapping[Strategy, Schedule]) -> str:
    """Why a strategy is recommended, in a sentence or two."""
    best = results[advice.strategy]
    name = _in_words(advice.strategy)
    said = f"{name} costs {money(household, best.cost)} {household.currency} and takes {best.length} months"
    if advice.runner_up is None:
        return f"{said}."
    other = _in_words(advice.runner_up).lower()
    if not advice.saved:
        said += f", no more than {other}"
    else:
        said += f", {money(household, advice.saved)} less than {other}"
    if advice.earliest_win == advice.strategy:
        return f"{said}."
    win = results[advice.earliest_win]
    return (
        f"{said}. {_in_words(advice.earliest_win)} clears a first debt in month {win.first_payoff} instead of "
        f"{best.first_payoff}, for {money(household, win.cost - best.cost)} more."
    )


def _in_words(strategy: Strategy) -> str:
    return strategy.value.replace("_", " ").capitalize()


def certificate_shown(household: Household, certificate: Certificate) -> dict[str, Any]:
    """How cheap a plan can be at most, half-even to the minor unit."""
    return {
        "lower_bound": money(household, certificate.lower_bound),
        "exact_cost": money(household, round(certificate.exact_cost)),
        "gap": money(household, round(certificate.gap)),
        "status": certificate.status.value,
        "method": certificate.method.value,
    }


def transfer_shown(moved: Household, household: Household, transfer: Transfer) -> dict[str, Any]:
    """A balance to move; the offers stand after the household's own debts."""
    return {
        "offer": moved.debts[len(household.debts) + transfer.offer].name,
        "debt": household.debts[transfer.debt].name,
        "amount": money(household, transfer.amount),
        "fee": money(household, transfer.fee),
    }
