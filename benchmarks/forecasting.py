"""How far the forecast of the rest of a month is off, beside naive ones, and how long it takes.

`python -m benchmarks forecasting`. On the 1st, 8th, 15th and 22nd of months that no method has seen, the rest of the
month is foretold from the three to twelve months before. A method is chosen on some households and measured on
others; what ships has to be the one chosen.

WAPE: absolute errors over what was really spent, of the totals and of the single categories; MAE: a total's, in whole
units of the currency; bias: how much more is foretold than spent; pinball: the quantile scores of both bounds over
what was spent (Hyndman and Athanasopoulos, Forecasting: principles and practice, 3rd ed., 5.8 and 5.9). Where mostly
nothing is bought the median errs least, and foretells far too little in all: a method with more bias than a tenth is
not chosen.

Where there are bills ours expects those that the finder finds; the naive methods look at all that was spent.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from benchmarks.figures import RATIO_WIDTH, told, told_time
from benchmarks.forecast_candidates import blended, mean_of_all, month_median, same_days
from benchmarks.forecast_cases import STARTS, Case, cases_with_bills, drawn_cases
from benchmarks.household_lives import busy_household, household
from benchmarks.household_spending import SORTS
from benchmarks.household_truth import Household
from benchmarks.timing import against, timed
from budgets.domain.forecast import (
    DaySpending,
    ExpectedBill,
    Forecast,
    Method,
    habit,
    last_month,
    three_months,
)

TUNING, HELD_OUT = range(200), range(1000, 1200)
REGULAR = range(1000, 1060)
TEN_YEARS, ROWS, TEN_YEARS_MONTHS = 10, 30_000, 6
MOST_BIAS = 0.1
TOTAL = "total"
PEOPLE, PEOPLE_SECONDS, MILLISECONDS = 10_000, 30, 3.0


class Row(NamedTuple):
    """A category, or the total, of one case."""

    start: int
    category: str
    truth: int
    expected: int
    low: int
    high: int


Results = dict[str, list[Row]]


NAIVE: dict[str, Method] = {
    "last month": last_month,
    "its same days": same_days(1),
    "three-month mean": three_months,
    "their same days": same_days(3),
}
OURS = "habit"
CANDIDATES: dict[str, Method] = {
    **NAIVE,
    "mean of all": mean_of_all,
    "median month": month_median,
    OURS: habit,
    "habit + three-month mean": blended(habit, three_months),
    "habit + median month": blended(habit, month_median),
}


def main() -> None:
    tuned = results_of(drawn_cases(TUNING), CANDIDATES)
    _print_errors(f"{len(TUNING)} households to choose on", tuned)
    chosen = choose(tuned)
    print(f"chosen: {chosen}, " + ("which ships" if chosen == OURS else f"but {OURS} SHIPS"))
    held_out = results_of(drawn_cases(HELD_OUT), NAIVE | {OURS: habit})
    _print_errors(f"\n{len(HELD_OUT)} others", held_out)
    _print_categories(held_out)
    _print_intervals(held_out)
    _print_with_bills(f"\n{len(REGULAR)} with bills", map(household, REGULAR), months=1)
    ten_years = busy_household(REGULAR.start, years=TEN_YEARS, rows=ROWS)
    _print_with_bills("\na ledger of ten years", [ten_years], months=TEN_YEARS_MONTHS)
    _print_speed()


def choose(results: Results) -> str:
    """The method that errs least in the total, of those without much bias."""
    fair = [name for name, rows in results.items() if abs(_bias(rows)) <= MOST_BIAS]
    return min(fair, key=lambda name: _wape(_totals(results[name])))


def results_of(cases: Iterable[Case], methods: dict[str, Method]) -> Results:
    results: Results = defaultdict(list)
    for case in cases:
        _add(results, case, methods)
    return results


def _add(results: Results, case: Case, methods: dict[str, Method]) -> None:
    for name, method in methods.items():
        results[name] += _rows(case, case.foretold(method))


def _rows(case: Case, foretold: Forecast) -> Iterator[Row]:
    start = case.today.day
    for category, truth in case.truth.items():
        each = foretold.categories[category]
        yield Row(start, category, truth, each.expected, each.low, each.high)
    total = foretold.total
    yield Row(start, TOTAL, sum(case.truth.values()), total.expected, total.low, total.high)


def _print_with_bills(title: str, homes: Iterable[Household], *, months: int) -> None:
    ours: Results = defaultdict(list)
    naive: Results = defaultdict(list)
    for home in homes:
        for knowing, not_knowing in cases_with_bills(home, months):
            _add(ours, knowing, {f"{OURS} and bills": habit})
            _add(naive, not_knowing, NAIVE)
    _print_errors(title, naive | ours)


def _print_errors(title: str, results: Results) -> None:
    wide = 8 + RATIO_WIDTH
    starts = "".join(f"{f'from {start}.':>{wide}}" for start in STARTS)
    print(f"{title}\n{'':<28}{'WAPE':>{wide}}{'MAE':>{wide}}{'single':>{wide}}{'bias':>{wide}}{starts}")
    for name, rows in results.items():
        totals = _totals(rows)
        mean = sum(abs(row.expected - row.truth) for row in totals) / len(totals) / 100
        figure = f"forecasting {title.strip()}, {name}"
        by_start = "".join(
            _share(f"{figure} WAPE from {start}", _wape([row for row in totals if row.start == start]))
            for start in STARTS
        )
        print(
            f"    {name:<24}{_share(f'{figure} WAPE', _wape(totals))}{told(f'{figure} MAE', mean, 'units', '>8.0f')}"
            f"{_share(f'{figure} single WAPE', _wape(_singles(rows)))}{_share(f'{figure} bias', _bias(rows))}{by_start}"
        )


def _share(name: str, value: float) -> str:
    return told(name, value, "share", ">8.1%")


def _print_categories(results: Results) -> None:
    print(f"WAPE by category, the most often bought first: {', '.join(results)}")
    for category in sorted(SORTS, key=lambda name: -SORTS[name].purchases):
        of_it = {
            name: _wape([row for row in rows if row.category == category]) for name, rows in results.items()
        }
        print(
            f"    {category:<16}"
            + "".join(_share(f"forecasting {category}, {name} WAPE", each) for name, each in of_it.items())
        )


def _print_intervals(results: Results) -> None:
    headings = ("within", "below", "above", "pinball")
    print(f"80 % interval{'':<23}" + "".join(f"{each:>{8 + RATIO_WIDTH}}" for each in headings))
    for name, rows in results.items():
        for part, chosen in ((TOTAL, _totals(rows)), ("single", _singles(rows))):
            below = sum(row.truth < row.low for row in chosen) / len(chosen)
            above = sum(row.truth > row.high for row in chosen) / len(chosen)
            pinball = sum(map(_pinball, chosen)) / sum(abs(row.truth) for row in chosen)
            shares = zip(headings, (1 - below - above, below, above, pinball), strict=True)
            figures = (
                _share(f"forecasting interval, {name} {part} {heading}", each) for heading, each in shares
            )
            print(f"    {name:<24}{part:<8}" + "".join(figures))


def _pinball(row: Row) -> float:
    low, high = row.truth - row.low, row.truth - row.high
    return max(0.1 * low, -0.9 * low) + max(0.9 * high, -0.1 * high)


def _totals(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.category == TOTAL]


def _singles(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.category != TOTAL]


def _wape(rows: Sequence[Row]) -> float:
    return sum(abs(row.expected - row.truth) for row in rows) / sum(abs(row.truth) for row in rows)


def _bias(rows: Sequence[Row]) -> float:
    totals = _totals(rows)
    return sum(row.expected - row.truth for row in totals) / sum(row.truth for row in totals)


def _print_speed() -> None:
    print("\ntwelve months in twenty categories, milliseconds of the best / the median run")
    for share in (0.1, 1.0):
        timing = timed(_busy_person(share))
        seconds = timing.median * PEOPLE / 1e3
        shown = told_time(f"forecasting speed, spending on {share:.0%}", timing)
        print(
            f"    spending on {share:4.0%} of the days: {shown}  {against(timing.median, MILLISECONDS)}; "
            f"{PEOPLE:,} people {seconds:.0f} s, {against(seconds, PEOPLE_SECONDS, 's')}"
        )


def _busy_person(share: float) -> Callable[[], Forecast]:
    chance, today = Random(1), date(2026, 5, 1)
    names = [f"category {number}" for number in range(20)]
    days = [today - timedelta(days=number) for number in range(1, 366)]
    history = [
        DaySpending(day, name, chance.randint(100, 9000))
        for day in days
        for name in names
        if chance.random() < share
    ]
    bills = [
        ExpectedBill(today + timedelta(days=number), name, 1999, 100, name, name)
        for number, name in enumerate(names)
    ]
    case = Case(history, bills, days[-1], today, date(2026, 5, 31), dict.fromkeys(names, 0))
    return lambda: case.foretold(habit)
