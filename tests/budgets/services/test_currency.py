"""A budget follows the person into another base currency."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from budgets.models import Allocation, BudgetPeriod
from budgets.selectors.calendars import calendar_month
from budgets.services.currency import change_currency
from budgets.services.periods import close_period, open_period
from tests.factories import AccountFactory, PersonFactory, TransactionFactory, act_of, category_of
from transactions.services.valuation import revalue_ledger

MARCH = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(("target", "places"), [("BGN", 2), ("JPY", 0)])
def test_open_periods_are_converted_and_their_days_add_up(target, places):
    person = PersonFactory()
    allocations = [
        {"category": category_of(person, "dining"), "amount": Decimal("100.00"), "pattern": "weekdays"}
    ]
    open_period(person, act=act_of(person, at=MARCH), income_expected=Decimal(1000), allocations=allocations)
    person.base_currency = target
    person.save()
    assert change_currency(person, act=act_of(person, at=MARCH)) == 1
    period, allocation = BudgetPeriod.objects.get(), Allocation.objects.get()
    assert period.currency == target
    assert period.income_expected > 1000
    assert sum(allocation.planned) == allocation.amount.scaleb(places)
    assert abs(allocation.amount * 10 - period.income_expected) <= 10
    assert change_currency(person, act=act_of(person, at=MARCH)) == 0


@pytest.mark.django_db
def test_a_month_that_closed_before_keeps_its_currency_and_tells_spending_in_it():
    person = PersonFactory()
    dining = category_of(person, "dining")
    allocations = [{"category": dining, "amount": Decimal("100.00"), "pattern": "even"}]
    period = open_period(
        person, act=act_of(person, at=MARCH), income_expected=Decimal(1000), allocations=allocations
    )
    account = AccountFactory(user=person, currency="EUR")
    TransactionFactory(account=account, category=dining, amount=Decimal("-40.00"), date=MARCH.date())
    april = MARCH.replace(month=4)
    close_period(period, act=act_of(person, at=april))
    person.base_currency = "BGN"
    person.save()
    revalue_ledger(person, act=act_of(person, at=april))
    change_currency(person, act=act_of(person, at=april))

    shown = calendar_month(person, 2026, 3, mode="spread", today=april.date(), by_category=False)

    (day,) = (each for each in shown.days if each.on == MARCH.date())
    assert (shown.currency, day.spent) == ("EUR", Decimal("40.00"))


@pytest.mark.django_db(transaction=True)
def test_the_change_of_the_person_starts_it(client_of, monkeypatch):
    told = []
    monkeypatch.setattr("core.jobs._send", lambda name, **given: told.append(name))
    person = PersonFactory()
    assert client_of(person).patch("/api/v1/users/me", {"base_currency": "USD"}).status_code == 200
    assert "budgets.change_currency" in told
