"""Very many people with a budget each, made quickly."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection

from budgets.domain.spreading import spread
from budgets.models import Allocation, BudgetPeriod
from core.bulk_insert import Row, insert_rows
from core.ids import uuid7
from transactions.domain.category_tree import SHIPPED_CATEGORIES, ShippedCategory
from transactions.models import Account, Category, Transaction
from users.models import Preferences, Profile, Settings, User

BATCH = 500
AMOUNT = Decimal("160.00")
BUDGETED = [each for each in SHIPPED_CATEGORIES if each.parent is None and each.group in {"needs", "wants"}]


def add_people(count: int, *, rows_each: int, now: datetime) -> None:
    """People with so many rows over the last 90 days and a budget for the month of ``now``.

    What they spend of a category is about what they allotted, so that some have overspent one.
    """
    chance = random.Random(5)
    for start in range(0, count, BATCH):
        _add_batch(range(start, min(start + BATCH, count)), rows_each, now, chance)
        # Foreign keys are checked by plans that were made when the tables were empty.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _add_batch(numbers: range, rows_each: int, now: datetime, chance: random.Random) -> None:
    people = User.objects.bulk_create(
        [User(email=f"night{number}@example.org", password="!", country="DE") for number in numbers]
    )
    for part in (Profile, Preferences, Settings):
        part.objects.bulk_create([part(user=person) for person in people])
    accounts = Account.objects.bulk_create(
        [Account(user=person, name="Giro", kind="checking", currency="EUR") for person in people]
    )
    categories = [[(uuid7(), shipped) for shipped in BUDGETED] for _ in people]
    insert_rows(Category, _categories(people, categories, now))
    insert_rows(Transaction, _rows(accounts, categories, rows_each, now, chance))
    first = now.date().replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    periods = BudgetPeriod.objects.bulk_create(
        [
            BudgetPeriod(
                user=person,
                kind="month",
                first_on=first,
                last_on=last,
                currency="EUR",
                income_expected=Decimal(4000),
            )
            for person in people
        ]
    )
    days = (last - first).days + 1
    planned = list(spread(int(AMOUNT * 100), [1] * days))
    Allocation.objects.bulk_create(
        [
            Allocation(
                user_id=period.user_id,
                period=period,
                category_id=pk,
                amount=AMOUNT,
                priority=shipped.priority,
                is_essential=shipped.essential,
                planned=planned,
            )
            for period, own in zip(periods, categories, strict=True)
            for pk, shipped in own
        ]
    )


Categories = list[list[tuple[UUID, ShippedCategory]]]


def _categories(people: list[User], categories: Categories, now: datetime) -> Iterator[Row]:
    for person, own in zip(people, categories, strict=True):
        for position, (pk, shipped) in enumerate(own):
            yield {
                "id": pk,
                "created_at": now,
                "updated_at": now,
                "user_id": person.pk,
                "code": shipped.code,
                "name": "",
                "parent_id": None,
                "group": shipped.group,
                "essential": shipped.essential,
                "priority": shipped.priority,
                "is_hidden": False,
                "position": position,
            }


def _rows(
    accounts: list[Account], categories: Categories, count: int, now: datetime, chance: random.Random
) -> Iterator[Row]:
    today = now.date()
    for account, own in zip(accounts, categories, strict=True):
        for _ in range(count):
            amount = -Decimal(chance.randrange(300, 6_000)).scaleb(-2)
            day = today - timedelta(days=chance.randrange(90))
            yield {
                "id": uuid7(),
                "created_at": now,
                "updated_at": now,
                "user_id": account.user_id,
                "account_id": account.pk,
                "date": day,
                "amount": amount,
                "currency": "EUR",
                "account_amount": amount,
                "base_amount": amount,
                "description": "Bench",
                "category_id": chance.choice(own)[0],
                "category_source": "none",
                "category_confidence": Decimal(0),
                "category_reason": "",
                "notes": "",
                "status": "posted",
                "source": "manual",
            }
