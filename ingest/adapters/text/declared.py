"""Which encoding a file with a header is in: its bytes are asked first, then its header, then statistics."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from charset_normalizer import from_bytes

from ingest.domain.statement import UnreadableStatementError

_CHUNK = 64 * 1024
_SAMPLE = 32 * 1024
_FALLBACK = "cp1252"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# One code page a script: statistics tell scripts apart, not French from Polish in a few names.
_GUESSES = ["cp1252", "cp1251", "cp1253", "shift_jis", "gb18030", "big5"]


class Encoding(NamedTuple):
    """A codec name Python knows, and how sure it is."""

    name: str
    confidence: float


class _Survey(NamedTuple):
    readable: int  # characters beyond ASCII that are well-formed UTF-8
    broken: int
    sample: bytes


def corrected_encoding(name: str) -> Encoding:
    """The encoding a person chose; raises ``UnreadableStatementError`` where Python has none of that name."""
    try:
        b"<".decode(name, "replace")
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as error:
        raise UnreadableStatementError(f"“{name[:40]}” is not the name of a text encoding.") from error
    return Encoding(codecs.lookup(name).name, 1.0)


def detected_encoding(source: BinaryIO, *, head: bytes, declared: str | None, mark: str) -> Encoding:
    """Read the whole file once in chunks and choose.

    Headers lie: bytes that are well-formed UTF-8 beyond ASCII are UTF-8 whatever is declared, also where a
    few are broken, since banks cut names in the middle of a character. Otherwise the declared encoding
    counts, and without one the likeliest that charset-normalizer finds. ``mark`` is a word that stands in
    every such file: where it is found in two bytes a letter, the file is UTF-16.
    """
    for order, name in _MARKS:
        if head.startswith(order):
            return Encoding(name, 1.0)
    wide = head[:_SAMPLE].find(mark.encode("utf-16-le")[:-1])
    if wide >= 0:
        return Encoding("utf-16-be" if wide % 2 else "utf-16-le", 0.9)
    return _from_bytes(_survey(source), declared)


def _from_bytes(survey: _Survey, declared: str | None) -> Encoding:
    if not survey.broken:
        return Encoding("utf-8", 0.98) if survey.readable else Encoding(declared or "utf-8", 1.0)
    if survey.readable > 4 * survey.broken:
        return Encoding("utf-8", 0.8)
    if declared not in {None, "utf-8"}:
        return Encoding(str(declared), 0.9)
    best = from_bytes(survey.sample, cp_isolation=_GUESSES).best()
    return Encoding(best.encoding, 0.6) if best is not None else Encoding(_FALLBACK, 0.4)


def _survey(source: BinaryIO) -> _Survey:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    readable = broken = 0
    sample = b""
    source.seek(0)
    while chunk := source.read(_CHUNK):
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        damage = text.count("\ufffd")
        broken += damage
        readable += len(text) - len(text.encode("ascii", "ignore")) - damage
        sample = sample or b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:_SAMPLE]
    broken += len(decoder.decode(b"", final=True))
    return _Survey(readable, broken, sample)


def decoded_chunks(source: BinaryIO, encoding: str) -> Iterator[str]:
    """The whole file as text in chunks, every kind of line end as ``\\n``, unreadable bytes as U+FFFD."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=True)
    source.seek(0)
    try:
        while chunk := source.read(_CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise UnreadableStatementError(f"The file cannot be read as {encoding} text.") from error
