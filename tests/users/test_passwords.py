"""Changing a password, and choosing a new one when it is forgotten."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail

from tests.factories import PASSWORD
from tests.users.conftest import bearer, is_alive, log_in
from users.models import User

CHANGE = "/api/v1/auth/password/change"
FORGOT = "/api/v1/auth/password/forgot"
RESET = "/api/v1/auth/password/reset"
NEW = "a short swim in June"


def test_a_new_password_replaces_the_old_one(alice, signed_in):
    answer = bearer(signed_in["access"]).post(CHANGE, {"old_password": PASSWORD, "new_password": NEW})
    assert answer.status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_after_a_change_only_the_new_tokens_work(api, signed_in):
    other = log_in()
    client = bearer(signed_in["access"])
    pair = client.post(CHANGE, {"old_password": PASSWORD, "new_password": NEW}).json()

    assert is_alive(pair["access"])
    assert not is_alive(signed_in["access"])
    assert not is_alive(other["access"])
    for old in (signed_in, other):
        assert api.post("/api/v1/auth/refresh", {"refresh": old["refresh"]}).status_code == 401
    assert api.post("/api/v1/auth/refresh", {"refresh": pair["refresh"]}).status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "pointer", "code"),
    [
        ("something else", NEW, "/old_password", "wrong_password"),
        (PASSWORD, "short", "/new_password", "password_too_short"),
        (PASSWORD, "", "/new_password", "blank"),
        (PASSWORD, "alice@example.org", "/new_password", "password_too_similar"),
    ],
)
def test_a_refused_change_changes_nothing(alice, signed_in, old, new, pointer, code):
    answer = bearer(signed_in["access"]).post(CHANGE, {"old_password": old, "new_password": new})
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert is_alive(signed_in["access"])


def test_a_change_needs_a_token(api):
    assert api.post(CHANGE, {"old_password": PASSWORD, "new_password": NEW}).status_code == 401


@pytest.fixture
def link(api, alice, commits):
    """What the link in the letter to alice carries."""
    with commits():
        api.post(FORGOT, {"email": "alice@example.org"})
    return link_in(mail.outbox[-1])


def link_in(letter):
    address = re.search(r"https?://\S+", letter.body)[0]
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def reset(api, link, password=NEW):
    return api.post(RESET, link | {"new_password": password})


def assert_dead(answer):
    assert (answer.status_code, answer.json()["error_code"]) == (400, "RESET_LINK_INVALID")


def test_a_known_address_gets_a_letter_with_a_link(api, alice, commits, settings):
    settings.PASSWORD_RESET_URL = "https://app.example.org/new-password"
    with commits():
        answer = api.post(FORGOT, {"email": "Alice@Example.org"})
    assert answer.status_code == 204
    [letter] = mail.outbox
    assert letter.to == ["alice@example.org"]
    assert letter.subject == "Choose a new password"
    assert "https://app.example.org/new-password?uid=" in letter.body


def test_the_answer_is_the_same_for_an_unknown_address(api, alice, commits):
    with commits():
        unknown = api.post(FORGOT, {"email": "nobody@example.org"})
    assert mail.outbox == []
    with commits():
        known = api.post(FORGOT, {"email": "alice@example.org"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (204, b"")


def test_whether_an_address_is_known_is_not_looked_up_during_the_request(api, django_assert_num_queries):
    with django_assert_num_queries(0):
        api.post(FORGOT, {"email": "nobody@example.org"})


def test_a_deactivated_person_gets_no_letter(api, alice, commits):
    alice.is_active = False
    alice.save()
    with commits():
        assert api.post(FORGOT, {"email": "alice@example.org"}).status_code == 204
    assert mail.outbox == []


def test_the_link_lets_a_new_password_be_chosen(api, alice, link):
    answer = reset(api, link)
    assert (answer.status_code, answer.content) == (204, b"")
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert log_in(password=NEW)


def test_a_new_password_signs_every_client_out(api, link, signed_in):
    reset(api, link)
    assert not is_alive(signed_in["access"])
    assert api.post("/api/v1/auth/refresh", {"refresh": signed_in["refresh"]}).status_code == 401


def test_the_link_works_once(api, alice, link):
    reset(api, link)
    assert_dead(reset(api, link, "a third password here"))
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_using_one_link_kills_the_others(api, alice, link, commits):
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)), commits():
        api.post(FORGOT, {"email": "alice@example.org"})
    reset(api, link)
    assert_dead(reset(api, link_in(mail.outbox[-1]), "a third password here"))


def test_a_weak_password_leaves_the_link_alive(api, link):
    answer = reset(api, link, "short")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/new_password"
    assert reset(api, link).status_code == 204


def test_the_link_dies_after_three_days(api, link):
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3, minutes=1)):
        assert_dead(reset(api, link))


def test_the_link_dies_with_a_changed_password(api, link, signed_in):
    bearer(signed_in["access"]).post(CHANGE, {"old_password": PASSWORD, "new_password": NEW})
    assert_dead(reset(api, link))


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": "c0ffee-0123456789abcdef"},
        {"token": "nonsense"},
        {"uid": "nonsense"},
        {"uid": "0" * 32},
        {"uid": "-1"},
        {"uid": "9" * 64},
        {"uid": "🌴"},
    ],
)
def test_a_made_up_link_is_refused(api, alice, link, wrong):
    assert_dead(reset(api, link | wrong))
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_link_is_for_its_own_person(api, alice, bob, link, commits):
    with commits():
        api.post(FORGOT, {"email": "bob@example.org"})
    assert_dead(reset(api, link | {"uid": link_in(mail.outbox[-1])["uid"]}))
    assert User.objects.get(pk=bob.pk).check_password(PASSWORD)
