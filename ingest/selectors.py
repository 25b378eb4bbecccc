"""Reading imports."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import staged
from ingest.domain.staged import StagedRow
from ingest.models import StagedBatch, StatementImport


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of an import's file; ``outcome`` is None until it was compared with the ledger."""

    line: int
    account: str
    date: dt.date
    amount: Decimal
    currency: str
    description: str
    category: str
    outcome: str | None


def staged_rows(statement: StatementImport, *, after: int, limit: int) -> list[FileRow]:
    """Rows of an import's file behind the first ``after`` ones, with what became (or would become) of each."""
    rows: list[FileRow] = []
    position = 0
    for batch in StagedBatch.objects.filter(statement=statement).order_by("sequence").iterator(chunk_size=1):
        found = staged.read(batch.rows)
        outcomes: list[str | None] = [*batch.outcomes] or [None] * len(found)
        start = max(0, after - position)
        chosen = slice(start, start + limit - len(rows))
        rows += [_shown(row, outcome) for row, outcome in zip(found[chosen], outcomes[chosen], strict=True)]
        position += len(found)
        if len(rows) >= limit:
            break
    return rows


def _shown(each: StagedRow, outcome: str | None) -> FileRow:
    return FileRow(
        line=each.line,
        account=each.account,
        date=each.row.date,
        amount=each.row.amount,
        currency=each.row.currency,
        description=each.row.description,
        category=each.row.category,
        outcome=outcome,
    )
