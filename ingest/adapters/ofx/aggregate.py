"""One small aggregate being read: a row, an account or a status, with its values by tag."""

from collections.abc import Mapping

from ingest.adapters.ofx.standard import STRUCTURE

_LONGEST_VALUE = 4_000
_MOST_VALUES = 100


class OpenAggregate:
    """Gathers values until its own end or until a tag that frames statements shows that the end is missing.

    The first value of a tag counts; repeated ``MEMO`` lines add up. Values of a part are kept as
    ``PAYEE.NAME``; those within a tag the standard does not know are dropped again, lest a name or an
    amount in there pass for the row's own. ``cut`` names the values that were longer than is kept.
    """

    def __init__(self, tag: str, line: int, *, parts: Mapping[str, frozenset[str]]) -> None:
        self.tag = tag
        self.line = line
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.cut: list[str] = []
        self._parts = parts
        self._part = ""
        self._key = ""
        self._pieces: list[str] = []
        self._size = 0
        self._within: dict[str, int] = {}  # tags without text, and how many values there were before theirs

    def take(self, tag: str, text: str, line: int) -> bool:
        """Whether the token belongs to the aggregate; it ends at the first one that does not."""
        if not tag:
            self._add(text)
            return True
        if self._key:
            self._settle()
        if tag[0] == "/":
            return self._close(tag[1:])
        if tag in STRUCTURE and not text.strip():
            return False
        self._open(tag, text, line)
        return True

    def ended(self) -> None:
        """Say that no more tokens come."""
        if self._key:
            self._settle()

    def _add(self, text: str) -> None:
        if self._key and self._size <= _LONGEST_VALUE:
            self._pieces.append(text)
            self._size += len(text)

    def _settle(self) -> None:
        key, self._key = self._key, ""
        text = "".join(self._pieces).strip()
        if len(text) > _LONGEST_VALUE:
            self.cut.append(key)
            text = text[:_LONGEST_VALUE]
        before = self.values[key]
        if not before:
            self.values[key] = text
        elif key == "MEMO":
            self.values[key] = f"{before} {text}"[:_LONGEST_VALUE]

    def _open(self, tag: str, text: str, line: int) -> None:
        if tag in self._parts and not text.strip():
            self._part = tag
            return
        if self._part and tag not in self._parts[self._part]:
            self._part = ""
        key = f"{self._part}.{tag}" if self._part else tag
        if key not in self.values:
            if len(self.values) >= _MOST_VALUES:
                return
            self.values[key] = ""
            self.lines[key] = line
        self._key, self._pieces, self._size = key, [text], len(text)
        if not text.strip():
            self._within[tag] = len(self.values)

    def _close(self, tag: str) -> bool:
        if tag == self.tag or tag in STRUCTURE:
            return False
        if tag == self._part:
            self._part = ""
        if tag in self._within:
            for key in list(self.values)[self._within.pop(tag) :]:
                del self.values[key]
        return True
