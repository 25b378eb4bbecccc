"""What the categoriser knows: brands and their names, words, merchant category codes; all of it immutable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MIN_COMPOUND_LETTERS = 6
"""A keyword this long may also end a longer word (`STADTAPOTHEKE`) in the languages that build words so."""

COMPOUNDING_LANGUAGES = frozenset({"de", "nl", "sv", "da", "no", "fi"})

_SPOKEN = """
de: de at li | de fr it: ch | fr de: lu | en-us en: us | en-us en fr: ca | en: gb ie au nz in za sg mt
nl: nl | nl fr: be | fr: fr mc | es: es mx ar co cl pe uy | it: it sm | pt: pt br | pl: pl | cs: cz | sk cs: sk
bg: bg | ro: ro md | el: gr cy | tr: tr | sv: se | da: dk | no: no | fi sv: fi | hu: hu | hr: hr | ru: ru by
uk ru: ua | lt: lt | lv: lv | et: ee
"""
_SPOKEN_ROWS = (row.split(":") for row in _SPOKEN.replace("\n", "|").split("|") if row.strip())
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    country: tuple(languages.split())
    for languages, countries in _SPOKEN_ROWS
    for country in countries.split()
}
"""Country → languages of its statements, as the keywords name them; a region's own words come first."""


class Brand(NamedTuple):
    """`countries`: ISO 3166 alpha-2 codes in lower case between blanks; empty for anywhere or unknown."""

    name: str
    category: str
    countries: str

    def is_located_in(self, country: str) -> bool:
        return not self.countries or country in self.countries


class WordHint(NamedTuple):
    """Of `brands` brands with a word in their names, `percent` (smoothed) are in `category`."""

    category: str
    percent: int
    brands: int


class Meaning(NamedTuple):
    """What a keyword stands for in some languages."""

    category: str
    languages: tuple[str, ...]


class MccMeaning(NamedTuple):
    category: str
    description: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """`phrases`: folded phrase → what it may mean. `compounds`: words that may end a longer word.
    `ordered_words`: for look-ups of words that a bank cut."""

    phrases: Mapping[str, tuple[Meaning, ...]]
    compounds: frozenset[str]
    ordered_words: Sequence[str]
    longest_phrase: int
    longest_compound: int

    @classmethod
    def of(cls, words: Mapping[str, Mapping[str, Iterable[str]]]) -> "Keywords":
        """From category → language → folded phrases."""
        languages: dict[str, dict[str, list[str]]] = {}
        for category, by_language in words.items():
            for language, spelled in by_language.items():
                for phrase in spelled:
                    languages.setdefault(phrase, {}).setdefault(category, []).append(language)
        compounds = frozenset(
            phrase for phrase, meanings in languages.items() if _may_end_a_word(phrase, meanings.values())
        )
        return cls(
            phrases={
                phrase: tuple(Meaning(category, tuple(spoken)) for category, spoken in meanings.items())
                for phrase, meanings in languages.items()
            },
            compounds=compounds,
            ordered_words=sorted(phrase for phrase in languages if " " not in phrase),
            longest_phrase=max((phrase.count(" ") + 1 for phrase in languages), default=0),
            longest_compound=max(map(len, compounds), default=0),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """`aliases`: folded name → positions in `brands`, the likeliest first. `run_lengths`: first word of an
    alias → words in the longest alias that begins with it. `ordered_aliases`: to look up names a bank cut."""

    brands: Sequence[Brand]
    aliases: Mapping[str, tuple[int, ...]]
    ordered_aliases: Sequence[str]
    run_lengths: Mapping[str, int]
    hints: Mapping[str, WordHint]
    mcc: Mapping[str, MccMeaning]
    keywords: Keywords

    @classmethod
    def of(
        cls,
        *,
        brands: Iterable[tuple[Brand, Iterable[str]]],
        hints: Mapping[str, WordHint],
        mcc: Mapping[str, MccMeaning],
        keywords: Keywords,
    ) -> "Dictionary":
        """`brands` with their folded names, the likeliest meaning of a shared name first."""
        listed: list[Brand] = []
        aliases: dict[str, tuple[int, ...]] = {}
        for position, (brand, names) in enumerate(brands):
            listed.append(brand)
            for name in names:
                aliases[name] = (*aliases[name], position) if name in aliases else (position,)
        return cls(
            brands=listed,
            aliases=aliases,
            ordered_aliases=sorted(aliases),
            run_lengths=_run_lengths(aliases),
            hints=hints,
            mcc=mcc,
            keywords=keywords,
        )


def _may_end_a_word(phrase: str, languages: Iterable[Iterable[str]]) -> bool:
    is_long_word = len(phrase) >= MIN_COMPOUND_LETTERS and " " not in phrase
    return is_long_word and not all(COMPOUNDING_LANGUAGES.isdisjoint(spoken) for spoken in languages)


def _run_lengths(aliases: Iterable[str]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for alias in aliases:
        first, _, rest = alias.partition(" ")
        words = rest.count(" ") + 2 if rest else 1
        if words > lengths.get(first, 0):
            lengths[first] = words
    return lengths
