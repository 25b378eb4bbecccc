"""Worked cases of the cheapest plan, to the cent.

The figures are ours, found by a mixed-integer program solved to the end and, where the case is small enough, by
brute force over the months in which to change sides. "Exactly" is without rounding on the way.
"""

from decimal import Decimal

import pytest

from debts.domain.budget import BudgetStep, planned_budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.optimal.certificate import CertificateStatus, Method
from debts.domain.optimal.offers import Offer
from debts.domain.simulation import simulate
from tests.debts.domain.households import JANUARY, debts_of, dollars, instructions_of, plan
from tests.debts.domain.optimal.households import NoSolver, in_dollars, optimal, promotional

CLOSELY = 5


def is_certified(found):
    return found.certificate.status == CertificateStatus.OPTIMAL and found.certificate.gap < 1


def test_a_promotion_beside_a_card_is_cheapest_when_sides_are_changed_in_time():
    debts = [promotional("A", "8000", "26.99", "80"), *debts_of(("B", "9000", "22.99", "180"))]

    found = optimal(debts, "700")

    assert plan(debts, "700", "avalanche").cost == 3555_74
    assert plan(debts, "700", "snowball").cost == 4142_89
    assert (found.cost, found.schedule.length) == (3498_07, 30)
    assert in_dollars(found) == Decimal("3498.06")
    assert is_certified(found)
    # B is paid down for nine months, then A; at the end B again.
    paid_to_a = [sum(row.payment for row in rows if row.debt == 0) for rows in found.schedule.months]
    assert paid_to_a[:9] == [80_00] * 9
    assert all(payment > 80_00 for payment in paid_to_a[9:24])


def test_a_promotion_beside_two_loans():
    # Avalanche 5081.83, by the rate to come 4648.56, snowball 6811.72.
    debts = [
        promotional("A", "12000", "27.99", "120"),
        *debts_of(("B", "5000", "17.99", "80"), ("C", "4000", "11.99", "60")),
    ]

    found = optimal(debts, "650")

    assert (in_dollars(found), found.schedule.length) == (Decimal("4605.09"), 40)
    assert 4605_09 <= found.cost <= 4605_09 + CLOSELY
    assert is_certified(found)


def test_a_budget_that_drops_where_avalanche_gets_stuck_and_snowball_does_not():
    # Snowball costs 1620.61 exactly. Followed in cents, the cheapest plan costs a few cents more than exactly.
    debts = debts_of(("A", "5000", "25", "150"), ("B", "600", "8", "200"), ("C", "900", "6", "250"))
    budget = planned_budget([BudgetStep(1, dollars("900")), BudgetStep(3, dollars("260"))])

    found = optimal(debts, budget)

    with pytest.raises(BudgetBelowMinimumsError):
        simulate(debts, budget, instructions_of("avalanche"), start=JANUARY)
    assert (in_dollars(found), found.schedule.length) == (Decimal("1615.80"), 27)
    assert 1615_80 <= found.cost <= 1615_80 + CLOSELY
    assert is_certified(found)


def test_constant_rates_need_no_solver():
    # The store cards of W. L. Winston's "Operations Research": a linear program pays 123,307.11 in all.
    debts = debts_of(
        ("Saks", "20000", "6", "0"), ("Bloomingdale's", "50000", "12", "0"), ("Macy's", "40000", "18", "0")
    )

    found = optimal(debts, "5000", solver=NoSolver())

    assert (in_dollars(found), found.schedule.length) == (Decimal("13307.11"), 25)
    assert (found.origin, found.certificate.method) == ("avalanche", Method.EXCHANGE)
    assert found.certificate.gap == 0
    assert is_certified(found)


CARD = debts_of(("A", "2000", "18", "0"))
WITHOUT_TRANSFER = 78_43


def half_a_year_free(fee, **more):
    return Offer("Offer", Decimal(fee), dollars("2000"), 6, Decimal(24), **more)


def test_only_a_part_is_moved_where_the_rest_is_paid_before_the_fee_is_worth_it():
    # Nothing moved costs 78.43, all of it the fee of 100.00. The least cost without rounding, 71.0948, is that of
    # moving 543.90; in cents that comes to 71.10, and 543.89 to 71.09.
    found = optimal(CARD, "500", offers=[half_a_year_free("5")])

    [transfer] = found.transfers
    assert (transfer.debt, transfer.offer, transfer.amount, transfer.fee) == (0, 0, 543_89, 27_19)
    assert found.cost == 71_09
    assert in_dollars(found) == Decimal("71.09")
    assert found.schedule.cost + transfer.fee == found.cost
    assert [debt.balance for debt in found.debts] == [1456_11, 571_08]
    assert is_certified(found)


def test_the_cap_of_an_offer_binds():
    # Nothing moved costs 1143.34.
    offer = Offer("Offer", Decimal(3), dollars("4000"), 12, Decimal(24))

    found = optimal(debts_of(("A", "5000", "24", "0")), "300", offers=[offer])

    assert [(each.amount, each.fee) for each in found.transfers] == [(4000_00, 120_00)]
    assert in_dollars(found) == Decimal("271.08")
    assert 271_07 <= found.cost <= 271_08
    assert is_certified(found)


@pytest.mark.parametrize(
    "offer",
    [half_a_year_free("8"), half_a_year_free("3", minimum_fee=dollars("90"))],
    ids=["its fee", "its minimum fee"],
)
def test_no_transfer_pays_where_the_fee_eats_what_it_saves(offer):
    found = optimal(CARD, "500", offers=[offer])

    assert found.transfers == ()
    assert found.cost == WITHOUT_TRANSFER
    assert is_certified(found)


def test_a_minimum_fee_is_paid_once_and_then_moves_more():
    # 3 percent of 543.90 is less than 20.00; once that is to be paid, what it moves at least is 666.67.
    offer = half_a_year_free("3", minimum_fee=dollars("20"))

    found = optimal(CARD, "500", offers=[offer])

    [transfer] = found.transfers
    assert transfer.fee >= 20_00
    assert transfer.amount >= 666_00
    assert found.cost < WITHOUT_TRANSFER
    assert is_certified(found)


def test_of_two_offers_each_takes_what_it_is_good_for():
    debts = [promotional("A", "8000", "26.99", "80"), *debts_of(("B", "9000", "22.99", "180"))]
    short = Offer("Short", Decimal(3), dollars("5000"), 12, Decimal(24), minimum=debts[0].minimum)
    long = Offer("Long", Decimal(4), dollars("7000"), 18, Decimal(27), minimum=debts[0].minimum)

    both = optimal(debts, "700", offers=[short, long])
    one = optimal(debts, "700", offers=[long])

    assert {each.offer for each in both.transfers} == {0, 1}
    assert {each.debt for each in both.transfers} == {1}
    assert both.cost < one.cost < plan(debts, "700", "avalanche").cost
    assert is_certified(both)
    assert sum(row.payment for row in both.schedule.months[0]) == 700_00
