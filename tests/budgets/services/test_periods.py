"""Opening a period, and rolling it over into the next."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from budgets.domain.envelopes import Rollover
from budgets.models import Allocation, BudgetPeriod, Redistribution
from budgets.selectors.plans import with_allotted
from budgets.services.allocations import add_allocation
from budgets.services.periods import close_period, open_period, roll_periods
from budgets.services.redistributing import redistribute_overspend
from budgets.services.settings import change_settings
from core.errors import DomainError
from tests.factories import (
    AccountFactory,
    MerchantFactory,
    PersonFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from transactions.services.recurring import refresh_recurring
from users.models import Profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return PersonFactory()


def on(person, day):
    return act_of(person, at=datetime.combine(day, datetime.min.time(), UTC).replace(hour=12))


def opened(person, day, *, allocations=(), income=Decimal(1000)):
    fields = [{"category": category_of(person, code), **given} for code, given in allocations]
    return open_period(person, act=on(person, day), income_expected=income, allocations=fields)


def spend(person, code, amount, day):
    account = AccountFactory(user=person)
    TransactionFactory(account=account, category=category_of(person, code), amount=-Decimal(amount), date=day)


def amounts(period):
    rows = Allocation.objects.filter(period=period).select_related("category")
    return {row.category.code: (row.amount, row.rolled_in) for row in rows}


def test_the_next_period_opens_by_itself_with_what_rolls_over(alice):
    march = opened(
        alice,
        date(2026, 3, 1),
        allocations=[
            ("groceries", {"amount": Decimal(300), "rollover": Rollover.SURPLUS}),
            ("dining", {"amount": Decimal(100), "rollover": Rollover.BOTH}),
            ("gifts", {"amount": Decimal(50)}),
        ],
    )
    spend(alice, "groceries", 250, date(2026, 3, 5))
    spend(alice, "dining", 130, date(2026, 3, 5))
    april = roll_periods(alice, act=on(alice, date(2026, 4, 1)))
    assert (april.first_on, april.last_on) == (date(2026, 4, 1), date(2026, 4, 30))
    assert amounts(april) == {"groceries": (350, 50), "dining": (70, -30), "gifts": (50, 0)}
    march.refresh_from_db()
    assert march.status == BudgetPeriod.Status.CLOSED
    assert (march.report["spent"], march.report["saved"]) == ("380.00", "-380.00")
    assert [(each["name"], each["rolls_over"]) for each in march.report["categories"]] == [
        ("Groceries", "50.00"), ("Restaurants and bars", "-30.00"), ("Gifts and flowers", "0.00")
    ]  # fmt: skip
    assert roll_periods(alice, act=on(alice, date(2026, 4, 1))) == april
    # 450 of 1,000 again; what rolled over is no part of April's income.
    assert with_allotted(BudgetPeriod.objects).get(pk=april.pk).unallocated == 550


def test_what_was_moved_in_one_period_is_not_moved_in_the_next(alice):
    march = opened(
        alice,
        date(2026, 3, 1),
        allocations=[("dining", {"amount": Decimal(25)}), ("entertainment", {"amount": Decimal(100)})],
    )
    spend(alice, "dining", 35, date(2026, 3, 5))
    redistribute_overspend(march, act=on(alice, date(2026, 3, 5)), trigger=Redistribution.Trigger.SPENDING)
    april = roll_periods(alice, act=on(alice, date(2026, 4, 2)))
    assert amounts(april) == {"dining": (25, 0), "entertainment": (100, 0)}


def test_an_overspending_larger_than_the_next_allocation_leaves_nothing(alice):
    opened(
        alice, date(2026, 3, 1), allocations=[("dining", {"amount": Decimal(25), "rollover": Rollover.BOTH})]
    )
    spend(alice, "dining", 90, date(2026, 3, 5))
    assert amounts(roll_periods(alice, act=on(alice, date(2026, 4, 1)))) == {"dining": (0, -25)}


def test_periods_missed_while_nothing_ran_are_opened_and_closed_in_order(alice):
    opened(
        alice,
        date(2026, 1, 31),
        allocations=[("gifts", {"amount": Decimal(10), "rollover": Rollover.SURPLUS})],
    )
    april = roll_periods(alice, act=on(alice, date(2026, 4, 10)))
    assert [each.first_on for each in BudgetPeriod.objects.order_by("first_on")] == [
        date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
    ]  # fmt: skip
    assert amounts(april) == {"gifts": (40, 30)}


def test_who_never_had_a_budget_gets_none(alice):
    assert roll_periods(alice, act=on(alice, date(2026, 4, 10))) is None
    assert not BudgetPeriod.objects.exists()


def test_a_change_of_kind_leaves_no_day_out_and_none_in_two(alice):
    opened(alice, date(2026, 4, 1))
    change_settings(alice, act=on(alice, date(2026, 4, 2)), period="week")
    may = roll_periods(alice, act=on(alice, date(2026, 5, 1)))
    # The 1st of May is a Friday.
    assert (may.first_on, may.last_on) == (date(2026, 5, 1), date(2026, 5, 3))


def test_a_period_that_still_runs_is_not_closed(alice):
    march = opened(alice, date(2026, 3, 1))
    with pytest.raises(DomainError) as refused:
        close_period(march, act=on(alice, date(2026, 3, 31)))
    assert refused.value.get_codes() == "PERIOD_NOT_OVER"


def test_the_plan_of_a_closed_period_stays(alice):
    march = opened(alice, date(2026, 3, 1))
    roll_periods(alice, act=on(alice, date(2026, 4, 1)))
    with pytest.raises(DomainError) as refused:
        add_allocation(
            march, act=on(alice, date(2026, 4, 1)), category=category_of(alice, "dining"), amount=1
        )
    assert refused.value.get_codes() == "PERIOD_CLOSED"


def test_the_day_turns_at_the_persons_own_midnight(alice):
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    opened(alice, date(2026, 3, 1))
    # Noon of the 31st in Greenwich is one in the morning of the 1st in Auckland.
    assert roll_periods(alice, act=on(alice, date(2026, 3, 31))).first_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("day", "last"), [(date(2028, 2, 10), date(2028, 2, 29)), (date(2026, 3, 29), date(2026, 3, 31))]
)
def test_leap_days_and_days_of_23_hours_are_days(alice, day, last):
    alice.time_zone = "Europe/Sofia"
    alice.save()
    period = opened(alice, day, allocations=[("dining", {"amount": Decimal("100.00"), "pattern": "even"})])
    (allocation,) = Allocation.objects.filter(period=period)
    assert (period.last_on, len(allocation.planned), sum(allocation.planned)) == (last, last.day, 10000)


@pytest.mark.parametrize(
    ("period", "income"),
    [("month", Decimal("3000.00")), ("week", Decimal("689.95")), ("fortnight", Decimal("1379.91"))],
)
def test_the_income_of_the_profile_is_by_the_month(alice, period, income):
    Profile.objects.filter(user=alice).update(monthly_income=3000)
    change_settings(alice, act=on(alice, date(2026, 4, 2)), period=period)
    made = open_period(alice, act=on(alice, date(2026, 4, 2)))
    assert made.income_expected == income


def test_without_a_known_pay_day_there_is_no_period_from_pay_day_to_pay_day(alice):
    change_settings(alice, act=on(alice, date(2026, 4, 2)), period="pay_days")
    with pytest.raises(DomainError) as refused:
        opened(alice, date(2026, 4, 2))
    assert refused.value.get_codes() == "NO_PAY_DAY"


def test_without_a_known_pay_day_the_last_period_closes_and_none_opens(alice):
    march = opened(alice, date(2026, 3, 1))
    change_settings(alice, act=on(alice, date(2026, 3, 2)), period="pay_days")
    assert roll_periods(alice, act=on(alice, date(2026, 4, 1))) is None
    assert list(BudgetPeriod.objects.values_list("pk", "status")) == [(march.pk, "closed")]


def test_a_month_opened_afterwards_is_closed_and_opens_none_between(alice):
    april = opened(alice, date(2026, 4, 1))
    opened(alice, date(2026, 1, 5))
    assert roll_periods(alice, act=on(alice, date(2026, 4, 2))) == april
    found = BudgetPeriod.objects.order_by("first_on").values_list("first_on", "status")
    assert list(found) == [(date(2026, 1, 1), "closed"), (date(2026, 4, 1), "open")]


def test_a_month_opened_in_advance_leaves_none_out_before_it(alice):
    march = opened(alice, date(2026, 3, 1))
    may = opened(alice, date(2026, 5, 1))
    april = roll_periods(alice, act=on(alice, date(2026, 4, 1)))
    assert (april.first_on, april.last_on) == (date(2026, 4, 1), date(2026, 4, 30))
    assert roll_periods(alice, act=on(alice, date(2026, 5, 1))) == may
    found = BudgetPeriod.objects.order_by("first_on").values_list("pk", "status")
    assert list(found) == [(march.pk, "closed"), (april.pk, "closed"), (may.pk, "open")]


def test_a_period_ends_where_one_opened_in_advance_begins(alice):
    opened(alice, date(2026, 3, 1))
    opened(alice, date(2026, 5, 1))
    change_settings(alice, act=on(alice, date(2026, 3, 3)), period="four_weeks", anchor=date(2026, 4, 1))
    roll_periods(alice, act=on(alice, date(2026, 4, 29)))
    found = BudgetPeriod.objects.order_by("first_on").values_list("first_on", "last_on")
    assert list(found)[1:] == [
        (date(2026, 4, 1), date(2026, 4, 28)),
        (date(2026, 4, 29), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 5, 31)),
    ]


def test_from_one_pay_day_to_the_day_before_the_next(alice):
    account, employer = AccountFactory(user=alice), MerchantFactory(user=alice, name="Acme")
    for month in (12, 1, 2, 3):
        TransactionFactory(
            account=account,
            category=category_of(alice, "salary"),
            merchant=employer,
            amount=Decimal(2500),
            date=date(2025 if month == 12 else 2026, month, 25),
        )
    refresh_recurring(alice, act=on(alice, date(2026, 4, 2)), today=date(2026, 4, 2))
    change_settings(alice, act=on(alice, date(2026, 4, 2)), period="pay_days")
    period = open_period(alice, act=on(alice, date(2026, 4, 2)), allocations=[])
    assert (period.first_on, period.last_on) == (date(2026, 3, 25), date(2026, 4, 24))
    assert period.income_expected == 2500
