"""A file is what it holds, whatever its name says."""

import io
import zipfile
from pathlib import Path

import pytest

from ingest.domain.statement import StatementRow, UnreadableStatementError
from ingest.services.staging import open_statement

SAMPLES = Path(__file__).parents[1] / "samples"
STATEMENTS = {
    "camt": SAMPLES / "camt" / "swiss.xml",
    "csv": SAMPLES / "csv" / "us_checking.csv",
    "mt940": SAMPLES / "mt940" / "german.sta",
    "ofx": SAMPLES / "ofx" / "checking.ofx",
    "qif": SAMPLES / "qif" / "german.qif",
}
NAMES = [
    "march.qif",
    "march.xml",
    "march.camt",
    "march.sta",
    "march.940",
    "march.csv",
    "march.ofx",
    "march.png",
]


def read(content: bytes, filename: str) -> tuple[str, list[StatementRow]]:
    reading = open_statement(io.BytesIO(content), filename=filename)
    return reading.format, [item for item in reading.items if isinstance(item, StatementRow)]


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("march.sta", STATEMENTS["mt940"].read_bytes())
    return held.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", STATEMENTS)
def test_a_statement_is_read_as_what_it_is(format: str, name: str) -> None:  # noqa: A002
    content = STATEMENTS[format].read_bytes()
    _, expected = read(content, STATEMENTS[format].name)

    assert len(expected) == 4
    assert read(content, name) == (format, expected)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00C\x00\x08\x06",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        b"<!DOCTYPE html><html><body>Please sign in</body></html>",
        archive(),
        bytes(range(256)) * 40,
        b"Dear Ada, here is the statement that you asked for.\n",
    ],
    ids=["png", "jpeg", "pdf", "web page", "zip", "binary", "letter"],
)
def test_what_is_no_statement_is_refused_in_a_sentence_under_any_name(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableStatementError) as refusal:
        read(content, name)

    said = refusal.value.message
    assert said[0].isupper()
    assert said.endswith(".")
    assert said.isprintable()
