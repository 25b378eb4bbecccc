"""A month of a budget as a picture: a cell a day, coloured by how its spending stands to its plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

COLUMNS = 7
WIDTH, HEIGHT, GAP = 112, 78, 6
MARGIN, HEADER, LEGEND = 24, 84, 56
BAR = 6

# Told apart by people with any colour vision, and by lightness in print. Source: Okabe & Ito (2008), lightened.
FILLS: Mapping[str, str] = {"green": "#d7efe6", "amber": "#fdebc2", "red": "#f9d3c4", "none": "#f4f5f7"}
INKS: Mapping[str, str] = {"green": "#00785a", "amber": "#9a6400", "red": "#b03a00", "none": "#8a919c"}
FONT = "font-family='Inter, Segoe UI, Helvetica, Arial, sans-serif'"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its number, the texts below it, its status, and how much of the plan was spent from 0 to 1.

    ``over`` says by how much the category that is most over is over; empty where none is.
    """

    day: int
    spent: str
    planned: str
    status: str
    share: float
    over: str = ""
    is_today: bool = False
    is_future: bool = False


def calendar_svg(
    *,
    title: str,
    subtitle: str,
    weekdays: Sequence[str],
    lead: int,
    cells: Sequence[Cell],
    words: Mapping[str, str],
) -> str:
    """A month with ``lead`` empty places before its first day, the weekdays' names above and a legend below."""
    rows = -(-(lead + len(cells)) // COLUMNS)
    width = 2 * MARGIN + COLUMNS * WIDTH + (COLUMNS - 1) * GAP
    height = HEADER + rows * (HEIGHT + GAP) + LEGEND
    parts = [
        (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' "
            f"height='{height}' role='img' aria-label={quoteattr(f'{title}. {subtitle}')} {FONT}>"
        ),
        f"<title>{escape(title)}</title><desc>{escape(subtitle)}</desc>",
        f"<rect width='{width}' height='{height}' rx='16' fill='#ffffff'/>",
        _text(MARGIN, 34, title, size=20, fill="#1f2630", weight=600),
        _text(width - MARGIN, 34, subtitle, size=14, fill="#5b6472", anchor="end"),
        *(
            _text(MARGIN + place * (WIDTH + GAP) + 4, HEADER - 14, name, size=12, fill="#5b6472")
            for place, name in enumerate(weekdays)
        ),
        *(_cell(cell, *divmod(lead + place, COLUMNS)) for place, cell in enumerate(cells)),
        *_legend(words, y=height - LEGEND + 22),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _cell(cell: Cell, row: int, column: int) -> str:
    x, y = MARGIN + column * (WIDTH + GAP), HEADER + row * (HEIGHT + GAP)
    ring = f" stroke='{INKS[cell.status]}' stroke-width='2.5'" if cell.is_today else ""
    opacity = " opacity='0.55'" if cell.is_future else ""
    filled = round(min(max(cell.share, 0), 1) * (WIDTH - 16), 1)
    label = f"{cell.day}: {cell.spent} / {cell.planned}" + (f" ({cell.over})" if cell.over else "")
    over = _text(x + WIDTH - 8, y + 20, cell.over, size=12, fill=INKS[cell.status], weight=600, anchor="end")
    return (
        f"<g{opacity}><title>{escape(label)}</title>"
        f"<rect x='{x}' y='{y}' width='{WIDTH}' height='{HEIGHT}' rx='10' fill='{FILLS[cell.status]}'{ring}/>"
        + _text(x + 8, y + 20, str(cell.day), size=13, fill="#1f2630", weight=600)
        + (over if cell.over else "")
        + _text(x + 8, y + 44, cell.spent, size=13, fill=INKS[cell.status], weight=600)
        + _text(x + WIDTH - 8, y + 60, cell.planned, size=11, fill="#5b6472", anchor="end")
        + f"<rect x='{x + 8}' y='{y + HEIGHT - 12}' width='{WIDTH - 16}' height='{BAR}' rx='3' fill='#ffffff'/>"
        f"<rect x='{x + 8}' y='{y + HEIGHT - 12}' width='{filled}' height='{BAR}' rx='3' "
        f"fill='{INKS[cell.status]}'/></g>"
    )


def _legend(words: Mapping[str, str], *, y: int) -> list[str]:
    parts, x = [], MARGIN
    for status in ("green", "amber", "red", "none"):
        parts.append(
            f"<rect x='{x}' y='{y - 11}' width='14' height='14' rx='4' fill='{FILLS[status]}' stroke='{INKS[status]}'/>"
        )
        parts.append(_text(x + 20, y, words[status], size=12, fill="#5b6472"))
        x += 40 + 7 * len(words[status])
    return parts


def _text(
    x: float, y: float, text: str, *, size: int, fill: str, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f"<text x='{x}' y='{y}' font-size='{size}' fill='{fill}' font-weight='{weight}' "
        f"text-anchor='{anchor}'>{escape(text)}</text>"
    )
