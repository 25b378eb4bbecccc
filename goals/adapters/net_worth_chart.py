"""Net worth over time as one SVG element, legible on a phone; one unit is a pixel on a screen 360 wide."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from core.domain.money import plain

WIDTH, HEIGHT = 360, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 64, 32
PAPER, INK, QUIET, GRID, LINE = "#ffffff", "#1a1a1a", "#4d4d4d", "#d9d9d9", "#0072B2"
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TITLE = "Net worth"
STEPS = (1, 2, 2.5, 5, 10)
MOST_INTERVALS = 4
SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))

Points = Sequence[tuple[date, Decimal]]


def net_worth_chart(points: Points, *, currency: str) -> str:
    """A line through the net worth of each day, from the first to the last, with nothing as a line of its own.

    The picture is the same whenever it is drawn from the same figures.
    """
    if not points:
        return _picture("", "No snapshots yet")
    ticks = _ticks([float(worth) for _, worth in points])
    drawn = "".join([*_grid(ticks), _line(points, ticks), *_dates(points)])
    last, worth = points[-1]
    return _picture(drawn, f"{plain(worth, currency)} {currency} on {_day_text(last)}")


def _picture(drawn: str, spoken: str) -> str:
    head = _text(14, 24, TITLE, size=15, weight="bold", colour=INK)
    caption = _text(14, 46, spoken)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{escape(FONTS)}" font-size="12"><title>{TITLE}</title><desc>{escape(spoken)}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{head}{caption}{drawn}</svg>'
    )


def _grid(ticks: Sequence[float]) -> list[str]:
    parts = []
    for tick in ticks:
        y = _height(tick, ticks)
        colour = QUIET if tick == 0 else GRID
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>'
            + _text(LEFT - 6, y + 4, _tick_text(tick, ticks), "end")
        )
    return parts


def _line(points: Points, ticks: Sequence[float]) -> str:
    places = [f"{_place(day, points):.1f},{_height(float(worth), ticks):.1f}" for day, worth in points]
    x, _, y = places[-1].partition(",")
    path = " ".join(places)
    return (
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2.2" stroke-linejoin="round"/>'
        f'<circle cx="{x}" cy="{y}" r="4" fill="{LINE}"/>'
    )


def _dates(points: Points) -> list[str]:
    first, last = points[0][0], points[-1][0]
    ends = [(first, "start"), (last, "end")] if first != last else [(first, "middle")]
    return [_text(_place(day, points), HEIGHT - 12, _day_text(day), anchor) for day, anchor in ends]


def _ticks(values: Sequence[float]) -> list[float]:
    """At most five round amounts around the values, nothing among them."""
    low, high = min(0.0, *values), max(0.0, *values)
    rough = ((high - low) or 1) / MOST_INTERVALS
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in STEPS if step * power >= rough * 0.999999)
    return [step * count for count in range(floor(low / step), ceil(high / step) + 1)] or [0.0]


def _place(day: date, points: Points) -> float:
    first, last = points[0][0], points[-1][0]
    share = (day - first).days / (last - first).days if last > first else 0.5
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _height(value: float, ticks: Sequence[float]) -> float:
    low, high = ticks[0], ticks[-1]
    share = (value - low) / (high - low) if high > low else 0.5
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _tick_text(tick: float, ticks: Sequence[float]) -> str:
    largest = max(abs(each) for each in ticks)
    divisor, unit = next((scale for scale in SCALES if largest >= scale[0]), (1.0, ""))
    return f"{tick / divisor:g}{unit}" if tick else "0"


def _day_text(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _text(
    x: float,
    y: float,
    words: str,
    anchor: str = "start",
    *,
    size: int = 12,
    weight: str = "normal",
    colour: str = QUIET,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}">{escape(words)}</text>'
    )
