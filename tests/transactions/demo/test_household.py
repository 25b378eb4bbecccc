"""The demo household: half a year that adds up."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transactions.demo.household import household
from transactions.demo.ledger import CARD, CASH, CHECKING, CURRENCY, SAVINGS
from transactions.domain.category_tree import CATEGORY_BY_CODE

TODAY = date(2026, 11, 21)
SOME_DAY = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))


def evening_balances(shown, kind):
    """What the account held at the end of each day that has rows."""
    balance = next(account.opening_balance for account in shown.accounts if account.kind == kind)
    evenings = []
    for _, rows in groupby((row for row in shown.rows if row.account == kind), key=lambda row: row.date):
        balance += sum(row.booked for row in rows)
        evenings.append(balance)
    return evenings


@pytest.fixture(scope="module")
def shown():
    return household(TODAY)


def test_the_same_day_gives_the_same_household(shown):
    assert household(TODAY) == shown


def test_a_month_is_the_same_seen_from_another_day(shown):
    later = household(TODAY + timedelta(days=9))

    def groceries(rows):
        return [row for row in rows if row.description == "LIDL SAGT DANKE" and row.date.month == 9]

    assert groceries(later.rows) == groceries(shown.rows) != []


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_rows_are_of_the_last_six_months_in_order_and_none_of_the_future(today):
    days = [row.date for row in household(today).rows]

    assert days == sorted(days)
    assert days[-1] == today
    assert today - timedelta(days=184) <= days[0]


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_some_four_hundred_rows_whatever_the_day(today):
    assert 370 <= len(household(today).rows) <= 420


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_no_account_of_the_household_is_ever_overdrawn(today):
    shown = household(today)

    for kind in (CHECKING, SAVINGS, CASH):
        assert min(evening_balances(shown, kind)) >= 0, kind


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_the_card_owes_within_its_limit_and_at_most_a_refund_is_left_on_it(today):
    evenings = evening_balances(household(today), CARD)

    assert min(evenings) > -2000
    assert max(evenings) <= Decimal("59.90")


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_the_halves_of_a_transfer_cancel_out_between_two_accounts(today):
    halves = defaultdict(list)
    for row in household(today).rows:
        if row.transfer:
            halves[row.transfer].append(row)

    assert len(halves) >= 20
    for outflow, inflow in halves.values():
        assert outflow.amount < 0 < inflow.amount
        assert outflow.amount + inflow.amount == 0
        assert outflow.date == inflow.date
        assert outflow.account != inflow.account


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_only_outflows_of_yesterday_and_today_are_pending(today):
    pending = [row for row in household(today).rows if row.is_pending]

    assert len(pending) >= 3
    for row in pending:
        assert today - timedelta(days=1) <= row.date <= today
        assert row.amount < 0
        assert row.account != CASH
        assert not row.transfer


def test_the_card_is_paid_in_full_as_its_statement_says(shown):
    card = [row for row in shown.rows if row.account == CARD]
    payment = next(row for row in reversed(card) if row.transfer)
    before_closing = [row for row in card if row.date <= date(2026, 10, 20)]

    owed = Decimal("-318.40") + sum(row.booked for row in before_closing)

    assert payment.date == date(2026, 10, 25)
    assert payment.amount == -owed


def test_pay_comes_on_working_days_and_rent_on_the_first(shown):
    pay = [row for row in shown.rows if "GEHALT" in row.description]
    rent = [row for row in shown.rows if row.description.startswith("MIETE")]

    assert len(pay) == 12
    assert all(row.date.weekday() < 5 and row.amount > 0 for row in pay)
    assert [row.date.day for row in rent] == [1] * 6


def test_parts_add_up_to_their_row(shown):
    split = [row for row in shown.rows if row.parts]

    assert [row.description for row in split] == ["IKEA", "KAUFLAND"]
    for row in split:
        assert sum(part.amount for part in row.parts) == row.amount


def test_rows_in_another_currency_bear_what_the_bank_booked(shown):
    abroad = [row for row in shown.rows if row.currency != CURRENCY]

    assert [row.currency for row in abroad] == ["CZK"] * 4
    assert sum(row.booked for row in abroad) == Decimal("-107.70")
    assert all(row.account_amount is not None for row in abroad)


def test_money_comes_back_from_a_shop(shown):
    bought, returned = (row for row in shown.rows if row.description.startswith("ZALANDO"))

    assert bought.amount == Decimal("-119.80")
    assert returned.amount == Decimal("59.90")


def test_every_category_that_is_named_is_a_shipped_one(shown):
    chosen = {row.chosen for row in shown.rows if row.chosen}
    of_parts = {part.category for row in shown.rows for part in row.parts}

    assert chosen | of_parts <= CATEGORY_BY_CODE.keys()


def test_the_words_of_the_household_are_its_tags(shown):
    assert shown.tags == ["birthday", "prague", "reimbursable"]


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_every_amount_is_exact_to_the_cent(today):
    for row in household(today).rows:
        assert row.amount.as_tuple().exponent == -2
        assert row.booked.as_tuple().exponent == -2
        assert row.amount != 0
