"""Very many people who save for two goals each, made quickly."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.utils import timezone

from benchmarks.crowd import statement_row
from core.bulk_insert import insert_rows
from core.ids import uuid7
from goals.models import ContributionRule, Goal
from transactions.domain.category_tree import SHIPPED_CATEGORIES
from transactions.models import Account, Category, Transaction
from users.models import Preferences, Profile, Settings, User

SALARY, MONTHS = Decimal(3000), 13
BATCH = 500


@dataclass(frozen=True, slots=True)
class Household:
    user: User
    checking: Account
    categories: dict[str, UUID]


def add_savers(count: int, *, rows_a_month: int, today: date) -> list[User]:
    """People with a salary and so many purchases in each of thirteen months, and two goals with two rules each."""
    chance = random.Random(7)
    people: list[User] = []
    for start in range(0, count, BATCH):
        people += _add_batch(range(start, min(start + BATCH, count)), rows_a_month, today, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return people


def _add_batch(numbers: range, rows_a_month: int, today: date, chance: random.Random) -> list[User]:
    people = User.objects.bulk_create(
        [User(email=f"saver{number}@example.org", password="!", country="DE") for number in numbers]
    )
    for part in (Profile, Preferences, Settings):
        part.objects.bulk_create([part(user=person) for person in people])
    households = [_household(person) for person in people]
    insert_rows(Transaction, _rows(households, rows_a_month, today, chance))
    for household in households:
        _save_for_two(household.user, today)
    return people


def _household(user: User) -> Household:
    checking, _ = Account.objects.bulk_create(
        [
            Account(user=user, name=name, kind=name, currency="EUR", opening_balance=500)
            for name in ("checking", "savings")
        ]
    )
    categories = Category.objects.bulk_create(
        [
            Category(
                user=user,
                code=shipped.code,
                group=shipped.group,
                essential=shipped.essential,
                priority=shipped.priority,
                position=position,
            )
            for position, shipped in enumerate(SHIPPED_CATEGORIES)
            if shipped.code == "salary" or (shipped.parent is None and shipped.group in {"needs", "wants"})
        ]
    )
    return Household(user, checking, {each.code: each.pk for each in categories})


def _save_for_two(user: User, today: date) -> None:
    goals = Goal.objects.bulk_create(
        [
            Goal(
                user=user,
                kind="savings",
                name=name,
                target_amount=Decimal(20_000),
                currency="EUR",
                target_on=today + timedelta(days=1000),
                started_on=today - timedelta(days=100),
                priority=priority,
            )
            for priority, name in enumerate(("Reserve", "Journey"), start=1)
        ]
    )
    since = today - timedelta(days=92)
    ContributionRule.objects.bulk_create(
        rule
        for goal in goals
        for rule in (
            ContributionRule(
                user=user, goal=goal, kind="percent_of_income", percent=Decimal(5), first_on=since
            ),
            ContributionRule(user=user, goal=goal, kind="left_over", first_on=since),
        )
    )


def _rows(
    households: list[Household], rows_a_month: int, today: date, chance: random.Random
) -> Iterator[dict[str, object]]:
    now = timezone.now()
    for household in households:
        spent_on = [code for code in household.categories if code != "salary"]
        for back in range(MONTHS * 30):
            day = today - timedelta(days=back)
            pays = [(SALARY, "salary")] if day.day == 1 else []
            pays += [
                (-Decimal(chance.randrange(300, 9_000)).scaleb(-2), chance.choice(spent_on))
                for _ in range(rows_a_month)
                if chance.randrange(30) == 0
            ]
            for amount, code in pays:
                pk = uuid7()
                yield statement_row(
                    pk,
                    household.checking,
                    now=now,
                    day=day,
                    amount=amount,
                    text="Bench",
                    category=household.categories[code],
                    external_id=str(pk),
                )
