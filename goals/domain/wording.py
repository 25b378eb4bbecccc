"""Action plans in sentences; amounts and days are written by formatters that the caller gives."""

from collections.abc import Callable
from datetime import date

from goals.domain.action_plan import Changes
from goals.domain.levers import DAYS_A_WEEK, Step, StepKind

Money = Callable[[int], str]
"""Writes an amount of minor units."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def step_sentence(step: Step, *, money: Money) -> str:
    """One step as advice: what it costs now, what to do, what that does for the goal."""
    return _SENTENCES[step.kind](step, money)


def changes_sentence(changes: Changes, *, money: Money, day: Callable[[date], str]) -> str:
    """What would make a goal feasible, each on its own."""
    found = [f"{money(changes.more_per_month)} more a month"]
    if changes.later_on is not None:
        found.append(f"{day(changes.later_on)} as its date")
    if changes.smaller_target is not None:
        found.append(f"a target of {money(changes.smaller_target)}")
    return f"The goal is feasible with {_listed(found)}."


def _dropping(step: Step, money: Money) -> str:
    names = step.names
    what = f"the unused one, {names[0]}," if len(names) == 1 else f"the {_counted(len(names))} unused ones"
    return f"Subscriptions cost {money(step.spent)} a month; dropping {what} {_effect(step, money)}."


def _trimming(step: Step, money: Money) -> str:
    usual = f"{step.names[0]} usually costs {money(step.spent)} a month"
    return f"{usual}; spending {money(step.monthly_saving)} less {_effect(step, money)}."


def _once(step: Step, money: Money) -> str:
    return f"{step.names[0]} brings {money(step.once)} once and {_effect(step, money)}."


def _effect(step: Step, money: Money) -> str:
    if step.days_earlier:
        return f"reaches the goal {_lasting(step.days_earlier)} earlier"
    if step.days_earlier is None and step.reached_in_days is not None:
        return (
            f"reaches the goal in {_lasting(step.reached_in_days)}"
            if step.reached_in_days
            else "reaches the goal"
        )
    return (
        f"takes the goal {money(step.once)} closer"
        if step.once
        else f"saves {money(step.monthly_saving)} a month"
    )


def _lasting(days: int) -> str:
    weeks = days // DAYS_A_WEEK
    number, unit = (weeks, "week") if weeks else (days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _counted(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _listed(parts: list[str]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


_SENTENCES: dict[StepKind, Callable[[Step, Money], str]] = {
    StepKind.DROP_SUBSCRIPTIONS: _dropping,
    StepKind.ONE_OFF: _once,
    StepKind.TRIM_CATEGORY: _trimming,
}
