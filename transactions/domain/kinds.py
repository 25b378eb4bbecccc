"""What a row does to a person's wealth."""

from decimal import Decimal
from enum import StrEnum

from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup


class TransactionKind(StrEnum):
    """Transfers move own money about and count neither as earned nor as spent."""

    INCOME = "income"
    EXPENSE = "expense"
    TRANSFER = "transfer"


def kind_of(*, amount: Decimal, group: str, code: str, is_linked: bool) -> TransactionKind:
    """The kind of a row by its category.

    Money that comes back from a shop is a negative expense, not income, so that spending is what was spent;
    money of unknown purpose is judged by its sign.
    """
    if is_linked or group == CategoryGroup.TRANSFERS:
        return TransactionKind.TRANSFER
    if group == CategoryGroup.INCOME or (code == UNCATEGORISED and amount > 0):
        return TransactionKind.INCOME
    return TransactionKind.EXPENSE
