"""Reading what one was told."""

import datetime as dt
import uuid

import pytest
import time_machine

from core.models import AuditEntry, Notification
from core.notifications import notify
from tests.core.notifications.conftest import MORNING, NEWS, NIGHT, NOON
from tests.factories import NotificationFactory

URL = "/api/v1/notifications"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def topics(answer):
    assert answer.status_code == 200, answer.json()
    return [row["topic"] for row in answer.json()["results"]]


def test_what_one_was_told(alice, alice_api):
    row = notify(alice, **NEWS, data={"amount": "10.00"}, now=NOON)

    shown = alice_api.get(f"{URL}/{row.pk}").json()

    assert shown == {
        "id": str(row.pk),
        "topic": "budget.overspent",
        "title": "Dining is overspent",
        "body": "You have spent 35.00 EUR of 25.00 EUR.",
        "data": {"amount": "10.00"},
        "deliver_at": "2026-03-15T12:00:00Z",
        "read_at": None,
        "created_at": "2026-03-15T12:00:00Z",
    }
    assert alice_api.get(URL).json() == {"next": None, "previous": None, "results": [shown]}


def test_the_latest_comes_first_and_pages_follow_one_another(alice, alice_api):
    ids = sorted((uuid.uuid4() for _ in range(5)), reverse=True)
    for number, pk in enumerate(ids):
        at = NOON - dt.timedelta(hours=number // 2)
        NotificationFactory(pk=pk, user=alice, topic=f"n{number}", deliver_at=at)

    first = alice_api.get(URL, {"limit": 3})
    second = alice_api.get(first.json()["next"])

    assert topics(first) + topics(second) == ["n0", "n1", "n2", "n3", "n4"]
    assert second.json()["next"] is None


def test_what_is_held_back_comes_when_quiet_hours_end(carol, client_of, at_noon):
    at_noon.move_to(NIGHT, tick=False)
    row = notify(carol, **NEWS, now=NIGHT)
    client = client_of(carol)

    assert topics(client.get(URL)) == []
    assert client.get(f"{URL}/{row.pk}").status_code == 404
    assert client.post(f"{URL}/{row.pk}/read").status_code == 404

    at_noon.move_to(MORNING, tick=False)
    assert topics(client_of(carol).get(URL)) == ["budget.overspent"]


def test_who_wants_nothing_in_the_app_sees_nothing(carol, client_of, wish):
    wish(carol, notify_in_app=False)
    row = notify(carol, **NEWS, now=NOON)
    client = client_of(carol)

    assert topics(client.get(URL)) == []
    assert client.get(f"{URL}/{row.pk}").status_code == 404
    assert client.post(f"{URL}/read-all").json() == {"count": 0}


def test_read_and_unread_again(alice, alice_api, at_noon):
    row = NotificationFactory(user=alice)

    read = alice_api.post(f"{URL}/{row.pk}/read")
    at_noon.shift(60)
    again = alice_api.post(f"{URL}/{row.pk}/read")
    unread = alice_api.post(f"{URL}/{row.pk}/unread")

    assert [answer.status_code for answer in (read, again, unread)] == [200, 200, 200]
    assert read.json()["read_at"] == again.json()["read_at"] == "2026-03-15T12:00:00Z"
    assert unread.json()["read_at"] is None
    assert not AuditEntry.objects.filter(object_id=row.pk).exists()


def test_everything_is_read_at_once(alice, bob, alice_api):
    seen, later = NOON - dt.timedelta(days=1), NOON + dt.timedelta(hours=1)
    NotificationFactory.create_batch(3, user=alice)
    old = NotificationFactory(user=alice, read_at=seen)
    held = NotificationFactory(user=alice, deliver_at=later)
    his = NotificationFactory(user=bob)

    first, second = alice_api.post(f"{URL}/read-all"), alice_api.post(f"{URL}/read-all")

    assert (first.status_code, first.json(), second.json()) == (200, {"count": 3}, {"count": 0})
    assert Notification.objects.filter(user=alice, read_at=NOON).count() == 3
    for row, read_at in ((old, seen), (held, None), (his, None)):
        row.refresh_from_db()
        assert row.read_at == read_at


def test_a_repeated_request_counts_the_same(alice, alice_api):
    NotificationFactory.create_batch(2, user=alice)

    answers = [alice_api.post(f"{URL}/read-all", headers={"Idempotency-Key": "k-1"}) for _ in range(2)]

    assert [answer.json() for answer in answers] == [{"count": 2}] * 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"is_read": "true"}, ["goal.reached"]),
        ({"is_read": "false"}, ["budget.overspent"]),
        ({"topic": "goal.reached"}, ["goal.reached"]),
        ({"topic": "goal.reached", "is_read": "false"}, []),
        ({"ordering": "deliver_at"}, ["goal.reached", "budget.overspent"]),
    ],
    ids=str,
)
def test_narrowing_down(alice, alice_api, query, found):
    NotificationFactory(user=alice)
    earlier = NOON - dt.timedelta(hours=1)
    NotificationFactory(user=alice, topic="goal.reached", deliver_at=earlier, read_at=NOON)

    assert topics(alice_api.get(URL, query)) == found


@pytest.mark.parametrize("query", [{"user": "x"}, {"is_unread": "true"}, {"ordering": "title"}], ids=str)
def test_a_filter_that_is_none_is_named(alice_api, query):
    answer = alice_api.get(URL, query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"?{next(iter(query))}"


def test_a_stranger_finds_nothing_and_changes_nothing(alice, bob_api):
    unread = NotificationFactory(user=alice)
    read = NotificationFactory(user=alice, read_at=NOON - dt.timedelta(days=1))
    before = list(Notification.objects.order_by("pk").values())

    answers = [
        bob_api.get(f"{URL}/{unread.pk}"),
        bob_api.post(f"{URL}/{unread.pk}/read"),
        bob_api.post(f"{URL}/{read.pk}/unread"),
        bob_api.get(f"{URL}/{uuid.uuid4()}"),
    ]

    assert [(answer.status_code, answer.json()["error_code"]) for answer in answers] == [
        (404, "NOT_FOUND")
    ] * 4
    assert topics(bob_api.get(URL)) == []
    assert bob_api.post(f"{URL}/read-all").json() == {"count": 0}
    assert list(Notification.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nobody_writes_or_deletes_one(alice, alice_api, method):
    row = NotificationFactory(user=alice)

    assert getattr(alice_api, method)(f"{URL}/{row.pk}", {"title": "Mine"}).status_code == 405
    assert alice_api.post(URL, {"title": "Mine"}).status_code == 405
    assert Notification.objects.get().title == "Dining is overspent"


@pytest.mark.parametrize(
    ("method", "path", "queries"),
    [
        ("get", "", 1),
        ("get", "/{pk}", 1),
        # A write begins and ends its transaction.
        ("post", "/{pk}/read", 2 + 3),
        ("post", "/{pk}/unread", 2 + 3),
        ("post", "/read-all", 2 + 1),
    ],
)
@pytest.mark.parametrize("number", [1, 60])
def test_how_many_there_are_costs_no_query_more(
    alice, alice_api, django_assert_num_queries, method, path, queries, number
):
    row = NotificationFactory.create_batch(number, user=alice)[0]

    with django_assert_num_queries(1 + queries):
        answer = getattr(alice_api, method)(URL + path.format(pk=row.pk))

    assert answer.status_code == 200
