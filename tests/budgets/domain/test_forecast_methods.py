"""How the days that were are carried forward."""

from datetime import date, timedelta

import numpy as np
import pytest

from budgets.domain.forecast.methods import (
    credible_factors,
    habit,
    last_month,
    three_months,
    weights_of,
    without_exceptions,
)
from budgets.domain.forecast.past import THIRDS, Days, past_of
from budgets.domain.forecast.records import DaySpending

# A Monday, and the first of a month.
TODAY = date(2026, 6, 1)
SATURDAY, SUNDAY = 5, 6
JUNE = Days.between(TODAY.toordinal(), TODAY.toordinal() + 30)


def past(spending, *, days, categories=("food",)):
    """``spending`` says what a category cost on a day."""
    rows = [
        DaySpending(day, category, amount)
        for ago in range(1, days + 1)
        for category in categories
        if (amount := spending(day := TODAY - timedelta(days=ago), category))
    ]
    known_from = TODAY - timedelta(days=days)
    return past_of(rows, known_from=known_from, known_until=TODAY, today=TODAY, categories=categories)


def on_saturdays(day, _):
    return 70_00 if day.weekday() == SATURDAY else 0


def test_last_month_is_the_mean_of_thirty_days():
    dearer_of_late = past(lambda day, _: 10_00 if day >= TODAY - timedelta(days=15) else 4_00, days=91)

    assert last_month(dearer_of_late, JUNE)[0].tolist() == [7_00] * 30


def test_three_months_are_the_mean_of_ninety_one_days():
    dearer_of_late = past(lambda day, _: 91_00 if day >= TODAY - timedelta(days=30) else 0, days=200)

    assert three_months(dearer_of_late, JUNE)[0].tolist() == [30_00] * 30


def test_a_mean_is_of_what_is_known():
    assert three_months(past(lambda *_: 10_00, days=10), JUNE)[0].tolist() == [10_00] * 30


def test_a_day_weighs_half_of_one_sixty_days_later():
    weights = weights_of(121)

    assert [weights[-1], weights[-61], weights[-121]] == [1, 0.5, 0.25]


def test_what_changed_of_late_counts_more_than_what_was_before():
    dearer = habit(past(lambda day, _: 20_00 if day.month == 5 else 10_00, days=151), JUNE)
    cheaper = habit(past(lambda day, _: 10_00 if day.month == 5 else 20_00, days=151), JUNE)

    assert 13_50 < dearer.mean() < 14_50
    assert 15_50 < cheaper.mean() < 16_50


@pytest.mark.parametrize(("dear", "counted"), [(2_00, 2_00), (4_00, 3_90), (11_00, 6_00), (101_00, 33_00)])
def test_an_exceptional_day_counts_for_three_mean_days_with_spending(dear, counted):
    spent = np.array([[0, 0] + [1_00] * 9 + [dear]], dtype=float)

    assert without_exceptions(spent).max() == pytest.approx(counted)


def test_money_back_counts_in_full():
    assert without_exceptions(np.array([[1_00, 1_00, -50_00]])).tolist() == [[1_00, 1_00, -50_00]]


def test_the_weekday_habit_shows_in_the_days_and_not_in_the_whole():
    coming = habit(past(on_saturdays, days=364), Days.between(TODAY.toordinal(), TODAY.toordinal() + 7))[0]

    assert coming[SATURDAY] > 5 * coming[SUNDAY]
    assert coming[:SATURDAY] == pytest.approx(coming[SUNDAY])
    assert coming.sum() == pytest.approx(70_00, rel=0.02)


def test_a_rest_without_the_weekday_costs_less():
    until_friday = Days.between(TODAY.toordinal(), TODAY.toordinal() + 5)

    assert habit(past(on_saturdays, days=364), until_friday).sum() < 15_00


def test_a_weekday_that_may_be_chance_makes_no_habit():
    def anywhere(day, _):
        return 40_00 if day.toordinal() * 37 % 11 < 4 else 0

    june = habit(past(anywhere, days=360), JUNE)[0]

    assert june == pytest.approx(40_00 * 4 / 11, rel=0.03)


def test_groups_that_differ_by_chance_alone_are_drawn_all_the_way():
    weekdays = np.arange(28) % 7
    restless = np.array([[0.0, 20.0] * 14])

    assert credible_factors(restless, weekdays, np.ones((1, 7))).tolist() == [[1] * 7]


def test_groups_without_any_chance_keep_their_own_but_for_four_days():
    """Twelve of each group: trusted by 12 / (12 + 4)."""
    halves = np.repeat([0, 1], 12)
    steady = np.where(halves, 30.0, 10.0)[None]

    assert credible_factors(steady, halves, np.ones((1, 2))).tolist() == [[0.625, 1.375]]


def test_a_new_category_takes_the_persons_own_weekdays():
    def spending(day, category):
        is_new = category == "toys"
        return 30_00 * (day == date(2026, 5, 27)) if is_new else on_saturdays(day, category)

    toys = habit(past(spending, days=364, categories=("food", "toys")), JUNE)[1]

    assert toys[SATURDAY] > 2 * toys[SUNDAY]


def test_the_third_of_the_month_is_the_persons_own():
    after_pay_day = past(lambda day, _: 30_00 if day.day <= 10 else 0, days=365)

    june = habit(after_pay_day, JUNE)[0]
    thirds = [june[JUNE.thirds == third].mean() for third in range(THIRDS)]

    assert thirds[0] > 1.5 * thirds[1]
    assert thirds[1] == pytest.approx(thirds[2], rel=0.05)


def test_days_know_their_weekday_and_their_place_in_the_month():
    turn = Days.between(date(2028, 2, 28).toordinal(), date(2028, 3, 2).toordinal())

    assert turn.weekdays.tolist() == [0, 1, 2]
    assert turn.numbers.tolist() == [28, 29, 1]
    assert turn.thirds.tolist() == [2, 2, 0]


@pytest.mark.parametrize("method", [habit, last_month, three_months])
def test_nothing_known_is_nothing_foretold(method):
    assert method(past(lambda *_: 1, days=0), JUNE).tolist() == [[0] * 30]


def test_a_year_back_is_looked_at():
    assert len(past(lambda *_: 1, days=800).days) == 366
