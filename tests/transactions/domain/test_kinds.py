"""What a row does to a person's wealth."""

from decimal import Decimal

import pytest

from transactions.domain.category_tree import SHIPPED_CATEGORIES
from transactions.domain.kinds import TransactionKind, kind_of

INCOME, EXPENSE, TRANSFER = TransactionKind


@pytest.mark.parametrize(
    ("group", "code", "amount", "kind"),
    [
        ("needs", "rent", "-900", EXPENSE),
        ("wants", "clothing", "-80", EXPENSE),
        ("wants", "clothing", "80", EXPENSE),
        ("savings", "investments", "-100", EXPENSE),
        ("income", "salary", "2500", INCOME),
        ("income", "salary", "-100", INCOME),
        ("transfers", "transfer", "-100", TRANSFER),
        ("transfers", "transfer", "100", TRANSFER),
        ("wants", "uncategorised", "-5", EXPENSE),
        ("wants", "uncategorised", "0", EXPENSE),
        ("wants", "uncategorised", "5", INCOME),
        ("wants", "", "5", EXPENSE),
    ],
)
def test_the_category_decides_and_the_sign_only_where_it_is_unknown(
    group: str, code: str, amount: str, kind: TransactionKind
) -> None:
    assert kind_of(amount=Decimal(amount), group=group, code=code, is_linked=False) == kind


def test_a_linked_row_is_a_transfer_whatever_its_category() -> None:
    for category in SHIPPED_CATEGORIES:
        kind = kind_of(amount=Decimal(1), group=category.group, code=category.code, is_linked=True)
        assert kind == TRANSFER
