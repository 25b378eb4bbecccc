"""Staff see what people were told and whether mail got through, and mail it again."""

import datetime as dt

import pytest
import time_machine

from core.models import AuditEntry, Notification
from tests.core.notifications.conftest import NOON
from tests.factories import NotificationFactory
from tests.portal import choose, page, portal, press, staff, text

NOTIFICATION = "core_notification"


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def in_state(user, state):
    later = NOON + dt.timedelta(minutes=2)
    fields = {
        "sent": {"emailed_at": NOON},
        "waits": {"email_due_at": later},
        "tried again": {"email_due_at": later, "email_error": "450 later"},
        "failed": {"email_error": "550 nobody here"},
        "none": {},
    }
    return NotificationFactory(user=user, title=f"Mail: {state}", **fields[state])


STATES = ["sent", "waits", "tried again", "failed"]


def test_the_list_shows_each_and_how_its_mail_fared(alice, operations):
    for state in (*STATES, "none"):
        in_state(alice, state)

    shown = text(portal(operations).get(page(NOTIFICATION)))

    for state in (*STATES, "none"):
        assert f"Mail: {state}" in shown
    assert "alice@example.org" in shown
    assert 'href="/admin/core/notification/"' in shown


@pytest.mark.parametrize("state", STATES)
def test_narrowed_down_by_how_mail_fared(alice, operations, state):
    for each in (*STATES, "none"):
        in_state(alice, each)

    shown = text(portal(operations).get(page(NOTIFICATION), {"mail": state}))

    assert [each for each in (*STATES, "none") if f"Mail: {each}" in shown] == [state]


def test_an_unknown_state_narrows_nothing(alice, operations):
    in_state(alice, "sent")

    assert "Mail: sent" in text(portal(operations).get(page(NOTIFICATION), {"mail": "lost"}))


def test_found_by_address_id_and_words(alice, bob, operations):
    hers, his = NotificationFactory(user=alice, title="Hers"), NotificationFactory(user=bob, title="His")

    for term in ("alice@example.org", str(alice.pk), str(hers.pk), "Hers"):
        shown = text(portal(operations).get(page(NOTIFICATION), {"q": term}))
        assert str(hers.pk) in shown
        assert str(his.pk) not in shown


def test_the_page_of_one_shows_everything_and_saves_nothing(alice, operations):
    row = in_state(alice, "failed")
    client = portal(operations)

    shown = text(client.get(page(NOTIFICATION, "change", row.pk)))
    client.post(page(NOTIFICATION, "change", row.pk), {"title": "Other", "body": "Other"})

    for each in (row.title, row.body, row.key, "550 nobody here", "failed"):
        assert each in shown
    assert 'name="_save"' not in shown
    assert Notification.objects.get().title == "Mail: failed"
    assert client.get(page(NOTIFICATION, "delete", row.pk)).status_code == 403
    assert client.get(page(NOTIFICATION, "add")).status_code == 403


@pytest.mark.parametrize("way", ["page", "list"])
def test_mailing_again_is_on_record(alice, operations, way):
    row = in_state(alice, "failed")
    client = portal(operations)

    if way == "page":
        press(client, NOTIFICATION, "send_one", row)
    else:
        choose(client, NOTIFICATION, "send_chosen", row)

    row.refresh_from_db()
    assert (row.email_due_at, row.email_error, row.email_failures) == (NOON, "", 0)
    entry = AuditEntry.objects.get(object_id=row.pk)
    assert (entry.user, entry.actor, entry.via, entry.action) == (alice, operations, "admin", "updated")
    assert entry.changes == {
        "email_due_at": [None, str(NOON)],
        "email_error": ["550 nobody here", ""],
    }


def test_what_quiet_hours_hold_back_is_not_mailed_before(alice, operations):
    later = NOON + dt.timedelta(hours=9)
    row = NotificationFactory(user=alice, deliver_at=later)

    press(portal(operations), NOTIFICATION, "send_one", row)

    row.refresh_from_db()
    assert row.email_due_at == later


def test_nothing_is_mailed_to_who_wants_no_mail(alice, operations):
    alice.preferences.notify_by_email = False
    alice.preferences.save()
    row = in_state(alice, "failed")

    answer = choose(portal(operations), NOTIFICATION, "send_chosen", row)

    assert "This person gets no mail." in text(answer)
    row.refresh_from_db()
    assert (row.email_due_at, row.email_error) == (None, "550 nobody here")
    assert not AuditEntry.objects.filter(object_id=row.pk).exists()


def test_who_may_only_look_mails_nothing(alice):
    row = in_state(alice, "failed")
    client = portal(staff(permissions=["core.view_notification"]))

    assert client.get(page(NOTIFICATION, "change", row.pk)).status_code == 200
    press(client, NOTIFICATION, "send_one", row)
    choose(client, NOTIFICATION, "send_chosen", row)

    row.refresh_from_db()
    assert row.email_due_at is None


def test_support_does_not_see_what_people_were_told(db):
    client = portal(staff(groups=["Support"]))

    assert client.get(page(NOTIFICATION)).status_code == 403


@pytest.mark.parametrize("number", [2, 40])
def test_the_list_costs_the_same_however_many_there_are(
    alice, operations, number, django_assert_max_num_queries
):
    NotificationFactory.create_batch(number, user=alice)
    client = portal(operations)
    client.get(page(NOTIFICATION))

    with django_assert_max_num_queries(8):
        client.get(page(NOTIFICATION))
