"""The bounds hold four times in five where purchases come by chance."""

import numpy as np
import pytest

from budgets.domain.forecast.intervals import deciles, gamma_quantile, stray_of_bills

KNOWN, AHEAD = 360, 20


def lives(purchases_a_day, *, people=1500, seed=1):
    """What people spend a day whose purchases are Poisson and lognormal, and of late a fifth more or fewer."""
    chance = np.random.default_rng(seed)
    rates = np.full((people, KNOWN + AHEAD), float(purchases_a_day))
    rates[:, KNOWN:] *= 1 + chance.normal(0, 0.2, (people, 1))
    counts = chance.poisson(rates)
    baskets = np.exp(chance.normal(8, 0.7, counts.shape))
    return np.rint(counts * baskets)


def shares(purchases_a_day):
    """How often what was spent lies below and above the bounds, where the mean before is known."""
    spent = lives(purchases_a_day)
    truth = spent[:, KNOWN:].sum(axis=1)
    expected = spent[:, :KNOWN].mean(axis=1) * AHEAD
    bounds = np.array(deciles(spent[:, :KNOWN], expected))
    return np.mean(truth < bounds[:, 0]), np.mean(truth > bounds[:, 1])


@pytest.mark.parametrize("purchases_a_day", [0.2, 0.5, 2, 5])
def test_one_in_ten_ends_below_and_one_in_ten_above(purchases_a_day):
    below, above = shares(purchases_a_day)

    assert 0.07 < below < 0.13
    assert 0.07 < above < 0.13


def test_what_is_bought_seldom_may_not_be_bought_at_all():
    below, above = shares(0.03)

    assert below == 0
    assert 0.07 < above < 0.13


def test_what_is_hardly_ever_bought_is_still_within():
    once_a_year = np.zeros((1, 365))
    once_a_year[0, 100] = 300_00

    assert deciles(once_a_year, np.array([8_00.0])) == [(0, 8_00)]


def test_few_known_days_say_less():
    spent = lives(1, people=1)[:, :KNOWN]
    expected = np.array([50_000.0])

    ((low, high),) = deciles(spent[:, -14:], expected)
    ((low_of_all, high_of_all),) = deciles(spent, expected)

    assert low < low_of_all < high_of_all < high


def test_nothing_expected_is_certain():
    assert deciles(lives(1, people=2), np.zeros(2)) == [(0, 0), (0, 0)]


def test_next_to_nothing_expected_is_no_trouble():
    assert deciles(lives(1, people=1), np.array([1e-18])) == [(0, 1e-18)]


def test_nothing_known_strays_nowhere():
    assert deciles(np.zeros((1, 0)), np.array([5.0])) == [(5, 5)]


@pytest.mark.parametrize(
    ("degrees", "share", "quantile"),
    [(10, 0.1, 4.865), (10, 0.9, 15.987), (40, 0.1, 29.051), (40, 0.9, 51.805)],
)
def test_gamma_quantiles_agree_with_the_tables_of_chi_square(degrees, share, quantile):
    assert gamma_quantile(degrees, degrees / 2, share) == pytest.approx(quantile, rel=0.002)


def test_independent_bills_stray_by_the_root_of_their_squares():
    assert stray_of_bills([3_00, 4_00]) == pytest.approx(5_00 * 1.9, rel=0.0001)
    assert stray_of_bills([]) == 0
