"""From lines to records: the cells they hold with the line they start on."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.adapters.text.lines import MAX_LINE

MAX_CELLS = 512

Record = tuple[int, list[str]]
"""The physical line a record starts on, counted from 1, and its cells as written."""

TOO_LONG: list[str] = []
"""Stands, by identity, in place of the cells of a record that is longer than ``MAX_LINE`` letters."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart; ``width`` is how many most records have, ``quote`` empty where none is
    used.
    """

    delimiter: str
    quote: str
    width: int


def split_records(lines: Iterable[str], dialect: Dialect) -> Iterator[Record]:
    """The records of a file, quoted ones over as many lines as they take.

    A quote that is opened and not closed would swallow the rows behind it: where the lines of such a record
    make better records one by one, they are read so, quotes taken as plain letters and trimmed off.
    """
    feed = _Feed(lines)
    quote = dialect.quote
    for parsed in _parser(feed, dialect):
        cells, taken = parsed, feed.taken
        line = feed.number - len(taken) + 1
        feed.taken, feed.size = [], 0
        if len(taken) > 1 or (quote and taken[0].count(quote) % 2):
            cells = _salvaged(feed, taken, cells, dialect)
        elif '="' in taken[0]:
            cells = [_from_formula(cell) for cell in cells]
        yield line, (TOO_LONG if len(taken[0]) > MAX_LINE or len(cells) > MAX_CELLS else cells)


def split_line(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line with quotes as plain letters, trimmed off where they stand at a cell's ends."""
    return [cell.strip().strip(dialect.quote or None) for cell in line.split(dialect.delimiter)]


def _parser(feed: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    if not dialect.quote:
        return csv.reader(feed, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE, skipinitialspace=True)
    return csv.reader(feed, delimiter=dialect.delimiter, quotechar=dialect.quote, skipinitialspace=True)


class _Feed:
    """Hands lines to the CSV parser, remembers those of the record at hand, and takes lines back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._returned: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self.size = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        self.number += 1
        self.size += len(line)
        if not self.taken:
            self.taken.append(line)
            return line[:MAX_LINE]
        if self.size > MAX_LINE:
            self.give_back([line])
            raise StopIteration
        self.taken.append(line)
        return "\n" + line

    def give_back(self, lines: list[str]) -> None:
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)


def _salvaged(feed: _Feed, taken: list[str], cells: list[str], dialect: Dialect) -> list[str]:
    alone = split_line(taken[0], dialect)
    if len(taken) == 1:
        return (
            alone if len(alone) == dialect.width or len(cells) != dialect.width else _unquoted(cells, dialect)
        )
    each_a_row = dialect.width > 1 and all(
        line.count(dialect.delimiter) + 1 == dialect.width for line in taken
    )
    if each_a_row or len(cells) != dialect.width:
        feed.give_back(taken[1:])
        return alone
    return cells


def _from_formula(cell: str) -> str:
    """Spreadsheets keep text from being taken for a number by writing it as a formula: ="0123"."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _unquoted(cells: list[str], dialect: Dialect) -> list[str]:
    return [cell.strip().strip(dialect.quote) for cell in cells]
