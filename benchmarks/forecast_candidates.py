"""Ways to foretell spending beside those that ``budgets`` has: two more naive ones, and some that might do better."""

from itertools import pairwise

import numpy as np

from budgets.domain.forecast import Method
from budgets.domain.forecast.past import Days, Numbers, Past


def month_median(past: Past, coming: Days) -> Numbers:
    """Every day costs what a day of the median stretch of 30 days did."""
    whole = past.spent.shape[1] // 30 * 30
    months = past.spent[:, past.spent.shape[1] - whole :].reshape(len(past.spent), -1, 30).sum(axis=2)
    rate = np.maximum(np.median(months, axis=1), 0) / 30
    return np.repeat(rate[:, None], len(coming), axis=1)


def mean_of_all(past: Past, coming: Days) -> Numbers:
    """Every day costs what a day of all that is known did."""
    rate = np.maximum(past.spent.mean(axis=1), 0)
    return np.repeat(rate[:, None], len(coming), axis=1)


def same_days(months: int) -> Method:
    """Every day costs what a day of the same rest of the month did in so many months before, on average."""

    def method(past: Past, coming: Days) -> Numbers:
        firsts = [*np.flatnonzero(past.days.numbers == 1).tolist(), len(past.days)]
        whole = [
            (first, end) for first, end in pairwise(firsts) if end < len(past.days) or coming.numbers[0] == 1
        ]
        rests = [slice(min(first + coming.numbers[0] - 1, end - 1), end) for first, end in whole[-months:]]
        rate = np.maximum(np.mean([past.spent[:, rest].mean(axis=1) for rest in rests], axis=0), 0)
        return np.repeat(rate[:, None], len(coming), axis=1)

    return method


def blended(*methods: Method) -> Method:
    return lambda past, coming: sum(method(past, coming) for method in methods) / len(methods)
