"""Which category a transaction belongs to, how sure that is, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from transactions.categoriser.domain import explanations
from transactions.categoriser.domain.brand_matching import BrandMatch, find_brand, top_level
from transactions.categoriser.domain.dictionary import Dictionary, MccMeaning
from transactions.categoriser.domain.merchants import (
    MAX_DESCRIPTION,
    ParsedDescription,
    display_name,
    name_words,
    parse,
)
from transactions.categoriser.domain.word_matching import WordMatch, find_word, is_income
from transactions.categoriser.ports import Guess, TextModel
from transactions.domain.category_tree import CATEGORY_BY_CODE, UNCATEGORISED, CategoryGroup

THRESHOLD_PERCENT = 65
"""Below this confidence of dictionary, code and words the model is asked, and then nobody."""

MCC_PERCENT = 88
CONTRADICTION = 15
"""Percent points that a brand loses when the card network's code names another trade; a word costs half."""

CACHED_JUDGEMENTS = 20_000
_SHOWN_LETTERS = 60
_PERCENTS = tuple(Decimal(percent).scaleb(-2) for percent in range(101))
_DECISIVE = frozenset({"cash-withdrawal"})
_SPENDING = frozenset({CategoryGroup.NEEDS, CategoryGroup.WANTS})
_UTILITIES = "utilities"
_NO_CORRECTIONS: Mapping[str, str] = {}


class Source(StrEnum):
    CORRECTION = "correction"
    DICTIONARY = "dictionary"
    MCC = "mcc"
    KEYWORD = "keyword"
    MODEL = "model"
    NONE = "none"


_OPEN = frozenset({Source.MODEL, Source.NONE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confidence`: 0.00 to 1.00, two places; of answers with 0.90 some nine in ten are right.

    `category` is a shipped code, or, for a correction, whatever the person's correction holds.
    """

    merchant_key: str
    merchant_name: str
    category: str
    source: Source
    confidence: Decimal
    reason: str


class _Judgement(NamedTuple):
    text_key: str
    verdict: Verdict


class _Finding(NamedTuple):
    category: str
    source: Source
    percent: int
    reason: str


class Categoriser:
    """Categorises descriptions by one dictionary and, behind it, a model of names; remembers its latest judgements."""

    __slots__ = ("_dictionary", "_judge", "_model")

    def __init__(self, dictionary: Dictionary, model: TextModel | None = None) -> None:
        self._dictionary = dictionary
        self._model = model
        self._judge = lru_cache(maxsize=CACHED_JUDGEMENTS)(self._judge_afresh)

    def categorise(
        self,
        *,
        description: str,
        amount: Decimal | None = None,
        country: str = "",
        mcc: str | None = None,
        corrections: Mapping[str, str] = _NO_CORRECTIONS,
        habits: TextModel | None = None,
    ) -> Verdict:
        """The category of a transaction; never raises, answers `uncategorised` when unsure.

        The person's own `corrections` (merchant key → category) come first, then the brand dictionary, the
        merchant category code, words; then `habits`, what the person taught about merchants of like names, and the
        model. `amount` is signed, outflow negative: money coming in for a shop is a
        refund and stays in the shop's category. `country` is the person's (ISO 3166 alpha-2).
        """
        is_inflow = amount > 0 if amount else None
        text_key, verdict = self._judge(description, is_inflow, country.lower(), mcc)
        if corrections:
            corrected = corrections.get(verdict.merchant_key) or corrections.get(text_key)
            if corrected:
                return _corrected(verdict, corrected)
        if habits and verdict.source in _OPEN:
            guess = habits.guess(text_key.split(), country=country.lower(), is_inflow=is_inflow)
            return _guessed(verdict, guess) if guess else verdict
        return verdict

    def forget(self) -> None:
        """Drop the remembered judgements (for measurements)."""
        self._judge.cache_clear()

    def _judge_afresh(
        self,
        description: str,
        is_inflow: bool | None,  # noqa: FBT001 (lru_cache is quicker on positions)
        country: str,
        mcc: str | None,
    ) -> _Judgement:
        parsed = parse(description)
        by_mcc = self._dictionary.mcc.get(mcc) if mcc else None
        brand = find_brand(
            self._dictionary, parsed, country=country, mcc_category=by_mcc.category if by_mcc else None
        )
        brand = brand and self._billed(brand, parsed, country)
        word = find_word(self._dictionary, parsed, country=country, is_inflow=is_inflow)
        finding = _finding(description, is_inflow=is_inflow, mcc=mcc, by_mcc=by_mcc, brand=brand, word=word)
        text_key = " ".join(parsed.key_words)
        key, name = _merchant(description, parsed, text_key, _naming(brand, finding))
        if finding is None or finding.percent < THRESHOLD_PERCENT:
            reason = explanations.because_unsure(finding.category if finding else None)
            guess = self._model and self._model.guess(parsed.key_words, country=country, is_inflow=is_inflow)
            finding = (
                _by_model(guess)
                if guess
                else _Finding(UNCATEGORISED, Source.NONE, finding.percent if finding else 0, reason)
            )
        confidence = _PERCENTS[max(0, min(finding.percent, 100))]
        return _Judgement(
            text_key, Verdict(key, name, finding.category, finding.source, confidence, finding.reason)
        )

    def _billed(self, brand: BrandMatch, parsed: ParsedDescription, country: str) -> BrandMatch:
        """A utility bills several things; a word behind its name says which (`E.ON ABSCHLAG GAS`)."""
        if top_level(brand.category) != _UTILITIES:
            return brand
        behind = parsed._replace(words=parsed.words[brand.end : parsed.name_end], name_end=MAX_DESCRIPTION)
        word = find_word(self._dictionary, behind, country=country, is_inflow=False)
        if (
            word
            and word.is_keyword
            and word.category != _UTILITIES
            and top_level(word.category) == _UTILITIES
        ):
            return brand._replace(category=word.category)
        return brand


def _corrected(verdict: Verdict, category: str) -> Verdict:
    return replace(
        verdict,
        category=category,
        source=Source.CORRECTION,
        confidence=_PERCENTS[100],
        reason=explanations.because_corrected(verdict.merchant_name or "this text"),
    )


def _guessed(verdict: Verdict, guess: Guess) -> Verdict:
    return replace(
        verdict,
        category=guess.category,
        source=Source.MODEL,
        confidence=_PERCENTS[guess.percent],
        reason=explanations.because_like_taught(guess.percent),
    )


def _naming(brand: BrandMatch | None, finding: _Finding | None) -> BrandMatch | None:
    """The brand that names the merchant: inside the text, only one that also gives the category.

    `CAFE SCHMIDT` is a café, not the furniture maker.
    """
    if brand is None or not brand.name or brand.percent < THRESHOLD_PERCENT:
        return None
    if brand.is_leading or (finding and _is_same_trade(finding.category, brand.category)):
        return brand
    return None


def _merchant(
    description: str, parsed: ParsedDescription, text_key: str, brand: BrandMatch | None
) -> tuple[str, str]:
    if brand:
        return " ".join(name_words(brand.name)), brand.name
    return text_key, display_name(description, parsed.key_words)


def _finding(
    description: str,
    *,
    is_inflow: bool | None,
    mcc: str | None,
    by_mcc: MccMeaning | None,
    brand: BrandMatch | None,
    word: WordMatch | None,
) -> _Finding | None:
    if word and word.is_keyword and _is_decisive(word, is_inflow=is_inflow, has_brand=brand is not None):
        return _by_word(word)
    found = _by_brand(description, brand, by_mcc, word) if brand else None
    if by_mcc and mcc and (found is None or found.percent < MCC_PERCENT - CONTRADICTION):
        found = _by_mcc(mcc, by_mcc, word)
    if word and (found is None or _is_outweighed(found, word)):
        found = _by_word(word)
    if found and is_inflow and CATEGORY_BY_CODE[found.category].group in _SPENDING:
        return found._replace(percent=found.percent - 5, reason=explanations.as_refund(found.reason))
    return found


def _is_decisive(word: WordMatch, *, is_inflow: bool | None, has_brand: bool) -> bool:
    """Words that say what the money did, whoever it went through: `ATM`, and for money coming in `SALARY`.

    A refund by a known shop stays with the shop's category.
    """
    if word.category == "refunds" and has_brand:
        return False
    return word.category in _DECISIVE or (bool(is_inflow) and is_income(word.category))


def _is_outweighed(found: _Finding, word: WordMatch) -> bool:
    """A part of a name (`HOLIDAY` in `HOLIDAY HAIR`) gives way to a clearer word for another trade."""
    if is_income(word.category) or _is_same_trade(found.category, word.category):
        return False
    return found.percent < word.percent and (word.is_keyword or found.percent < THRESHOLD_PERCENT)


def _by_brand(
    description: str, brand: BrandMatch, by_mcc: MccMeaning | None, word: WordMatch | None
) -> _Finding:
    percent = brand.percent
    if by_mcc:
        percent += 2 if _is_same_trade(by_mcc.category, brand.category) else -CONTRADICTION
    if word and word.is_keyword and not is_income(word.category):
        percent += 3 if _is_same_trade(word.category, brand.category) else -CONTRADICTION // 2
    shown = " ".join(description.split())[:_SHOWN_LETTERS]
    explain = explanations.because_cut_name if brand.is_cut and brand.name else explanations.because_brand
    name = brand.name or "a brand whose name was cut"
    return _Finding(brand.category, Source.DICTIONARY, min(percent, 98), explain(shown, name, brand.category))


def _by_mcc(mcc: str, meaning: MccMeaning, word: WordMatch | None) -> _Finding:
    percent = MCC_PERCENT
    if word:
        percent += 5 if _is_same_trade(word.category, meaning.category) else -5
    return _Finding(meaning.category, Source.MCC, percent, explanations.because_mcc(mcc, meaning.description))


def _by_word(word: WordMatch) -> _Finding:
    explain = explanations.because_keyword if word.is_keyword else explanations.because_shared_word
    return _Finding(word.category, Source.KEYWORD, word.percent, explain(word.word, word.category))


def _by_model(guess: Guess) -> _Finding:
    reason = explanations.because_like(guess.category, guess.percent)
    return _Finding(guess.category, Source.MODEL, guess.percent, reason)


def _is_same_trade(one: str, other: str) -> bool:
    return one == other or top_level(one) == top_level(other)
