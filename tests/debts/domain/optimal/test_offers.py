"""What a balance transfer costs, and what a household looks like after it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.domain.optimal.candidates import FINE, finer_offer
from debts.domain.optimal.offers import Offer, Transfer, after_transfers, with_fees
from debts.domain.terms import Debt, Minimum, MinimumRule, RateStep, Segment, SegmentKind
from tests.debts.domain.households import debts_of, dollars

OFFER = Offer("Offer", Decimal(3), dollars("4000"), 12, Decimal(24), minimum_fee=dollars("5"))
CARDS = debts_of(("A", "1000", "24", "25"), ("B", "500", "12", "25"))


@pytest.mark.parametrize(
    ("moved", "fee"),
    [(0, 0), (1, 5_00), (166_66, 5_00), (166_83, 5_00), (166_84, 5_01), (1000_00, 30_00)],
)
def test_the_fee_is_a_share_half_up_and_at_least_the_minimum_fee(moved, fee):
    assert OFFER.fee(moved) == fee


def test_an_offer_takes_from_all_debts_or_from_those_it_names():
    assert OFFER.accepts(0)
    assert OFFER.accepts(7)
    named = replace(OFFER, eligible=frozenset({1}))
    assert [named.accepts(debt) for debt in range(3)] == [False, True, False]


def test_the_new_debt_has_the_promotional_rate_for_its_months():
    debt = replace(OFFER, promo_apr=Decimal("1.9")).debt(800_00)

    [segment] = debt.segments
    assert (debt.name, segment.balance, segment.kind) == ("Offer", 800_00, SegmentKind.TRANSFER)
    assert [segment.apr(month) for month in (1, 12, 13)] == [Decimal("1.9"), Decimal("1.9"), Decimal(24)]


def test_without_promotional_months_the_later_rate_holds_at_once():
    [segment] = replace(OFFER, promo_months=0).debt(800_00).segments

    assert segment.rates == (RateStep(1, Decimal(24)),)


def test_what_is_moved_and_its_fee_leave_one_debt_and_open_another():
    transfers = with_fees([(0, 0, 600_00), (1, 0, 100_00)], [OFFER])

    after = after_transfers(CARDS, [OFFER], transfers)

    assert transfers == (Transfer(0, 0, 600_00, 18_00), Transfer(1, 0, 100_00, 3_00))
    assert [debt.balance for debt in after] == [400_00, 400_00, 721_00]


def test_a_minimum_fee_is_paid_once_for_all_that_an_offer_takes():
    # 3 percent of 30.00 are 0.90; the 5.00 are shared as the amounts are.
    transfers = with_fees([(0, 0, 20_00), (1, 0, 10_00)], [OFFER])

    assert [each.fee for each in transfers] == [3_34, 1_66]


def test_an_offer_that_is_not_taken_is_an_empty_debt():
    after = after_transfers(CARDS, [OFFER, OFFER], with_fees([(0, 1, 100_00)], [OFFER, OFFER]))

    assert [debt.balance for debt in after] == [900_00, 500_00, 0, 105_00]


def test_nothing_moved_is_no_transfer():
    assert with_fees([(0, 0, 0)], [OFFER]) == ()


def test_a_transfer_takes_the_dearest_balance_of_a_card_first():
    purchases = Segment(300_00, (RateStep(1, Decimal(18)),))
    cash = Segment(200_00, (RateStep(1, Decimal(27)),), SegmentKind.CASH)
    card = Debt("Card", (purchases, cash))

    [left, _] = after_transfers([card], [OFFER], with_fees([(0, 0, 250_00)], [OFFER]))

    assert [segment.balance for segment in left.segments] == [250_00, 0]


def test_in_the_fine_unit_amounts_are_larger_and_shares_the_same():
    offer = replace(OFFER, minimum=Minimum(MinimumRule.PERCENT, percent=Decimal(2), floor=25_00))

    fine = finer_offer(offer)

    assert fine.fee(1000_00 * FINE) == 30_00 * FINE
    assert fine.fee(1) == 5_00 * FINE
    assert (fine.cap, fine.minimum.floor) == (4000_00 * FINE, 25_00 * FINE)
    assert fine.minimum.percent == Decimal(2)


@given(
    amounts=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 500_00)), min_size=2, max_size=2),
    percent=st.decimals(0, 8, places=2),
    least=st.integers(0, 30_00),
)
def test_no_cent_is_lost_on_the_way(amounts, percent, least):
    offers = [replace(OFFER, fee_percent=percent, minimum_fee=least)] * 2
    moved = [(debt, offer, amount) for debt, (offer, amount) in enumerate(amounts)]

    transfers = with_fees(moved, offers)
    after = after_transfers(CARDS, offers, transfers)

    for place, offer in enumerate(offers):
        mine = [each for each in transfers if each.offer == place]
        assert sum(each.fee for each in mine) == offer.fee(sum(each.amount for each in mine))
    fees = sum(each.fee for each in transfers)
    assert sum(debt.balance for debt in after) == sum(debt.balance for debt in CARDS) + fees
