"""Finding what was sold in the words of a description, when nobody knows the seller."""

from bisect import bisect_left
from typing import NamedTuple

from transactions.categoriser.domain.brand_matching import top_level
from transactions.categoriser.domain.dictionary import (
    LANGUAGES,
    MIN_COMPOUND_LETTERS,
    Dictionary,
    Keywords,
    Meaning,
    WordHint,
)
from transactions.categoriser.domain.merchants import ParsedDescription
from transactions.categoriser.domain.statement_noise import TAIL_NOISE
from transactions.domain.category_tree import CATEGORY_BY_CODE, CategoryGroup

_INCOME = frozenset(
    code for code, shipped in CATEGORY_BY_CODE.items() if shipped.group is CategoryGroup.INCOME
)
_MEANS_OF_PAYING = frozenset({"transfer"})
MIN_CUT_KEYWORD = 6
MIN_LEADING_LETTERS, MAX_LEADING_LETTERS = 5, 14
BEHIND_A_NUMBER = 20

PHRASE, WHOLE_WORD, COMPOUND_END, COMPOUND_START, CUT_WORD = 86, 80, 76, 66, 68
"""Percent of such findings that are right; the shipped benchmark measures them."""


class WordMatch(NamedTuple):
    word: str
    category: str
    percent: int
    is_keyword: bool


class _Found(NamedTuple):
    phrase: str
    meanings: tuple[Meaning, ...]
    percent: int


def is_income(category: str) -> bool:
    return category in _INCOME


def find_word(
    dictionary: Dictionary, parsed: ParsedDescription, *, country: str, is_inflow: bool | None
) -> WordMatch | None:
    """The keyword or shared brand word that says most.

    Income words (salary, interest received) count only for money coming in or of unknown direction, and then
    before all others; a whole word beats a part of one, which beats a word that the bank cut; a keyword beats
    a word that brands share. A keyword of several meanings is read as the other words of the text suggest,
    then as the languages of `country` do. Words behind a number mostly name a place and count for less.
    """
    name = parsed.words[: parsed.name_end]
    found = _in_words(dictionary, name, country=country, is_inflow=is_inflow)
    if found is None and len(name) < len(parsed.words):
        behind = parsed.words[parsed.name_end :]
        found = _in_words(dictionary, behind, country=country, is_inflow=is_inflow)
        return found and found._replace(percent=found.percent - BEHIND_A_NUMBER)
    return found


def _in_words(
    dictionary: Dictionary, words: list[str], *, country: str, is_inflow: bool | None
) -> WordMatch | None:
    keyword = _best_keyword(dictionary.keywords, words, country=country, is_inflow=is_inflow)
    hint = _best_hint(dictionary, words)
    if keyword is None or hint is None:
        return keyword or hint
    if keyword.category == hint.category:
        return keyword._replace(percent=min(keyword.percent + 8, 94))
    if hint.word in keyword.word.split():
        return keyword
    if is_income(keyword.category) or keyword.percent >= min(hint.percent, WHOLE_WORD):
        return keyword._replace(percent=keyword.percent - 8)
    return hint._replace(percent=hint.percent - 8)


def _best_hint(dictionary: Dictionary, words: list[str]) -> WordMatch | None:
    best: tuple[str, WordHint] | None = None
    for word in words:
        hint = dictionary.hints.get(word)
        if hint is not None and (best is None or hint.percent > best[1].percent):
            best = (word, hint)
    return best and WordMatch(best[0], best[1].category, best[1].percent, is_keyword=False)


def _best_keyword(
    keywords: Keywords, words: list[str], *, country: str, is_inflow: bool | None
) -> WordMatch | None:
    found = _keywords_in(keywords, words)
    if not found:
        return None
    trades = {top_level(one.meanings[0].category) for one in found if len(one.meanings) == 1}
    best: WordMatch | None = None
    best_weight = (False, False, 0)
    matches: list[WordMatch] = []
    for phrase, meanings, percent in found:
        category = _suiting(meanings, trades=trades, country=country, is_inflow=is_inflow)
        if category is None:
            continue
        match = WordMatch(phrase, category, percent, is_keyword=True)
        matches.append(match)
        is_wanted_income = bool(is_inflow) and category in _INCOME
        weight = (is_wanted_income, category not in _MEANS_OF_PAYING, percent + len(phrase))
        if best is None or weight > best_weight:
            best, best_weight = match, weight
    return best and _narrowed(best, matches)


def _narrowed(best: WordMatch, matches: list[WordMatch]) -> WordMatch:
    """`STADTWERKE STROM` is electricity; `STADTWERKE STROM GAS` stays with both, utilities."""
    inner = [match for match in matches if match.category != best.category]
    children = [match for match in inner if top_level(match.category) == best.category]
    if len({match.category for match in children}) != 1:
        return best
    return max(children, key=lambda match: match.percent)


def _suiting(
    meanings: tuple[Meaning, ...], *, trades: set[str], country: str, is_inflow: bool | None
) -> str | None:
    chosen = _of_direction(meanings, is_inflow=is_inflow)
    if len(chosen) < 2:
        return chosen[0].category if chosen else None
    suggested = (meaning for meaning in chosen if top_level(meaning.category) in trades)
    spoken = (
        meaning
        for language in LANGUAGES.get(country, ())
        for meaning in chosen
        if language in meaning.languages
    )
    return next(suggested, next(spoken, chosen[0])).category


def _of_direction(meanings: tuple[Meaning, ...], *, is_inflow: bool | None) -> list[Meaning]:
    spending = [meaning for meaning in meanings if meaning.category not in _INCOME]
    if is_inflow is False:
        return spending
    income = [meaning for meaning in meanings if meaning.category in _INCOME]
    return income or spending if is_inflow else spending or income


def _keywords_in(keywords: Keywords, words: list[str]) -> list[_Found]:
    phrases = keywords.phrases
    found: list[_Found] = []
    for start, word in enumerate(words):
        if word in phrases:
            found.append(_Found(word, phrases[word], WHOLE_WORD))
        elif len(word) > MIN_COMPOUND_LETTERS:
            found += _parts_of(keywords, word)
        for end in range(start + 2, min(start + keywords.longest_phrase, len(words)) + 1):
            phrase = " ".join(words[start:end])
            if phrase in phrases:
                found.append(_Found(phrase, phrases[phrase], PHRASE))
    return found + _completed(keywords, words[-1:])


def _parts_of(keywords: Keywords, word: str) -> list[_Found]:
    longest = min(keywords.longest_compound, len(word) - 1)
    for length in range(longest, MIN_COMPOUND_LETTERS - 1, -1):
        if word[-length:] in keywords.compounds:
            return [_Found(word[-length:], keywords.phrases[word[-length:]], COMPOUND_END)]
    for length in range(min(MAX_LEADING_LETTERS, len(word) - 2), MIN_LEADING_LETTERS - 1, -1):
        if word[:length] in keywords.phrases:
            return [_Found(word[:length], keywords.phrases[word[:length]], COMPOUND_START)]
    return []


def _completed(keywords: Keywords, last: list[str]) -> list[_Found]:
    """The keyword that the last word is cut from, when such words of one category only exist."""
    beginning = last[0] if last else ""
    if len(beginning) < MIN_CUT_KEYWORD or beginning in keywords.phrases or beginning in TAIL_NOISE:
        return []
    position = bisect_left(keywords.ordered_words, beginning)
    whole = [word for word in keywords.ordered_words[position : position + 4] if word.startswith(beginning)]
    meant = {tuple(meaning.category for meaning in keywords.phrases[word]) for word in whole}
    return [_Found(whole[0], keywords.phrases[whole[0]], CUT_WORD)] if len(meant) == 1 else []
