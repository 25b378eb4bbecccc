"""Two nightly rounds, and a round beside a person, at the same time."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from core.models import Notification
from goals.models import Contribution, Milestone
from goals.services.contributions import contribute
from goals.services.nightly import look_after_goals
from tests.factories import (
    NOW,
    AccountFactory,
    ContributionRuleFactory,
    GoalFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from tests.racing import TIMES, Race, needs_connections, racers
from users.models import User

pytestmark = [needs_connections, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TODAY = NOW.date()


@pytest.fixture
def race(db: Any) -> Iterator[Race]:
    with racers() as started:
        yield started


def saver(user: User) -> Any:
    """A goal of 1,200 that gets half of an income of 1,000."""
    goal = GoalFactory(user=user)
    ContributionRuleFactory(goal=goal, percent=Decimal(50))
    TransactionFactory(
        account=AccountFactory(user=user), amount=Decimal("1000.00"), category=category_of(user, "salary")
    )
    return goal


def test_two_rounds_put_aside_once(race: Race, alice: User, bob: User) -> None:
    for person in (alice, bob):
        saver(person)

    for _ in range(TIMES):
        made = race(
            lambda: look_after_goals([alice, bob], act=act_of(alice), today=TODAY),
            lambda: look_after_goals([bob, alice], act=act_of(alice), today=TODAY),
        )

        assert sorted(made) == [0, 2]
        assert [each.amount for each in Contribution.objects.all()] == [Decimal("500.00")] * 2
        assert Milestone.objects.count() == Notification.objects.count() == 2
        for rows in (Contribution, Milestone, Notification):
            rows.objects.all().delete()


def test_a_round_gives_no_more_than_a_person_beside_it_has_left(race: Race, alice: User) -> None:
    goal = saver(alice)

    for _ in range(TIMES):
        race(
            lambda: look_after_goals([alice], act=act_of(alice), today=TODAY),
            lambda: contribute(goal, act=act_of(alice), today=TODAY, amount=Decimal("1000.00")),
        )

        total = sum(each.amount for each in Contribution.objects.all())
        # Whoever came first: 500 and 1,000, or 1,000 and the 200 that were still needed.
        assert total in {Decimal("1500.00"), Decimal("1200.00")}
        assert [each.percent for each in Milestone.objects.order_by("percent")] == [25, 50, 75, 100]
        for rows in (Contribution, Milestone, Notification):
            rows.objects.all().delete()
        type(goal).objects.update(status="active")
