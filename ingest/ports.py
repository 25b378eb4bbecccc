"""What the ledger asks of the world outside."""

from collections.abc import Mapping
from typing import BinaryIO, Protocol

from ingest.domain.statement import StatementReading


class StatementReader(Protocol):
    """Reads one family of statement files.

    A reader never touches the database, the network or the clock, and never holds the whole file in memory.
    """

    format: str

    def recognises(self, head: bytes, filename: str) -> float:
        """How sure the reader is, from 0 to 1, that a file starting with ``head`` (64 KiB at most) is its own."""
        ...

    def read(
        self, source: BinaryIO, *, filename: str = "", layout: Mapping[str, object] | None = None
    ) -> StatementReading:
        """Open a seekable binary file; ``layout`` corrects what would otherwise be detected.

        Raises ``UnreadableStatementError`` where nothing can be read: here, or at the first item.
        """
        ...
