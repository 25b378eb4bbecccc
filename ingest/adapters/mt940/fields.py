"""The fields of SWIFT messages out of lines of text: a field goes on until the next one begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

END = "-"
"""Stands as the tag of what ends a message."""
ENVELOPE = "{"
"""Stands as the tag of the blocks around a message."""

_LONGEST_FIELD = 8_000
_MOST_LINES = 200
_TAG = re.compile(r":([0-9]{2}[A-Z]?|NS|94[02]):")
_KNOWN = frozenset(
    [
        "13",
        "13D",
        "20",
        "21",
        "25",
        "25P",
        "28",
        "28C",
        "34F",
        "60",
        "60F",
        "60M",
        "61",
        "62",
        "62F",
        "62M",
        "64",
        "65",
        "86",
        "90C",
        "90D",
        "NS",
        "940",
        "942",
    ]
)
_CLOSING = frozenset({"62", "62F", "64", "65"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")
_ENVELOPE = re.compile(r"\s{0,9}\{[1-5]:")
_END = re.compile(r"-\s{0,9}(?:\}|$)")
_TEXT_BLOCK = "{4:"
_MARKS = frozenset(":-{")
_FIRST_BALANCE = "60"
_HOUR = re.compile(r"(?:^|[^0-9])(?:[01][0-9]|2[0-3])$")
_MINUTE = re.compile(r"[0-5][0-9](?![0-9])")


@dataclass(slots=True)
class Field:
    """A tag without its colons, the line it stands on, and its text line by line."""

    tag: str
    line: int
    lines: list[str]
    size: int = field(default=0)

    @property
    def text(self) -> str:
        """The first line, trimmed."""
        return self.lines[0].strip()

    def add(self, line: str) -> None:
        """Take one more line; what is beyond any length a bank writes is dropped."""
        if self.size < _LONGEST_FIELD and len(self.lines) < _MOST_LINES:
            self.lines.append(line[:_LONGEST_FIELD])
            self.size += len(line)


class FieldCutter:
    """Cuts lines into fields, one field in memory at a time.

    Text wraps anywhere, so a line of an ``:86:`` may begin like a tag: ``:26:37`` is the rest of a time. It
    is a tag only where the format has one of that name, and where no hour stands at the end of the line
    before.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self._open: Field | None = None
        self._closed = True
        self.line = 0

    def fields(self) -> Iterator[Field]:
        """All fields, blocks and ends of messages; text before the first of them is left out."""
        for raw in self._lines:
            self.line += 1
            line = raw if raw.isprintable() else _CONTROL.sub("", raw)
            mark = line[:1]
            if mark in _MARKS or mark.isspace():
                yield from self._take(line)
            elif self._open is not None:
                self._open.add(line)
        if self._open is not None:
            yield self._open

    def _take(self, line: str) -> Iterator[Field]:
        if _END.match(line):
            yield from self._begin(END, line)
            line = "".join(line.partition("{1:")[1:])
        if _ENVELOPE.match(line):
            yield from self._begin(ENVELOPE, line)
            line = line.partition(_TEXT_BLOCK)[2]
        found = _TAG.match(line)
        if found and self._is_tag(found[1], line[found.end() :]):
            yield from self._begin(found[1], line[found.end() :])
        elif self._open is not None:
            self._open.add(line)

    def _is_tag(self, tag: str, text: str) -> bool:
        if self._open is None or self._open.tag != "86":
            return True
        if tag not in _KNOWN:
            return False
        if self._closed or tag >= _FIRST_BALANCE:
            return True
        return not (_HOUR.search(self._open.lines[-1][-3:]) and _MINUTE.match(text))

    def _begin(self, tag: str, text: str) -> Iterator[Field]:
        if self._open is not None:
            yield self._open
        self._open = Field(tag, self.line, [text[:_LONGEST_FIELD]])
        self._closed = tag in _CLOSING or tag == END or (self._closed and tag not in {"60F", "61"})
