"""What in a person's own ledger would reach a goal earlier, and by how much. Amounts are minor units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

DAYS_A_MONTH = Fraction(365, 12)
DAYS_A_WEEK = 7
# Of a category, in percent: at most, at most of an essential one, and where nothing is short.
MOST_OF_WANTS = 50
MOST_OF_NEEDS = 10
PLAIN_TRIM = 20


@dataclass(frozen=True, slots=True)
class Subscription:
    """What recurs each month; ``is_unused`` where the ledger or the person says that nobody uses it."""

    name: str
    monthly_cost: int
    is_unused: bool = False


@dataclass(frozen=True, slots=True)
class CategorySpending:
    """What a category usually costs in a month."""

    name: str
    monthly_median: int
    is_essential: bool = False


@dataclass(frozen=True, slots=True)
class OneOff:
    """Money that can be had once, from a sale or a refund."""

    name: str
    amount: int


Lever = Subscription | CategorySpending | OneOff


class StepKind(StrEnum):
    DROP_SUBSCRIPTIONS = "drop_subscriptions"
    ONE_OFF = "one_off"
    TRIM_CATEGORY = "trim_category"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and what it does by itself.

    ``names`` are the subscriptions to drop, the category or the one-off; ``spent`` is what all subscriptions, or the
    category, cost a month now. ``days_earlier`` is None where the goal is not reached without the step, and
    ``reached_in_days`` where it is not reached with it. Days are whole, rounded down and up.
    """

    kind: StepKind
    names: tuple[str, ...]
    spent: int
    monthly_saving: int
    once: int
    is_essential: bool
    days_earlier: int | None
    reached_in_days: int | None

    @property
    def weeks_earlier(self) -> int | None:
        """Whole weeks, rounded down."""
        return None if self.days_earlier is None else self.days_earlier // DAYS_A_WEEK


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a goal is approached: what remains, and minor units a day."""

    remaining: int
    per_day: Fraction

    def days(self, *, monthly_saving: int = 0, once: int = 0) -> Fraction | None:
        """Days until the goal is reached, with so much more; None for never."""
        left = max(0, self.remaining - once)
        per_day = self.per_day + monthly_saving / DAYS_A_MONTH
        if per_day <= 0:
            return None if left else Fraction(0)
        return left / per_day


def steps(levers: Iterable[Lever], *, pace: Pace, gap: int, with_essentials: bool) -> tuple[Step, ...]:
    """The steps that the levers offer, the one that reaches the goal earliest first.

    Among equals the one that hurts least: unused subscriptions, which are one step together; one-offs; wants;
    essentials, offered ``with_essentials`` only. A category is trimmed by the monthly ``gap``, or by a fifth where
    there is none, but a want by no more than half and an essential by no more than a tenth, rounded down.
    """
    offered = list(levers)
    subscriptions = [each for each in offered if isinstance(each, Subscription)]
    categories = [each for each in offered if isinstance(each, CategorySpending)]
    found = [
        _drop(subscriptions, pace),
        *(_one_off(each, pace) for each in offered if isinstance(each, OneOff)),
        *(_trim(each, pace, gap) for each in categories if with_essentials or not each.is_essential),
    ]
    worthwhile = (each for each in found if each.monthly_saving > 0 or each.once > 0)
    return tuple(sorted(worthwhile, key=lambda each: _rank(each, pace)))


def _drop(subscriptions: Sequence[Subscription], pace: Pace) -> Step:
    unused = [each for each in subscriptions if each.is_unused]
    return _step(
        StepKind.DROP_SUBSCRIPTIONS,
        pace,
        names=[each.name for each in unused],
        spent=sum(each.monthly_cost for each in subscriptions),
        monthly_saving=sum(each.monthly_cost for each in unused),
    )


def _one_off(lever: OneOff, pace: Pace) -> Step:
    return _step(StepKind.ONE_OFF, pace, names=[lever.name], once=lever.amount)


def _trim(lever: CategorySpending, pace: Pace, gap: int) -> Step:
    spent = lever.monthly_median
    most = spent * (MOST_OF_NEEDS if lever.is_essential else MOST_OF_WANTS) // 100
    return _step(
        StepKind.TRIM_CATEGORY,
        pace,
        names=[lever.name],
        spent=spent,
        monthly_saving=min(gap or spent * PLAIN_TRIM // 100, most),
        is_essential=lever.is_essential,
    )


def _step(
    kind: StepKind,
    pace: Pace,
    *,
    names: Sequence[str],
    spent: int = 0,
    monthly_saving: int = 0,
    once: int = 0,
    is_essential: bool = False,
) -> Step:
    before, after = pace.days(), pace.days(monthly_saving=monthly_saving, once=once)
    return Step(
        kind=kind,
        names=tuple(names),
        spent=spent,
        monthly_saving=monthly_saving,
        once=once,
        is_essential=is_essential,
        days_earlier=None if before is None or after is None else floor(before - after),
        reached_in_days=None if after is None else ceil(after),
    )


def _rank(step: Step, pace: Pace) -> tuple[bool, Fraction, int, int, tuple[str, ...]]:
    days = pace.days(monthly_saving=step.monthly_saving, once=step.once)
    pain = _PAIN.index((step.kind, step.is_essential))
    return days is None, days or Fraction(0), -step.once, pain, step.names


_PAIN = (
    (StepKind.DROP_SUBSCRIPTIONS, False),
    (StepKind.ONE_OFF, False),
    (StepKind.TRIM_CATEGORY, False),
    (StepKind.TRIM_CATEGORY, True),
)
