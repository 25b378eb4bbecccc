"""``manage.py load_demo`` brings debts, payments and a plan beside the ledger."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from core.models import AuditEntry
from debts.models import Debt, DebtPayment, PaymentPlan
from debts.selectors.balances import debts_with_history, history_of
from transactions.models import Transaction
from users.models import User

CAR = "MORGENTAL AUTOBANK KREDITRATE 60-7714"


@pytest.fixture
def demo(household, db):
    return User.objects.get(email="demo@solvent.example")


@pytest.fixture
def today(demo):
    return demo.today(demo.created_at)


def test_four_debts_are_in_the_persons_order(demo):
    rows = Debt.objects.for_user(demo).order_by("position")

    assert [(debt.name, debt.currency, debt.minimum_rule) for debt in rows] == [
        ("Kranich credit card", "EUR", "percent"),
        ("Car loan", "EUR", "amortising"),
        ("Jonas's student loan", "EUR", "fixed"),
        ("Kitchen loan", "EUR", "fixed"),
    ]


def test_the_card_has_purchases_and_a_transfer_whose_promotion_still_holds(demo, today):
    purchases, moved = Debt.objects.get(user=demo, kind="credit_card").segments.order_by("id")

    assert (purchases.kind, purchases.promo_until) == ("purchases", None)
    assert (moved.kind, moved.promo_apr, moved.apr) == ("transfer", Decimal("0.90"), Decimal("17.90"))
    assert moved.promo_until > today


def test_two_years_of_payments_leave_every_debt_smaller_but_there(demo, today):
    assert DebtPayment.objects.for_user(demo).count() == 95
    for debt in debts_with_history().filter(user=demo):
        given_then = sum(part.amount for part in debt.parts) * 100
        assert 0 < history_of(debt, until=today).balance < given_then


def test_the_ledger_knows_the_payments_on_the_car_of_the_last_half_year(demo, today):
    linked = DebtPayment.objects.filter(transaction__isnull=False).order_by("paid_on")

    assert [payment.debt.name for payment in linked] == ["Car loan"] * 6
    for payment in linked:
        row = payment.transaction
        assert (row.date, row.account_amount) == (payment.paid_on, -payment.amount)
        assert (row.description, row.account.kind, row.category.code) == (CAR, "checking", "loan-payment")
    assert Transaction.objects.filter(description=CAR).count() == 6


def test_one_plan_is_followed(demo, today):
    plan = PaymentPlan.objects.get(user=demo)

    assert (plan.status, plan.strategy, plan.currency) == ("active", "avalanche", "EUR")
    assert plan.starts_on < today
    assert plan.request["monthly_budget"] == "750.00"
    assert [each["name"] for each in plan.baseline["payoffs"]] == [
        "Kranich credit card", "Car loan", "Jonas's student loan", "Kitchen loan",
    ]  # fmt: skip
    assert 36 <= plan.baseline["months"] <= 44
    assert date.fromisoformat(plan.baseline["debt_free_on"]) > today


def test_everything_has_its_beginning_in_the_audit_trail(demo):
    for model in (Debt, DebtPayment, PaymentPlan):
        created = AuditEntry.objects.filter(object_type=model._meta.label_lower, action="created")
        assert created.count() == model.objects.for_user(demo).count()
        assert set(created.values_list("user", "via", "actor")) == {(demo.pk, "system", None)}


def test_a_second_run_changes_nothing(demo, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    before = [list(model.objects.order_by("pk").values()) for model in (Debt, DebtPayment, PaymentPlan)]

    call_command("load_demo", verbosity=0)

    after = [list(model.objects.order_by("pk").values()) for model in (Debt, DebtPayment, PaymentPlan)]
    assert after == before
