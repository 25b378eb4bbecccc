"""Which delimiter and quote a file's lines are written with."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from ingest.adapters.csv.records import MAX_CELLS, Dialect, split_records
from ingest.adapters.text.lines import MAX_LINE
from ingest.domain.amounts import is_amount
from ingest.domain.dates import is_date
from ingest.domain.guess import Guess

DELIMITERS = (";", ",", "\t", "|", "^", "~", "\x1f", "*", "#", ":")
_LINES = 250
_QUOTES = ('"', "'")
_CELLS = 60


def detect_quote(lines: Sequence[str], delimiter: str | None = None) -> str:
    """The quote that encloses cells: a double quote unless apostrophes stand where quotes would."""
    delimiters = [delimiter] if delimiter else DELIMITERS
    counts = Counter(
        quote
        for line in lines[:_LINES]
        for quote in _QUOTES
        if any(f"{quote}{mark}{quote}" in line for mark in delimiters)
        or (line[:1] == quote and line[-1:] == quote)
    )
    return "'" if counts["'"] > 2 * counts['"'] else '"'


def detect_delimiter(lines: Sequence[str], *, quote: str) -> Guess[str]:
    """The delimiter that gives most lines a date and an amount, each in a cell of its own.

    Confidence is the share by which it beats the next best; 0 where no delimiter gives even one such line.
    """
    hint = _excel_hint(lines)
    if hint:
        return Guess(hint, 0.99)
    scores = {
        mark: _score(lines, mark, quote)
        for mark in DELIMITERS
        if any(mark in line for line in lines[:_LINES])
    }
    ranked = sorted(scores, key=lambda mark: -scores[mark])
    if not ranked or scores[ranked[0]] <= 0:
        return Guess(_most_regular(lines), 0.0)
    rival = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return Guess(ranked[0], 0.5 + 0.49 * (1 - max(rival, 0.0) / scores[ranked[0]]))


def usual_width(lines: Sequence[str], delimiter: str, quote: str) -> int:
    """How many cells most records have, among records that start and end on one line."""
    rough = Dialect(delimiter, quote, 0)
    widths = Counter(
        len(cells)
        for line in lines[:_LINES]
        for _, cells in islice(split_records([line], rough), 1)
        if len(cells) > 1
    )
    return widths.most_common(1)[0][0] if widths else 1


def looks_like_a_row(cells: Sequence[str]) -> bool:
    """Whether a date and, in another cell, an amount stand among the first cells."""
    dates = [index for index, cell in enumerate(cells[:_CELLS]) if cell and is_date(cell)]
    if not dates:
        return False
    return any(
        cell and index != dates[0] and is_amount(cell) and not is_date(cell)
        for index, cell in enumerate(cells[:_CELLS])
    ) or (len(dates) > 1 and any(is_amount(cells[index]) for index in dates))


def _score(lines: Sequence[str], delimiter: str, quote: str) -> float:
    width = usual_width(lines, delimiter, quote)
    if width < 2 or width > MAX_CELLS:
        return 0.0
    records = split_records(_bounded(lines), Dialect(delimiter, quote, width))
    rows = [len(cells) for _, cells in records if looks_like_a_row(cells)]
    if not rows:
        return 0.0
    return len(rows) * (0.5 + 0.5 * Counter(rows).most_common(1)[0][1] / len(rows)) + 0.001 * width


def _bounded(lines: Sequence[str]) -> list[str]:
    return [line[:MAX_LINE] for line in lines[:_LINES]]


def _excel_hint(lines: Sequence[str]) -> str | None:
    first = lines[0].strip().strip('"') if lines else ""
    return first[4:5] or None if first.lower().startswith("sep=") else None


def _most_regular(lines: Sequence[str]) -> str:
    return max(DELIMITERS[:4], key=lambda mark: sum(mark in line for line in lines[:_LINES]))
