"""The page on budgets says what budgets do."""

import datetime as dt
import json
import os
import re
import subprocess
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from budgets.domain.daily import daily_plan
from budgets.domain.days import day_standings
from budgets.domain.envelopes import Envelope, Mode, Pattern
from budgets.domain.periods import PeriodKind
from budgets.domain.proposal import SHIPPED_SHARES, Split, group_totals
from budgets.domain.redistribution import may_give, take
from budgets.domain.spreading import spread
from budgets.models import BudgetPeriod
from core.domain.money import minor_as_text
from tests.budgets.documented import DOCUMENTS, TODAY, envelopes, pictures
from tests.factories import AccountFactory, PersonFactory, TransactionFactory, category_of
from transactions.models import RecurringSeries
from users.tokens import sign_in

PAGE = (DOCUMENTS / "budgets.md").read_text(encoding="utf-8")
SAID = re.sub(r"\s+", " ", PAGE)
API = "/api/v1/budgets"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel("2026-03-15T12:00:00Z", tick=False):
        yield


def comes_round(user, name, amount, *, last_on, next_on):
    RecurringSeries.objects.create(
        user=user, key=name, name=name, kind="income" if amount > 0 else "bill", period="monthly", currency="EUR",
        expected=amount, spread=0, first_on=last_on, last_on=last_on, next_on=next_on, tolerance_days=3, confidence=1,
    )  # fmt: skip


@pytest.fixture
def household(alice, alice_api):
    """Alice's account with 2,000.00, rent and a salary that come round, and her March."""
    account = AccountFactory(user=alice, name="Giro", currency="EUR", opening_balance=Decimal(2000))
    comes_round(alice, "Rent", Decimal(-800), last_on=dt.date(2026, 3, 1), next_on=dt.date(2026, 4, 1))
    comes_round(alice, "Salary", Decimal(3000), last_on=dt.date(2026, 3, 3), next_on=dt.date(2026, 4, 3))
    amounts = {"dining": "25.00", "entertainment": "100.00", "groceries": "400.00"}
    allocations = [
        {"category": str(category_of(alice, code).pk), "amount": amount, "pattern": "even"}
        for code, amount in amounts.items()
    ]
    body = {"income_expected": "3000.00", "allocations": allocations}
    answer = alice_api.post("/api/v1/budgets/periods", body)
    assert answer.status_code == 201, answer.json()
    return {"account": account, "period": answer.json()}


@pytest.fixture
def dined(alice, household):
    """35.00 for dining, of 25.00."""
    TransactionFactory(
        account=household["account"], category=category_of(alice, "dining"), amount=Decimal(-35), date=TODAY
    )


def said(answer, *names):
    """The named figures of an answer as the page would write them, without the braces around."""
    return json.dumps({name: answer[name] for name in names}, ensure_ascii=False)[1:-1]


@pytest.mark.parametrize("name", sorted(pictures()))
def test_a_picture_is_that_of_the_month_on_the_page(name):
    assert f"images/{name}" in PAGE
    assert (DOCUMENTS / "images" / name).read_text(encoding="utf-8") == pictures()[name]


def test_the_drawn_month_adds_up():
    assert [(each.budgeted, sum(each.planned)) for each in envelopes()] == [
        (40000, 40000), (15500, 15500), (10000, 10000), (90000, 90000), (30000, 30000),
    ]  # fmt: skip


def test_the_period_on_the_page_is_the_answer(household):
    names = (
        "kind",
        "first_on",
        "last_on",
        "currency",
        "income_expected",
        "rolled_in",
        "allotted",
        "unallocated",
        "status",
    )

    assert said(household["period"], *names) in SAID


@pytest.mark.django_db(transaction=True)
def test_the_commands_on_the_page_run_as_they_are_written(live_server):
    alice = PersonFactory()
    token = sign_in(alice, now=timezone.now()).access
    (commands,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    given = os.environ | {"API": f"{live_server.url}/api/v1", "TOKEN": token}

    ran = subprocess.run(["sh", "-euc", commands], env=given, capture_output=True, check=True, timeout=60)

    period = json.loads(ran.stdout)
    assert (period["first_on"], period["allotted"], period["unallocated"]) == (
        "2026-03-01",
        "525.00",
        "2475.00",
    )
    codes = BudgetPeriod.objects.get(user=alice).allocations.values_list("category__code", flat=True)
    assert sorted(codes) == ["dining", "entertainment", "groceries"]


def test_a_dinner_on_a_day_of_ten_is_red_as_the_page_says():
    (first, *_) = day_standings(
        [
            (each, daily_plan(each, 0))
            for each in (
                Envelope("rent", "Rent", planned=(900_00, 0), spent=(0, 0), pattern=Pattern.NOT_DAILY),
                Envelope("dining", "Dining", planned=(10_00, 10_00), spent=(60_00, 0)),
            )
        ],
        [0, 0],
    )

    assert (first.status, first.over, first.bills.planned) == ("red", 50_00, 900_00)
    assert "60.00 for dinner on a day that has 10.00 is red and 50.00 over, though 900.00" in SAID


def test_the_redistribution_on_the_page_is_the_answer(alice_api, household, dined):
    tried = alice_api.post(f"{API}/redistribute", {"dry_run": True}).json()
    alice_api.post(f"{API}/redistribute", {})
    (run,) = alice_api.get(f"{API}/redistributions").json()["results"]
    state = next(each for each in run["states"] if each["name"] == "Restaurants and bars")

    assert tried["message"] == run["message"]
    assert said(run, "message") in SAID
    assert said(run["moves"][0], "amount", "reason") in SAID
    assert said(state, "name", "days_left", "budgeted", "spent", "remaining", "needed") in SAID
    assert said(run, "short") in SAID


def test_the_day_on_the_page_is_the_answer(alice_api, household, dined):
    alice_api.post(f"{API}/redistribute", {})

    day = alice_api.get(f"{API}/daily/2026-03-15").json()
    films = next(each for each in day["categories"] if each["name"] == "Entertainment")

    assert said(day, "planned", "available", "spent", "remaining", "status", "over") in SAID
    assert said(day, "bills", "savings") in SAID
    names = (
        "name",
        "planned",
        "carried_in",
        "available",
        "spent",
        "remaining",
        "status",
        "carried_because",
        "moved",
    )
    assert said(films, *names) in SAID


def test_safe_to_spend_on_the_page_is_the_answer(alice_api, household, dined):
    safe = alice_api.get(f"{API}/safe-to-spend").json()

    names = (
        "safe_today",
        "per_day",
        "total",
        "last_on",
        "days",
        "balance",
        "set_aside",
        "lowest_balance",
        "lowest_on",
    )
    assert said(safe, *names) in SAID
    assert (
        f"are {safe['total']}; with today's 35.00 that is {safe['per_day']} a day for {safe['days']} days"
        in SAID
    )
    assert f"of which {safe['safe_today']} are left today" in SAID


def test_an_undo_puts_everything_back_as_the_page_says(alice_api, household, dined):
    path = f"{API}/periods/{household['period']['id']}/allocations"
    before = [each["amount"] for each in alice_api.get(path).json()["results"]]
    run = alice_api.post(f"{API}/redistribute", {}).json()["redistribution"]

    assert alice_api.post(f"{API}/redistributions/{run}/undo").status_code == 200
    assert [each["amount"] for each in alice_api.get(path).json()["results"]] == before


def test_the_groups_of_an_income_are_those_on_the_page():
    needs, wants, savings = (minor_as_text(part, "EUR") for part in group_totals(3000_00, Split()).values())

    assert f"of 3,000.00 these are {needs}, {wants} and {savings}" in SAID


@pytest.mark.parametrize("group", SHIPPED_SHARES)
def test_the_shipped_shares_are_those_on_the_page(group):
    row = re.search(rf"^\| {group} \| (.*) \|$", PAGE, re.MULTILINE)[1]
    shares = {
        " ".join(words).replace(" ", "-"): int(share) for *words, share in map(str.split, row.split(", "))
    }

    assert shares == SHIPPED_SHARES[group]


def test_cents_are_shared_out_as_on_the_page():
    days = spread(25_00, [1] * 31)

    assert days == (81,) * 20 + (80,) * 11
    assert "25.00 over 31 days are 20 days of 0.81 and 11 of 0.80" in SAID


def test_a_donor_gives_half_over_all_that_it_gives():
    donor = Envelope("films", "Films", planned=(10,) * 10, spent=(0,) * 10)

    once = may_give(donor, 0)
    left = take(donor, once, 0)
    again = may_give(Envelope("films", "Films", planned=left, spent=(0,) * 10, given=once), 0)

    assert (once, again) == (50, 0)
    assert left == (5,) * 10
    assert "⌊(remaining \N{MINUS SIGN} given so far) / 2⌋" in SAID


@pytest.mark.parametrize("word", [*PeriodKind, *Pattern, *Mode])
def test_every_word_of_a_setting_is_explained(word):
    assert re.search(rf"^\| [^|]*`{word.value}`", PAGE, re.MULTILINE)
