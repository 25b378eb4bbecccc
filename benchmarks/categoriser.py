"""How often the categoriser is right, how often it answers, how honest its confidence is, how long it takes.

`python -m benchmarks.categoriser`. One name is one row; a name that several trades share counts as its
likeliest trade. Held out: a fifth of the names. Every brand that has one of their names, also as another
name, is taken out of the dictionary and out of the word statistics, so that only keywords, shared words and
chance answer. The person's country is given where the brand has one; neither amounts nor merchant category
codes are.
"""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.bank_text import bank_text
from transactions.adapters import dictionary as shipped
from transactions.adapters.brand_index import word_hints
from transactions.domain.brand_matching import top_level
from transactions.domain.categoriser import Categoriser, Source, Verdict
from transactions.domain.dictionary import Brand, Dictionary

SEED = 20260101
HELD_OUT_SHARE = 0.2
KNOWN_ROWS = 6000


class Row(NamedTuple):
    description: str
    country: str
    category: str


class Answer(NamedTuple):
    row: Row
    verdict: Verdict

    @property
    def is_given(self) -> bool:
        return self.verdict.source is not Source.NONE

    @property
    def is_right(self) -> bool:
        return self.verdict.category == self.row.category


def run() -> None:
    started = time.perf_counter()
    stored = shipped.read_stored(shipped.DICTIONARY_FILE)
    keywords = shipped.read_keywords(shipped.KEYWORDS_FILE)
    Dictionary.of(brands=stored.brands, hints=stored.hints, mcc=stored.mcc, keywords=keywords)
    print(
        f"dictionary: {len(stored.brands):,} brands, {shipped.DICTIONARY_FILE.stat().st_size:,} bytes, "
        f"loaded in {(time.perf_counter() - started) * 1000:.0f} ms"
    )

    rng = random.Random(SEED)
    names = _likeliest_brands([brand for brand, _ in stored.brands])
    held_out = rng.sample(names, round(len(names) * HELD_OUT_SHARE))
    hidden = {brand.name.casefold() for brand in held_out}
    hidden_aliases = {
        alias for brand, aliases in stored.brands if brand.name.casefold() in hidden for alias in aliases
    }
    kept = [(brand, aliases) for brand, aliases in stored.brands if hidden_aliases.isdisjoint(aliases)]
    partial = Categoriser(
        Dictionary.of(brands=kept, hints=word_hints(kept), mcc=stored.mcc, keywords=keywords)
    )
    still_known = {brand.name.casefold() for brand, _ in kept}
    known = [brand for brand in names if brand.name.casefold() in still_known]
    held_out_answers = _answers(partial, _rows(held_out, rng))
    known_answers = _answers(partial, _rows(rng.sample(known, min(KNOWN_ROWS, len(known))), rng))

    _print_accuracy("brands in the dictionary", known_answers)
    _print_accuracy("held-out brands", held_out_answers)
    _print_calibration(held_out_answers + known_answers)
    _print_speed(partial, [answer.row for answer in held_out_answers + known_answers])


def _likeliest_brands(brands: Sequence[Brand]) -> list[Brand]:
    likeliest: dict[str, Brand] = {}
    for brand in brands:
        likeliest.setdefault(brand.name.casefold(), brand)
    return list(likeliest.values())


def _rows(brands: Sequence[Brand], rng: random.Random) -> list[Row]:
    return [
        Row(bank_text(brand.name, rng), rng.choice(brand.countries.split() or [""]), brand.category)
        for brand in brands
    ]


def _answers(categoriser: Categoriser, rows: Sequence[Row]) -> list[Answer]:
    return [
        Answer(row, categoriser.categorise(description=row.description, country=row.country)) for row in rows
    ]


def _print_accuracy(title: str, answers: Sequence[Answer]) -> None:
    given = [answer for answer in answers if answer.is_given]
    right = sum(answer.is_right for answer in given)
    related = sum(top_level(answer.verdict.category) == top_level(answer.row.category) for answer in given)
    print(
        f"{title}: {len(answers):,} rows · answered {len(given) / len(answers):.1%} · "
        f"right where answered {right / len(given):.1%} (to the first level {related / len(given):.1%}) · "
        f"right of all {right / len(answers):.1%}"
    )
    for source in (Source.DICTIONARY, Source.KEYWORD):
        of_source = [answer for answer in given if answer.verdict.source is source]
        if of_source:
            share = sum(answer.is_right for answer in of_source) / len(of_source)
            print(f"    by {source}: {len(of_source):,} rows, {share:.1%} right")


def _print_calibration(answers: Sequence[Answer]) -> None:
    print("confidence: rows, mean confidence, share right (both sets together)")
    buckets: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.is_given:
            buckets[int(answer.verdict.confidence * 20)].append(answer)
    for bucket in sorted(buckets):
        group = buckets[bucket]
        mean = sum(answer.verdict.confidence for answer in group) / len(group)
        share = sum(answer.is_right for answer in group) / len(group)
        print(f"    {bucket * 5 / 100:.2f}+: {len(group):6,} {mean:.2f} {share:.2f}")


def _print_speed(categoriser: Categoriser, rows: Sequence[Row]) -> None:
    for title, forgets in (("not seen before", True), ("seen before", False)):
        if forgets:
            categoriser.forget()
        started = time.perf_counter()
        for row in rows:
            categoriser.categorise(description=row.description, country=row.country)
        spent = (time.perf_counter() - started) / len(rows)
        print(f"{title}: {spent * 1e6:.1f} µs a row over {len(rows):,} rows")


if __name__ == "__main__":
    run()
