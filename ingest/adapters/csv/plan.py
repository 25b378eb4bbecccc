"""How one file is going to be read: what was found and what a person corrected, settled together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from ingest.adapters.csv.columns import Columns
from ingest.adapters.csv.context import Context, find_account, find_currency
from ingest.adapters.csv.detection import SAMPLE_BYTES, Frame, see_as_table
from ingest.adapters.csv.layout import column_labels, given_parts
from ingest.adapters.csv.records import Dialect, split_records
from ingest.adapters.csv.settling import (
    balance_evidence_of,
    date_order_of,
    decimal_mark_of,
    fee_rule_of,
    has_continued_rows,
)
from ingest.adapters.csv.signs import SignRule, blank_direction_is_out, decide_sign
from ingest.adapters.text.lines import decoded_lines
from ingest.domain.balances import BalanceEvidence, RowOrder
from ingest.domain.column_roles import ColumnRole
from ingest.domain.dates import DateOrder
from ingest.domain.guess import Guess

_UNSURE_ORDER = 0.9
_RECORDS_FOR_DATES = 30_000

Guesses = dict[str, Guess[Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything needed to read the rows; ``layout`` says the same to a person.

    ``body_from`` is the first physical line that may hold a row. ``balance_order`` is set where the balance
    follows the amounts well enough to be a check. ``continued`` says that each row goes on in a second
    record.
    """

    encoding: str
    line_end: str
    dialect: Dialect
    body_from: int
    names: tuple[str, ...]
    columns: Columns
    date_order: DateOrder
    decimal_mark: str
    sign: SignRule
    sign_confidence: float
    blank_is_out: bool
    fee_subtracted: bool
    account: str | None
    currency: str | None
    balance: BalanceEvidence | None
    continued: bool
    skipped: tuple[tuple[int, list[str]], ...]
    layout: dict[str, Any]

    @property
    def balance_order(self) -> RowOrder | None:
        """Which way the rows run, where the balance follows them closely enough to be a check."""
        return self.balance.order if self.balance is not None and self.balance.proves else None


def make_plan(source: BinaryIO, *, filename: str, layout: Mapping[str, Any] | None) -> Plan:
    """How to read the file: detected from a sample, corrected by ``layout``.

    Raises ``UnreadableStatementError`` where the file is no table of dated amounts, or where the layout names
    something that does not exist.
    """
    given = given_parts(layout)
    frame = see_as_table(source, given)
    guesses = frame.guesses | _settle(source, frame, filename, given)
    table, columns = frame.layer.table, frame.columns
    sign = SignRule(guesses["sign"].value)
    fee_subtracted = guesses["fee"].value == "subtracted"
    mark = guesses["decimal_mark"].value
    return Plan(
        encoding=guesses["encoding"].value,
        line_end=frame.line_end,
        dialect=frame.dialect,
        body_from=(guesses["header_line"].value or 0) + 1,
        names=table.names,
        columns=columns,
        date_order=DateOrder(guesses["date_order"].value),
        decimal_mark=mark,
        sign=sign,
        sign_confidence=guesses["sign"].confidence,
        blank_is_out=_blank_is_out(frame),
        fee_subtracted=fee_subtracted,
        account=guesses["account"].value,
        currency=guesses["currency"].value,
        balance=balance_evidence_of(
            table, columns, decimal_mark=mark, sign=sign, fee_subtracted=fee_subtracted
        ),
        continued=has_continued_rows(frame.body, columns),
        skipped=tuple(frame.preamble),
        layout=_layout(frame, guesses),
    )


def _settle(source: BinaryIO, frame: Frame, filename: str, given: Mapping[str, Any]) -> Guesses:
    table, columns = frame.layer.table, frame.columns
    preamble = tuple(tuple(cells) for _, cells in frame.preamble)
    context = Context(filename, preamble, table, columns)
    guesses: Guesses = {}

    def settle(part: str, guess: Callable[[], Guess[Any]]) -> None:
        guesses[part] = Guess(given[part], 1.0) if part in given else guess()

    settle("decimal_mark", lambda: decimal_mark_of(table, columns, delimiter=frame.dialect.delimiter))
    mark = guesses["decimal_mark"].value
    settle("date_order", lambda: _date_order(source, frame, context))
    settle(
        "sign",
        lambda: decide_sign(table, columns, decimal_mark=mark, credit_card=context.speaks_of_a_credit_card),
    )
    settle("fee", lambda: fee_rule_of(table, columns, decimal_mark=mark))
    settle("account", lambda: find_account(context))
    settle("currency", lambda: find_currency(context))
    if guesses["currency"].value:
        guesses["currency"] = Guess(guesses["currency"].value.upper(), guesses["currency"].confidence)
    return guesses


def _date_order(source: BinaryIO, frame: Frame, context: Context) -> Guess[DateOrder]:
    """From the sample, or from more of the file where the sample leaves it open."""
    favoured = DateOrder.MDY if context.uses_bare_dollars else None
    guess = date_order_of(frame.body, frame.columns, favoured=favoured)
    source.seek(0, 2)
    if guess.confidence >= _UNSURE_ORDER or source.tell() <= SAMPLE_BYTES:
        return guess
    source.seek(0)
    lines = decoded_lines(source, frame.guesses["encoding"].value, line_end=frame.line_end)
    records = islice(split_records(lines, frame.dialect), _RECORDS_FOR_DATES)
    return date_order_of(records, frame.columns, favoured=favoured)


def _blank_is_out(frame: Frame) -> bool:
    index = frame.columns.get(ColumnRole.DIRECTION)
    return index is not None and blank_direction_is_out(frame.layer.table.profiles[index].cells)


def _layout(frame: Frame, guesses: Guesses) -> dict[str, Any]:
    parts = {part: guess.as_json() for part, guess in guesses.items() if part != "fee"}
    for part in ("date_order", "sign"):
        parts[part]["value"] = str(parts[part]["value"])
    if frame.columns.get(ColumnRole.FEE) is not None:
        parts["fee"] = guesses["fee"].as_json()
    labels = column_labels(frame.columns, frame.layer.table.names)
    parts["columns"] = Guess(labels, frame.columns.confidence).as_json()
    return parts
