"""Two workers at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from core import jobs
from ingest.models import StatementImport
from ingest.services import posting, running
from tests.factories import NOW, AccountFactory, PersonFactory
from tests.ingest.conftest import csv_of
from tests.ingest.services.test_resuming import LATER, asked_for, work_on
from transactions.models import Account, Transaction

ROWS = [(f"2026-03-{1 + n % 28:02}", f"SHOP {n}", f"-{n + 1}.00") for n in range(60)]
# SQLite in memory is one connection for all threads; on PostgreSQL each thread has its own.
needs_connections = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="an in-memory SQLite has a single connection"
)


def at_once(*works: Callable[[], Any]) -> None:
    """Start all at the same moment and wait for the end of all; what one raises is raised here."""
    barrier = threading.Barrier(len(works))
    raised: list[BaseException] = []

    def run(work: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=10)
            work()
        except BaseException as exc:  # noqa: BLE001  (handed to the test)
            raised.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_account", [True, False])
def test_of_two_imports_of_one_file_exactly_one_wins_each_row(with_account: bool) -> None:
    user = PersonFactory()
    account = AccountFactory(user=user) if with_account else None
    statements = [asked_for(user, csv_of(ROWS), account=account) for _ in range(3)]

    at_once(*(lambda one=one: work_on(one, at=NOW) for one in statements))

    done = [StatementImport.objects.get(pk=one.pk) for one in statements]
    assert [one.status for one in done] == ["succeeded"] * 3
    assert sorted(one.rows_new for one in done) == [0, 0, 60]
    assert sum(one.rows_duplicate for one in done) == 120
    assert Transaction.objects.count() == 60
    assert Account.objects.count() == 1


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_imports_that_overlap_keep_what_they_share_once() -> None:
    user = PersonFactory()
    account = AccountFactory(user=user)
    statements = [asked_for(user, csv_of(part), account=account) for part in (ROWS[:40], ROWS[20:])]

    at_once(*(lambda one=one: work_on(one, at=NOW) for one in statements))

    assert {one.status for one in StatementImport.objects.all()} == {"succeeded"}
    assert Transaction.objects.count() == 60


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_with_one_message_one_does_the_work() -> None:
    statement = asked_for(PersonFactory(), csv_of(ROWS))

    at_once(*(lambda: work_on(statement, at=NOW) for _ in range(3)))

    statement.refresh_from_db()
    assert (statement.status, statement.attempts) == ("succeeded", 1)
    assert Transaction.objects.count() == 60


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_posting_is_not_taken_for_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long posting lasts: a second worker, sent by the sweep, waits and finds it done."""
    statement = asked_for(PersonFactory(), csv_of(ROWS))
    is_posting, may_end = threading.Event(), threading.Event()
    take = posting._Poster.take

    def slowly(poster: Any, batch: Any) -> None:
        is_posting.set()
        may_end.wait(timeout=10)
        take(poster, batch)

    monkeypatch.setattr(posting._Poster, "take", slowly)

    def second() -> None:
        assert is_posting.wait(timeout=10)
        threading.Timer(0.5, may_end.set).start()
        assert jobs.claim(StatementImport, job_id=statement.pk, now=NOW + LATER) is None

    at_once(lambda: running.import_statement(statement.pk, clock=lambda: NOW), second)

    statement.refresh_from_db()
    assert (statement.status, statement.attempts) == ("succeeded", 1)
    assert Transaction.objects.count() == 60
