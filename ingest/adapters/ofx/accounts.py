"""The account a statement belongs to."""

from ingest.adapters.ofx.aggregate import OpenAggregate
from ingest.adapters.ofx.standard import departure
from ingest.domain import values
from ingest.domain.remarks import Remarks
from ingest.domain.statement import StatementAccount

_KINDS = {
    "CHECKING": "checking",
    "CURRENT": "checking",
    "SAVINGS": "savings",
    "MONEYMRKT": "savings",
    "CD": "savings",
    "CREDITLINE": "loan",
    "LOAN": "loan",
    "MORTGAGE": "loan",
    "CREDITCARD": "credit_card",
    "INVESTMENT": "investment",
    "CASH": "cash",
}
_KIND_OF_TAG = {"CCACCTFROM": "credit_card", "INVACCTFROM": "investment", "LOANACCTFROM": "loan"}


def read_account(
    aggregate: OpenAggregate, *, currency: str | None, institution: str, remarks: Remarks
) -> StatementAccount:
    """The account as stated; its bank is the institution's name, or else the bank's or broker's code.

    Money market accounts and certificates of deposit are savings, a line of credit is a loan.
    """
    for key, value in aggregate.values.items():
        found = departure(aggregate.tag, key, value)
        if found is not None:
            remarks.note(*found, line=aggregate.lines[key])
    stated = {key: values.plain_text(value) for key, value in aggregate.values.items()}
    number = stated.get("ACCTID") or stated.get("LOANACCTID", "")
    if not number:
        remarks.say("The statement names no account number.", line=aggregate.line)
    kind = stated.get("ACCTTYPE", "").upper().replace(" ", "").replace("_", "")
    return StatementAccount(
        number=number,
        currency=currency,
        kind=_KIND_OF_TAG.get(aggregate.tag) or _KINDS.get(kind, ""),
        bank=institution or stated.get("BANKID") or stated.get("BROKERID", ""),
    )
