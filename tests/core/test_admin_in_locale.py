"""The portal's figures and days are written as the member of staff writes them; its words are English."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from core.staff.display import amount
from core.staff.reader import read_by, reader_locale
from ingest.models import StatementImport
from tests.factories import AccountFactory, DebtFactory, DebtPaymentFactory, TransactionFactory
from tests.portal import page, portal, staff, superuser, text
from users.models import User

ROW = "transactions_transaction"


@pytest.fixture
def row(alice):
    row = TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("-1234.50"))
    row.deleted_at = None
    type(row).objects.filter(pk=row.pk).update(created_at=dt.datetime(2026, 3, 10, 14, 5, tzinfo=dt.UTC))
    return row


def reads(person, locale):
    User.objects.filter(pk=person.pk).update(locale=locale)
    return portal(person)


def shown(response):
    return re.sub("[\xa0\u202f]", " ", text(response))


@pytest.mark.parametrize(
    ("locale", "sum_written", "day"),
    [
        ("en", "-€1,234.50", "Mar 10, 2026"),
        ("de-DE", "-1.234,50 €", "10.03.2026"),
        ("fr", "-1 234,50 €", "10 mars 2026"),
        ("bg", "-1 234,50 €", "10.03.2026"),
    ],
)
def test_a_list_writes_amounts_and_days_for_its_reader(row, locale, sum_written, day):
    listed = shown(reads(superuser(), locale).get(page(ROW)))

    assert sum_written in listed
    assert day in listed


def test_a_page_writes_what_is_only_read_for_its_reader(row):
    client = reads(superuser(), "de")

    opened = shown(client.get(page(ROW, "change", row.pk)))

    assert "-1.234,50 €" in opened
    assert "10.03.2026, 14:05:00" in opened
    # What can be edited stays in a form that the server reads back.
    assert 'value="2026-03-10"' in opened


def test_a_page_that_may_only_be_viewed_writes_every_day_for_its_reader(row):
    viewer = staff(permissions=["transactions.view_transaction"])

    opened = shown(reads(viewer, "de").get(page(ROW, "change", row.pk)))

    assert ">10.03.2026<" in opened


def test_the_parts_of_a_page_do_so_too(alice):
    payment = DebtPaymentFactory(debt=DebtFactory(user=alice), paid_on=dt.date(2026, 2, 14))

    opened = shown(reads(superuser(), "de").get(page("debts_debt", "change", payment.debt_id)))

    assert "14.02.2026" in opened
    assert "100,00 €" in opened


def test_times_of_day_and_missing_ones_are_written_too(alice):
    opened = shown(reads(superuser(), "en").get(page("users_user", "change", alice.pk)))

    assert "9:00 PM" in opened
    assert re.search(r"Last login.*?&ndash;", opened, re.DOTALL)


def test_the_first_page_writes_days_for_its_reader(alice):
    StatementImport.objects.create(
        user=alice, filename="march.csv", file="statements/gone", size=10, status="failed",
        finished_at=dt.datetime(2026, 3, 10, 14, 5, tzinfo=dt.UTC),
    )  # fmt: skip
    viewer = staff(permissions=["ingest.view_statementimport"])

    with time_machine.travel(dt.datetime(2026, 3, 12, tzinfo=dt.UTC)):
        opened = shown(reads(viewer, "de").get(reverse("admin:index")))

    assert "10.03.2026, 14:05:00" in opened
    assert "12. M" in opened


def test_a_list_can_still_be_sorted_by_a_day(row):
    client = reads(superuser(), "de")
    columns = client.get(page("users_user")).context["cl"].list_display
    place = [getattr(column, "__name__", column) for column in columns].index("created_at")

    response = client.get(page("users_user"), {"o": f"-{place}"})

    assert response.context["cl"].queryset.query.order_by[0] == "-created_at"


def test_outside_of_a_page_and_after_it_the_reader_is_forgotten(row):
    reads(superuser(), "de").get(page(ROW))

    assert reader_locale() == "en"
    with read_by(User(locale="de")):
        assert amount(Decimal("2.50"), "EUR") == "2,50\xa0€"
    assert amount(Decimal("2.50"), "EUR") == "€2.50"


def test_who_is_not_signed_in_gets_the_sign_in_page(client, db):
    assert client.get(page(ROW)).status_code == 302
