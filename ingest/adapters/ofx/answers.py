"""What a bank says in ``STATUS``: all is well, or why there is no statement."""

from ingest.adapters.ofx.aggregate import OpenAggregate
from ingest.domain import values
from ingest.domain.remarks import Remarks
from ingest.domain.statement import UnreadableStatementError

_LONGEST_MESSAGE = 300
_MOST_ERRORS = 20


class Answers:
    """Keeps the errors a file reports."""

    def __init__(self) -> None:
        self._errors: list[tuple[int, str]] = []

    def add(self, status: OpenAggregate) -> None:
        """An answer is an error where its severity says so, or where it has a code but no severity."""
        code = values.plain_text(status.values.get("CODE", ""))
        severity = status.values.get("SEVERITY", "").upper()
        failed = severity == "ERROR" or (not severity and code.strip("0") != "")
        if failed and len(self._errors) < _MOST_ERRORS:
            message = values.plain_text(status.values.get("MESSAGE", ""))[:_LONGEST_MESSAGE]
            self._errors.append((status.line, " ".join(part for part in (f"code {code}:", message) if part)))

    def remark(self, remarks: Remarks) -> None:
        for line, error in self._errors:
            told = error.rstrip(":")
            remarks.say(f"The bank answered a part of the request with an error, {told}.", line=line)

    def refusal(self, otherwise: str) -> UnreadableStatementError:
        """The error of a file without a statement: the bank's own reason, or ``otherwise``."""
        if not self._errors:
            return UnreadableStatementError(otherwise)
        line = self._errors[0][0]
        told = "; ".join(dict.fromkeys(error.rstrip(":") for _, error in self._errors))
        return UnreadableStatementError(
            f"The file holds no statement; the bank answered with an error, {told}.", line=line
        )
