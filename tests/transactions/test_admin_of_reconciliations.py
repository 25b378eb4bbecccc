"""Staff's view of balances held against statements."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AccountFactory, TransactionFactory
from tests.portal import page, portal, staff, superuser, text
from transactions.models import Reconciliation

RECONCILIATION = "transactions_reconciliation"


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


def hold(user, *, on=dt.date(2026, 3, 31), **fields):
    """A statement of 1,000.00 on an account that began with 900.00 and has rows of 43.21 and 6.79 by then."""
    account = AccountFactory(user=user, opening_balance=Decimal(900), **fields)
    TransactionFactory(account=account, amount=Decimal("43.21"), date=dt.date(2026, 3, 31))
    TransactionFactory(account=account, amount=Decimal("6.79"), date=dt.date(2026, 3, 1), status="pending")
    TransactionFactory(account=account, amount=Decimal("55.55"), date=dt.date(2026, 4, 1))
    return Reconciliation.objects.create(user=user, account=account, on=on, statement_balance=Decimal(1000))


def test_a_statement_is_listed_beside_the_ledger_of_its_day(alice, operations):
    hold(alice, name="Everyday")

    listed = text(portal(operations).get(page(RECONCILIATION)))

    for part in ("Everyday", "alice@example.org", "Mar 31, 2026", "€1,000.00", "€943.21", "€56.79"):
        assert part in listed


def test_the_page_shows_what_is_pending_too(alice, operations):
    row = hold(alice)

    shown = text(portal(operations).get(page(RECONCILIATION, "change", row.pk)))

    for part in ("€1,000.00", "€943.21", "€6.79", "€56.79"):
        assert part in shown


def test_amounts_are_in_the_currency_of_the_account(alice, operations):
    hold(alice, currency="CHF")

    assert "CHF\xa01,000.00" in text(portal(operations).get(page(RECONCILIATION)))


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "alice@example"},
        {"q": "everyday"},
        {"q": "id"},
        {"q": "account"},
        {"on_from": "2026-03-01", "on_to": "2026-03-31"},
    ],
)
def test_a_reconciliation_is_found(alice, bob, filters):
    wanted = hold(alice, name="Everyday")
    hold(bob, name="Purse", on=dt.date(2026, 4, 30))
    ids = {"id": str(wanted.pk), "account": str(wanted.account_id)}
    asked = {name: ids.get(value, value) for name, value in filters.items()}

    found = portal(superuser()).get(page(RECONCILIATION), asked).context["cl"].result_list

    assert [row.pk for row in found] == [wanted.pk]


def test_the_list_costs_the_same_however_many_it_shows(alice):
    client = portal(superuser())

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(RECONCILIATION)).status_code == 200
        return len(captured)

    hold(alice)
    few = queries()
    for _ in range(5):
        hold(alice)

    assert queries() == few == 4


@pytest.mark.parametrize("view", ["change", "delete"])
def test_a_reconciliation_is_not_changed_here(alice, view):
    row = hold(alice)
    client = portal(superuser())

    response = client.post(page(RECONCILIATION, view, row.pk), {"statement_balance": "0", "post": "yes"})

    assert response.status_code == 403
    assert Reconciliation.objects.get().statement_balance == 1000
    assert client.get(page(RECONCILIATION, "add")).status_code == 403
