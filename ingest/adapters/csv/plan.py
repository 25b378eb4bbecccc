"""How one file is going to be read: what was found and what a person corrected, settled together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, TypedDict, TypeVar, cast

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
from ingest.adapters.csv.signs import blank_direction_is_out, decide_sign
from ingest.adapters.text.corrections import Given
from ingest.adapters.text.lines import decoded_lines
from ingest.domain.amount_rules import SignRule
from ingest.domain.balances import BalanceEvidence, RowOrder
from ingest.domain.column_roles import ColumnRole
from ingest.domain.dates import DateOrder
from ingest.domain.guess import Guess, Layout

_UNSURE_ORDER = 0.9
_RECORDS_FOR_DATES = 30_000

T = TypeVar("T")


class Settled(TypedDict):
    """What the cells of a table mean."""

    decimal_mark: Guess[str]
    date_order: Guess[str]
    sign: Guess[str]
    fee: Guess[str]
    account: Guess[str | None]
    currency: Guess[str | None]


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
    layout: Layout

    @property
    def balance_order(self) -> RowOrder | None:
        """Which way the rows run, where the balance follows them closely enough to be a check."""
        return self.balance.order if self.balance is not None and self.balance.proves else None


def make_plan(source: BinaryIO, *, filename: str, layout: Mapping[str, object] | None) -> Plan:
    """How to read the file: detected from a sample, corrected by ``layout``.

    Raises ``UnreadableStatementError`` where the file is no table of dated amounts, or where the layout names
    something that does not exist.
    """
    given = given_parts(layout)
    frame = see_as_table(source, given)
    seen, settled = frame.guesses, _settle(source, frame, filename, given)
    table, columns = frame.layer.table, frame.columns
    sign = SignRule(settled["sign"].value)
    fee_subtracted = settled["fee"].value == "subtracted"
    mark = settled["decimal_mark"].value
    return Plan(
        encoding=seen["encoding"].value,
        line_end=frame.line_end,
        dialect=frame.dialect,
        body_from=(seen["header_line"].value or 0) + 1,
        names=table.names,
        columns=columns,
        date_order=DateOrder(settled["date_order"].value),
        decimal_mark=mark,
        sign=sign,
        sign_confidence=settled["sign"].confidence,
        blank_is_out=_blank_is_out(frame),
        fee_subtracted=fee_subtracted,
        account=settled["account"].value,
        currency=settled["currency"].value,
        balance=balance_evidence_of(
            table, columns, decimal_mark=mark, sign=sign, fee_subtracted=fee_subtracted
        ),
        continued=has_continued_rows(frame.body, columns),
        skipped=tuple(frame.preamble),
        layout=_layout(frame, settled),
    )


def _settle(source: BinaryIO, frame: Frame, filename: str, given: Given) -> Settled:
    table, columns = frame.layer.table, frame.columns
    preamble = tuple(tuple(cells) for _, cells in frame.preamble)
    context = Context(filename, preamble, table, columns)

    def settled(part: str, guess: Callable[[], Guess[T]]) -> Guess[T]:
        # Each part that was given has the type of what would be found.
        values = cast("Mapping[str, T]", given)
        return Guess(values[part], 1.0) if part in values else guess()

    decimal_mark = settled(
        "decimal_mark", lambda: decimal_mark_of(table, columns, delimiter=frame.dialect.delimiter)
    )
    mark, is_card = decimal_mark.value, context.speaks_of_a_credit_card
    date_order = settled("date_order", lambda: _date_order(source, frame, context))
    sign = settled("sign", lambda: decide_sign(table, columns, decimal_mark=mark, credit_card=is_card))
    fee = settled("fee", lambda: fee_rule_of(table, columns, decimal_mark=mark))
    account = settled("account", lambda: find_account(context))
    currency = settled("currency", lambda: find_currency(context))
    if currency.value:
        currency = Guess(currency.value.upper(), currency.confidence)
    return {
        "decimal_mark": decimal_mark,
        "date_order": date_order,
        "sign": sign,
        "fee": fee,
        "account": account,
        "currency": currency,
    }


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


def _layout(frame: Frame, settled: Settled) -> Layout:
    seen = frame.guesses
    parts: dict[str, Guess[object]] = {
        "encoding": seen["encoding"],
        "delimiter": seen["delimiter"],
        "quote": seen["quote"],
        "header_line": seen["header_line"],
        "decimal_mark": settled["decimal_mark"],
        "date_order": Guess(str(settled["date_order"].value), settled["date_order"].confidence),
        "sign": Guess(str(settled["sign"].value), settled["sign"].confidence),
        "account": settled["account"],
        "currency": settled["currency"],
    }
    if frame.columns.get(ColumnRole.FEE) is not None:
        parts["fee"] = settled["fee"]
    labels = column_labels(frame.columns, frame.layer.table.names)
    parts["columns"] = Guess(labels, frame.columns.confidence)
    return {part: guess.as_json() for part, guess in parts.items()}
