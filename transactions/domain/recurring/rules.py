"""What is asked of a series of each period."""

from typing import NamedTuple

from transactions.domain.recurring.records import Period

DAYS_A_MONTH = 365.2425 / 12


class Rule(NamedTuple):
    """Either ``days`` or calendar ``months`` long, with ``dues`` payments in it.

    ``slack``: most days a movement may be away from its day. ``floor``: fewest days of tolerance promised.
    ``fewest``: occurrences that make a series. ``patience``: so many due days in a row without a movement end it.
    ``coverage``: share of the due days that must have been kept. ``doubt``: natural logarithm of how much rarer
    the period is than a monthly one.
    """

    period: Period
    days: int
    months: int
    dues: int
    slack: int
    floor: int
    fewest: int
    patience: int
    coverage: float
    doubt: float

    @property
    def length(self) -> float:
        """Days between two due days, on average."""
        return (self.days or self.months * DAYS_A_MONTH) / self.dues

    @property
    def a_year(self) -> int:
        """Due days of a calendar year; 0 for periods that go by weeks."""
        return 12 // self.months * self.dues if self.months else 0


RULES = (
    Rule(Period.WEEKLY, 7, 0, 1, slack=1, floor=1, fewest=5, patience=3, coverage=0.8, doubt=2),
    Rule(Period.FORTNIGHTLY, 14, 0, 1, slack=2, floor=2, fewest=4, patience=2, coverage=0.8, doubt=1),
    Rule(Period.FOUR_WEEKLY, 28, 0, 1, slack=3, floor=3, fewest=4, patience=2, coverage=0.8, doubt=2),
    Rule(Period.SEMI_MONTHLY, 0, 1, 2, slack=3, floor=3, fewest=4, patience=2, coverage=0.8, doubt=2),
    Rule(Period.MONTHLY, 0, 1, 1, slack=3, floor=3, fewest=3, patience=2, coverage=0.75, doubt=0),
    Rule(Period.BIMONTHLY, 0, 2, 1, slack=4, floor=4, fewest=3, patience=2, coverage=0.8, doubt=2),
    Rule(Period.QUARTERLY, 0, 3, 1, slack=5, floor=4, fewest=3, patience=2, coverage=0.8, doubt=1),
    Rule(Period.HALF_YEARLY, 0, 6, 1, slack=6, floor=5, fewest=3, patience=1, coverage=0.8, doubt=1.5),
    Rule(Period.YEARLY, 0, 12, 1, slack=8, floor=7, fewest=2, patience=1, coverage=0.8, doubt=0),
)
