"""Between what a sum of purchases ends four times in five.

Purchases come by chance (Poisson) and cost by chance, so what is spent in all is compound Poisson: nothing with
probability exp(-purchases), and otherwise about a gamma distribution with the mean that is expected and the variance
of so many days. To it comes that a habit moves from month to month by a fifth, and how surely the mean of so many
days is known. Source: Klugman, Panjer and Willmot, Loss models, 4th ed., chapter 9; quantiles of the gamma by Wilson
and Hilferty's cube root.
"""

from collections.abc import Iterable
from math import expm1, hypot, sqrt
from statistics import NormalDist

import numpy as np

from budgets.domain.forecast.methods import weights_of
from budgets.domain.forecast.past import Numbers

LOW, HIGH = 0.1, 0.9
MOVES = 0.2
# The mean of few days, or of purchases and money back, may be near zero: it is doubted up to twice itself.
MOST_DOUBT = 4.0
_NORMAL = NormalDist()
# In a normal distribution, the distance to the ninth decile over that to the median distance.
NINTH_DECILE = _NORMAL.inv_cdf(HIGH) / _NORMAL.inv_cdf(0.75)


def deciles(spent: Numbers, expected: Numbers) -> list[tuple[float, float]]:
    """For each row its first and ninth decile, widened to what is expected where that lies outside.

    ``spent`` has a row a category and a column a day; ``expected`` is what each will cost in all.
    """
    if not spent.shape[1]:
        return [(each, each) for each in expected.tolist()]
    weights = weights_of(spent.shape[1])
    weights /= weights.sum()
    days = 1 / float(weights @ weights)
    means = spent @ weights
    variances = np.maximum((spent * spent) @ weights - means**2, 0) * days / max(days - 1, 0.5)
    sizes = np.abs(spent)
    often, turnover = (sizes > 0) @ weights, sizes @ weights
    columns = (expected, often, turnover, means, variances)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [_deciles(row, days) for row in rows]


def stray_of_bills(spreads: Iterable[int]) -> float:
    """How far bills together end from what was expected, four times in five; their amounts stray independently."""
    return NINTH_DECILE * hypot(*spreads)


def gamma_quantile(mean: float, shape: float, share: float) -> float:
    """Below which a share of a gamma distribution lies; off by no more than 0.03 means for shapes from 1 on."""
    root = 1 - 1 / (9 * shape) + _NORMAL.inv_cdf(share) / (3 * sqrt(shape))
    return mean * max(root, 0.0) ** 3


def _deciles(row: tuple[float, ...], days: float) -> tuple[float, float]:
    """Of a category: what is expected, how often there is spending, and of a day the turnover, mean and variance."""
    expected, often, turnover, mean, variance = row
    if expected <= 0 or turnover <= 0:
        return expected, expected
    doubt = min(variance / days, MOST_DOUBT * mean**2) / mean**2 if mean > 0 else MOST_DOUBT
    together = expected * variance / turnover + expected**2 * (MOVES**2 + doubt)
    something = -expm1(-expected * often / turnover)
    nothing = 1 - something
    mean_of_some = expected / something
    variance_of_some = (together + expected**2) / something - mean_of_some**2
    shape = mean_of_some**2 / max(variance_of_some, 1e-9 * mean_of_some**2)
    low, high = (
        gamma_quantile(mean_of_some, shape, (share - nothing) / something) if share > nothing else 0.0
        for share in (LOW, HIGH)
    )
    return min(low, expected), max(high, expected)
