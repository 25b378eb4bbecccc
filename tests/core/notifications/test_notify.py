"""Telling people: once a key, and when they want to hear it."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import notifications
from core.models import Notification
from core.notifications import Note, notify, notify_many
from core.tasks import forget_old_notifications
from tests.core.notifications.conftest import MORNING, NEWS, NIGHT, NOON
from tests.factories import NotificationFactory
from tests.racing import TIMES, needs_connections, racers
from users.models import Preferences, User


def test_a_person_is_told(carol):
    data = {"category": "dining", "amount": "10.00"}

    made = notify(carol, **NEWS, data=data, now=NOON)

    kept = Notification.objects.get()
    assert made == kept
    assert (kept.user, kept.topic, kept.key) == (carol, NEWS["topic"], NEWS["key"])
    assert (kept.title, kept.body, kept.data) == (NEWS["title"], NEWS["body"], data)
    assert (kept.is_shown, kept.deliver_at, kept.email_due_at) == (True, NOON, NOON)
    assert (kept.created_at, kept.read_at, kept.emailed_at, kept.email_error) == (NOON, None, None, "")


def test_a_person_is_told_of_a_key_once(carol):
    first = notify(carol, **NEWS, now=NOON)

    again = notify(carol, **NEWS | {"title": "Still overspent"}, now=NOON + dt.timedelta(days=1))

    assert again is None
    kept = Notification.objects.get()
    assert (kept.pk, kept.title, kept.created_at) == (first.pk, "Dining is overspent", NOON)


def test_in_the_next_period_there_is_another_key(carol):
    notify(carol, **NEWS, now=NOON)

    assert notify(carol, **NEWS | {"key": "budget.overspent:2026-04:dining"}, now=NOON) is not None


def test_two_people_are_told_of_the_same_key(alice, bob):
    assert notify(alice, **NEWS, now=NOON) is not None
    assert notify(bob, **NEWS, now=NOON) is not None


def test_the_database_keeps_a_key_to_one_notification(carol):
    row = NotificationFactory(user=carol)

    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationFactory(user=carol, key=row.key)


def test_a_key_told_before_leaves_the_transaction_around_it_whole(carol):
    notify(carol, **NEWS, now=NOON)

    with transaction.atomic():
        assert notify(carol, **NEWS, now=NOON) is None
        carol.name = "Carol"
        carol.save()

    assert User.objects.get(pk=carol.pk).name == "Carol"


def test_a_transaction_that_fails_told_nobody(carol):
    with transaction.atomic():
        notify(carol, **NEWS, now=NOON)
        transaction.set_rollback(True)

    assert not Notification.objects.exists()


def test_quiet_hours_of_the_persons_zone_hold_it_back(carol):
    """22:00 by the server's clock is midnight in Sofia; 08:00 there is 06:00 here."""
    held = notify(carol, **NEWS, now=NIGHT)

    assert (held.deliver_at, held.email_due_at, held.created_at) == (MORNING, MORNING, NIGHT)


def test_what_is_urgent_does_not_wait(carol):
    urgent = notify(carol, **NEWS, now=NIGHT, is_urgent=True)

    assert (urgent.deliver_at, urgent.email_due_at) == (NIGHT, NIGHT)


@pytest.mark.parametrize(
    ("wishes", "is_shown", "is_mailed"),
    [
        ({"notify_by_email": False}, True, False),
        ({"notify_in_app": False}, False, True),
        ({"notify_in_app": False, "notify_by_email": False}, False, False),
    ],
)
def test_it_is_kept_and_goes_where_the_person_wants_it(carol, wish, wishes, is_shown, is_mailed):
    wish(carol, **wishes)

    notify(carol, **NEWS, now=NOON)

    kept = Notification.objects.get()
    assert (kept.is_shown, kept.email_due_at is not None) == (is_shown, is_mailed)


def test_nobody_who_is_inactive_gets_mail(carol):
    User.objects.filter(pk=carol.pk).update(is_active=False)

    assert notify(carol, **NEWS, now=NOON).email_due_at is None


def test_who_never_said_anything_is_told_in_the_app_at_once(db):
    root = get_user_model().objects.create_superuser("root@example.org", "a long walk in March")
    assert not Preferences.objects.filter(user=root).exists()

    told = notify(root, **NEWS, now=NIGHT)

    assert (told.is_shown, told.deliver_at, told.email_due_at) == (True, NIGHT, None)


def test_many_are_told_each_by_their_own_clock(carol, bob):
    notes = [Note(carol.pk, **NEWS), Note(bob.pk, **NEWS)]

    told = notify_many(notes, now=NIGHT)

    eight = dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)
    assert [(each.user_id, each.deliver_at) for each in told] == [(carol.pk, MORNING), (bob.pk, eight)]


def test_of_many_the_new_ones_are_told(carol, bob):
    notify(carol, **NEWS, now=NOON)
    notes = [Note(carol.pk, **NEWS), Note(bob.pk, **NEWS), Note(bob.pk, **NEWS)]

    told = notify_many(notes, now=NOON)

    assert [each.user_id for each in told] == [bob.pk]
    assert Notification.objects.count() == 2


def test_nobody_to_tell_asks_the_database_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert notify_many([], now=NOON) == []


def test_a_thousand_people_are_told_by_as_many_queries_as_one(db):
    people = [User(email=f"person{n}@example.org") for n in range(1000)]
    User.objects.bulk_create(people)
    Preferences.objects.bulk_create([Preferences(user=each) for each in people])

    with CaptureQueriesContext(connection) as queries:
        told = notify_many([Note(each.pk, **NEWS) for each in people], now=NOON)

    assert len(told) == 1000
    kinds = [query["sql"].partition(" ")[0] for query in queries]
    assert (kinds[0], set(kinds[1:-1]), kinds[-1]) == ("SELECT", {"INSERT"}, "SELECT")
    # SQLite takes no more than a thousand values a statement.
    assert len(kinds) == 3 or connection.vendor == "sqlite"


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_tell_the_same_at_once_one_does(carol):
    with racers() as race:
        for number in range(TIMES):
            news = NEWS | {"key": f"race:{number}"}

            told = race(
                lambda news=news: notify(carol, **news, now=NOON), lambda news=news: within(carol, news)
            )

            assert sorted(each is not None for each in told) == [False, True], told
    assert Notification.objects.count() == TIMES


def within(person, news):
    """Told inside of a transaction that does something else too."""
    with transaction.atomic():
        told = notify(person, **news, now=NOON)
        User.objects.filter(pk=person.pk).update(name="Carol")
    return told


def test_old_ones_are_forgotten_after_half_a_year(carol):
    _, kept = (NotificationFactory(user=carol, created_at=NOON - dt.timedelta(days=n)) for n in (181, 179))

    with time_machine.travel(NOON, tick=False):
        assert forget_old_notifications() == 1

    assert list(Notification.objects.all()) == [kept]


def test_what_other_apps_use_stands_in_front():
    assert notifications.__all__ == ["Note", "notify", "notify_many"]
