"""What may be spent, day by day."""

from decimal import Decimal

import pytest

from tests.factories import AccountFactory, PersonFactory, TransactionFactory, category_of

DAILY = "/api/v1/budgets/daily"
CALENDAR = "/api/v1/budgets/calendar"


def category(day, name):
    return next(each for each in day["categories"] if each["name"] == name)


def test_one_day_with_every_category(month, alice_api, spend):
    spend("groceries", "40.00", "2026-03-14")
    spend("groceries", "5.00")
    day = alice_api.get(f"{DAILY}/2026-03-15").json()
    groceries = category(day, "Groceries")
    assert (groceries["planned"], groceries["available"], groceries["spent"]) == ("12.90", "21.18", "5.00")
    assert (groceries["carried_in"], groceries["status"]) == ("8.28", "green")
    assert groceries["carried_because"] == (
        "€140.70 planned since Mar 1, 2026 was not spent; days left to use it: 17."
    )
    assert (day["spent"], day["unplanned"]) == ("5.00", "0.00")


def test_spending_where_nothing_is_allotted_is_not_hidden(month, alice_api, spend):
    spend("clothing", "60.00")
    day = alice_api.get(f"{DAILY}/2026-03-15").json()
    assert (day["spent"], day["unplanned"], day["status"]) == ("60.00", "60.00", "red")
    assert (day["over"], day["over_category"]) == ("60.00", None)


def test_a_dinner_is_not_covered_by_rent_that_is_not_paid_yet(alice, alice_api, rented, spend):
    spend("dining", "60.00", "2026-03-01")
    days = alice_api.get(f"{CALENDAR}/2026-03?by_category=true").json()["days"]
    dining = str(category_of(alice, "dining").pk)

    assert (days[0]["status"], days[0]["over"], days[0]["over_category"]) == ("red", "50.00", dining)
    assert (days[0]["planned"], days[0]["available"], days[0]["spent"], days[0]["remaining"]) == (
        "10.00", "10.00", "60.00", "-50.00",
    )  # fmt: skip
    assert days[0]["bills"] == {"planned": "900.00", "spent": "0.00"}
    assert days[0]["savings"] == {"planned": "6.46", "spent": "0.00"}
    assert {each["status"] for each in days[1:]} == {"green"}


def test_a_bill_that_is_paid_and_savings_stand_apart(alice, alice_api, rented, spend):
    spend("housing", "950.00", "2026-03-02")
    spend("savings", "200.00", "2026-03-02")
    day = alice_api.get(f"{DAILY}/2026-03-02").json()

    assert (day["status"], day["over"], day["over_category"], day["spent"]) == ("green", "0.00", None, "0.00")
    assert (day["bills"]["spent"], day["savings"]["spent"]) == ("950.00", "200.00")
    assert {each["name"]: (each["kind"], each["status"]) for each in day["categories"]} == {
        "Housing": ("bills", "red"),
        "Savings": ("savings", "red"),
        "Restaurants and bars": ("daily", "green"),
    }


def test_the_figures_of_the_categories_are_those_of_the_day(alice, alice_api, rented, spend):
    spend("dining", "12.00", "2026-03-03")
    spend("housing", "900.00", "2026-03-03")
    spend("clothing", "5.00", "2026-03-03")
    for day in alice_api.get(f"{CALENDAR}/2026-03?by_category=true").json()["days"]:
        for figure, unplanned in (("planned", Decimal(0)), ("spent", Decimal(day["unplanned"]))):
            told = Decimal(day[figure]) + Decimal(day["bills"][figure]) + Decimal(day["savings"][figure])
            assert told - unplanned == sum(Decimal(each[figure]) for each in day["categories"].values())


def test_a_day_without_a_budget(alice_api):
    answer = alice_api.get(f"{DAILY}/2026-03-15")
    assert (answer.status_code, answer.json()["error_code"]) == (404, "NO_BUDGET")


@pytest.mark.parametrize(
    ("path", "pointer", "code"),
    [
        (f"{DAILY}/2026-02-30", "{on}", "invalid"),
        (f"{DAILY}/tomorrow", "{on}", "invalid"),
        (f"{DAILY}/9999-12-31", "{on}", "out_of_range"),
        (f"{CALENDAR}/2026-13", "{month}", "invalid"),
        (f"{CALENDAR}/0000-01", "{month}", "out_of_range"),
        (f"{CALENDAR}/2026-03?by_category=maybe", "?by_category", "invalid"),
    ],
)
def test_what_is_no_day_or_month_is_said(alice_api, path, pointer, code):
    answer = alice_api.get(path)
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


def test_a_month_to_draw_adds_up(month, alice_api, spend):
    spend("groceries", "40.00", "2026-03-01")
    shown = alice_api.get(f"{CALENDAR}/2026-03?by_category=true").json()
    assert len(shown["days"]) == 31
    assert sum(Decimal(day["planned"]) for day in shown["days"]) == Decimal("525.00")
    assert (shown["days"][0]["spent"], shown["days"][0]["status"]) == ("40.00", "red")
    by_category = [
        sum(Decimal(each["planned"]) for each in day["categories"].values()) for day in shown["days"]
    ]
    assert sum(by_category) == Decimal("525.00")


def test_a_month_of_weeks(alice_api):
    alice_api.patch("/api/v1/budgets/settings", {"period": "week"})
    for day in ("2026-03-15", "2026-03-16"):
        alice_api.post("/api/v1/budgets/periods", {"on": day, "income_expected": "70.00"})
    days = alice_api.get(f"{CALENDAR}/2026-03").json()["days"]
    assert [day["on"] for day in (days[0], days[-1])] == ["2026-03-09", "2026-03-22"]
    parts = [(day["planned"], day["bills"]["planned"], day["savings"]["planned"]) for day in days]
    assert sum(Decimal(amount) for part in parts for amount in part) == Decimal("140.00")


def test_refunds_splits_transfers_and_foreign_money_count_right(month, alice, alice_api, spend, account):
    spend("groceries", "30.00")
    spend("groceries", "-10.00")
    spend("transfer", "500.00")
    spend("groceries", "7.00", is_ignored=True)
    dollars = AccountFactory(user=alice, currency="USD")
    alice_api.post(
        "/api/v1/transactions",
        {
            "account": str(dollars.pk),
            "date": "2026-03-13",
            "amount": "-11.00",
            "currency": "USD",
            "category": str(category_of(alice, "groceries").pk),
        },
    )
    alice_api.post(
        "/api/v1/transactions",
        {
            "account": str(account.pk),
            "date": "2026-03-15",
            "amount": "-9.00",
            "splits": [
                {"amount": "-4.00", "category": str(category_of(alice, "groceries").pk)},
                {"amount": "-5.00", "category": str(category_of(alice, "dining").pk)},
            ],
        },
    )
    today = alice_api.get(f"{DAILY}/2026-03-15").json()
    assert (category(today, "Groceries")["spent"], category(today, "Restaurants and bars")["spent"]) == (
        "24.00", "5.00"
    )  # fmt: skip
    foreign = category(alice_api.get(f"{DAILY}/2026-03-13").json(), "Groceries")["spent"]
    assert Decimal(8) < Decimal(foreign) < Decimal(11)


def test_the_day_is_the_persons_own(alice, alice_api, month, spend):
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    assert alice_api.get(f"{CALENDAR}/2026-03").json()["today"] == "2026-03-16"


@pytest.mark.parametrize(("currency", "amount", "first"), [("JPY", "1000", "33"), ("KWD", "10.000", "0.323")])
def test_currencies_of_no_minor_units_and_of_three(db, client_of, currency, amount, first):
    person = PersonFactory(base_currency=currency)
    api = client_of(person)
    body = {
        "income_expected": amount,
        "allocations": [
            {"category": str(category_of(person, "dining").pk), "amount": amount, "pattern": "even"}
        ],
    }
    assert api.post("/api/v1/budgets/periods", body).status_code == 201
    days = api.get(f"{CALENDAR}/2026-03").json()["days"]
    assert sum(Decimal(day["planned"]) for day in days) == Decimal(amount)
    assert days[0]["planned"] == first


def test_the_calendar_asks_a_constant_number_of_queries(
    month, alice, alice_api, spend, django_assert_num_queries
):
    for day in range(1, 15):
        spend("groceries", "3.00", f"2026-03-{day:02}")
    with django_assert_num_queries(7):
        alice_api.get(f"{CALENDAR}/2026-03?by_category=true")


def test_what_is_safe_to_spend_today(alice, alice_api, account):
    spent = TransactionFactory(
        account=account, category=category_of(alice, "dining"), amount=Decimal("-30.00"), date="2026-03-15"
    )
    shown = alice_api.get("/api/v1/budgets/safe-to-spend").json()
    # 2,000 this morning over today and the 35 days ahead.
    assert (shown["balance"], shown["last_on"], shown["days"]) == ("1970.00", "2026-04-19", 36)
    assert (shown["per_day"], shown["safe_today"]) == ("55.55", "25.55")
    assert spent.amount == -30


def test_a_debts_minimum_is_set_aside(alice, alice_api, account):
    alice_api.post(
        "/api/v1/debts",
        {
            "name": "Card",
            "kind": "credit_card",
            "currency": "EUR",
            "balance_on": "2026-03-01",
            "due_day": 20,
            "minimum_payment": {"rule": "fixed", "amount": "50.00"},
            "segments": [{"amount": "1000.00", "apr": "12"}],
        },
    )
    shown = alice_api.get("/api/v1/budgets/safe-to-spend").json()
    assert shown["set_aside"] == [{"due_on": "2026-03-20", "name": "Card", "kind": "debt", "amount": "50.00"}]
    assert shown["total"] == "1950.00"


def test_a_stranger_sees_nothing_of_it(month, bob_api, spend):
    assert bob_api.get(f"{DAILY}/2026-03-15").status_code == 404
    assert bob_api.get(f"{CALENDAR}/2026-03").json()["days"] == []
    assert bob_api.get("/api/v1/budgets/safe-to-spend").json()["balance"] == "0.00"
