"""Believable rows for tests."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from budgets.models import Allocation, BudgetPeriod, Move, Redistribution
from core.audit import Act
from core.models import AuditEntry, Notification
from debts.models import BalanceSegment, Calculation, Debt, DebtPayment, InstalmentPurchase, PaymentPlan
from goals.models import ActionPlan, Contribution, ContributionRule, Goal, Snapshot
from transactions.models import Account, Category, Merchant, Tag, Transaction
from users.models import User
from users.services import create_person

NOW = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)
PASSWORD = "a long walk in March"


def act_of(user: User, *, at: dt.datetime = NOW) -> Act:
    """A person acting through the API."""
    return Act(actor_id=user.pk, via=AuditEntry.Via.API, at=at)


class PersonFactory(factory.django.DjangoModelFactory):
    """A registered person with everything that registration prepares, their categories included."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = PASSWORD
    name = factory.Faker("first_name")
    country = "DE"
    base_currency = "EUR"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return create_person(**kwargs)


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account

    user = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"Account {n}")
    kind = Account.Kind.CHECKING
    currency = "EUR"


class MerchantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Merchant

    user = factory.SubFactory(PersonFactory)
    key = factory.Sequence(lambda n: f"merchant {n}")
    name = factory.Sequence(lambda n: f"Merchant {n}")


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    user = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"tag {n}")


class TransactionFactory(factory.django.DjangoModelFactory):
    """A posted row in the account's currency, which is also the person's; uncategorised unless given."""

    class Meta:
        model = Transaction

    account = factory.SubFactory(AccountFactory)
    user = factory.SelfAttribute("account.user")
    date = dt.date(2026, 3, 10)
    amount = Decimal("-10.00")
    currency = factory.SelfAttribute("account.currency")
    account_amount = factory.SelfAttribute("amount")
    base_amount = factory.SelfAttribute("amount")
    description = "CORNER SHOP"
    category = factory.LazyAttribute(lambda row: category_of(row.user, "uncategorised"))
    category_source = Transaction.CategorySource.NONE
    category_confidence = Decimal(0)


class NotificationFactory(factory.django.DjangoModelFactory):
    """Told at noon and shown since then; not mailed."""

    class Meta:
        model = Notification

    user = factory.SubFactory(PersonFactory)
    topic = "budget.overspent"
    key = factory.Sequence(lambda n: f"budget.overspent {n}")
    title = "Dining is overspent"
    body = "You have spent 35.00 EUR of 25.00 EUR."
    deliver_at = NOW
    created_at = NOW


class DebtFactory(factory.django.DjangoModelFactory):
    """A card of 1,000 at 12 percent, with a fixed minimum of 50, as it stood at the beginning of 2026."""

    class Meta:
        model = Debt
        skip_postgeneration_save = True

    user = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"Card {n}")
    kind = Debt.Kind.CREDIT_CARD
    currency = "EUR"
    balance_on = dt.date(2026, 1, 1)
    minimum_rule = "fixed"
    minimum_amount = Decimal("50.00")
    segment = factory.RelatedFactory("tests.factories.BalanceSegmentFactory", factory_related_name="debt")


class BalanceSegmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BalanceSegment

    debt = factory.SubFactory(DebtFactory, segment=None)
    amount = Decimal("1000.00")
    apr = Decimal("12.0000")


class DebtPaymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DebtPayment

    debt = factory.SubFactory(DebtFactory)
    user = factory.SelfAttribute("debt.user")
    paid_on = dt.date(2026, 2, 1)
    amount = Decimal("100.00")


class InstalmentPurchaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InstalmentPurchase

    user = factory.SubFactory(PersonFactory)
    name = "Sofa"
    currency = "EUR"
    amount = Decimal("300.00")
    count = 3
    first_due_on = dt.date(2026, 4, 1)


class PaymentPlanFactory(factory.django.DjangoModelFactory):
    """A kept plan of one month."""

    class Meta:
        model = PaymentPlan

    user = factory.SubFactory(PersonFactory)
    name = "Free soon"
    strategy = "avalanche"
    currency = "EUR"
    starts_on = dt.date(2026, 1, 1)
    request = factory.LazyFunction(lambda: {"monthly_budget": "101.00"})
    baseline = factory.LazyFunction(
        lambda: {
            "strategy": "avalanche",
            "currency": "EUR",
            "starts_on": "2026-01-01",
            "months": 1,
            "total_interest": "1.00",
            "total_fees": "0.00",
            "total_paid": "101.00",
            "debt_free_on": "2026-01-01",
            "baseline": {
                "strategy": "minimums_only",
                "months": 1,
                "total_interest": "1.00",
                "total_fees": "0.00",
                "total_paid": "101.00",
                "debt_free_on": "2026-01-01",
                "never_paid_off": [],
            },
            "interest_saved": "0.00",
            "months_saved": 0,
            "first_payoff_month": 1,
            "longest_wait_months": 1,
            "certificate": None,
            "transfers": None,
            "warnings": [],
            "payoffs": [{"name": "Card", "id": None, "month": 1, "on": "2026-01-01"}],
            "debts": [
                {
                    "name": "Card", "id": None, "balance": "100.00", "interest": "1.00", "fees": "0.00",
                    "paid": "101.00",
                }
            ],
            "schedule": [
                {
                    "month": 1,
                    "on": "2026-01-01",
                    "payment": "101.00",
                    "balance": "0.00",
                    "debts": [
                        {
                            "name": "Card", "opening": "100.00", "interest": "1.00", "fees": "0.00",
                            "charges": "0.00", "payment": "101.00", "principal": "100.00", "closing": "0.00",
                        }
                    ],
                }
            ],
        }
    )  # fmt: skip


class CalculationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Calculation

    user = factory.SubFactory(PersonFactory)
    kind = Calculation.Kind.PLAN
    request = factory.LazyFunction(dict)


class GoalFactory(factory.django.DjangoModelFactory):
    """1,200 euros by the end of 2026, begun with the year."""

    class Meta:
        model = Goal

    user = factory.SubFactory(PersonFactory)
    kind = Goal.Kind.SAVINGS
    name = factory.Sequence(lambda n: f"Goal {n}")
    target_amount = Decimal("1200.00")
    currency = "EUR"
    target_on = dt.date(2026, 12, 31)
    started_on = dt.date(2026, 1, 1)


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    goal = factory.SubFactory(GoalFactory)
    user = factory.SelfAttribute("goal.user")
    amount = Decimal("100.00")
    on = dt.date(2026, 3, 1)


class ContributionRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContributionRule

    goal = factory.SubFactory(GoalFactory)
    user = factory.SelfAttribute("goal.user")
    kind = "percent_of_income"
    percent = Decimal("10.00")
    first_on = dt.date(2026, 1, 1)


class ActionPlanFactory(factory.django.DjangoModelFactory):
    """A plan of one month."""

    class Meta:
        model = ActionPlan

    goal = factory.SubFactory(GoalFactory)
    user = factory.SelfAttribute("goal.user")
    version = 1
    made_on = dt.date(2026, 3, 1)
    request = factory.LazyFunction(lambda: {"unused_subscriptions": [], "one_offs": []})
    answer = factory.LazyFunction(
        lambda: {
            "currency": "EUR",
            "feasibility": "feasible",
            "needed_per_month": "100.00",
            "needed_per_pay_day": "100.00",
            "surplus": {"median": "200.00", "low": "150.00", "months": 3},
            "gap": "0.00",
            "bad_month_gap": "0.00",
            "per_month": [{"on": "2026-03-31", "amount": "100.00"}],
            "per_pay_day": [{"on": "2026-03-31", "amount": "100.00"}],
            "milestones": [{"percent": 100, "on": "2026-03-31", "amount": "100.00"}],
            "steps": [],
            "changes": None,
        }
    )


class SnapshotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Snapshot

    user = factory.SubFactory(PersonFactory)
    on = dt.date(2026, 3, 1)
    currency = "EUR"
    months = 1
    income = Decimal("3000.00")
    spending = Decimal("2400.00")
    assets = Decimal("5000.00")
    debts = Decimal("2000.00")
    net_worth = Decimal("3000.00")
    savings_rate = Decimal("20.0")
    answer = factory.LazyFunction(
        lambda: {"accounts": [{"name": "Checking", "balance": "5000.00"}], "debts": [], "left_out": []}
    )


class BudgetPeriodFactory(factory.django.DjangoModelFactory):
    """March 2026 with an income of 3,000."""

    class Meta:
        model = BudgetPeriod

    user = factory.SubFactory(PersonFactory)
    kind = "month"
    first_on = dt.date(2026, 3, 1)
    last_on = dt.date(2026, 3, 31)
    currency = "EUR"
    income_expected = Decimal("3000.00")


class AllocationFactory(factory.django.DjangoModelFactory):
    """31.00 for a category called by its ``code``, 1.00 a day of March."""

    class Meta:
        model = Allocation

    class Params:
        code = "dining"

    period = factory.SubFactory(BudgetPeriodFactory)
    user = factory.SelfAttribute("period.user")
    category = factory.LazyAttribute(lambda made: category_of(made.user, made.code))
    amount = Decimal("31.00")
    priority = 4
    is_essential = False
    planned = factory.LazyFunction(lambda: [100] * 31)


class RedistributionFactory(factory.django.DjangoModelFactory):
    """10.00 that ``giver`` gave to ``receiver`` on the 15th, both as they are since."""

    class Meta:
        model = Redistribution

    class Params:
        giver = None
        receiver = None

    period = factory.SelfAttribute("receiver.period")
    user = factory.SelfAttribute("period.user")
    trigger = Redistribution.Trigger.SPENDING
    status = Redistribution.Status.APPLIED
    made_on = dt.date(2026, 3, 15)
    message = "Budget adjusted: Dining +\u20ac10.00, Entertainment \N{MINUS SIGN}\u20ac10.00."
    states = factory.LazyFunction(list)
    after = factory.LazyAttribute(
        lambda made: {str(each.pk): each.planned for each in (made.giver, made.receiver)}
    )
    before = factory.LazyAttribute(
        lambda made: {
            str(made.giver.pk): [*made.giver.planned[:30], made.giver.planned[30] + 1000],
            str(made.receiver.pk): [*made.receiver.planned[:30], made.receiver.planned[30] - 1000],
        }
    )

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Redistribution:
        made: Redistribution = super()._create(model_class, *args, **kwargs)
        giver, receiver = made.after
        Move.objects.create(
            redistribution=made, giver_id=giver, receiver_id=receiver, amount=Decimal(10), reason="slack"
        )
        return made


def category_of(user: User, code: str) -> Category:
    """A person's own copy of a shipped category."""
    return Category.objects.get(user=user, code=code)
