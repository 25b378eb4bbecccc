"""One row out of an entry: the entry's own amount, sign and days, the words of its details."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from ingest.adapters.camt.oddities import Oddity
from ingest.adapters.camt.texts import describe, transactions
from ingest.adapters.camt.tree import Node
from ingest.domain import values
from ingest.domain.remarks import Remarks
from ingest.domain.statement import Problem, RowStatus, StatementAccount, StatementRow

_SIGNS = {"CRDT": 1, "DBIT": -1}
_PENDING = frozenset({"PDNG", "INFO", "FUTR"})
_LEAST_REFERENCE = 6
_NO_REFERENCE = frozenset({"NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOTAVAILABLE"})
_MCC_NAMES = frozenset({"MCC", "MERCHANTCATEGORYCODE", "MRCHNTCTGYCD"})
_DETAIL_DAYS = (
    ("RltdDts", "AccptncDtTm"),
    ("RltdDts", "TxDtTm"),
    ("RltdDts", "IntrBkSttlmDt"),
)

Moment = tuple[dt.date, dt.time | None]


class Amount(NamedTuple):
    """A signed amount and its currency, None where that is not stated."""

    value: Decimal
    currency: str | None


def read_entry(entry: Node, account: StatementAccount | None, remarks: Remarks) -> StatementRow | Problem:
    """The row of an entry; a rejected problem where it has no usable day or amount.

    ``CdtDbtInd`` gives the sign, also of a reversal: the standard has it say which way the money goes now.
    The booking date is the day; an entry without one is given its value date.
    """
    amount = _amount(entry, remarks)
    when = _when(entry, remarks)
    if isinstance(amount, str) or when is None:
        faults = [amount] if isinstance(amount, str) else []
        faults += ["BookgDt and ValDt hold no date"] if when is None else []
        return Problem(line=entry.line, message="; ".join(faults) + ".", rejected=True)
    text = describe(entry, own_number=account.number if account else "")
    if "\N{REPLACEMENT CHARACTER}" in text:
        remarks.note(Oddity.DAMAGED, text[:40], line=entry.line)
    return StatementRow(
        line=entry.line,
        date=when[0],
        amount=amount.value,
        description=text,
        currency=amount.currency or (account.currency if account else None),
        account=account.number or None if account else None,
        external_id=_reference(entry),
        time=when[1],
        status=_status(entry, remarks),
        mcc=_mcc(entry),
    )


def _amount(entry: Node, remarks: Remarks) -> Amount | str:
    stated, sign = entry.child("Amt"), _SIGNS.get(entry.said("CdtDbtInd").upper())
    value = values.amount(stated.text) if stated else None
    if stated is None or value is None:
        return f"Amt “{stated.text.strip()[:40]}” is not an amount" if stated else "Amt is missing"
    if sign is None:
        return f"CdtDbtInd “{entry.said('CdtDbtInd')[:40]}” is neither CRDT nor DBIT"
    currency = values.currency(stated.currency)
    if stated.currency and currency is None:
        remarks.note(Oddity.CURRENCY, f"“{stated.currency[:40]}”", line=stated.line)
    return Amount(sign * value, currency)


def _when(entry: Node, remarks: Remarks) -> Moment | None:
    booked = _moment(entry.child("BookgDt"))
    if booked is not None:
        return booked
    valued = _moment(entry.child("ValDt"))
    if valued is not None:
        remarks.note(Oddity.NO_DAY, "ValDt", line=entry.line)
        return valued[0], None
    details = transactions(entry)
    days = (_moment(node.child(*path)) for node in details for path in _DETAIL_DAYS)
    return next((day for day in days if day is not None), None)


def _moment(node: Node | None) -> Moment | None:
    if node is None:
        return None
    return next(
        (found for text in (node.said("Dt"), node.said("DtTm"), node.text) if (found := values.moment(text))),
        None,
    )


def _status(entry: Node, remarks: Remarks) -> RowStatus:
    """Booked unless the entry says otherwise; later versions have the word one level deeper."""
    stated = (entry.said("Sts", "Cd") or entry.said("Sts", "Prtry") or entry.said("Sts")).upper()
    if stated in {"", "BOOK"}:
        return RowStatus.POSTED
    if stated not in _PENDING:
        remarks.note(Oddity.STATUS, f"“{stated[:40]}”", line=entry.line)
    return RowStatus.PENDING


def _reference(entry: Node) -> str | None:
    """The bank's own reference; that of the details counts where they are of a single transaction."""
    details = transactions(entry)
    single = details[0].said("Refs", "AcctSvcrRef") if len(details) == 1 else ""
    stated = (entry.said("AcctSvcrRef"), single, entry.said("NtryRef"))
    return next((" ".join(text.split()) for text in stated if _tells_apart(text)), None)


def _tells_apart(reference: str) -> bool:
    bare = reference.upper()
    if len(bare) < _LEAST_REFERENCE or bare in _NO_REFERENCE:
        return False
    return any(letter in "123456789" for letter in bare)


def _mcc(entry: Node) -> str | None:
    """The merchant's category, which versions and banks put into different places."""
    stated = entry.found("MrchntCtgyCd")
    if stated is not None:
        return values.mcc(stated.text)
    for reference in (found for node in transactions(entry) for found in node.all("Refs", "Prtry")):
        if reference.said("Tp").upper().replace(" ", "") in _MCC_NAMES:
            return values.mcc(reference.said("Ref"))
    return None
