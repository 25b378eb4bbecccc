"""``POST /api/v1/debts/compare`` and ``/plan``, for debts that are sent along."""

from typing import Any

from rest_framework.test import APIClient

from debts.models import Debt
from tests.debts.api.conftest import HOUSEHOLD, Post, fixed, inline
from users.models import User

COMPARE, PLAN = "/api/v1/debts/compare", "/api/v1/debts/plan"


def compared(client: APIClient, **fields: Any) -> dict[str, Any]:
    answer = client.post(COMPARE, HOUSEHOLD | fields)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_strategies_stand_side_by_side_against_minimums_only(alice_api: APIClient) -> None:
    found = compared(alice_api, strategies=["snowball", "avalanche", "optimal"])

    assert found["baseline"] == {
        "strategy": "minimums_only",
        "months": 54,
        "total_interest": "5997.06",
        "total_fees": "0.00",
        "total_paid": "26497.06",
        "debt_free_on": "2030-06-01",
        "never_paid_off": [],
    }
    snowball, avalanche, optimal = found["results"]
    assert snowball == {
        "strategy": "snowball",
        "months": 30,
        "total_interest": "3230.11",
        "total_fees": "0.00",
        "total_paid": "23730.11",
        "debt_free_on": "2028-06-01",
        "interest_saved": "2766.95",
        "months_saved": 24,
        "first_payoff_month": 13,
        "longest_wait_months": 13,
        "payoffs": [
            {"name": "CC1", "id": None, "month": 24, "on": "2027-12-01"},
            {"name": "CC2", "id": None, "month": 13, "on": "2027-01-01"},
            {"name": "Car", "id": None, "month": 30, "on": "2028-06-01"},
        ],
        "certificate": None,
        "transfers": None,
        "error": None,
    }
    assert (avalanche["total_interest"], avalanche["months"]) == ("3075.23", 30)
    assert optimal["certificate"] == {
        "lower_bound": "3075.23",
        "exact_cost": "3075.23",
        "gap": "0.00",
        "status": "optimal",
        "method": optimal["certificate"]["method"],
    }
    assert found["recommended"] == "avalanche"
    assert found["why"] == (
        "Avalanche costs 3075.23 USD and takes 30 months, no more than optimal. Snowball clears a first debt in "
        "month 13 instead of 17, for 154.88 more."
    )


def test_where_a_promotion_ends_the_optimal_plan_beats_every_rule_of_thumb(alice_api: APIClient) -> None:
    debts = [
        inline("A", "8000.00", "26.99", "80.00", promo={"apr": "0", "months": 12}),
        inline("B", "9000.00", "22.99", "180.00"),
    ]

    found = compared(alice_api, debts=debts, monthly_budget="700.00")

    costs = {result["strategy"]: result["total_interest"] for result in found["results"]}
    assert costs == {"snowball": "4142.89", "avalanche": "3555.74", "optimal": "3498.07"}
    assert found["results"][2]["certificate"]["status"] == "optimal"
    assert found["recommended"] == "optimal"
    assert (found["baseline"]["months"], found["baseline"]["never_paid_off"]) == (None, ["A"])


def test_a_strategy_that_is_not_possible_leaves_the_others(alice_api: APIClient) -> None:
    debts = [
        inline("A", "5000.00", "25", "150.00"),
        inline("B", "600.00", "8", "200.00"),
        inline("C", "900.00", "6", "250.00"),
    ]
    drop = [{"on": "2026-03-01", "amount": "260.00"}]

    found = compared(
        alice_api,
        debts=debts,
        monthly_budget="900.00",
        budget_changes=drop,
        strategies=["avalanche", "snowball", "optimal"],
    )

    avalanche, snowball, optimal = found["results"]
    assert avalanche["error"] == {
        "error_code": "BUDGET_BELOW_MINIMUMS",
        "message": "The budget of 260.00 USD in month 3 is 340.00 short of the minimums of 600.00.",
        "details": {
            "month": 3,
            "on": "2026-03-01",
            "needed": "600.00",
            "available": "260.00",
            "short": "340.00",
        },
    }
    assert (snowball["months"], snowball["total_interest"]) == (27, "1620.61")
    assert (optimal["months"], optimal["certificate"]["exact_cost"]) == (27, "1615.80")
    assert optimal["certificate"]["status"] == "optimal"


def test_a_plan_has_a_line_for_every_month_and_debt_that_adds_up(alice_api: APIClient) -> None:
    answer = alice_api.post(PLAN, HOUSEHOLD | {"strategy": "snowball"})

    plan = answer.json()
    assert answer.status_code == 200
    assert plan["schedule"][0] == {
        "month": 1,
        "on": "2026-01-01",
        "payment": "800.00",
        "balance": "19916.18",
        "debts": [
            {
                "name": "CC1", "opening": "5000.00", "interest": "95.79", "fees": "0.00", "charges": "0.00",
                "payment": "150.00", "principal": "54.21", "closing": "4945.79",
            },
            {
                "name": "CC2", "opening": "3500.00", "interest": "55.39", "fees": "0.00", "charges": "0.00",
                "payment": "300.00", "principal": "244.61", "closing": "3255.39",
            },
            {
                "name": "Car", "opening": "12000.00", "interest": "65.00", "fees": "0.00", "charges": "0.00",
                "payment": "350.00", "principal": "285.00", "closing": "11715.00",
            },
        ],
    }  # fmt: skip
    assert len(plan["schedule"]) == plan["months"] == 30
    assert plan["schedule"][-1]["balance"] == "0.00"


def test_the_budget_follows_its_changes_extras_and_pauses(alice_api: APIClient) -> None:
    body = HOUSEHOLD | {
        "budget_changes": [{"on": "2026-02-15", "amount": "900.00"}],
        "extras": [{"on": "2026-05-01", "amount": "100.00"}, {"on": "2026-06-01", "amount": "-50.00"}],
        "pauses": [{"first_on": "2026-07-01", "last_on": "2026-07-31"}],
        "yearly_raise": "10",
    }

    months = alice_api.post(PLAN, body).json()["schedule"]

    assert [month["payment"] for month in months[:7]] == [
        "800.00", "800.00", "900.00", "900.00", "1000.00", "850.00", "600.00",
    ]  # fmt: skip
    assert months[12]["payment"] == "990.00"


def test_a_month_without_any_payment_costs_a_late_fee(alice_api: APIClient) -> None:
    debts = [inline("Card", "1000.00", "12", "50.00", late_fee="25.00")]
    pauses = [{"first_on": "2026-02-01", "last_on": "2026-02-01", "kind": "nothing"}]

    plan = alice_api.post(PLAN, HOUSEHOLD | {"debts": debts, "pauses": pauses}).json()

    line = plan["schedule"][1]["debts"][0]
    assert (line["payment"], line["interest"], line["fees"]) == ("0.00", "2.10", "25.00")


def test_new_charges_are_owed_from_the_month_they_are_made(alice_api: APIClient) -> None:
    charges = [{"debt": "CC2", "on": "2026-02-01", "amount": "40.00", "months": 2}]

    months = alice_api.post(PLAN, HOUSEHOLD | {"new_charges": charges}).json()["schedule"]

    assert [month["debts"][1]["charges"] for month in months[:4]] == ["0.00", "40.00", "40.00", "0.00"]


def test_a_debt_that_grows_is_named(alice_api: APIClient) -> None:
    debts = [inline("Card", "9000.00", "24", "100.00"), inline("Loan", "4000.00", "30", "300.00")]

    plan = alice_api.post(PLAN, HOUSEHOLD | {"debts": debts}).json()

    assert plan["warnings"] == [
        {
            "name": "Card",
            "id": None,
            "code": "negative_amortisation",
            "month": 1,
            "message": "In month 1 Card is paid 100.00, less than its interest and fees of 180.00: it grows.",
        }
    ]


def test_a_plan_that_never_ends_names_the_debt_and_the_payment_that_would_do(alice_api: APIClient) -> None:
    body = HOUSEHOLD | {"debts": [inline("Card", "10000.00", "24", "25.00")], "monthly_budget": "150.00"}

    answer = alice_api.post(PLAN, body)

    assert (answer.status_code, answer.json()["error_code"]) == (422, "NEVER_PAID_OFF")
    assert answer.json()["details"] == {"debt": "Card", "payment_needed": "200.01", "months": 600}


def test_a_budget_below_the_minimums_says_by_how_much(alice_api: APIClient) -> None:
    for url in (PLAN, COMPARE):
        answer = alice_api.post(url, HOUSEHOLD | {"monthly_budget": "599.99"})

        body = answer.json()
        assert (answer.status_code, body["error_code"]) == (400, "BUDGET_BELOW_MINIMUMS")
        assert body["details"]["short"] == "0.01"
        assert body["errors"][0]["pointer"] == "/monthly_budget"


def test_a_custom_order_is_followed(alice_api: APIClient) -> None:
    plan = alice_api.post(PLAN, HOUSEHOLD | {"strategy": "custom", "order": ["Car", "CC2", "CC1"]}).json()

    assert plan["schedule"][0]["debts"][2]["payment"] == "550.00"


def test_an_offer_is_taken_as_far_as_it_pays(alice_api: APIClient) -> None:
    offer = {
        "name": "New card", "fee_percent": "5", "cap": "2000.00", "promo_apr": "0", "promo_months": 6,
        "go_to_apr": "24",
    }  # fmt: skip
    body = {
        "debts": [inline("A", "2000.00", "18", "0.00")],
        "monthly_budget": "500.00",
        "strategy": "optimal",
    }

    plan = alice_api.post(PLAN, HOUSEHOLD | body | {"transfer_offers": [offer]}).json()

    # One cent more costs less before rounding, 71.0948, and a cent more after it.
    assert plan["transfers"] == [{"offer": "New card", "debt": "A", "amount": "543.89", "fee": "27.19"}]
    assert (plan["total_interest"], plan["total_fees"]) == ("43.90", "27.19")


def test_a_household_too_large_for_a_request_is_worked_out_as_a_job(alice_api: APIClient) -> None:
    promo = {"apr": "0", "months": 12}
    debts = [inline(str(n), "9000.00", "15", "120.00", promo=promo) for n in range(60)]

    found = compared(alice_api, debts=debts, monthly_budget="7300.00", strategies=["avalanche", "optimal"])

    avalanche, optimal = found["results"]
    assert optimal["error"]["error_code"] == "ASK_FOR_A_JOB"
    assert optimal["error"]["details"] == {"debts": 60, "months": avalanche["months"]}


def test_nothing_is_kept_of_debts_that_are_only_tried(alice_api: APIClient) -> None:
    compared(alice_api)

    assert not Debt.objects.exists()


def test_without_debts_the_saved_ones_are_compared_and_no_strangers(
    alice_api: APIClient, bob_api: APIClient, add_debt: Post, alice: User
) -> None:
    mine = add_debt(name="Card")
    add_debt(client=bob_api, name="Bob's card")

    answer = alice_api.post(COMPARE, {"monthly_budget": "200.00", "strategies": ["avalanche"]})

    payoffs = answer.json()["results"][0]["payoffs"]
    assert [(payoff["name"], payoff["id"]) for payoff in payoffs] == [("Card", mine["id"])]


def test_another_persons_debt_cannot_be_planned(
    alice_api: APIClient, bob_api: APIClient, add_debt: Post
) -> None:
    theirs = add_debt(client=bob_api, name="Bob's card")

    answer = alice_api.post(COMPARE, {"monthly_budget": "200.00", "debt_ids": [theirs["id"]]})

    assert answer.status_code == 404


def test_debts_of_two_currencies_are_planned_one_at_a_time_or_converted(
    alice_api: APIClient, add_debt: Post
) -> None:
    add_debt(name="Card", currency="EUR")
    add_debt(name="Visa", currency="USD")
    body = {"monthly_budget": "200.00", "strategies": ["avalanche"]}

    refused = alice_api.post(COMPARE, body)
    one = alice_api.post(COMPARE, body | {"currency": "USD"})
    both = alice_api.post(COMPARE, body | {"currency": "EUR", "convert": True})

    assert (
        refused.json()["errors"][0]["message"] == "Your debts are in EUR, USD: choose one, or ask to convert."
    )
    assert [payoff["name"] for payoff in one.json()["results"][0]["payoffs"]] == ["Visa"]
    assert [payoff["name"] for payoff in both.json()["results"][0]["payoffs"]] == ["Card", "Visa"]


def test_without_any_debt_there_is_nothing_to_plan(alice_api: APIClient) -> None:
    answer = alice_api.post(COMPARE, {"monthly_budget": "200.00"})

    assert (answer.status_code, answer.json()["error_code"]) == (422, "NO_DEBTS")


def test_an_amount_per_rule_of_the_minimum(alice_api: APIClient) -> None:
    rules = [
        (fixed("30.00"), "30.00"),
        ({"rule": "percent", "percent": "3", "floor": "25.00"}, "30.30"),
        ({"rule": "percent", "percent": "3", "floor": "25.00", "of": "balance_before_interest"}, "30.00"),
        ({"rule": "percent", "percent": "1", "floor": "25.00"}, "25.00"),
        ({"rule": "interest_plus_percent", "percent": "1"}, "20.00"),
        ({"rule": "amortising", "months": 10}, "105.59"),
        ({"rule": "interest_only"}, "10.00"),
        ({"rule": "none"}, "0.00"),
    ]
    for minimum, asked in rules:
        debts = [
            {"name": "Loan", "balance": "1000.00", "apr": "12", "minimum_payment": minimum},
            inline("First", "5000.00", "20", "10.00"),
        ]
        plan = alice_api.post(PLAN, HOUSEHOLD | {"debts": debts}).json()
        assert plan["schedule"][0]["debts"][0]["payment"] == asked, minimum
