"""What holds whatever the ledger looks like."""

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.household_lives import household
from benchmarks.recurring import outcomes_of
from tests.transactions.domain.recurring.ledgers import TODAY
from transactions.domain.recurring import Movement, find_recurring

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def ledgers(draw: st.DrawFn) -> list[Movement]:
    """Some merchants, each with a rhythm that is kept more or less, and with other purchases."""
    movements = []
    for merchant in range(draw(st.integers(1, 3))):
        step, loose = draw(st.sampled_from([7, 14, 28, 30, 91, 365])), draw(st.integers(0, 3))
        price, varies = draw(st.integers(100, 90_000)), draw(st.sampled_from([0, 0, 20]))
        chance = Random(draw(st.integers(0, 10_000)))
        days = [TODAY - dt.timedelta(days=step * number + chance.randint(0, loose)) for number in range(14)]
        days += [TODAY - dt.timedelta(days=chance.randrange(1000)) for _ in range(draw(st.integers(0, 12)))]
        for number, on in enumerate(days):
            amount = -price * (100 + chance.randint(-varies, varies)) // 100
            movements.append(Movement(f"{merchant}-{number:02}", on, amount or -1, "EUR", f"shop {merchant}"))
    return movements


@some
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_does_not_matter(ledger: list[Movement], chance: Random) -> None:
    shuffled = list(ledger)
    chance.shuffle(shuffled)
    assert find_recurring(shuffled, today=TODAY) == find_recurring(ledger, today=TODAY)


@some
@given(ledgers())
def test_a_movement_belongs_to_one_series_at_most(ledger: list[Movement]) -> None:
    keys = [key for series in find_recurring(ledger, today=TODAY) for key in series.occurrences]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {each.key for each in ledger}


@some
@given(ledgers())
def test_a_series_is_consistent_in_itself(ledger: list[Movement]) -> None:
    by_key = {each.key: each for each in ledger}
    found = find_recurring(ledger, today=TODAY)

    assert len({series.key for series in found}) == len(found)
    for series in found:
        days = [by_key[key].on for key in series.occurrences]
        assert days == sorted(days)
        assert (series.first_on, series.last_on) == (days[0], days[-1])
        assert (series.next_on is None) == series.is_ended
        assert series.next_on is None or series.next_on > series.last_on
        assert series.next_on is None or series.next_on >= TODAY - dt.timedelta(days=series.tolerance_days)
        assert all(series.first_on < missed < TODAY for missed in series.missed)
        assert series.spread >= 0
        assert 0 <= series.confidence <= 1
        assert series.expected in {by_key[key].amount for key in series.occurrences}


@pytest.mark.parametrize("seed", range(2000, 2004))
def test_the_next_occurrence_keeps_the_identity(seed: int) -> None:
    home = household(seed)
    running = [each for each in find_recurring(home.movements, today=home.today) if each.next_on]
    assert running
    by_key = {each.key: each for each in home.movements}
    for series in running:
        last = by_key[series.occurrences[-1]]
        following = replace(last, key="next", on=series.next_on, amount=series.expected)
        later = max(home.today, following.on)
        mine = [each for each in home.movements if each.merchant == last.merchant]
        again = [each for each in find_recurring([*mine, following], today=later) if each.key == series.key]
        assert [each.occurrences for each in again] == [(*series.occurrences, "next")]
        assert (again[0].period, again[0].kind) == (series.period, series.kind)


@pytest.mark.parametrize("seed", range(3))
def test_random_purchases_hardly_ever_look_like_a_series(seed: int) -> None:
    """At one merchant in two hundred at most, whether prices vary or not."""
    chance = Random(seed)
    ledger = [
        Movement(
            f"{shop}-{number}", TODAY - dt.timedelta(days=chance.randrange(1095)), amount, "EUR", f"{shop}"
        )
        for shop in range(400)
        for number in range(chance.randint(2, 60))
        for amount in [-1200 if shop % 2 else -chance.randint(300, 9000)]
    ]
    assert len(find_recurring(ledger, today=TODAY)) <= 2


def test_households_of_known_truth_are_read_as_they_are() -> None:
    outcomes = [outcome for seed in range(2000, 2005) for outcome in outcomes_of(household(seed))]
    both = sum(bool(each.truth and each.series) for each in outcomes)

    assert both >= 0.95 * sum(bool(each.truth) for each in outcomes)
    assert both >= 0.95 * sum(bool(each.series) for each in outcomes)
