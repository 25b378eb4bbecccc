"""What holds for the cheapest plan of every household."""

import random
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.optimal.candidates import FINE, Household, candidate
from debts.domain.optimal.certificate import CertificateStatus
from debts.domain.optimal.offers import Offer
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_order
from tests.debts.domain.households import JANUARY
from tests.debts.domain.optimal.households import (
    budgets,
    ends,
    optimal,
    promotions,
    simple_plans,
    terms,
    within_a_year,
)

NOISE = Decimal("0.001")
# So long may the solver take for one of these small households; a plan that is only bounded is an answer too.
SECONDS = 1.0

some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(some, max_examples=20)


@st.composite
def questions(draw):
    """Debts of any terms, and a budget under which some order ends."""
    debts = [draw(terms(f"Debt {place}")) for place in range(draw(st.integers(1, 3)))]
    budget = draw(budgets(debts))
    assume(ends(debts, budget))
    return debts, budget


def offers_for(debts):
    owed = sum(debt.balance for debt in debts)
    return st.builds(
        Offer,
        st.just("Offer"),
        st.decimals(0, 6, places=1),
        st.integers(1, owed),
        st.integers(0, 12),
        st.decimals(0, 30, places=1),
        minimum_fee=st.integers(0, 20_00),
    )


def bound_below(found):
    return found.certificate.exact_cost - found.certificate.gap


def check(debts, budget, found):
    """What every answer has to keep to."""
    orders = simple_plans(debts, budget)
    assert found.cost <= min(plan.cost for plan in orders)
    assert bound_below(found) <= min(Decimal(plan.exact_cost) / FINE for plan in orders) + NOISE
    assert 0 <= found.certificate.gap <= found.certificate.exact_cost
    assert found.certificate.lower_bound <= found.cost
    assert found.certificate.lower_bound <= bound_below(found)
    assert (found.certificate.status == CertificateStatus.OPTIMAL) <= (found.certificate.gap < 1)
    assert found.schedule.is_debt_free
    for month, rows in enumerate(found.schedule.months, start=1):
        if budget.kind(month) == MonthKind.REGULAR:
            assert sum(row.payment for row in rows) <= budget.amount(month)


@some
@given(promotions(size=4))
def test_with_promotions_it_is_proven_and_never_dearer_than_any_order(debts):
    budget = constant_budget(within_a_year(debts))

    found = optimal(debts, budget)

    check(debts, budget, found)
    assert found.certificate.status == CertificateStatus.OPTIMAL


@some
@given(questions())
def test_whatever_the_terms_it_is_never_dearer_than_any_order_nor_cheaper_than_its_bound(question):
    debts, budget = question

    check(debts, budget, optimal(debts, budget, seconds=SECONDS))


@few
@given(data=st.data(), question=questions())
def test_with_an_offer_it_is_never_dearer_than_without(data, question):
    debts, budget = question
    offer = data.draw(offers_for(debts))

    found = optimal(debts, budget, offers=[offer], seconds=SECONDS)

    check(debts, budget, found)
    moved = sum(each.amount for each in found.transfers)
    assert moved <= offer.cap
    assert sum(each.fee for each in found.transfers) == offer.fee(moved)
    assert found.cost == found.schedule.cost + offer.fee(moved)
    if found.transfers:
        assert sum(debt.balance for debt in found.debts) == sum(debt.balance for debt in debts) + offer.fee(
            moved
        )


@few
@given(question=questions(), seed=st.integers(0, 10**6))
def test_no_plan_that_anyone_could_think_of_is_below_the_bound(question, seed):
    debts, budget = question
    found = optimal(debts, budget, seconds=SECONDS)
    household, chance = Household(debts, budget, JANUARY, 600), random.Random(seed)

    for _ in range(15):
        tried = candidate("tried", household, any_plan(chance, len(debts)))
        if tried is not None and tried.is_exact:
            assert Decimal(tried.exact_cost) / FINE >= bound_below(found) - NOISE


def any_plan(chance, size):
    """An order that changes once, with some amounts given out before it."""
    first, then = (by_order(chance.sample(range(size), size)) for _ in range(2))
    change = chance.randrange(1, 10)
    plan = {
        month: {chance.randrange(size): chance.randrange(300_00)}
        for month in range(1, 12)
        if chance.random() < 0.3
    }
    return Instructions(lambda month, owed: (first if month < change else then)(month, owed), plan)


@few
@given(question=questions())
def test_without_time_it_is_the_best_order_with_an_honest_gap(question):
    debts, budget = question

    found = optimal(debts, budget, seconds=0)

    check(debts, budget, found)


@few
@given(data=st.data(), debts=promotions())
def test_the_order_in_which_debts_are_given_changes_nothing(data, debts):
    # Both answers are within a minor unit of the same optimum; in minor units rounding adds to that.
    budget = constant_budget(within_a_year(debts))
    shuffled = data.draw(st.permutations(debts))

    one, other = optimal(debts, budget), optimal(shuffled, budget)

    assert abs(one.certificate.exact_cost - other.certificate.exact_cost) < 1
    assert abs(one.cost - other.cost) <= 2


@few
@given(debts=promotions(), more=st.integers(1, 100_00))
def test_more_money_is_never_slower_nor_dearer(debts, more):
    amount = within_a_year(debts)

    found, richer = (optimal(debts, constant_budget(each)) for each in (amount, amount + more))

    assert richer.certificate.exact_cost < found.certificate.exact_cost + 1
    assert richer.schedule.length <= found.schedule.length


@few
@given(data=st.data(), debts=promotions())
def test_more_money_in_any_month_is_never_dearer(data, debts):
    amount = within_a_year(debts)
    extras = data.draw(st.lists(st.integers(0, 200_00), min_size=1, max_size=8))
    larger = Budget(tuple(amount + extra for extra in [*extras, 0]))

    found, richer = optimal(debts, constant_budget(amount)), optimal(debts, larger)

    assert richer.certificate.exact_cost < found.certificate.exact_cost + 1


@few
@given(question=questions())
def test_the_plan_can_be_followed_month_by_month(question):
    debts, budget = question
    found = optimal(debts, budget, seconds=SECONDS)

    followed = simulate(found.debts, budget, found.instructions, start=JANUARY)

    assert followed.cost == found.schedule.cost
    assert followed.payoffs == found.schedule.payoffs
