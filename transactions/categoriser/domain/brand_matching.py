"""Finding a known brand in the words of a bank's description."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transactions.categoriser.domain import statement_noise as noise
from transactions.categoriser.domain.dictionary import Brand, Dictionary
from transactions.categoriser.domain.merchants import ParsedDescription, name_spellings
from transactions.domain.category_tree import CATEGORY_BY_CODE

MIN_CUT_LETTERS = 7
MAX_COMPLETIONS = 12
MIN_INNER_LETTERS = 5
"""A one-word name this long may stand behind other words; a shorter one is often part of another name."""

LEADING = 8
"""Percent points that a name at the beginning may be less sure than one inside and still be preferred."""


class BrandMatch(NamedTuple):
    """`percent`: how often such a match is right. `name`: empty when several brands fit a cut name.
    `is_leading`: the description begins with the name. `end`: words up to the end of the name."""

    name: str
    category: str
    percent: int
    is_cut: bool
    is_leading: bool
    end: int


class _Run(NamedTuple):
    start: int
    alias: str
    words: int
    letters: int
    positions: tuple[int, ...]


class _Text(NamedTuple):
    parsed: ParsedDescription
    country: str
    mcc_category: str | None


class _Meant(NamedTuple):
    """`name`: the one to show; None where only words of the text tell which of the `rivals` is meant."""

    brand: Brand
    doubt: int
    name: str | None
    rivals: tuple[Brand, ...]


def find_brand(
    dictionary: Dictionary, parsed: ParsedDescription, *, country: str, mcc_category: str | None
) -> BrandMatch | None:
    """The surest brand whose name runs through whole words of `parsed`, or whose name the bank cut.

    `country` (lower case alpha-2, or empty) and `mcc_category` choose between brands that share a name.
    """
    text = _Text(parsed, country, mcc_category)
    run, whole = _surest(dictionary, text)
    if run is None or run.start > 0 or run.words < parsed.name_end:
        cut = _cut_name(dictionary, parsed.words[: parsed.name_end], country=country)
        if cut and (whole is None or cut.percent > 80):
            return cut
    return whole


def _surest(dictionary: Dictionary, text: _Text) -> tuple[_Run | None, BrandMatch | None]:
    best: tuple[_Run | None, BrandMatch | None] = (None, None)
    best_weight = (0, 0)
    for run in _runs(dictionary, text.parsed.words):
        match = _match(dictionary, text, run)
        weight = (match.percent + (LEADING if match.is_leading else 0), run.letters)
        if weight > best_weight:
            best, best_weight = (run, match), weight
    return best


def _runs(dictionary: Dictionary, words: list[str]) -> list[_Run]:
    runs: list[_Run] = []
    count = len(words)
    for start, first in enumerate(words):
        longest = dictionary.run_lengths.get(first)
        if longest is None:
            continue
        for length in range(min(longest, count - start), 0, -1):
            alias = first if length == 1 else " ".join(words[start : start + length])
            positions = dictionary.aliases.get(alias)
            if positions is None:
                continue
            run = _Run(start, alias, length, _letters(alias), positions)
            if _may_stand_there(dictionary, run):
                runs.append(run)
            break
    return runs


def _letters(alias: str) -> int:
    """Letters, of which a sign that is a syllable or a word counts as two."""
    signs = 0 if alias.isascii() else sum(sign > "\u2e80" for sign in alias)
    return len(alias) - alias.count(" ") + signs


def _may_stand_there(dictionary: Dictionary, run: _Run) -> bool:
    if run.start == 0:
        return True
    if run.words == 1 and (run.alias in noise.TAIL_NOISE or run.alias in dictionary.hints):
        return False
    # Transport networks carry the names of the towns that stand behind a shop's name.
    is_network = all(dictionary.brands[at].category == "public-transport" for at in run.positions)
    return run.letters >= MIN_INNER_LETTERS and not is_network


def _match(dictionary: Dictionary, text: _Text, run: _Run) -> BrandMatch:
    meant = _meant(dictionary, run.alias, text.country, text.mcc_category)
    percent = (
        _inner_percent(run, text.parsed)
        if run.start
        else _leading_percent(dictionary, text, run, meant.brand)
    )
    return BrandMatch(
        meant.name or _described(meant, run, text.parsed.words),
        meant.brand.category,
        percent - meant.doubt,
        is_cut=False,
        is_leading=run.start == 0,
        end=run.start + run.words,
    )


def _inner_percent(run: _Run, parsed: ParsedDescription) -> int:
    behind_number = 15 if run.start >= parsed.name_end else 0
    return (80 if run.words > 1 else 62 + min(2 * run.letters, 14)) - behind_number


def _leading_percent(dictionary: Dictionary, text: _Text, run: _Run, brand: Brand) -> int:
    """How sure a name at the beginning is, before doubts about country and meaning; set by the benchmark."""
    behind = _rest_of_name(text.parsed, run)
    others = [word for word in behind if word not in noise.TAIL_NOISE and not word.isdigit()]
    foreign = [word for word in others if not _belongs(dictionary, word, run, brand)]
    if not foreign:
        return (96 if run.letters > 3 else 88) - (4 if others else 0)
    if run.words > 1:
        return 90
    if run.alias in noise.GIVEN_NAMES:
        return 50
    return 60 + min(4 * run.letters, 28) - (10 if len(foreign) > 1 else 0)


def _rest_of_name(parsed: ParsedDescription, run: _Run) -> list[str]:
    """The words behind `run` up to a number, a legal form or a country; then the purpose begins."""
    behind = parsed.words[run.words : parsed.name_end]
    for position, word in enumerate(behind):
        if word in noise.NAME_ENDS:
            return behind[:position]
    return behind


def _belongs(dictionary: Dictionary, word: str, run: _Run, brand: Brand) -> bool:
    """`word` repeats the brand, says what such brands sell, or is in any firm's name."""
    if word in noise.COMPANY_WORDS or word in run.alias.split():
        return True
    hint = dictionary.hints.get(word)
    if hint and hint.category == brand.category:
        return True
    meanings = dictionary.keywords.phrases.get(word, ())
    return any(meaning.category == brand.category for meaning in meanings)


@lru_cache(maxsize=4096)
def _meant(dictionary: Dictionary, alias: str, country: str, mcc_category: str | None) -> _Meant:
    """The likeliest of the brands that share a name, and the percent points of doubt about it."""
    brands = [dictionary.brands[position] for position in dictionary.aliases[alias]]
    brand, doubt = _likeliest(brands, alias, country, mcc_category)
    same_trade = tuple(other for other in brands if other.category == brand.category)
    namesake = _namesake([brand], alias) or _namesake(same_trade, alias)
    if namesake or len(same_trade) == 1:
        return _Meant(brand, doubt, (namesake or brand).name, ())
    return _Meant(brand, doubt, None, same_trade)


def _likeliest(brands: list[Brand], alias: str, country: str, mcc_category: str | None) -> tuple[Brand, int]:
    local = [brand for brand in brands if brand.is_located_in(country)] if country else brands
    doubt = 0 if local else 10
    pool = local or brands
    if len(brands) == 1:
        return brands[0], doubt
    for brand in pool:
        if brand.category == mcc_category:
            return brand, 0
    best = _namesake(pool, alias) or pool[0]
    return best, doubt + max(_doubt(best, brand) for brand in pool)


def _doubt(best: Brand, other: Brand) -> int:
    """A firm in several trades is mostly paid for its main one; two firms of one name are hard to tell."""
    if other.category == best.category:
        return 0
    is_same_firm = other.name.casefold() == best.name.casefold() and other.countries == best.countries
    return 4 if is_same_firm or top_level(other.category) == top_level(best.category) else 10


def _namesake(brands: Sequence[Brand], alias: str) -> Brand | None:
    """The brand that `alias` is the own name of; or, in its trade, the one whose name `alias` begins with."""
    namesake = next((brand for brand in brands if alias in _own_aliases(brand.name)), None)
    if namesake is None:
        return None
    for brand in brands:
        if brand.category == namesake.category and f"{alias} ".startswith(f"{_own_aliases(brand.name)[0]} "):
            return brand
    return namesake


def _described(meant: _Meant, run: _Run, words: list[str]) -> str:
    """The rival of whose full name the text has words; a name of several firms stays as it is printed."""
    own = run.alias.split()
    elsewhere = tuple(word for word in words if len(word) > 3 and word not in own)
    for brand in meant.rivals:
        if any(name.startswith(elsewhere) for name in _own_words(brand.name)):
            return brand.name
    return _as_printed(run.alias)


def _as_printed(alias: str) -> str:
    return alias.upper() if len(alias) < 4 else alias.title()


@lru_cache(maxsize=4096)
def _own_aliases(name: str) -> tuple[str, ...]:
    return tuple(name_spellings(name))


@lru_cache(maxsize=4096)
def _own_words(name: str) -> tuple[str, ...]:
    return tuple(word for spelling in _own_aliases(name) for word in spelling.split())


def _cut_name(dictionary: Dictionary, words: list[str], *, country: str) -> BrandMatch | None:
    beginning = " ".join(words)
    if len(beginning) < MIN_CUT_LETTERS:
        return None
    ordered = dictionary.ordered_aliases
    start = bisect_left(ordered, beginning)
    brands: list[Brand] = []
    for alias in ordered[start : start + MAX_COMPLETIONS]:
        if not alias.startswith(beginning):
            break
        brands += [dictionary.brands[position] for position in dictionary.aliases[alias]]
    pool = [brand for brand in brands if brand.is_located_in(country)] or brands
    if not pool or any(brand.category != pool[0].category for brand in pool):
        return None
    name = pool[0].name if all(brand.name == pool[0].name for brand in pool) else ""
    percent = 60 + min(2 * (len(beginning) - MIN_CUT_LETTERS), 30)
    return BrandMatch(name, pool[0].category, percent, is_cut=True, is_leading=True, end=len(words))


def top_level(category: str) -> str:
    """The first-level category above `category`, or itself."""
    shipped = CATEGORY_BY_CODE.get(category)
    return (shipped and shipped.parent) or category
