"""Mail about what people were told: each at least once, none lost, none to who does not want it."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.adapters.mail import OutgoingMail, UndeliveredError
from core.models import Notification
from core.notifications import notify, sending
from core.notifications.sending import send_due
from core.tasks import send_notifications
from tests.core.notifications.conftest import MORNING, NEWS, NIGHT, NOON
from tests.factories import NotificationFactory
from tests.racing import needs_connections, racers
from users.models import User

MINUTE = dt.timedelta(minutes=1)


class Killed(BaseException):
    """A worker is no more."""


def run(at=NOON):
    return send_due(clock=lambda: at)


def addresses():
    return [letter.to for letter in mail.outbox]


def waiting(person, *, number=1, at=NOON):
    return NotificationFactory.create_batch(number, user=person, deliver_at=at, email_due_at=at)


@pytest.fixture
def post(monkeypatch):
    """Answers each letter with the next of these errors; None takes it."""

    def answer(*moods):
        left = list(moods)

        def send(self, address, *, subject, text):
            mood = left.pop(0) if left else None
            if mood is not None:
                raise mood
            mail.outbox.append(mail.EmailMessage(subject, text, to=[address]))

        monkeypatch.setattr(OutgoingMail, "send", send)

    return answer


def for_good():
    return UndeliveredError("550 nobody here", is_permanent=True)


def for_now():
    return UndeliveredError("450 come back later", is_permanent=False)


def test_what_is_due_is_mailed_once(carol):
    notify(carol, **NEWS, now=NOON)

    assert (run(), run()) == (1, 0)

    [letter] = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["carol@example.org"], NEWS["title"], NEWS["body"])
    kept = Notification.objects.get()
    assert (kept.emailed_at, kept.email_due_at, kept.email_error) == (NOON, None, "")


def test_what_quiet_hours_hold_back_is_mailed_when_they_end(carol):
    notify(carol, **NEWS, now=NIGHT)

    assert run(MORNING - dt.timedelta(seconds=1)) == 0
    assert run(MORNING) == 1


def test_the_task_mails_what_is_due(carol):
    notify(carol, **NEWS, now=NOON)

    assert send_notifications() == 1


def test_mail_that_the_person_wants_no_more_is_not_sent(carol, wish):
    notify(carol, **NEWS, now=NIGHT)
    wish(carol, notify_by_email=False)

    assert run(MORNING) == 0

    assert mail.outbox == []
    kept = Notification.objects.get()
    assert (kept.emailed_at, kept.email_due_at, kept.email_error) == (None, None, "")


def test_who_was_shut_out_since_gets_no_mail(carol):
    notify(carol, **NEWS, now=NIGHT)
    User.objects.filter(pk=carol.pk).update(is_active=False)

    assert run(MORNING) == 0


def test_mail_goes_to_the_address_of_now(carol):
    notify(carol, **NEWS, now=NIGHT)
    User.objects.filter(pk=carol.pk).update(email="carol@example.net")

    run(MORNING)

    assert addresses() == [["carol@example.net"]]


def test_what_is_refused_for_good_is_given_up(carol, bob, post):
    [refused], [taken] = waiting(carol), waiting(bob)
    post(for_good())

    assert run() == 1
    assert run(NOON + dt.timedelta(days=2)) == 0

    refused.refresh_from_db()
    assert (refused.emailed_at, refused.email_due_at) == (None, None)
    assert (refused.email_failures, refused.email_error) == (1, "550 nobody here")
    taken.refresh_from_db()
    assert (taken.emailed_at, taken.email_error) == (NOON, "")


def test_what_fails_for_now_is_tried_again_after_a_longer_and_longer_while(carol, post):
    [row] = waiting(carol)
    post(for_now(), for_now())

    run()
    row.refresh_from_db()
    first = row.email_due_at
    run(first)
    row.refresh_from_db()

    assert (first - NOON, row.email_due_at - first) == (2 * MINUTE, 4 * MINUTE)
    assert (row.email_failures, row.email_error) == (2, "450 come back later")
    assert run(row.email_due_at) == 1
    row.refresh_from_db()
    assert (row.email_due_at, row.email_error) == (None, "")


def test_what_fails_for_two_days_is_given_up(carol, post):
    [row] = waiting(carol)
    post(*[for_now() for _ in range(20)])
    tries = 0

    while row.email_due_at is not None:
        last = row.email_due_at
        run(last)
        row.refresh_from_db()
        tries += 1

    assert (tries, row.email_error) == (12, "450 come back later")
    assert last - NOON == dt.timedelta(hours=41, minutes=2)


def test_a_server_that_is_down_is_left_alone_for_a_while(carol, post):
    waiting(carol, number=10)
    post(*[for_now() for _ in range(10)])

    assert run() == 0

    failures = list(Notification.objects.order_by("id").values_list("email_failures", flat=True))
    assert failures == [1] * 3 + [0] * 7
    post()
    assert run(NOON + sending.HELD_FOR) == 10


def test_a_few_who_must_wait_stop_nobody_else(carol, post):
    waiting(carol, number=6)
    post(for_now(), for_now(), None, for_now(), for_now(), None)

    assert run() == 2


def test_a_worker_that_is_killed_loses_none_and_repeats_one_at_most(carol, post):
    waiting(carol, number=4)
    post(None, None, Killed())

    with pytest.raises(Killed):
        run()

    assert Notification.objects.filter(emailed_at=NOON).count() == 2
    post()
    assert run(NOON + sending.HELD_FOR) == 2
    assert len(mail.outbox) == 4
    assert not Notification.objects.filter(emailed_at=None).exists()


def test_a_worker_that_is_killed_after_sending_sends_again(carol, monkeypatch):
    waiting(carol)
    monkeypatch.setattr(sending, "_note", killed)
    with pytest.raises(Killed):
        run()
    monkeypatch.undo()

    assert run(NOON + sending.HELD_FOR) == 1
    assert addresses() == [["carol@example.org"]] * 2


def killed(*args, **kwargs):
    raise Killed


def test_what_a_worker_holds_is_not_sent_by_another(carol, monkeypatch):
    waiting(carol, number=3)
    others = []

    def send(self, address, **letter):
        others.append(run(NOON + MINUTE))

    monkeypatch.setattr(OutgoingMail, "send", send)

    assert run() == 3
    assert others == [0, 0, 0]


def test_a_run_ends_before_others_may_take_what_it_holds(carol):
    waiting(carol, number=3)
    ticks = iter(NOON + n * sending.RUN_FOR / 4 for n in range(100))

    sent = send_due(clock=lambda: next(ticks))

    assert 0 < sent < 3
    assert Notification.objects.filter(email_due_at__gte=NOON + sending.HELD_FOR).count() == 3 - sent


def test_mail_that_is_not_set_up_is_an_error_for_the_operator(carol, settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {}
    waiting(carol)

    with pytest.raises(ImproperlyConfigured):
        run()

    assert Notification.objects.get().email_due_at == NOON


def test_who_are_mailed_are_asked_about_once_for_all(alice, bob, carol):
    for person in (alice, bob, carol):
        waiting(person, number=5)

    with CaptureQueriesContext(connection) as queries:
        assert run() == 15

    reads = [query["sql"] for query in queries if "FROM" in query["sql"] and "SELECT" in query["sql"]]
    assert len(reads) == 3
    assert len(mail.outbox) == 15


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(carol, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 5)
    with racers() as race:
        for _ in range(20):
            waiting(carol, number=40)
            mail.outbox = []

            sent = race(run, run)

            assert sum(sent) == 40, sent
            assert len(mail.outbox) == 40


@needs_connections
@pytest.mark.django_db(transaction=True)
def test_a_worker_does_not_wait_for_what_another_is_taking(carol):
    taken, left = waiting(carol, number=2)
    with racers() as race, transaction.atomic():
        Notification.objects.select_for_update().get(pk=taken.pk)

        assert race(run, run) in ([0, 1], [1, 0])

    left.refresh_from_db()
    assert left.emailed_at == NOON
