"""An access token dies at once; who is calling is found without a query where the cache is shared."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken

from tests.factories import PASSWORD
from tests.users.conftest import bearer, is_alive, log_in
from users import authentication, services
from users.models import User


@pytest.fixture(params=["alone", "shared"])
def caching(request, settings):
    """Once as on a laptop, once as on a server, where processes share a cache."""
    settings.CACHE_IS_SHARED = request.param == "shared"


@pytest.fixture
def _shared(settings):
    settings.CACHE_IS_SHARED = True


def change_password(pair):
    body = {"old_password": PASSWORD, "new_password": "a short swim in June"}
    assert bearer(pair["access"]).post("/api/v1/auth/password/change", body).status_code == 200


def log_out_everywhere(pair):
    assert bearer(pair["access"]).post("/api/v1/auth/logout-all").status_code == 204


@pytest.mark.usefixtures("caching")
@pytest.mark.parametrize("end", [change_password, log_out_everywhere])
def test_every_access_token_dies_at_once(signed_in, commits, end):
    other = log_in()
    assert is_alive(signed_in["access"])
    assert is_alive(other["access"])
    with commits():
        end(signed_in)
    assert not is_alive(signed_in["access"])
    assert not is_alive(other["access"])
    assert is_alive(log_in(password="a short swim in June" if end is change_password else PASSWORD)["access"])


@pytest.mark.usefixtures("caching")
def test_the_tokens_of_a_deactivated_person_die_at_once(alice, signed_in, commits):
    assert is_alive(signed_in["access"])
    with commits():
        alice.is_active = False
        alice.save()
        services.forget_cached(alice)
    assert not is_alive(signed_in["access"])


@pytest.mark.usefixtures("caching")
def test_logging_out_one_client_leaves_the_access_tokens(signed_in):
    bearer(signed_in["access"]).post("/api/v1/auth/logout", {"refresh": signed_in["refresh"]})
    assert is_alive(signed_in["access"])


@pytest.mark.usefixtures("caching")
def test_a_change_of_who_one_is_shows_at_once(signed_in, commits):
    client = bearer(signed_in["access"])
    assert client.get("/api/v1/users/me").json()["name"] == "Alice"
    with commits():
        client.patch("/api/v1/users/me", {"name": "Al"})
    assert client.get("/api/v1/users/me").json()["name"] == "Al"


@pytest.mark.usefixtures("caching")
def test_a_password_is_checked_against_the_database_and_not_the_cache(signed_in, alice):
    assert is_alive(signed_in["access"])
    User.objects.filter(pk=alice.pk).update(password="!")
    body = {"old_password": PASSWORD, "new_password": "a short swim in June"}
    assert bearer(signed_in["access"]).post("/api/v1/auth/password/change", body).status_code == 400


@pytest.mark.usefixtures("_shared")
def test_the_hash_of_a_password_is_not_in_the_cache(alice, signed_in):
    assert is_alive(signed_in["access"])
    assert "password" not in cache.get(f"caller:{alice.pk}")


@pytest.mark.usefixtures("_shared")
def test_a_reader_that_was_slower_than_a_change_does_not_undo_it(alice, signed_in, commits, monkeypatch):
    """The reader takes the row from the database, the change commits, and only then the reader caches."""
    columns = authentication._columns

    def change_meanwhile(user):
        monkeypatch.setattr(authentication, "_columns", columns)
        stale = columns(user)
        with commits():
            services.log_out_everywhere(user, now=user.created_at)
        return stale

    monkeypatch.setattr(authentication, "_columns", change_meanwhile)
    assert is_alive(signed_in["access"])
    assert not is_alive(signed_in["access"])


@pytest.mark.usefixtures("_shared")
def test_what_is_remembered_is_the_row_as_it_is_then(alice, commits):
    stale = User.objects.get(pk=alice.pk)
    with commits():
        services.log_out_everywhere(alice, now=alice.created_at)
    with commits():
        services.forget_cached(stale)
    assert cache.get(f"caller:{alice.pk}")["token_version"] == 2


@pytest.mark.usefixtures("_shared")
def test_a_warm_cache_asks_the_database_nothing_about_the_caller(signed_in, django_assert_num_queries):
    client = bearer(signed_in["access"])
    client.get("/api/v1/users/me")
    with django_assert_num_queries(0):
        assert client.get("/api/v1/users/me").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/api/v1/tags").status_code == 200


def test_without_a_shared_cache_the_caller_is_one_query(signed_in, django_assert_num_queries, settings):
    settings.CACHE_IS_SHARED = False
    client = bearer(signed_in["access"])
    for _ in range(2):
        with django_assert_num_queries(1):
            client.get("/api/v1/users/me")


@pytest.mark.parametrize("claims", [{"version": 0}, {"version": 2}, {"version": "1"}, {"version": None}])
def test_a_token_that_says_something_else_is_refused(alice, claims):
    token = AccessToken()
    token["user_id"], token["version"], token["scope"] = str(alice.pk), 1, "read:profile"
    assert is_alive(str(token))
    for name, value in claims.items():
        token[name] = value
    assert not is_alive(str(token))


def test_a_token_signed_by_somebody_else_is_refused(alice):
    token = jwt.encode({"user_id": str(alice.pk), "version": 1, "token_type": "access"}, "x" * 64, "HS256")
    unsigned = jwt.encode({"user_id": str(alice.pk), "version": 1, "token_type": "access"}, None, "none")
    assert not is_alive(token)
    assert not is_alive(unsigned)


def test_passwords_are_hashed_with_argon2(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.hashers import make_password\n"
        "print(make_password('a long walk in March'))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    made = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=Path(django_settings.BASE_DIR),
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.startswith("argon2$argon2id$")


def refused(token):
    answer = bearer(token).get("/api/v1/users/me")
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    return answer.json()["error_code"], answer.json()["error"]


def test_an_expired_token_says_that_it_has_expired(signed_in):
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert refused(signed_in["access"]) == (
            "TOKEN_EXPIRED",
            "This token has expired; refresh it or sign in again.",
        )


def test_a_refresh_token_is_no_access_token(signed_in):
    assert refused(signed_in["refresh"]) == (
        "TOKEN_INVALID",
        "This is a refresh token; send the access token that came with it.",
    )


def test_a_token_signed_by_another_is_forged_also_where_it_has_expired(alice):
    claims = {"token_type": "access", "user_id": str(alice.pk), "version": 1, "exp": 1, "jti": "1"}
    forged = jwt.encode(claims, "another secret, and a long one: 0123456789", algorithm="HS256")

    assert refused(forged) == ("TOKEN_INVALID", "This token is not valid, or no longer.")
