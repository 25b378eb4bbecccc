"""Who one is, how one lives, how one wants to be spoken to: read, replaced, changed."""

import pytest

from core import jobs
from core.models import AuditEntry
from users.models import User

ME = "/api/v1/users/me"
PARTS = [ME, f"{ME}/profile", f"{ME}/preferences", f"{ME}/settings"]


def faults(answer):
    assert answer.status_code == 400
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


def test_me(alice_api, alice):
    shown = alice_api.get(ME).json()
    assert set(shown) == {
        "id", "email", "name", "country", "base_currency", "time_zone", "locale", "is_premium", "is_verified",
        "created_at", "updated_at",
    }  # fmt: skip
    assert (shown["id"], shown["email"], shown["name"]) == (str(alice.pk), "alice@example.org", "Alice")


def test_a_newcomer_s_profile(alice_api):
    assert alice_api.get(f"{ME}/profile").json() == {
        "monthly_income": None,
        "currency": "EUR",
        "pay_frequency": "monthly",
        "household_adults": 1,
        "household_children": 0,
        "employment": "",
    }


def test_a_newcomer_s_preferences(alice_api):
    assert alice_api.get(f"{ME}/preferences").json() == {
        "notify_in_app": True,
        "notify_by_email": True,
        "notify_by_push": False,
        "quiet_from": "21:00:00",
        "quiet_until": "08:00:00",
        "coaching_tone": "neutral",
    }


def test_a_newcomer_s_settings(alice_api):
    assert alice_api.get(f"{ME}/settings").json() == {
        "theme": "system",
        "week_starts_on": 1,
        "hide_amounts": False,
    }


@pytest.mark.parametrize("path", PARTS)
def test_what_was_read_can_be_put_back_unchanged(alice_api, path):
    alice_api.patch(f"{ME}/profile", {"monthly_income": "2500.00"})
    AuditEntry.objects.all().delete()
    shown = alice_api.get(path).json()
    answer = alice_api.put(path, shown)
    assert answer.status_code == 200
    assert answer.json() | {"updated_at": ""} == shown | {"updated_at": ""}
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("path", "field", "value", "shown"),
    [
        (ME, "name", "Al", "Al"),
        (ME, "country", "BG", "BG"),
        (ME, "base_currency", "usd", "USD"),
        (ME, "time_zone", "Europe/Sofia", "Europe/Sofia"),
        (ME, "locale", "de-AT", "de-AT"),
        (f"{ME}/profile", "monthly_income", "2500", "2500.00"),
        (f"{ME}/profile", "monthly_income", 2500, "2500.00"),
        (f"{ME}/profile", "pay_frequency", "weekly", "weekly"),
        (f"{ME}/profile", "household_adults", 2, 2),
        (f"{ME}/profile", "employment", "self_employed", "self_employed"),
        (f"{ME}/preferences", "quiet_from", "22:30", "22:30:00"),
        (f"{ME}/preferences", "notify_by_push", True, True),
        (f"{ME}/preferences", "coaching_tone", "direct", "direct"),
        (f"{ME}/settings", "theme", "dark", "dark"),
        (f"{ME}/settings", "week_starts_on", 7, 7),
        (f"{ME}/settings", "hide_amounts", True, True),
    ],
)
def test_one_field_is_changed_and_the_others_stay(alice_api, alice, path, field, value, shown):
    before = alice_api.get(path).json()
    answer = alice_api.patch(path, {field: value})
    assert answer.status_code == 200
    changed = {name for name in before if answer.json()[name] != before[name]} - {"updated_at"}
    assert answer.json()[field] == shown
    assert changed <= {field, "currency"}
    assert alice_api.get(path).json() == answer.json()
    [entry] = AuditEntry.objects.for_user(alice)
    assert list(entry.changes) == [field]
    assert (entry.actor, entry.via, entry.action) == (alice, "api", "updated")


@pytest.mark.parametrize(
    ("path", "field", "value", "code"),
    [
        (ME, "base_currency", "ZZZ", "unknown_currency"),
        (ME, "time_zone", "Mars/Olympus", "unknown_time_zone"),
        (ME, "country", "de", "invalid"),
        (ME, "locale", "🌴", "invalid"),
        (f"{ME}/profile", "monthly_income", "much", "invalid"),
        (f"{ME}/profile", "monthly_income", "-1", "invalid"),
        (f"{ME}/profile", "monthly_income", "10.001", "not_exact"),
        (f"{ME}/profile", "monthly_income", 10.5, "not_a_string"),
        (f"{ME}/profile", "monthly_income", "NaN", "invalid"),
        (f"{ME}/profile", "monthly_income", "1e30", "invalid"),
        (f"{ME}/profile", "pay_frequency", "never", "invalid_choice"),
        (f"{ME}/profile", "household_adults", 0, "min_value"),
        (f"{ME}/profile", "household_children", 31, "max_value"),
        (f"{ME}/profile", "household_children", -1, "min_value"),
        (f"{ME}/preferences", "quiet_from", "25:00", "invalid"),
        (f"{ME}/preferences", "coaching_tone", "rude", "invalid_choice"),
        (f"{ME}/preferences", "notify_in_app", None, "null"),
        (f"{ME}/settings", "week_starts_on", 8, "max_value"),
        (f"{ME}/settings", "week_starts_on", 10**30, "max_value"),
        (f"{ME}/settings", "theme", "pink", "invalid_choice"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_and_nothing_changes(alice_api, path, field, value, code):
    before = alice_api.get(path).json()
    [(pointer, found)] = faults(alice_api.patch(path, {field: value}))
    assert (pointer, found) in {(f"/{field}", code), ("", code)}
    assert alice_api.get(path).json() == before


def test_several_faults_are_named_together_and_nothing_is_half_applied(alice_api):
    answer = alice_api.patch(ME, {"name": "Al", "country": "de", "time_zone": "Mars/Olympus"})
    assert faults(answer) == [("/country", "invalid"), ("/time_zone", "unknown_time_zone")]
    assert alice_api.get(ME).json()["name"] == "Alice"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "0198c0de-0000-7000-8000-000000000000"),
        ("email", "mallory@example.org"),
        ("is_premium", True),
        ("is_verified", True),
        ("created_at", "2020-01-01T00:00:00Z"),
    ],
)
def test_what_is_only_read_stays_as_it_is(alice_api, field, value):
    before = alice_api.get(ME).json()
    answer = alice_api.patch(ME, {field: value})
    assert answer.status_code == 200
    assert answer.json()[field] == before[field]


@pytest.mark.parametrize("field", ["password", "is_staff", "is_superuser", "is_active", "token_version"])
def test_what_is_nobody_s_to_ask_for_is_unknown(alice_api, field):
    assert faults(alice_api.patch(ME, {field: True})) == [(f"/{field}", "unknown_field")]


@pytest.fixture
def sent(monkeypatch):
    messages = []

    class Task:
        def __init__(self, name):
            self.name = name

        def delay(self, **arguments):
            messages.append((self.name, arguments))

    monkeypatch.setattr(jobs, "task_named", Task)
    return messages


def test_another_base_currency_is_followed_by_the_ledger_and_the_budgets(alice_api, alice, commits, sent):
    with commits():
        alice_api.patch(ME, {"base_currency": "USD"})
    assert sent == [
        (name, {"user_id": str(alice.pk)})
        for name in ("transactions.revalue_ledger", "budgets.change_currency")
    ]


@pytest.mark.parametrize("body", [{"base_currency": "EUR"}, {"base_currency": "eur"}, {"name": "Al"}])
def test_the_same_base_currency_is_no_change(alice_api, commits, sent, body):
    with commits():
        alice_api.patch(ME, body)
    assert sent == []


def test_an_income_is_shown_at_the_precision_of_the_base_currency(alice_api):
    alice_api.patch(f"{ME}/profile", {"monthly_income": "2500.50"})
    alice_api.patch(ME, {"base_currency": "JPY"})
    shown = alice_api.get(f"{ME}/profile").json()
    assert (shown["monthly_income"], shown["currency"]) == ("2500", "JPY")
    assert faults(alice_api.patch(f"{ME}/profile", {"monthly_income": "1.5"})) == [
        ("/monthly_income", "not_exact")
    ]


def test_one_person_sees_and_changes_nothing_of_another(alice_api, bob_api, bob):
    for path in PARTS:
        before = bob_api.get(path).json()
        alice_api.put(path, alice_api.get(path).json())
        assert bob_api.get(path).json() == before
    alice_api.patch(ME, {"name": "Mallory"})
    assert User.objects.get(pk=bob.pk).name == "Bob"


@pytest.mark.parametrize(
    ("path", "queries"), [(ME, 0), (f"{ME}/profile", 1), (f"{ME}/preferences", 1), (f"{ME}/settings", 1)]
)
def test_reading_costs_one_query_beside_the_caller(
    alice_api, django_assert_num_queries, path, queries, settings
):
    settings.CACHE_IS_SHARED = False
    with django_assert_num_queries(1 + queries):
        alice_api.get(path)
