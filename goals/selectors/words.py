"""What people read about their goals, in their language."""

from decimal import Decimal

from django.utils import translation
from django.utils.translation import pgettext

from core.languages import language_of
from core.writing import written_amount
from goals.models import Goal

WHOLE = 100


def milestone_title(goal: Goal, percent: int) -> str:
    """The headline of a milestone."""
    with translation.override(language_of(goal.user.locale)):
        is_reached = percent == WHOLE
        text = (
            pgettext("goal", "{name}: reached")
            if is_reached
            else pgettext("goal", "{name}: {percent} % saved")
        )
    return text.format(name=goal.name, percent=percent)


def milestone_body(goal: Goal, saved: Decimal) -> str:
    """What is saved of how much."""
    with translation.override(language_of(goal.user.locale)):
        text = pgettext("goal", "{saved} of {target} is saved.")
    saved_text, target = (
        written_amount(amount, goal.currency, locale=goal.user.locale)
        for amount in (saved, goal.target_amount)
    )
    return text.format(saved=saved_text, target=target)
