"""Which rows of a ledger look like payments on a debt."""

from dataclasses import replace
from datetime import date

import pytest

from debts.domain.suggestions import Expectation, Movement, suggestions

EXPECTED = Expectation(names=["Kranich Bank", "Car loan"], amounts=[25_000], due_day=1)
RENT = Movement(
    key="rent", on=date(2026, 3, 15), paid=90_000, text="Rent Meyer", is_loan_payment=False, is_on_debt_account=False
)  # fmt: skip


def judged(**differences):
    return suggestions(EXPECTED, [replace(RENT, **differences)])


@pytest.mark.parametrize(
    ("differences", "score"),
    [
        ({"is_on_debt_account": True}, 80),
        ({"text": "KRANICH SAYS THANKS"}, 50),
        ({"text": "Car loan March"}, 50),
        ({"paid": 25_000}, 30),
        ({"paid": 26_250, "is_loan_payment": True}, 35),
        ({"paid": 26_251, "is_loan_payment": True, "on": date(2026, 3, 8)}, 30),
        ({"paid": 25_000, "on": date(2026, 2, 26)}, 40),
        ({"text": "Kranich", "paid": 25_000, "is_loan_payment": True, "on": date(2026, 3, 2)}, 100),
    ],
)
def test_every_sign_adds_to_the_score(differences, score):
    assert [each.score for each in judged(**differences)] == [score]


@pytest.mark.parametrize(
    "differences",
    [
        {},
        {"on": date(2026, 3, 1)},
        {"is_loan_payment": True},
        {"paid": 25_001},
        {"text": "Other bank, card and loan"},
    ],
)
def test_too_little_is_no_suggestion(differences):
    assert judged(**differences) == []


def test_every_point_has_its_reason():
    (found,) = judged(text="Kranich", paid=24_000)

    assert found.reasons == (
        "It names the lender or the debt.",
        "The amount is near what you pay on this debt.",
    )


def test_the_likeliest_comes_first_and_equals_by_key():
    rows = [
        replace(RENT, key="b", paid=25_000),
        replace(RENT, key="c", text="Kranich"),
        replace(RENT, key="a", paid=25_000),
    ]

    assert [each.key for each in suggestions(EXPECTED, rows)] == ["c", "a", "b"]
