"""How surely a rhythm is no coincidence.

Were purchases made on any day, each of ``n`` would fall into windows that cover a share ``f`` of the calendar with
probability ``f``. That ``hits`` or more do so has at most the probability exp(-n D(hits/n || f)), D being the
Kullback-Leibler divergence of two coins (Chernoff; Hoeffding 1963, theorem 1). The windows were chosen after looking,
so the bound is multiplied by the number of places they could have been in (Bonferroni).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log
from statistics import fmean

from transactions.domain.recurring.rules import Rule

# Natural logarithm of the odds from which a rhythm is believed.
ENOUGH = 2.5
# What each further like amount adds: two purchases at one place seldom cost alike to the cent.
LIKE_AMOUNTS = ((0.005, 1.5), (0.05, 1.0), (0.2, 0.4))
MOST_COUNTED = 4
# So few occurrences are judged beside all that was bought there.
FEW = 2
# Days, the span between the earliest and the latest deviation, and the ratio below which it is a walk.
FEWEST_OF_A_WALK, NARROWEST_WALK, WALK = 6, 4, 0.8


def rhythm(rule: Rule, *, hits: int, of: int, radius: int) -> float:
    """How improbable it is that ``hits`` of ``of`` movements fall on due days by chance: minus a natural logarithm.

    The widths of the window that were tried and the rarity of the period are counted against it.
    """
    share = min(0.999, (2 * radius + 1) / rule.length)
    places = -log(share) * rule.dues
    return of * _divergence(hits / of, share) - places - log(rule.slack + 1) - rule.doubt


def wanders(deviations: Sequence[int]) -> bool:
    """Whether days drift away from their due days and back, as a habit does, instead of jumping around them.

    The ratio of the mean square difference of neighbours to the variance is about 2 for independent days and close
    to 0 for a walk (von Neumann 1941). Few days, or days that hardly differ, tell nothing.
    """
    if len(deviations) < FEWEST_OF_A_WALK or max(deviations) - min(deviations) < NARROWEST_WALK:
        return False
    mean = fmean(deviations)
    differences = sum((after - before) ** 2 for before, after in pairwise(deviations))
    return differences < WALK * sum((each - mean) ** 2 for each in deviations)


def likeness(amounts: Sequence[int]) -> float:
    """What the amounts add: those that lie close to the one before are counted by how close."""
    closeness = sorted((_closeness(before, after) for before, after in pairwise(amounts)), reverse=True)
    typical = closeness[len(closeness) // 2] if closeness else 0.0
    return typical * min(MOST_COUNTED, len(closeness))


def confidence_of(evidence: float, coverage: float) -> float:
    """From 0 to 1: the odds of the evidence, less for every due day that was missed."""
    return round(max(0.0, 1 - exp(-max(0.0, evidence))) * coverage, 3)


def _closeness(before: int, after: int) -> float:
    apart = abs(after - before) / max(abs(before), abs(after))
    return next((worth for most, worth in LIKE_AMOUNTS if apart <= most), 0.0)


def _divergence(seen: float, expected: float) -> float:
    if seen <= expected:
        return 0.0
    rest = (1 - seen) * log((1 - seen) / (1 - expected)) if seen < 1 else 0.0
    return seen * log(seen / expected) + rest
