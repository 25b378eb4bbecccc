"""Households of debts for measurements, from a seeded generator: the same for the same size and seed.

Hundred months and mortgage time: one rate and a fixed minimum a debt, the minimum being what would clear it alone
in 180 and in 360 months; the budget is the smallest with which avalanche needs no more than 100 and 350. Cards: a
hundred months' household with a quarter more to spend, but every minimum is a percentage with a floor, every third
debt begins with a promotion and every fourth accrues by the day. Promotional: six cards with fixed minimums of some
two percent, of which at least one, and each with an even chance, begins at a low rate for 3 to 24 months; the
budget is 1.2 to 2 times the minimums, or more where those do not outrun the interest.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from debts.domain.interest import amortising_payment, periodic_rate
from debts.domain.simulation import Instructions
from debts.domain.solvency import smallest_budget
from debts.domain.strategies import by_rate
from debts.domain.terms import Accrual, Debt, Minimum, MinimumRule, RateStep, Segment, simple_debt

START = date(2026, 1, 1)
LONGEST_PLAN = 360


@dataclass(frozen=True, slots=True)
class Sample:
    """A household and a monthly budget in cents."""

    debts: tuple[Debt, ...]
    budget: int


def hundred_months(size: int, *, seed: int = 1) -> Sample:
    """Cards and loans at 4 to 30 percent."""
    return _steady(random.Random(seed), size, rates=(4, 30), alone=180, together=100)


def mortgage_time(size: int, *, seed: int = 1) -> Sample:
    """Loans at 3 to 9 percent, all of which stand for nearly thirty years."""
    return _steady(random.Random(seed), size, rates=(3, 9), alone=360, together=350)


def cards(size: int, *, seed: int = 1) -> Sample:
    """What the engine has to look at month by month."""
    plain = with_promotions(hundred_months(size, seed=seed))
    debts = tuple(_card(debt, number) for number, debt in enumerate(plain.debts))
    return Sample(debts, plain.budget * 5 // 4)


def with_promotions(sample: Sample) -> Sample:
    """The same, but every third debt, the first among them, costs nothing for a year."""
    debts = enumerate(sample.debts)
    return replace(sample, debts=tuple(_free_for_a_year(debt) if n % 3 == 0 else debt for n, debt in debts))


def promotional(seed: int) -> Sample:
    """Six cards, some with a promotional rate."""
    chance = random.Random(seed)
    certain = chance.randrange(6)
    debts = tuple(_promotional(chance, number, is_certain=number == certain) for number in range(6))
    wanted = round(sum(debt.minimum.amount for debt in debts) * chance.uniform(1.2, 2))
    needed = smallest_budget(debts, Instructions(by_rate), start=START, months=LONGEST_PLAN)
    return Sample(debts, max(wanted, needed))


def as_request(sample: Sample, *, mark: str) -> dict[str, object]:
    """The body of a request about this household; ``mark`` makes its names, and so its answer, its own."""
    return {
        "currency": "USD",
        "starts_on": START.isoformat(),
        "monthly_budget": _text(sample.budget),
        "debts": [_as_debt(debt, mark) for debt in sample.debts],
    }


def _steady(chance: random.Random, size: int, *, rates: tuple[int, int], alone: int, together: int) -> Sample:
    debts = tuple(_loan(chance, f"Debt {number}", rates, alone) for number in range(size))
    return Sample(debts, smallest_budget(debts, Instructions(by_rate), start=START, months=together))


def _loan(chance: random.Random, name: str, rates: tuple[int, int], months: int) -> Debt:
    balance = chance.randrange(500_00, 15_000_00)
    apr = Decimal(chance.randrange(rates[0] * 100, rates[1] * 100)) / 100
    payment = amortising_payment(balance, periodic_rate(apr, Accrual.MONTHLY, 0), months)
    return simple_debt(name, balance, apr, Minimum(MinimumRule.FIXED, amount=payment))


def _card(debt: Debt, number: int) -> Debt:
    minimum = Minimum(MinimumRule.PERCENT, percent=Decimal(2), floor=15_00)
    accrual = Accrual.DAILY if number % 4 == 0 else Accrual.MONTHLY
    return replace(debt, minimum=minimum, accrual=accrual)


def _free_for_a_year(debt: Debt) -> Debt:
    return replace(debt, segments=_promoted(debt.segments, Decimal(0), months=12))


def _promotional(chance: random.Random, number: int, *, is_certain: bool) -> Debt:
    balance = chance.randrange(500_00, 12_000_00)
    apr = Decimal(chance.randrange(12_00, 30_00)) / 100
    minimum = Minimum(MinimumRule.FIXED, amount=max(25_00, balance // 5000 * 100))
    debt = simple_debt(f"Card {number}", balance, apr, minimum)
    # All three are drawn for every card, so that no card's luck depends on another's.
    promo, months = Decimal(chance.choice((0, 0, 0, 2, 4))), chance.randint(3, 24)
    is_promoted = chance.random() < 1 / 2 or is_certain
    return replace(debt, segments=_promoted(debt.segments, promo, months=months)) if is_promoted else debt


def _promoted(segments: Sequence[Segment], apr: Decimal, *, months: int) -> tuple[Segment, ...]:
    regular = segments[0].rates[0].apr
    rates = (RateStep(1, apr), RateStep(months + 1, regular))
    return (replace(segments[0], rates=rates),)


def _as_debt(debt: Debt, mark: str) -> dict[str, object]:
    rates, minimum = debt.segments[0].rates, debt.minimum
    shown: dict[str, object] = {
        "name": f"{debt.name} {mark}",
        "balance": _text(debt.balance),
        "apr": str(rates[-1].apr),
        "accrual": debt.accrual.value,
        "minimum_payment": {"rule": "fixed", "amount": _text(minimum.amount)},
    }
    if minimum.rule == MinimumRule.PERCENT:
        shown["minimum_payment"] = {
            "rule": "percent",
            "percent": str(minimum.percent),
            "floor": _text(minimum.floor),
        }
    if len(rates) > 1:
        shown["promo"] = {"apr": str(rates[0].apr), "months": rates[1].month - 1}
    return shown


def _text(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"
