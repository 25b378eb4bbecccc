"""What of a file the ledger can hold."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.domain.acceptance import refusal_of
from ingest.domain.statement import StatementRow


def row(*, on=date(2026, 3, 10), amount="-12.50"):
    return StatementRow(line=2, date=on, amount=Decimal(amount), description="Shop")


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2200, 12, 31)])
@pytest.mark.parametrize("amount", ["0", "-12.50", "999999999999.99", "-999999999999.99"])
def test_what_lies_within_the_bounds_is_taken(on, amount):
    assert refusal_of(row(on=on, amount=amount), currency="EUR") is None


@pytest.mark.parametrize(
    "on", [date.min, date(26, 11, 1), date(1899, 12, 31), date(2201, 1, 1), date(9999, 12, 31)]
)
def test_a_day_outside_of_them_is_refused(on):
    assert refusal_of(row(on=on), currency="EUR") == (
        f"The date {on.isoformat()} is not one from 1900-01-01 to 2200-12-31."
    )


@pytest.mark.parametrize("amount", ["1000000000000", "-1000000000000", "9E+99", "-1E+999999"])
def test_an_amount_outside_of_them_is_refused(amount):
    assert refusal_of(row(amount=amount), currency="EUR") == "The amount is not below 1000000000000."


def test_an_amount_finer_than_its_currency_is_refused():
    assert refusal_of(row(amount="-12.5"), currency="JPY") == "JPY has 0 decimal places; -12.5 has more."
