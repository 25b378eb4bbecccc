"""Amounts are exact, currencies do not mix, and what is shared out adds up to what there was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.money import (
    MoneyError,
    allocate,
    currency_of,
    first_share,
    from_minor,
    minor_as_text,
    minor_digits,
    minor_unit,
    money,
    nearest_minor,
    plain,
    require_exact,
    round_to_minor,
    share_out,
    to_minor,
)

CODES = st.sampled_from(["EUR", "JPY", "BHD", "CLF"])
WEIGHTS = st.lists(
    st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False),
    min_size=1,
    max_size=12,
).filter(any)


@st.composite
def amounts(draw, code):
    units = draw(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
    return units * minor_unit(code)


@pytest.mark.parametrize(("code", "digits"), [("JPY", 0), ("EUR", 2), ("BHD", 3), ("CLF", 4)])
def test_a_currency_has_its_own_precision(code, digits):
    assert minor_digits(code) == digits
    assert minor_unit(code) == Decimal(1).scaleb(-digits)


@pytest.mark.parametrize("code", ["", "eur", "EURO", "ZZZ", "XXX", "XTS", "€", "E\0R"])
def test_anything_but_an_iso_code_is_no_currency(code):
    with pytest.raises(MoneyError, match="not an ISO 4217 currency code"):
        currency_of(code)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.00"), ("0.015", "0.02"), ("0.025", "0.02"), ("-0.005", "-0.00"), ("-0.015", "-0.02")],
)
def test_half_a_cent_goes_to_the_even_neighbour(amount, rounded):
    assert str(round_to_minor(Decimal(amount), "EUR")) == rounded


@pytest.mark.parametrize(
    ("code", "held", "refused"),
    [
        ("JPY", "1200", "1200.5"),
        ("EUR", "12.50", "12.505"),
        ("BHD", "1.234", "1.2345"),
        ("CLF", "1.2345", "1.23456"),
    ],
)
def test_an_amount_with_more_digits_than_its_currency_is_a_mistake(code, held, refused):
    assert require_exact(Decimal(held), code) == Decimal(held)
    with pytest.raises(MoneyError, match=f"{code} has {minor_digits(code)} decimal places; {refused} has"):
        require_exact(Decimal(refused), code)


def test_zeros_at_the_end_are_not_digits():
    assert require_exact(Decimal("12.5000"), "EUR") == Decimal("12.50")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_no_amount(amount):
    with pytest.raises(MoneyError, match="not a number"):
        require_exact(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("code", "largest", "too_large"),
    [
        ("EUR", "9999999999999.99", "10000000000000.00"),
        ("JPY", "999999999999999", "1000000000000000"),
        ("BHD", "999999999999.999", "1000000000000.000"),
    ],
)
def test_an_amount_has_fifteen_digits_at_most(code, largest, too_large):
    assert require_exact(Decimal(largest), code) == Decimal(largest)
    for amount in (Decimal(too_large), -Decimal(too_large)):
        with pytest.raises(MoneyError, match="more than 15 digits"):
            require_exact(amount, code)


@pytest.mark.parametrize(
    ("amount", "code", "shown"),
    [("-12.5", "EUR", "-12.50"), ("1E+3", "JPY", "1000"), ("1.2", "BHD", "1.200"), ("0.0000", "EUR", "0.00")],
)
def test_an_amount_is_shown_at_its_currency_s_precision(amount, code, shown):
    assert plain(Decimal(amount), code) == shown


def test_nothing_has_no_sign():
    assert plain(Decimal("-0.0000"), "EUR") == "0.00"


def test_two_currencies_cannot_be_added():
    with pytest.raises(TypeError, match="different currencies"):
        money(Decimal(1), "EUR") + money(Decimal(1), "USD")


def test_money_of_one_currency_adds_up():
    assert money(Decimal("0.10"), "EUR") + money(Decimal("0.20"), "EUR") == money(Decimal("0.30"), "EUR")


def test_a_euro_among_three_leaves_the_odd_cent_to_the_first():
    parts = allocate(Decimal("1.00"), [Decimal(1)] * 3, "EUR")
    assert parts == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]


def test_the_odd_cent_goes_to_the_largest_remainder():
    parts = allocate(Decimal("0.10"), [Decimal(5), Decimal(1), Decimal(3)], "EUR")
    assert parts == [Decimal("0.06"), Decimal("0.01"), Decimal("0.03")]


def test_a_debt_is_shared_out_like_a_gain():
    parts = allocate(Decimal("-1.00"), [Decimal(1)] * 3, "EUR")
    assert parts == [Decimal("-0.34"), Decimal("-0.33"), Decimal("-0.33")]


def test_yen_are_not_split():
    assert allocate(Decimal(10), [Decimal(1), Decimal(2)], "JPY") == [Decimal(3), Decimal(7)]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [-1, 3]])
def test_weights_are_not_negative_and_not_all_zero(weights):
    with pytest.raises(MoneyError, match="Weights must not be negative"):
        allocate(Decimal("1.00"), [Decimal(weight) for weight in weights], "EUR")


def test_a_total_that_its_currency_cannot_hold_is_not_shared_out():
    with pytest.raises(MoneyError, match="JPY has 0 decimal places"):
        allocate(Decimal("0.5"), [Decimal(1)], "JPY")


@given(data=st.data(), code=CODES, weights=WEIGHTS)
def test_parts_add_up_to_the_whole(data, code, weights):
    total = data.draw(amounts(code))
    parts = allocate(total, weights, code)
    assert len(parts) == len(weights)
    assert sum(parts, Decimal(0)) == total


@given(data=st.data(), code=CODES, weights=WEIGHTS)
def test_every_part_is_exact_and_has_the_sign_of_the_whole(data, code, weights):
    total = data.draw(amounts(code))
    for part in allocate(total, weights, code):
        assert require_exact(part, code) == part
        assert part * total >= 0


@given(data=st.data(), code=CODES, weights=WEIGHTS)
def test_a_larger_weight_never_gets_less(data, code, weights):
    total = data.draw(amounts(code))
    parts = allocate(total, weights, code)
    assert all(
        abs(a) <= abs(b)
        for weight, a in zip(weights, parts, strict=True)
        for heavier, b in zip(weights, parts, strict=True)
        if weight < heavier
    )


@given(data=st.data(), code=CODES, weights=WEIGHTS)
def test_a_part_is_within_one_unit_of_its_share(data, code, weights):
    total = data.draw(amounts(code))
    whole = sum(weights, Decimal(0))
    for weight, part in zip(weights, allocate(total, weights, code), strict=True):
        assert abs(part * whole - total * weight) <= minor_unit(code) * whole
        if weight == 0:
            assert part == 0


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False), CODES
)
def test_rounding_moves_an_amount_by_half_a_unit_at_most(amount, code):
    rounded = round_to_minor(amount, code)
    assert abs(rounded - amount) * 2 <= minor_unit(code)
    assert require_exact(rounded, code) == rounded


@pytest.mark.parametrize(
    ("amount", "code", "units", "text"),
    [
        ("12.5", "EUR", 1250, "12.50"),
        ("-0.05", "EUR", -5, "-0.05"),
        ("0", "EUR", 0, "0.00"),
        ("1200", "JPY", 1200, "1200"),
        ("1.001", "BHD", 1001, "1.001"),
    ],
)
def test_an_amount_is_a_whole_number_of_minor_units(amount, code, units, text):
    assert to_minor(Decimal(amount), code) == units
    assert minor_as_text(units, code) == text


def test_an_amount_finer_than_its_currency_has_no_minor_units():
    with pytest.raises(MoneyError):
        to_minor(Decimal("0.001"), "EUR")


@given(data=st.data(), code=CODES, more=st.decimals(-1, 1, places=6))
def test_the_nearest_minor_units_are_those_of_the_rounded_amount(data, code, more):
    amount = data.draw(amounts(code)) + more

    assert from_minor(nearest_minor(amount, code), code) == round_to_minor(amount, code)


@given(data=st.data(), code=CODES)
def test_minor_units_and_text_are_the_same_amount(data, code):
    amount = data.draw(amounts(code))

    assert minor_as_text(to_minor(amount, code), code) == plain(amount, code)


@given(
    total=st.integers(-(10**9), 10**9),
    weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
)
def test_the_first_share_is_the_first_of_the_shares(total, weights):
    assert first_share(total, weights) == share_out(total, weights)[0]


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], [-1, 3]])
def test_there_is_no_first_share_where_there_are_no_shares(weights):
    with pytest.raises(MoneyError):
        first_share(100, weights)
