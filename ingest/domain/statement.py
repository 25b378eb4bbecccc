"""What a bank statement says, in the words of this ledger: plain immutable records."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ingest.domain.guess import Layout


class RowStatus(StrEnum):
    """A posted row is booked by the bank; a pending one may still change or vanish."""

    POSTED = "posted"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class StatementAccount:
    """An account as its statement names it; ``kind`` is one of the ledger's account kinds or empty."""

    number: str
    currency: str | None = None
    kind: str = ""
    bank: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One movement on one account.

    ``amount`` is signed in the ledger's way (outflow negative) and exact, in ``currency`` (ISO 4217, upper
    case; None where the file does not say). ``date`` is the bank's own calendar day, never shifted by a time
    zone. ``description`` is the bank's text with runs of white space folded. ``external_id`` is the bank's
    own reference where the format has one. ``line`` counts from 1 in the file as it is stored.
    """

    line: int
    date: dt.date
    amount: Decimal
    description: str
    currency: str | None = None
    account: str | None = None
    external_id: str | None = None
    time: dt.time | None = None
    status: RowStatus = RowStatus.POSTED
    mcc: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that a person should know, with the line it is on where there is one.

    A problem with ``rejected`` set stands in place of a row that could not be read; the others are remarks.
    """

    line: int | None
    message: str
    rejected: bool = False


class UnreadableStatementError(Exception):
    """Nothing in the file can be read as a statement; says why, and on which line where that is known."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class StatementReading:
    """A statement opened for reading.

    ``items`` is lazy and may be walked once: memory stays bounded however long the file is. ``accounts`` is
    complete once ``items`` is exhausted. ``layout`` says how the file is being read (for CSV: delimiter,
    encoding, columns, date order ...), each part with a confidence between 0 and 1, in a form that can be
    stored as JSON, shown to a person, corrected, and given back as ``layout`` to read the next file alike.
    """

    format: str
    items: Iterator[StatementRow | Problem]
    accounts: list[StatementAccount] = field(default_factory=list)
    layout: Layout = field(default_factory=dict)
