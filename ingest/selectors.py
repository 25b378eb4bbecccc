"""Reading imports."""

from typing import Any

from ingest.models import StagedBatch, StatementImport

SHOWN = ("line", "account", "date", "amount", "currency", "description", "category", "outcome")


def staged_rows(statement: StatementImport, *, after: int, limit: int) -> list[dict[str, Any]]:
    """Rows of an import's file behind the first ``after`` ones, with what became (or would become) of each."""
    rows: list[dict[str, Any]] = []
    position = 0
    for batch in StagedBatch.objects.filter(statement=statement).order_by("sequence").iterator(chunk_size=1):
        start = max(0, after - position)
        rows += [_shown(row) for row in batch.rows[start : start + limit - len(rows)]]
        position += len(batch.rows)
        if len(rows) >= limit:
            break
    return rows


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in SHOWN}
