"""``/api/v1/recurring``: bills, subscriptions and pay, found in the history."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, MerchantFactory, TransactionFactory, act_of, category_of
from tests.transactions.api.conftest import Bring
from transactions.models import Account, Merchant, RecurringSeries, Transaction
from transactions.services.recurring import refresh_recurring
from users.models import User

URL = "/api/v1/recurring"
TODAY = dt.date(2026, 3, 15)
MONTHS = [dt.date(2025, month, 5) for month in range(9, 13)] + [
    dt.date(2026, month, 5) for month in (1, 2, 3)
]

Found = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def music(alice: User) -> Merchant:
    return MerchantFactory(user=alice, name="Spotify")


@pytest.fixture
def rows_of(account: Account) -> Callable[..., list[Transaction]]:
    """Rows of a merchant, one on each of the days."""

    def make(merchant: Merchant, *, days: list[dt.date] = MONTHS, amount: str = "-9.99") -> list[Transaction]:
        return [
            TransactionFactory(account=account, date=day, amount=Decimal(amount), merchant=merchant)
            for day in days
        ]

    return make


@pytest.fixture
def found(alice: User, alice_api: APIClient) -> Found:
    """Looks through alice's history as on a day, and returns her series."""

    def look(*, today: dt.date = TODAY, **query: str) -> list[dict[str, Any]]:
        refresh_recurring(alice, act=act_of(alice), today=today)
        return alice_api.get(URL, query).json()["results"]

    return look


def test_a_subscription_is_found_with_what_to_expect_of_it(
    music: Merchant, rows_of: Any, found: Found
) -> None:
    rows_of(music)

    (series,) = found()

    assert series | {"id": "", "created_at": "", "updated_at": "", "confidence": "", "reasons": []} == {
        "id": "",
        "name": "Spotify",
        "status": "suggested",
        "kind": "subscription",
        "period": "monthly",
        "merchant": str(music.pk),
        "currency": "EUR",
        "expected": "-9.99",
        "spread": "0.00",
        "first_on": "2025-09-05",
        "last_on": "2026-03-05",
        "next_on": "2026-04-05",
        "tolerance_days": series["tolerance_days"],
        "price_changes": [],
        "missed": [],
        "is_ended": False,
        "confidence": "",
        "reasons": [],
        "created_at": "",
        "updated_at": "",
    }
    assert Decimal(series["confidence"]) > Decimal("0.5")
    assert all(isinstance(reason, str) for reason in series["reasons"])


def test_a_dearer_price_a_missed_day_and_an_end_are_told(alice: User, rows_of: Any, found: Found) -> None:
    dearer, missed, ended = (MerchantFactory(user=alice, name=name) for name in "ABC")
    rows_of(dearer, days=MONTHS[:4])
    rows_of(dearer, days=MONTHS[4:], amount="-10.99")
    rows_of(missed, days=[*MONTHS[:3], *MONTHS[4:]])
    rows_of(ended, days=[day.replace(year=day.year - 1) for day in MONTHS])

    a, b, c = found(ordering="name")

    assert a["price_changes"] == [{"on": "2026-01-05", "before": "-9.99", "after": "-10.99"}]
    assert a["expected"] == "-10.99"
    assert b["missed"] == ["2025-12-05"]
    assert (c["is_ended"], c["next_on"]) == (True, None)


def test_what_does_not_come_round_is_not_found(alice: User, rows_of: Any, found: Found) -> None:
    shop = MerchantFactory(user=alice)
    rows_of(shop, days=[dt.date(2026, 1, 3), dt.date(2026, 1, 19), dt.date(2026, 3, 2)])

    assert found() == []


def test_transfers_ignored_and_deleted_rows_take_no_part(
    alice: User, music: Merchant, rows_of: Any, found: Found
) -> None:
    for change in (
        {"is_ignored": True},
        {"deleted_at": NOW},
        {"category": category_of(alice, "transfer")},
    ):
        rows = rows_of(music)
        Transaction.objects.filter(pk__in=[row.pk for row in rows]).update(**change)

    assert found() == []


def test_an_import_looks_for_what_comes_round(alice_api: APIClient, bring_in: Bring) -> None:
    first = timezone.now().date().replace(day=1)
    days = [first]
    while len(days) < 7:
        days.append((days[-1] - dt.timedelta(days=1)).replace(day=1))

    bring_in(*((day.isoformat(), "SPOTIFY P1234", "-9.99") for day in days))

    (series,) = alice_api.get(URL).json()["results"]
    assert (series["name"], series["period"], series["last_on"]) == ("Spotify", "monthly", first.isoformat())
    assert AuditEntry.objects.get(object_id=series["id"]).via == "system"


def test_a_person_can_have_it_looked_for_now(alice_api: APIClient, music: Merchant, rows_of: Any) -> None:
    today = timezone.now().date()
    rows_of(music, days=[today - dt.timedelta(days=7 * weeks) for weeks in range(10)])

    answer = alice_api.post(f"{URL}/find")

    assert (answer.status_code, answer.json()) == (200, {"series": 1})
    (series,) = alice_api.get(URL).json()["results"]
    assert series["period"] == "weekly"


def test_looking_again_changes_nothing(music: Merchant, rows_of: Any, found: Found) -> None:
    rows_of(music)
    (before,) = found()

    (after,) = found()

    assert after | {"updated_at": ""} == before | {"updated_at": ""}
    assert AuditEntry.objects.filter(object_id=before["id"]).count() == 1


@pytest.mark.parametrize(
    "said", [{"status": "confirmed"}, {"name": "Music"}, {"name": "Music", "status": "confirmed"}]
)
def test_what_a_person_said_outlives_the_next_look(
    alice_api: APIClient, account: Account, music: Merchant, rows_of: Any, found: Found, said: dict[str, str]
) -> None:
    rows_of(music)
    (before,) = found()

    answer = alice_api.patch(f"{URL}/{before['id']}", said)
    assert answer.json() == before | said | {"updated_at": answer.json()["updated_at"]}
    rows_of(music, days=[dt.date(2026, 4, 5)])
    (after,) = found(today=dt.date(2026, 4, 15))

    assert {name: after[name] for name in said} == said
    assert (after["id"], after["last_on"], after["next_on"]) == (before["id"], "2026-04-05", "2026-05-05")
    entry = AuditEntry.objects.filter(object_id=before["id"], via="api", action="updated").first()
    assert entry.changes == {name: [before[name], value] for name, value in said.items()}


def test_a_rejected_one_is_not_suggested_again(
    alice_api: APIClient, music: Merchant, rows_of: Any, found: Found
) -> None:
    rows_of(music)
    (series,) = found()
    alice_api.patch(f"{URL}/{series['id']}", {"status": "rejected"})

    rows_of(music, days=[dt.date(2026, 4, 5)])

    assert found(today=dt.date(2026, 4, 15), status="suggested") == []
    assert [one["id"] for one in found(today=dt.date(2026, 4, 15))] == [series["id"]]
    assert alice_api.post(f"{URL}/find").json() == {"series": 0}


def test_a_series_is_the_same_where_most_of_its_rows_are(
    alice_api: APIClient, alice: User, music: Merchant, rows_of: Any, found: Found
) -> None:
    """Its rows were given another merchant, and its first row was deleted: its key is another one."""
    rows = rows_of(music)
    (before,) = found()
    alice_api.patch(f"{URL}/{before['id']}", {"status": "confirmed"})
    renamed = MerchantFactory(user=alice, name="Spotify AB")
    Transaction.objects.filter(pk__in=[row.pk for row in rows]).update(merchant=renamed)
    Transaction.objects.filter(pk=rows[0].pk).update(deleted_at=NOW)

    (after,) = found()

    assert (after["id"], after["status"], after["merchant"]) == (before["id"], "confirmed", str(renamed.pk))


def test_a_suggestion_goes_with_its_rows_and_a_confirmed_series_stays(
    alice_api: APIClient, alice: User, rows_of: Any, found: Found
) -> None:
    for name in ("Kept", "Gone"):
        rows_of(MerchantFactory(user=alice, name=name))
    gone, kept = found(ordering="name")
    alice_api.patch(f"{URL}/{kept['id']}", {"status": "confirmed"})

    Transaction.objects.update(deleted_at=NOW)

    assert [one["id"] for one in found()] == [kept["id"]]
    assert AuditEntry.objects.filter(object_id=gone["id"]).latest("id").action == "deleted"


def test_its_rows_can_be_listed(
    alice_api: APIClient, account: Account, music: Merchant, rows_of: Any, found: Found
) -> None:
    rows = rows_of(music)
    TransactionFactory(account=account)
    (series,) = found()

    listed = alice_api.get("/api/v1/transactions", {"recurring": series["id"]}).json()["results"]

    assert {row["id"] for row in listed} == {str(row.pk) for row in rows}
    assert alice_api.get("/api/v1/transactions", {"recurring": "seven"}).status_code == 400


def test_what_was_read_can_be_put_back_unchanged(
    alice_api: APIClient, music: Merchant, rows_of: Any, found: Found
) -> None:
    rows_of(music)
    (series,) = found()

    again = alice_api.put(f"{URL}/{series['id']}", series)

    assert again.status_code == 200
    assert again.json() == series | {"updated_at": again.json()["updated_at"]}
    assert AuditEntry.objects.filter(object_id=series["id"]).count() == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"status": "maybe"}, "/status"), ({"name": ""}, "/name"), ({"colour": "red"}, "/colour")],
)
def test_a_mistake_is_named(
    alice_api: APIClient, music: Merchant, rows_of: Any, found: Found, change: dict[str, str], pointer: str
) -> None:
    rows_of(music)
    (series,) = found()

    answer = alice_api.patch(f"{URL}/{series['id']}", change)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert alice_api.get(f"{URL}/{series['id']}").json() == series


def test_series_are_narrowed_down_and_listed_at_one_price(
    alice_api: APIClient, alice: User, rows_of: Any, found: Found, django_assert_num_queries: Any
) -> None:
    for name in "ABC":
        rows_of(MerchantFactory(user=alice, name=name))
    rows_of(MerchantFactory(user=alice, name="Pay"), amount="2500.00")

    assert [one["name"] for one in found(kind="income")] == ["Pay"]
    assert [one["name"] for one in found(period="monthly", is_ended="false", ordering="-name")] == [
        "Pay",
        "C",
        "B",
        "A",
    ]
    with django_assert_num_queries(2):
        alice_api.get(URL)


def test_a_stranger_can_neither_see_nor_judge_a_series(
    bob_api: APIClient, music: Merchant, rows_of: Any, found: Found
) -> None:
    rows_of(music)
    (series,) = found()
    before = RecurringSeries.objects.values().get()

    assert bob_api.get(URL).json()["results"] == []
    assert bob_api.get(f"{URL}/{series['id']}").status_code == 404
    for method in ("put", "patch"):
        answer = getattr(bob_api, method)(f"{URL}/{series['id']}", {"name": "Mine", "status": "rejected"})
        assert answer.status_code == 404
    assert bob_api.post(f"{URL}/find").json() == {"series": 0}
    asked = bob_api.get("/api/v1/transactions", {"recurring": series["id"]})
    assert (asked.status_code, asked.json()["errors"][0]["code"]) == (400, "unknown_id")

    assert RecurringSeries.objects.values().get() == before
