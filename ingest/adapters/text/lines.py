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
        *lines, carry = text.split(line_end)
        yield from map(_trimmed, lines)
        carry = carry[: MAX_LINE + 1] if len(carry) > MAX_LINE else carry
    carry += decoder.decode(b"", final=True)
    if carry:
        yield _trimmed(carry)


def _trimmed(line: str) -> str:
    line = line.rstrip("\r")
    # Where lines end otherwise, either sign is a letter in the midst of one that no parser expects there.
    return line.replace("\r", " ").replace("\n", " ") if "\r" in line or "\n" in line else line
