"""The debts of a plan as bands that lie on one another, the last one to be paid off at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from debts.domain.schedule import Schedule

# Okabe & Ito, "Color Universal Design" (2008): told apart with every common colour vision.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
OTHERS = "#999999"
# A picture 300 wide shows no more.
MOST_POINTS = 200
STEPS = 120

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """What is owed after each month, 0 first, in minor units; ``debts`` are places in the household."""

    debts: tuple[int, ...]
    balances: Amounts
    paid_off: int | None
    colour: str


def bands_of(schedule: Schedule) -> list[Band]:
    """A band for each debt that was ever owed, from the bottom; beyond seven, the smaller ones share one."""
    balances = _balances(schedule)
    owed = [int(debt) for debt in np.argsort(-balances.max(axis=1), kind="stable") if balances[debt].any()]
    groups: list[tuple[int, ...]] = [(debt,) for debt in owed[: len(PALETTE)]]
    if rest := tuple(owed[len(PALETTE) :]):
        groups.append(rest)
    groups.sort(key=lambda group: (-_paid_off_order(schedule, group), group))
    colours = iter(PALETTE)
    return [
        Band(
            group,
            balances[list(group)].sum(axis=0),
            _paid_off(schedule, group),
            OTHERS if group == rest else next(colours),
        )
        for group in groups
    ]


def months_shown(months: int) -> NDArray[np.intp]:
    """The months that are drawn: all of a short plan, of a long one so many that the picture looks the same."""
    return np.unique(np.linspace(0, months, min(months + 1, MOST_POINTS)).round().astype(np.intp))


def place_for_label(lower: Amounts, upper: Amounts, width: float) -> tuple[float, float, float]:
    """Where a label fits best between two curves: its left end, its height, and the room around that.

    ``width`` and the left end are shares of the plot's width; height and room are in the curves' units.
    """
    places = np.linspace(0, 1, STEPS)
    months = np.linspace(0, 1, len(lower))
    low, high = np.interp(places, months, lower), np.interp(places, months, upper)
    span = int(np.ceil(width * STEPS))
    if span >= STEPS:
        return 0.0, 0.0, 0.0
    ceiling = np.lib.stride_tricks.sliding_window_view(high, span).min(axis=1)
    floor = np.lib.stride_tricks.sliding_window_view(low, span).max(axis=1)
    best = int(np.argmax(ceiling - floor))
    return float(places[best]), float(ceiling[best] + floor[best]) / 2, float(ceiling[best] - floor[best])


def _balances(schedule: Schedule) -> Amounts:
    """A row a debt, a column a month; column 0 is what was owed at the start."""
    columns = schedule.columns
    balances = np.zeros((len(schedule.payoffs), schedule.length + 1))
    balances[:, 0] = columns.balances
    for month, lines in enumerate(columns.lines(), start=1):
        balances[columns.debts[lines], month] = columns.closings[lines]
    return balances


def _paid_off(schedule: Schedule, debts: Sequence[int]) -> int | None:
    months = [month for debt in debts if (month := schedule.payoffs[debt]) is not None]
    return max(months) if len(months) == len(debts) else None


def _paid_off_order(schedule: Schedule, debts: Sequence[int]) -> int:
    month = _paid_off(schedule, debts)
    return schedule.length + 1 if month is None else month
