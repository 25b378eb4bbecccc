"""The reader of MT940 and MT942 statements.

A walk of our own, field by field. The mt-940 package keeps every message in memory, gives reversals the wrong
sign, stops at a 30 February and lets the text of a statement take the place of a row's.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ingest.adapters.mt940.fields import FieldCutter
from ingest.adapters.mt940.statements import StatementWalk
from ingest.adapters.text.corrections import ENCODING, checked_parts
from ingest.adapters.text.encoding import encoding_of
from ingest.adapters.text.giving_up import Patience, unless_hopeless
from ingest.adapters.text.lines import decoded_lines
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    StatementAccount,
    StatementReading,
    StatementRow,
    UnreadableStatementError,
)

_HEAD = 64 * 1024
_EXTENSIONS = (".sta", ".mt940", ".mt942", ".940", ".942", ".swi", ".mt9")
_PARTS = {"encoding": ENCODING}
_MOVEMENT = re.compile(rb"(?:^|[\r\n]):61:[0-9]{6}|(?:^|[\r\n]):6[02][FM]?:[CD][0-9]{6}[A-Z]{3}")
_OPENING = re.compile(rb"[\s\x01-\x03]{0,99}(?:\{1:[A-Z0-9]{1,40}|:(?:20|25|28C?|6[0-5][FM]?|86|94[02]):)")
_REFERENCE = re.compile(rb"[\r\n]:20:")


class Mt940Reader:
    """Reads booked movements (MT940) and, as pending, those of the day (MT942).

    ``layout`` shows the encoding; a correction of it is honoured.
    """

    format = "mt940"

    def recognises(self, head: bytes, filename: str) -> float:
        text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        if _MOVEMENT.search(text):
            return 0.98 if _OPENING.match(text) else 0.9
        if _OPENING.match(text) or _REFERENCE.search(text):
            return 0.85
        return 0.3 if filename.lower().endswith(_EXTENSIONS) else 0.0

    def read(
        self,
        source: BinaryIO,
        *,
        filename: str = "",  # noqa: ARG002 -- part of the port; nothing in an MT940 file depends on its name
        layout: Mapping[str, object] | None = None,
    ) -> StatementReading:
        given = checked_parts(layout, _PARTS)
        source.seek(0)
        head = source.read(_HEAD)
        if not head.strip():
            raise UnreadableStatementError("The file is empty.")
        encoding = encoding_of(source, head=head, given=given.get("encoding"))
        accounts: list[StatementAccount] = []
        return StatementReading(
            format=self.format,
            items=_items(source, encoding.value, b"\n" if b"\n" in head else b"\r", accounts),
            accounts=accounts,
            layout={"encoding": encoding.as_json()},
        )


def _items(
    source: BinaryIO, encoding: str, line_end: bytes, accounts: list[StatementAccount]
) -> Iterator[StatementRow | Problem]:
    source.seek(0)
    patience = Patience("lines")
    lines = patience.pieces(decoded_lines(source, encoding, line_end=line_end.decode()))
    walk = StatementWalk(FieldCutter(lines), accounts, Remarks())
    yield from patience.items(unless_hopeless(walk.items()))
