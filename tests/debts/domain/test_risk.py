"""How luck with the monthly surplus moves the debt-free month."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.risk import spread_of_debt_free_month
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import Strategy, by_balance, by_rate
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

START = date(2026, 1, 31)
RANKINGS = {Strategy.AVALANCHE: by_rate, Strategy.SNOWBALL: by_balance}


def fixed(amount):
    return Minimum(MinimumRule.FIXED, amount=amount)


def cards_and_car():
    # The household of https://www.fincalculatorpro.com/finance/debt-payoff: free after 30 months on 800.00.
    return [
        simple_debt("Card 1", 500_000, "22.99", fixed(15_000)),
        simple_debt("Card 2", 350_000, "18.99", fixed(10_000)),
        simple_debt("Car", 1_200_000, "6.5", fixed(35_000)),
    ]


def spread(debts, budget, *, deviations=(), paths=1, seed=1, **kwargs):
    return spread_of_debt_free_month(
        debts, budget, start=START, deviations=deviations, paths=paths, seed=seed, **kwargs
    )


def months(risk):
    return risk.p10, risk.p50, risk.p90


def test_without_deviations_every_path_is_the_plan():
    risk = spread(cards_and_car(), constant_budget(80_000), paths=50)

    assert months(risk) == (30, 30, 30)
    assert risk.share_never == 0
    assert (risk.paths, risk.seed) == (50, 1)


def test_a_surplus_that_is_always_higher_is_a_larger_budget():
    always_200_more = spread(cards_and_car(), constant_budget(80_000), deviations=[20_000])

    assert months(always_200_more) == months(spread(cards_and_car(), constant_budget(100_000)))
    assert always_200_more.p50 == 23


def test_a_shortfall_pays_the_minimums_and_no_less():
    minimums = [simple_debt("Loan", 120_000, "0", fixed(10_000))]

    assert months(spread(minimums, constant_budget(20_000), deviations=[-500_000])) == (12, 12, 12)


def test_percentiles_are_months_that_so_many_paths_have_reached():
    # One month of 100.00 or 0.00 decides between month 1 and month 2; the next coin falls likewise.
    debt = [simple_debt("Family", 10_000, "0", Minimum())]
    risk = spread(debt, constant_budget(10_000), deviations=[0, -10_000], paths=20_000)

    # Free in month n: 2**-n. A half is reached in month 1 or 2, nine tenths (0.875 < 0.9 < 0.9375) in month 4.
    assert risk.p10 == 1
    assert risk.p50 in {1, 2}
    assert risk.p90 == 4


def test_the_same_seed_gives_the_same_spread():
    deviations = [-30_000, -10_000, 0, 5_000, 40_000]
    one, again, other = (
        spread(cards_and_car(), constant_budget(80_000), deviations=deviations, paths=300, seed=seed)
        for seed in (7, 7, 8)
    )

    assert one == again
    assert other.seed == 8


def test_more_paths_converge():
    deviations = [-20_000, -10_000, 0, 10_000, 20_000]
    spreads = [
        months(
            spread(cards_and_car(), constant_budget(80_000), deviations=deviations, paths=5_000, seed=seed)
        )
        for seed in range(5)
    ]

    assert all(max(column) - min(column) <= 1 for column in zip(*spreads, strict=True))


def test_wider_luck_spreads_the_date_wider():
    narrow, wide = (
        spread(cards_and_car(), constant_budget(80_000), deviations=[-size, 0, size], paths=2_000)
        for size in (5_000, 60_000)
    )

    assert wide.p90 - wide.p10 > narrow.p90 - narrow.p10


def test_paths_that_are_never_free_are_counted_and_have_no_month():
    # 100.00 of interest a month: minimums of 90.00 never end it, 1,100.00 ends it in month 10.
    debt = [simple_debt("Card", 1_000_000, "12", fixed(9_000))]
    always_short = spread(debt, constant_budget(110_000), deviations=[-110_000], paths=10)
    coin = spread(debt, constant_budget(110_000), deviations=[0, -110_000], paths=2_000, horizon=20)

    assert (months(always_short), always_short.share_never) == ((None, None, None), 1)
    assert coin.p10 is not None
    assert coin.p90 is None
    assert 0.3 < coin.share_never < 0.7


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="0 paths"):
        spread(cards_and_car(), constant_budget(80_000), paths=0)
    with pytest.raises(ValueError, match="optimal"):
        spread(cards_and_car(), constant_budget(80_000), strategy=Strategy.OPTIMAL)
    with pytest.raises(ValueError, match="0 debts"):
        spread([], constant_budget(80_000))


aprs = st.decimals(0, 40, places=2)
amounts = st.integers(0, 400_000)
percents = st.decimals(1, 5, places=1)
minimums = st.one_of(
    st.builds(Minimum, st.just(MinimumRule.FIXED), amount=st.integers(0, 20_000)),
    st.builds(
        Minimum,
        st.sampled_from([MinimumRule.PERCENT, MinimumRule.INTEREST_PLUS_PERCENT]),
        percent=percents,
        floor=st.integers(0, 5_000),
        of=st.sampled_from(BalanceBasis),
    ),
    st.builds(Minimum, st.just(MinimumRule.AMORTISING), months=st.integers(6, 60)),
    st.builds(Minimum, st.sampled_from([MinimumRule.INTEREST_ONLY, MinimumRule.NONE])),
)


@st.composite
def segments(draw):
    rates = [RateStep(1, draw(aprs))]
    if draw(st.booleans()):
        rates.append(RateStep(draw(st.integers(2, 18)), draw(aprs)))
    until = draw(st.none() | st.integers(1, 18))
    return Segment(draw(amounts), tuple(rates), deferred_until=until, deferred_apr=draw(aprs))


@st.composite
def households(draw):
    return [
        Debt(
            f"Debt {number}",
            tuple(draw(st.lists(segments(), min_size=1, max_size=3))),
            draw(minimums),
            accrual=draw(st.sampled_from(Accrual)),
            monthly_fee=draw(st.sampled_from([0, 0, 500])),
            late_fee=draw(st.sampled_from([0, 2_500])),
            fees=draw(st.dictionaries(st.integers(1, 12), st.integers(0, 3_000), max_size=1)),
            charges=draw(st.dictionaries(st.integers(1, 12), st.integers(1, 9_000), max_size=2)),
            minimum_goes_to=draw(st.sampled_from(MinimumGoesTo)),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


pauses = st.dictionaries(st.integers(1, 12), st.sampled_from(MonthKind), max_size=2)


@given(
    households(),
    st.integers(20_000, 300_000),
    pauses,
    st.booleans(),
    st.sampled_from(sorted(RANKINGS)),
)
@settings(max_examples=300, deadline=None)
def test_without_deviations_the_month_is_that_of_the_engine(debts, amount, paused, rolls_over, strategy):
    budget = Budget((amount,), pauses=paused, rolls_over=rolls_over)
    try:
        schedule = simulate(debts, budget, Instructions(RANKINGS[strategy]), start=START, horizon=120)
    except BudgetBelowMinimumsError:
        return
    risk = spread(debts, budget, strategy=strategy, horizon=120)

    assert risk.p50 == (schedule.length if schedule.is_debt_free else None)


@given(
    st.lists(st.integers(-60_000, 60_000), max_size=24),
    st.integers(1, 200),
    st.integers(0, 2**32),
    st.integers(10, 60),
)
@settings(max_examples=60, deadline=None)
def test_the_percentiles_are_in_order(deviations, paths, seed, horizon):
    risk = spread(
        cards_and_car(),
        constant_budget(80_000),
        deviations=deviations,
        paths=paths,
        seed=seed,
        horizon=horizon,
    )
    late = [horizon + 1 if month is None else month for month in months(risk)]

    assert late == sorted(late)
    assert 0 <= risk.share_never <= 1
    assert (risk.p90 is None) == (round(risk.share_never * paths) > paths - -(-90 * paths // 100))
