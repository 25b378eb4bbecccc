"""What is paid, and to whom else."""

from tests.transactions.domain.recurring.ledgers import day, every, found_in, monthly, only, paid
from transactions.domain.recurring import Kind, Movement, Period, PriceChange

POWER = [-8120, -7940, -8810, -6420, -5930, -6110, -7280, -8470, -9050, -9310, -8890, -7560]
ORDERS = [-2399, -1250, -8999, -649, -4510, -1799, -3120, -5999, -999, -2745, -7420, -1365]


def test_a_bill_varies_around_what_is_expected() -> None:
    series = only(paid("power", monthly(5, "2025-07", 12), POWER))

    assert series.kind == Kind.BILL
    assert (series.expected, series.spread) == (-8890, 770)
    assert series.price_changes == ()


def test_a_bill_with_seasons_is_expected_to_be_what_it_was_a_year_ago() -> None:
    year = [
        -14_100,
        -13_200,
        -11_000,
        -7_400,
        -4_100,
        -2_600,
        -2_500,
        -2_700,
        -3_900,
        -7_800,
        -11_400,
        -13_700,
    ]
    dearer = [amount * 102 // 100 for amount in year]
    series = only(paid("gas", monthly(5, "2024-07", 24), year + dearer))

    assert (series.kind, series.expected) == (Kind.BILL, dearer[0])
    assert series.spread == 148


def test_a_dearer_price_is_a_change_from_its_first_payment() -> None:
    series = only(paid("netflix", monthly(9, "2025-07", 12), [-1299] * 7 + [-1399] * 5))

    assert series.price_changes == (PriceChange(day("2026-02-09"), -1299, -1399),)
    assert (series.expected, series.spread) == (-1399, 0)
    assert series.kind == Kind.SUBSCRIPTION


def test_a_price_that_has_just_changed_is_the_one_expected() -> None:
    series = only(paid("netflix", monthly(9, "2025-07", 12), [-1299] * 11 + [-1399]))
    assert (series.expected, len(series.price_changes)) == (-1399, 1)


def test_a_bonus_is_no_raise() -> None:
    pay = [250_000] * 5 + [500_000] + [250_000] * 6
    series = only(paid("employer", monthly(25, "2025-07", 12), pay))

    assert len(series.occurrences) == 12
    assert series.price_changes == ()
    assert series.expected == 250_000


def test_a_price_in_a_foreign_currency_wanders_without_changing() -> None:
    amounts = [-1873, -1881, -1866, -1890, -1859, -1877, -1884, -1868]
    series = only(paid("host", monthly(17, "2025-11", 8), amounts))
    assert (series.kind, series.price_changes) == (Kind.SUBSCRIPTION, ())


def test_two_subscriptions_of_one_merchant_on_the_same_day() -> None:
    days = monthly(14, "2025-09", 10)
    small, large = found_in(paid("apple", days, -99), paid("apple", days, -999))

    assert {small.expected, large.expected} == {-99, -999}
    assert len(small.occurrences) == len(large.occurrences) == 10


def test_two_phones_at_the_same_price_on_two_days() -> None:
    series = found_in(
        paid("mobile", monthly(3, "2025-09", 10), -1999), paid("mobile", monthly(24, "2025-09", 10), -1999)
    )
    assert [len(each.occurrences) for each in series] == [10, 10]
    assert len({each.key for each in series}) == 2


def test_two_bills_of_one_merchant_are_told_apart_by_their_text() -> None:
    gas = [amount // 2 for amount in reversed(POWER)]
    series = found_in(
        paid("works", monthly(3, "2025-07", 12), POWER, text="power"),
        paid("works", monthly(3, "2025-07", 12), gas, text="gas"),
    )
    assert [len(each.occurrences) for each in series] == [12, 12]
    assert all(len({str(key).rsplit(" ", 1)[1] for key in each.occurrences}) == 1 for each in series)


def test_a_subscription_among_orders_from_the_same_shop() -> None:
    orders = paid("amazon", every(29, "2025-06-18", 6) + every(11, "2026-01-29", 6), ORDERS)
    series = only(orders, paid("amazon", monthly(21, "2025-07", 12), -899))

    assert (series.expected, len(series.occurrences)) == (-899, 12)


def test_a_subscription_among_orders_keeps_its_identity_when_it_gets_dearer() -> None:
    orders = paid("amazon", every(29, "2025-06-18", 6) + every(11, "2026-01-29", 6), ORDERS)
    series = only(orders, paid("amazon", monthly(21, "2025-07", 12), [-799] * 6 + [-899] * 6))

    assert len(series.occurrences) == 12
    assert [(change.before, change.after) for change in series.price_changes] == [(-799, -899)]


def test_money_from_and_to_the_same_merchant_does_not_mix() -> None:
    series = found_in(
        paid("bank", monthly(30, "2026-01", 6), 1200), paid("bank", monthly(30, "2026-01", 6), -390)
    )
    assert {each.kind for each in series} == {Kind.INCOME, Kind.SUBSCRIPTION}


def test_currencies_do_not_mix() -> None:
    days = monthly(9, "2026-01", 6)
    ledger = [
        Movement(f"{currency} {on}", on, -999, currency, "host") for on in days for currency in ("EUR", "USD")
    ]
    assert sorted(each.currency for each in found_in(ledger)) == ["EUR", "USD"]


def test_without_a_merchant_the_text_and_then_the_amount_stand_for_it() -> None:
    assert only(paid("", monthly(1, "2026-01", 6), -65_000, text="rent")).merchant == "rent"
    assert only(paid("", monthly(1, "2026-01", 6), -65_000)).expected == -65_000


def test_the_saturday_shopping_is_a_habit() -> None:
    amounts = [-(3000 + 977 * number % 6000) for number in range(40)]
    assert found_in(paid("supermarket", every(7, "2025-09-20", 40), amounts)) == []


def test_a_lesson_every_week_at_one_price_is_not() -> None:
    assert only(paid("music school", every(7, "2026-01-06", 20), -2500)).period == Period.WEEKLY


def test_lunch_on_working_days_at_one_price_is_a_habit() -> None:
    days = [each for each in every(1, "2026-01-05", 170) if each.weekday() < 5]
    assert found_in(paid("canteen", days, -720)) == []


def test_a_refund_or_a_zero_amount_is_no_occurrence() -> None:
    netflix = paid("netflix", monthly(9, "2026-01", 6), -1399)
    assert only(netflix, paid("netflix", ["2026-03-20"], 1399), paid("netflix", ["2026-04-01"], 0)) == only(
        netflix
    )
