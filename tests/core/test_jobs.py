"""A job outlives its request and its worker, and is worked on by one at a time."""

import datetime as dt

import pytest
from django.db import transaction

from core import jobs
from core.errors import DomainError
from core.models import Job
from ingest.models import StatementImport
from tests.factories import NOW

LATER = NOW + dt.timedelta(seconds=10)
STALLED = NOW + dt.timedelta(seconds=31)
Status = Job.Status


@pytest.fixture(autouse=True)
def _half_a_minute(settings):
    settings.JOB_STALLED_AFTER_SECONDS = 30


@pytest.fixture
def sent(monkeypatch):
    """The names and arguments of the tasks that were handed to the broker."""
    messages = []

    class Task:
        def __init__(self, name):
            self.name = name

        def delay(self, **arguments):
            messages.append((self.name, arguments))

    monkeypatch.setattr(jobs, "task_named", Task)
    return messages


@pytest.fixture
def job(alice):
    return make_job(alice)


def make_job(user, **fields):
    job = StatementImport.objects.create(user=user, filename="march.csv", size=1, **fields)
    StatementImport.objects.filter(pk=job.pk).update(created_at=NOW)
    job.refresh_from_db()
    return job


def claimed(job, *, now=NOW):
    return jobs.claim(StatementImport, job_id=job.pk, now=now)


def test_a_task_is_sent_when_its_transaction_has_been_committed(alice, commits, sent):
    with commits():
        jobs.enqueue("users.send_password_reset", email="alice@example.org")
        assert sent == []
    assert sent == [("users.send_password_reset", {"email": "alice@example.org"})]


def test_a_task_of_a_transaction_that_failed_is_never_sent(db, commits, sent):
    def enqueue_and_fail():
        with transaction.atomic():
            jobs.enqueue("users.send_password_reset", email="alice@example.org")
            raise RuntimeError

    with commits(), pytest.raises(RuntimeError):
        enqueue_and_fail()
    assert sent == []


def test_a_job_is_started_by_its_id(job, commits, sent):
    with commits():
        jobs.start(job)
    assert sent == [("ingest.import_statement", {"job_id": str(job.pk)})]


def test_a_job_stays_when_its_message_cannot_be_sent(job, commits, monkeypatch):
    def fail(name):
        raise ConnectionError("no broker")

    monkeypatch.setattr(jobs, "task_named", fail)
    with commits():
        jobs.start(job)
    job.refresh_from_db()
    assert job.status == Status.PENDING


def test_a_waiting_job_is_taken(job):
    taken = claimed(job)
    assert taken.status == Status.RUNNING
    assert taken.lease is not None
    assert (taken.started_at, taken.heartbeat_at, taken.attempts) == (NOW, NOW, 1)


def test_a_job_is_taken_by_one(job):
    assert claimed(job) is not None
    assert claimed(job, now=LATER) is None


@pytest.mark.parametrize("status", [Status.SUCCEEDED, Status.FAILED, Status.CANCELLED])
def test_a_finished_job_is_not_taken(alice, status):
    assert claimed(make_job(alice, status=status), now=STALLED) is None


def test_a_job_whose_worker_is_silent_is_taken_over(job):
    first = claimed(job)
    second = claimed(job, now=STALLED)
    assert second.lease != first.lease
    assert (second.started_at, second.attempts) == (NOW, 2)


def test_a_sign_of_life_keeps_the_job_and_saves_progress(job):
    held = claimed(job)
    jobs.beat(held, now=LATER, progress_done=30, progress_total=40)
    assert claimed(job, now=STALLED) is None
    job.refresh_from_db()
    assert (job.progress_done, job.percent) == (30, 75)


def test_who_has_lost_the_job_may_not_write(job):
    first = claimed(job)
    second = claimed(job, now=STALLED)
    for write in (
        lambda: jobs.beat(first, now=STALLED, progress_done=99),
        lambda: jobs.succeed(first, now=STALLED),
        lambda: jobs.fail(first, error="late", now=STALLED),
    ):
        with pytest.raises(jobs.JobLostError):
            write()
    job.refresh_from_db()
    assert (job.status, job.lease, job.progress_done, job.error) == (Status.RUNNING, second.lease, 0, "")


def test_a_job_ends_well(job):
    held = claimed(job)
    jobs.succeed(held, now=LATER, progress_done=5)
    job.refresh_from_db()
    assert (job.status, job.finished_at, job.lease, job.error) == (Status.SUCCEEDED, LATER, None, "")
    assert (job.percent, job.is_finished) == (100, True)


def test_a_job_fails_with_a_reason(job):
    jobs.fail(claimed(job), error="Line 3: no date.", now=LATER)
    job.refresh_from_db()
    assert (job.status, job.finished_at, job.error) == (Status.FAILED, LATER, "Line 3: no date.")


def test_a_running_job_is_cancelled_and_its_worker_notices(job):
    held = claimed(job)
    jobs.cancel(job, now=LATER)
    assert (job.status, job.finished_at, job.lease) == (Status.CANCELLED, LATER, None)
    with pytest.raises(jobs.JobLostError):
        jobs.beat(held, now=LATER)


def test_a_waiting_job_is_cancelled(job):
    jobs.cancel(job, now=NOW)
    assert claimed(job) is None


def test_a_finished_job_cannot_be_cancelled(job):
    jobs.succeed(claimed(job), now=NOW)
    with pytest.raises(DomainError) as refusal:
        jobs.cancel(job, now=LATER)
    assert refusal.value.get_codes() == "JOB_FINISHED"


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELLED])
def test_an_ended_job_starts_again_where_it_stopped(alice, status, commits, sent):
    job = make_job(alice, status=status, error="Oh.", attempts=5, progress_done=30, finished_at=NOW)
    with commits():
        jobs.retry(job, now=LATER)
    assert (job.status, job.error, job.attempts, job.finished_at) == (Status.PENDING, "", 0, None)
    assert job.progress_done == 30
    assert sent == [("ingest.import_statement", {"job_id": str(job.pk)})]
    assert claimed(job, now=LATER) is not None


@pytest.mark.parametrize("status", [Status.PENDING, Status.RUNNING, Status.SUCCEEDED])
def test_any_other_job_does_not_start_again(alice, status, commits, sent):
    job = make_job(alice, status=status)
    with commits(), pytest.raises(DomainError) as refusal:
        jobs.retry(job, now=LATER)
    assert refusal.value.get_codes() == "JOB_NOT_ENDED"
    assert sent == []


def test_the_sweep_starts_what_stands_still(alice, commits, sent):
    waiting, running = make_job(alice), make_job(alice)
    claimed(running)
    with commits():
        assert jobs.revive_stalled_jobs(now=STALLED) == 2
    assert {arguments["job_id"] for _, arguments in sent} == {str(waiting.pk), str(running.pk)}


def test_the_sweep_leaves_what_lives_or_has_ended(alice, commits, sent):
    jobs.beat(claimed(make_job(alice)), now=LATER)
    make_job(alice, status=Status.SUCCEEDED)
    make_job(alice, status=Status.CANCELLED)
    fresh = make_job(alice)
    StatementImport.objects.filter(pk=fresh.pk).update(created_at=LATER)
    with commits():
        assert jobs.revive_stalled_jobs(now=STALLED) == 0
    assert sent == []


def test_a_long_queue_is_not_filled_with_copies(job, commits, sent):
    for seconds in (31, 40, 50):
        with commits():
            jobs.revive_stalled_jobs(now=NOW + dt.timedelta(seconds=seconds))
    assert len(sent) == 1
    with commits():
        jobs.revive_stalled_jobs(now=NOW + dt.timedelta(seconds=62))
    assert len(sent) == 2


def test_a_job_that_brings_every_worker_down_is_given_up(job, commits, sent):
    now = NOW
    for _ in range(jobs.MAX_ATTEMPTS):
        assert claimed(job, now=now) is not None
        now += dt.timedelta(seconds=31)
    with commits():
        assert jobs.revive_stalled_jobs(now=now) == 0
    job.refresh_from_db()
    assert (job.status, job.finished_at, job.lease) == (Status.FAILED, now, None)
    assert job.error == "The worker stopped 5 times during this job; it will not be tried again."
    assert sent == []


def test_a_job_that_ends_while_the_sweep_looks_is_not_given_up(job, monkeypatch):
    held = None
    for number in range(jobs.MAX_ATTEMPTS):
        held = claimed(job, now=NOW + dt.timedelta(seconds=31 * number))
    late = NOW + dt.timedelta(seconds=31 * jobs.MAX_ATTEMPTS)
    [seen] = jobs._stalled_jobs(StatementImport, now=late)
    jobs.succeed(held, now=late)

    jobs._revive(seen, now=late)

    job.refresh_from_db()
    assert (job.status, job.error) == (Status.SUCCEEDED, "")


@pytest.mark.parametrize(
    ("done", "total", "status", "percent"),
    [
        (0, None, Status.PENDING, 0),
        (5, None, Status.RUNNING, 0),
        (1, 3, Status.RUNNING, 33),
        (3, 3, Status.RUNNING, 99),
        (0, 0, Status.RUNNING, 0),
        (0, None, Status.SUCCEEDED, 100),
        (1, 2, Status.FAILED, 50),
    ],
)
def test_progress_is_100_only_when_the_job_has_succeeded(done, total, status, percent):
    job = StatementImport(progress_done=done, progress_total=total, status=status)
    assert job.percent == percent
