"""Which debt comes first, and who wins a tie."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from debts.domain.strategies import (
    RANKINGS,
    Strategy,
    by_balance,
    by_final_rate,
    by_order,
    by_rate,
    by_utilisation,
)


@dataclass
class Standing:
    """What is owed on one debt after the month's minimums."""

    index: int
    owed: int
    rate: str
    to_come: str = "0"
    limit: int | None = None

    def apr(self, month):
        return Decimal(self.rate)

    def final_apr(self):
        return Decimal(self.to_come)

    def utilisation(self):
        return Decimal(self.owed) / self.limit if self.limit else Decimal(-1)


def places(ranking, *owed):
    return [debt.index for debt in ranking(1, owed)]


def test_snowball_takes_the_smallest_balance():
    assert places(by_balance, Standing(0, 300, "5"), Standing(1, 100, "1"), Standing(2, 200, "9")) == [
        1,
        2,
        0,
    ]


def test_snowball_takes_the_higher_rate_of_equal_balances_then_the_order_given():
    assert places(by_balance, Standing(0, 100, "5"), Standing(1, 100, "9"), Standing(2, 100, "5")) == [
        1,
        0,
        2,
    ]


def test_avalanche_takes_the_highest_rate():
    assert places(by_rate, Standing(0, 300, "5"), Standing(1, 100, "1"), Standing(2, 200, "9")) == [2, 0, 1]


def test_avalanche_takes_the_smaller_balance_of_equal_rates_then_the_order_given():
    assert places(by_rate, Standing(0, 200, "5"), Standing(1, 100, "5"), Standing(2, 200, "5")) == [1, 0, 2]


def test_avalanche_by_the_rate_to_come_looks_past_a_promotion():
    promotion = Standing(0, 300, "0", to_come="29")
    loan = Standing(1, 100, "9", to_come="9")

    assert places(by_rate, promotion, loan) == [1, 0]
    assert places(by_final_rate, loan, promotion) == [0, 1]


def test_equal_rates_to_come_are_ranked_like_equal_rates():
    debts = [Standing(0, 200, "1", to_come="9"), Standing(1, 100, "2", to_come="9")]

    assert places(by_final_rate, *debts, Standing(2, 100, "3", to_come="9")) == [1, 2, 0]


def test_the_fullest_card_comes_first_and_debts_without_a_limit_last():
    half, nearly_full = Standing(0, 500, "9", limit=1000), Standing(1, 95, "5", limit=100)
    loan, dearer_loan = Standing(2, 900, "6"), Standing(3, 950, "7")

    assert places(by_utilisation, loan, half, nearly_full, dearer_loan) == [1, 0, 3, 2]


def test_of_equally_full_cards_the_higher_rate_then_the_smaller_balance_comes_first():
    cards = [
        Standing(0, 200, "9", limit=400),
        Standing(1, 100, "9", limit=200),
        Standing(2, 300, "12", limit=600),
        Standing(3, 100, "9", limit=200),
    ]

    assert places(by_utilisation, *cards) == [2, 1, 3, 0]


def test_an_order_of_ones_own_overrides_balance_and_rate():
    debts = [Standing(0, 1, "30"), Standing(1, 2, "20"), Standing(2, 3, "10")]

    assert places(by_order([2, 0, 1]), *debts) == [2, 0, 1]


def test_an_order_of_ones_own_passes_over_debts_that_are_gone():
    assert places(by_order([2, 0, 1]), Standing(1, 2, "20"), Standing(2, 3, "10")) == [2, 1]


@pytest.mark.parametrize(
    ("strategy", "ranking"),
    [
        (Strategy.SNOWBALL, by_balance),
        (Strategy.AVALANCHE, by_rate),
        (Strategy.HIGHEST_UTILISATION, by_utilisation),
    ],
)
def test_a_strategy_that_needs_no_more_than_the_debts_has_a_ranking(strategy, ranking):
    assert RANKINGS[strategy] is ranking
