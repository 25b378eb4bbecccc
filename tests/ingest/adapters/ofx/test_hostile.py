import io
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.adapters.ofx import OfxReader
from ingest.domain.statement import UnreadableStatementError
from tests.ingest.adapters.ofx.reading import HEADER, entry, read, statement

FRAGMENTS = st.sampled_from(
    [
        b"OFXHEADER:100",
        b"<OFX>",
        b"</OFX>",
        b"<STMTRS>",
        b"</STMTRS>",
        b"<STMTTRN>",
        b"</STMTTRN>",
        b"<STMTTRNP>",
        b"<BANKTRANLISTP>",
        b"<DTPOSTED>20250101",
        b"<TRNAMT>-1",
        b"<TRNAMT>1,234",
        b"<NAME>",
        b"<CURRENCY>",
        b"<CURSYM>EUR",
        b"<PAYEE>",
        b"<BANKACCTFROM>",
        b"<ACCTID>1",
        b"<CURDEF>EUR",
        b"<STATUS><CODE>9",
        b"<CORRECTACTION>DELETE",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"<?",
        b"<!DOCTYPE",
        b"&#99999999;&#xD800;&#0;",
        b"<x",
        b"\xff\xfe",
        b"\0",
        b"\r",
    ]
)


def outcome(content):
    reader = OfxReader()
    reader.recognises(content, "a.ofx")
    try:
        return list(reader.read(io.BytesIO(content)).items)
    except UnreadableStatementError as refusal:
        return refusal.message


@given(st.binary(max_size=400))
@example(b"\xff\xfeO\0")
def test_any_bytes_are_read_or_refused(content):
    assert outcome(content)


@given(st.lists(FRAGMENTS | st.binary(max_size=6), max_size=40))
def test_any_mixture_of_markup_is_read_or_refused(parts):
    assert outcome(b"<OFX>" + b"".join(parts)) is not None


@given(st.integers(0, 600))
def test_a_file_cut_anywhere_gives_whole_rows_only(at):
    content = statement(entry("<NAME>First") + entry("<NAME>Second", amount="-22.22") + entry("<NAME>Third"))

    items = outcome(content.encode()[: content.index("<STMTTRN>") + at])

    whole = {("First", "-1.00"), ("Second", "-22.22"), ("Third", "-1.00")}
    assert {(row.description, str(row.amount)) for row in items if hasattr(row, "amount")} <= whole


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        "<a ",
        "</",
        "<!",
        "<?",
        "<!--",
        "<![CDATA[",
        "<A>",
        "<A></A>",
        "<x y=",
        "&",
        "&amp;",
        " ",
        "<STMTTRN>",
    ],
)
def test_repeated_markup_costs_no_more_than_its_length(piece):
    content = f"{HEADER}<OFX><STMTRS><STMTTRN><NAME>{piece * (200_000 // len(piece))}"

    assert outcome(content.encode())


def test_entities_are_never_expanded():
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'

    with pytest.raises(UnreadableStatementError, match="declares a document type"):
        read(f"<?xml version='1.0'?>{laughs}{statement(entry('<NAME>&c;')).removeprefix(HEADER)}")


def test_a_declaration_after_the_first_rows_ends_the_reading_there():
    found = read(statement(entry() + "<!DOCTYPE a>" + entry()))

    assert len(found.rows) == 1
    assert found.remarks[0].message.endswith("The rest of the file is left out.")


def test_a_value_without_end_is_cut():
    found = read(statement(entry(f"<NAME>{'x' * 500_000}")))

    assert len(found.row.description) == 4_000
    assert found.told == ["Text beyond 4,000 characters cut off: NAME."]


def test_deep_nesting_is_nothing_special():
    found = read(statement("<A>" * 50_000 + entry() + "</A>" * 50_000))

    assert found.row.description == "Shop"


def test_memory_does_not_grow_with_the_file():
    content = statement(entry("<NAME>Shop number one<MEMO>Card purchase") * 5_000).encode()
    source = io.BytesIO(content)
    tracemalloc.start()

    count = sum(1 for _ in OfxReader().read(source).items)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1_500_000
