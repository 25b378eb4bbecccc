"""A statement as plain data, for a person or a program to look at."""

from dataclasses import asdict
from typing import Any

from ingest.domain.statement import Problem, RowStatus, StatementReading, StatementRow


def outline(reading: StatementReading) -> dict[str, Any]:
    """Everything that is read: booked rows under ``transactions``, rows not yet booked under ``pending``."""
    rows: list[StatementRow] = []
    problems: list[Problem] = []
    for item in reading.items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows.append(item)
    return {
        "format": reading.format,
        "layout": reading.layout,
        "accounts": [asdict(account) for account in reading.accounts],
        "transactions": [_row(row) for row in rows if row.status == RowStatus.POSTED],
        "pending": [_row(row) for row in rows if row.status == RowStatus.PENDING],
        "problems": [asdict(problem) for problem in problems],
    }


def _row(row: StatementRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "date": row.date.isoformat(),
        "time": row.time.isoformat() if row.time else None,
        "amount": f"{row.amount:f}",
        "currency": row.currency,
        "description": row.description,
        "external_id": row.external_id,
        "account": row.account,
    }
