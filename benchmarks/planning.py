"""How long payoff plans take: the engine, the search for the cheapest, the risk, the pictures, and through HTTP."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from benchmarks import planning_api
from benchmarks.figures import told, told_time
from benchmarks.households import (
    START,
    Sample,
    cards,
    hundred_months,
    mortgage_time,
    promotional,
    with_promotions,
)
from benchmarks.timing import against, timed, timed_once
from debts.adapters.charts import balance_chart, comparison_chart
from debts.adapters.highs import HighsSolver
from debts.domain.budget import constant_budget
from debts.domain.comparison import baseline, recommended
from debts.domain.optimal.certificate import Certificate, CertificateStatus, OptimalPlan
from debts.domain.optimal.search import find_optimal
from debts.domain.risk import Risk, spread_of_debt_free_month
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import Ranking, Strategy, by_balance, by_rate
from debts.selectors.planning import SECONDS_IN_REQUEST
from tests.debts.domain.reference import Means, plan_by_hand

STEADY: dict[str, Callable[[int], Sample]] = {
    "hundred months": hundred_months,
    "mortgage time": mortgage_time,
}
FAMILIES = STEADY | {"cards": cards}
SIZES = (5, 20, 100)
# Milliseconds of the sums, and with all rows.
TARGETS = {("mortgage time", 20): (1.5, 4.0), ("mortgage time", 100): (6.0, 16.0)}
EXCHANGE_TARGETS = {20: 20.0}
PROMO_HOUSEHOLDS, PROMO_SECONDS = 100, 10.0
PROMO_WORST_TARGET, PROMO_MEDIAN_TARGET = 3.0, 0.3
RISK_DEBTS, RISK_PATHS = 10, 2000
CHART_DEBTS = 10
Months = Sequence[Sequence[tuple[int, ...]]]


def main() -> None:
    """Print the figures of every part, each beside what it is meant to stay under."""
    print("Milliseconds of the processor in the best / the median run; through HTTP, those of a clock.")
    _print_plans()
    _print_comparisons()
    _print_exchange()
    _print_promotions()
    _print_promotional()
    _print_risk()
    _print_charts()
    planning_api.print_latency()


def _print_plans() -> None:
    print(
        "\nA plan by avalanche: its sums, and also all its rows; Decimal: the same column worked slowly, how many "
        "times as long as each, and whether its rows are the same"
    )
    print(
        f"{'household':<16}{'debts':>6}{'months':>7}{'rows':>7}{'sums ms':>26}{'with rows ms':>26}{'snowball ms':>26}"
        f"{'Decimal ms':>18}{'times sums':>17}{'times rows':>17}{'same':>6}  targets of sums and rows"
    )
    for name, household in FAMILIES.items():
        for size in SIZES:
            _print_plan(name, household(size))


def _print_plan(name: str, sample: Sample) -> None:
    size = len(sample.debts)
    figure = f"planning {name}, {size} debts"
    sums = timed(lambda: _summed(_plan(sample, by_rate)))
    rows = timed(lambda: _with_rows(_plan(sample, by_rate)))
    snowball = timed(lambda: _summed(_plan(sample, by_balance)))
    slow, by_hand = timed_once(lambda: _by_hand(sample, Strategy.AVALANCHE))
    months = rows.result.months
    sums_target, rows_target = TARGETS.get((name, size), (None, None))
    print(
        f"{name:<16}{size:>6}{len(months):>7}{sum(map(len, months)):>7}"
        f"{told_time(f'{figure}: sums', sums)}{told_time(f'{figure}: with rows', rows)}"
        f"{told_time(f'{figure}: snowball', snowball)}{told(f'{figure}: Decimal', slow, 'ms', '>11.0f')}"
        f"{told(f'{figure}: Decimal/sums', slow / sums.median, 'times', '>10.0f')}"
        f"{told(f'{figure}: Decimal/with rows', slow / rows.median, 'times', '>10.0f')}"
        f"{_said(_is_same(months, by_hand)):>6}"
        f"  {against(sums.median, sums_target)}  {against(rows.median, rows_target)}"
    )


def _plan(sample: Sample, ranking: Ranking) -> Schedule:
    return simulate(sample.debts, constant_budget(sample.budget), Instructions(ranking), start=START)


def _summed(plan: Schedule) -> Schedule:
    # Summed when first asked for.
    _ = plan.total_interest, plan.total_fees, plan.total_paid
    return plan


def _with_rows(plan: Schedule) -> Schedule:
    for _ in plan.by_month():
        pass
    return _summed(plan)


def _by_hand(sample: Sample, strategy: Strategy) -> Months:
    means = None if strategy == Strategy.MINIMUMS_ONLY else Means({1: sample.budget})
    return plan_by_hand(sample.debts, means, strategy.value, first_calendar_month=START.month)


def _is_same(months: Months, by_hand: Months) -> bool:
    return [[tuple(row) for row in month] for month in months] == by_hand


def _said(value: bool) -> str:  # noqa: FBT001
    return "yes" if value else "NO"


def _print_comparisons() -> None:
    print(
        "\nSnowball, avalanche and minimums only with their sums, and which to take; "
        "the months and the second time are those of minimums only"
    )
    print(
        f"{'household':<16}{'debts':>6}{'months':>7}{'rows':>7}{'comparison ms':>26}{'minimums ms':>26}"
        f"{'Decimal ms':>18}{'times as long':>17}{'same':>6}"
    )
    for name, household in FAMILIES.items():
        for size in SIZES:
            _print_comparison(name, household(size))


def _print_comparison(name: str, sample: Sample) -> None:
    figure = f"planning {name}, {len(sample.debts)} debts"
    compared = timed(lambda: _comparison(sample))
    minimums = timed(lambda: _summed(baseline(sample.debts, start=START)))
    slow, by_hand = timed_once(lambda: [_by_hand(sample, strategy) for strategy in compared.result])
    plans = [plan.months for plan in compared.result.values()]
    rows = sum(len(month) for months in plans for month in months)
    is_same = all(_is_same(months, slowly) for months, slowly in zip(plans, by_hand, strict=True))
    print(
        f"{name:<16}{len(sample.debts):>6}{minimums.result.length:>7}{rows:>7}"
        f"{told_time(f'{figure}: comparison', compared)}{told_time(f'{figure}: minimums', minimums)}"
        f"{told(f'{figure}: comparison by Decimal', slow, 'ms', '>11.0f')}"
        f"{told(f'{figure}: Decimal/comparison', slow / compared.median, 'times', '>10.0f')}{_said(is_same):>6}"
    )


def _comparison(sample: Sample) -> dict[Strategy, Schedule]:
    results = {
        Strategy.SNOWBALL: _plan(sample, by_balance),
        Strategy.AVALANCHE: _plan(sample, by_rate),
    }
    recommended(results)
    results[Strategy.MINIMUMS_ONLY] = baseline(sample.debts, start=START)
    for plan in results.values():
        _summed(plan)
    return results


def _print_exchange() -> None:
    print("\nOptimal at constant rates with fixed minimums")
    print(f"{'household':<16}{'debts':>6}{'months':>7}{'ms':>26}  {_CERTIFICATE}  target of the median")
    for name, household in STEADY.items():
        for size in SIZES:
            sample = household(size)
            found = timed(partial(_optimal, sample, PROMO_SECONDS))
            print(
                f"{name:<16}{size:>6}{found.result.schedule.length:>7}"
                f"{told_time(f'planning {name}, {size} debts: optimal', found)}"
                f"  {_shown(found.result.certificate)}  {against(found.median, EXCHANGE_TARGETS.get(size))}"
            )


def _print_promotions() -> None:
    print(
        f"\nOptimal for the same households with every third debt free of interest for a year, the solver stopped "
        f"after {SECONDS_IN_REQUEST:.0f} s as in a request"
    )
    print(f"{'household':<16}{'debts':>6}{'months':>7}{'seconds':>16}  {_CERTIFICATE}")
    for name, household in STEADY.items():
        for size in SIZES:
            sample = with_promotions(household(size))
            spent, found = timed_once(partial(_optimal, sample, SECONDS_IN_REQUEST))
            figure = f"planning {name} with promotions, {size} debts: optimal"
            print(
                f"{name:<16}{size:>6}{found.schedule.length:>7}{told(figure, spent / 1e3, 's', '>9.2f')}"
                f"  {_shown(found.certificate)}"
            )


def _print_promotional() -> None:
    samples = [promotional(seed) for seed in range(PROMO_HOUSEHOLDS)]
    runs = [timed_once(partial(_optimal, sample, PROMO_SECONDS)) for sample in samples]
    seconds = sorted(spent / 1e3 for spent, _ in runs)
    certificates = [plan.certificate for _, plan in runs]
    certified = sum(each.status == CertificateStatus.OPTIMAL for each in certificates)
    methods = Counter(each.method.value for each in certificates)
    gap = max(each.gap for each in certificates)
    figure = "planning promotional"
    middle, p95, worst = median(seconds), seconds[len(seconds) * 95 // 100], seconds[-1]
    print(
        f"\nOptimal for {PROMO_HOUSEHOLDS} promotional households of 6 debts, at most {PROMO_SECONDS:.0f} s each\n"
        f"median {told(f'{figure} median', middle, 's', '.2f')} s  {against(middle, PROMO_MEDIAN_TARGET, 's')}\n"
        f"p95 {told(f'{figure} p95', p95, 's', '.2f')} s\n"
        f"worst {told(f'{figure} worst', worst, 's', '.2f')} s  {against(worst, PROMO_WORST_TARGET, 's')}\n"
        f"certified {told(f'{figure} certified', certified, 'plans', '')} of {len(runs)}, "
        f"largest gap {gap:.4f} cents; bounds: "
        + ", ".join(f"{count} {method}" for method, count in sorted(methods.items()))
    )


def _optimal(sample: Sample, seconds: float) -> OptimalPlan:
    return find_optimal(
        sample.debts,
        constant_budget(sample.budget),
        start=START,
        solver=HighsSolver(),
        time_limit=seconds,
    )


_CERTIFICATE = f"{'status':<9}{'bound by':<15}{'gap, cents':>13}"


def _shown(certificate: Certificate) -> str:
    return f"{certificate.status.value:<9}{certificate.method.value:<15}{certificate.gap:>13.4f}"


def _print_risk() -> None:
    print(f"\nRisk: {RISK_PATHS:,} futures of {RISK_DEBTS} debts")
    chance = random.Random(RISK_DEBTS)
    deviations = [chance.randrange(-150_00, 150_00) for _ in range(24)]
    for name, household in FAMILIES.items():
        sample = household(RISK_DEBTS)
        found = timed(partial(_risk, sample, deviations))
        print(
            f"{name:<16}{told_time(f'planning risk, {name}', found)} ms  "
            f"debt-free in month {found.result.p10} to {found.result.p90}"
        )


def _risk(sample: Sample, deviations: Sequence[int]) -> Risk:
    return spread_of_debt_free_month(
        sample.debts,
        constant_budget(sample.budget),
        start=START,
        deviations=deviations,
        paths=RISK_PATHS,
        seed=1,
    )


def _print_charts() -> None:
    print(f"\nCharts of {CHART_DEBTS} debts as SVG; the first of all reads fonts")
    for name, household in STEADY.items():
        sample = household(CHART_DEBTS)
        plans = _comparison(sample)
        names = [debt.name for debt in sample.debts]
        results = [(strategy.value, plan) for strategy, plan in plans.items()]
        balances = partial(balance_chart, plans[Strategy.SNOWBALL], names, title="Snowball")
        for drawn, draw in (("balances", balances), ("comparison", partial(comparison_chart, results))):
            _print_chart(f"{name}, {drawn}", partial(draw, currency="USD", start=START))


def _print_chart(name: str, draw: Callable[[], str]) -> None:
    first, _ = timed_once(draw)
    drawn = timed(draw)
    print(
        f"{name:<28}{told_time(f'planning chart, {name}', drawn)} ms, "
        f"the first {told(f'planning first chart, {name}', first, 'ms', '>5.0f')} ms  "
        f"{len(drawn.result) / 1e3:>4.0f} kB"
    )
