"""The two halves of a transfer, and a purchase with its refund."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.linking import Leg, find_refunds, find_transfers

OUT = Leg(
    "out", date(2026, 3, 2), "giro", -500_00, "EUR", text="An Tagesgeld 4711000", names=("DE0815", "Giro"),
    is_open=True,
)  # fmt: skip
IN = Leg(
    "in", date(2026, 3, 3), "savings", 500_00, "EUR", text="Gutschrift", names=("4711000", "Tagesgeld"), is_open=True
)  # fmt: skip
PURCHASE = Leg("shoes", date(2026, 3, 1), "visa", -89_90, "EUR", merchant="zalando")
MONEY = Leg("money", date(2026, 3, 20), "visa", 89_90, "EUR", merchant="zalando")


def test_a_row_that_names_the_other_account_is_a_transfer():
    (pair,) = find_transfers([IN, OUT])

    assert (pair.first, pair.second, pair.score, pair.is_sure) == ("out", "in", 85, True)
    assert pair.reasons == (
        "The amount is the same.",
        "The days are 1 apart.",
        "One names the other account.",
    )


@pytest.mark.parametrize(
    "difference",
    [
        {"amount": 500_01},
        {"currency": "USD"},
        {"account": "giro"},
        {"day": date(2026, 3, 7)},
        {"names": ("Other",)},
        {"is_open": False},
    ],
)
def test_rows_that_differ_are_none(difference):
    assert find_transfers([OUT, replace(IN, **difference)]) == []


def test_two_that_look_like_transfers_need_no_names():
    plain = {"text": "", "is_transfer": True, "is_open": False}
    (pair,) = find_transfers([replace(OUT, **plain), replace(IN, **plain)])

    assert (pair.score, pair.reasons[-1]) == (75, "Both look like transfers.")


def test_where_two_would_do_as_well_nothing_is_sure():
    pairs = find_transfers([OUT, IN, replace(IN, key="in too")])

    assert [(pair.second, pair.is_sure) for pair in pairs] == [("in", False)]


def test_what_a_person_took_apart_stays_apart():
    assert find_transfers([OUT, IN], apart=frozenset({frozenset({"in", "out"})})) == []


def test_money_from_a_merchant_is_of_the_purchase_of_that_amount():
    other = replace(PURCHASE, key="coat", amount=-120_00, day=date(2026, 3, 10))

    (pair,) = find_refunds([MONEY], [PURCHASE, other])

    assert (pair.first, pair.second, pair.score, pair.is_sure) == ("money", "shoes", 95, True)


def test_a_part_can_come_back_of_a_larger_purchase_but_not_more_than_is_left():
    part = replace(MONEY, amount=50_00)

    assert [(pair.second, pair.is_sure) for pair in find_refunds([part], [PURCHASE])] == [("shoes", True)]
    assert find_refunds([part, replace(part, key="again")], [PURCHASE])[1:] == []
    assert find_refunds([part], [PURCHASE], refunded={"shoes": 40_00}) == []


def test_of_several_larger_purchases_the_latest_is_only_a_guess():
    other = replace(PURCHASE, key="coat", amount=-120_00, day=date(2026, 3, 10))

    (pair,) = find_refunds([replace(MONEY, amount=20_00)], [PURCHASE, other])

    assert (pair.second, pair.is_sure) == ("coat", False)


@pytest.mark.parametrize(
    "difference",
    [
        {"merchant": "otto"},
        {"merchant": ""},
        {"currency": "USD"},
        {"day": date(2026, 2, 28)},
        {"day": PURCHASE.day + timedelta(days=181)},
        {"amount": 89_91},
    ],
)
def test_money_that_does_not_fit_is_no_refund(difference):
    assert find_refunds([replace(MONEY, **difference)], [PURCHASE]) == []


legs = st.lists(
    st.builds(
        Leg,
        key=st.uuids().map(str),
        day=st.integers(0, 8).map(lambda days: date(2026, 3, 1) + timedelta(days=days)),
        account=st.sampled_from("abc"),
        amount=st.sampled_from([-500, -200, 200, 500]),
        currency=st.just("EUR"),
        merchant=st.sampled_from(["zalando", ""]),
        is_transfer=st.booleans(),
        is_open=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda leg: leg.key,
)


@given(legs)
def test_every_row_is_in_one_transfer_at_most(rows):
    pairs = find_transfers(rows)
    keys = [key for pair in pairs for key in (pair.first, pair.second)]
    amount = {leg.key: leg.amount for leg in rows}

    assert len(keys) == len(set(keys))
    assert all(amount[pair.first] + amount[pair.second] == 0 for pair in pairs)


@given(legs)
def test_no_more_comes_back_than_was_paid(rows):
    purchases = [leg for leg in rows if leg.amount < 0]
    pairs = find_refunds([leg for leg in rows if leg.amount > 0], purchases)
    amount = {leg.key: leg.amount for leg in rows}
    back: dict[str, int] = {}
    for pair in pairs:
        back[pair.second] = back.get(pair.second, 0) + amount[pair.first]

    assert all(total <= -amount[key] for key, total in back.items())
