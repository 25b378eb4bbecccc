"""Signing in by e-mail address and password."""

import json
from base64 import urlsafe_b64decode

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from core.scopes import all_scopes
from tests.factories import PASSWORD
from tests.users.conftest import bearer, is_alive, log_in

LOGIN = "/api/v1/auth/login"


def claims(token):
    """What a token says, unverified."""
    payload = token.split(".")[1]
    return json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


@pytest.mark.parametrize("email", ["alice@example.org", "Alice@Example.ORG", " alice@example.org "])
def test_the_case_of_an_address_does_not_matter(api, alice, email):
    answer = api.post(LOGIN, {"email": email, "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] == str(alice.pk)
    assert is_alive(answer.json()["access"])


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(api, alice):
    wrong = api.post(LOGIN, {"email": "alice@example.org", "password": "something else"})
    unknown = api.post(LOGIN, {"email": "nobody@example.org", "password": "something else"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["error_code"] == "INVALID_CREDENTIALS"
    assert wrong.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}


def test_a_wrong_password_and_an_unknown_address_cost_the_same(api, alice, monkeypatch):
    hashes = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashes.append(1) or encode(*args))
    counts = []
    for email in ("alice@example.org", "nobody@example.org"):
        hashes.clear()
        api.post(LOGIN, {"email": email, "password": "something else"})
        counts.append(len(hashes))
    assert counts[0] == counts[1] > 0


def test_a_person_who_was_deactivated_gets_the_same_answer(api, alice):
    alice.is_active = False
    alice.save()
    answer = api.post(LOGIN, {"email": "alice@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.json()["error_code"]) == (401, "INVALID_CREDENTIALS")


@pytest.mark.parametrize("password", [PASSWORD.upper(), f" {PASSWORD}", PASSWORD[:-1]])
def test_a_password_is_exact(api, alice, password):
    assert api.post(LOGIN, {"email": "alice@example.org", "password": password}).status_code == 401


def test_tokens_carry_all_scopes_unless_fewer_are_asked_for(alice):
    everything = claims(log_in()["access"])
    assert set(everything["scope"].split()) == set(all_scopes())
    little = log_in(scopes=["read:profile"])
    assert claims(little["access"])["scope"] == claims(little["refresh"])["scope"] == "read:profile"


def test_fewer_scopes_open_fewer_doors(alice):
    client = bearer(log_in(scopes=["read:profile"])["access"])
    assert client.get("/api/v1/users/me").status_code == 200
    assert client.patch("/api/v1/users/me", {"name": "Al"}).status_code == 403
    assert client.get("/api/v1/tags").status_code == 403


def test_fewer_scopes_stay_fewer_after_a_refresh(alice, api):
    pair = log_in(scopes=["read:profile"])
    renewed = api.post("/api/v1/auth/refresh", {"refresh": pair["refresh"]}).json()
    assert claims(renewed["access"])["scope"] == "read:profile"


@pytest.mark.parametrize("scopes", [[], ["read:everything"], "read:profile"])
def test_scopes_that_are_none_are_named(api, alice, scopes):
    body = {"email": "alice@example.org", "password": PASSWORD, "scopes": scopes}
    answer = api.post(LOGIN, body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].startswith("/scopes")


def test_a_token_tells_nothing_about_the_person(alice):
    assert set(claims(log_in()["access"])) == {
        "token_type", "exp", "iat", "jti", "user_id", "family", "version", "scope",
    }  # fmt: skip
