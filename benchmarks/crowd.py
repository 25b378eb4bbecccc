"""People with ledgers, made quickly."""

import random
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from benchmarks.statements import rows
from core.bulk_insert import insert_rows
from core.ids import uuid7
from transactions.models import Account, Category, Merchant, Transaction
from users.models import User
from users.services import create_person

ROWS_A_PERSON = 5_000
COLUMNS = (
    "id", "created_at", "updated_at", "user_id", "account_id", "date", "amount", "currency", "account_amount",
    "base_amount", "description", "merchant_id", "category_id", "category_source", "category_confidence",
    "category_reason", "notes", "status", "source", "external_id",
)  # fmt: skip


def add_person(email: str, *, rows: int) -> User:
    """A person with four accounts, a hundred merchants and so many rows over ten years."""
    person = create_person(email=email, password="bench mark person 1", country="DE")
    accounts = [
        Account.objects.create(user=person, name=f"Account {number}", kind="checking", currency="EUR")
        for number in range(4)
    ]
    merchants = Merchant.objects.bulk_create(
        [Merchant(user=person, key=f"merchant {number}", name=f"Merchant {number}") for number in range(100)]
    )
    categories = list(Category.objects.for_user(person).values_list("pk", flat=True))
    insert_rows(Transaction, COLUMNS, _ledger(person, accounts, merchants, categories, rows))
    return person


def add_crowd(count: int) -> None:
    """Other people with ``count`` rows between them."""
    for start in range(0, count, ROWS_A_PERSON):
        add_person(f"{uuid.uuid4()}@example.org", rows=min(ROWS_A_PERSON, count - start))


def _ledger(
    person: User, accounts: list[Account], merchants: list[Merchant], categories: list[Any], count: int
) -> Iterator[tuple[Any, ...]]:
    chance, now = random.Random(count), timezone.now()
    for day, cents, text, reference in rows(count):
        amount = Decimal(cents).scaleb(-2)
        yield (
            uuid7(), now, now, person.pk, chance.choice(accounts).pk, day, amount, "EUR", amount, amount, text,
            chance.choice(merchants).pk, chance.choice(categories), "none", Decimal(0), "", "", "posted",
            "statement", reference,
        )  # fmt: skip
