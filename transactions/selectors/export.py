"""The ledger as a CSV file."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from transactions.domain.spreadsheet import neutralised
from transactions.models import Transaction
from transactions.selectors.rows import rows_to_show, shown_rows

COLUMNS = (
    "date", "amount", "currency", "base_amount", "base_currency", "kind", "description", "merchant_name",
    "category_name", "notes", "status", "account_name", "id",
)  # fmt: skip
FIGURES = {"amount", "base_amount"}
CHUNK = 1000


class _Line:
    """A file for ``csv.writer`` that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(queryset: QuerySet[Transaction], *, account_names: dict[str, str]) -> Iterator[str]:
    """The rows as lines of CSV (RFC 4180), header first, read from the database in chunks."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for chunk in _chunks(rows_to_show(queryset).iterator(chunk_size=CHUNK)):
        for row in shown_rows(chunk):
            row["account_name"] = account_names.get(row["account"], "")
            yield writer.writerow([_cell(name, row[name]) for name in COLUMNS])


def _cell(name: str, value: Any) -> str:
    text = "" if value is None else str(value)
    return text if name in FIGURES else neutralised(text)


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
