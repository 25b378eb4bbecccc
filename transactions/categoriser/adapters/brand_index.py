"""Brands out of the name-suggestion-index package (chains as OpenStreetMap knows them) and our own list.

The package's `nsi.json` maps `tree/key/value` (`brands/shop/supermarket`) to items with OSM tags, names to
match and a location set. Only trees whose tag sells something (`osm_tags`) are read.
"""

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transactions.categoriser.adapters.osm_tags import CATEGORY_BY_TAG, OPERATOR_TAGS, RANK_BY_TAG
from transactions.categoriser.domain.dictionary import Brand, WordHint
from transactions.categoriser.domain.merchants import name_spellings, name_words
from transactions.categoriser.domain.statement_noise import TAIL_NOISE

MIN_BRANDS_FOR_A_HINT = 4
MIN_HINT_PERCENT = 60
EVERYDAY_BRANDS = 8
MIN_JOINED_LETTERS = 6
"""A name of several words is also known without its blanks (`BURGERKING`) from this length on."""

_NAME_TAGS = re.compile(
    r"(?:name|brand|official_name|short_name|alt_name|int_name|operator|network)(?::(?!wiki).*)?"
)
_OPERATOR_TAGS = re.compile(r"operator(?::(?!wiki).*)?")
_COUNTRY = re.compile(r"([a-z]{2})(?:[-.].*)?")
_OTHER_PLACES = {"mainland china": "cn", "northern cyprus": "cy"}
_EUROPE = (
    "ad al at ba be bg by ch cy cz de dk ee es fi fr gb gr hr hu ie is it li lt lu lv mc md me mk mt nl no "
    "pl pt ro rs ru se si sk sm ua va xk"
)


@dataclass(slots=True)
class _Entry:
    rank: int
    countries: set[str]
    aliases: set[str]
    is_anywhere: bool = False
    label: str = ""

    def places(self) -> str:
        return "" if self.is_anywhere else " ".join(sorted(self.countries))


@dataclass(slots=True)
class BrandIndex:
    """Collects brands by name and category, so that one chain listed once a country stays one brand."""

    entries: dict[tuple[str, str], _Entry] = field(default_factory=dict)

    def add(
        self, *, name: str, category: str, rank: int, countries: Iterable[str], aliases: Iterable[str]
    ) -> None:
        """`countries`: none means anywhere or unknown. A brand that is left without an alias is not added."""
        usable = {alias for alias in aliases if _is_usable(alias)}
        if not usable:
            return
        entry = self.entries.setdefault((name.casefold(), category), _Entry(rank, set(), set(), label=name))
        places = set(countries)
        entry.rank = min(rank, entry.rank)
        entry.aliases |= usable
        entry.countries |= places
        entry.is_anywhere |= not places

    def brands(self) -> list[tuple[Brand, list[str]]]:
        """Brands with their folded names, the likeliest meaning of a shared name first; in a fixed order.

        A one-word other name that brands of many trades have in theirs (`City`, `Green`) is left out: on a
        statement it hardly ever means the one brand that is also called so.
        """
        ordered = sorted(self.entries.items(), key=lambda item: (item[1].rank, item[0]))
        everyday = _everyday_words(ordered)
        return [
            (Brand(entry.label, category, entry.places()), sorted(aliases))
            for (_, category), entry in ordered
            if (aliases := entry.aliases - everyday.difference(name_words(entry.label)))
        ]


def read_brands(*, package: Path, own_merchants: Path, generic_words: frozenset[str]) -> BrandIndex:
    """The index of `package` (the unpacked npm package) behind our own merchants.

    A name that is in `generic_words` (folded keywords) says what is sold, not who sells it, and is no alias.

    :raises FileNotFoundError: when `package` is not an unpacked name-suggestion-index.
    """
    index = BrandIndex()
    for category, name, countries, names in _own_merchants(own_merchants):
        aliases = _aliases(names, generic_words=frozenset())
        index.add(name=name, category=category, rank=0, countries=countries, aliases=aliases)
    trees = json.loads((package / "dist" / "json" / "nsi.min.json").read_text(encoding="utf-8"))["nsi"]
    for path, tree in sorted(trees.items()):
        _add_tree(index, path=path, tree=tree, generic_words=generic_words)
    return index


def _everyday_words(entries: Iterable[tuple[tuple[str, str], _Entry]]) -> set[str]:
    trades: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, category), entry in entries:
        for word in {word for alias in entry.aliases for word in alias.split()}:
            trades[word][category] += 1
    return {
        word
        for word, counts in trades.items()
        if counts.total() >= EVERYDAY_BRANDS and 2 * max(counts.values()) < counts.total()
    }


def word_hints(brands: Iterable[tuple[Brand, Iterable[str]]]) -> dict[str, WordHint]:
    """Words that mostly brands of one category have in their names (`optik`, `pizza`, `zoo`).

    The share is smoothed as (n + 0.5) / (N + 1.5), so that four of four make 82 %, not 100 %.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for brand, aliases in brands:
        for word in {word for alias in aliases for word in alias.split() if _may_hint(word)}:
            counts[word][brand.category] += 1
    hints: dict[str, WordHint] = {}
    for word in sorted(counts):
        # Transport networks are named after places, which say nothing about a shop.
        counts[word].pop("public-transport", None)
        if not counts[word]:
            continue
        category, most = max(counts[word].items(), key=lambda item: (item[1], item[0]))
        total = counts[word].total()
        percent = round(100 * (most + 0.5) / (total + 1.5))
        if total >= MIN_BRANDS_FOR_A_HINT and percent >= MIN_HINT_PERCENT:
            hints[word] = WordHint(category, percent, total)
    return hints


def _may_hint(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in TAIL_NOISE


def _own_merchants(path: Path) -> Iterator[tuple[str, str, list[str], list[str]]]:
    listed: dict[str, dict[str, list[str | list[str]]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for category, by_country in listed.items():
        for place, merchants in by_country.items():
            countries = [] if place == "world" else place.split()
            for merchant in merchants:
                names = [merchant] if isinstance(merchant, str) else merchant
                yield category, names[0], countries, names


def _add_tree(
    index: BrandIndex, *, path: str, tree: Mapping[str, Any], generic_words: frozenset[str]
) -> None:
    kind, _, tag = path.partition("/")
    if tag not in CATEGORY_BY_TAG or (kind == "operators" and tag not in OPERATOR_TAGS):
        return
    generic = _patterns(tree)
    for item in tree["items"]:
        for label, spelled in _named(item, is_network=kind == "transit"):
            names = [name for name in spelled if not any(pattern.search(name.lower()) for pattern in generic)]
            index.add(
                name=label,
                category=CATEGORY_BY_TAG[tag],
                rank=RANK_BY_TAG[tag] + (1 if kind == "brands" else 1000),
                countries=_countries(item["locationSet"]),
                aliases=_aliases(names, generic_words=generic_words),
            )


def _patterns(tree: Mapping[str, Any]) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in tree["properties"].get("exclude", {}).get("generic", [])]


def _label(item: Mapping[str, Any]) -> str:
    return re.sub(r"\s*\([^)]*\)$", "", str(item["displayName"])).strip()


def _named(item: Mapping[str, Any], *, is_network: bool) -> Iterator[tuple[str, list[str]]]:
    """Who is named by `item`, and how: a network of several companies is one, whoever runs it another."""
    own: list[str] = [_label(item), *item.get("matchNames", [])]
    operators: list[str] = []
    for tag, value in item["tags"].items():
        if _NAME_TAGS.fullmatch(tag):
            is_operator = is_network and _OPERATOR_TAGS.fullmatch(tag)
            (operators if is_operator else own).extend(value.split(";"))
    yield own[0], own
    operator = item["tags"].get("operator", "")
    if operators and operator and ";" not in operator:
        yield operator.strip(), operators


def _aliases(names: Iterable[str], *, generic_words: frozenset[str]) -> set[str]:
    aliases: set[str] = set()
    for alias in (spelling for name in names for spelling in name_spellings(name)):
        if alias in generic_words:
            continue
        aliases.add(alias)
        joined = alias.replace(" ", "")
        if joined != alias and len(joined) >= MIN_JOINED_LETTERS:
            aliases.add(joined)
    return aliases


def _is_usable(alias: str) -> bool:
    """Two letters at least (`dm`), or a letter and a digit (`o2`); one sign where a sign is a word."""
    letters = sum(map(str.isalpha, alias))
    return letters >= 1 and (len(alias) > 1 or ord(alias[0]) > 0x2E80)


def _countries(location_set: Mapping[str, Any]) -> set[str]:
    """ISO codes of the included places; empty for the world, and when a place cannot be told."""
    countries: set[str] = set()
    for place in location_set.get("include", ["001"]):
        if not isinstance(place, str):
            return set()
        code = _COUNTRY.fullmatch(place)
        if place == "150":
            countries.update(_EUROPE.split())
        elif code or place in _OTHER_PLACES:
            countries.add(code[1] if code else _OTHER_PLACES[place])
        else:
            return set()
    return countries
