"""Warnings of categories that run out."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from budgets.domain.envelopes import Envelope, Pattern
from budgets.services.alerts import kind_of
from budgets.services.nightly import react_to_spending
from budgets.services.periods import open_period
from core.models import Notification
from tests.factories import AccountFactory, PersonFactory, TransactionFactory, act_of, category_of

NOON, LATE = datetime(2026, 3, 15, 12, tzinfo=UTC), datetime(2026, 3, 15, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spent", "needed", "kind"),
    [
        (79, 0, None),
        (80, 0, "almost"),
        (100, 0, "spent"),
        (130, 5, "spent"),
        (40, 61, "forecast"),
        (40, 60, None),
        (0, 200, None),
    ],
)
def test_the_worst_of_what_is_so_is_warned_of(spent, needed, kind):
    assert kind_of(Envelope("a", "A", (100,), (spent,), needed=needed)) == kind


@pytest.mark.parametrize(("spent", "kind"), [(90, None), (100, None), (101, "spent")])
def test_of_what_is_kept_for_bills_only_more_than_that_is_warned_of(spent, kind):
    assert kind_of(Envelope("a", "A", (100,), (spent,), pattern=Pattern.BILLS)) == kind


@pytest.fixture
def alice(db):
    person = PersonFactory(locale="de")
    open_period(
        person,
        act=act_of(person),
        income_expected=Decimal(500),
        allocations=[{"category": category_of(person, "dining"), "amount": Decimal(100)}],
    )
    return person


@pytest.fixture
def spend(alice):
    account = AccountFactory(user=alice)

    def _spend(amount):
        TransactionFactory(
            account=account, category=category_of(alice, "dining"), amount=-Decimal(amount), date="2026-03-15"
        )

    return _spend


def told():
    return [(each.topic, each.title) for each in Notification.objects.order_by("created_at", "pk")]


def test_each_warning_comes_once_a_period_in_the_persons_language(alice, spend):
    spend(85)
    react_to_spending(alice, now=NOON)
    react_to_spending(alice, now=NOON)
    assert told() == [("budget.almost", "Restaurants und Bars: fast alles ausgegeben")]
    spend(20)
    react_to_spending(alice, now=NOON)
    assert told()[1:] == [("budget.spent", "Restaurants und Bars: alles ausgegeben")]
    body = Notification.objects.get(topic="budget.spent").body
    assert (
        body
        == "Ausgegeben sind 105,00\N{NO-BREAK SPACE}€ von 100,00\N{NO-BREAK SPACE}€, das Budget läuft bis 31.03.2026."
    )


def test_quiet_hours_are_kept(alice, spend):
    spend(85)
    react_to_spending(alice, now=LATE)
    assert Notification.objects.get().deliver_at == datetime(2026, 3, 16, 8, tzinfo=UTC)


def test_alerts_are_the_notifications_about_budgets(alice, spend, client_of, bob_api):
    spend(85)
    react_to_spending(alice, now=NOON)
    (alert,) = client_of(alice).get("/api/v1/budgets/alerts").json()["results"]
    assert alert["topic"] == "budget.almost"
    assert bob_api.get("/api/v1/budgets/alerts").json()["results"] == []
    assert bob_api.post(f"/api/v1/budgets/alerts/{alert['id']}/read").status_code == 404
    assert Notification.objects.get().read_at is None
    assert client_of(alice).post(f"/api/v1/budgets/alerts/{alert['id']}/read").json()["read_at"] is not None
