"""What stands before the first tag: the OFX header, text in version 1, an instruction in version 2."""

import codecs
import html
import re
from typing import NamedTuple

from ofxtools.header import OFXHeaderError, OFXHeaderV1, OFXHeaderV2

from ingest.domain.remarks import Remarks
from ingest.domain.statement import UnreadableStatementError

_LONGEST_HEADER = 2_000
_LATEST_LINE = 8
_BODY = re.compile(r"<\s{0,9}OFX[\s>]", re.IGNORECASE)
_START = re.compile(r"OFXHEADER\s{0,9}:|<\?OFX\b", re.IGNORECASE)
_FIELD_NAMES = "OFXHEADER|DATA|VERSION|SECURITY|ENCODING|CHARSET|COMPRESSION|OLDFILEUID|NEWFILEUID"
_FIELD = re.compile(
    rf"({_FIELD_NAMES})\s{{0,9}}[:=]\s{{0,9}}[\"']?([\w.-]{{0,40}}?)(?=[\"'\s?>]|$|(?:{_FIELD_NAMES})\s{{0,9}}[:=])",
    re.IGNORECASE | re.ASCII,
)
_XML_ENCODING = re.compile(r"<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(r"<\s{0,9}(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^<>]{0,99}>([^<]{1,300})", re.IGNORECASE)
_PROBE = "<OFX>"
# Windows-1252 is Latin-1 with letters where Latin-1 has control codes no bank writes.
_STAND_INS: dict[str, str | None] = {"iso8859-1": "cp1252", "ascii": None}


class Preamble(NamedTuple):
    """The version the header states and the codec it names, each None where it does not say."""

    version: str | None
    codec: str | None


def head_text(head: bytes) -> str:
    """The start of a file as text good enough to look for markup in, also where it is UTF-16."""
    return head.replace(b"\0", b"").decode("latin-1")


def read_preamble(head: bytes, remarks: Remarks) -> Preamble:
    """Read the header, as ofxtools does where it can and field by field where it refuses.

    Raises ``UnreadableStatementError`` where the file is a web page, with its title.
    """
    text = head_text(head)
    body = _BODY.search(text)
    if body is None:
        _refuse_web_page(text)
    before = text[: body.start()] if body else text
    declared = _XML_ENCODING.search(before)
    start = _START.search(before)
    if start is None:
        remarks.say("The file has no OFX header; version and encoding are taken from the rest.")
        return Preamble(None, _codec(declared[1]) if declared else None)
    line = before.count("\n", 0, start.start()) + 1
    if line > _LATEST_LINE:
        remarks.say("The OFX header comes late, other text or blank lines before it are skipped.", line=line)
    header = before[start.start() : start.start() + _LONGEST_HEADER]
    _remark_on_refusal(header, remarks, line=line)
    fields = {match[1].upper(): match[2] for match in _FIELD.finditer(header)}
    charset = declared[1] if declared else _declared_charset(fields)
    return Preamble(fields.get("VERSION") or None, _codec(charset))


def _refuse_web_page(text: str) -> None:
    if _PAGE.search(text) is None:
        return
    title = _PAGE_TITLE.search(text)
    said = f" It is titled “{' '.join(html.unescape(title[1]).split())}”." if title else ""
    raise UnreadableStatementError(f"The file is a web page, not a statement.{said}")


def _remark_on_refusal(header: str, remarks: Remarks, *, line: int) -> None:
    kind = OFXHeaderV2 if header.startswith("<") else OFXHeaderV1
    try:
        kind.parse(header)
    except (OFXHeaderError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(": ") if str(error) else "malformed"
        remarks.say(f"The header departs from the standard ({reason[:120]}); read all the same.", line=line)


def _declared_charset(fields: dict[str, str]) -> str:
    charset = fields.get("CHARSET", "")
    return fields.get("ENCODING", "") if charset.upper() in {"", "NONE"} else charset


def _codec(name: str) -> str | None:
    name = {"UNICODE": "utf-8", "USASCII": "ascii"}.get(name.upper(), name)
    try:
        found = codecs.lookup(f"cp{name}" if name.isdecimal() else name).name
        # The header itself was read as ASCII, so whatever codec it names has to agree with that.
        agrees = _PROBE.encode(found) == _PROBE.encode("ascii")
    except (LookupError, ValueError):
        return None
    return _STAND_INS.get(found, found) if agrees else None
