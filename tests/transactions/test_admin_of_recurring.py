"""Staff's view of what comes round."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from tests.factories import NOW, AccountFactory, MerchantFactory, TransactionFactory
from tests.portal import page, portal, staff, superuser, text
from transactions.models import RecurringSeries

SERIES, ROW = "transactions_recurringseries", "transactions_transaction"


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


def comes_round(user, **changes):
    """A subscription of 12.99 a month, 9.99 until January, that was missed in November."""
    fields = {
        "key": "stream", "name": "Stream", "merchant": MerchantFactory(user=user, name="Stream Inc"),
        "kind": "subscription", "period": "monthly", "currency": "EUR", "expected": Decimal("-12.99"),
        "spread": Decimal("0.50"), "first_on": dt.date(2025, 8, 5), "last_on": dt.date(2026, 3, 5),
        "next_on": dt.date(2026, 4, 5), "tolerance_days": 3, "confidence": Decimal("0.97"),
        "price_changes": [{"on": "2026-01-05", "before": "-9.99", "after": "-12.99"}],
        "missed": ["2025-11-05"], "reasons": ["It came 7 times.", "A month apart."],
    }  # fmt: skip
    return RecurringSeries.objects.create(user=user, **{**fields, **changes})


def opened(person, series):
    return text(portal(person).get(page(SERIES, "change", series.pk)))


def test_a_series_is_listed_with_its_next_day(alice, operations):
    comes_round(alice)

    listed = text(portal(operations).get(page(SERIES)))

    for part in ("Stream", "alice@example.org", "suggested", "monthly", "-€12.99", "Apr 5, 2026"):
        assert part in listed


def test_the_page_of_a_series_says_what_is_expected_and_why(alice, operations):
    shown = opened(operations, comes_round(alice))

    for part in (
        "Stream Inc", "-€12.99", "€0.50", "Apr 5, 2026", "Jan 5, 2026", "-€9.99 → -€12.99", "Nov 5, 2025",
        "It came 7 times. A month apart.",
    ):  # fmt: skip
        assert part in shown


def test_the_latest_24_rows_of_a_series_that_are_in_the_ledger_are_linked(alice, operations):
    series, account = comes_round(alice), AccountFactory(user=alice)
    rows = [
        TransactionFactory(account=account, date=dt.date(2026, 3, 1) - dt.timedelta(days=back))
        for back in range(26)
    ]
    series.occurrences.set(rows)
    rows[3].deleted_at = NOW
    rows[3].save()

    linked = re.findall(rf"{page(ROW)}([0-9a-f-]{{36}})/change/", opened(operations, series))

    assert linked == [str(row.pk) for row in rows[:25] if row is not rows[3]]


def test_rows_are_shown_to_those_who_may_see_them(alice):
    series = comes_round(alice)
    series.occurrences.add(TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("-98.76")))

    assert "98.76" not in opened(staff(permissions=["transactions.view_recurringseries"]), series)


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "alice@example"},
        {"q": "stream"},
        {"q": "id"},
        {"q": "merchant"},
        {"status__exact": "confirmed"},
        {"kind__exact": "subscription"},
        {"period__exact": "monthly"},
        {"is_ended__exact": "0"},
        {"next_on_from": "2026-04-01", "next_on_to": "2026-04-30"},
    ],
)
def test_a_series_is_found(alice, bob, filters):
    wanted = comes_round(alice, status="confirmed")
    comes_round(bob, name="Pay", kind="income", period="weekly", is_ended=True, next_on=None)
    ids = {"id": str(wanted.pk), "merchant": str(wanted.merchant_id)}
    asked = {name: ids.get(value, value) for name, value in filters.items()}

    found = portal(superuser()).get(page(SERIES), asked).context["cl"].result_list

    assert [series.pk for series in found] == [wanted.pk]


@pytest.mark.parametrize("view", ["change", "delete"])
def test_a_series_is_not_changed_here(alice, view):
    series = comes_round(alice)
    client = portal(superuser())

    response = client.post(page(SERIES, view, series.pk), {"status": "rejected", "post": "yes"})

    assert response.status_code == 403
    assert RecurringSeries.objects.get().status == "suggested"
    assert client.get(page(SERIES, "add")).status_code == 403
