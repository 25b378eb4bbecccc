"""What a row of a file must be to become one of the ledger."""

from core.domain.days import FIRST_DAY, LAST_DAY, in_range
from core.domain.money import LARGEST_AMOUNT, MoneyError, require_exact
from ingest.domain.statement import StatementRow


def refusal_of(row: StatementRow, *, currency: str) -> str | None:
    """Why the ledger cannot hold the row, in words; None where it can.

    The bounds are those of every day and amount that comes in. An amount has the precision of its currency.
    """
    if not in_range(row.date):
        return f"The date {row.date.isoformat()} is not one from {FIRST_DAY} to {LAST_DAY}."
    if abs(row.amount) >= LARGEST_AMOUNT:
        return f"The amount is not below {LARGEST_AMOUNT}."
    try:
        require_exact(row.amount, currency)
    except MoneyError as exc:
        return str(exc)
    return None
