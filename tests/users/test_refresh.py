"""A refresh token is good once; a second use ends its family."""

import datetime as dt

import pytest
import time_machine

from tests.factories import PASSWORD
from tests.users.conftest import bearer, is_alive, log_in
from users import services
from users.models import SignIn

REFRESH = "/api/v1/auth/refresh"


def refresh(api, token, **headers):
    return api.post(REFRESH, {"refresh": token}, **headers)


def assert_refused(answer, code):
    assert (answer.status_code, answer.json()["error_code"]) == (401, code)


def test_a_refresh_token_is_exchanged_for_a_new_pair(api, signed_in):
    answer = refresh(api, signed_in["refresh"])
    assert answer.status_code == 200
    assert answer.json()["user"] == signed_in["user"]
    assert answer.json()["refresh"] != signed_in["refresh"]
    assert is_alive(answer.json()["access"])


def test_the_family_stays_one_through_every_rotation(api, signed_in):
    token = signed_in["refresh"]
    for _ in range(3):
        token = refresh(api, token).json()["refresh"]
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, {"HTTP_IDEMPOTENCY_KEY": "b5e1"}])
def test_a_token_used_twice_revokes_the_family_for_good(api, signed_in, headers):
    latest = refresh(api, signed_in["refresh"]).json()["refresh"]

    assert_refused(refresh(api, signed_in["refresh"], **headers), "TOKEN_REUSED")

    assert SignIn.objects.get().revoked_at is not None
    assert_refused(refresh(api, latest), "TOKEN_INVALID")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, {"HTTP_IDEMPOTENCY_KEY": "b5e1"}])
def test_the_revocation_outlives_the_refusal_s_own_transaction(api, signed_in, headers):
    refresh(api, signed_in["refresh"])
    assert_refused(refresh(api, signed_in["refresh"], **headers), "TOKEN_REUSED")
    assert SignIn.objects.get().revoked_at is not None


def test_reuse_leaves_the_person_s_other_clients_alone(api, signed_in):
    other = log_in()
    refresh(api, signed_in["refresh"])
    refresh(api, signed_in["refresh"])
    assert refresh(api, other["refresh"]).status_code == 200


def test_a_client_that_missed_the_answer_asks_again_with_its_key(api, signed_in):
    key = {"HTTP_IDEMPOTENCY_KEY": "b5e1"}
    first = refresh(api, signed_in["refresh"], **key)
    again = refresh(api, signed_in["refresh"], **key)
    assert again.json() == first.json()
    assert refresh(api, again.json()["refresh"]).status_code == 200


@pytest.mark.parametrize("kind", ["access", "nonsense", "cut"])
def test_what_is_not_a_refresh_token_is_refused(api, signed_in, kind):
    token = {"access": signed_in["access"], "nonsense": "nonsense", "cut": signed_in["refresh"][:-4]}[kind]
    assert_refused(refresh(api, token), "TOKEN_INVALID")


def test_a_refresh_token_opens_no_door(signed_in):
    assert not is_alive(signed_in["refresh"])


def test_a_refresh_token_is_good_for_thirty_days_from_its_making(api, alice):
    with time_machine.travel(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), tick=False) as clock:
        token = log_in()["refresh"]
        clock.shift(dt.timedelta(days=29, hours=23))
        token = refresh(api, token).json()["refresh"]
        clock.shift(dt.timedelta(days=30, seconds=1))
        assert_refused(refresh(api, token), "TOKEN_INVALID")


def test_an_access_token_is_good_for_thirty_minutes(alice):
    with time_machine.travel(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), tick=False) as clock:
        access = log_in()["access"]
        clock.shift(dt.timedelta(minutes=29, seconds=59))
        assert is_alive(access)
        clock.shift(dt.timedelta(seconds=2))
        assert not is_alive(access)


def test_a_token_of_a_deactivated_person_is_refused(api, alice, signed_in):
    alice.is_active = False
    alice.save()
    assert_refused(refresh(api, signed_in["refresh"]), "TOKEN_INVALID")


def test_families_whose_tokens_have_expired_are_forgotten(alice, signed_in):
    expires_at = SignIn.objects.get().expires_at
    assert services.forget_old_sign_ins(now=expires_at) == 0
    assert services.forget_old_sign_ins(now=expires_at + dt.timedelta(seconds=1)) == 1


def test_logging_out_ends_this_client_s_family(api, signed_in):
    other = log_in()
    answer = bearer(signed_in["access"]).post("/api/v1/auth/logout", {"refresh": signed_in["refresh"]})
    assert (answer.status_code, answer.content) == (204, b"")
    assert_refused(refresh(api, signed_in["refresh"]), "TOKEN_INVALID")
    assert refresh(api, other["refresh"]).status_code == 200


@pytest.mark.parametrize("token", ["nonsense", None])
def test_logging_out_twice_or_with_a_dead_token_is_no_mistake(signed_in, token):
    client = bearer(signed_in["access"])
    for _ in range(2):
        body = {"refresh": token or signed_in["refresh"]}
        assert client.post("/api/v1/auth/logout", body).status_code == 204


def test_nobody_logs_out_another_person(api, bob, signed_in):
    client = bearer(log_in("bob@example.org", PASSWORD)["access"])
    assert client.post("/api/v1/auth/logout", {"refresh": signed_in["refresh"]}).status_code == 204
    assert refresh(api, signed_in["refresh"]).status_code == 200
