"""How much is looked for at one merchant."""

import sys
from random import Random
from typing import Any

from tests.transactions.domain.recurring.ledgers import TODAY, every, found_in, monthly, paid
from transactions.domain.recurring import Movement, find_recurring
from transactions.domain.recurring.peeling import MOST_RHYTHMS


def subscriptions(count: int) -> list[Movement]:
    """Monthly ones of a year at one merchant, each with its price and its day."""
    days = [monthly(1 + number % 28, "2025-07", 12) for number in range(count)]
    return [each for number in range(count) for each in paid("store", days[number], -(500 + 7 * number))]


def with_purchases(count: int) -> list[Movement]:
    """So many subscriptions, and forty times as many purchases on any day at prices of their own."""
    chance = Random(count)
    days = [day for day in every(1, "2025-07-01", 360) for _ in range(count // 9)]
    return [
        *subscriptions(count),
        *paid("store", sorted(days), [-chance.randint(100_000, 900_000) for _ in days], text="order"),
    ]


def calls_to_find(ledger: list[Movement]) -> int:
    """How many functions are called."""
    count = 0

    def called(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        find_recurring(ledger, today=TODAY)
    finally:
        sys.setprofile(before)
    return count


def test_no_more_than_250_series_are_found_at_one_merchant() -> None:
    assert len(found_in(subscriptions(MOST_RHYTHMS))) == 250
    assert len(found_in(subscriptions(300))) <= 250


def test_work_grows_with_the_movements_and_not_with_their_square() -> None:
    few, many = with_purchases(18), with_purchases(180)
    assert (len(few), len(many)) == (936, 9_360)
    assert calls_to_find(many) < 15 * calls_to_find(few)
