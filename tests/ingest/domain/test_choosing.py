"""Which reader a file is given to."""

from dataclasses import dataclass

import pytest

from ingest.domain.choosing import choose_reader
from ingest.domain.statement import UnreadableStatementError


@dataclass(frozen=True)
class Sure:
    """A reader that is as sure of every file as it was told to be."""

    format: str
    confidence: float

    def recognises(self, head: bytes, filename: str) -> float:
        return self.confidence


def test_the_surest_reader_is_chosen() -> None:
    readers = [Sure("csv", 0.4), Sure("ofx", 0.9), Sure("qif", 0.8)]

    assert choose_reader(readers, head=b"x", filename="").format == "ofx"


def test_among_equals_the_later_is_chosen() -> None:
    assert choose_reader([Sure("ofx", 0.5), Sure("csv", 0.5)], head=b"x", filename="").format == "csv"


def test_a_file_that_nobody_knows_is_left_to_the_last_to_refuse() -> None:
    assert choose_reader([Sure("ofx", 0.0), Sure("csv", 0.0)], head=b"x", filename="").format == "csv"


@pytest.mark.parametrize("head", [b"", b" \r\n\t"])
def test_an_empty_file_is_called_empty(head: bytes) -> None:
    with pytest.raises(UnreadableStatementError, match="The file is empty"):
        choose_reader([Sure("csv", 1.0)], head=head, filename="")
