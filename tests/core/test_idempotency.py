"""The same POST sent twice acts once and answers alike."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core import idempotency
from core.ids import uuid7
from core.models import IdempotencyRecord
from ingest.models import StatementImport
from tests.answers import CheckedClient
from tests.factories import NOW, PASSWORD, TagFactory
from transactions.models import Tag
from transactions.services import merchants
from users.models import User

TAGS = "/api/v1/tags"
KEY = {"HTTP_IDEMPOTENCY_KEY": "b5e1"}
NOBODY = "0198c0de-0000-7000-8000-000000000000"


def test_a_repeated_post_answers_alike_and_acts_once(alice_api, alice):
    first = alice_api.post(TAGS, {"name": "holiday"}, **KEY)
    again = alice_api.post(TAGS, {"name": "holiday"}, **KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Tag.objects.for_user(alice).count() == 1


def test_a_repetition_is_known_whatever_the_order_of_its_fields(alice_api):
    body = {"name": "Main", "kind": "checking", "currency": "EUR"}
    first = alice_api.post("/api/v1/accounts", body, **KEY)
    again = alice_api.post("/api/v1/accounts", dict(reversed(body.items())), **KEY)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_same_key_with_another_body_is_refused(alice_api, alice):
    alice_api.post(TAGS, {"name": "holiday"}, **KEY)
    answer = alice_api.post(TAGS, {"name": "work"}, **KEY)

    assert answer.status_code == 409
    assert answer.json()["error_code"] == "IDEMPOTENCY_KEY_REUSED"
    assert list(Tag.objects.for_user(alice).values_list("name", flat=True)) == ["holiday"]


def test_the_same_key_at_another_address_is_refused(alice_api):
    alice_api.post(TAGS, {"name": "holiday"}, **KEY)
    answer = alice_api.post("/api/v1/merchants", {"name": "holiday"}, **KEY)
    assert answer.json()["error_code"] == "IDEMPOTENCY_KEY_REUSED"


def test_two_people_may_choose_the_same_key(alice_api, bob_api, alice, bob):
    for client in (alice_api, bob_api):
        answer = client.post(TAGS, {"name": "holiday"}, **KEY)
        assert answer.status_code == 201
        assert "Idempotency-Replayed" not in answer.headers
    assert Tag.objects.for_user(alice).count() == Tag.objects.for_user(bob).count() == 1


def test_without_a_key_nothing_is_kept(alice_api):
    alice_api.post(TAGS, {"name": "holiday"})
    assert not IdempotencyRecord.objects.exists()


def test_other_methods_pass_the_key_over(alice_api, alice):
    tag = TagFactory(user=alice)
    assert alice_api.patch(f"{TAGS}/{tag.pk}", {"name": "one"}, **KEY).status_code == 200
    assert alice_api.patch(f"{TAGS}/{tag.pk}", {"name": "two"}, **KEY).json()["name"] == "two"
    assert not IdempotencyRecord.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "tab\there"])
def test_a_key_that_cannot_be_kept_is_named(alice_api, alice, key):
    answer = alice_api.post(TAGS, {"name": "holiday"}, HTTP_IDEMPOTENCY_KEY=key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "Idempotency-Key"
    assert not Tag.objects.for_user(alice).exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": ""}, 400, "VALIDATION_ERROR"),
        ({"name": "Taken"}, 409, "TAG_EXISTS"),
    ],
)
def test_a_refusal_does_not_use_the_key_up(alice_api, alice, body, status, code):
    TagFactory(user=alice, name="taken")
    refused = alice_api.post(TAGS, body, **KEY)
    assert (refused.status_code, refused.json()["error_code"]) == (status, code)
    assert not IdempotencyRecord.objects.exists()

    mended = alice_api.post(TAGS, {"name": "free"}, **KEY)

    assert mended.status_code == 201
    assert "Idempotency-Replayed" not in mended.headers
    assert set(Tag.objects.for_user(alice).values_list("name", flat=True)) == {"taken", "free"}


def test_an_address_a_body_or_a_parameter_that_is_not_read_does_not_use_the_key_up(alice_api, alice):
    for refused in (
        alice_api.post(f"{TAGS}?nope=1", {"name": "holiday"}, **KEY),
        alice_api.post(TAGS, "{", content_type="application/json", **KEY),
        alice_api.post(TAGS, "<name/>", content_type="application/xml", **KEY),
        alice_api.post(f"{TAGS}/{NOBODY}", {"name": "holiday"}, **KEY),
        alice_api.post(f"/api/v1/transactions/{NOBODY}/restore", **KEY),
    ):
        assert refused.status_code in {400, 404, 405, 415}
    assert alice_api.post(TAGS, {"name": "holiday"}, **KEY).status_code == 201


def test_a_refused_token_frees_the_key(alice, alice_api, client_of):
    reader = client_of(alice, scopes=("read:transactions",))
    assert reader.post(TAGS, {"name": "holiday"}, **KEY).status_code == 403
    assert alice_api.post(TAGS, {"name": "work"}, **KEY).status_code == 201


def test_a_crash_is_not_kept_and_leaves_nothing_behind(alice_api, alice, monkeypatch):
    create = merchants.create_tag

    def create_and_crash(*args, **fields):
        create(*args, **fields)
        raise RuntimeError("the disk is full")

    alice_api.raise_request_exception = False
    monkeypatch.setattr(merchants, "create_tag", create_and_crash)
    assert alice_api.post(TAGS, {"name": "holiday"}, **KEY).status_code == 500
    assert not Tag.objects.for_user(alice).exists()
    assert not IdempotencyRecord.objects.exists()

    monkeypatch.setattr(merchants, "create_tag", create)
    assert alice_api.post(TAGS, {"name": "holiday"}, **KEY).status_code == 201


def upload(client, content=b"Date,Amount\n", **options):
    file = SimpleUploadedFile("march.csv", content)
    return client.post("/api/v1/ingest/statements", {"file": file, **options}, format="multipart", **KEY)


def test_an_upload_is_compared_by_its_content(alice_api, alice):
    first = upload(alice_api, dry_run="true")
    again = upload(alice_api, dry_run="true")
    other = upload(alice_api, b"Date,Amount\n2026-03-01,-1\n", dry_run="true")
    changed = upload(alice_api, dry_run="false")

    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == first.json()
    assert other.json()["error_code"] == changed.json()["error_code"] == "IDEMPOTENCY_KEY_REUSED"
    assert StatementImport.objects.for_user(alice).count() == 1


def test_a_stranger_may_register_with_a_key(api):
    body = {"email": "new@example.org", "password": PASSWORD}
    first = api.post("/api/v1/auth/register", body, **KEY)
    again = api.post("/api/v1/auth/register", body, **KEY)

    assert first.status_code == again.status_code == 201
    assert again.json() == first.json()
    assert User.objects.filter(email="new@example.org").count() == 1


def test_strangers_at_two_addresses_may_choose_the_same_key(api):
    for number in (1, 2):
        body = {"email": f"new{number}@example.org", "password": PASSWORD}
        answer = api.post("/api/v1/auth/register", body, REMOTE_ADDR=f"192.0.2.{number}", **KEY)
        assert answer.status_code == 201


def test_behind_a_proxy_a_stranger_is_told_by_their_own_address(api, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    for number in (1, 2):
        body = {"email": f"new{number}@example.org", "password": PASSWORD}
        address = {"HTTP_X_FORWARDED_FOR": f"203.0.113.9, 192.0.2.{number}"}
        assert api.post("/api/v1/auth/register", body, **address, **KEY).status_code == 201


def test_an_answer_without_a_body_is_given_again(alice_api):
    for _ in range(2):
        answer = alice_api.post("/api/v1/auth/password/forgot", {"email": "nobody@example.org"}, **KEY)
        assert (answer.status_code, answer.content) == (204, b"")


def test_answers_are_stored_encrypted(api):
    answer = api.post("/api/v1/auth/register", {"email": "new@example.org", "password": PASSWORD}, **KEY)
    stored = bytes(IdempotencyRecord.objects.get().body)
    assert b"new@example.org" not in stored
    assert answer.json()["access"].encode() not in stored


def test_answers_are_forgotten_after_a_day(alice_api):
    with time_machine.travel(NOW, tick=False):
        alice_api.credentials()
        alice_api.post("/api/v1/auth/password/forgot", {"email": "nobody@example.org"}, **KEY)

    assert idempotency.forget_old_answers(now=NOW + dt.timedelta(hours=24)) == 0
    assert idempotency.forget_old_answers(now=NOW + dt.timedelta(hours=24, seconds=1)) == 1
    assert not IdempotencyRecord.objects.exists()


@pytest.fixture
def working(alice, client_of, monkeypatch):
    """Sends a request with the key while another with it is being worked on, and gives both answers."""
    monkeypatch.setattr(idempotency, "PATIENCE", dt.timedelta(0))
    create, answers = merchants.create_tag, []

    def send(body):
        with time_machine.travel(NOW, tick=False):
            client = client_of(alice)

            def create_slowly(*args, **fields):
                monkeypatch.setattr(merchants, "create_tag", create)
                answers.append(client.post(TAGS, body, **KEY))
                return create(*args, **fields)

            monkeypatch.setattr(merchants, "create_tag", create_slowly)
            return client.post(TAGS, {"name": "holiday"}, **KEY), answers[0]

    return send


def test_a_second_request_is_told_to_come_back_while_the_first_is_worked_on(working, alice):
    first, second = working({"name": "holiday"})

    assert first.status_code == 201
    assert (second.status_code, second.json()["error_code"]) == (409, "IDEMPOTENCY_KEY_IN_USE")
    assert second.headers["Retry-After"] == "30"
    assert Tag.objects.for_user(alice).count() == 1


def test_another_request_with_the_key_of_one_that_is_worked_on_is_refused(working):
    _, second = working({"name": "work"})
    assert (second.status_code, second.json()["error_code"]) == (409, "IDEMPOTENCY_KEY_REUSED")


def test_a_request_that_lost_its_key_while_it_worked_keeps_nothing(alice_api, alice, monkeypatch):
    create = merchants.create_tag

    def create_and_lose_the_key(*args, **fields):
        IdempotencyRecord.objects.update(lease=uuid7())
        return create(*args, **fields)

    monkeypatch.setattr(merchants, "create_tag", create_and_lose_the_key)

    answer = alice_api.post(TAGS, {"name": "holiday"}, **KEY)

    assert (answer.status_code, answer.json()["error_code"]) == (409, "IDEMPOTENCY_KEY_IN_USE")
    assert answer.headers["Retry-After"] == "1"
    assert not Tag.objects.for_user(alice).exists()


@pytest.fixture
def request_of_alice(alice):
    request = Request(APIRequestFactory().post(TAGS, {"name": "holiday"}), parsers=[JSONParser()])
    request.user = alice
    return request


DONE = {"content": b"{}", "status": 201, "content_type": "application/json"}


def test_of_two_claims_only_the_later_can_keep_an_answer(request_of_alice):
    first = idempotency.claim(request_of_alice, key="b5e1", clock=lambda: NOW)
    second = idempotency.claim(request_of_alice, key="b5e1", clock=lambda: NOW + idempotency.LEASE)

    with pytest.raises(idempotency.KeyInUseError), first:
        first.keep(HttpResponse(**DONE))
    with second:
        second.keep(HttpResponse(**DONE))

    assert IdempotencyRecord.objects.get().status_code == 201


def test_the_key_of_a_request_that_died_is_free_when_its_lease_ends(alice, client_of):
    with time_machine.travel(NOW, tick=False) as clock:
        client = client_of(alice)
        IdempotencyRecord.objects.create(
            owner=str(alice.pk), key="b5e1", fingerprint="of another", created_at=NOW, lease=uuid7(),
            leased_until=NOW + idempotency.LEASE,
        )  # fmt: skip
        clock.shift(idempotency.LEASE - dt.timedelta(seconds=1))
        assert client.post(TAGS, {"name": "holiday"}, **KEY).json()["error_code"] == "IDEMPOTENCY_KEY_REUSED"
        clock.shift(dt.timedelta(seconds=1))
        assert client.post(TAGS, {"name": "holiday"}, **KEY).status_code == 201
    assert Tag.objects.for_user(alice).count() == 1


def test_a_second_request_waits_a_little_for_the_first(request_of_alice):
    held = idempotency.claim(request_of_alice, key="b5e1", clock=lambda: NOW)
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            held.keep(HttpResponse(**DONE))

    found = idempotency.claim(request_of_alice, key="b5e1", clock=lambda: NOW, pause=pause)

    assert (found.response().status_code, found.response().content) == (201, b"{}")
    assert pauses == [0.025] * 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a SQLite test database has one writer")
def test_two_at_the_same_moment_act_once(alice, client_of):
    token = client_of(alice)._credentials
    answers = []

    def post():
        client = CheckedClient()
        client.credentials(**token)
        answers.append(client.post(TAGS, {"name": "holiday"}, **KEY))
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Tag.objects.for_user(alice).count() == 1
