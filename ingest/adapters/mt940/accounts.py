"""The accounts of a file, each listed once."""

from dataclasses import replace
from typing import Final

from ingest.adapters.mt940.oddities import Oddity
from ingest.domain.account_numbers import is_iban, normal_account_number
from ingest.domain.remarks import Remarks
from ingest.domain.statement import StatementAccount

_MOST_ACCOUNTS: Final = 1_000
_LONGEST_NUMBER: Final = 64


def read_account(text: str) -> StatementAccount | None:
    """The account of a ``:25:``: an IBAN without the currency some banks append, anything else as written.

    What stands before a slash is the bank's code.
    """
    number = normal_account_number(text[:_LONGEST_NUMBER])
    compact = number.replace(" ", "")
    if compact[-3:].isalpha() and is_iban(compact[:-3]):
        number = compact[:-3].upper()
    bank, slash, _ = number.partition("/")
    return StatementAccount(number, bank=bank if slash else "") if number else None


class Accounts:
    """Fills the list that a reading shows."""

    def __init__(self, accounts: list[StatementAccount], remarks: Remarks) -> None:
        self._accounts = accounts
        self._remarks = remarks
        self._places: dict[tuple[str, str | None], int] = {}

    def list(self, account: StatementAccount | None, currency: str | None, *, line: int) -> None:
        """List an account in a currency, unless it is there; one without a currency is given this one."""
        if account is None or (account.number, currency) in self._places:
            return
        place = self._places.pop((account.number, None), len(self._accounts))
        if place >= _MOST_ACCOUNTS:
            self._remarks.note(Oddity.UNLISTED, f"beyond {_MOST_ACCOUNTS:,}", line=line)
            return
        self._accounts[place : place + 1] = [replace(account, currency=currency)]
        self._places[account.number, currency] = place
