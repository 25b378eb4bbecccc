import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.adapters.csv import CsvReader
from ingest.domain.statement import StatementRow, UnreadableStatementError
from tests.ingest.adapters.csv.reading import SAMPLES

PIECES = [
    "Date",
    "Amount",
    "Text",
    "Debit",
    "Credit",
    "Balance",
    "2026-01-02",
    "01/02/26",
    "-1.00",
    "1.234,56",
    "CR",
]
MARKS = [",", ";", "\t", "|", "\n", "\r\n", "\r", '"', "'", "=", "\x00", " ", "€", "ü", "(", "sep="]
ORIGINALS = [path.read_bytes() for path in sorted(SAMPLES.glob("*.csv"))]

files = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(str.encode),
    st.lists(st.sampled_from(PIECES + MARKS), max_size=60).map(lambda parts: "".join(parts).encode()),
    st.builds(
        lambda data, at, junk: data[: at % len(data)] + junk + data[at % len(data) + len(junk) :],
        st.sampled_from(ORIGINALS),
        st.integers(0, 5000),
        st.binary(min_size=1, max_size=12),
    ),
)


def rows_of(data: bytes, layout: dict | None = None) -> tuple[list[StatementRow], dict]:
    reading = CsvReader().read(io.BytesIO(data), layout=layout)
    return [item for item in reading.items if isinstance(item, StatementRow)], reading.layout


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=files)
def test_any_file_is_read_or_refused_and_its_layout_reads_it_alike(data: bytes):
    assert 0.0 <= CsvReader().recognises(data, "statement.csv") <= 1.0
    try:
        rows, layout = rows_of(data)
    except UnreadableStatementError:
        return

    assert rows
    assert rows_of(data)[0] == rows
    assert rows_of(data, json.loads(json.dumps(layout)))[0] == rows


@settings(max_examples=60, deadline=None)
@given(
    layout=st.dictionaries(
        st.sampled_from(
            ["encoding", "delimiter", "columns", "sign", "header_line", "date_order", "nonsense"]
        ),
        st.one_of(
            st.none(),
            st.integers(-2, 9),
            st.text(max_size=4),
            st.lists(st.integers(), max_size=2),
            st.dictionaries(
                st.sampled_from(["date", "amount", "value", "nonsense"]),
                st.one_of(st.text(max_size=5), st.integers(-1, 9)),
            ),
        ),
        max_size=3,
    )
)
def test_any_layout_is_followed_or_refused(layout: dict):
    try:
        rows, _ = rows_of(ORIGINALS[0], layout)
    except UnreadableStatementError:
        return

    assert rows
