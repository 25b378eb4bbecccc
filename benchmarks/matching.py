"""How many sightings a second find their rows in ledgers of a thousand people, and how often rightly.

`python -m benchmarks matching`. Each person has a thousand rows of a bank over three years, each with its sighting,
and hears a hundred purchases from another source: 60 that are rows already, written otherwise and up to three days
off, and 40 that are new, half of those at a shop where a row of another amount stands within four days.
"""

import random
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.bank_text import bank_text
from benchmarks.crowd import statement_row
from benchmarks.database import scratch_database
from benchmarks.figures import told
from core.audit import Act
from core.bulk_insert import insert_rows
from core.ids import uuid7
from core.models import AuditEntry
from transactions.categoriser import merchant_key
from transactions.categoriser.adapters import dictionary as shipped
from transactions.domain.incoming import IncomingRow
from transactions.domain.matching import Match
from transactions.models import Account, Category, Sighting, Transaction
from transactions.services.evidence import Origin
from transactions.services.posting import Posting
from users.services import create_person

PEOPLE, ROWS, SEEN_AGAIN, NEW = 1_000, 1_000, 60, 40
FIRST_DAY, DAYS = date(2023, 1, 1), 1_095
TARGET = 2_000


class Row(NamedTuple):
    pk: UUID
    day: date
    cents: int
    shop: str
    text: str


class Figures(NamedTuple):
    seconds: float
    matching: float
    sightings: int
    matched: int
    right: int
    there: int


def run() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    shops = [brand.name for brand, _ in shipped.read_stored(shipped.DICTIONARY_FILE).brands]
    with scratch_database():
        started = time.perf_counter()
        ledgers = [_add_ledger(number, shops) for number in range(PEOPLE)]
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        made = time.perf_counter() - started
        print(f"{PEOPLE:,} people with {PEOPLE * ROWS:,} rows, made in {made:.0f} s")
        _print([_hear(account, rows, shops) for account, rows in ledgers])


def _add_ledger(number: int, shops: list[str]) -> tuple[Account, list[Row]]:
    person = create_person(email=f"bench{number}@example.org", password="bench mark person 1", country="DE")
    account = Account.objects.create(user=person, name="Everyday", kind="checking", currency="EUR")
    rows = list(_rows(random.Random(number), shops))
    category = Category.objects.for_user(person).uncategorised().pk
    insert_rows(Transaction, _columns(account, category, rows))
    insert_rows(Sighting, _sighting_columns(account, rows))
    return account, rows


def _rows(chance: random.Random, shops: list[str]) -> Iterator[Row]:
    own_shops = chance.sample(shops, 60)
    for _ in range(ROWS):
        shop = chance.choice(own_shops)
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        yield Row(uuid7(), day, -chance.randrange(100, 20_000), shop, bank_text(shop, chance))


def _columns(account: Account, category: UUID, rows: list[Row]) -> Iterator[Mapping[str, object]]:
    now = timezone.now()
    for row in rows:
        yield statement_row(
            row.pk,
            account,
            now=now,
            day=row.day,
            amount=Decimal(row.cents).scaleb(-2),
            text=row.text,
            category=category,
            external_id=row.pk.hex,
        )


def _sighting_columns(account: Account, rows: list[Row]) -> Iterator[Mapping[str, object]]:
    now = timezone.now()
    for row in rows:
        yield {
            "id": uuid7(),
            "created_at": now,
            "updated_at": now,
            "user_id": account.user_id,
            "transaction_id": row.pk,
            "source": "statement",
            "channel": "csv",
            "external_id": f"{account.pk.hex}:{row.pk.hex}",
            "account_id": account.pk,
            "date": row.day,
            "amount": Decimal(row.cents).scaleb(-2),
            "currency": "EUR",
            "description": row.text,
            "status": "posted",
            "link": "origin",
            "import_id": None,
        }


def _hear(account: Account, rows: list[Row], shops: list[str]) -> Figures:
    chance = random.Random(account.user.email)
    known = chance.sample(rows, SEEN_AGAIN)
    truth = {f"again-{row.pk.hex}": str(row.pk) for row in known}
    told = [_told(f"again-{row.pk.hex}", row, chance, cents=row.cents, shop=row.shop) for row in known]
    for number in range(NEW):
        near, cents = chance.choice(rows), -chance.randrange(100, 20_000)
        told.append(
            _told(
                f"new-{number}",
                near,
                chance,
                cents=cents,
                shop=near.shop if number % 2 else chance.choice(shops),
            )
        )
    started = time.perf_counter()
    found, matching = _take(account, told)
    seconds = time.perf_counter() - started
    right = sum(truth.get(key) == match.row for key, match in found.items())
    return Figures(seconds, matching, len(told), len(found), right, len(known))


def _told(key: str, row: Row, chance: random.Random, *, cents: int, shop: str) -> IncomingRow:
    text = shop if chance.random() < 1 / 2 else bank_text(shop, chance)
    return IncomingRow(
        external_id=key,
        date=row.day - timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 3))),
        time=None,
        amount=Decimal(cents).scaleb(-2),
        currency="EUR",
        description=text,
        status="posted",
        merchant_key=merchant_key(text),
    )


@transaction.atomic
def _take(account: Account, told: list[IncomingRow]) -> tuple[dict[str, Match], float]:
    act = Act(actor_id=account.user_id, via=AuditEntry.Via.SYSTEM, at=timezone.now())
    posting = Posting(account.user, origin=Origin("email"), act=act)
    started = time.perf_counter()
    found = posting.match(account, told)
    matching = time.perf_counter() - started
    posting.link(account, [(row, found[row.external_id]) for row in told if row.external_id in found])
    posting.post(account, [row for row in told if row.external_id not in found])
    return found, matching


def _print(figures: list[Figures]) -> None:
    seconds, matching, sightings, matched, right, there = (
        sum(column) for column in zip(*figures, strict=True)
    )
    rate = sightings / matching
    print(
        f"{sightings:,} sightings matched in {matching:.1f} s: {told('matching', rate, 'a second', ',.0f')} a second "
        f"({'met' if rate >= TARGET else 'MISSED'}: {TARGET:,}); linked, posted and told to the audit trail as well "
        f"in {seconds:.1f} s: {told('matching and posting', sightings / seconds, 'a second', ',.0f')} a second"
    )
    print(
        f"found to be rows already {matched / sightings:.1%} (truly {there / sightings:.1%}) · "
        f"precision {told('matching precision', right / matched, 'share', '.2%')} · "
        f"recall {told('matching recall', right / there, 'share', '.2%')}"
    )
