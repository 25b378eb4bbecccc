"""What is owed, for those who plan around it."""

import datetime as dt
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from debts.selectors.owed import OwedDebt, debts_owed, debts_owed_of
from tests.factories import AccountFactory, DebtFactory, DebtPaymentFactory, PersonFactory
from users.models import User

TODAY = dt.date(2026, 1, 1)


def test_a_debt_has_its_balance_and_its_next_minimum(alice: User, bob: User) -> None:
    account = AccountFactory(user=alice)
    debt = DebtFactory(user=alice, name="Card", account=account)
    DebtPaymentFactory(debt=debt, paid_on=TODAY, amount=Decimal("100.00"))
    DebtFactory(user=bob)

    assert debts_owed(alice, today=TODAY) == [
        OwedDebt(
            id=debt.pk,
            name="Card",
            currency="EUR",
            balance=Decimal("900.00"),
            monthly_payment=Decimal("50.00"),
            account_id=account.pk,
        )
    ]


def test_of_the_last_that_is_owed_the_minimum_is_no_more_than_that(alice: User) -> None:
    DebtPaymentFactory(debt=DebtFactory(user=alice), paid_on=TODAY, amount=Decimal("990.00"))

    # 10.00 and a month's interest of 1 %.
    assert [each.monthly_payment for each in debts_owed(alice, today=TODAY)] == [Decimal("10.10")]


def test_a_debt_that_is_paused_asks_for_nothing(alice: User) -> None:
    DebtFactory(user=alice, status="paused")

    (debt,) = debts_owed(alice, today=TODAY)
    assert (debt.balance, debt.monthly_payment) == (Decimal("1000.00"), Decimal("0.00"))


def test_it_costs_the_same_however_many_debts_there_are(alice: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            debts_owed(alice, today=TODAY)
        return len(captured)

    DebtFactory(user=alice)
    few = queries()
    for _ in range(5):
        DebtFactory(user=alice)

    assert queries() == few


def test_the_debts_of_many_people_are_those_of_each(alice: User, bob: User) -> None:
    for _ in range(2):
        DebtFactory(user=alice)
    somebody = PersonFactory()

    with CaptureQueriesContext(connection) as captured:
        found = debts_owed_of([alice.pk, bob.pk, somebody.pk], today=TODAY)

    each = {person.pk: debts_owed(person, today=TODAY) for person in (alice, bob, somebody)}
    assert (found, len(found[alice.pk])) == (each, 2)
    with CaptureQueriesContext(connection) as of_one:
        debts_owed(alice, today=TODAY)
    assert len(captured) == len(of_one)
