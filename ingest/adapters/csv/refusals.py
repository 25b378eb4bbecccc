"""Files that are no delimited text at all, told by how they begin."""

import codecs
import re

from ingest.adapters.text.encoding import wide_encoding

_BINARY_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document; export it as CSV"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"{\\rtf", "a rich-text document"),
    (b"SQLite format 3", "an SQLite database"),
)
_TEXT_STARTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        re.compile(rb"(?i)<!doctype html|<html|<head|<table|<body"),
        "a web page (often a log-in or error page)",
    ),
    (re.compile(rb"(?i)OFXHEADER|<\?OFX|<OFX>"), "an OFX statement"),
    (re.compile(rb"<\?xml|<Document"), "an XML document"),
    (re.compile(rb"(?i)!Type:|!Account|!Option:"), "a QIF statement"),
    (re.compile(rb"\{1:[A-Z0-9]|:20:"), "an MT940 statement"),
    (re.compile(rb"[\[{]\s*[\"\[{\]}]"), "a JSON document"),
    (re.compile(rb"-----BEGIN |From: |Received: |Return-Path: "), "an e-mail or a key, not a statement"),
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def what_else(head: bytes) -> str | None:
    """What a file that is not delimited text looks like, in words; None where it may be text."""
    if not head.strip(b"\x00 \t\r\n\x0c\x1a\xef\xbb\xbf"):
        return "an empty file"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(head)
    trimmed = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    binary = (name for start, name in _BINARY_STARTS if head.startswith(start))
    text = (name for pattern, name in _TEXT_STARTS if pattern.match(trimmed))
    return next(binary, None) or next(text, None) or _binary_kind(head)


def _zip_kind(head: bytes) -> str:
    if b"xl/" in head or b"[Content_Types].xml" in head:
        return "an Excel workbook; export it as CSV"
    if b"opendocument.spreadsheet" in head:
        return "an OpenDocument spreadsheet; export it as CSV"
    return "a zip archive; unpack it first"


def _binary_kind(head: bytes) -> str | None:
    if head.startswith(_WIDE_MARKS) or wide_encoding(head):
        return None
    if b"\x00" in head:
        return "a binary file (it holds NUL bytes)"
    control = sum(
        head.count(code) for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f"
    )
    return "a binary file" if control * 50 > len(head) else None
