"""The reader of OFX and QFX statements, versions 1 (SGML) and 2 (XML).

ofxtools supplies the standard (aggregates, allowed values and lengths, headers), but a tag scanner of our own
reads the file, because the library's parser holds the whole tree (some 6 kB and 100 µs a row with its models,
against 26 µs in constant memory here) and refuses a whole file for one tag.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ingest.adapters.ofx.markup import Markup
from ingest.adapters.ofx.preamble import head_text, read_preamble
from ingest.adapters.ofx.statements import StatementWalk
from ingest.adapters.text.declared import Encoding, corrected_encoding, decoded_chunks, detected_encoding
from ingest.adapters.text.giving_up import Patience
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    StatementAccount,
    StatementReading,
    StatementRow,
    UnreadableStatementError,
)

_HEAD = 64 * 1024
_BYTE_ORDER_MARKS = "\u00ef\u00bb\u00bf\u00ff\u00fe"  # as they look in Latin-1
_OPENING = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:OFXHEADER\s{0,9}:|<\?OFX\s|<\s{0,9}OFX[\s>])", re.IGNORECASE
)
_ANYWHERE = re.compile(r"OFXHEADER\s{0,9}[:=]|<\?OFX\s|<OFX[\s>]|<STMTTRNP?>", re.IGNORECASE)
_EXTENSIONS = (".ofx", ".qfx", ".qbo")


class OfxReader:
    """Reads bank, card, loan and investment statements; of investments only the cash movements.

    ``layout`` shows version and encoding; a correction of the encoding is honoured.
    """

    format = "ofx"

    def recognises(self, head: bytes, filename: str) -> float:
        text = head_text(head).lstrip(_BYTE_ORDER_MARKS)
        if _OPENING.match(text):
            return 0.99
        if _ANYWHERE.search(text):
            return 0.7
        return 0.3 if filename.lower().endswith(_EXTENSIONS) else 0.0

    def read(
        self,
        source: BinaryIO,
        *,
        filename: str = "",  # noqa: ARG002 -- part of the port; nothing in an OFX file depends on its name
        layout: Mapping[str, object] | None = None,
    ) -> StatementReading:
        source.seek(0)
        head = source.read(_HEAD)
        if not head.strip():
            raise UnreadableStatementError("The file is empty.")
        remarks = Remarks()
        preamble = read_preamble(head, remarks)
        encoding = _chosen_encoding(layout or {})
        if encoding is None:
            encoding = detected_encoding(source, head=head, declared=preamble.codec, mark="OFX")
            _remark_on_encoding(encoding, preamble.codec, remarks)
        accounts: list[StatementAccount] = []
        return StatementReading(
            format=self.format,
            items=_items(source, encoding, accounts, remarks),
            accounts=accounts,
            layout={
                "version": {"value": preamble.version, "confidence": 1.0 if preamble.version else 0.0},
                "encoding": {"value": encoding.name, "confidence": encoding.confidence},
            },
        )


def _chosen_encoding(layout: Mapping[str, object]) -> Encoding | None:
    chosen = layout.get("encoding")
    if isinstance(chosen, Mapping):
        chosen = chosen.get("value")
    return corrected_encoding(str(chosen)) if chosen else None


def _remark_on_encoding(encoding: Encoding, declared: str | None, remarks: Remarks) -> None:
    name = encoding.name.removesuffix("-sig")
    if declared is not None and name != declared:
        remarks.say(f"The header says the text is {declared}, but it is {name}; read as {name}.")


def _items(
    source: BinaryIO, encoding: Encoding, accounts: list[StatementAccount], remarks: Remarks
) -> Iterator[StatementRow | Problem]:
    patience = Patience("tags")
    markup = Markup(decoded_chunks(source, encoding.name))
    walk = StatementWalk(markup, accounts, remarks)
    yield from patience.items(walk.items(patience.pieces(markup.tokens())))
