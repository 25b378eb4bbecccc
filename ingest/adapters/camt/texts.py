"""What an entry says for a person to read."""

from ingest.adapters.camt.tree import Node
from ingest.domain import values

_LONGEST = 4_000
_FULL_LINE = 140
_NAMED_DETAILS = 3
_NO_NAME = frozenset({"NOTPROVIDED", "NOT PROVIDED"})


def describe(entry: Node, *, own_number: str) -> str:
    """The other party and the remittance text of an entry; the bank's own words where both are missing.

    An entry of several transactions says how many and shows the first three. What is left where a bank gives
    no words at all is a reference or the code of the transaction.
    """
    details = transactions(entry)
    count = sum(group.repeats for group in (entry, *entry.all("NtryDtls")))
    own_words = values.plain_text(entry.said("AddtlNtryInf"))
    incoming, reversal = entry.said("CdtDbtInd") == "CRDT", entry.said("RvslInd") in {"true", "1"}
    told = [
        _detail(node, paid_by_other=incoming is not reversal, own_number=own_number)
        for node in details[:_NAMED_DETAILS]
    ]
    if count > 1:
        shown = "; ".join(dict.fromkeys(text for text in told if text))
        text = f"{own_words} {count} transactions: {shown}".strip(" :")
    else:
        text = (told[0] if told else "") or own_words
        text = values.joined(text, own_words) if details and not _remittance(details[0]) else text
    return (text or _last_resort(entry, details))[:_LONGEST]


def transactions(entry: Node) -> list[Node]:
    """The details of an entry; the first version of the standard has them one level higher."""
    return entry.all("NtryDtls", "TxDtls") + entry.all("TxDtls")


def _detail(node: Node, *, paid_by_other: bool, own_number: str) -> str:
    name = _other_party(node, paid_by_other=paid_by_other, own_number=own_number)
    words = _remittance(node) or values.plain_text(node.said("AddtlTxInf"))
    if not words:
        words = " ".join(
            values.plain_text(ref.text) for ref in node.all("RmtInf", "Strd", "CdtrRefInf", "Ref")
        )
    return values.joined(name, words)


def _other_party(node: Node, *, paid_by_other: bool, own_number: str) -> str:
    """The name of the debtor where money comes in, of the creditor where it goes out.

    A reversal keeps the parties of what it reverses. Whoever holds the account the statement is of is not the
    other party, whatever role the bank gives them.
    """
    parties = node.child("RltdPties")
    if parties is None:
        return ""
    roles = ("Dbtr", "Cdtr") if paid_by_other else ("Cdtr", "Dbtr")
    for role in roles:
        account = parties.child(f"{role}Acct")
        iban = account.found("IBAN") if account else None
        if own_number and iban is not None and iban.text.replace(" ", "").strip() == own_number:
            continue
        name = _name(parties.child(role)) or _name(parties.child(f"Ultmt{role}"))
        if name:
            return name
        if role == roles[0] and parties.child(role) is not None:
            break
    return _name(parties.child("TradgPty"))


def _name(party: Node | None) -> str:
    if party is None:
        return ""
    name = values.plain_text(
        party.said("Nm") or party.said("Pty", "Nm") or party.said("Agt", "FinInstnId", "Nm")
    )
    return "" if name.upper() in _NO_NAME else name


def _remittance(node: Node) -> str:
    """Unstructured text first: a full line goes on in the next one, after a shorter one a word ends."""
    lines = [line.text.strip() for line in node.all("RmtInf", "Ustrd")]
    lines += [line.text.strip() for line in node.all("RmtInf", "Strd", "AddtlRmtInf")]
    text = "".join(line if len(line) >= _FULL_LINE else f"{line} " for line in lines)
    return values.plain_text(text)


def _last_resort(entry: Node, details: list[Node]) -> str:
    refs = details[0].child("Refs") if details else None
    codes = entry.child("BkTxCd")
    stated = (
        refs.said("EndToEndId") if refs else "",
        codes.said("Prtry", "Cd") if codes else "",
        " ".join(node.text.strip() for node in _codes(codes)) if codes else "",
        entry.said("AcctSvcrRef"),
    )
    return next((values.plain_text(text) for text in stated if text and text.upper() not in _NO_NAME), "")


def _codes(codes: Node) -> list[Node]:
    domain = codes.child("Domn")
    paths = (("Cd",), ("Fmly", "Cd"), ("Fmly", "SubFmlyCd"))
    return [node for path in paths if domain and (node := domain.child(*path))]
