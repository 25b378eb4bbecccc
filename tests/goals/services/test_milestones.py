"""Who reaches a milestone hears of it once, in their language."""

from datetime import date
from decimal import Decimal

import pytest

from core.models import Notification
from goals.services.contributions import contribute, remove_contribution
from tests.factories import GoalFactory, PersonFactory, act_of

TODAY = date(2026, 3, 15)


@pytest.mark.django_db
def test_the_furthest_milestone_is_told_once():
    goal = GoalFactory(user=PersonFactory(locale="fr"), name="Lisbonne", target_amount=Decimal(1000))
    act = act_of(goal.user)
    put_aside = contribute(goal, act=act, today=TODAY, amount=Decimal(600))
    remove_contribution(put_aside, act=act)
    contribute(goal, act=act, today=TODAY, amount=Decimal(600))
    told = Notification.objects.get()
    assert (told.topic, told.title) == ("goal.milestone", "Lisbonne : 50 % épargnés")
    assert (
        told.body
        == "600,00\N{NO-BREAK SPACE}€ sur 1\N{NARROW NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}€ sont épargnés."
    )
    contribute(goal, act=act, today=TODAY, amount=Decimal(400))
    assert Notification.objects.order_by("-pk").first().title == "Lisbonne : atteint"
