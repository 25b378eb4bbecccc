"""What an ``:86:`` says about a movement, in the dialects that banks have for it.

German and Polish banks number the parts (``?20`` purpose, ``?32`` name), Dutch ones name them
(``/NAME/``, ``/REMI/``), others write as they like.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.domain import values
from ingest.domain.account_numbers import looks_like_iban

_LONGEST = 4_000
_FULL_LINE = 63
_FULL_PART = 27

_NUMBERED = re.compile(r"\s{0,3}(?:[0-9]{3})?\s?([?<>~^@|#&$§])(?=[0-9]{2})")
_PURPOSE = frozenset({*(str(code) for code in range(20, 30)), "60", "61", "62", "63"})
_NAME = frozenset({"32", "33"})
_LABEL = "00"
_KEYWORD = re.compile(
    r"(?:^|(?<=[^A-Z]))(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|RREF|BREF|IBAN|BIC|PURP)(?:\+|:\s)"
)

_NAMED = re.compile(
    "/(TRTP|TRCD|IBAN|BIC|CSID|MARF|NAME|REMI|EREF|KREF|PREF|RTRN|CNTP|BENM|ORDP|ADDR|ISDT|PURP|ULTD|ULTB|ULTC"
    "|ID|EXCH|CHGS|OCMT|SVCL|BUSP|RREF|CRED|DEBT|ACCW)/"
)
_BOOKKEEPING = re.compile(r"^999PN[0-9]{4}")
_REMITTANCE_FORM = re.compile(r"(?:USTD|STRD)?/{0,2}(?:(?:CUR|ISO)/)?")


def read_details(lines: Sequence[str], *, reference: str = "") -> str:
    """Name and purpose in that order, as far as the text tells them apart; otherwise the whole text.

    A bank's own label ("GUTSCHRIFT") counts only where there is neither. A number in front that is an IBAN
    or the ``reference`` of the movement is left out.
    """
    wrapped = "".join(lines)[:_LONGEST]
    numbered = _NUMBERED.match(wrapped)
    if numbered:
        return _from_numbered(wrapped, numbered[1])
    text = _BOOKKEEPING.sub("", _unwrapped(lines))
    return (_from_named(text) if text.startswith("/") else "") or _without_number(text, reference)


def _from_numbered(text: str, mark: str) -> str:
    pieces = _numbers_behind(mark).split(text)
    parts = list(zip(pieces[1::2], pieces[2::2], strict=True))
    purpose = _purpose(_joined_parts([part for code, part in parts if code in _PURPOSE]))
    name = _joined_parts([part for code, part in parts if code in _NAME])
    label = " ".join(part for code, part in parts if code == _LABEL)
    return _led_by(values.plain_text(name), values.plain_text(purpose)) or values.plain_text(label)


@lru_cache
def _numbers_behind(mark: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(mark)}([0-9]{{2}})")


def _led_by(name: str, text: str) -> str:
    """The name in front, unless the text begins with it."""
    return text if text.casefold().startswith(name.casefold()) else f"{name} {text}".rstrip()


def _joined_parts(parts: Sequence[str]) -> str:
    """A part that fills its 27 letters goes on in the next one; after a shorter one a word ends."""
    text = ""
    for part in parts:
        text += part if len(part) >= _FULL_PART else f"{part} "
    return text


def _purpose(text: str) -> str:
    """What stands behind ``SVWZ+`` and before any such word; without that the whole text."""
    pieces = _KEYWORD.split(text)
    said = pieces[0].strip()
    spoken = " ".join(part for word, part in zip(pieces[1::2], pieces[2::2], strict=True) if word == "SVWZ")
    return f"{said} {spoken}".strip() or text


def _from_named(text: str) -> str:
    pieces = _NAMED.split(text)
    name = remittance = ""
    for word, part in zip(pieces[1::2], pieces[2::2], strict=True):
        if word == "NAME":
            name = name or part.strip("/ ")
        elif word == "CNTP":
            name = name or (part.split("/") + [""] * 3)[2]
        elif word == "REMI":
            remittance = remittance or part[_form_end(part) :].strip("/ ")
    return _led_by(values.plain_text(name), values.plain_text(remittance))


def _form_end(text: str) -> int:
    found = _REMITTANCE_FORM.match(text)
    return found.end() if found else 0


def _unwrapped(lines: Sequence[str]) -> str:
    """Lines as one text: a full line goes on in the next one, after a shorter one a word ends."""
    pieces = [line if len(line) >= _FULL_LINE else f"{line} " for line in lines]
    return values.plain_text("".join(pieces)[:_LONGEST])


def _without_number(text: str, reference: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and (looks_like_iban(first) or first == reference) else text
