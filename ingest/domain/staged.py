"""Rows of a file that were read and judged, and wait to be posted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from transactions.domain.incoming import IncomingRow, StoredRow

Columns = dict[str, list[object]]
"""A value of each row for every name: a thousand rows say their names once."""


class StoredStagedRow(StoredRow):
    line: int
    account: str


@dataclass(frozen=True, slots=True)
class StagedRow:
    """``line`` and ``account`` (its number, or empty) are the row's place in the file."""

    line: int
    account: str
    row: IncomingRow

    def stored(self) -> StoredStagedRow:
        return {"line": self.line, "account": self.account, **self.row.stored()}

    @classmethod
    def read(cls, stored: StoredStagedRow) -> "StagedRow":
        return cls(stored["line"], stored["account"], IncomingRow.read(stored))


def stored(rows: Sequence[StagedRow]) -> Columns:
    """Rows as one JSON document."""
    documents = [row.stored() for row in rows]
    names = documents[0].keys() if documents else ()
    columns = zip(*(document.values() for document in documents), strict=True)
    return {name: list(values) for name, values in zip(names, columns, strict=True)}


def read(columns: Mapping[str, Sequence[object]]) -> list[StagedRow]:
    """The rows of a document that ``stored`` made."""
    names = tuple(columns)
    return [
        StagedRow.read(cast("StoredStagedRow", dict(zip(names, values, strict=True))))
        for values in zip(*columns.values(), strict=True)
    ]
