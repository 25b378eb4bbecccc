"""Who was paid: one stable key and one readable name out of the text a bank prints."""
# ruff: noqa: RUF001 (letters of other scripts are told apart here)

import re
import unicodedata
from typing import NamedTuple

from transactions.categoriser.domain import statement_noise as noise
from transactions.categoriser.domain.place_names import CITY_PAIRS

MAX_DESCRIPTION = 512
"""Characters looked at; a longer text names its merchant long before that."""

_COMBINING = re.compile("[\u0300-\u036f]")
_PLAIN_LETTERS = str.maketrans("ıłøđðŋς_", "iloddnσ ") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "å": "aa",
        "Å": "Aa",
        "ø": "oe",
        "Ø": "Oe",
    }
)
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_DOTTED_LETTERS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
# Vowel signs of the Indic, Thai and Arabic scripts are no word characters to `re` and would break a word.
_WORD = re.compile(r"[\w\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f]+")
_VOWEL = re.compile("[aeiouyаеиоуъюяαεηιουω]")


class ParsedDescription(NamedTuple):
    """`words`: everything but what is surely noise; `key_words`: those of them that name the merchant.

    `name_end`: how many of `words` stand before the first number behind a name; a place often follows it.
    """

    words: list[str]
    key_words: list[str]
    name_end: int


def fold(text: str) -> str:
    """Lower case without accents; the script stays (`Müller` → `muller`, `Билла` → `билла`)."""
    if text.isascii():
        return text.lower().replace("_", " ")
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _COMBINING.sub("", decomposed).translate(_PLAIN_LETTERS))


def name_words(name: str) -> list[str]:
    """The words of a brand's own name, folded as `parse` folds a description."""
    return _split(fold(name))


def name_spellings(name: str) -> list[str]:
    """The folded name as one string, then as terminals without umlauts spell it (`Süd` → `sud`, `sued`)."""
    composed = unicodedata.normalize("NFC", name)
    spelled = dict.fromkeys((composed, composed.translate(_UMLAUTS)))
    return list(dict.fromkeys(" ".join(name_words(spelling)) for spelling in spelled))


def parse(description: str) -> ParsedDescription:
    """The words of a bank's description with the wrapping taken off."""
    text = description[:MAX_DESCRIPTION]
    text = fold(_without_processor(text) if "*" in text or "_" in text else text)
    words = _without_bank_phrases(_split(_without_punctuated_noise(text)))
    return ParsedDescription(words, _key_words(words), _name_end(words))


def merchant_key(description: str) -> str:
    """The stable form of whoever is named in `description`; empty when the text names nobody.

    Processors' prefixes, the way of paying, dates, times, card masks, references, store numbers, legal forms,
    and large cities, states and countries at the end are taken off; case and accents are folded, scripts are
    kept. A key is its own key: `merchant_key(merchant_key(text)) == merchant_key(text)`.
    """
    return " ".join(parse(description).key_words)


def merchant_name(description: str) -> str:
    """A name to show for a merchant that no dictionary knows: the key's words, title-cased, accents kept."""
    return display_name(description, parse(description).key_words)


def display_name(description: str, key_words: list[str]) -> str:
    """`key_words` in title case, with the accents that `description` has."""
    if description.isascii():
        return " ".join(map(_title, key_words))
    spelled: dict[str, str] = {}
    for word in _WORD.findall(_APOSTROPHES.sub("", description[:MAX_DESCRIPTION])):
        spelled.setdefault(fold(word), word.lower())
    return " ".join(_title(spelled.get(word, word)) for word in key_words)


def _title(word: str) -> str:
    is_acronym = len(word) <= 3 and not _VOWEL.search(word)
    return word.upper() if is_acronym else word[:1].upper() + word[1:]


def _split(text: str) -> list[str]:
    if "." in text:
        text = noise.DOMAIN_SUFFIX.sub(" ", text)
        text = _DOTTED_LETTERS.sub(lambda letters: letters[0].replace(".", ""), text)
    words = _WORD.findall(_APOSTROPHES.sub("", text))
    return _with_possessives(words) if "s" in words else words


def _with_possessives(words: list[str]) -> list[str]:
    """`MCDONALD S` is how many terminals write McDonald's."""
    joined: list[str] = []
    for word in words:
        if word == "s" and joined and len(joined[-1]) > 2:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _without_processor(text: str) -> str:
    while prefix := noise.PROCESSOR_PREFIX.match(text):
        text = text[prefix.end() :]
    return text


def _without_punctuated_noise(text: str) -> str:
    if "*" in text or "//" in text:
        text = noise.ORDER_TAIL.sub(" ", text.replace("https://", "").replace("http://", ""))
    if "indn:" in text:
        text = noise.PERSON_TAIL.sub(" ", text)
    return " ".join(
        piece for piece in text.split() if piece.isalpha() or not noise.PUNCTUATED_NOISE.fullmatch(piece)
    )


def _without_bank_phrases(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and (length := _leading_noise(words, start)):
        start += length
    return words[start:]


def _leading_noise(words: list[str], start: int) -> int:
    """How many words at `start` are a bank's phrase or a long number; never all that are left."""
    first = words[start]
    if first.isdigit():
        return int(len(first) > 2)
    if first not in noise.BANK_PHRASE_WORDS:
        return 0
    longest = min(noise.LONGEST_BANK_PHRASE, len(words) - start - 1)
    for length in range(longest, 0, -1):
        if tuple(words[start : start + length]) in noise.BANK_PHRASES:
            return length
    return 0


def _key_words(words: list[str]) -> list[str]:
    while True:
        fewer = _with_possessives(_without_tail(_without_references(_without_bank_phrases(words))))
        if len(fewer) == len(words):
            return fewer
        words = fewer


def _name_end(words: list[str]) -> int:
    has_name = False
    for position, word in enumerate(words):
        if word.isalpha():
            has_name = has_name or len(word) > 2
        elif has_name and _is_reference(word, is_first=False):
            return position
    return len(words)


def _without_references(words: list[str]) -> list[str]:
    kept: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if word.isalpha():
            is_dropped = word in noise.MONTHS and before.isdigit() and len(before) < 3
        else:
            is_dropped = _is_reference(word, is_first=not kept)
        if not is_dropped:
            kept.append(word)
    return kept


def _is_reference(word: str, *, is_first: bool) -> bool:
    digits = sum(map(str.isdigit, word))
    if digits == len(word):
        return not is_first or digits > 2
    if noise.MASKED_WORD.fullmatch(word):
        return True
    return digits > 3 or (digits > 2 and not is_first) or (digits > 1 and len(word) > 6)


def _without_tail(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1:
        if end > 2 and (words[end - 2], words[end - 1]) in CITY_PAIRS:
            end -= 2
        elif words[end - 1] in noise.TAIL_NOISE:
            end -= 1
        else:
            break
    return words[:end]
