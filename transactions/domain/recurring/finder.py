"""All series of a ledger."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from transactions.domain.recurring import amounts as money
from transactions.domain.recurring.candidates import Group, grouped
from transactions.domain.recurring.evidence import confidence_of
from transactions.domain.recurring.joining import Run, absorbed, believable, joined
from transactions.domain.recurring.outlook import outlook
from transactions.domain.recurring.peeling import rhythms
from transactions.domain.recurring.records import Kind, Movement, Series
from transactions.domain.recurring.wording import reasons


def find_recurring(movements: Sequence[Movement], *, today: date) -> list[Series]:
    """The series in a history, those first that began first; what lies after ``today`` is not looked at.

    The order of ``movements`` does not matter, and their keys have to differ. A movement belongs to one series at
    most. Movements are compared within one merchant, currency and direction, whatever account they are on, so that
    a subscription survives a new card; there the 250 surest rhythms at most are made into series. Transfers between
    own accounts are better left out.
    """
    past = [each for each in movements if each.on <= today]
    found = [
        series
        for group, members in grouped(past).items()
        for series in _series_of(group, members, today=today)
    ]
    return sorted(found, key=lambda series: (series.first_on, series.key))


def _series_of(group: Group, members: list[Movement], *, today: date) -> Iterator[Series]:
    runs = believable(absorbed(joined(rhythms(members)), members), members)
    numbers: dict[str, int] = {}
    for run in sorted(runs, key=lambda each: (each.members[0].on, str(each.members[0].key))):
        name = _name(group, run)
        numbers[name] = numbers.get(name, 0) + 1
        yield _series(run, group, key=_key(f"{name}\x1f{numbers[name]}"), today=today)


def _name(group: Group, run: Run) -> str:
    merchant, currency, _ = group  # the direction is in the amount
    return "\x1f".join((merchant, currency, run.rhythm.rule.period, str(run.members[0].amount)))


def _key(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=16).hexdigest()


def _series(run: Run, group: Group, *, key: str, today: date) -> Series:
    days, amounts = [each.on for each in run.members], [each.amount for each in run.members]
    rule = run.rhythm.rule
    ahead = outlook(run.rhythm.schedule, days, today=today)
    # Only what costs the same for a while has a price that can change; only what does not has seasons.
    is_steady = money.is_steady(amounts)
    changes, latest = money.price_levels(days, amounts) if is_steady else ((), amounts)
    amount, spread = money.forecast(latest, a_year=0 if is_steady else rule.a_year)
    kind = _kind(amounts, is_steady=is_steady)
    return Series(
        key=key,
        merchant=group[0],
        currency=group[1],
        period=rule.period,
        kind=kind,
        occurrences=tuple(each.key for each in run.members),
        first_on=days[0],
        last_on=days[-1],
        next_on=ahead.next_on,
        tolerance_days=ahead.tolerance_days,
        expected=amount,
        spread=spread,
        price_changes=changes,
        missed=ahead.missed,
        is_ended=ahead.is_ended,
        confidence=confidence_of(run.rhythm.evidence, ahead.coverage),
        reasons=reasons(kind, ahead, days, amounts, changes),
    )


def _kind(amounts: Sequence[int], *, is_steady: bool) -> Kind:
    if amounts[0] > 0:
        return Kind.INCOME
    return Kind.SUBSCRIPTION if is_steady else Kind.BILL
