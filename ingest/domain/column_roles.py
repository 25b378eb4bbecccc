"""The roles a column of a statement can have."""

from enum import StrEnum


class ColumnRole(StrEnum):
    """What a column of a statement holds."""

    DATE = "date"
    VALUE_DATE = "value_date"
    TIME = "time"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    DIRECTION = "direction"
    FEE = "fee"
    CURRENCY = "currency"
    BALANCE = "balance"
    DESCRIPTION = "description"
    PAYEE = "payee"
    KIND = "kind"
    ACCOUNT = "account"
    REFERENCE = "reference"
    STATE = "state"
    MCC = "mcc"
    OTHER = "other"


COLUMN_ROLES = tuple(role.value for role in ColumnRole if role not in (ColumnRole.PAYEE, ColumnRole.OTHER))
"""The roles that a person may give to a column."""
