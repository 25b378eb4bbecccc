import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.camt import CamtReader
from ingest.domain.statement import UnreadableStatementError
from tests.ingest.adapters.camt.test_samples import details, entry, read, statement
from tests.ingest.adapters.reading import SAMPLES, mutated, outcome

READER = CamtReader()
WHOLE = [path.read_bytes() for path in sorted((SAMPLES / "camt").iterdir())]
PIECES = st.sampled_from(
    [
        b"<Ntry>",
        b"</Ntry>",
        b"<TxDtls>",
        b"</Stmt>",
        b"<Stmt>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"&amp;",
        b"&x;",
        b"\0",
        b'"',
    ]
)
CUTS = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 40), PIECES | st.binary(max_size=6)), max_size=4
)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert outcome(READER, b"<BkToCstmrStmt><Stmt>" + content)


@given(st.sampled_from(WHOLE), CUTS)
def test_any_damage_leaves_something_to_read_or_a_refusal(sample, cuts):
    assert outcome(READER, mutated(sample, cuts)) is not None


@pytest.mark.parametrize(
    "piece",
    [
        b"<a>",
        b"<a></a>",
        b"<",
        b"x",
        b"&amp;",
        b"<Ntry>",
        b"<Stmt></Stmt>",
        b"<TxDtls><a/></TxDtls>",
        b"<!--",
        b"<a b='",
    ],
)
def test_repeated_markup_costs_no_more_than_its_length(piece):
    assert outcome(READER, b"<BkToCstmrStmt><Stmt><Ntry>" + piece * (400_000 // len(piece)))


def test_a_comment_of_many_megabytes_is_not_waited_for():
    content = b"<BkToCstmrStmt><!--" + b"x" * 8_000_000

    assert outcome(READER, content) == "A single tag or comment is longer than 1 MB."


@pytest.mark.parametrize("external", ["", ' SYSTEM "file:///etc/passwd"'])
def test_entities_are_never_expanded(external):
    laughs = f'<!DOCTYPE a{external} [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'

    with pytest.raises(UnreadableStatementError, match="declares a document type") as refusal:
        read(f"<?xml version='1.0'?>\n{laughs}{statement(entry('<AddtlNtryInf>&c;</AddtlNtryInf>'))}")

    assert refusal.value.line == 2


def test_deep_nesting_is_refused_or_ends_the_reading():
    with pytest.raises(UnreadableStatementError, match="nested more than 200 deep"):
        read("<a>" * 50_000)

    found = read(statement(entry() + entry("<a>" * 50_000)))
    assert len(found.rows) == 1
    assert found.remarks[-1][1].endswith("The rest of the file is left out.")


def test_an_entry_of_very_many_transactions_stays_one_row():
    found = read(statement(entry(details(*["<RmtInf><Ustrd>A</Ustrd></RmtInf>"] * 20_000))))

    assert found.row.description == "20000 transactions: A"


def test_memory_does_not_grow_with_the_file():
    content = statement(entry(details("<RmtInf><Ustrd>Shop number one</Ustrd></RmtInf>")) * 5_000).encode()
    source = io.BytesIO(content)
    tracemalloc.start()

    count = sum(1 for _ in READER.read(source).items)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1_500_000
