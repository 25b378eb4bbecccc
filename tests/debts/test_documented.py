"""The page on debts says what the planner says."""

import json
import re
from decimal import Decimal

import pytest
import time_machine

from debts.domain.budget import constant_budget
from debts.domain.interest import interest_on, periodic_rate
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_rate
from debts.domain.terms import Accrual, Debt, RateStep, Segment
from tests.debts.documented import DOCUMENTS, START, pictures
from tests.debts.domain.households import fixed

PAGE = (DOCUMENTS / "debts.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        yield


def documented_request():
    return json.loads(re.search(r"/debts/compare .*? -d '(\{.*?\})'", PAGE, re.DOTALL)[1])


def asked(client, question, **fields):
    body = documented_request() | fields
    if question == "target":
        del body["monthly_budget"]
    answer = client.post(f"/api/v1/debts/{question}", body)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def sent(path):
    """The body of an example on the page."""
    body = re.search(rf"curl -s \$API/{path} .*? -d '(\{{.*?\}})'\n\n", PAGE, re.DOTALL)[1]
    return json.loads(body.replace("'$(date -u +%F)'", "2026-01-01"))


def test_a_debt_a_payment_a_purchase_and_a_plan_are_made_as_on_the_page(alice_api):
    page = re.sub(r"\s+", " ", PAGE)

    debt = alice_api.post("/api/v1/debts", sent("debts")).json()
    payment = alice_api.post(f"/api/v1/debts/{debt['id']}/payments", sent(r"debts/\$DEBT/payments")).json()
    purchase = alice_api.post("/api/v1/instalments", sent("instalments")).json()
    plan = alice_api.post("/api/v1/payment-plans", sent("payment-plans")).json()

    for answer, names in (
        (debt, ("balance_on", "balance", "segments")),
        (payment, ("paid_on", "amount", "interest", "interest_part", "principal_part", "balance_after")),
        (purchase, ("amount", "paid", "remaining", "next_due_on")),
        (plan, ("name", "status", "strategy", "starts_on", "months", "debt_free_on", "total_interest")),
    ):
        assert json.dumps({name: answer[name] for name in names})[1:-1] in page


@pytest.mark.parametrize("name", sorted(pictures()))
def test_a_picture_is_that_of_the_household_on_the_page(name):
    assert f"images/{name}" in PAGE
    assert (DOCUMENTS / "images" / name).read_text(encoding="utf-8") == pictures()[name] + "\n"


def test_the_answer_on_the_page_is_the_answer(alice_api):
    found = asked(alice_api, "compare")

    said = re.sub(r"\s+", " ", PAGE)
    assert f'"why": "{found["why"]}"' in said
    assert json.dumps(found["results"][2]["certificate"]) in said
    for plan in (found["baseline"], *found["results"]):
        figures = {name: plan[name] for name in ("strategy", "months", "total_interest")}
        assert json.dumps(figures)[:-1] in said
    payoff = json.dumps(found["results"][0]["payoffs"][0])
    assert payoff in said


def test_the_answers_to_more_questions_are_those_on_the_page(alice_api):
    target = asked(alice_api, "target", target_on="2028-01-01")
    what_if = asked(alice_api, "what-if", extra_amounts=["100.00"])
    risk = asked(alice_api, "risk", deviations=["-200.00", "-50.00", "0.00", "50.00", "200.00"])

    assert f"By 1 January 2028: {target['monthly_budget']} a month" in PAGE
    (step,), (first, _, car) = what_if["curve"], what_if["sensitivity"]
    assert (step["interest_saved"], step["months_saved"]) == ("520.13", 4)
    assert (first["saves"], car["saves"], car["one_point_less_apr_saves"]) == ("0.59", "0.15", "199.49")
    assert [risk[name]["months"] for name in ("p10", "p50", "p90")] == [29, 30, 31]
    for words in (
        "save 520.13 and four months",
        "saves\n  0.59, on the car 0.15",
        "saves 199.49",
        "month 29, 30 and 31",
    ):
        assert words in PAGE


def test_the_offer_on_the_page_is_taken_as_the_page_says(alice_api):
    offer = {
        "name": "New card", "fee_percent": "3", "cap": "5000.00", "promo_apr": "0", "promo_months": 15,
        "go_to_apr": "24.99",
    }  # fmt: skip

    plan = asked(alice_api, "plan", strategy="optimal", transfer_offers=[offer])

    assert f'"transfers": {json.dumps(plan["transfers"])}' in PAGE
    assert f"pays {plan['total_interest']} of interest" in PAGE


def test_the_36_months_of_a_statement_are_those_on_the_page(alice_api):
    card = {"name": "Card", "balance": "3000.00", "apr": "17"}

    assert asked(alice_api, "target", debts=[card], target_on="2028-12-01")["monthly_budget"] == "106.96"
    assert "3,000.00 at 17 % ask for 106.96" in PAGE


@pytest.mark.parametrize("accrual", list(Accrual))
def test_the_interest_of_a_month_is_that_on_the_page(accrual):
    long, short = (interest_on(1000_00, periodic_rate(Decimal(18), accrual, days)) for days in (31, 28))

    assert f"| `{accrual}` | {long / 100:.2f} | {short / 100:.2f} |" in PAGE


def test_the_minimums_are_those_on_the_page(alice_api):
    rows = re.findall(r"^\| `(\{\"rule\".*?\})` \| ([\d.]+) \|", PAGE, re.MULTILINE)
    assert [json.loads(rule)["rule"] for rule, _ in rows] == [
        "fixed", "percent", "interest_plus_percent", "amortising", "interest_only", "none",
    ]  # fmt: skip
    for rule, amount in rows:
        loan = {"name": "Loan", "balance": "1000.00", "apr": "12", "minimum_payment": json.loads(rule)}
        dearer = {"name": "Dearer", "balance": "5000.00", "apr": "20"}
        plan = asked(alice_api, "plan", debts=[loan, dearer])
        assert plan["schedule"][0]["debts"][0]["payment"] == amount, rule


def test_deferred_interest_is_that_on_the_page():
    rates = (RateStep(1, Decimal("26.99")),)
    television = Debt(
        "Television",
        (Segment(1200_00, rates, deferred_until=12, deferred_apr=Decimal("26.99")),),
        fixed("50.00"),
    )

    slow, quick = (
        simulate([television], constant_budget(paid), Instructions(by_rate), start=START)
        for paid in (50_00, 100_00)
    )

    assert slow.months[12][0].interest == 263_16
    assert quick.total_interest == 0
    assert "gets 263.16 of interest in month 13" in PAGE
