"""Account numbers in running text: IBANs by their checksum (ISO 13616), others by the word in front."""

import re

from ingest.domain.column_vocabulary import plain

_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
)
_IBAN_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_NUMBER = re.compile(r"[0-9Xx*][0-9Xx* ./\-]{3,32}")
_LABELS = """
account|account number|account no|account nr|account id|acct|acct number|acct no|card|card number
|card no|konto|kontonummer|konto nr|kontonr|iban|kreditkarte|kreditkartennummer|kartennummer|girokonto
|tagesgeld|kontokorrent|rekening|rekeningnummer|compte|compte numero|numero de compte|cuenta
|numero de cuenta|conto|numero conto|conta|numero da conta|rachunek|numer rachunku|nr rachunku
|numer konta|cislo uctu|ucet|tili|tilinumero|szamlaszam|сметка|номер на сметка|счет|номер счета|рахунок
|hesap|hesap no|λογαριασμος|racun|broj racuna|cont|numar cont
"""
_LABEL = re.compile(f"(?:your |own )?(?:{'|'.join(map(plain, _LABELS.replace(chr(10), '').split('|')))})\\b")
_IN_FILE_NAME = re.compile(
    r"(?:konto|kto|account|acct|acc|rekening|iban)[ _\-]?(?:nr|number|no)?[ _\-.]{0,2}([0-9]{5,24})",
    re.IGNORECASE,
)


def is_iban(text: str) -> bool:
    """Whether the text, blanks aside, is an IBAN whose check digits are right."""
    compact = text.replace(" ", "").upper()
    if not _IBAN_SHAPE.fullmatch(compact):
        return False
    rearranged = compact[4:] + compact[:4]
    return int("".join(str(int(letter, 36)) for letter in rearranged)) % 97 == 1


def looks_like_iban(text: str) -> bool:
    """Whether the text has the shape of an IBAN; anonymised statements have wrong check digits."""
    return _IBAN_SHAPE.fullmatch(text.replace(" ", "").upper()) is not None


def normal_account_number(text: str) -> str:
    """An IBAN without its blanks; any other number as the bank writes it, white space folded."""
    compact = text.replace(" ", "").upper()
    return compact if is_iban(compact) else " ".join(text.split())


def iban_within(text: str) -> str | None:
    """The first right IBAN that stands in a text."""
    for found in _IBAN.finditer(text):
        words = found.group().split(" ")
        for size in range(len(words), 0, -1):
            if is_iban("".join(words[:size])):
                return "".join(words[:size])
    return None


def account_labelled(label: str, value: str) -> str | None:
    """The account number in ``value`` where ``label`` begins with words that announce one."""
    if not _LABEL.match(plain(label)):
        return None
    shaped = _IBAN.search(value)
    if shaped:
        return iban_within(value) or shaped.group().replace(" ", "")
    found = _NUMBER.search(value)
    digits = sum(letter.isdigit() for letter in found.group()) if found else 0
    return normal_account_number(found.group().strip(" .-/")) if found and digits >= 4 else None


def account_in_file_name(name: str) -> str | None:
    """An account number that a file's name states: a right IBAN, or digits behind "Konto" or "account"."""
    iban = iban_within(re.sub(r"[_.\-]", " ", name))
    if iban:
        return iban
    found = _IN_FILE_NAME.search(name)
    return found.group(1) if found else None
