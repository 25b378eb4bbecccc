"""Where the table begins: the line that names its columns, if there is one, and the rows beneath."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.adapters.csv.columns import Columns, assign_columns
from ingest.adapters.csv.dialect import looks_like_a_row
from ingest.adapters.csv.money_columns import Table
from ingest.adapters.csv.profiles import profile_columns
from ingest.adapters.csv.records import TOO_LONG, Record
from ingest.domain.amounts import is_amount
from ingest.domain.column_roles import ColumnRole
from ingest.domain.column_vocabulary import roles_of_name
from ingest.domain.dates import is_date

MAX_PREAMBLE = 120
_MAX_ROWS = 250
_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Layer:
    """One way of seeing the sample: ``header`` is the index of the record that names the columns, or None."""

    header: int | None
    table: Table
    columns: Columns
    rows: int
    named: float


def find_table(records: Sequence[Record], *, header: int | None = None, fixed: bool = False) -> Layer:
    """The view of the sample under which most records are rows, preferring one whose columns have known
    names.

    With ``fixed`` only the given ``header`` (None: no header line) is looked at.
    """
    if fixed:
        return view(records, header)
    layers = [view(records, index) for index in _header_candidates(records)]
    bare = view(records, None)
    good = [layer for layer in layers if layer.rows and layer.rows * 2 >= bare.rows]
    if good:
        return _past_decoys(
            good, max(good, key=lambda layer: (layer.rows, layer.named, -(layer.header or 0)))
        )
    unnamed = _unknown_header(records)
    if unnamed is not None:
        layer = view(records, unnamed)
        return layer if layer.rows >= bare.rows else bare
    return bare


def view(records: Sequence[Record], header: int | None) -> Layer:
    """The table beneath a header line (or of all records), with its columns' roles and how many rows it
    reads.
    """
    body = [cells for _, cells in records[0 if header is None else header + 1 :] if cells is not TOO_LONG]
    candidates = [cells for cells in body if len(cells) > 1]
    rows = list(islice(filter(looks_like_a_row, candidates), _MAX_ROWS))
    if not rows and header is not None:
        rows = candidates[:_MAX_ROWS]
    names = records[header][1] if header is not None else []
    width = max(len(names), max(map(len, rows), default=0))
    padded = tuple(name.strip() for name in names) + ("",) * (width - len(names))
    table = Table(padded, tuple(profile_columns(rows, width)))
    columns = assign_columns(table)
    return Layer(header, table, columns, _readable(rows, columns), _named(padded))


def _past_decoys(layers: Sequence[Layer], best: Layer) -> Layer:
    """A summary above the table may have headings too: other headings further down, as good, are the table's."""
    for layer in sorted(layers, key=lambda layer: layer.header or 0):
        later = (layer.header or 0) > (best.header or 0)
        if later and layer.table.names != best.table.names and layer.named >= best.named - 0.5:
            best = layer
    return best


def is_header_like(cells: Sequence[str]) -> bool:
    """Whether at least two cells are known column names, one of them of a date or an amount, and none is
    data.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2 or any(is_date(cell) or _is_decimal(cell) for cell in filled):
        return False
    roles = [roles_of_name(cell) for cell in filled]
    key = {ColumnRole.DATE, ColumnRole.VALUE_DATE, ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT}
    return sum(max(found.values(), default=0.0) >= 0.5 for found in roles) >= 2 and any(
        key & found.keys() for found in roles
    )


def _header_candidates(records: Sequence[Record]) -> list[int]:
    """The lines that name most roles, each set of names once, where it stands first."""
    first: dict[tuple[str, ...], int] = {}
    for index, (_, cells) in enumerate(records[:MAX_PREAMBLE]):
        if is_header_like(cells):
            first.setdefault(tuple(cells), index)
    likely = list(first.values())
    return sorted(likely, key=lambda index: (-_named(records[index][1]), index))[:_CANDIDATES]


def _unknown_header(records: Sequence[Record]) -> int | None:
    """The record right above the first row where all its cells are words: names in a language not known
    here.
    """
    first = next((index for index, (_, cells) in enumerate(records) if looks_like_a_row(cells)), 0)
    if first == 0:
        return None
    width, above = len(records[first][1]), records[first - 1][1]
    filled = [cell.strip() for cell in above if cell.strip()]
    worded = len(filled) >= max(3, 0.6 * width) and not any(
        is_amount(cell) or is_date(cell) for cell in filled
    )
    return first - 1 if worded and len(set(filled)) == len(filled) and len(above) <= width + 1 else None


def _named(names: Sequence[str]) -> float:
    best: Counter[ColumnRole] = Counter()
    for name in names:
        for role, strength in roles_of_name(name).items():
            best[role] = max(best[role], round(100 * strength))
    return best.total() / 100


def _is_decimal(cell: str) -> bool:
    return ("." in cell or "," in cell) and is_amount(cell)


def _readable(rows: Sequence[Sequence[str]], columns: Columns) -> int:
    day = columns.get(ColumnRole.DATE)
    money = [columns.get(role) for role in (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT)]
    return sum(
        _holds(row, day, is_date) and any(_holds(row, index, is_amount) for index in money) for row in rows
    )


def _holds(row: Sequence[str], index: int | None, test: Callable[[str], bool]) -> bool:
    return index is not None and index < len(row) and test(row[index].strip())
