import datetime as dt
import json
from decimal import Decimal

from ingest.domain import staged
from ingest.domain.staged import StagedRow
from transactions.domain.incoming import IncomingRow


def row(line: int, account: str = "", *, time: dt.time | None = None) -> StagedRow:
    incoming = IncomingRow(
        external_id=f"id-{line}",
        date=dt.date(2026, 3, line),
        time=time,
        amount=Decimal("-1.10") * line,
        currency="EUR",
        description=f"SHOP {line}",
        status="posted",
    )
    return StagedRow(line, account, incoming)


def test_rows_that_were_stored_are_read_back_the_same_and_in_order():
    rows = [row(3, "DE1"), row(1), row(2, "DE2", time=dt.time(9, 30))]

    assert staged.read(json.loads(json.dumps(staged.stored(rows)))) == rows


def test_a_document_says_each_name_once():
    document = staged.stored([row(1, "DE1"), row(2)])

    assert document["line"] == [1, 2]
    assert document["account"] == ["DE1", ""]
    assert document["amount"] == ["-1.10", "-2.20"]
    assert {len(values) for values in document.values()} == {2}


def test_no_rows_are_no_columns():
    assert staged.stored([]) == {}
    assert staged.read({}) == []
