"""What holds for every household, whatever it owes and however it pays."""

import itertools

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_order, by_rate
from debts.domain.terms import Minimum, MinimumRule, simple_debt
from tests.debts.domain.households import (
    FINE,
    JANUARY,
    budget_of,
    debts,
    finer,
    instructions_of,
    means,
    plain_households,
)

AVALANCHE = Instructions(by_rate)
STRATEGIES = ["snowball", "avalanche", "custom", "highest_utilisation", "minimums_only"]
# A thousandth of a cent: more than all rounding in the fine unit comes to.
NOISE = FINE // 1000

some = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def plans(draw):
    """Any household, its budget, and the plan that any strategy makes of it."""
    household = draw(st.lists(debts(), min_size=1, max_size=4))
    budget = budget_of(draw(means(household)))
    strategy = draw(st.sampled_from(STRATEGIES))
    instructions = instructions_of(strategy, draw(st.permutations(range(len(household)))))
    try:
        schedule = simulate(household, budget, instructions, start=JANUARY, horizon=72)
    except BudgetBelowMinimumsError:
        assume(False)
    return household, budget, strategy, schedule


def least_payment(minimum, row):
    """What a lender asks for at the very least, as far as a row of the plan can tell."""
    cost = row.interest + row.fees
    asked = {
        MinimumRule.FIXED: minimum.amount,
        MinimumRule.PERCENT: minimum.floor,
        MinimumRule.INTEREST_PLUS_PERCENT: max(cost, minimum.floor),
        MinimumRule.INTEREST_ONLY: cost,
    }
    return min(asked.get(minimum.rule, 0), row.opening + cost + row.charges)


@some
@given(plans())
def test_no_cent_is_made_or_lost(drawn):
    household, _, _, schedule = drawn
    standing = dict(enumerate(debt.balance for debt in household))

    for row in schedule.rows():
        assert row.opening == standing[row.debt]
        assert row.closing == row.opening + row.interest + row.fees + row.charges - row.payment
        assert row.payment == row.principal + row.interest + row.fees
        standing[row.debt] = row.closing

    charged = sum(row.charges for row in schedule.rows())
    borrowed = sum(debt.balance for debt in household) + charged
    assert schedule.total_paid + sum(standing.values()) == borrowed + schedule.cost


@some
@given(plans())
def test_nothing_is_ever_negative_and_no_debt_is_overpaid(drawn):
    _, _, _, schedule = drawn

    for row in schedule.rows():
        assert min(row) >= 0
        assert row.payment <= row.opening + row.interest + row.fees + row.charges


@some
@given(plans())
def test_every_lender_gets_the_minimum_except_in_a_month_without_payments(drawn):
    household, budget, _, schedule = drawn

    for month, rows in enumerate(schedule.months, start=1):
        for row in rows:
            if budget.kind(month) == MonthKind.NOTHING:
                assert row.payment == 0
            else:
                assert row.payment >= least_payment(household[row.debt].minimum, row)


@some
@given(plans())
def test_a_budget_is_never_exceeded_nor_left_idle_while_a_debt_stands(drawn):
    _, budget, strategy, schedule = drawn

    for month, rows in enumerate(schedule.months, start=1):
        if budget.kind(month) != MonthKind.REGULAR:
            continue
        paid = sum(row.payment for row in rows)
        assert paid <= budget.amount(month)
        if strategy != "minimums_only" and budget.rolls_over and any(row.closing for row in rows):
            assert paid == budget.amount(month)


@some
@given(plans())
def test_a_debt_is_gone_for_good_after_its_payoff(drawn):
    _, _, _, schedule = drawn

    for debt, payoff in enumerate(schedule.payoffs):
        for month, rows in enumerate(schedule.months, start=1):
            closing = [row.closing for row in rows if row.debt == debt]
            if payoff is not None and month > payoff:
                assert closing == []
            if payoff == month:
                assert closing == [0]


@some
@given(data=st.data(), drawn=plain_households(), strategy=st.sampled_from(STRATEGIES))
def test_the_order_in_which_debts_are_given_changes_nothing(data, drawn, strategy):
    household, budget = drawn
    shuffled = data.draw(st.permutations(household))
    place = {debt.name: number for number, debt in enumerate(household)}
    wishes = data.draw(st.permutations(household))

    def rows_by_name(given_debts):
        order = [given_debts.index(debt) for debt in wishes]
        schedule = simulate(
            given_debts, constant_budget(budget), instructions_of(strategy, order), start=JANUARY
        )
        return [
            sorted((place[given_debts[row.debt].name], *row[1:]) for row in rows) for rows in schedule.months
        ]

    assert rows_by_name(shuffled) == rows_by_name(household)


@some
@given(data=st.data(), drawn=plain_households())
def test_more_money_in_any_month_is_never_slower_nor_dearer(data, drawn):
    # With distinct constant rates the order is fixed. By induction no debt is ever higher with more money: half-up
    # interest grows with the balance, min(minimum, owed) too, and what is left over can only be more.
    household, budget = drawn
    extras = data.draw(st.lists(st.integers(0, 200_00), min_size=1, max_size=30))
    larger = Budget(tuple(budget + extra for extra in [*extras, 0]))

    plain = simulate(household, constant_budget(budget), AVALANCHE, start=JANUARY)
    richer = simulate(household, larger, AVALANCHE, start=JANUARY)

    assert richer.length <= plain.length
    assert richer.total_interest <= plain.total_interest
    assert all(more <= less for more, less in zip(richer.balances, plain.balances, strict=False))


@some
@given(plain_households())
def test_minimums_that_roll_over_are_never_slower_nor_dearer(drawn):
    household, budget = drawn

    rolling = simulate(household, constant_budget(budget), AVALANCHE, start=JANUARY)
    dropping = simulate(household, constant_budget(budget, rolls_over=False), AVALANCHE, start=JANUARY)

    assert rolling.length <= dropping.length
    assert rolling.total_interest <= dropping.total_interest


def cost_in_the_fine_unit(household, budget, instructions):
    fine_budget = Budget(tuple(amount * FINE for amount in budget.months))
    fine = [finer(debt) for debt in household]
    return simulate(fine, fine_budget, instructions, start=JANUARY).cost


@some
@given(plain_households(size=3))
def test_without_rounding_no_fixed_order_is_cheaper_than_avalanche(drawn):
    # Minimums may eat all of the budget: paying a cheap debt early to be rid of its minimum gives back, later, only
    # what that debt's own lower rate has made of the money.
    household, amount = drawn
    budget = constant_budget(amount)
    orders = itertools.permutations(range(len(household)))

    costs = [cost_in_the_fine_unit(household, budget, Instructions(by_order(order))) for order in orders]

    assert cost_in_the_fine_unit(household, budget, AVALANCHE) <= min(costs) + NOISE


@settings(some, max_examples=25)
@given(
    rates=st.lists(st.decimals(0, 300, places=2), min_size=3, max_size=3, unique=True),
    owed=st.lists(st.integers(1_00, 300_00), min_size=3, max_size=3),
    shares=st.lists(st.integers(1, 10), min_size=3, max_size=3),
    amounts=st.lists(st.integers(20_00, 400_00), min_size=2, max_size=3),
)
def test_without_rounding_no_change_of_order_from_month_to_month_is_cheaper(rates, owed, shares, amounts):
    # The budget may change too, as long as avalanche always covers the minimums. Where it does not, it is no plan.
    household = [
        simple_debt(f"{apr}", balance, apr, Minimum(MinimumRule.FIXED, amount=balance // share))
        for apr, balance, share in zip(rates, owed, shares, strict=True)
    ]
    budget = Budget((*amounts, sum(owed) * 2))
    orders = list(itertools.permutations(range(3)))
    try:
        cheapest = cost_in_the_fine_unit(household, budget, AVALANCHE)
    except BudgetBelowMinimumsError:
        assume(False)

    for chosen in itertools.product(orders, repeat=len(amounts)):
        try:
            other = cost_in_the_fine_unit(household, budget, Instructions(changing(chosen)))
        except BudgetBelowMinimumsError:
            continue
        assert cheapest <= other + NOISE


def changing(orders):
    """A ranking with an order of its own for each month; the last one stays."""
    return lambda month, owed: by_order(orders[min(month, len(orders)) - 1])(month, owed)


def test_rounding_may_make_avalanche_dearer_by_cents():
    # Interest of about 7.07 against a budget of 7.23: over 16 years the half cents add up to a payment.
    household = [
        simple_debt("A", 112_93, "36.97", Minimum(MinimumRule.FIXED, amount=6_29)),
        simple_debt("B", 136_13, "31.20", Minimum(MinimumRule.FIXED, amount=20)),
        simple_debt("C", 37_24, "1.51", Minimum(MinimumRule.FIXED, amount=73)),
    ]
    budget, second_first = constant_budget(7_23), Instructions(by_order([1, 0, 2]))

    avalanche = simulate(household, budget, AVALANCHE, start=JANUARY)
    other = simulate(household, budget, second_first, start=JANUARY)

    assert avalanche.total_interest - other.total_interest == 51
    assert cost_in_the_fine_unit(household, budget, AVALANCHE) < cost_in_the_fine_unit(
        household, budget, second_first
    )
