"""What goals ask for in the next weeks."""

import datetime as dt
from decimal import Decimal

from goals.selectors.obligations import planned_contributions
from tests.factories import ContributionFactory, DebtFactory, GoalFactory
from tests.goals.api.conftest import pay_day
from users.models import User

TODAY, UNTIL = dt.date(2026, 3, 15), dt.date(2026, 4, 30)


def asked(user: User) -> list[tuple[str, str]]:
    return [
        (each.day.isoformat(), f"{each.amount}")
        for each in planned_contributions(user, today=TODAY, until=UNTIL)
    ]


def test_a_goal_asks_for_its_part_on_each_month_end(alice: User) -> None:
    GoalFactory(user=alice, name="Roof")

    (first, _) = planned_contributions(alice, today=TODAY, until=UNTIL)

    assert asked(alice) == [("2026-03-31", "120.00"), ("2026-04-30", "120.00")]
    assert (first.name, first.kind, first.currency, first.account_id) == ("Roof", "goal", "EUR", None)


def test_where_pay_days_are_known_it_asks_then(alice: User) -> None:
    pay_day(alice)
    GoalFactory(user=alice)

    assert asked(alice) == [("2026-03-27", "120.00"), ("2026-04-27", "120.00")]


def test_what_was_put_aside_this_month_counts_towards_this_months_part(alice: User) -> None:
    goal = GoalFactory(user=alice)
    ContributionFactory(goal=goal, amount=Decimal("50.00"), on=dt.date(2026, 3, 2))

    assert asked(alice) == [("2026-03-31", "70.00"), ("2026-04-30", "120.00")]


def test_what_was_put_aside_before_lowers_all_parts(alice: User) -> None:
    goal = GoalFactory(user=alice)
    ContributionFactory(goal=goal, amount=Decimal("200.00"), on=dt.date(2026, 2, 2))

    assert asked(alice) == [("2026-03-31", "100.00"), ("2026-04-30", "100.00")]


def test_goals_that_are_not_active_or_follow_a_debt_ask_for_nothing(alice: User, bob: User) -> None:
    for status in ("paused", "achieved", "abandoned"):
        GoalFactory(user=alice, status=status)
    GoalFactory(user=alice, debt_id=DebtFactory(user=alice).pk, debt_owed=Decimal("1000.00"))
    GoalFactory(user=bob)

    assert asked(alice) == []


def test_a_goal_whose_date_has_passed_asks_at_once(alice: User) -> None:
    GoalFactory(user=alice, target_on=dt.date(2026, 3, 1))

    assert asked(alice) == [("2026-03-15", "1200.00")]
