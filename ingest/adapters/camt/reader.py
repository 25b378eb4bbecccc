"""The reader of CAMT statements: reports (052), statements (053) and notifications (054) of any version.

The file is decoded here and parsed by expat as it comes, so memory is that of one entry. The XML declaration
is asked for the encoding, but the bytes have the last word.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ingest.adapters.camt.statements import StatementWalk
from ingest.adapters.camt.tree import TreeParser
from ingest.adapters.text.corrections import ENCODING, checked_parts
from ingest.adapters.text.declared import Encoding, corrected_encoding, decoded_chunks, detected_encoding
from ingest.adapters.text.giving_up import Patience, unless_hopeless
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    StatementAccount,
    StatementReading,
    StatementRow,
    UnreadableStatementError,
)

_HEAD = 64 * 1024
_MARK = "BkToCstmr"
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?BkToCstmr(?:AcctRpt|Stmt|DbtCdtNtfctn)|camt\.05[234]\.001")
_VERSION = re.compile(r"camt\.05[234]\.001\.[0-9]{2}")
_DOCUMENT = re.compile(r"\s{0,99}(?:<\?xml|<(?:[A-Za-z_][\w.-]{0,40}:)?Document[\s>])")
_DECLARED = re.compile(r"<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})")
_DECLARATION = re.compile(r"^<\?xml[^<>]{0,400}\?>")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXTENSIONS = (".camt", ".camt052", ".camt053", ".camt054", ".c52", ".c53", ".c54")
_PARTS = {"encoding": ENCODING}


class CamtReader:
    """Reads booked and pending entries, one row an entry.

    ``layout`` shows version and encoding; a correction of the encoding is honoured.
    """

    format = "camt"

    def recognises(self, head: bytes, filename: str) -> float:
        text = _as_text(head)
        if _ROOT.search(text):
            return 0.97
        if filename.lower().endswith(_EXTENSIONS):
            return 0.4
        return 0.3 if _DOCUMENT.match(text) and filename.lower().endswith(".xml") else 0.0

    def read(
        self,
        source: BinaryIO,
        *,
        filename: str = "",  # noqa: ARG002 -- part of the port; nothing in a CAMT file depends on its name
        layout: Mapping[str, object] | None = None,
    ) -> StatementReading:
        given = checked_parts(
            {key: value for key, value in (layout or {}).items() if key != "version"}, _PARTS
        )
        source.seek(0)
        head = source.read(_HEAD)
        if not head.strip():
            raise UnreadableStatementError("The file is empty.")
        remarks = Remarks()
        encoding = _encoding(source, head, given.get("encoding"), remarks)
        version = _VERSION.search(_as_text(head))
        accounts: list[StatementAccount] = []
        return StatementReading(
            format=self.format,
            items=_items(source, encoding, accounts, remarks),
            accounts=accounts,
            layout={
                "version": {
                    "value": version[0] if version else None,
                    "confidence": 1.0 if version else 0.0,
                },
                "encoding": {"value": encoding.name, "confidence": encoding.confidence},
            },
        )


def _as_text(head: bytes) -> str:
    return head.replace(b"\0", b"").decode("latin-1").lstrip("\u00ef\u00bb\u00bf\u00ff\u00fe")


def _encoding(source: BinaryIO, head: bytes, given: str | None, remarks: Remarks) -> Encoding:
    if given:
        return corrected_encoding(given)
    declared = _DECLARED.search(_as_text(head[:2_000]))
    codec = _codec(declared[1]) if declared else None
    encoding = detected_encoding(source, head=head, declared=codec, mark=_MARK)
    name = encoding.name.removesuffix("-sig")
    if codec is not None and name != codec:
        remarks.say(f"The file says its text is {codec}, but it is {name}; read as {name}.", line=1)
    return encoding


def _codec(name: str) -> str | None:
    """The codec of that name, unless it has two bytes a letter: those were told by the bytes themselves."""
    try:
        found = codecs.lookup(name).name
        return found if "<".encode(found) == b"<" else None
    except (LookupError, ValueError):
        return None


def _items(
    source: BinaryIO, encoding: Encoding, accounts: list[StatementAccount], remarks: Remarks
) -> Iterator[StatementRow | Problem]:
    chunks = (_NOT_XML.sub(" ", chunk) for chunk in _from_first_tag(decoded_chunks(source, encoding.name)))
    patience, parser = Patience("statements and entries"), TreeParser()
    events = patience.pieces(parser.events(chunks))
    yield from patience.items(unless_hopeless(StatementWalk(parser, accounts, remarks).items(events)))


def _from_first_tag(chunks: Iterator[str]) -> Iterator[str]:
    """The text without its XML declaration and what stands before; line numbers stay right."""
    for chunk in chunks:
        before, bracket, rest = chunk.partition("<")
        yield "\n" * before.count("\n") + _DECLARATION.sub("", bracket + rest, count=1)
        if bracket:
            break
    yield from chunks
