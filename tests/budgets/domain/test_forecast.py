"""What a person will still spend: habit day by day, bills on their dates, and how sure that is."""

from datetime import date, timedelta

import pytest

from budgets.domain.forecast import DaySpending, ExpectedBill, forecast, last_month, silent_from

TODAY = date(2026, 4, 27)
LAST = date(2026, 4, 30)
KNOWN_FROM = TODAY - timedelta(days=70)
FOOD, FUN = "food", "fun"


def daily(amount, *, days=70, category=FOOD):
    """The same every day up to yesterday."""
    return [DaySpending(TODAY - timedelta(days=ago), category, amount) for ago in range(1, days + 1)]


def bill(day, amount=50_00, *, spread=0, category=FOOD):
    return ExpectedBill(day, category, amount, spread, "Rent", "rent-key")


def foretold(history=(), bills=(), **changed):
    given = {"known_from": KNOWN_FROM, "today": TODAY, "until": LAST, "categories": [FOOD, FUN]}
    return forecast(history, bills, **(given | changed))


def test_what_was_the_same_every_day_goes_on():
    ahead = foretold(daily(10_00))

    assert ahead.categories[FOOD].habit == (10_00, 10_00, 10_00, 10_00)
    assert ahead.categories[FOOD].expected == 40_00


def test_a_bill_is_expected_on_its_date():
    ahead = foretold(daily(10_00), [bill(date(2026, 4, 29))])

    assert ahead.categories[FOOD].bills == (0, 0, 50_00, 0)
    assert ahead.categories[FOOD].days == (10_00, 10_00, 60_00, 10_00)
    assert ahead.on(date(2026, 4, 29), FOOD) == 60_00


def test_a_bill_that_should_have_come_is_expected_today():
    assert foretold(bills=[bill(date(2026, 4, 25))]).categories[FOOD].days == (50_00, 0, 0, 0)


def test_a_bill_after_the_last_day_is_left_out():
    assert foretold(bills=[bill(date(2026, 5, 1))]).total.expected == 0


def test_a_bill_that_brings_money_back_is_negative():
    expectation = foretold(bills=[bill(LAST, -5_00)]).categories[FOOD]

    assert (expectation.expected, expectation.low, expectation.high) == (-5_00, -5_00, -5_00)


def test_other_categories_are_left_out():
    ahead = foretold(daily(10_00, category="rent"), [bill(LAST, category="rent")])

    assert list(ahead.categories) == [FOOD, FUN]
    assert ahead.total.expected == 0


def test_without_history_only_bills_are_expected():
    ahead = foretold(bills=[bill(LAST)], known_from=TODAY)

    assert ahead.total.days == (0, 0, 0, 50_00)
    assert (ahead.total.low, ahead.total.high) == (50_00, 50_00)


def test_on_the_last_day_there_is_only_today():
    assert foretold(daily(10_00), until=TODAY).total.days == (10_00,)


def test_after_the_last_day_nothing_is_expected():
    ahead = foretold(daily(10_00), [bill(LAST)], until=TODAY - timedelta(days=1))

    assert ahead.total.days == ()
    assert (ahead.total.low, ahead.total.expected, ahead.total.high) == (0, 0, 0)
    assert ahead.on(TODAY, FOOD) == 0


@pytest.mark.parametrize(
    ("booked", "rest"),
    [(0, 10_00), (4_00, 6_00), (10_00, 0), (15_00, 0), (-3_00, 10_00)],
    ids=["nothing", "some", "all", "more", "money back"],
)
def test_of_today_what_is_not_booked_yet_is_expected(booked, rest):
    history = [*daily(10_00), DaySpending(TODAY, FOOD, booked)]

    assert foretold(history).categories[FOOD].habit == (rest, 10_00, 10_00, 10_00)


def test_a_day_without_a_row_had_no_spending():
    week = foretold(daily(10_00, days=7), known_from=TODAY - timedelta(days=14), method=last_month)

    assert week.total.days == (5_00, 5_00, 5_00, 5_00)


def test_days_before_the_first_known_one_had_neither():
    week = foretold(daily(10_00, days=14), known_from=TODAY - timedelta(days=7), method=last_month)

    assert week.total.days == (10_00, 10_00, 10_00, 10_00)


def test_rows_of_one_day_add_up():
    assert foretold(daily(4_00) + daily(6_00)).total.days == (10_00, 10_00, 10_00, 10_00)


def test_more_money_back_than_spent_makes_no_spending():
    ahead = foretold(daily(-10_00))

    assert ahead.categories[FOOD].expected == 0
    assert (ahead.categories[FOOD].low, ahead.categories[FOOD].high) == (0, 0)


def test_the_days_of_a_category_add_up_to_it_by_largest_remainder():
    a_third_a_day = [DaySpending(TODAY - timedelta(days=1), FOOD, 10)]

    days = foretold(a_third_a_day, known_from=TODAY - timedelta(days=30), method=last_month).total.days

    assert days == (1, 0, 0, 0)


def test_a_category_is_rounded_half_even():
    half_a_day = [DaySpending(TODAY - timedelta(days=1), FOOD, 15)]

    totals = [
        foretold(
            half_a_day,
            known_from=TODAY - timedelta(days=30),
            until=TODAY + timedelta(days=days - 1),
            method=last_month,
        ).total.expected
        for days in (1, 2, 3, 5)
    ]

    assert totals == [0, 1, 2, 2]


def test_categories_add_up_to_the_total_day_by_day():
    ahead = foretold(daily(10_00) + daily(3_33, category=FUN), [bill(LAST), bill(TODAY, 7_00, category=FUN)])

    assert ahead.total.days == (20_33, 13_33, 13_33, 63_33)
    assert ahead.total.bills == (7_00, 0, 0, 50_00)


def test_the_total_strays_less_than_its_categories_together():
    ahead = foretold(
        [row for row in daily(40_00) if row.day.toordinal() % 3]
        + [row for row in daily(25_00, category=FUN) if row.day.toordinal() % 4 == 0]
    )

    widths = [each.high - each.low for each in ahead.categories.values()]
    assert max(widths) < ahead.total.high - ahead.total.low < sum(widths)


def test_an_uncertain_bill_strays_by_1_9_times_its_median_error():
    rent = foretold(bills=[bill(LAST, 50_00, spread=1_00)]).categories[FOOD]

    assert (rent.low, rent.expected, rent.high) == (48_09, 50_00, 51_91)


def test_bills_stray_independently():
    power_and_gas = [bill(LAST, 50_00, spread=3_00), bill(LAST, 50_00, spread=4_00)]

    assert foretold(bills=power_and_gas).categories[FOOD].high == 109_51


def test_a_bill_does_not_stray_below_nothing():
    assert foretold(bills=[bill(LAST, 5_00, spread=5_00)]).categories[FOOD].low == 0


@pytest.mark.parametrize(
    ("today", "until", "days"),
    [
        (date(2028, 2, 1), date(2028, 2, 29), 29),
        (date(2026, 2, 1), date(2026, 2, 28), 28),
        (date(2026, 12, 31), date(2027, 1, 13), 14),
    ],
    ids=["leap year", "february", "over new year"],
)
def test_every_day_of_the_calendar_is_foretold_once(today, until, days):
    yesterday = DaySpending(today - timedelta(days=1), FOOD, 10_00)

    ahead = foretold([yesterday], today=today, until=until, known_from=yesterday.day)

    assert ahead.total.days == (10_00,) * days


def test_days_of_which_no_statement_has_come_are_not_days_without_spending():
    until_the_17th = [row for row in daily(10_00) if row.day <= date(2026, 4, 17)]

    week = foretold(until_the_17th, known_until=date(2026, 4, 18))
    assert week.categories[FOOD].habit == (10_00, 10_00, 10_00, 10_00)


def test_what_is_booked_today_counts_after_a_silence_too():
    until_the_17th = [row for row in daily(10_00) if row.day <= date(2026, 4, 17)]

    ahead = foretold([*until_the_17th, DaySpending(TODAY, FOOD, 4_00)], known_until=date(2026, 4, 18))
    assert ahead.categories[FOOD].habit == (6_00, 10_00, 10_00, 10_00)


@pytest.mark.parametrize(
    ("last", "silent"),
    [
        (date(2026, 4, 23), date(2026, 4, 24)),
        (date(2026, 4, 24), TODAY),
        (date(2026, 4, 27), TODAY),
    ],
)
def test_a_silence_longer_than_any_before_is_no_knowledge(last, silent):
    every_third_day = [last - timedelta(days=3 * back) for back in range(10)]

    assert silent_from(every_third_day, today=TODAY) == silent


def test_a_few_rows_say_nothing_of_silences():
    daily_for_nine_days = [date(2026, 3, 1) + timedelta(days=more) for more in range(9)]

    assert silent_from(daily_for_nine_days, today=TODAY) == TODAY
    assert silent_from([], today=TODAY) == TODAY
