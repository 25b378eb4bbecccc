"""Records out of lines: each line is a letter and a value, and ``^`` ends a record."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_LONGEST_VALUE = 2_000
_MOST_SPLITS = 1_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")


@dataclass(slots=True)
class Header:
    """A line such as ``!Type:Bank``, without the mark and in lower case."""

    name: str
    line: int


@dataclass(slots=True)
class Record:
    """The first value of each letter and its line; ``splits`` are the parts of the amount, as written.

    ``ended`` says that its ``^`` is there, ``whole`` that its last line at least was written to its end.
    """

    line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    splits: list[str] = field(default_factory=list)
    last: str = ""
    ended: bool = False
    whole: bool = True

    @property
    def amount(self) -> str:
        """T, or U, which says the same with more room."""
        return self.values.get("T") or self.values.get("U", "")

    def add(self, letter: str, value: str, line: int) -> None:
        self.last = letter
        if letter == "$" and len(self.splits) < _MOST_SPLITS:
            self.splits.append(value[:_LONGEST_VALUE])
        if letter not in self.values:
            self.values[letter] = value[:_LONGEST_VALUE]
            self.lines[letter] = line

    def begins_anew_with(self, letter: str) -> bool:
        """Whether a second day stands in a record that has its amount: the ``^`` between them is missing."""
        return letter == "D" and "D" in self.values and bool(self.amount) and "S" not in self.values


def read_records(lines: Iterable[str]) -> Iterator[Header | Record]:
    """Headers and records as they come; comments and empty records are left out."""
    record: Record | None = None
    for number, line in _filled(lines):
        if record is not None and _ends(record, line):
            yield record
            record = None
        if line[0] == "!":
            yield Header(line[1:].strip().lower()[:80], number)
        elif line[0] != "^":
            record = record or Record(number)
            record.add(line[0], line[1:].strip(), number)
    if record is not None:
        yield record


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(lines, start=1):
        line = (raw if raw.isprintable() else _CONTROL.sub("", raw)).strip()
        if line and line[0] != "#":
            yield number, line


def _ends(record: Record, line: str) -> bool:
    record.ended = line[0] == "^"
    return record.ended or line[0] == "!" or record.begins_anew_with(line[0])
