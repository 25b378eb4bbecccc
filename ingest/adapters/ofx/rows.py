"""One movement out of the values of its aggregate."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from ingest.adapters.ofx.aggregate import OpenAggregate
from ingest.adapters.ofx.remarks import Oddity
from ingest.adapters.ofx.standard import departure
from ingest.domain import values
from ingest.domain.remarks import Remarks
from ingest.domain.statement import Problem, RowStatus, StatementRow

_SHOWN = 40
_DATE_TAGS = {"STMTTRN": ("DTPOSTED",), "LOANSTMTTRN": ("DTPOSTED",), "STMTTRNP": ("DTTRAN", "DTPOSTED")}


class RowReader:
    """Turns aggregates into rows, and says what was odd about them."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks

    def read(
        self, row: OpenAggregate, *, account: str | None, currency: str | None, pending: bool
    ) -> StatementRow | Problem | None:
        """The row; a rejected problem where it has no usable day or amount; None for one the bank deletes.

        The amount's own sign counts, whatever the type says. ``CURRENCY`` says that the amount is in another
        currency than the statement's, ``ORIGCURRENCY`` only that it once was.
        """
        when = _moment(row)
        amount = values.amount(row.values.get("TRNAMT", ""))
        if when is None or amount is None:
            return _rejection(row, no_date=when is None, no_amount=amount is None)
        self._note_departures(row)
        if row.values.get("CORRECTACTION"):
            self._note_correction(row)
            if row.values["CORRECTACTION"].upper() == "DELETE":
                return None
        self._note_amount(row, amount)
        return self._row(row, when, amount, account=account, currency=currency, pending=pending)

    def _row(
        self,
        row: OpenAggregate,
        when: tuple[date, time | None],
        amount: Decimal,
        *,
        account: str | None,
        currency: str | None,
        pending: bool,
    ) -> StatementRow:
        return StatementRow(
            line=row.line,
            date=when[0],
            amount=amount,
            description=self._description(row),
            currency=self._currency(row) or currency,
            account=account,
            external_id=values.plain_text(row.values.get("FITID", "")) or None,
            time=when[1],
            status=RowStatus.PENDING if pending else RowStatus.POSTED,
            mcc=values.mcc(row.values.get("SIC", "")),
        )

    def _description(self, row: OpenAggregate) -> str:
        text = _description(row.values)
        if "\N{REPLACEMENT CHARACTER}" in text:
            self._remarks.note(Oddity.DAMAGED, text[:_SHOWN], line=row.line)
        return text

    def _currency(self, row: OpenAggregate) -> str | None:
        code = row.values.get("CURRENCY.CURSYM") or row.values.get("CURRENCY")
        if not code:
            return None
        found = values.currency(code)
        if found is None:
            self._remarks.note(Oddity.CURRENCY, f"CURSYM “{code[:_SHOWN]}”", line=row.line)
        return found

    def _note_departures(self, row: OpenAggregate) -> None:
        for key, value in row.values.items():
            found = departure(row.tag, key, value)
            if found is not None:
                self._remarks.note(*found, line=row.lines[key])
        for key in row.cut:
            self._remarks.note(Oddity.CUT, key, line=row.lines[key])
        if row.tag != "STMTTRNP" and "FITID" not in row.values:
            self._remarks.note(Oddity.MISSING, "FITID", line=row.line)

    def _note_amount(self, row: OpenAggregate, amount: Decimal) -> None:
        kind = row.values.get("TRNTYPE", "").upper()
        if (kind == "DEBIT" and amount > 0) or (kind == "CREDIT" and amount < 0):
            sign = "positive" if amount > 0 else "negative"
            self._remarks.note(Oddity.SIGN, f"{kind} with a {sign} amount", line=row.lines["TRNAMT"])
        if values.is_lone_separator(row.values["TRNAMT"]):
            text = row.values["TRNAMT"]
            self._remarks.note(Oddity.LONE_SEPARATOR, f"“{text}” is {amount}", line=row.lines["TRNAMT"])

    def _note_correction(self, row: OpenAggregate) -> None:
        earlier = row.values.get("CORRECTFITID", "")[:_SHOWN] or "not named"
        deletes = row.values["CORRECTACTION"].upper() == "DELETE"
        self._remarks.note(Oddity.DELETED if deletes else Oddity.REPLACED, f"FITID {earlier}", line=row.line)


def _moment(row: OpenAggregate) -> tuple[date, time | None] | None:
    for tag in _DATE_TAGS[row.tag]:
        if row.values.get(tag):
            return values.moment(row.values[tag])
    return None


def _description(found: Mapping[str, str]) -> str:
    name = found.get("NAME") or found.get("PAYEE.NAME") or found.get("PAYEE", "")
    parts = (name, found.get("EXTDNAME", ""), found.get("MEMO", ""))
    text = values.joined(*(values.plain_text(part) for part in parts if part))
    if text:
        return text
    return values.joined(*(values.plain_text(found.get(tag, "")) for tag in ("TRNTYPE", "CHECKNUM")))


def _rejection(row: OpenAggregate, *, no_date: bool, no_amount: bool) -> Problem:
    faults = []
    if no_date:
        tag = next((tag for tag in _DATE_TAGS[row.tag] if tag in row.values), _DATE_TAGS[row.tag][0])
        faults.append((tag, "a date"))
    if no_amount:
        faults.append(("TRNAMT", "an amount"))
    line = row.lines.get(faults[0][0], row.line)
    return Problem(line=line, message="; ".join(_fault(row, *fault) for fault in faults) + ".", rejected=True)


def _fault(row: OpenAggregate, tag: str, expected: str) -> str:
    value = row.values.get(tag)
    if value is None:
        return f"{tag} is missing"
    return f"{tag} “{values.plain_text(value)[:_SHOWN]}” is not {expected}" if value else f"{tag} is empty"
