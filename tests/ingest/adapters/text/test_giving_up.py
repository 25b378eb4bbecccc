import io
from datetime import date
from decimal import Decimal

import pytest

from ingest.adapters import READERS
from ingest.adapters.text.giving_up import MOST_IDLE, MOST_REJECTED, Patience, unless_hopeless
from ingest.domain.statement import Problem, StatementRow, UnreadableStatementError

ROW = StatementRow(line=1, date=date(2026, 1, 2), amount=Decimal(-1), description="Shop")
REJECTED = Problem(7, "No day.", rejected=True)


def test_items_stay_as_they_are_once_a_row_was_read():
    items = [REJECTED, ROW, *[REJECTED] * MOST_REJECTED]

    assert list(unless_hopeless(iter(items))) == items
    assert list(unless_hopeless(iter([REJECTED]))) == [REJECTED]


def test_a_file_of_nothing_but_rejected_entries_is_refused_at_the_first_item():
    with pytest.raises(UnreadableStatementError, match="None of the first 1,000 entries") as refusal:
        next(unless_hopeless(iter([REJECTED] * MOST_REJECTED)))

    assert refusal.value.line == 7


def given(pieces, rows=0):
    """What is left of the pieces of a file whose rows are read first, and what is said at its end."""
    patience = Patience("lines")
    list(patience.items([ROW] * rows))
    left = sum(1 for _ in patience.pieces(range(pieces)))
    return left, list(patience.items([]))


def test_a_file_may_have_250_000_pieces_without_a_row():
    assert given(MOST_IDLE) == (250_000, [])


def test_each_row_is_worth_50_pieces_more():
    assert given(MOST_IDLE + 100, rows=2) == (250_100, [])


def test_what_is_beyond_is_left_out_with_a_remark():
    left, (remark,) = given(MOST_IDLE + 101, rows=2)

    assert left == 250_100
    assert remark.message == (
        "The first 250,100 lines hold next to no movements (2). The rest of the file is left out."
    )
    assert not remark.rejected


CAMT = (
    b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>'
    b'<Ntry><Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    b"<BookgDt><Dt>2026-01-02</Dt></BookgDt></Ntry>"
)
# A statement of one row, and what says nothing behind it.
IDLE = {
    "mt940": (b":20:1\n:25:1\n:60F:C260102EUR1,\n:61:260102D1,00NMSC\n:86:Shop\n", b":20:\n"),
    "qif": (b"!Type:Bank\nD1/13/26\nT-1.00\n^\n", b"!\n"),
    "csv": (b"Date,Amount,Description\n2026-01-02,1.00,Shop\n", b"x\n"),
    "ofx": (
        b"OFXHEADER:100\n\n<OFX><STMTRS><STMTTRN><DTPOSTED>20260102<TRNAMT>-1.00<FITID>1</STMTTRN>",
        b"<A>",
    ),
    "camt": (
        CAMT,
        b"</Stmt><Stmt>",
    ),
}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.format)
def test_every_reader_stops_where_next_to_nothing_is_a_movement(reader):
    head, piece = IDLE[reader.format]
    source = io.BytesIO(head + piece * (MOST_IDLE + 100_000))

    items = list(reader.read(source).items)

    assert sum(isinstance(item, StatementRow) for item in items) == 1
    assert items[-1].message.endswith("hold next to no movements (1). The rest of the file is left out.")
