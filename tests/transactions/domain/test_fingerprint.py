"""How a row of a statement is recognised when it comes again."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.fingerprint import Fingerprints

ROW: dict[str, Any] = {
    "account": "",
    "day": dt.date(2026, 3, 10),
    "amount": Decimal("-4.85"),
    "currency": "EUR",
    "description": "STARBUCKS STORE 10482",
    "reference": None,
}


def ids(*rows: dict[str, Any]) -> list[str]:
    fingerprints = Fingerprints()
    return [fingerprints.external_id(**ROW | row) for row in rows]


def test_the_same_row_gets_the_same_id_in_every_reading() -> None:
    assert ids({}) == ids({})
    assert len(ids({})[0]) <= 128


@pytest.mark.parametrize(
    "other",
    [
        {"day": dt.date(2026, 3, 11)},
        {"amount": Decimal("4.85")},
        {"amount": Decimal("-4.86")},
        {"currency": "USD"},
        {"description": "STARBUCKS STORE 10483"},
        {"reference": "1"},
    ],
)
def test_another_row_gets_another_id(other: dict[str, Any]) -> None:
    first, second = ids({}, other)

    assert first.split("-")[0] != second.split("-")[0]


@pytest.mark.parametrize(
    "alike",
    [
        {"amount": Decimal("-4.8500")},
        {"description": "  Starbucks  store 10482 "},
    ],
)
def test_how_a_row_is_written_does_not_matter(alike: dict[str, Any]) -> None:
    assert ids(alike) == ids({})


def test_the_text_does_not_matter_where_the_bank_has_a_reference() -> None:
    assert ids({"reference": "A1", "description": "STARBUCKS"}) == ids({"reference": "A1"})


def test_genuine_copies_are_counted() -> None:
    first, second, other, third = ids({}, {}, {"description": "LIDL"}, {})

    assert [one.split("-")[1] for one in (first, second, third)] == ["1", "2", "3"]
    assert other.endswith("-1")
    assert len({first, second, other, third}) == 4


def test_copies_are_counted_apart_on_each_account_of_a_file() -> None:
    assert ids({"account": "1"}, {"account": "2"}) == ids({}) * 2


rows = st.lists(
    st.fixed_dictionaries(
        {"day": st.dates(), "amount": st.decimals(places=2, allow_nan=False, min_value=-9, max_value=9)}
    ),
    max_size=20,
)


@given(rows)
def test_no_two_rows_of_one_reading_have_one_id(found: list[dict[str, Any]]) -> None:
    assert len(set(ids(*found))) == len(found)


@given(rows, rows)
def test_a_longer_reading_gives_the_rows_it_shares_the_same_ids(
    first: list[dict[str, Any]], more: list[dict[str, Any]]
) -> None:
    assert ids(*first, *more)[: len(first)] == ids(*first)
    assert set(ids(*first)) <= set(ids(*more, *first))
