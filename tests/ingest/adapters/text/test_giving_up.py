from datetime import date
from decimal import Decimal

import pytest

from ingest.adapters.text.giving_up import MOST_REJECTED, unless_hopeless
from ingest.domain.statement import Problem, StatementRow, UnreadableStatementError

ROW = StatementRow(line=1, date=date(2026, 1, 2), amount=Decimal(-1), description="Shop")
REJECTED = Problem(7, "No day.", rejected=True)


def test_items_stay_as_they_are_once_a_row_was_read():
    items = [REJECTED, ROW, *[REJECTED] * MOST_REJECTED]

    assert list(unless_hopeless(iter(items))) == items
    assert list(unless_hopeless(iter([REJECTED]))) == [REJECTED]


def test_a_file_of_nothing_but_rejected_entries_is_refused_at_the_first_item():
    with pytest.raises(UnreadableStatementError, match="None of the first 1,000 entries") as refusal:
        next(unless_hopeless(iter([REJECTED] * MOST_REJECTED)))

    assert refusal.value.line == 7
