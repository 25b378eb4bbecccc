import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.qif import QifReader
from tests.ingest.adapters.reading import SAMPLES, mutated, outcome

READER = QifReader()
WHOLE = [path.read_bytes() for path in sorted((SAMPLES / "qif").iterdir())]
PIECES = st.sampled_from(
    [
        b"!Type:Bank\n",
        b"!Account\n",
        b"!Type:Invst\n",
        b"\n^\n",
        b"\nD1/1'26",
        b"\nT-1",
        b"\n$",
        b"\nS",
        b"\r",
        b"\0",
        b"'",
    ]
)
CUTS = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 40), PIECES | st.binary(max_size=6)), max_size=6
)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert outcome(READER, b"!Type:Bank\n" + content) is not None


@given(st.sampled_from(WHOLE), CUTS)
def test_any_damage_leaves_something_to_read_or_a_refusal(sample, cuts):
    assert outcome(READER, mutated(sample, cuts)) is not None


@pytest.mark.parametrize(
    "piece",
    [
        b"D",
        b"D1/1'26",
        b"T1,",
        b"$-1\n",
        b"S\n",
        b"!",
        b"!Account\n",
        b"^\n",
        b"P ",
        b"D1/1/26\nT1\n",
        b"x",
        b"\n",
    ],
)
def test_repeated_pieces_cost_no_more_than_their_length(piece):
    assert outcome(READER, b"!Type:Bank\n" + piece * (400_000 // len(piece))) is not None


def test_memory_does_not_grow_with_the_file():
    source = io.BytesIO(
        b"!Type:Bank\n" + b"D1/13/2026\nT-1.00\nPShop number one\nMCard purchase\n^\n" * 5_000
    )
    tracemalloc.start()

    count = sum(1 for _ in READER.read(source).items)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1_500_000
