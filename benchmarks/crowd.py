"""People with ledgers, made quickly."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from benchmarks.statements import rows
from core.bulk_insert import Row, insert_rows
from core.ids import uuid7
from transactions.models import Account, Category, Merchant, Transaction
from users.models import User
from users.services import create_person

ROWS_A_PERSON = 5_000


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
    insert_rows(Transaction, _ledger(accounts, merchants, categories, rows))
    return person


def add_crowd(count: int) -> None:
    """Other people with ``count`` rows between them."""
    for start in range(0, count, ROWS_A_PERSON):
        add_person(f"{uuid.uuid4()}@example.org", rows=min(ROWS_A_PERSON, count - start))


def _ledger(
    accounts: list[Account], merchants: list[Merchant], categories: list[UUID], count: int
) -> Iterator[Row]:
    chance, now = random.Random(count), timezone.now()
    for day, cents, text, reference in rows(count):
        yield statement_row(
            uuid7(),
            chance.choice(accounts),
            now=now,
            day=day,
            amount=Decimal(cents).scaleb(-2),
            text=text,
            category=chance.choice(categories),
            merchant=chance.choice(merchants),
            external_id=reference,
        )


def statement_row(
    pk: UUID,
    account: Account,
    *,
    now: datetime,
    day: date,
    amount: Decimal,
    text: str,
    category: UUID,
    external_id: str,
    merchant: Merchant | None = None,
) -> Row:
    """The columns of a row that a statement in euro brought."""
    return {
        "id": pk,
        "created_at": now,
        "updated_at": now,
        "user_id": account.user_id,
        "account_id": account.pk,
        "date": day,
        "amount": amount,
        "currency": "EUR",
        "account_amount": amount,
        "base_amount": amount,
        "description": text,
        "merchant_id": merchant and merchant.pk,
        "category_id": category,
        "category_source": "none",
        "category_confidence": Decimal(0),
        "category_reason": "",
        "notes": "",
        "status": "posted",
        "source": "statement",
        "external_id": external_id,
    }
