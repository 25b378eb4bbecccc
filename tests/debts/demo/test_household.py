"""The debts of the demo household: four that add up, two years of payments."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debts.demo.household import debts
from debts.demo.plan import plan_request
from debts.domain.given import GivenDebt
from debts.domain.history import Paid, history
from debts.domain.interest import amortising_payment, periodic_rate
from debts.domain.terms import Accrual
from debts.selectors.terms import terms_of
from transactions.demo.household import ACCOUNTS, household
from transactions.demo.ledger import CHECKING

TODAY = date(2026, 11, 21)
SOME_DAY = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))


def owed(debt, *, on):
    """What is left of a debt, in cents, by balance."""
    given_terms = GivenDebt(name=debt.name, minimum_payment=debt.minimum, segments=debt.segments)
    terms = terms_of(given_terms, currency="EUR", start=debt.balance_on)
    paid = [Paid(payment.on, int(payment.amount * 100)) for payment in debt.payments]
    return history(terms, since=debt.balance_on, payments=paid, until=on).balances


@pytest.fixture(scope="module")
def shown():
    return {debt.name: debt for debt in debts(TODAY)}


def test_the_same_day_gives_the_same_debts():
    assert debts(TODAY) == debts(TODAY)


def test_there_are_a_card_a_car_a_degree_and_a_kitchen(shown):
    assert {name: debt.kind for name, debt in shown.items()} == {
        "Kranich credit card": "credit_card",
        "Car loan": "auto",
        "Jonas's student loan": "student",
        "Kitchen loan": "personal",
    }
    assert len({debt.lender for debt in shown.values()}) == 4


def test_what_is_owed_today_follows_from_the_payments(shown):
    assert {name: owed(debt, on=TODAY) for name, debt in shown.items()} == {
        "Kranich credit card": (529743, 29051),
        "Car loan": (812730,),
        "Jonas's student loan": (709584,),
        "Kitchen loan": (355594,),
    }


def test_the_car_is_paid_in_sixty_equal_instalments(shown):
    rate = periodic_rate(Decimal("4.99"), Accrual.MONTHLY, 30)
    car = shown["Car loan"]

    instalment = amortising_payment(1_290_000, rate, 60)

    assert {payment.amount for payment in car.payments} == {Decimal(instalment) / 100} == {Decimal("243.38")}
    assert (car.minimum.rule, car.minimum.months) == ("amortising", 60)


@settings(max_examples=60, deadline=None)
@given(today=SOME_DAY)
def test_payments_are_of_the_last_two_years_one_a_month_and_one_was_missed(today):
    for debt in debts(today):
        days = [payment.on for payment in debt.payments]
        months = [day.year * 12 + day.month for day in days]

        assert {day.day for day in days} == {debt.due_day}
        assert today - timedelta(days=31) < days[-1] <= today
        assert months[-1] - months[0] == 23
        assert len(set(months)) == len(months) == (23 if debt.kind == "credit_card" else 24)
        assert debt.opened_on <= debt.balance_on < days[0]


@settings(max_examples=60, deadline=None)
@given(today=SOME_DAY)
def test_the_promotional_rate_ends_between_seven_and_eight_months_from_today(today):
    card = debts(today)[0]

    promo = card.segments[1].promo

    assert promo.apr < card.segments[1].apr
    assert timedelta(days=210) <= promo.until - today <= timedelta(days=246)
    assert (promo.until + timedelta(days=1)).day == 1


@settings(max_examples=60, deadline=None)
@given(today=SOME_DAY)
def test_every_debt_still_stands_and_is_smaller_than_it_was(today):
    for debt in debts(today):
        before = sum(part.amount for part in debt.segments) * 100
        assert 0 < sum(owed(debt, on=today)) < before


@settings(max_examples=60, deadline=None)
@given(today=SOME_DAY)
def test_the_card_and_the_student_loan_are_sometimes_paid_more_than_usual(today):
    card, _, student, _ = debts(today)

    assert {payment.amount for payment in card.payments} == {Decimal("190.00"), Decimal("400.00")}
    assert [payment.amount for payment in student.payments] == [Decimal(120)] * 12 + [Decimal(150)] * 12


@settings(max_examples=40, deadline=None)
@given(today=SOME_DAY)
def test_the_joint_account_can_pay_for_the_car(today):
    shown = household(today)
    collected = [payment for payment in debts(today)[1].payments if payment.is_in_ledger]
    moved = [(row.date, row.booked) for row in shown.rows if row.account == CHECKING]
    moved += [(payment.on, -payment.amount) for payment in collected]
    days = [
        sum(amount for _, amount in moves) for _, moves in groupby(sorted(moved), key=lambda move: move[0])
    ]

    evenings = accumulate(days, initial=ACCOUNTS[0].opening_balance)

    assert len(collected) == 6
    assert collected[0].on >= shown.rows[0].date
    assert min(evenings) >= 0


@settings(max_examples=60, deadline=None)
@given(today=SOME_DAY)
def test_the_plan_began_on_the_first_of_a_month_less_than_a_year_ago(today):
    begun = date.fromisoformat(plan_request(today)["starts_on"])

    assert begun.day == 1
    assert timedelta(days=110) < today - begun < timedelta(days=160)
