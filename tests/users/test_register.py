"""Making an account."""

import pytest

from tests.factories import PASSWORD
from tests.users.conftest import is_alive
from users.models import User

REGISTER = "/api/v1/auth/register"
NEW = {"email": "new@example.org", "password": PASSWORD}


def test_a_newcomer_gets_an_account_and_both_tokens(api):
    more = {
        "name": "Ada",
        "country": "BG",
        "base_currency": "bgn",
        "time_zone": "Europe/Sofia",
        "locale": "bg",
    }
    answer = api.post(REGISTER, NEW | more)
    assert answer.status_code == 201
    assert set(answer.json()) == {"user", "access", "refresh"}
    user = User.objects.get()
    shown = answer.json()["user"]
    assert shown.pop("created_at").endswith("Z")
    assert shown.pop("updated_at").endswith("Z")
    assert shown == {
        "id": str(user.pk),
        "email": "new@example.org",
        "name": "Ada",
        "country": "BG",
        "base_currency": "BGN",
        "time_zone": "Europe/Sofia",
        "locale": "bg",
        "is_premium": False,
        "is_verified": False,
    }
    assert is_alive(answer.json()["access"])


def test_an_address_and_a_password_are_enough(api):
    shown = api.post(REGISTER, NEW).json()["user"]
    assert (shown["base_currency"], shown["time_zone"], shown["locale"]) == ("EUR", "UTC", "en")


def test_a_newcomer_has_what_every_person_has(api):
    api.post(REGISTER, NEW)
    user = User.objects.get()
    assert user.profile.pay_frequency == "monthly"
    assert user.preferences.coaching_tone == "neutral"
    assert user.settings.theme == "system"
    assert user.categories.filter(code="groceries").exists()
    assert not user.is_staff
    assert not user.is_superuser


@pytest.mark.parametrize("email", ["alice@example.org", "Alice@Example.ORG", " ALICE@example.org "])
def test_an_address_is_taken_whatever_its_case(api, alice, email):
    answer = api.post(REGISTER, NEW | {"email": email})
    assert answer.status_code == 409
    assert answer.json()["error_code"] == "EMAIL_ALREADY_EXISTS"
    assert User.objects.count() == 1


def test_an_address_is_kept_in_lower_case(api):
    assert api.post(REGISTER, NEW | {"email": "New@Example.ORG"}).json()["user"]["email"] == "new@example.org"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "blank"),
        ("short", "password_too_short"),
        ("1234567890", "password_entirely_numeric"),
        ("password123", "password_too_common"),
        ("new@example.org", "password_too_similar"),
        ("x" * 129, "max_length"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(api, password, code):
    answer = api.post(REGISTER, NEW | {"password": password})
    assert answer.status_code == 400
    assert ("/password", code) in [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("email", "", "blank"),
        ("email", "nobody", "invalid"),
        ("email", None, "null"),
        ("base_currency", "ZZZ", "unknown_currency"),
        ("base_currency", "EURO", "unknown_currency"),
        ("time_zone", "Mars/Olympus", "unknown_time_zone"),
        ("country", "de", "invalid"),
        ("locale", "Deutsch!", "invalid"),
        ("name", "x" * 151, "max_length"),
        ("is_staff", True, "unknown_field"),
        ("is_premium", True, "unknown_field"),
        ("token_version", 7, "unknown_field"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(api, field, value, code):
    answer = api.post(REGISTER, NEW | {field: value})
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(f"/{field}", code)]
    assert not User.objects.exists()


def test_the_password_is_in_no_answer(api):
    assert PASSWORD not in api.post(REGISTER, NEW).content.decode()


def test_a_password_may_begin_and_end_with_a_space(api):
    password = f" {PASSWORD} "
    api.post(REGISTER, NEW | {"password": password})
    assert User.objects.get().check_password(password)
