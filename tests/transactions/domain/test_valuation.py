"""What amounts and their parts are worth in another currency."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.money import minor_unit
from transactions.domain.valuation import Rate, convert, convert_parts


def D(*texts: str) -> list[Decimal]:  # noqa: N802  (reads like a literal)
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("amount", "rate", "target", "worth"),
    [
        ("-100.00", "0.91810503", "EUR", "-91.81"),
        ("1.00", "162.03", "JPY", "162"),
        ("1.00", "0.305", "EUR", "0.30"),  # half to even
        ("1.00", "0.315", "EUR", "0.32"),
        ("1.00", "0.3077", "KWD", "0.308"),
        ("0.00", "5", "EUR", "0.00"),
    ],
)
def test_an_amount_is_rounded_half_even_at_the_minor_unit(
    amount: str, rate: str, target: str, worth: str
) -> None:
    converted = convert(Decimal(amount), rate=Rate(Decimal(rate), dt.date(2024, 3, 15)), target=target)

    assert str(converted) == worth


def test_parts_share_a_worth_in_proportion_and_the_remainder_goes_to_the_largest_rest() -> None:
    assert convert_parts(D("-1", "-1", "-1"), whole=Decimal("-1.00"), target="EUR") == D(
        "-0.34", "-0.33", "-0.33"
    )
    assert convert_parts(D("10", "20", "30"), whole=Decimal(100), target="JPY") == D("17", "33", "50")


def test_of_parts_with_both_signs_the_last_takes_what_rounding_left() -> None:
    assert convert_parts(D("-12", "2"), whole=Decimal("-9.18"), target="EUR") == D("-11.02", "1.84")


def test_parts_that_cancel_out_leave_the_worth_to_the_last() -> None:
    assert convert_parts(D("-5", "5"), whole=Decimal("0.00"), target="EUR") == D("0", "0.00")


def test_without_a_rate_no_part_has_a_worth() -> None:
    assert convert_parts(D("-5", "-5"), whole=None, target="EUR") == [None, None]


@given(
    st.lists(st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100), min_size=1, max_size=10),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)
def test_parts_of_one_sign_are_each_within_a_minor_unit_of_their_share(
    parts: list[Decimal], whole: int, target: str
) -> None:
    unit = minor_unit(target)
    worth = whole * unit

    worths = convert_parts(parts, whole=worth, target=target)

    assert sum(one for one in worths if one is not None) == worth
    for part, one in zip(parts, worths, strict=True):
        assert one is not None
        assert abs(one - worth * part / sum(parts)) <= unit
