"""What people read about their budget, in their language."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import pgettext

from budgets.domain.redistribution import Outcome, net_moves
from budgets.models import BudgetPeriod
from budgets.selectors.standing import Standing
from core.domain.money import from_minor
from core.languages import language_of
from core.writing import written_amount, written_day
from transactions.selectors.names import category_label

MINUS = "\N{MINUS SIGN}"


def amount_in_words(units: int, period: BudgetPeriod) -> str:
    """An amount of minor units as the person of a period writes it."""
    return written_amount(from_minor(units, period.currency), period.currency, locale=period.user.locale)


def names_of(stood: Standing) -> Mapping[str, str]:
    """What each allocation's category is called, by the allocation's id."""
    locale = stood.period.user.locale
    return {str(row.pk): category_label(row.category, locale=locale) for row in stood.allocations}


def run_message(stood: Standing, outcome: Outcome) -> str:
    """One sentence of what a redistribution moves and what it cannot cover."""
    names, period = names_of(stood), stood.period
    moves = ", ".join(
        f"{names[key]} {'+' if units > 0 else MINUS}{amount_in_words(abs(units), period)}"
        for key, units in net_moves(outcome.moves)
    )
    short = ", ".join(
        f"{names[key]} {amount_in_words(units, period)}" for key, units in outcome.short.items()
    )
    with translation.override(language_of(period.user.locale)):
        if moves and short:
            text = pgettext("budget", "Budget adjusted: {moves}; still short: {short}.")
        elif moves:
            text = pgettext("budget", "Budget adjusted: {moves}.")
        elif short:
            text = pgettext("budget", "Nothing could be moved; still short: {short}.")
        else:
            text = pgettext("budget", "Nothing is overspent.")
    return text.format(moves=moves, short=short)


def carried_message(carried: int, left: int, period: BudgetPeriod) -> str:
    """Where what was carried into a day comes from; ``left`` days share it. Empty where nothing was."""
    if not carried:
        return ""
    with translation.override(language_of(period.user.locale)):
        if carried > 0:
            text = pgettext(
                "budget", "{amount} planned since {day} was not spent; days left to use it: {left}."
            )
        else:
            text = pgettext(
                "budget", "{amount} more than planned was spent since {day}; days left to bear it: {left}."
            )
    since = written_day(period.first_on, locale=period.user.locale)
    return text.format(amount=amount_in_words(abs(carried), period), day=since, left=left)


def alert_title(kind: str, name: str, locale: str) -> str:
    """The headline of an alert about a category."""
    with translation.override(language_of(locale)):
        titles = {
            "almost": pgettext("budget", "{name}: nearly all spent"),
            "spent": pgettext("budget", "{name}: all spent"),
            "forecast": pgettext("budget", "{name}: it will not last"),
        }
    return titles[kind].format(name=name)


def alert_body(kind: str, *, spent: int, budgeted: int, needed: int, period: BudgetPeriod) -> str:
    """The figures behind an alert, and until when they have to do."""
    with translation.override(language_of(period.user.locale)):
        bodies = {
            "almost": pgettext("budget", "{spent} of {budgeted} is spent, and the budget runs until {day}."),
            "spent": pgettext("budget", "{spent} is spent of {budgeted}, and the budget runs until {day}."),
            "forecast": pgettext(
                "budget", "{spent} of {budgeted} is spent, and another {needed} is likely until {day}."
            ),
        }
    return bodies[kind].format(
        spent=amount_in_words(spent, period),
        budgeted=amount_in_words(budgeted, period),
        needed=amount_in_words(needed, period),
        day=written_day(period.last_on, locale=period.user.locale),
    )


def picture_words(locale: str) -> dict[str, str]:
    """What the colours of a drawn month mean."""
    with translation.override(language_of(locale)):
        return {
            "green": pgettext("budget", "up to 80 %"),
            "amber": pgettext("budget", "nearly all spent"),
            "red": pgettext("budget", "more than there was"),
            "none": pgettext("budget", "nothing planned"),
        }
