"""What the search answers: a plan, a bound, and what is proven."""

import itertools
from dataclasses import replace
from decimal import Decimal
from math import inf

import pytest

from debts.adapters.highs import HighsSolver
from debts.domain.budget import Budget, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError, NeverPaidOffError
from debts.domain.optimal.candidates import FINE, Household, candidate
from debts.domain.optimal.certificate import CertificateStatus, Method
from debts.domain.optimal.offers import Offer
from debts.domain.optimal.program import Solution
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_rate
from debts.domain.terms import Minimum, MinimumRule, simple_debt
from tests.debts.domain.households import JANUARY, debts_of, dollars
from tests.debts.domain.optimal.households import bound_of, optimal, promotional, simple_plans

DEBTS = [promotional("A", "1600", "26.99", "30", months=6), *debts_of(("B", "1800", "22.99", "36"))]
BUDGET = constant_budget(dollars("280"))
CHEAPEST_ORDER = min(plan.cost for plan in simple_plans(DEBTS, BUDGET))


class Asked:
    """HiGHS, and a list of what was asked of it."""

    def __init__(self):
        self.asked = []

    def relax(self, program, *, time_limit):
        self.asked.append("relax")
        return HighsSolver().relax(program, time_limit=time_limit)

    def solve(self, program, *, time_limit, tolerance):
        self.asked.append("solve")
        return HighsSolver().solve(program, time_limit=time_limit, tolerance=tolerance)


class Saying:
    """A solver that always says the same: values for every variable, if any, and a bound."""

    def __init__(self, bound, *, value=None, seconds=0.0):
        self.bound, self.value, self.seconds = bound, value, seconds

    def relax(self, program, **_):
        values = None if self.value is None else [self.value] * len(program.costs)
        return Solution(values, self.bound, self.seconds)

    solve = relax


def test_where_the_linear_program_leaves_a_gap_the_mixed_integer_one_closes_it():
    solver = Asked()

    found = optimal(DEBTS, BUDGET, solver=solver)

    assert solver.asked == ["relax", "solve"]
    assert found.cost < CHEAPEST_ORDER
    assert (found.origin, found.certificate.method) == ("mixed_integer", Method.MIXED_INTEGER)
    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.certificate.gap < 1


def test_where_the_linear_program_leaves_less_than_a_minor_unit_nothing_more_is_asked():
    # Without minimums nothing in the model has to be whole.
    solver = Asked()
    debts = [replace(debt, minimum=Minimum()) for debt in DEBTS]

    found = optimal(debts, BUDGET, solver=solver)

    assert solver.asked == ["relax"]
    assert found.certificate.method == Method.LINEAR
    assert found.certificate.status == CertificateStatus.OPTIMAL


def test_without_time_the_best_order_is_the_answer_and_the_gap_is_all_of_its_cost():
    found = optimal(DEBTS, BUDGET, seconds=0)

    assert found.cost == CHEAPEST_ORDER
    assert found.certificate.status == CertificateStatus.BOUNDED
    assert found.certificate.lower_bound == 0
    assert found.certificate.gap == found.certificate.exact_cost


def test_a_solver_that_runs_out_of_time_leaves_what_is_known_by_then():
    class Slow(Asked):
        def relax(self, program, *, time_limit):
            return replace(super().relax(program, time_limit=time_limit), seconds=time_limit)

    solver = Slow()

    found = optimal(DEBTS, BUDGET, solver=solver)

    assert solver.asked == ["relax"]
    assert found.certificate.status == CertificateStatus.BOUNDED
    assert 0 < found.certificate.lower_bound < found.cost <= CHEAPEST_ORDER
    assert found.certificate.gap >= 1


def test_a_solver_that_knows_nothing_leaves_the_best_order():
    found = optimal(DEBTS, BUDGET, solver=Saying(-inf))

    assert found.cost == CHEAPEST_ORDER
    assert found.certificate.status == CertificateStatus.BOUNDED
    assert found.certificate.lower_bound == 0


def test_where_nothing_cheaper_is_possible_the_best_order_is_proven():
    # Every question says: at most as dear as the best plan so far. No answer at all is the proof.
    found = optimal(DEBTS, BUDGET, solver=Saying(inf))

    assert found.cost == CHEAPEST_ORDER
    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.certificate.gap < Decimal("0.01")


def test_what_a_solver_suggests_is_only_followed_where_it_saves_money():
    # Paying nothing, or a million of everything.
    for value in (0.0, 1e6):
        found = optimal(DEBTS, BUDGET, solver=Saying(0.0, value=value))

        assert found.cost <= CHEAPEST_ORDER
        assert found.certificate.status == CertificateStatus.BOUNDED


def test_a_bound_above_a_plan_that_exists_is_not_believed():
    found = optimal(DEBTS, BUDGET, solver=Saying(1e9))

    assert found.certificate.lower_bound <= found.certificate.exact_cost
    assert found.certificate.gap >= 0


def test_the_answer_is_a_plan_that_anyone_can_follow():
    found = optimal(DEBTS, BUDGET)

    followed = simulate(found.debts, BUDGET, found.instructions, start=JANUARY)

    assert [list(month) for month in followed.months] == [list(month) for month in found.schedule.months]
    assert found.cost == found.schedule.total_interest
    assert found.debts == DEBTS


def test_equal_questions_get_equal_answers():
    first, second = optimal(DEBTS, BUDGET), optimal(DEBTS, BUDGET)

    assert first.schedule == second.schedule
    assert first.certificate == second.certificate


def test_no_way_to_split_the_money_of_any_month_is_cheaper():
    # What is left of 130.00 after the minimums goes to A by no, one, two or three thirds, month by month.
    debts = [promotional("A", "320", "36", "15", months=3), *debts_of(("B", "260", "24", "20"))]
    budget, thirds = constant_budget(dollars("130")), [0, 31_67, 63_34, 95_00]
    household = Household(debts, budget, JANUARY, 600)

    costs = []
    for amounts in itertools.product(thirds, repeat=4):
        plan = {month: {0: amount, 1: 95_00 - amount} for month, amount in enumerate(amounts, start=1)}
        costs.append(candidate("split", household, Instructions(by_rate, plan)).exact_cost)
    found = optimal(debts, budget)

    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.certificate.exact_cost < Decimal(min(costs)) / FINE + 1
    assert bound_of(debts, budget, found.schedule.length) <= min(costs) + FINE // 1000


def test_a_plan_that_only_works_with_rounding_is_never_called_optimal():
    # 1.00 of interest and one percent, 2.006 in all, is more than the budget; rounded it is just as much.
    rule = Minimum(MinimumRule.INTEREST_PLUS_PERCENT, percent=Decimal(1), floor=dollars("2"))
    debts = [simple_debt("Card", 100_30, "12", rule)]

    found = optimal(debts, "2")

    assert found.schedule.is_debt_free
    assert found.certificate.status == CertificateStatus.BOUNDED
    assert found.certificate.lower_bound == 0


@pytest.mark.parametrize("debts", [[], debts_of(("A", "0", "18", "25")), [promotional("A", "0", "24", "25")]])
def test_who_owes_nothing_pays_nothing(debts):
    found = optimal(debts, "100")

    assert (found.cost, found.schedule.length) == (0, 0)
    assert found.certificate.status == CertificateStatus.OPTIMAL
    assert found.certificate.gap == 0


def test_an_offer_to_who_owes_nothing_is_not_taken():
    offer = Offer("Offer", Decimal(3), dollars("1000"), 12, Decimal(24), minimum_fee=dollars("5"))

    found = optimal(debts_of(("A", "0", "18", "25")), "100", offers=[offer])

    assert (found.cost, found.transfers) == (0, ())


def test_an_offer_for_other_debts_changes_nothing():
    offer = Offer("Offer", Decimal(0), dollars("5000"), 24, Decimal(24), eligible=frozenset())

    found = optimal(DEBTS, BUDGET, offers=[offer])

    assert found.transfers == ()
    assert found.cost == optimal(DEBTS, BUDGET).cost


def test_a_budget_below_the_minimums_is_refused():
    with pytest.raises(BudgetBelowMinimumsError) as refused:
        optimal(DEBTS, "65.99")

    assert (refused.value.month, refused.value.needed, refused.value.available) == (1, 66_00, 65_99)


def test_debts_that_no_order_ends_are_refused():
    debts = [promotional("A", "10000", "36", "0", months=2), *debts_of(("B", "100", "5", "5"))]

    with pytest.raises(NeverPaidOffError) as refused:
        optimal(debts, Budget((dollars("120"),)))

    assert refused.value.debt == 0
