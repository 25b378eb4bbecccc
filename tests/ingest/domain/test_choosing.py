"""Which reader a file is given to."""

from dataclasses import dataclass
from io import BytesIO
from tarfile import TarFile, TarInfo
from zipfile import ZIP_STORED, ZipFile

import pytest

from ingest.adapters import READERS
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


def archive_of(kind: str) -> bytes:
    """A statement packed as it is."""
    statement, packed = b"OFXHEADER:100\nDATA:OFXSGML\n\n<OFX></OFX>", BytesIO()
    if kind == "zip":
        with ZipFile(packed, "w", ZIP_STORED) as archive:
            archive.writestr("march.ofx", statement)
    else:
        with TarFile(fileobj=packed, mode="w") as archive:
            member = TarInfo("march.ofx")
            member.size = len(statement)
            archive.addfile(member, BytesIO(statement))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("kind", "words"), [("zip", "a zip archive; unpack it first"), ("tar", "a binary file")]
)
def test_an_archive_is_refused_as_one_whatever_is_in_it(kind: str, words: str) -> None:
    packed = archive_of(kind)

    reader = choose_reader(READERS, head=packed, filename="march.ofx")

    with pytest.raises(UnreadableStatementError, match=words):
        list(reader.read(BytesIO(packed)).items)


def test_a_document_with_a_statement_s_words_is_none() -> None:
    chosen = choose_reader([Sure("ofx", 1.0), Sure("csv", 0.0)], head=b"%PDF-1.7 <OFX>", filename="march.ofx")

    assert chosen.format == "csv"
