import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.mt940 import Mt940Reader
from tests.ingest.adapters.reading import SAMPLES, mutated, outcome

READER = Mt940Reader()
WHOLE = [path.read_bytes() for path in sorted((SAMPLES / "mt940").iterdir())]
PIECES = st.sampled_from(
    [
        b":61:",
        b":86:",
        b":62F:",
        b":60F:C",
        b"\n",
        b"\r",
        b"-\n",
        b"-}{5:}{1:",
        b"{4:",
        b"?20",
        b"/NAME/",
        b"//",
        b"\0",
    ]
)
CUTS = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 40), PIECES | st.binary(max_size=6)), max_size=6
)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert outcome(READER, b":20:" + content)


@given(st.sampled_from(WHOLE), CUTS)
def test_any_damage_leaves_something_to_read_or_a_refusal(sample, cuts):
    assert outcome(READER, mutated(sample, cuts)) is not None


@pytest.mark.parametrize(
    "piece",
    [
        b":61:",
        b":61:260102D",
        b":86:",
        b"?20",
        b"/NAME/",
        b"x",
        b"SVWZ+",
        b"-\n",
        b"{1:",
        b"\n",
        b":86:\nx\n",
        b" ",
    ],
)
def test_repeated_pieces_cost_no_more_than_their_length(piece):
    head = b":20:1\n:25:1\n:60F:C260102EUR1,\n:61:260102D1,00NMSC\n:86:"

    assert outcome(READER, head + piece * (400_000 // len(piece)))


def test_memory_does_not_grow_with_the_file():
    row = b":61:260102D1,00NMSCNONREF//12345678\n:86:177?20SVWZ+Card purchase?32Shop number one\n"
    source = io.BytesIO(b":20:1\n:25:1\n" + row * 5_000)
    tracemalloc.start()

    count = sum(1 for _ in READER.read(source).items)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1_500_000
