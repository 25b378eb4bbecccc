import datetime as dt
import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.incoming import IncomingRow

TEXT = st.text(max_size=40)
ROWS = st.builds(
    IncomingRow,
    external_id=TEXT,
    date=st.dates(),
    time=st.none() | st.times(),
    amount=st.decimals(allow_nan=False, allow_infinity=False, places=4),
    currency=st.sampled_from(["EUR", "JPY", "BHD"]),
    description=TEXT,
    status=st.sampled_from(["posted", "pending"]),
    merchant_key=TEXT,
    merchant_name=TEXT,
    category=TEXT,
    category_source=TEXT,
    category_confidence=st.decimals(0, 1, places=2),
    category_reason=TEXT,
)


@given(ROWS)
def test_a_row_that_was_stored_is_read_back_the_same(row):
    assert IncomingRow.read(json.loads(json.dumps(row.stored()))) == row


def test_a_document_holds_days_and_numbers_as_text():
    row = IncomingRow(
        external_id="a-1",
        date=dt.date(2026, 3, 10),
        time=dt.time(18, 5),
        amount=Decimal("-12.50"),
        currency="EUR",
        description="REWE 4711",
        status="posted",
        merchant_key="rewe",
        merchant_name="Rewe",
        category="groceries",
        category_source="dictionary",
        category_confidence=Decimal("0.97"),
        category_reason="“REWE 4711” is Rewe, a grocery shop.",
    )

    assert row.stored() == {
        "external_id": "a-1",
        "date": "2026-03-10",
        "time": "18:05:00",
        "amount": "-12.50",
        "currency": "EUR",
        "description": "REWE 4711",
        "status": "posted",
        "merchant_key": "rewe",
        "merchant_name": "Rewe",
        "category": "groceries",
        "category_source": "dictionary",
        "category_confidence": "0.97",
        "category_reason": "“REWE 4711” is Rewe, a grocery shop.",
    }


def test_nobody_has_said_yet_what_a_row_is_about():
    row = IncomingRow(
        external_id="a-1",
        date=dt.date(2026, 3, 10),
        time=None,
        amount=Decimal("-12.50"),
        currency="EUR",
        description="",
        status="posted",
    )

    assert (row.category, row.category_source, row.category_confidence) == ("", "none", 0)
