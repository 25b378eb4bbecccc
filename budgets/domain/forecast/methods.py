"""Ways to say what each day to come will cost, from the days that were: two naive ones and the one that ships.

Each takes a ``Past`` and the ``Days`` to come, and gives a row a category and a column a day, in minor units, not
rounded and never negative. Source of the naive ones: the mean method in Hyndman and Athanasopoulos, Forecasting:
principles and practice, 3rd ed., section 5.2; of judging methods by days that they have not seen: 5.8 and 5.10.

``python -m benchmarks forecasting`` measures them on generated households. ``habit`` errs less than both naive ones,
in the total and in every category, so it is what ships. As it counts exceptional days for less, it is in the mean
some percent low; the bounds count them in full.
"""

from collections.abc import Callable

import numpy as np

from budgets.domain.forecast.past import THIRDS, WEEK, Days, Numbers, Past, Places

MONTH, THREE_MONTHS = 30, 91
HALF_LIFE = 60.0
EXCEPTIONAL = 3.0
# However regular they are, so many days are needed for a group to be trusted by half.
FEWEST_DAYS = 4.0

Method = Callable[[Past, Days], Numbers]


def last_month(past: Past, coming: Days) -> Numbers:
    """Naive: every day costs what a day of the last 30 did."""
    return _level(past.spent[:, -MONTH:], coming)


def three_months(past: Past, coming: Days) -> Numbers:
    """Naive: every day costs what a day of the last 91 did."""
    return _level(past.spent[:, -THREE_MONTHS:], coming)


def habit(past: Past, coming: Days) -> Numbers:
    """A daily rate, times what the weekday makes of it, times what the third of the month does.

    - The rate is the mean of all days, each weighing half as much as one 60 days later (simple exponential
      smoothing, Hyndman and Athanasopoulos, 8.1). A day counts for no more than three times the category's mean day
      with spending: what is exceptional is no habit.
    - A weekday's factor is its mean over the category's, drawn towards the person's factor for all categories, and
      that one towards 1; a third's is the person's, drawn towards 1: the less, the more days are known and the more
      regular they are.
    """
    if past.is_empty:
        return np.zeros((len(past.spent), len(coming)))
    spent = without_exceptions(past.spent)
    person = spent.sum(axis=0, keepdims=True)
    days, known_thirds = past.days.weekdays, past.days.thirds
    thirds = credible_factors(person, known_thirds, np.ones((1, THIRDS)))
    weekdays = credible_factors(spent, days, credible_factors(person, days, np.ones((1, WEEK))))
    weights = weights_of(len(days))
    usual = (weekdays[:, days] * thirds[:, known_thirds]) @ weights
    rate = np.maximum(spent @ weights, 0) / np.maximum(usual, np.finfo(float).tiny)
    shape: Numbers = weekdays[:, coming.weekdays] * thirds[:, coming.thirds]
    return rate[:, None] * shape


def weights_of(days: int) -> Numbers:
    """What each of so many days up to yesterday weighs, yesterday 1."""
    weights: Numbers = 0.5 ** (np.arange(days)[::-1] / HALF_LIFE)
    return weights


def without_exceptions(spent: Numbers) -> Numbers:
    """The same, but no day above three times the mean of its category's days with spending."""
    is_spending = spent > 0
    means = (spent * is_spending).sum(axis=1) / np.maximum(is_spending.sum(axis=1), 1)
    capped: Numbers = np.minimum(spent, EXCEPTIONAL * means[:, None])
    return capped


def credible_factors(spent: Numbers, groups: Places, drawn_to: Numbers) -> Numbers:
    """How the mean day of a group of days compares with the mean of all, a row a category and a column a group.

    It is drawn towards ``drawn_to`` as far as the variance of single days, over that of the groups, says that it may
    be chance. Source: the Bühlmann and Straub model and its estimators, Bühlmann and Gisler, A course in credibility
    theory and its applications, chapter 4.
    """
    days, sizes = len(groups), np.bincount(groups, minlength=drawn_to.shape[1])
    sums = spent @ (groups[:, None] == np.arange(len(sizes))).astype(float)
    mean = np.maximum(spent.mean(axis=1, keepdims=True), 0)
    means = sums / np.maximum(sizes, 1)
    squares = (spent * spent).sum(axis=1) - (means * sums).sum(axis=1)
    within = np.maximum(squares, 0) / max(days - len(sizes), 1)
    strayed = (sizes * (means - mean * drawn_to) ** 2).sum(axis=1) - (len(sizes) - 1) * within
    between = strayed / max(days - (sizes * sizes).sum() / days, 1)
    is_telling = (mean[:, 0] > 0) & (between > 0)
    needed = np.maximum(within / np.where(is_telling, between, 1), FEWEST_DAYS)[:, None]
    trust = np.where(is_telling[:, None], sizes / (sizes + needed), 0)
    seen = means / np.where(mean > 0, mean, 1)
    factors: Numbers = np.maximum(drawn_to + trust * (seen - drawn_to), 0)
    return factors


def _level(spent: Numbers, coming: Days) -> Numbers:
    rate = np.maximum(spent.sum(axis=1), 0) / max(spent.shape[1], 1)
    return np.repeat(rate[:, None], len(coming), axis=1)
