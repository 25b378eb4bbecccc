"""Records out of lines: each line is a letter and a value, and ``^`` ends a record."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_LONGEST_VALUE = 2_000
_MOST_SPLITS = 1_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")
# Letters before which a record may end, and those of lines that are in none.
_BETWEEN = frozenset({"^", "!", "D"})
_OUTSIDE = frozenset({"", "^", "#"})


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

    def close_before(self, letter: str) -> bool:
        """Whether a line of this letter is none of the record: its ``^``, a header, or a second day behind the
        amount, where the ``^`` between them is missing.
        """
        self.ended = letter == "^"
        if letter != "D":
            return True
        return letter in self.values and bool(self.amount) and "S" not in self.values


def read_records(lines: Iterable[str]) -> Iterator[Header | Record]:
    """Headers and records as they come; comments and empty records are left out."""
    record: Record | None = None
    for number, raw in enumerate(lines, start=1):
        line = (raw if raw.isprintable() else _CONTROL.sub("", raw)).strip()
        letter = line[:1]
        if record is not None and letter in _BETWEEN and record.close_before(letter):
            yield record
            record = None
        if letter == "!":
            yield Header(line[1:].strip().lower()[:80], number)
        elif letter not in _OUTSIDE:
            record = record or Record(number)
            record.add(letter, line[1:].strip(), number)
    if record is not None:
        yield record
