"""What happens to budgets by themselves."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from budgets.models import Allocation, BudgetPeriod, BudgetSettings, Redistribution
from budgets.services import nightly
from budgets.services.nightly import plan_nights, react_to_spending, start_nights
from budgets.services.periods import open_period
from tests.factories import AccountFactory, PersonFactory, act_of, category_of
from transactions.models import Transaction
from transactions.services.ledger import record_transaction

MARCH = datetime(2026, 3, 15, 12, tzinfo=UTC)


def person_with_budget(**fields):
    person = PersonFactory(**fields)
    allocations = [
        {"category": category_of(person, code), "amount": Decimal(amount)}
        for code, amount in {"dining": 25, "entertainment": 100}.items()
    ]
    open_period(person, act=act_of(person), income_expected=Decimal(500), allocations=allocations)
    return person


def spend(person, amount):
    record_transaction(
        person,
        act=act_of(person),
        account=AccountFactory(user=person),
        date=date(2026, 3, 15),
        amount=-Decimal(amount),
        category=category_of(person, "dining"),
    )


@pytest.fixture
def queued(monkeypatch):
    sent = []
    monkeypatch.setattr(nightly, "enqueue", lambda name, **given: sent.append((name, given)))
    return sent


@pytest.mark.django_db
def test_spending_over_an_allocation_is_covered():
    person = person_with_budget()
    spend(person, 35)
    react_to_spending(person, now=MARCH)
    assert Redistribution.objects.get().trigger == Redistribution.Trigger.SPENDING
    assert Allocation.objects.get(category__code="dining").amount == 35


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_kept_starts_it_once(monkeypatch):
    person = person_with_budget()
    told = []
    monkeypatch.setattr("core.jobs._send", lambda name, **given: told.append((name, given)))
    spend(person, 35)
    assert told.count(("budgets.react", {"user_id": str(person.pk)})) == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_not_kept_starts_nothing(monkeypatch):
    from django.db import transaction

    person = person_with_budget()
    told = []
    monkeypatch.setattr("core.jobs._send", lambda name, **given: told.append(name))
    with transaction.atomic():
        spend(person, 35)
        transaction.set_rollback(True)
    assert (told, Transaction.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_a_night_rolls_covers_and_is_done_once_a_day(queued):
    person = person_with_budget()
    spend(person, 35)
    assert start_nights(now=MARCH) == 1
    assert queued == [("budgets.plan_night", {"user_ids": [str(person.pk)]})]
    assert plan_nights([str(person.pk)], now=MARCH) == 1
    assert Redistribution.objects.get().trigger == Redistribution.Trigger.NIGHTLY
    assert plan_nights([str(person.pk)], now=MARCH) == 0
    assert start_nights(now=MARCH) == 0
    april = datetime(2026, 4, 1, 0, 5, tzinfo=UTC)
    assert start_nights(now=april) == 1
    plan_nights([str(person.pk)], now=april)
    assert BudgetPeriod.objects.get(status="open").first_on == date(2026, 4, 1)


@pytest.mark.django_db
def test_everybody_has_a_midnight_of_their_own(queued):
    auckland, here = person_with_budget(time_zone="Pacific/Auckland"), person_with_budget()
    BudgetSettings.objects.bulk_create(
        [BudgetSettings(user=person, planned_on=date(2026, 3, 15)) for person in (auckland, here)]
    )
    assert start_nights(now=MARCH) == 1
    assert queued == [("budgets.plan_night", {"user_ids": [str(auckland.pk)]})]


@pytest.mark.django_db
def test_one_that_fails_does_not_hold_up_the_others(monkeypatch):
    first, second = person_with_budget(), person_with_budget()

    def fail_for_first(user, **given):
        if user == first:
            raise RuntimeError
        return

    monkeypatch.setattr(nightly, "roll_periods", fail_for_first)
    assert plan_nights([str(first.pk), str(second.pk)], now=MARCH) == 1
    done = BudgetSettings.objects.filter(planned_on__isnull=False)
    assert [each.user_id for each in done] == [second.pk]


@pytest.mark.django_db
def test_who_is_not_active_is_left_alone(queued):
    person = person_with_budget()
    person.is_active = False
    person.save()
    assert start_nights(now=MARCH) == 0
    assert plan_nights([str(person.pk)], now=MARCH) == 0


@pytest.mark.django_db
def test_many_are_handed_out_in_chunks(queued, monkeypatch):
    monkeypatch.setattr(nightly, "CHUNK", 2)
    for _ in range(3):
        person_with_budget()
    start_nights(now=MARCH)
    assert [len(given["user_ids"]) for _, given in queued] == [2, 1]
