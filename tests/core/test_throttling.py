"""Requests are counted in windows of a minute: a person by id, a stranger by address, sign-in more tightly."""

import datetime as dt

import pytest
import time_machine

TAGS = "/api/v1/tags"
LOGIN = "/api/v1/auth/login"
WHO = {"email": "nobody@example.org", "password": "x"}


@pytest.fixture(autouse=True)
def _few_requests(settings):
    settings.RATE_LIMITS = {"person": 3, "anonymous": 2, "auth": 2}


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime(2026, 3, 15, 12, 0, 15, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


def limits(answer):
    return tuple(int(answer.headers[f"RateLimit-{name}"]) for name in ("Limit", "Remaining", "Reset"))


def test_an_answer_says_how_much_is_left(clock, alice_api):
    assert limits(alice_api.get(TAGS)) == (3, 2, 45)
    clock.shift(dt.timedelta(seconds=5))
    assert limits(alice_api.get(TAGS)) == (3, 1, 40)


def test_too_many_requests_are_told_when_to_come_back(clock, alice_api):
    for _ in range(3):
        assert alice_api.get(TAGS).status_code == 200
    answer = alice_api.get(TAGS)

    assert answer.status_code == 429
    assert answer.json()["error_code"] == "RATE_LIMITED"
    assert answer.headers["Retry-After"] == "45"
    assert limits(answer) == (3, 0, 45)


def test_the_next_minute_begins_anew(clock, alice_api):
    for _ in range(4):
        answer = alice_api.get(TAGS)
    assert answer.status_code == 429
    clock.shift(dt.timedelta(seconds=45))
    assert limits(alice_api.get(TAGS)) == (3, 2, 60)


def test_one_person_does_not_use_up_another_s_requests(clock, alice_api, bob_api):
    for _ in range(4):
        alice_api.get(TAGS)
    assert bob_api.get(TAGS).status_code == 200


def test_a_person_is_counted_whatever_their_address_and_token(clock, alice, client_of):
    for number in range(3):
        assert client_of(alice).get(TAGS, REMOTE_ADDR=f"192.0.2.{number}").status_code == 200
    assert client_of(alice).get(TAGS, REMOTE_ADDR="192.0.2.9").status_code == 429


def test_a_request_without_the_scope_counts(clock, alice, client_of):
    client = client_of(alice, scopes=("read:profile",))
    statuses = [client.get(TAGS).status_code for _ in range(4)]
    assert statuses == [403, 403, 403, 429]


@pytest.mark.parametrize("headers", [{}, {"HTTP_AUTHORIZATION": "Bearer nonsense"}])
def test_a_stranger_is_counted_by_address(clock, api, headers):
    statuses = [api.get(TAGS, **headers).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert api.get(TAGS, REMOTE_ADDR="192.0.2.9", **headers).status_code == 401


def test_an_address_that_a_client_claims_is_not_believed(clock, api):
    statuses = [api.get(TAGS, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(3)]
    assert statuses == [401, 401, 429]


def test_behind_a_proxy_its_word_counts_and_no_other(clock, api, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    claims = [f"198.51.100.{n}, 192.0.2.1" for n in range(3)]
    statuses = [api.get(TAGS, HTTP_X_FORWARDED_FOR=claim).status_code for claim in claims]
    assert statuses == [401, 401, 429]
    assert api.get(TAGS, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 401


def test_sign_in_has_a_limit_of_its_own_by_address(clock, api, alice_api):
    statuses = [api.post(LOGIN, WHO).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert alice_api.post("/api/v1/auth/logout-all").status_code == 429
    assert alice_api.get(TAGS).status_code == 200
    assert api.post(LOGIN, WHO, REMOTE_ADDR="192.0.2.9").status_code == 401


def test_a_refused_request_does_nothing(clock, alice_api, alice):
    for number in range(4):
        answer = alice_api.post(TAGS, {"name": f"tag {number}"})
    assert answer.status_code == 429
    assert alice.tags.count() == 3
