"""From a file's bytes to a table: encoding, delimiter, header line and the columns' roles."""

from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, TypedDict

from ingest.adapters.csv.columns import Columns
from ingest.adapters.csv.dialect import detect_delimiter, detect_quote, usual_width
from ingest.adapters.csv.header import Layer, find_table, is_header_like
from ingest.adapters.csv.layout import GivenColumns, apply_columns, missing_names
from ingest.adapters.csv.records import Dialect, Record, split_records
from ingest.adapters.csv.refusals import what_else
from ingest.adapters.text.corrections import Given
from ingest.adapters.text.encoding import detect_encoding, encoding_of
from ingest.adapters.text.lines import MAX_LINE, decoded_lines
from ingest.domain.column_roles import ColumnRole
from ingest.domain.guess import Guess
from ingest.domain.statement import UnreadableStatementError

SAMPLE_BYTES = 256 * 1024
SAMPLE_RECORDS = 3000


class Seen(TypedDict):
    """What makes a table of a text."""

    encoding: Guess[str]
    delimiter: Guess[str]
    quote: Guess[str]
    header_line: Guess[int | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """A file seen as a table; ``guesses`` holds what was concluded so far, part of the layout by part."""

    line_end: str
    dialect: Dialect
    records: list[Record]
    layer: Layer
    columns: Columns
    guesses: Seen

    @property
    def body(self) -> list[Record]:
        """The sample's records beneath the header line."""
        return self.records[0 if self.layer.header is None else self.layer.header + 1 :]

    @property
    def preamble(self) -> list[Record]:
        """The sample's records above the header line."""
        return self.records[: self.layer.header or 0]


def see_as_table(source: BinaryIO, given: Given) -> Frame:
    """The table in a file, by a sample of its first 256 KiB and what a person has said about it.

    Raises ``UnreadableStatementError`` where the file is no text or no table, has no column of dates or of
    amounts, or lacks a column that was named.
    """
    encoding, line_end, lines = _sample(source, given.get("encoding"))
    quote = (
        Guess(given["quote"], 1.0)
        if "quote" in given
        else Guess(detect_quote(lines, given.get("delimiter")), 0.9)
    )
    delimiter = _delimiter(lines, quote.value, given)
    dialect = Dialect(delimiter.value, quote.value, usual_width(lines, delimiter.value, quote.value))
    records = list(islice(split_records(lines, dialect), SAMPLE_RECORDS))
    layer = _layer(records, given)
    names = layer.table.names
    columns = apply_columns(given.get("columns", {}), names, layer.columns, len(names))
    _require_columns(columns, records)
    header_line = records[layer.header][0] if layer.header is not None else None
    guesses: Seen = {
        "encoding": encoding,
        "delimiter": delimiter,
        "quote": quote,
        "header_line": Guess(header_line, 1.0 if "header_line" in given else _header_confidence(layer)),
    }
    return Frame(line_end, dialect, records, layer, columns, guesses)


def looks_like_a_table(head: bytes) -> bool | None:
    """Whether the head of a file has rows of a table with dates and amounts; None where it is no plain
    text.
    """
    if what_else(head):
        return None
    text = head.decode(detect_encoding(head).value, errors="replace").removeprefix("\ufeff")
    lines = [line[:MAX_LINE].replace("\r", "") for line in text.split("\n" if "\n" in text else "\r")]
    return detect_delimiter(lines, quote=detect_quote(lines)).confidence > 0


def _sample(source: BinaryIO, encoding: str | None) -> tuple[Guess[str], str, list[str]]:
    source.seek(0)
    head = source.read(SAMPLE_BYTES)
    other = what_else(head)
    if other:
        raise UnreadableStatementError(f"The file is not a table in a text file: it looks like {other}.")
    guess = encoding_of(source, head=head, given=encoding)
    line_end = "\n" if b"\n" in head else "\r"
    source.seek(0)
    lines = _head_lines(source, guess.value, line_end)
    if not any(lines):
        raise UnreadableStatementError("The file is empty.")
    if len(lines[0]) > MAX_LINE:
        raise UnreadableStatementError(f"Line 1 is longer than {MAX_LINE} characters.", line=1)
    return guess, line_end, lines


def _head_lines(source: BinaryIO, encoding: str, line_end: str) -> list[str]:
    lines: list[str] = []
    size = 0
    for line in decoded_lines(source, encoding, line_end=line_end):
        lines.append(line)
        size += len(line) + 1
        if size >= SAMPLE_BYTES:
            break
    return lines


def _delimiter(lines: list[str], quote: str, given: Given) -> Guess[str]:
    if "delimiter" in given:
        return Guess(given["delimiter"], 1.0)
    return detect_delimiter(lines, quote=quote)


def _layer(records: list[Record], given: Given) -> Layer:
    """The header line that was given, unless columns were named that it lacks and another line has."""
    columns = given.get("columns", {})
    wants_names = bool(missing_names(columns, ()))
    named = [index for index, (_, cells) in enumerate(records) if wants_names and _has_names(cells, columns)]
    if "header_line" in given:
        at = _record_at(records, given["header_line"])
        if at in named or not named:
            return find_table(records, header=at, fixed=True)
    if named:
        return find_table(records, header=named[0], fixed=True)
    return find_table(records)


def _has_names(cells: list[str], columns: GivenColumns) -> bool:
    return not missing_names(columns, tuple(cell.strip() for cell in cells))


def _record_at(records: list[Record], line: int | None) -> int | None:
    if line is None:
        return None
    for index, (start, _) in enumerate(records):
        if start == line:
            return index
    raise UnreadableStatementError(
        f"The layout's header_line is {line}, but no record starts on that line.", line=line
    )


def _header_confidence(layer: Layer) -> float:
    if layer.header is None:
        return 0.8
    return min(0.99, 0.55 + 0.1 * layer.named)


def _require_columns(columns: Columns, records: list[Record]) -> None:
    money = (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT)
    missing = [] if columns.get(ColumnRole.DATE) is not None else ["dates"]
    if all(columns.get(role) is None for role in money):
        missing.append("amounts")
    if not missing:
        return
    header = next((index for index, (_, cells) in enumerate(records) if is_header_like(cells)), None)
    body = [record for record in records[0 if header is None else header + 1 :] if any(record[1])]
    if not body:
        line = records[header or 0][0]
        raise UnreadableStatementError(f"The headings on line {line} have no rows beneath them.", line=line)
    line, cells = body[0]
    shown = " | ".join(cell.strip() for cell in cells if cell.strip())[:80]
    raise UnreadableStatementError(
        f"No row could be read: there is no column of {' and none of '.join(missing)}; line {line} reads '{shown}'.",
        line=line,
    )
