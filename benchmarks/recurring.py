"""How surely recurring payments are found, how well the next one is foretold, and how long ten years take.

`python -m benchmarks recurring`. The households are not those that the rules were weighed on: seeds below a
thousand were. A series counts as found where its period is right and it shares at least 70 percent of all the
movements that it or the truth names. A truth with fewer occurrences than its period asks for is not looked for.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from statistics import fmean, median
from typing import NamedTuple

from benchmarks.figures import told
from benchmarks.household_lives import busy_household, household
from benchmarks.household_truth import Household, Truth
from transactions.domain.recurring import Kind, Movement, Period, Series, find_recurring
from transactions.domain.recurring.rules import RULES

HELD_OUT = range(1000, 1100)
SHARED = 0.7
FEWEST = {rule.period: rule.fewest for rule in RULES}
TEN_YEARS, ROWS = 10, 30_000
PURE_NOISE = range(1000, 1020)


class Outcome(NamedTuple):
    """A truth with its series, a truth nobody found, or a series that is none."""

    truth: Truth | None
    series: Series | None

    @property
    def period(self) -> Period:
        return self.truth.period if self.truth else self.series.period

    @property
    def kind(self) -> Kind:
        return self.truth.kind if self.truth else self.series.kind


def run() -> None:
    outcomes = [outcome for seed in HELD_OUT for outcome in outcomes_of(household(seed))]
    rows = sum(len(household(seed).movements) for seed in HELD_OUT)
    print(f"{len(HELD_OUT)} households nobody has looked at, {rows:,} movements")
    _print_found("all", outcomes)
    for kind in Kind:
        _print_found(kind, [each for each in outcomes if each.kind == kind])
    for period in Period:
        _print_found(period, [each for each in outcomes if each.period == period])
    both = [(each.truth, each.series) for each in outcomes if each.truth and each.series]
    _print_forecast(both)
    _print_confidence(outcomes)
    _print_noise()
    _print_speed()


def outcomes_of(home: Household) -> list[Outcome]:
    """Each truth and each series once, matched where they share enough."""
    owner = {key: number for number, truth in enumerate(home.truths) for key in truth.keys}
    matched: dict[int, Series] = {}
    outcomes: list[Outcome] = []
    for series in find_recurring(home.movements, today=home.today):
        number = Counter(owner.get(key, -1) for key in series.occurrences).most_common(1)[0][0]
        if number >= 0 and number not in matched and _is_found(home.truths[number], series):
            matched[number] = series
        else:
            outcomes.append(Outcome(None, series))
    for number, truth in enumerate(home.truths):
        if number in matched or len(truth.keys) >= FEWEST[truth.period]:
            outcomes.append(Outcome(truth, matched.get(number)))
    return outcomes


def _is_found(truth: Truth, series: Series) -> bool:
    ours, theirs = set(series.occurrences), set(truth.keys)
    return truth.period == series.period and len(ours & theirs) >= SHARED * len(ours | theirs)


def _print_found(title: str, outcomes: Sequence[Outcome]) -> None:
    found = sum(bool(each.truth and each.series) for each in outcomes)
    series = sum(bool(each.series) for each in outcomes)
    truths = sum(bool(each.truth) for each in outcomes)
    if series and truths:
        print(
            f"    {title:14} precision {told(f'recurring {title} precision', found / series, 'share', '6.1%')} "
            f"of {series:5,} · recall {told(f'recurring {title} recall', found / truths, 'share', '6.1%')} "
            f"of {truths:5,}"
        )


def _print_forecast(both: Sequence[tuple[Truth, Series]]) -> None:
    ended = sum(series.is_ended == (truth.next_on is None) for truth, series in both)
    kinds = sum(series.kind == truth.kind for truth, series in both)
    print(
        f"running or ended told rightly {told('recurring ended', ended / len(both), 'share', '.1%')} · "
        f"kind {told('recurring kind', kinds / len(both), 'share', '.1%')}"
    )
    days: dict[Kind, list[int]] = defaultdict(list)
    amounts: dict[Kind, list[float]] = defaultdict(list)
    for truth, series in both:
        if truth.next_on and series.next_on:
            days[truth.kind].append(abs((series.next_on - truth.next_on).days))
            amounts[truth.kind].append(abs(series.expected - truth.next_amount) / truth.typical)
    for kind in Kind:
        print(
            f"    {kind:14} next day off by {_spread(f'recurring {kind} day', days[kind], '.0f')} days · "
            f"amount by {_spread(f'recurring {kind} amount', amounts[kind], '.1%')}"
        )


def _spread(name: str, errors: Iterable[float], form: str) -> str:
    """Median, ninth decile and mean."""
    ordered, unit = sorted(errors), "share" if form.endswith("%") else "days"
    ninth = ordered[len(ordered) * 9 // 10]
    return (
        f"{told(f'{name} median', median(ordered), unit, form)} (median), "
        f"{told(f'{name} 90 %', ninth, unit, form)} (90 %), "
        f"{told(f'{name} mean', fmean(ordered), unit, form.replace('.0f', '.2f'))} (mean)"
    )


def _print_confidence(outcomes: Sequence[Outcome]) -> None:
    print("confidence: series, mean confidence, share right")
    buckets: dict[int, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        if each.series:
            buckets[min(9, int(each.series.confidence * 10))].append(each)
    for bucket, group in sorted(buckets.items()):
        mean = fmean(each.series.confidence for each in group if each.series)
        right = fmean(each.truth is not None for each in group)
        name = f"recurring confidence {bucket / 10:.1f}+"
        print(
            f"    {bucket / 10:.1f}+: {len(group):5,} {told(f'{name} mean', mean, 'share', '.2f')} "
            f"{told(f'{name} right', right, 'share', '.2f')}"
        )


def _print_noise() -> None:
    """Purchases on any day, of any amount or at one price: nothing in them recurs."""
    found = merchants = 0
    for seed in PURE_NOISE:
        chance = Random(seed)
        today = date(2026, 6, 30)
        movements = [
            Movement(
                f"{shop}-{number}", today - timedelta(days=chance.randrange(1095)), -amount, "EUR", f"{shop}"
            )
            for shop in range(200)
            for number, amount in enumerate(_noise_amounts(chance))
        ]
        merchants += 200
        found += len(find_recurring(movements, today=today))
    print(f"pure noise: {told('recurring in noise', found, 'series', '')} series at {merchants:,} merchants")


def _noise_amounts(chance: Random) -> list[int]:
    price = chance.randint(300, 3_000)
    size = chance.randint(2, 80)
    return [price if chance.random() < 0.5 else chance.randint(300, 9_000) for _ in range(size)]


def _print_speed() -> None:
    home = busy_household(HELD_OUT.start, years=TEN_YEARS, rows=ROWS)
    started = time.perf_counter(), time.process_time()
    series = find_recurring(home.movements, today=home.today)
    wall, processor = time.perf_counter() - started[0], time.process_time() - started[1]
    print(
        f"ten years, {len(home.movements):,} movements: {len(series)} series in "
        f"{told('recurring ten years', wall, 's', '.2f')} s, "
        f"{told('recurring ten years processor', processor, 's', '.2f')} s of the processor"
    )
