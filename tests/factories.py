"""Believable rows for tests."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from core.audit import Act
from core.models import AuditEntry
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


def category_of(user: User, code: str) -> Category:
    """A person's own copy of a shipped category."""
    return Category.objects.get(user=user, code=code)
