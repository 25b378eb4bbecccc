"""What a header says about the records beneath it."""

from enum import StrEnum


class Section(StrEnum):
    """The kinds of records a file may hold."""

    LEDGER = "ledger"
    INVESTMENT = "investment"
    ACCOUNT = "account"
    MEMORIZED = "memorized"
    OTHER = "other"


_LEDGERS = {
    "type:bank": "checking",
    "type:ccard": "credit_card",
    "type:cash": "cash",
    "type:oth a": "",
    "type:oth l": "loan",
}
_INVESTMENTS = frozenset({"type:invst", "type:port", "type:401(k)/403(b)"})
_KINDS = {name.removeprefix("type:"): kind for name, kind in _LEDGERS.items()} | {
    name.removeprefix("type:"): "investment" for name in (*_INVESTMENTS, "type:mutual", "type:stock")
}


def section_of(header: str) -> Section | None:
    """The section that a header opens; None for one that only sets an option."""
    header = " ".join(header.split())
    if header.startswith(("option:", "clear:")):
        return None
    if header == "account":
        return Section.ACCOUNT
    if header in _LEDGERS:
        return Section.LEDGER
    if header in _INVESTMENTS:
        return Section.INVESTMENT
    return Section.MEMORIZED if header == "type:memorized" else Section.OTHER


def account_kind(name: str) -> str:
    """The ledger's kind for a type such as ``CCard`` or ``Oth L``, empty where there is none."""
    return _KINDS.get(" ".join(name.lower().split()).removeprefix("type:"), "")
