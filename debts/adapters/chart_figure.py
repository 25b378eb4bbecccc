"""A picture for a phone, drawn by matplotlib: a plot with a table of names below it, as one SVG element.

One unit of the picture is one pixel on a screen that is 360 wide, so a font size is what a person sees there.
matplotlib takes a second to import, so it is imported where it draws.
"""

from dataclasses import dataclass
from datetime import date
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, TypedDict, Unpack

from debts.adapters.chart_text import FONTS, Texts, month_text, portable
from debts.domain.interest import MONTHS_A_YEAR, month_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import LineStyleType, RcKeyType

WIDTH, EDGE = 360, 14
PLOT_LEFT, PLOT_WIDTH, PLOT_HEIGHT = 46, 300, 190
HEAD_HEIGHT, AXIS_HEIGHT, ROW_HEIGHT = 64, 36, 20
TITLE_LINE, CAPTION_LINE = 24, 46
MARK_WIDTH, MARK_HEIGHT, NAME_LEFT = 20, 12, 42
# A line of text sits as high as its mark when its foot is this much below the middle.
FOOT = 4
UNITS_AN_INCH = 72
TEXT_SIZE, TITLE_SIZE = 12, 15
LETTER_WIDTH = 7
MOST_TICKS = 5
TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)

PAPER, INK, QUIET, GRID = "#ffffff", "#1a1a1a", "#4d4d4d", "#d9d9d9"
MOST_READ = 1e13
SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
SETTINGS: "dict[RcKeyType, object]" = {
    "svg.fonttype": "none",
    "svg.hashsalt": "solvent",
    "font.family": ["DejaVu Sans"],
}
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))

# matplotlib's settings belong to the whole process: one picture at a time.
DRAWING = Lock()


class LineStyle(TypedDict):
    color: str
    linestyle: "LineStyleType"
    linewidth: float


class TextStyle(TypedDict, total=False):
    color: str
    fontsize: int
    fontweight: str
    ha: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How a row of the table is drawn in the plot: an area, or a line with a marker on it."""

    colour: str
    line: "LineStyleType" = ""
    marker: str = ""

    @property
    def style(self) -> LineStyle:
        return {"color": self.colour, "linestyle": self.line, "linewidth": 2.2}


@dataclass(frozen=True, slots=True)
class Row:
    mark: Mark
    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` are headings and the right edges of the figures below them."""

    columns: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


class Picture:
    """A plot over the months of a plan, with heading, axes and table around it."""

    def __init__(self, title: str, caption: str, table: Table) -> None:
        from matplotlib.figure import Figure

        self._height = HEAD_HEIGHT + PLOT_HEIGHT + AXIS_HEIGHT + ROW_HEIGHT * (len(table.rows) + 1) + EDGE
        self.texts = Texts()
        size = (WIDTH / UNITS_AN_INCH, self._height / UNITS_AN_INCH)
        self._figure = Figure(figsize=size, dpi=UNITS_AN_INCH, facecolor=PAPER)
        self._write(EDGE, TITLE_LINE, title, fontsize=TITLE_SIZE, fontweight="bold")
        self._write(EDGE, CAPTION_LINE, caption, color=QUIET)
        self._add_table(table)
        self.axes: Axes = self._add_plot()

    def scale(self, *, start: date, months: int, top: float) -> float:
        """Set the axes: so many ``months`` from the one before ``start``, and money from nothing to ``top``.

        Returns the money at the upper end.
        """
        from matplotlib.ticker import MaxNLocator

        ticks = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(0, top or 1)
        self.axes.set_yticks(ticks, [_tick_text(float(tick), float(ticks[-1])) for tick in ticks])
        self.axes.set_ylim(0, ticks[-1])
        marks = date_ticks(start, months)
        self.axes.set_xlim(0, months)
        self.axes.set_xticks([month for month, _ in marks], [label for _, label in marks])
        return float(ticks[-1])

    def svg(self, title: str, description: str) -> str:
        """The picture as text, with a title and a description for those who cannot see it."""
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        written = StringIO()
        with rc_context(SETTINGS):
            FigureCanvasSVG(self._figure).print_figure(written, format="svg", metadata=NO_METADATA)
        _, _, drawn = written.getvalue().partition("<svg")
        _, _, body = drawn.partition(">")
        opening = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'width="100%" viewBox="0 0 {WIDTH} {self._height}" font-family="{FONTS}" stroke-linejoin="round">'
        )
        spoken = f"<title>{self.texts.stand_in(title)}</title><desc>{self.texts.stand_in(description)}</desc>"
        return self.texts.fill(opening + spoken + portable(body))

    def _add_plot(self) -> "Axes":
        low = self._height - HEAD_HEIGHT - PLOT_HEIGHT
        place = (PLOT_LEFT / WIDTH, low / self._height, PLOT_WIDTH / WIDTH, PLOT_HEIGHT / self._height)
        axes = self._figure.add_axes(place, facecolor=PAPER)
        for side in ("top", "left", "right"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(QUIET)
        axes.tick_params(labelsize=TEXT_SIZE, labelcolor=QUIET, color=QUIET, pad=5)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", color=GRID, linewidth=1)
        axes.set_axisbelow(True)
        return axes

    def _add_table(self, table: Table) -> None:
        y = HEAD_HEIGHT + PLOT_HEIGHT + AXIS_HEIGHT + ROW_HEIGHT // 2
        for heading, edge in table.columns:
            self._write(edge, y + FOOT, heading, color=QUIET, ha="right")
        for row in table.rows:
            y += ROW_HEIGHT
            self._add_mark(row.mark, y)
            self._write(NAME_LEFT, y + FOOT, row.name)
            for figure, (_, edge) in zip(row.figures, table.columns, strict=True):
                self._write(edge, y + FOOT, figure, ha="right")

    def _add_mark(self, mark: Mark, y: int) -> None:
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle

        left, middle, width = EDGE / WIDTH, 1 - y / self._height, MARK_WIDTH / WIDTH
        if not mark.line:
            height = MARK_HEIGHT / self._height
            self._figure.add_artist(
                Rectangle((left, middle - height / 2), width, height, facecolor=mark.colour)
            )
            return
        self._figure.add_artist(Line2D([left, left + width], [middle, middle], **mark.style))
        self._figure.add_artist(Line2D([left + width / 2], [middle], color=mark.colour, marker=mark.marker))

    def _write(self, x: int, y: int, text: str, **how: Unpack[TextStyle]) -> None:
        """Put words at a place counted from the upper left corner."""
        style: TextStyle = {"color": INK, "fontsize": TEXT_SIZE, **how}
        self._figure.text(x / WIDTH, 1 - y / self._height, self.texts.stand_in(text), **style)


def _tick_text(amount: float, top: float) -> str:
    if not amount or top >= MOST_READ:
        return f"{amount:.0e}" if amount else "0"
    divisor, unit = next((scale for scale in SCALES if top >= scale[0]), (1, ""))
    return f"{amount / divisor:g}{unit}"


def date_ticks(start: date, months: int) -> list[tuple[int, str]]:
    """At most five round dates between the ends, as months of the plan with their labels."""
    first = month_on(start, 0)
    offset = first.year * MONTHS_A_YEAR + first.month - 1
    for step in TICK_STEPS:
        found = [month for month in range(months + 1) if not (month + offset) % step]
        if len(found) <= MOST_TICKS - (step < MONTHS_A_YEAR):
            break
    labelled = [(month, month_text(start, month)) for month in found]
    if step >= MONTHS_A_YEAR:
        labelled = [(month, label[-4:]) for month, label in labelled]
    return [
        (month, label)
        for month, label in labelled
        if month * PLOT_WIDTH / months + len(label) * LETTER_WIDTH / 2 < PLOT_WIDTH + EDGE
    ]
