"""Short ways to read a statement in a test, whatever its format."""

import io
from pathlib import Path
from typing import NamedTuple

from ingest.domain.statement import (
    Problem,
    RowStatus,
    StatementReading,
    StatementRow,
    UnreadableStatementError,
)

SAMPLES = Path(__file__).parents[1] / "samples"
FOR_NEWCOMERS = Path(__file__).parents[3] / "docs" / "samples"


class Read(NamedTuple):
    reading: StatementReading
    rows: list[StatementRow]
    rejected: list[tuple[int | None, str]]
    remarks: list[tuple[int | None, str]]

    @property
    def row(self) -> StatementRow:
        (row,) = self.rows
        return row

    @property
    def accounts(self) -> list[str]:
        return [account.number for account in self.reading.accounts]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Day, amount and text of each row, pending ones in parentheses."""
        return [
            (
                f"({row.date})" if row.status is RowStatus.PENDING else str(row.date),
                f"{row.amount:f}",
                row.description,
            )
            for row in self.rows
        ]


def read_with(reader, content: bytes | str, layout: dict | None = None) -> Read:
    data = content.encode() if isinstance(content, str) else content
    reading = reader.read(io.BytesIO(data), layout=layout)
    items = list(reading.items)
    problems = [item for item in items if isinstance(item, Problem)]
    return Read(
        reading=reading,
        rows=[item for item in items if isinstance(item, StatementRow)],
        rejected=[(problem.line, problem.message) for problem in problems if problem.rejected],
        remarks=[(problem.line, problem.message) for problem in problems if not problem.rejected],
    )


def outcome(reader, content: bytes) -> list | str:
    """What becomes of any bytes: items, or the words of a refusal."""
    assert 0 <= reader.recognises(content, "statement.txt") <= 1
    try:
        return list(reader.read(io.BytesIO(content)).items)
    except UnreadableStatementError as refusal:
        return refusal.message or "refused without a word"


def mutated(sample: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """The sample with pieces cut out and others put in their place."""
    for at, size, piece in cuts:
        start = at % (len(sample) + 1)
        sample = sample[:start] + piece + sample[start + size :]
    return sample
