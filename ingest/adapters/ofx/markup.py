"""OFX markup, SGML or XML, as a stream of tags: one pass, memory bounded by the size of a chunk.

Nothing is nested here and no entity is ever expanded, so neither depth nor declarations can cost memory.
Whatever is not a tag is text: a bare ``<`` in a memo does not break the file.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.domain.statement import UnreadableStatementError

Token = tuple[str, str, int]
"""Tag in upper case (with a leading ``/`` where it closes), the text after it, the line of the tag.

An empty tag means more text for the tag before.
"""

_LONGEST_TAG = 2_000
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9._-]{0,79})>([^<]*)")
_LOOSE_TAG = re.compile(
    r"<\s{0,9}(/?)\s{0,9}([A-Za-z][A-Za-z0-9._-]{0,79})(?:\s[^<>=]{1,99}=[^<>]{0,999})?\s{0,9}(/?)>"
)
_LIKE_A_TAG = re.compile(r"<(?=[\s/]{0,9}[A-Za-z][A-Za-z0-9._-]{0,79}[\s/>]|[!?])")
_TAG_END = re.compile(r"[<>]")
_SKIPPED = {"<!--": "-->", "<?": "?>"}
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_DECLARATION = re.compile(r"<!\s{0,9}[A-Za-z]")


class Markup:
    """Cuts decoded text, given in chunks with ``\\n`` line ends, into tokens."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = chunks
        self._buffer = ""
        self._at = 0
        self._until = ""  # what ends the comment, instruction or CDATA section being read
        self._ended = False
        self.line = 1

    def tokens(self) -> Iterator[Token]:
        """All tokens; raises ``UnreadableStatementError`` at a document type or entity declaration."""
        for chunk in self._chunks:
            self._buffer = self._buffer[self._at :] + chunk
            self._at = 0
            yield from self._cut()
        self._ended = True
        yield from self._cut()

    def _cut(self) -> Iterator[Token]:
        while self._at < len(self._buffer):
            match = None if self._until else _TAG.match(self._buffer, self._at)
            if match is not None:
                tag, text = match.groups()
                yield tag.upper(), text, self.line
                self._advance(match.end())
                continue
            start = self._at
            yield from self._other()
            if self._at == start:
                return

    def _other(self) -> Iterator[Token]:
        """Take one piece that is no plain tag; takes nothing where the rest of it has still to be read."""
        if self._until:
            yield from self._rest_of_section()
        elif self._buffer[self._at] != "<":
            yield self._text_up_to(self._buffer.find("<", self._at))
        elif self._opens_section() or self._must_wait():
            return
        else:
            yield from self._loose_tag()

    def _advance(self, end: int) -> None:
        self.line += self._buffer.count("\n", self._at, end)
        self._at = end

    def _text_up_to(self, end: int) -> Token:
        end = len(self._buffer) if end < 0 else end
        token = ("", self._buffer[self._at : end], self.line)
        self._advance(end)
        return token

    def _rest_of_section(self) -> Iterator[Token]:
        end = self._buffer.find(self._until, self._at)
        found = end >= 0
        if not found:
            kept = 0 if self._ended else len(self._until) - 1
            end = max(self._at, len(self._buffer) - kept)
        token = self._text_up_to(end)
        if self._until == _CDATA_END and token[1]:
            yield token
        if found:
            self._advance(end + len(self._until))
            self._until = ""

    def _opens_section(self) -> bool:
        for opening, closing in (*_SKIPPED.items(), (_CDATA, _CDATA_END)):
            if self._buffer.startswith(opening, self._at):
                self._advance(self._at + len(opening))
                self._until = closing
                return True
        return False

    def _must_wait(self) -> bool:
        left = len(self._buffer) - self._at
        if self._ended or left > _LONGEST_TAG:
            return False
        if left < len(_CDATA) and self._buffer.startswith("<!", self._at):
            return True
        return _TAG_END.search(self._buffer, self._at + 1) is None

    def _loose_tag(self) -> Iterator[Token]:
        if _DECLARATION.match(self._buffer, self._at):
            raise UnreadableStatementError(
                "The file declares a document type or entities, which a bank statement never needs; "
                "for safety it is not read.",
                line=self.line,
            )
        match = _LOOSE_TAG.match(self._buffer, self._at)
        if match is None:
            following = _LIKE_A_TAG.search(self._buffer, self._at + 1)
            yield self._text_up_to(following.start() if following else self._buffer.rfind("<", self._at + 1))
            return
        closing, name, empty = match.groups()
        tag = name.upper()
        yield f"{closing}{tag}", "", self.line
        if empty or match[0][-2] == "/":
            yield f"/{tag}", "", self.line
        self._advance(match.end())
