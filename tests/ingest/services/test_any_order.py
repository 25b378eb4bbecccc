"""Whatever is done with overlapping statements: each genuine purchase is in the ledger once."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.models import StatementImport
from ingest.services.requests import undo_import
from tests.factories import NOW, AccountFactory, PersonFactory, act_of
from tests.ingest.conftest import csv_of
from tests.ingest.services.test_resuming import asked_for, work_on
from transactions.models import Account, Transaction
from transactions.selectors.accounts import accounts_with_balances
from transactions.services.ledger import restore_transaction, trash_transaction

# What the bank has booked, a day's worth at a time, with purchases that are really alike.
BOOKED = [
    [("COFFEE", "-2.50"), ("COFFEE", "-2.50"), ("LIDL", "-30.00")],
    [("SALARY", "1000.00")],
    [("COFFEE", "-2.50"), ("LIDL", "-12.00")],
    [],
    [("COFFEE", "-2.50"), ("COFFEE", "-2.50"), ("COFFEE", "-2.50")],
    [("RENT", "-700.00")],
]
Purchase = tuple[int, str, str, int]

spans = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(sorted)
steps = st.one_of(
    st.tuples(st.just("import"), spans),
    st.tuples(st.just("import and restore"), spans),
    st.tuples(st.just("dry run"), spans),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, 30)),
    st.tuples(st.just("restore"), st.integers(0, 30)),
)


class Model:
    """What should be in the ledger: each purchase is absent, live, or in the trash of one import."""

    def __init__(self) -> None:
        self.live: dict[Purchase, int] = {}
        self.trashed: dict[Purchase, int] = {}

    def bring(self, purchases: list[Purchase], *, number: int, restore: bool) -> None:
        for purchase in purchases:
            if restore and purchase in self.trashed:
                self.live[purchase] = self.trashed.pop(purchase)
            elif purchase not in self.live and purchase not in self.trashed:
                self.live[purchase] = number

    def undo(self, number: int) -> None:
        self.live = {purchase: by for purchase, by in self.live.items() if by != number}
        self.trashed = {purchase: by for purchase, by in self.trashed.items() if by != number}


def purchases_of(span: list[int]) -> list[Purchase]:
    found: list[Purchase] = []
    for day in range(span[0], span[1] + 1):
        for position, (text, amount) in enumerate(BOOKED[day]):
            copy = BOOKED[day][:position].count((text, amount))
            found.append((day, text, amount, copy))
    return found


def statement_of(span: list[int]) -> bytes:
    return csv_of((f"2026-03-{day + 1:02}", text, amount) for day, text, amount, _ in purchases_of(span))


def purchase_of(row: Transaction) -> Purchase:
    copy = int(str(row.external_id).rsplit("-", 1)[1]) - 1
    return row.date.day - 1, row.description, f"{row.amount:.2f}", copy


def nth(rows: Any, number: int) -> Transaction | None:
    found = sorted(rows, key=purchase_of)
    return found[number % len(found)] if found else None


def play(account: Account, imports: list[StatementImport], model: Model, step: tuple[str, Any]) -> None:
    user, (what, value) = account.user, step
    rows = Transaction.objects.for_user(user)
    if what in {"import", "import and restore", "dry run"}:
        options = {"restore_deleted": what == "import and restore", "dry_run": what == "dry run"}
        statement = asked_for(user, statement_of(value), account=account, **options)
        work_on(statement, at=NOW)
        statement.refresh_from_db()
        if statement.status == "succeeded" and what != "dry run":
            model.bring(purchases_of(value), number=len(imports), restore=options["restore_deleted"])
            imports.append(statement)
    elif what == "undo" and imports:
        number = value % len(imports)
        undo_import(imports[number], act=act_of(user))
        model.undo(number)
    elif what == "delete" and (row := nth(rows.live(), value)):
        trash_transaction(row, act=act_of(user))
        model.trashed[purchase_of(row)] = model.live.pop(purchase_of(row))
    elif what == "restore" and (row := nth(rows.trashed(), value)):
        restore_transaction(row, act=act_of(user))
        model.live[purchase_of(row)] = model.trashed.pop(purchase_of(row))


@pytest.mark.django_db
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=st.lists(steps, min_size=2, max_size=8))
def test_each_genuine_purchase_is_there_exactly_once(story: list[tuple[str, Any]], db: Any) -> None:
    account = AccountFactory(user=PersonFactory(), opening_balance=Decimal("50.00"))
    imports: list[StatementImport] = []
    model = Model()

    for step in story:
        play(account, imports, model, step)

        live = [purchase_of(row) for row in Transaction.objects.for_user(account.user).live()]
        trashed = [purchase_of(row) for row in Transaction.objects.for_user(account.user).trashed()]
        assert sorted(live) == sorted(model.live)
        assert sorted(trashed) == sorted(model.trashed)
        total = sum((Decimal(amount) for _, _, amount, _ in live), Decimal(0))
        assert accounts_with_balances().get(pk=account.pk).balance == Decimal("50.00") + total
