"""The ledger as a CSV file."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db.models import QuerySet

from transactions.domain.spreadsheet import neutralised
from transactions.models import Transaction
from transactions.selectors.rows import Columns, LedgerRow, ledger_rows, rows_to_show
from users.models import User

COLUMNS = (
    "date", "amount", "currency", "base_amount", "base_currency", "kind", "description", "merchant_name",
    "category_name", "notes", "status", "account_name", "id",
)  # fmt: skip
CHUNK = 1000


class _Line:
    """A file for ``csv.writer`` that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    queryset: QuerySet[Transaction], *, user: User, account_names: Mapping[UUID, str]
) -> Iterator[str]:
    """The person's rows as lines of CSV (RFC 4180), header first, read from the database in chunks."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for chunk in _chunks(rows_to_show(queryset).iterator(chunk_size=CHUNK)):
        for row in ledger_rows(chunk, user=user):
            yield writer.writerow(_cells(row, account_names.get(row.account, "")))


def _cells(row: LedgerRow, account_name: str) -> Iterator[str]:
    figures = {"amount": row.amount, "base_amount": row.base_amount}
    for name in COLUMNS:
        if name in figures:
            figure = figures[name]
            yield "" if figure is None else f"{figure + 0:f}"
        else:
            value = account_name if name == "account_name" else getattr(row, name)
            yield neutralised("" if value is None else str(value))


def _chunks(rows: Iterable[Columns]) -> Iterator[list[Columns]]:
    chunk: list[Columns] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
