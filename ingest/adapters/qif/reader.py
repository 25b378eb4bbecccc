"""The reader of QIF files.

A walk of our own in two passes: the first finds out how the file writes days and amounts. The quiffen package
holds the whole file, wants to be told the order of day and month, and takes one for all of it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ingest.adapters.qif.records import Header, Record, read_records
from ingest.adapters.qif.rows import RowReader
from ingest.adapters.qif.statements import StatementWalk
from ingest.adapters.qif.survey import survey
from ingest.adapters.text.corrections import DATE_ORDER, DECIMAL_MARK, ENCODING, checked_parts
from ingest.adapters.text.encoding import encoding_of
from ingest.adapters.text.giving_up import Patience, unless_hopeless
from ingest.adapters.text.lines import decoded_lines
from ingest.domain.dates import DateOrder
from ingest.domain.guess import Guess, LayoutPart
from ingest.domain.remarks import Remarks
from ingest.domain.statement import (
    Problem,
    StatementAccount,
    StatementReading,
    StatementRow,
    UnreadableStatementError,
)

_HEAD = 64 * 1024
_UNSURE = 0.65
_PARTS = {"encoding": ENCODING, "date_order": DATE_ORDER, "decimal_mark": DECIMAL_MARK}
_HEADER = re.compile(rb"(?:^|[\r\n])[ \t]{0,9}!(?:Type:|Account|Option:|Clear:)", re.IGNORECASE)
_RECORD_END = re.compile(rb"[\r\n]\^[ \t]{0,9}(?:[\r\n]|$)")


class QifReader:
    """Reads bank, card, cash, asset and loan registers; of investments only clear movements of cash.

    ``layout`` shows encoding, order of dates and decimal mark; corrections of each are honoured.
    """

    format = "qif"

    def recognises(self, head: bytes, filename: str) -> float:
        text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        if _HEADER.search(text):
            return 0.97
        named = filename.lower().endswith(".qif")
        if named and _RECORD_END.search(text):
            return 0.96
        return 0.3 if named else 0.0

    def read(
        self,
        source: BinaryIO,
        *,
        filename: str = "",  # noqa: ARG002 -- part of the port; nothing in a QIF file depends on its name
        layout: Mapping[str, object] | None = None,
    ) -> StatementReading:
        given = checked_parts(layout, _PARTS)
        source.seek(0)
        head = source.read(_HEAD)
        if not head.strip():
            raise UnreadableStatementError("The file is empty.")
        encoding = encoding_of(source, head=head, given=given.get("encoding"))
        text = _Text(source, encoding.value, "\n" if b"\n" in head else "\r")
        found = survey(text.records(Patience("lines")))
        order: Guess[str] = Guess(given["date_order"], 1.0) if "date_order" in given else found.date_order
        mark = Guess(given["decimal_mark"], 1.0) if "decimal_mark" in given else found.decimal_mark
        accounts: list[StatementAccount] = []
        return StatementReading(
            format=self.format,
            items=_items(text, order, mark, accounts),
            accounts=accounts,
            layout={"encoding": _shown(encoding), "date_order": _shown(order), "decimal_mark": _shown(mark)},
        )


class _Text:
    def __init__(self, source: BinaryIO, encoding: str, line_end: str) -> None:
        self._source, self._encoding, self._line_end = source, encoding, line_end

    def records(self, patience: Patience) -> Iterator[Header | Record]:
        """All records from the start; whether the last line has its end is told to the last record."""
        whole = self._ends_with_a_line()
        self._source.seek(0)
        lines = decoded_lines(self._source, self._encoding, line_end=self._line_end)
        for record in read_records(patience.pieces(lines)):
            if isinstance(record, Record) and not record.ended:
                record.whole = whole
            yield record

    def _ends_with_a_line(self) -> bool:
        size = self._source.seek(0, 2)
        self._source.seek(max(0, size - 4))
        return b"\n" in self._source.read(4)[-2:] or self._line_end == "\r"


def _shown(guess: Guess[str]) -> LayoutPart:
    return Guess(str(guess.value), guess.confidence).as_json()


def _items(
    text: _Text, order: Guess[str], mark: Guess[str], accounts: list[StatementAccount]
) -> Iterator[StatementRow | Problem]:
    remarks = Remarks()
    rows = RowReader(date_order=DateOrder(order.value), decimal_mark=mark.value, remarks=remarks)
    if 0 < order.confidence < _UNSURE:
        remarks.say(f"It is not certain in which order the dates stand; they are read as {order.value}.")
    patience = Patience("lines")
    walk = StatementWalk(rows, accounts, remarks)
    yield from patience.items(unless_hopeless(walk.items(text.records(patience))))
