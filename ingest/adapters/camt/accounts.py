"""The account a statement belongs to, and its balances."""

from decimal import Decimal
from typing import NamedTuple

from ingest.adapters.camt.tree import Node
from ingest.domain import values
from ingest.domain.account_numbers import normal_account_number
from ingest.domain.statement import StatementAccount

_KINDS = {
    "CACC": "checking",
    "TRAN": "checking",
    "CASH": "cash",
    "SVGS": "savings",
    "MOMA": "savings",
    "CARD": "credit_card",
    "LOAN": "loan",
}
_LONGEST = 100


class Balance(NamedTuple):
    """A balance, negative where it is a debit one; ``kind`` is its code, such as OPBD or CLBD."""

    kind: str
    amount: Decimal
    currency: str | None


def read_account(node: Node) -> StatementAccount:
    """The account as stated: its IBAN, or else whatever other number it is given."""
    servicer = node.child("Svcr", "FinInstnId")
    institution = servicer or Node("", 0)
    bank = institution.found("Nm") or institution.found("BICFI") or institution.found("BIC")
    return StatementAccount(
        number=normal_account_number(_number(node)[:_LONGEST]),
        currency=values.currency(node.said("Ccy")),
        kind=_KINDS.get(node.said("Tp", "Cd"), ""),
        bank=values.plain_text(bank.text)[:_LONGEST] if bank else "",
        name=values.plain_text(node.said("Nm"))[:_LONGEST],
    )


def _number(node: Node) -> str:
    iban = node.found("IBAN")
    if iban is not None and iban.text.strip():
        return iban.text
    top = node.child("Id")
    return next((leaf for leaf in _leaves(top) if leaf), "") if top else ""


def _leaves(node: Node) -> list[str]:
    """The texts of ``Id`` and of older versions' names for the same, nearest first."""
    texts = [node.text.strip()]
    for child in node.children:
        if child.name not in {"SchmeNm", "Issr", "Tp"}:
            texts += _leaves(child)
    return texts


def read_balance(node: Node) -> Balance | None:
    """The balance an element states, or None where it has no amount."""
    stated = node.child("Amt")
    amount = values.amount(stated.text) if stated else None
    if stated is None or amount is None:
        return None
    kind = node.said("Tp", "CdOrPrtry", "Cd") or node.said("Tp", "Cd")
    signed = -amount if node.said("CdtDbtInd") == "DBIT" else amount
    return Balance(kind, signed, values.currency(stated.currency))
