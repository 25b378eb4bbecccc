"""A plan and a comparison as pictures: SVG that is legible on a phone and without colour vision."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from core.domain.money import minor_digits
from debts.adapters.chart_bands import Band, bands_of, months_shown, place_for_label
from debts.adapters.chart_figure import (
    DRAWING,
    INK,
    LETTER_WIDTH,
    PAPER,
    PLOT_HEIGHT,
    PLOT_WIDTH,
    TEXT_SIZE,
    Mark,
    Picture,
    Row,
    Table,
)
from debts.adapters.chart_text import bounded, columns, money_text, month_text
from debts.domain.schedule import Schedule

LONGEST_TITLE, LONGEST_NAME, LONGEST_LABEL, LONGEST_STRATEGY = 34, 30, 18, 20
FREE_EDGE, LAST_EDGE = 246, 346
LABEL_INDENT = 5
LABEL_HEIGHT = 16
# A plan that takes much longer than the others would press theirs into a corner.
LONGEST_TO_SHORTEST = 3

COMPARISON = "What is still owed"
WHITE_ON = {"#0072B2"}
# Okabe & Ito, "Color Universal Design" (2008); the pale yellow is left to areas.
LINES = (
    Mark("#0072B2", "-", "o"),
    Mark("#D55E00", (0, (5, 2)), "s"),
    Mark("#009E73", (0, (2, 2)), "^"),
    Mark("#CC79A7", (0, (7, 2, 2, 2)), "D"),
    Mark("#E69F00", (0, (1, 1.5)), "v"),
    Mark("#56B4E9", (0, (9, 3)), "P"),
    Mark(INK, (0, (4, 2, 1, 2, 1, 2)), "X"),
)


def balance_chart(schedule: Schedule, names: Sequence[str], *, currency: str, start: date, title: str) -> str:
    """What each debt still owes over time, stacked, as an SVG element; ``names`` go by place in the household.

    Of more than eight debts the seven that were ever the largest have bands of their own. The picture is the
    same whenever it is drawn from the same plan.
    """
    heading = bounded(title, LONGEST_TITLE)
    bands = bands_of(schedule)
    called = [_band_name(band, names) for band in bands]
    dates = [_month(band.paid_off, schedule, start) for band in bands]
    rows = [
        Row(Mark(band.colour), name, (gone,)) for band, name, gone in zip(bands, called, dates, strict=True)
    ]
    table = Table((("paid off", LAST_EDGE),), tuple(reversed(rows)))
    spoken = "; ".join(f"{name}, paid off {gone}" for name, gone in zip(called, dates, strict=True))
    with DRAWING:
        picture = Picture(heading, _caption(currency), table)
        _stack(picture, bands, called, start=start, months=max(schedule.length, 1), currency=currency)
        owed = money_text(int(sum(band.balances[0] for band in bands)), currency)
        return picture.svg(heading, f"{owed} {currency} owed at the start. {spoken or 'No debts'}.")


def comparison_chart(results: Sequence[tuple[str, Schedule]], *, currency: str, start: date) -> str:
    """What is owed in all over time, a line for each labelled plan, as an SVG element.

    A mark shows each plan's debt-free month; the table below has that date and the exact interest. Plans that
    take more than three times as long as the shortest run out of the picture.
    """
    marks = [LINES[place % len(LINES)] for place in range(len(results))]
    rows = [
        Row(mark, bounded(label, LONGEST_STRATEGY), _outcome(schedule, currency, start))
        for mark, (label, schedule) in zip(marks, results, strict=True)
    ]
    table = Table((("debt-free", FREE_EDGE), ("interest", LAST_EDGE)), tuple(rows))
    spoken = "; ".join(f"{row.name}: debt-free {row.figures[0]}, interest {row.figures[1]}" for row in rows)
    with DRAWING:
        picture = Picture(COMPARISON, _caption(currency), table)
        _draw_lines(picture, [schedule for _, schedule in results], marks, start=start, currency=currency)
        return picture.svg(COMPARISON, f"Amounts in {currency}. {spoken or 'No plans'}.")


def _stack(
    picture: Picture, bands: Sequence[Band], names: Sequence[str], *, start: date, months: int, currency: str
) -> None:
    """Lay the bands on one another, and write a name into each that has room for it."""
    edges = np.cumsum([np.zeros(months + 1), *(band.balances for band in bands)], axis=0)
    edges /= 10 ** minor_digits(currency)
    top = picture.scale(start=start, months=months, top=float(edges[-1].max()))
    shown = months_shown(months)
    for band, name, lower, upper in zip(bands, names, edges, edges[1:], strict=False):
        picture.axes.fill_between(
            shown, lower[shown], upper[shown], facecolor=band.colour, edgecolor=PAPER, linewidth=1
        )
        label = bounded(name, LONGEST_LABEL)
        width = columns(label) * LETTER_WIDTH + 2 * LABEL_INDENT
        left, height, room = place_for_label(lower, upper, width / PLOT_WIDTH)
        if room * PLOT_HEIGHT >= LABEL_HEIGHT * top:
            picture.axes.text(
                (left + LABEL_INDENT / PLOT_WIDTH) * months,
                height,
                picture.texts.stand_in(label),
                fontsize=TEXT_SIZE,
                va="center_baseline",
                color=PAPER if band.colour in WHITE_ON else INK,
            )


def _draw_lines(
    picture: Picture, schedules: Sequence[Schedule], marks: Sequence[Mark], *, start: date, currency: str
) -> None:
    unit = 10 ** minor_digits(currency)
    lines = [np.array([_at_start(schedule), *schedule.balances]) / unit for schedule in schedules]
    months = _months_compared(schedules)
    picture.scale(
        start=start, months=months, top=max((float(line[: months + 1].max()) for line in lines), default=0)
    )
    for schedule, line, mark in zip(schedules, lines, marks, strict=True):
        shown = months_shown(min(schedule.length, months))
        picture.axes.plot(shown, line[shown], **mark.style)
        if schedule.is_debt_free and schedule.length <= months:
            picture.axes.plot(
                [schedule.length], [0], color=mark.colour, marker=mark.marker, clip_on=False, zorder=5
            )


def _months_compared(schedules: Sequence[Schedule]) -> int:
    """Up to the last debt-free month, but not much beyond the first."""
    ends = [schedule.length for schedule in schedules if schedule.is_debt_free]
    if not ends:
        return max((schedule.length for schedule in schedules), default=1) or 1
    return max(1, min(max(ends), LONGEST_TO_SHORTEST * min(ends)))


def _outcome(schedule: Schedule, currency: str, start: date) -> tuple[str, str]:
    free = _month(schedule.length if schedule.is_debt_free else None, schedule, start)
    return free, money_text(schedule.total_interest, currency)


def _month(month: int | None, schedule: Schedule, start: date) -> str:
    """The month's name; for one that does not come, the year in which the plan ends."""
    if month is None:
        return f"after {month_text(start, schedule.length)[-4:]}"
    return month_text(start, month)


def _at_start(schedule: Schedule) -> int:
    return sum(schedule.columns.balances)


def _band_name(band: Band, names: Sequence[str]) -> str:
    if len(band.debts) > 1:
        return f"{len(band.debts)} other debts"
    return bounded(names[band.debts[0]], LONGEST_NAME)


def _caption(currency: str) -> str:
    return f"Balance in {currency}"
