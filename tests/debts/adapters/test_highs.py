"""Small programs whose answers are known."""

from math import inf

import pytest

from debts.adapters.highs import HighsSolver
from debts.domain.optimal.program import LinearProgram, ProgramBuilder

SECONDS, TOLERANCE = 10.0, 1e-6


def knapsack(*, at_least: float = 0.0) -> LinearProgram:
    """The most value within a weight of 10: as a linear program 19, in whole pieces 16."""
    builder = ProgramBuilder()
    pieces = [builder.variable(upper=1, whole=True) for _ in range(3)]
    builder.charge([(pieces[0], -10), (pieces[1], -6), (pieces[2], -6)])
    builder.row([(pieces[0], 5), (pieces[1], 4), (pieces[2], 3.0)], lower=at_least, upper=10)
    return builder.build(cutoff=inf)


def subset_sum() -> LinearProgram:
    """Whole numbers whose sum just misses a target: simple to state, long to settle."""
    builder = ProgramBuilder()
    pieces = [builder.variable(upper=1, whole=True) for _ in range(60)]
    weights = [10**6 + 7919 * place * place % 999_983 for place in range(60)]
    over = builder.variable()
    builder.charge([(over, 1)])
    builder.row([*zip(pieces, map(float, weights), strict=True), (over, -1)], lower=sum(weights) / 2 + 0.5)
    return builder.build(cutoff=inf)


def test_without_whole_numbers_pieces_are_cut():
    solution = HighsSolver().relax(knapsack(), time_limit=SECONDS)

    assert solution.bound == pytest.approx(-19)
    assert solution.values == pytest.approx([1, 0.5, 1])


def test_with_whole_numbers_they_are_not():
    solution = HighsSolver().solve(knapsack(), time_limit=SECONDS, tolerance=TOLERANCE)

    assert solution.bound == pytest.approx(-16)
    assert solution.values in (pytest.approx([1, 1, 0]), pytest.approx([1, 0, 1]))


def test_a_coarse_tolerance_still_gives_a_true_bound():
    solution = HighsSolver().solve(knapsack(), time_limit=SECONDS, tolerance=100.0)

    assert solution.bound <= -16 + TOLERANCE


def test_what_cannot_be_done_has_an_infinite_bound():
    impossible = knapsack(at_least=13)
    solver = HighsSolver()

    relaxed = solver.relax(impossible, time_limit=SECONDS)
    solved = solver.solve(impossible, time_limit=SECONDS, tolerance=TOLERANCE)

    assert (relaxed.values, relaxed.bound) == (None, inf)
    assert (solved.values, solved.bound) == (None, inf)


def test_a_cutoff_below_the_optimum_leaves_nothing():
    builder = ProgramBuilder()
    amount = builder.variable(lower=3)
    builder.charge([(amount, 2)])

    assert HighsSolver().relax(builder.build(cutoff=6), time_limit=SECONDS).bound == pytest.approx(6)
    assert HighsSolver().relax(builder.build(cutoff=5.9), time_limit=SECONDS).bound == inf


def test_a_variable_named_twice_in_a_row_counts_with_the_sum_of_its_factors():
    builder = ProgramBuilder()
    amount = builder.variable()
    builder.charge([(amount, 1)])
    builder.row([(amount, 1), (amount, 1)], lower=6)

    assert HighsSolver().relax(builder.build(cutoff=inf), time_limit=SECONDS).values == pytest.approx([3])


def test_without_time_nothing_is_known():
    solution = HighsSolver().relax(knapsack(), time_limit=0)

    assert solution.values is None
    assert solution.bound == -inf


def test_the_time_limit_ends_a_long_search_with_what_it_has():
    solution = HighsSolver().solve(subset_sum(), time_limit=0.2, tolerance=0.0)

    assert solution.seconds < 2
    assert solution.bound < inf
    assert solution.values is None or sum(map(round, solution.values[:-1])) > 0
