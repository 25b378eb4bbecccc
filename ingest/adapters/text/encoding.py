"""Which encoding a file's bytes are written in."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from charset_normalizer import from_bytes

from ingest.domain.guess import Guess
from ingest.domain.letters import plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The likelier first: a later one has to look better to be taken.
_ONE_BYTE = [
    "cp1252",
    "cp1250",
    "cp1251",
    "iso8859-15",
    "iso8859-2",
    "cp1254",
    "cp1253",
    "cp1257",
    "iso8859-7",
    "iso8859-13",
    "iso8859-9",
    "koi8-r",
    "koi8-u",
    "iso8859-5",
    "cp850",
    "cp852",
    "cp437",
    "cp866",
    "cp1255",
    "mac_roman",
    "cp857",
    "cp775",
    "mac_cyrillic",
    "iso8859-1",
]
_EAST_ASIAN = ("cp932", "gb18030", "big5", "cp949")
_GOOD_ENOUGH = 0.6
_SCAN_CHUNK = 256 * 1024
_SCAN_LIMIT = 32 * 1024 * 1024
_MAX_ODD_BYTES = 64 * 1024


def encoding_of(source: BinaryIO, *, head: bytes, given: str | None) -> Guess[str]:
    """The encoding of a file that starts with ``head``, or the one that was given.

    Plain ASCII says nothing about lines further down, so "ascii" given back is looked at again. Leaves the
    source where it likes.
    """
    if given and given != "ascii":
        return Guess(given, 1.0)
    guess = detect_encoding(head)
    source.seek(len(head))
    if guess.value not in {"ascii", "utf-8"}:
        return guess
    odd = lines_beyond_ascii(source)
    if not odd:
        return guess
    return detect_encoding(odd if guess.value == "ascii" else head.rpartition(b"\n")[0] + b"\n" + odd)


def detect_encoding(sample: bytes) -> Guess[str]:
    """The encoding of a sample, by its mark, by UTF-8's own rules, or by which letters make words.

    Text that is UTF-8 but for a few damaged bytes stays UTF-8, with less confidence. "ascii" says that no
    byte of the sample needs an encoding at all.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return Guess(name, 1.0)
    wide = wide_encoding(sample)
    if wide:
        return Guess(wide, 0.95)
    if sample.isascii():
        return Guess("ascii", 1.0)
    return _utf8(sample) or _one_byte(sample)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by where its NUL bytes stand; None for anything else."""
    sample = head[: min(len(head), 4096) & ~1]
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    even, odd = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    if even > 0.6 and odd < 0.05:
        return "utf-16-be"
    return None


def lines_beyond_ascii(source: BinaryIO) -> bytes:
    """Lines that are not pure ASCII, from the rest of a file (its first 32 MiB, at most 64 KiB of lines)."""
    found: list[bytes] = []
    size = 0
    for chunk in _chunks(source):
        for line in [] if chunk.isascii() else chunk.split(b"\n"):
            if not line.isascii() and size < _MAX_ODD_BYTES:
                found.append(line[:1024])
                size += len(found[-1])
        if size >= _MAX_ODD_BYTES:
            break
    return b"\n".join(found)


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    """Chunks of whole lines where lines are of ordinary length."""
    carry = b""
    read = 0
    while read < _SCAN_LIMIT and (chunk := source.read(_SCAN_CHUNK)):
        read += len(chunk)
        whole, _, carry = (carry + chunk).rpartition(b"\n")
        yield whole
        carry = carry[-1024:]
    yield carry


def _utf8(sample: bytes) -> Guess[str] | None:
    text = sample.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(letter > "\x7f" for letter in text) - bad
    if text.endswith("\ufffd") and bad == 1:
        bad = 0
    if bad == 0:
        return Guess("utf-8", 1.0)
    return Guess("utf-8", 0.6 + 0.35 * good / (good + bad)) if good >= 3 * bad else None


def _one_byte(sample: bytes) -> Guess[str]:
    relevant = _relevant(sample)
    best, score = "cp1252", -9.0
    for name in (*_ONE_BYTE, *_EAST_ASIAN):
        candidate = _score(relevant, name)
        if candidate > score + 0.01:
            best, score = name, candidate
    if score >= _GOOD_ENOUGH:
        return Guess(best, min(0.95, 0.5 + score / 3))
    return _by_statistics(sample) or Guess(best, 0.3)


def _relevant(sample: bytes) -> bytes:
    """The lines beyond ASCII, up to some 32 KiB of whole lines."""
    lines = [line[:2048] for line in sample.replace(b"\r", b"\n").split(b"\n") if not line.isascii()]
    return b"\n".join(lines[:400])[: 64 * 1024]


def _score(sample: bytes, name: str) -> float:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return -9.0
    if name in _EAST_ASIAN:
        return _east_asian_score(text)
    return plausibility(text)


def _east_asian_score(text: str) -> float:
    strange = [letter for letter in text if letter > "\x7f"]
    common = sum("\u3040" <= letter <= "\u30ff" or "\uac00" <= letter <= "\ud7a3" for letter in strange)
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in strange)
    return (
        (common + 0.8 * han) / len(strange)
        if len(strange) > 8 and common + han > 0.8 * len(strange)
        else -1.0
    )


def _by_statistics(sample: bytes) -> Guess[str] | None:
    match = from_bytes(sample[: 64 * 1024]).best()
    return Guess(match.encoding, 0.4) if match is not None and not match.encoding.startswith("utf") else None
