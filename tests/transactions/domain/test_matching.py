"""One purchase, told by several sources."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.matching import LEAST_SCORE, MAX_DAYS, Seen, best_matches, judge

ROW = Seen(
    key="row", day=date(2026, 3, 10), amounts=((-1250, "EUR"),), account="giro", merchant="cafe luna", words="cafe luna"
)  # fmt: skip
LINE = replace(ROW, key="line")


def score(sighting, row=ROW):
    match = judge(sighting, row)
    return match and match.score


def test_the_same_facts_are_one_purchase():
    match = judge(LINE, ROW)

    assert (match.sighting, match.row, match.score) == ("line", "row", 100)
    assert match.reasons == (
        "The amount is the same.",
        "It is the same day.",
        "It is the same merchant.",
        "It is the same account.",
    )


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        ({"day": date(2026, 3, 11)}, 96),
        ({"day": date(2026, 3, 6)}, 84),
        ({"day": date(2026, 3, 14)}, 84),
        ({"day": date(2026, 3, 15)}, None),
        ({"amounts": ((-1251, "EUR"),)}, None),
        ({"amounts": ((1250, "EUR"),)}, None),
        ({"amounts": ((-1250, "USD"),)}, None),
        ({"amounts": ((-1390, "USD"), (-1250, "EUR"))}, 100),
        ({"account": None}, 90),
        ({"account": "visa"}, None),
        ({"merchant": "luna", "words": "luna cafe berlin"}, 100),
        ({"merchant": "aldi", "words": "aldi"}, None),
        ({"merchant": "", "words": ""}, 75),
        ({"merchant": "", "words": "", "day": date(2026, 3, 12)}, None),
        ({"merchant": "", "words": "", "account": None}, None),
    ],
)
def test_each_difference_has_its_price(difference, expected):
    assert score(replace(LINE, **difference)) == expected


@pytest.mark.parametrize(
    ("settled", "expected"), [(-1250, 100), (-1251, 90), (-1625, 90), (-1626, None), (-1249, None)]
)
def test_a_settlement_may_carry_a_tip_of_thirty_percent(settled, expected):
    authorised = replace(ROW, is_pending=True, takes_tips=True)

    assert score(replace(LINE, amounts=((settled, "EUR"),)), authorised) == expected


@pytest.mark.parametrize("difference", [{"is_pending": False}, {"takes_tips": False}])
def test_only_an_authorisation_of_a_restaurant_takes_a_tip(difference):
    authorised = replace(ROW, **({"is_pending": True, "takes_tips": True} | difference))

    assert score(replace(LINE, amounts=((-1400, "EUR"),)), authorised) is None


def test_two_identical_purchases_stay_two():
    rows = [replace(ROW, key="first"), replace(ROW, key="second")]
    lines = [replace(LINE, key=f"line {number}") for number in (1, 2, 3)]

    found = best_matches(lines, rows)

    assert {key: match.row for key, match in found.items()} == {"line 1": "first", "line 2": "second"}


def test_the_surer_pair_comes_first():
    near, far = replace(ROW, key="near"), replace(ROW, key="far", day=date(2026, 3, 8))

    assert best_matches([LINE], [far, near])["line"].row == "near"


def test_a_deleted_row_is_for_what_fits_no_other():
    deleted, late = (
        replace(ROW, key="deleted", is_deleted=True),
        replace(ROW, key="late", day=date(2026, 3, 14)),
    )

    (alone,) = best_matches([LINE], [deleted]).values()
    (together,) = best_matches([LINE], [deleted, late]).values()

    assert (alone.row, alone.score, alone.is_deleted) == ("deleted", 100, True)
    assert (together.row, together.score, together.is_deleted) == ("late", 84, False)


def test_what_a_person_told_apart_stays_apart():
    assert best_matches([LINE], [ROW], refused=frozenset({("line", "row")})) == {}


seen = st.builds(
    Seen,
    key=st.uuids().map(str),
    day=st.integers(0, 10).map(lambda days: date(2026, 3, 1) + timedelta(days=days)),
    amounts=st.sampled_from([((-1000, "EUR"),), ((-1100, "EUR"),), ((-1000, "USD"), (-1100, "EUR"))]),
    account=st.sampled_from(["giro", "visa", None]),
    merchant=st.sampled_from(["cafe luna", "aldi", ""]),
    words=st.sampled_from(["cafe luna", "luna", "aldi sud", ""]),
    is_pending=st.booleans(),
    takes_tips=st.booleans(),
    is_deleted=st.booleans(),
)
tellings = st.lists(seen, max_size=8, unique_by=lambda each: each.key)


@given(sightings=tellings, rows=tellings)
def test_every_row_is_taken_once_and_every_pair_is_fit(sightings, rows):
    found = best_matches(sightings, rows)
    by_key = {each.key: each for each in rows}
    asked = {each.key: each for each in sightings}

    assert len({match.row for match in found.values()}) == len(found)
    for key, match in found.items():
        assert match == judge(asked[key], by_key[match.row])
        assert abs((asked[key].day - by_key[match.row].day).days) <= MAX_DAYS
        assert match.score >= LEAST_SCORE


@given(sightings=tellings, rows=tellings, data=st.data())
def test_the_order_of_rows_does_not_matter(sightings, rows, data):
    assert best_matches(sightings, rows) == best_matches(sightings, data.draw(st.permutations(rows)))
