"""Reading imports."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.serializers import said
from ingest.domain import staged
from ingest.domain.outcomes import RowOutcome
from ingest.domain.staged import StagedRow as ReadRow
from ingest.models import StagedBatch, StatementImport


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row of an import's file; ``outcome`` is None until it was compared with the ledger."""

    line: int
    account: str
    date: dt.date
    amount: Decimal
    currency: str
    description: str
    category: str
    outcome: RowOutcome | None


@dataclass(frozen=True, slots=True)
class StagedRows:
    """Some rows of an import's file."""

    results: list[StagedRow]
    next_after: int | None = said("Give it as `after` to read on.")


def staged_rows(statement: StatementImport, *, after: int, limit: int) -> StagedRows:
    """Rows of an import's file behind the first ``after`` ones, with what became (or would become) of each."""
    rows: list[StagedRow] = []
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
    return StagedRows(rows, after + limit if len(rows) == limit else None)


def _shown(each: ReadRow, outcome: str | None) -> StagedRow:
    return StagedRow(
        line=each.line,
        account=each.account,
        date=each.row.date,
        amount=each.row.amount,
        currency=each.row.currency,
        description=each.row.description,
        category=each.row.category,
        outcome=None if outcome is None else RowOutcome(outcome),
    )
