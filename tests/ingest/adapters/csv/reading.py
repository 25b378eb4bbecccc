"""Short ways to read CSV in a test."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from ingest.adapters.csv import CsvReader
from ingest.domain.statement import Problem, StatementReading, StatementRow

SAMPLES = Path(__file__).parents[2] / "samples" / "csv"


class Read(NamedTuple):
    reading: StatementReading
    rows: list[StatementRow]
    problems: list[Problem]

    @property
    def amounts(self) -> list[Decimal]:
        return [row.amount for row in self.rows]

    @property
    def dates(self) -> list[str]:
        return [row.date.isoformat() for row in self.rows]

    @property
    def texts(self) -> list[str]:
        return [row.description for row in self.rows]

    @property
    def rejected(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.rejected]

    def part(self, name: str) -> Any:
        return self.reading.layout[name]["value"]


def read(
    content: bytes | str, *, filename: str = "statement.csv", layout: dict[str, Any] | None = None
) -> Read:
    data = content.encode() if isinstance(content, str) else content
    reading = CsvReader().read(io.BytesIO(data), filename=filename, layout=layout)
    items = list(reading.items)
    return Read(
        reading,
        [item for item in items if isinstance(item, StatementRow)],
        [item for item in items if isinstance(item, Problem)],
    )


def read_sample(name: str, layout: dict[str, Any] | None = None) -> Read:
    return read((SAMPLES / name).read_bytes(), filename=name, layout=layout)


def money(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]
