"""A worker may die at any moment: the next one ends with the ledger of an undisturbed import."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import jobs
from core.models import Job
from ingest.models import StagedBatch, StatementImport
from ingest.services import posting, running, staging
from tests.factories import NOW, PersonFactory
from tests.ingest.conftest import csv_of
from transactions.models import Account, Merchant, Transaction
from users.models import User

LATER = dt.timedelta(hours=1)
ROWS = [
    *((f"2026-03-{day:02}", f"SHOP {day}", f"-{day}.00") for day in range(1, 8)),
    ("2026-03-09", "COFFEE CORNER", "-2.50"),
    ("2026-03-09", "NOT A NUMBER", "ten"),
    ("2026-03-09", "COFFEE CORNER", "-2.50"),
    ("2026-03-09", "COFFEE CORNER", "-2.50"),
    ("2026-03-10", "SALARY", "1000.00"),
]


class Killed(BaseException):
    """The process is gone: nobody catches it, nobody tidies up."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BATCH", 3)


def asked_for(user: User, content: bytes = csv_of(ROWS), **fields: Any) -> StatementImport:
    statement = StatementImport(user=user, filename="march.csv", size=len(content), **fields)
    statement.file.save("march.csv", ContentFile(content), save=False)
    statement.save()
    return statement


def work_on(statement: StatementImport, *, at: dt.datetime) -> None:
    running.import_statement(statement.pk, clock=lambda: at)


def picture(user: User) -> list[tuple[Any, ...]]:
    """All that counts of a person's ledger."""
    rows = Transaction.objects.for_user(user).order_by("external_id")
    return list(
        rows.values_list(
            "external_id", "date", "amount", "description", "category__code", "merchant__key", "deleted_at"
        )
    )


def undisturbed(statement: StatementImport) -> tuple[list[tuple[Any, ...]], dict[str, int]]:
    """What the same file gives another person, whose worker lives."""
    other = asked_for(PersonFactory())
    work_on(other, at=NOW)
    other.refresh_from_db()
    assert other.status == Job.Status.SUCCEEDED
    return picture(other.user), other.rows


def dying_on(call: Callable[..., Any], *, number: int, after: bool) -> Callable[..., Any]:
    """The call, but the worker dies at its given number: before it does anything, or right after."""
    left = iter(range(number))

    def maybe(*args: Any, **kwargs: Any) -> Any:
        is_last = next(left, None) is None
        if is_last and not after:
            raise Killed
        result = call(*args, **kwargs)
        if is_last:
            raise Killed
        return result

    return maybe


PLACES = [
    *(("stager.save", number, after) for number in range(4) for after in (False, True)),
    ("stager.finish", 0, False),
    ("stager.finish", 0, True),
    ("post", 0, False),
    *(("poster.take", number, after) for number in range(4) for after in (False, True)),
    ("jobs.succeed", 0, False),
    ("jobs.succeed", 0, True),
]
TARGETS = {
    "stager.save": (staging._Stager, "save"),
    "stager.finish": (staging._Stager, "finish"),
    "post": (running, "post"),
    "poster.take": (posting._Poster, "take"),
    "jobs.succeed": (jobs, "succeed"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "number", "after"), PLACES)
def test_wherever_a_worker_dies_the_next_one_ends_it_well(
    alice: User, monkeypatch: pytest.MonkeyPatch, place: str, number: int, after: bool
) -> None:
    statement = asked_for(alice)
    owner, name = TARGETS[place]
    with monkeypatch.context() as deadly:
        deadly.setattr(owner, name, dying_on(getattr(owner, name), number=number, after=after))
        with pytest.raises(Killed):
            work_on(statement, at=NOW)

    assert picture(alice) == []
    assert not Account.objects.for_user(alice).exists()
    assert not Merchant.objects.for_user(alice).exists()
    statement.refresh_from_db()
    assert statement.status == Job.Status.RUNNING

    work_on(statement, at=NOW + LATER)

    ledger, counts = undisturbed(statement)
    assert picture(alice) == ledger
    statement.refresh_from_db()
    assert (statement.status, statement.percent, statement.rows, statement.attempts) == (
        Job.Status.SUCCEEDED,
        100,
        counts,
        2,
    )
    assert [problem["line"] for problem in statement.problems] == [10]
    assert list(statement.batches.order_by("sequence").values_list("sequence", "items")) == [
        (0, 3),
        (1, 3),
        (2, 3),
        (3, 3),
    ]


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deaths=st.lists(st.sampled_from(PLACES), max_size=4))
def test_however_often_workers_die(
    alice: User, monkeypatch: pytest.MonkeyPatch, deaths: list[tuple[str, int, bool]]
) -> None:
    user = PersonFactory()
    statement, now = asked_for(user), NOW
    for place, number, after in deaths:
        owner, name = TARGETS[place]
        with monkeypatch.context() as deadly:
            deadly.setattr(owner, name, dying_on(getattr(owner, name), number=number, after=after))
            try:
                work_on(statement, at=now)
            except Killed:
                assert picture(user) == []
        now += LATER

    work_on(statement, at=now)

    statement.refresh_from_db()
    ledger, counts = undisturbed(statement)
    assert (statement.status, statement.rows) == (Job.Status.SUCCEEDED, counts)
    assert picture(user) == ledger


@pytest.mark.django_db
def test_a_living_worker_is_not_disturbed(alice: User) -> None:
    statement = asked_for(alice)
    claimed = jobs.claim(StatementImport, job_id=statement.pk, now=NOW)
    assert claimed is not None

    work_on(statement, at=NOW + dt.timedelta(seconds=1))

    statement.refresh_from_db()
    assert (statement.status, statement.lease, statement.attempts) == ("running", claimed.lease, 1)
    assert not StagedBatch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["stager.save", "stager.finish", "post"])
@pytest.mark.parametrize("loss", ["taken over", "cancelled"])
def test_a_worker_that_has_lost_its_job_writes_nothing_more(
    alice: User, monkeypatch: pytest.MonkeyPatch, place: str, loss: str
) -> None:
    statement = asked_for(alice)
    owner, name = TARGETS[place]
    call = getattr(owner, name)

    def lose(*args: Any, **kwargs: Any) -> Any:
        if loss == "cancelled":
            jobs.cancel(StatementImport.objects.get(pk=statement.pk), now=NOW)
        else:
            StatementImport.objects.filter(pk=statement.pk).update(lease=uuid4())
        return call(*args, **kwargs)

    monkeypatch.setattr(owner, name, lose)
    work_on(statement, at=NOW)

    assert picture(alice) == []
    statement.refresh_from_db()
    assert statement.status == ("cancelled" if loss == "cancelled" else "running")


@pytest.mark.django_db
def test_a_job_that_takes_its_worker_down_every_time_is_given_up(alice: User) -> None:
    statement, now = asked_for(alice), NOW
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs.claim(StatementImport, job_id=statement.pk, now=now)
        now += LATER

    jobs.revive_stalled_jobs(now=now)

    statement.refresh_from_db()
    assert statement.status == "failed"
    assert statement.error == "The worker stopped 5 times during this job; it will not be tried again."


@pytest.mark.django_db
def test_the_sweep_starts_a_stalled_import_again(alice: User, commits: Any) -> None:
    statement = asked_for(alice)
    long_ago = NOW - 10 * LATER
    assert jobs.claim(StatementImport, job_id=statement.pk, now=long_ago)

    with commits():
        assert jobs.revive_stalled_jobs(now=NOW) == 1

    statement.refresh_from_db()
    assert statement.status == "succeeded"
    assert len(picture(alice)) == 11


@pytest.mark.django_db
def test_progress_is_told_while_the_file_is_read(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"2026-03-{1 + n % 28:02}", f"SHOP {n}", "-1.00") for n in range(15_000)]
    statement = asked_for(alice, csv_of(rows))
    monkeypatch.setattr(staging, "BATCH", 1000)
    seen = list(percents(statement, monkeypatch))

    assert seen == sorted(seen)
    assert len(seen) == 15
    assert sum(10 <= percent <= 90 for percent in seen) >= 10
    assert seen[-1] <= 99


def percents(statement: StatementImport, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    found: list[int] = []
    save = staging._Stager.save

    def look(stager: Any, *args: Any, **kwargs: Any) -> None:
        save(stager, *args, **kwargs)
        found.append(StatementImport.objects.get(pk=statement.pk).percent)

    monkeypatch.setattr(staging._Stager, "save", look)
    monkeypatch.setattr(running, "post", lambda *_, **__: None)
    work_on(statement, at=NOW)
    return iter(found)
