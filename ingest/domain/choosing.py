"""Which reader a file is given to."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from ingest.domain.statement import UnreadableStatementError

HEAD_BYTES = 64 * 1024
# Archives may hold a statement as it is, and documents text that looks like one.
PACKED_STARTS = (b"PK\x03\x04", b"%PDF")
TAR_MARK, TAR_MARK_AT = b"ustar", 257


class Recogniser(Protocol):
    format: str

    def recognises(self, head: bytes, filename: str) -> float: ...


ReaderT = TypeVar("ReaderT", bound=Recogniser)


def choose_reader(readers: Sequence[ReaderT], *, head: bytes, filename: str) -> ReaderT:
    """The reader that is surest of a file, the later among equals.

    The last reader takes any text, so a file that nobody recognises, and one with files inside, is refused in its
    words. Raises ``UnreadableStatementError`` for an empty file.
    """
    if not head.strip():
        raise UnreadableStatementError("The file is empty.")
    if head.startswith(PACKED_STARTS) or head.startswith(TAR_MARK, TAR_MARK_AT):
        return readers[-1]
    return max(reversed(readers), key=lambda reader: reader.recognises(head, filename))
