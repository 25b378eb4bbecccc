"""What a little more money, a little less debt, or a lower rate would change."""

from hypothesis import given, settings
from hypothesis import strategies as st

from debts.domain.budget import Budget, constant_budget
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_rate
from debts.domain.terms import MAX_APR
from debts.domain.what_if import sensitivity, what_if
from tests.debts.domain.households import JANUARY, debts_of, plain_households

AVALANCHE = Instructions(by_rate)


def test_more_a_month_saves_interest_and_months():
    # 1,000.00 at 1 % a month: 11 months at 100.00 cost 58.98, 6 at 200.00 cost 31.12.
    card = debts_of(("Card", "1000", "12", "25"))

    steps = what_if(card, constant_budget(100_00), AVALANCHE, start=JANUARY, extras=[0, 100_00])

    assert [(step.extra, step.cost_saved, step.months_saved) for step in steps] == [
        (0, 0, 0),
        (100_00, 58_98 - 31_12, 11 - 6),
    ]


def test_the_extra_is_added_to_every_month_of_a_changing_budget():
    card = debts_of(("Card", "1000", "0", "0"))

    step = what_if(card, Budget((300_00, 100_00)), AVALANCHE, start=JANUARY, extras=[50_00])[0]

    assert [row.payment for row in step.schedule.rows()] == [350_00, 150_00, 150_00, 150_00, 150_00, 50_00]


@settings(max_examples=50, deadline=None)
@given(plain_households(), st.lists(st.integers(0, 500_00), min_size=2, max_size=5))
def test_with_avalanche_the_curve_never_falls(drawn, extras):
    household, budget = drawn

    steps = what_if(household, constant_budget(budget), AVALANCHE, start=JANUARY, extras=sorted(extras))

    assert [step.cost_saved for step in steps] == sorted(step.cost_saved for step in steps)
    assert [step.months_saved for step in steps] == sorted(step.months_saved for step in steps)
    assert steps[0].cost_saved >= 0


def test_a_unit_less_and_a_point_less_are_planned_again():
    # 1,000.00 at 1 % a month cost 10.00 + 0.10 when 1,000.00 a month are paid.
    card = debts_of(("Card", "1000", "12", "25"))

    found = sensitivity(card, constant_budget(1000_00), AVALANCHE, start=JANUARY, unit=100_00)[0]

    # 900.00 cost 9.00; at 11 % it is 9.17 + 0.08.
    assert (found.debt, found.unit) == (0, 100_00)
    assert found.saved_per_unit == 10_10 - 9_00
    assert found.saved_per_point == 10_10 - 9_25


def test_no_more_is_taken_off_a_debt_than_is_owed_and_no_rate_falls_below_nothing():
    household = debts_of(("Family", "40", "0", "10"), ("Card", "1000", "0.5", "25"))

    family, card = sensitivity(household, constant_budget(100_00), AVALANCHE, start=JANUARY, unit=100_00)

    assert (family.unit, family.saved_per_point) == (40_00, 0)
    plain = simulate(household, constant_budget(100_00), AVALANCHE, start=JANUARY)
    assert card.saved_per_point == plain.cost


def test_a_dollar_less_saves_most_where_the_rate_is_highest():
    household = debts_of(("Card", "5000", str(MAX_APR / 40), "100"), ("Loan", "5000", "5", "100"))

    card, loan = sensitivity(household, constant_budget(500_00), AVALANCHE, start=JANUARY, unit=1_00)

    assert card.saved_per_point > 0
    assert card.saved_per_unit >= loan.saved_per_unit
