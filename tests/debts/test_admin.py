"""Staff's view of debts."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from debts.domain.given import GivenMinimum, GivenPromo, GivenSegment
from debts.domain.terms import MinimumRule
from debts.models import Debt
from debts.services.debts import add_debt
from debts.services.payments import record_payment
from tests.factories import NOW, AccountFactory, TransactionFactory, act_of
from tests.portal import page, portal, staff, superuser, text

DEBT = "debts_debt"
SEES_DEBTS = ("debts.view_debt", "debts.view_balancesegment", "debts.view_debtpayment")
EDITS_DEBTS = ("debts.view_debt", "debts.change_debt", "debts.delete_debt")

pytestmark = pytest.mark.usefixtures("_in_march")


@pytest.fixture
def _in_march():
    with time_machine.travel(NOW, tick=False):
        yield


def owe(user, **changes):
    """A card of 1,200.00 at 12 %, of which 112.00 was paid a month later."""
    fields = {
        "name": "Card",
        "kind": "credit_card",
        "lender": "Kranichbank",
        "currency": "EUR",
        "balance_on": dt.date(2026, 2, 1),
        "minimum_payment": GivenMinimum(rule=MinimumRule.PERCENT, percent=Decimal(2), floor=Decimal(25)),
        "segments": [GivenSegment(amount=Decimal("1200.00"), apr=Decimal("12.00"))],
    }
    debt = add_debt(user, act=act_of(user), **{**fields, **changes})
    record_payment(debt, act=act_of(user), paid_on=dt.date(2026, 3, 1), amount=Decimal("112.00"))
    AuditEntry.objects.all().delete()
    return debt


@pytest.fixture
def card(alice):
    return owe(alice)


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


def form_of(debt, **changes):
    form = {
        "name": debt.name, "kind": debt.kind, "lender": debt.lender, "status": debt.status,
        "due_day": debt.due_day, "notes": debt.notes,
        "segments-TOTAL_FORMS": 0, "segments-INITIAL_FORMS": 0,
        "payments-TOTAL_FORMS": 0, "payments-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**form, **changes}


def test_operations_look_at_debts_but_do_not_touch_them(card, operations):
    client = portal(operations)

    assert "€1,105.06" in text(client.get(page(DEBT)))
    assert client.post(page(DEBT, "change", card.pk), form_of(card, name="Mine")).status_code == 403
    assert client.post(page(DEBT, "delete", card.pk), {"post": "yes"}).status_code == 403
    card.refresh_from_db()
    assert card.name == "Card"


def test_a_balance_is_that_of_the_persons_today_and_rates_are_those_in_force(alice):
    promo = GivenPromo(apr=Decimal("0.90"), until=dt.date(2026, 3, 14))
    owe(
        alice,
        segments=[
            GivenSegment(amount=Decimal("1000.00"), apr=Decimal("17.90")),
            GivenSegment(amount=Decimal("200.00"), apr=Decimal("19.90"), promo=promo),
        ],
    )
    client = portal(superuser())

    with time_machine.travel(dt.datetime(2026, 3, 14, 12, tzinfo=dt.UTC)):
        during = text(client.get(page(DEBT)))
    after = text(client.get(page(DEBT)))

    assert "0.9 % to 17.9 %" in during
    assert "17.9 % to 19.9 %" in after


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "alice@example"},
        {"q": "visa"},
        {"q": "kranich"},
        {"q": "id"},
        {"kind__exact": "credit_card"},
        {"status__exact": "in_collection"},
        {"currency": "CHF"},
    ],
)
def test_a_debt_is_found(alice, bob, filters):
    wanted = owe(alice, name="Visa", lender="Kranichbank", currency="CHF", status="in_collection")
    owe(bob, name="Car", kind="auto", lender="Morgental")
    if filters.get("q") == "id":
        filters = {"q": str(wanted.pk)}

    found = portal(superuser()).get(page(DEBT), filters).context["cl"].result_list

    assert [debt.pk for debt in found] == [wanted.pk]


def test_the_list_costs_the_same_however_many_debts_it_shows(alice):
    client = portal(superuser())

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(DEBT)).status_code == 200
        return len(captured)

    owe(alice, name="First")
    few = queries()
    for number in range(10):
        owe(alice, name=f"Debt {number}")

    assert queries() == few


def test_the_page_of_a_debt_shows_its_balances_payments_and_terms(alice, card, operations):
    row = TransactionFactory(
        account=AccountFactory(user=alice), amount=Decimal("-98.76"), date=dt.date(2026, 3, 5)
    )
    record_payment(card, act=act_of(alice), transaction=row, interest=Decimal("1.23"), notes="by debit")

    shown = text(portal(operations).get(page(DEBT, "change", card.pk)))

    for part in ("€1,200.00", "12 %", "112.00", "98.76", "1.23", "by debit", "€25.00", "percent"):
        assert part in shown
    assert page("transactions_transaction", "change", row.pk) in shown


def test_rows_of_the_ledger_are_linked_for_those_who_may_see_them(alice, card):
    row = TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("-98.76"))
    record_payment(card, act=act_of(alice), transaction=row)

    shown = text(portal(staff(permissions=SEES_DEBTS)).get(page(DEBT, "change", card.pk)))

    assert "98.76" in shown
    assert str(row.pk) not in shown


def test_the_page_shows_the_latest_24_payments(alice, card, operations):
    for day in range(2, 28):
        paid = Decimal(f"10.{day:02}")
        record_payment(card, act=act_of(alice), paid_on=dt.date(2026, 2, day), amount=paid)

    shown = text(portal(operations).get(page(DEBT, "change", card.pk)))

    amounts = set(re.findall(r"\b10\.\d\d\b", shown))
    assert amounts == {f"10.{day:02}" for day in range(5, 28)}
    assert "112.00" in shown


def test_a_payment_whose_row_lies_in_the_trash_is_not_shown(alice, card, operations):
    row = TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("-98.76"))
    record_payment(card, act=act_of(alice), transaction=row)
    row.deleted_at = NOW
    row.save()

    assert "98.76" not in text(portal(operations).get(page(DEBT, "change", card.pk)))


def test_a_debt_is_corrected_by_its_service_and_leaves_a_trail(alice, card):
    editor = staff(permissions=EDITS_DEBTS)
    form = form_of(card, name="Kranich card", status="in_collection", late_fee="99")

    response = portal(editor).post(page(DEBT, "change", card.pk), form)

    card.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert response.status_code == 302
    assert (card.name, card.status, card.late_fee) == ("Kranich card", "in_collection", 0)
    assert (entry.user, entry.actor, entry.via) == (alice, editor, "admin")
    assert set(entry.changes) == {"name", "status"}


def test_a_form_sent_back_as_the_page_shows_it_changes_nothing(card):
    client = portal(superuser())
    shown = text(client.get(page(DEBT, "change", card.pk)))
    counts = dict(re.findall(r'name="((?:segments|payments)-(?:TOTAL|INITIAL)_FORMS)" value="(\d+)"', shown))

    response = client.post(page(DEBT, "change", card.pk), form_of(card, **counts))

    assert len(counts) == 4
    assert response.status_code == 302
    assert not AuditEntry.objects.exists()
    assert (card.segments.get().amount, card.payments.get().amount) == (1200, 112)


def test_a_debt_is_removed_by_its_service_and_leaves_a_trail(alice, card):
    editor = staff(permissions=EDITS_DEBTS)

    portal(editor).post(page(DEBT, "delete", card.pk), {"post": "yes"})

    entries = AuditEntry.objects.order_by("id")
    assert not Debt.objects.exists()
    assert [(entry.object_type, entry.action, entry.user, entry.actor) for entry in entries] == [
        ("debts.debtpayment", "deleted", alice, editor),
        ("debts.debt", "deleted", alice, editor),
    ]


def test_a_name_that_the_person_has_already_is_refused_in_words(alice, card):
    other = owe(alice, name="Other")
    client = portal(superuser())

    shown = text(client.post(page(DEBT, "change", other.pk), form_of(other, name="card"), follow=True))

    other.refresh_from_db()
    assert "You have a debt of this name already." in shown
    assert other.name == "Other"
