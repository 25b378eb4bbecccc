"""Action plans in sentences."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from goals.domain.action_plan import Changes
from goals.domain.levers import CategorySpending, OneOff, Pace, Subscription, steps
from goals.domain.wording import changes_sentence, step_sentence

# 2,190.00 at 6.00 a day: a year.
A_YEAR = Pace(2_190_00, Fraction(6_00))
NEVER = Pace(2_190_00, Fraction(0))
FILMS, GYM = Subscription("Films", 8_00, is_unused=True), Subscription("Gym", 12_00, is_unused=True)


def dollars(units):
    return f"${units / 100:.2f}".removesuffix(".00")


def day(on):
    return on.isoformat()


def sentences(*levers, pace=A_YEAR, gap=0):
    return [
        step_sentence(step, money=dollars) for step in steps(levers, pace=pace, gap=gap, with_essentials=True)
    ]


@pytest.mark.parametrize(
    ("levers", "sentence"),
    [
        (
            [Subscription("Music", 54_00), FILMS, GYM],
            "Subscriptions cost $74 a month; dropping the two unused ones reaches the goal 5 weeks earlier.",
        ),
        (
            [GYM],
            "Subscriptions cost $12 a month; dropping the unused one, Gym, reaches the goal 3 weeks earlier.",
        ),
        (
            [replace(GYM, name=f"Gym {number}") for number in range(11)],
            "Subscriptions cost $132 a month; dropping the 11 unused ones reaches the goal 21 weeks earlier.",
        ),
        (
            [CategorySpending("Dining", 20_00)],
            "Dining usually costs $20 a month; spending $4 less reaches the goal 1 week earlier.",
        ),
        (
            [CategorySpending("Books", 10_00)],
            "Books usually costs $10 a month; spending $2 less reaches the goal 3 days earlier.",
        ),
        (
            [CategorySpending("Apps", 2_00)],
            "Apps usually costs $2 a month; spending $0.40 less saves $0.40 a month.",
        ),
        (
            [OneOff("The old bike", 90_00)],
            "The old bike brings $90 once and reaches the goal 2 weeks earlier.",
        ),
        ([OneOff("The old bell", 1_00)], "The old bell brings $1 once and takes the goal $1 closer."),
    ],
)
def test_a_step_says_what_it_costs_now_and_what_it_does(levers, sentence):
    assert sentences(*levers) == [sentence]


def test_where_nothing_is_left_over_a_step_says_when_the_goal_is_reached():
    found = sentences(
        CategorySpending("Dining", 365_00),
        OneOff("The old bike", 90_00),
        OneOff("The legacy", 5_000_00),
        pace=NEVER,
        gap=182_50,
    )

    assert found == [
        "The legacy brings $5000 once and reaches the goal.",
        "Dining usually costs $365 a month; spending $182.50 less reaches the goal in 52 weeks.",
        "The old bike brings $90 once and takes the goal $90 closer.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            Changes(date(2026, 6, 30), 920_00, 70_00),
            "The goal is feasible with $70 more a month, 2026-06-30 as its date or a target of $920.",
        ),
        (
            Changes(None, 920_00, 70_00),
            "The goal is feasible with $70 more a month or a target of $920.",
        ),
        (Changes(None, None, 70_00), "The goal is feasible with $70 more a month."),
    ],
)
def test_what_would_make_a_goal_feasible_is_one_sentence(changes, sentence):
    assert changes_sentence(changes, money=dollars, day=day) == sentence
