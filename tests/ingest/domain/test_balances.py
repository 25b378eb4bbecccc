from decimal import Decimal

from ingest.domain.balances import RowOrder, weigh_balances


def money(*values: str | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def test_a_balance_that_follows_the_amounts_proves_their_signs():
    evidence = weigh_balances(money("5", "-10", "20"), money("100", "90", "110"))

    assert evidence.order is RowOrder.OLDEST_FIRST
    assert evidence.proves


def test_newest_rows_may_stand_first():
    evidence = weigh_balances(money("20", "-10", "5"), money("110", "90", "100"))

    assert evidence.order is RowOrder.NEWEST_FIRST
    assert evidence.ties == 2


def test_unsigned_amounts_are_compared_by_size():
    assert not weigh_balances(money("5", "10", "20"), money("100", "90", "110")).proves
    assert weigh_balances(money("5", "10", "20"), money("100", "90", "110"), unsigned=True).proves


def test_a_constant_or_missing_balance_proves_nothing():
    assert not weigh_balances(money("5", "-10", "20"), money("100", "100", "100")).proves
    assert weigh_balances(money("5", "-10"), money(None, None)).share == 0
