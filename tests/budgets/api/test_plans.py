"""Periods and allocations."""

from decimal import Decimal

import pytest

from budgets.models import Allocation, BudgetPeriod
from tests.factories import BudgetPeriodFactory, category_of

PERIODS = "/api/v1/budgets/periods"


def allocation_of(api, month, name):
    listed = api.get(f"{PERIODS}/{month['id']}/allocations").json()["results"]
    return next(each for each in listed if each["name"] == name)


def test_a_month_with_amounts_of_ones_own(month):
    assert (month["first_on"], month["last_on"], month["status"]) == ("2026-03-01", "2026-03-31", "open")
    assert (month["income_expected"], month["rolled_in"], month["allotted"], month["unallocated"]) == (
        "3000.00", "0.00", "525.00", "2475.00"
    )  # fmt: skip


@pytest.mark.parametrize("rollover", ["none", "surplus", "both"])
@pytest.mark.parametrize("spent", ["3.33", "31.10"])
def test_a_period_adds_up_whatever_rolled_in(month, alice_api, spend, rollover, spent):
    dining = allocation_of(alice_api, month, "Restaurants and bars")
    alice_api.patch(f"{PERIODS}/{month['id']}/allocations/{dining['id']}", {"rollover": rollover})
    spend("dining", spent)

    april = alice_api.post(PERIODS, {"on": "2026-04-01", "income_expected": "2000.01"}).json()

    rolled_in = {"none": "0.00", "surplus": "21.67", "both": "21.67"} if spent == "3.33" else {
        "none": "0.00", "surplus": "0.00", "both": "-6.10"
    }  # fmt: skip
    assert april["rolled_in"] == rolled_in[rollover]
    names = ("income_expected", "rolled_in", "allotted", "unallocated")
    income, rolled, allotted, unallocated = (Decimal(april[name]) for name in names)
    assert income + rolled - allotted == unallocated == Decimal("1475.01")


def test_a_proposal_is_50_30_20_of_the_income(alice_api):
    month = alice_api.post(PERIODS, {"income_expected": "3000.00"}).json()
    listed = alice_api.get(f"{PERIODS}/{month['id']}/allocations?limit=100").json()["results"]
    by_group = {}
    for each in listed:
        by_group[each["group"]] = by_group.get(each["group"], 0) + float(each["amount"])
    assert by_group == {"needs": 1500.0, "wants": 900.0, "savings": 600.0}
    assert month["unallocated"] == "0.00"


def test_another_split(alice_api):
    body = {"income_expected": "1000.00", "split": {"needs": 60, "wants": 20, "savings": 10}}
    assert alice_api.post(PERIODS, body).json()["unallocated"] == "100.00"


def test_a_split_of_more_than_everything_is_refused(alice_api):
    answer = alice_api.post(PERIODS, {"split": {"needs": 60, "wants": 30, "savings": 20}})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "split_over_100"
    assert not BudgetPeriod.objects.exists()


def test_days_that_have_a_budget_get_no_second_one(month, alice_api):
    answer = alice_api.post(PERIODS, {"income_expected": "10.00"})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "PERIOD_OVERLAPS")
    assert answer.json()["details"]["id"] == month["id"]
    assert BudgetPeriod.objects.count() == 1


def test_another_income_moves_what_is_unallocated(month, alice_api):
    answer = alice_api.patch(f"{PERIODS}/{month['id']}", {"income_expected": "500.00"})
    assert answer.json()["unallocated"] == "-25.00"


def test_what_was_spent_of_an_allocation(month, alice_api, spend):
    spend("dining", "20.01")
    spend("coffee", "3.00")
    dining = allocation_of(alice_api, month, "Restaurants and bars")
    assert (dining["spent"], dining["remaining"], dining["spending_status"]) == ("20.01", "4.99", "amber")


def test_another_amount_is_spread_over_the_days_left(month, alice_api):
    groceries = allocation_of(alice_api, month, "Groceries")
    answer = alice_api.patch(f"{PERIODS}/{month['id']}/allocations/{groceries['id']}", {"amount": "570.00"})
    assert answer.json()["amount"] == "570.00"
    planned = Allocation.objects.get(pk=groceries["id"]).planned
    assert (sum(planned), planned[0], planned[14]) == (57000, 1291, 2290)


def test_days_by_hand_keep_their_amounts(month, alice_api):
    groceries = allocation_of(alice_api, month, "Groceries")
    body = {"pattern": "by_hand", "by_hand": {"2026-03-20": "100.00"}}
    answer = alice_api.patch(f"{PERIODS}/{month['id']}/allocations/{groceries['id']}", body)
    assert answer.json()["by_hand"] == {"2026-03-20": "100.00"}
    planned = Allocation.objects.get(pk=groceries["id"]).planned
    assert (planned[19], planned[0], sum(planned)) == (10000, 1000, 40000)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"pattern": "by_hand", "by_hand": {"2026-03-20": "400.01"}}, "not_the_sum"),
        ({"pattern": "by_hand", "by_hand": {"2026-04-01": "1.00"}}, "not_in_period"),
        ({"pattern": "by_hand", "by_hand": {"2026-02-30": "1.00"}}, "invalid"),
        ({"by_hand": ["2026-03-20"]}, "not_a_dict"),
        ({"locked_days": ["2026-03-20", "2026-04-01"]}, "not_in_period"),
        ({"amount": "1.001"}, "not_exact"),
        ({"amount": "-1.00"}, "min_value"),
        ({"planned": [1]}, "unknown_field"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_changes(month, alice_api, body, code):
    groceries = allocation_of(alice_api, month, "Groceries")
    answer = alice_api.patch(f"{PERIODS}/{month['id']}/allocations/{groceries['id']}", body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
    assert allocation_of(alice_api, month, "Groceries") == groceries


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"locked_days": ["2026-03-20", "2026-04-01"]}, "/locked_days/1"),
        ({"locked_days": ["2026-03-20", "soon"]}, "/locked_days/1"),
        ({"by_hand": {"2026-03-20": "1.00", "2026-04-01": "1.00"}}, "/by_hand/2026-04-01"),
        ({"by_hand": {"2026-03-20": "1.001"}}, "/by_hand/2026-03-20"),
        ({"by_hand": {"2026-03-20": "much"}}, "/by_hand/2026-03-20"),
        ({"by_hand": {"soon": "1.00"}}, "/by_hand/soon"),
    ],
)
def test_a_mistake_is_pointed_at_where_it_stands(month, alice_api, body, pointer):
    groceries = allocation_of(alice_api, month, "Groceries")
    answer = alice_api.patch(f"{PERIODS}/{month['id']}/allocations/{groceries['id']}", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert allocation_of(alice_api, month, "Groceries") == groceries


def test_a_mistake_in_one_of_many_is_pointed_at_where_it_stands(alice, alice_api):
    lines = [{"category": str(category_of(alice, code).pk), "amount": "1.00"} for code in ("dining", "games")]
    lines[1]["amount"] = "1.001"
    answer = alice_api.post(PERIODS, {"income_expected": "10.00", "allocations": lines})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/allocations/1/amount")
    assert not BudgetPeriod.objects.exists()


def test_a_representation_can_be_put_back(month, alice_api):
    groceries = allocation_of(alice_api, month, "Groceries")
    read_only = {
        "id",
        "period",
        "name",
        "group",
        "currency",
        "rolled_in",
        "spent",
        "remaining",
        "moved",
        "spending_status",
    }
    path = f"{PERIODS}/{month['id']}/allocations/{groceries['id']}"
    body = {name: value for name, value in groceries.items() if name not in read_only}
    again = alice_api.put(path, groceries)
    assert again.status_code == 200, (again.json(), body)
    assert again.json()["amount"] == groceries["amount"]


def test_one_allocation_a_category(month, alice, alice_api):
    body = {"category": str(category_of(alice, "dining").pk), "amount": "1.00"}
    answer = alice_api.post(f"{PERIODS}/{month['id']}/allocations", body)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "ALLOCATION_EXISTS")


def test_an_allocation_can_go(month, alice_api):
    groceries = allocation_of(alice_api, month, "Groceries")
    assert alice_api.delete(f"{PERIODS}/{month['id']}/allocations/{groceries['id']}").status_code == 204
    assert alice_api.get(f"{PERIODS}/{month['id']}").json()["unallocated"] == "2875.00"


def test_a_stranger_finds_nothing_and_changes_nothing(month, alice, alice_api, bob_api):
    groceries = allocation_of(alice_api, month, "Groceries")
    path = f"{PERIODS}/{month['id']}/allocations"
    mine = {"category": str(category_of(alice, "games").pk), "amount": "5.00"}
    assert [
        bob_api.get(f"{PERIODS}/{month['id']}").status_code,
        bob_api.patch(f"{PERIODS}/{month['id']}", {"income_expected": "1.00"}).status_code,
        bob_api.get(path).status_code,
        bob_api.post(path, mine).status_code,
        bob_api.patch(f"{path}/{groceries['id']}", {"amount": "1.00"}).status_code,
        bob_api.delete(f"{path}/{groceries['id']}").status_code,
        bob_api.post(PERIODS, {"allocations": [mine]}).status_code,
    ] == [404] * 7
    assert allocation_of(alice_api, month, "Groceries") == groceries
    assert BudgetPeriod.objects.count() == 1


def test_the_settings_are_what_new_periods_begin_with(alice_api):
    path = "/api/v1/budgets/settings"
    assert alice_api.get(path).json()["period"] == "month"
    alice_api.patch(path, {"period": "week", "needs": 70, "wants": 20, "savings": 10})
    week = alice_api.post(PERIODS, {"income_expected": "100.00"}).json()
    assert (week["first_on"], week["last_on"]) == ("2026-03-09", "2026-03-15")


def test_a_split_in_the_settings_is_no_more_than_everything(alice_api):
    answer = alice_api.patch("/api/v1/budgets/settings", {"needs": 51})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "split_over_100")
    assert alice_api.get("/api/v1/budgets/settings").json()["needs"] == 50


def test_the_queries_do_not_grow_with_the_categories(
    month, alice, alice_api, spend, django_assert_num_queries
):
    path = f"{PERIODS}/{month['id']}/allocations"
    spend("dining", "3.00")
    for code in ("games", "clothing", "gifts", "fuel"):
        alice_api.post(path, {"category": str(category_of(alice, code).pk), "amount": "5.00"})
    with django_assert_num_queries(8):
        alice_api.get(path)


def test_an_allocation_is_found_in_its_own_period_only(month, alice, alice_api, bob, bob_api):
    hers = alice_api.get(f"{PERIODS}/{month['id']}/allocations").json()["results"][0]["id"]
    his = BudgetPeriodFactory(user=bob)

    for method in ("get", "patch", "delete"):
        answer = getattr(bob_api, method)(f"{PERIODS}/{his.pk}/allocations/{hers}")
        assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert Allocation.objects.filter(pk=hers).exists()
