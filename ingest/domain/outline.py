"""A statement as plain data, for a person or a program to look at."""

from dataclasses import dataclass, field

from ingest.domain.guess import Layout
from ingest.domain.statement import Problem, RowStatus, StatementAccount, StatementReading, StatementRow


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row in plain values: day and time in ISO 8601, the amount as a decimal string."""

    line: int
    date: str
    time: str | None
    amount: str
    currency: str | None
    description: str
    external_id: str | None
    account: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that a statement says; without a format where nothing could be read."""

    format: str | None = None
    layout: Layout = field(default_factory=dict)
    accounts: list[StatementAccount] = field(default_factory=list)
    transactions: list[RowLine] = field(default_factory=list)
    pending: list[RowLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def outline(reading: StatementReading) -> Outline:
    """Everything that is read: booked rows under ``transactions``, rows not yet booked under ``pending``."""
    rows: list[StatementRow] = []
    problems: list[Problem] = []
    for item in reading.items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows.append(item)
    return Outline(
        format=reading.format,
        layout=reading.layout,
        accounts=reading.accounts,
        transactions=[_row(row) for row in rows if row.status == RowStatus.POSTED],
        pending=[_row(row) for row in rows if row.status == RowStatus.PENDING],
        problems=problems,
    )


def _row(row: StatementRow) -> RowLine:
    return RowLine(
        line=row.line,
        date=row.date.isoformat(),
        time=row.time.isoformat() if row.time else None,
        amount=f"{row.amount:f}",
        currency=row.currency,
        description=row.description,
        external_id=row.external_id,
        account=row.account,
    )
