# ruff: noqa: RUF001  (letters of other alphabets are the point here)
"""From the name of a column to the roles it may have."""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from ingest.domain.column_hints import COUNTERPARTY_WORDS, FOREIGN_PREFIXES, FOREIGN_WORDS, STEMS, WEAK_NAMES
from ingest.domain.column_names import COLUMN_NAMES
from ingest.domain.column_roles import ColumnRole

MAX_COMPARED = 200
MAX_NAME_WORDS = 8
MAX_BARE_LETTERS = 3
"""Phrases as short as "in", "af" or "dr" name a column only where they are its whole name."""

_LETTERS_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_NOT_WORD = re.compile(r"[^\w]+|_+")
_BRACKETS = re.compile(r"\([^()]{0,24}\)|\[[^\[\]]{0,24}\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MONEY_ROLES = frozenset(
    {ColumnRole.AMOUNT, ColumnRole.CURRENCY, ColumnRole.DEBIT, ColumnRole.CREDIT, ColumnRole.FEE}
)
_SYMBOL_NAMES = {"+/-": ColumnRole.DIRECTION, "-/+": ColumnRole.DIRECTION, "+-": ColumnRole.DIRECTION}


def plain(text: str) -> str:
    """The first 200 letters of a text for comparing: lower case, no accents, punctuation as single blanks."""
    return _plain(text[:MAX_COMPARED])


@lru_cache(maxsize=2048)
def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS_APART))
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", letters).strip()


def roles_of_name(name: str) -> dict[ColumnRole, float]:
    """The roles that a column's name speaks for, each with a strength between 0 and 1.

    The whole name as a known phrase counts 1 (0.6 for a weak one); a known phrase within it, or a compound
    that ends in a known stem, counts less the more other words stand around it. A name that speaks of a
    foreign currency, an exchange or a counterparty's account does not speak for amount, currency or
    account.
    """
    return dict(_roles_of_name(name[:MAX_COMPARED]))


@lru_cache(maxsize=2048)
def _roles_of_name(name: str) -> dict[ColumnRole, float]:
    if name.strip() in _SYMBOL_NAMES:
        return {_SYMBOL_NAMES[name.strip()]: 1.0}
    full = plain(name)
    short = plain(_BRACKETS.sub(" ", _CAMEL.sub(" ", name)))
    if not full or len(full.split()) > MAX_NAME_WORDS:
        return {}
    roles = dict(_PHRASES.get(full) or _PHRASES.get(short) or _roles_within(short or full))
    return _without_foreign(roles, full)


def names_something_foreign(name: str) -> bool:
    """Whether a column's name speaks of another currency or of an exchange: not of the booking itself."""
    return any(word in FOREIGN_WORDS or word.startswith(FOREIGN_PREFIXES) for word in plain(name).split())


def _roles_within(phrase: str) -> dict[ColumnRole, float]:
    words = phrase.split()
    found: dict[ColumnRole, float] = defaultdict(float)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            inner = " ".join(words[start:end])
            share = (end - start) / len(words)
            for role, strength in _inner_roles(inner).items():
                found[role] = max(found[role], strength * (0.45 + 0.4 * share))
    for role, stems in _STEMS.items():
        if any(word.endswith(stems) for word in words):
            found[role] = max(found[role], 0.6 - 0.05 * len(words))
    return found


def _inner_roles(phrase: str) -> dict[ColumnRole, float]:
    return _PHRASES.get(phrase, {}) if len(phrase) > MAX_BARE_LETTERS else {}


def _without_foreign(roles: dict[ColumnRole, float], name: str) -> dict[ColumnRole, float]:
    if names_something_foreign(name) and name not in _PHRASES:
        roles = {role: strength for role, strength in roles.items() if role not in _MONEY_ROLES}
    if any(word in COUNTERPARTY_WORDS for word in name.split()):
        roles = {role: strength for role, strength in roles.items() if role is not ColumnRole.ACCOUNT}
    return roles


def _phrase_table() -> dict[str, dict[ColumnRole, float]]:
    table: dict[str, dict[ColumnRole, float]] = defaultdict(dict)
    for names, strength in ((COLUMN_NAMES, 1.0), (WEAK_NAMES, 0.6)):
        for role, phrases in names.items():
            for phrase in phrases.split("|"):
                key = plain(phrase)
                if key:
                    table[key].setdefault(role, strength)
    return dict(table)


_PHRASES = _phrase_table()
_STEMS = {role: tuple(stems.split()) for role, stems in STEMS.items()}
