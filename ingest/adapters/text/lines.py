"""The lines of a text file, decoded as they come."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

MAX_LINE = 64 * 1024
_CHUNK = 64 * 1024


def decoded_lines(source: BinaryIO, encoding: str, *, line_end: str) -> Iterator[str]:
    """The lines of a file without their ends; undecodable bytes become U+FFFD, an endless line is cut
    short.
    """
    decoder = codecs.getincrementaldecoder("utf-8" if encoding == "ascii" else encoding)(errors="replace")
    carry = ""
    first = True
    while chunk := source.read(_CHUNK):
        text = carry + decoder.decode(chunk)
        if first:
            text, first = text.removeprefix("\ufeff"), False
        *lines, carry = _split(text, line_end)
        yield from lines
        carry = carry[: MAX_LINE + 1] if len(carry) > MAX_LINE else carry
    carry += decoder.decode(b"", final=True)
    if carry:
        yield _trimmed(carry)


def _split(text: str, line_end: str) -> list[str]:
    """Whole lines and, untrimmed, what follows the last line end."""
    if line_end == "\n" and "\r" in text:
        text = text.replace("\r\n", "\n")
    lines = text.split(line_end)
    if "\r" in text or line_end != "\n":
        lines[:-1] = map(_trimmed, lines[:-1])
    return lines


def _trimmed(line: str) -> str:
    line = line.rstrip("\r")
    # Where lines end otherwise, either sign is a letter in the midst of one that no parser expects there.
    return line.replace("\r", " ").replace("\n", " ") if "\r" in line or "\n" in line else line
