"""What one category may spend in a period, and what became of it. Amounts are minor units of one currency."""

from dataclasses import dataclass, field
from enum import StrEnum

ALMOST = 80


class Rollover(StrEnum):
    """What a category takes into the next period."""

    NONE = "none"
    SURPLUS = "surplus"
    BOTH = "both"


class Pattern(StrEnum):
    """How an allocation spreads over its days."""

    EVEN = "even"
    WEEKDAYS = "weekdays"
    BILLS = "bills"
    BY_HAND = "by_hand"
    NOT_DAILY = "not_daily"


class Mode(StrEnum):
    """What happens to spending over the plan.

    ``spread``: the days left give evenly; ``next_day``: the days that come next; ``end``: the last days, and no
    other category. ``donors``: other categories at once; ``ask``: other categories, when the person agrees;
    ``never``: nothing moves. After ``spread`` and ``next_day`` other categories give what the allocation lacks.
    """

    SPREAD = "spread"
    NEXT_DAY = "next_day"
    END = "end"
    DONORS = "donors"
    ASK = "ask"
    NEVER = "never"


class Kind(StrEnum):
    """What a category's money is for: to be spent day by day, to pay what is due at once, or to be saved."""

    DAILY = "daily"
    BILLS = "bills"
    SAVINGS = "savings"


# A bill takes what was kept for it, all at once.
FOR_BILLS = frozenset({Pattern.BILLS, Pattern.NOT_DAILY})


class Status(StrEnum):
    """Green up to 80 % of what there is, amber up to all of it, red beyond."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One category's allocation in a period.

    ``planned`` and ``spent`` have an item a day: the plan adds up to the allocation, and money that came back is
    negative spending. ``needed`` is what the forecast still expects to be spent, ``given`` what other categories
    have had of it in this period. ``locked_days`` are places of days whose plan stays as it is, ``is_saving`` says that
    the category is one of savings.
    """

    key: str
    name: str
    planned: tuple[int, ...]
    spent: tuple[int, ...]
    priority: int = 3
    is_essential: bool = False
    is_locked: bool = False
    mode: Mode = Mode.SPREAD
    pattern: Pattern = Pattern.EVEN
    locked_days: frozenset[int] = field(default=frozenset())
    needed: int = 0
    given: int = 0
    is_saving: bool = False

    @property
    def kind(self) -> Kind:
        """Savings are savings whenever they leave; of the rest, those that are not spread over days are bills."""
        if self.is_saving:
            return Kind.SAVINGS
        return Kind.BILLS if self.pattern in FOR_BILLS else Kind.DAILY

    @property
    def budgeted(self) -> int:
        return sum(self.planned)

    @property
    def total_spent(self) -> int:
        return sum(self.spent)

    @property
    def remaining(self) -> int:
        """Below zero where more was spent than allotted."""
        return self.budgeted - self.total_spent

    @property
    def status(self) -> Status:
        return status_of(self.total_spent, self.budgeted)


def status_of(spent: int, available: int) -> Status:
    """The colour of so much spending of so much money; nothing spent of nothing is green."""
    if spent > max(available, 0):
        return Status.RED
    return Status.AMBER if 100 * spent > ALMOST * available else Status.GREEN


def rolled_over(remaining: int, rollover: Rollover) -> int:
    """What a category takes into the next period of what is left of this one, an overspending negative."""
    if rollover == Rollover.BOTH:
        return remaining
    return max(remaining, 0) if rollover == Rollover.SURPLUS else 0
