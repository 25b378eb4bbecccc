# ruff: noqa: RUF001  (letters of other alphabets are the point here)
"""Whether decoded text looks like words that people write: the judge between one-byte encodings."""

import itertools
import re
import unicodedata
from collections import Counter
from functools import lru_cache

from ingest.domain.column_vocabulary import roles_of_name

# The letters beyond a-z that one language uses; text in one language stays within one line.
_ALPHABETS = (
    "äöüß",
    "éèàçêâîôûëïùœæÿ",
    "áéíóúñüº",
    "ãõçáéíóúâêôàº",
    "àèéìòù",
    "æøåé",
    "åäöé",
    "äöåšž",
    "éëïöüèóáçê",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "áéíóöőúüű",
    "ăâîșțşţ",
    "čćđšž",
    "çğıöşüâ",
    "ąčęėįšųūž",
    "āčēģīķļņšūž",
    "äõöüšž",
    "áðéíóúýþæö",
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
)
_COMMON = frozenset("оеаинтрсвлкαοιετσηνרויהאל")
_WORD = re.compile(r"[^\W\d_]+")
_PRICE = re.compile(r"[€£]\s?[0-9+-]|[0-9]\s?[€£]")
_STRAY_LETTER = re.compile(r"[0-9][ \u00a0]?([^\W\d_])(?![^\W\d_])|(?<![^\W\d_])([^\W\d_])[ \u00a0]?[0-9]")
_TYPOGRAPHY = frozenset("€£–—’‘“”„«»…·°²º№§´\u00a0\u202f­×")


def plausibility(text: str) -> float:
    """How much the characters beyond ASCII look like writing, from about -1 (rubbish) to about 1.5 (surely
    right).

    Looked at: whether all fit one language's alphabet, whether capitals stand where capitals stand, whether
    words are mixed from two scripts or made of accented letters alone, and whether the names of columns
    become words that banks use.
    """
    strange = Counter(letter for letter in text if letter > "\x7f")
    if not strange:
        return 0.0
    letters = Counter(
        {letter: count for letter, count in strange.items() if letter.isalpha() and letter not in "ªº"}
    )
    rubbish = sum(count for letter, count in strange.items() if _is_rubbish(letter))
    score = -2.0 * rubbish / strange.total()
    if letters:
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        score += _fit(letters) * (letters.total() / strange.total())
        score -= sum(map(_oddness, words)) / len(words)
    return score + (_prices(text) - _stray_letters(text)) / strange.total() + _known_names(text)


def _prices(text: str) -> float:
    return 0.8 * len(_PRICE.findall(text))


def _stray_letters(text: str) -> float:
    """Letters beyond ASCII that stand alone beside a number, where a currency sign would stand."""
    return sum(1.0 for found in _STRAY_LETTER.findall(text) if not "".join(found).isascii())


def _is_rubbish(letter: str) -> bool:
    if letter in _TYPOGRAPHY or letter.isalpha():
        return False
    return unicodedata.category(letter) not in {"Nd", "No"}


def _fit(letters: Counter[str]) -> float:
    lower: Counter[str] = Counter()
    for letter, count in letters.items():
        lower[letter.lower()[:1]] += count
    total = lower.total()
    best = max(sum(count for letter, count in lower.items() if letter in alphabet) for alphabet in _ALPHABETS)
    common = sum(count for letter, count in lower.items() if letter in _COMMON)
    return best / total + 0.3 * common / total


@lru_cache(maxsize=4096)
def _oddness(word: str) -> float:
    """Between 0 (like a word) and 1 (like letters thrown together)."""
    accented = [letter > "\x7f" for letter in word]
    latin = [unicodedata.name(letter, "").startswith("LATIN") for letter in word]
    if any(latin) and not all(latin):
        return 1.0
    if latin[0] and len(word) >= 3 and sum(accented) > 0.6 * len(word):
        return 0.8
    flips = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word))
    return 0.7 if flips else 0.0


def _known_names(text: str) -> float:
    cells = {cell.strip(' "\r') for line in text.split("\n", 12)[:12] for cell in re.split(r"[;,\t|]", line)}
    odd = [cell for cell in cells if not cell.isascii() and len(cell) <= 60]
    known = sum(max(roles_of_name(cell).values(), default=0.0) >= 0.9 for cell in odd)
    return 0.5 * known / len(odd) if odd else 0.0
