"""How often the categoriser is right, how often it answers, how honest its confidence is, how long it takes.

`python -m benchmarks categoriser`. One name is one row; a name that several trades share counts as its
likeliest trade. Held out: a fifth of the names. Every brand that has one of their names, also as another
name, is taken out of the dictionary, out of the word statistics and out of what the model learns, so that only
keywords, shared words, likeness and chance answer. The model is trained anew on the rest (minutes). The person's
country is given where the brand has one; merchant category codes are not; amounts only as money going out.
"""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from benchmarks.bank_text import bank_text
from benchmarks.figures import told
from transactions.categoriser.adapters import dictionary as shipped
from transactions.categoriser.adapters.brand_index import word_hints
from transactions.categoriser.adapters.text_model import MODEL_FILE, TrainedModel, read_model
from transactions.categoriser.adapters.text_training import report, train
from transactions.categoriser.domain.brand_matching import top_level
from transactions.categoriser.domain.categoriser import Categoriser, Source, Verdict
from transactions.categoriser.domain.dictionary import Brand, Dictionary
from transactions.categoriser.domain.merchants import parse

SEED = 20260101
HELD_OUT_SHARE = 0.2
KNOWN_ROWS = 6000
COVERAGE = 0.9
SPENT = Decimal(-10)


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
    loaded = (time.perf_counter() - started) * 1e3
    size = shipped.DICTIONARY_FILE.stat().st_size
    print(
        f"dictionary: {len(stored.brands):,} brands, "
        f"{told('categoriser dictionary size', size, 'bytes', ',')} bytes, "
        f"loaded in {told('categoriser dictionary loaded', loaded, 'ms', '.0f')} ms"
    )

    rng = random.Random(SEED)
    names = _likeliest_brands([brand for brand, _ in stored.brands])
    held_out = rng.sample(names, round(len(names) * HELD_OUT_SHARE))
    hidden = {brand.name.casefold() for brand in held_out}
    hidden_aliases = {
        alias for brand, aliases in stored.brands if brand.name.casefold() in hidden for alias in aliases
    }
    kept = [(brand, aliases) for brand, aliases in stored.brands if hidden_aliases.isdisjoint(aliases)]
    without = Dictionary.of(brands=kept, hints=word_hints(kept), mcc=stored.mcc, keywords=keywords)
    started = time.perf_counter()
    trained = train(stored._replace(brands=kept), keywords)
    model = TrainedModel(trained.weights, trained.calibration)
    spent = time.perf_counter() - started
    print(f"model: trained in {told('categoriser model trained', spent, 's', '.0f')} s. {report(trained)}")
    partial, alone = Categoriser(without, model), Categoriser(without)
    still_known = {brand.name.casefold() for brand, _ in kept}
    known = [brand for brand in names if brand.name.casefold() in still_known]
    held_out_rows = _rows(held_out, rng)
    known_rows = _rows(rng.sample(known, min(KNOWN_ROWS, len(known))), rng)
    held_out_answers, known_answers = _answers(partial, held_out_rows), _answers(partial, known_rows)

    for title, rows, answers in (
        ("brands in the dictionary", known_rows, known_answers),
        ("held-out brands", held_out_rows, held_out_answers),
    ):
        _print_accuracy(f"{title}, dictionary and words alone", _answers(alone, rows))
        _print_model_alone(f"{title}, model alone", model, rows)
        _print_accuracy(f"{title}, both", answers)
        _print_at_coverage(title, alone, model, rows)
    _print_calibration(held_out_answers + known_answers)
    _print_model_cost(
        model,
        [row for row in held_out_rows if alone.categorise(description=row.description).source is Source.NONE],
    )
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
        Answer(row, categoriser.categorise(description=row.description, amount=SPENT, country=row.country))
        for row in rows
    ]


def _print_accuracy(title: str, answers: Sequence[Answer]) -> None:
    given = [answer for answer in answers if answer.is_given]
    right = sum(answer.is_right for answer in given)
    related = sum(top_level(answer.verdict.category) == top_level(answer.row.category) for answer in given)
    name = f"categoriser {title}"
    print(
        f"{title}: {len(answers):,} rows · "
        f"answered {told(f'{name} answered', len(given) / len(answers), 'share', '.1%')} · "
        f"right where answered {told(f'{name} right where answered', right / len(given), 'share', '.1%')} "
        f"(to the first level {told(f'{name} first level', related / len(given), 'share', '.1%')}) · "
        f"right of all {told(f'{name} right of all', right / len(answers), 'share', '.1%')}"
    )
    for source in (Source.DICTIONARY, Source.KEYWORD, Source.MODEL):
        of_source = [answer for answer in given if answer.verdict.source is source]
        if of_source:
            share = sum(answer.is_right for answer in of_source) / len(of_source)
            right_by_source = told(f"{name} by {source}", share, "share", ".1%")
            print(f"    by {source}: {len(of_source):,} rows, {right_by_source} right")


def _print_model_alone(title: str, model: TrainedModel, rows: Sequence[Row]) -> None:
    guesses = [
        model.guess(parse(row.description).key_words, country=row.country.lower(), is_inflow=False)
        for row in rows
    ]
    given = sum(guess is not None for guess in guesses)
    right = sum(
        guess is not None and guess.category == row.category for guess, row in zip(guesses, rows, strict=True)
    )
    name = f"categoriser {title}"
    print(
        f"{title}: answered {told(f'{name} answered', given / len(rows), 'share', '.1%')} · "
        f"right where answered {told(f'{name} right where answered', right / given, 'share', '.1%')}"
    )


def _print_at_coverage(title: str, alone: Categoriser, model: TrainedModel, rows: Sequence[Row]) -> None:
    """The surest answers, were every guess of the model given, until nine rows in ten have one."""
    given: list[tuple[bool, float, bool]] = []
    for answer in _answers(alone, rows):
        if answer.is_given:
            given.append((True, float(answer.verdict.confidence), answer.is_right))
            continue
        words = parse(answer.row.description).key_words
        guess = model.raw_guess(words, country=answer.row.country.lower(), is_inflow=False)
        given.append((False, guess[1] if guess else 0, bool(guess) and guess[0] == answer.row.category))
    surest = sorted(given, reverse=True)[: round(COVERAGE * len(given))]
    right = sum(is_right for *_, is_right in surest) / len(surest)
    name = f"categoriser {title}, made to answer"
    print(f"    both, made to answer {COVERAGE:.0%}: {told(name, right, 'share', '.1%')} right")


def _print_model_cost(model: TrainedModel, rows: Sequence[Row]) -> None:
    started = time.perf_counter()
    read_model(MODEL_FILE)
    loaded = time.perf_counter() - started
    words = [parse(row.description).key_words for row in rows]
    started = time.perf_counter()
    for each, row in zip(words, rows, strict=True):
        model.guess(each, country=row.country.lower(), is_inflow=False)
    spent = (time.perf_counter() - started) / len(rows)
    print(
        f"model: {told('categoriser model size', MODEL_FILE.stat().st_size, 'bytes', ',')} bytes, "
        f"loaded in {told('categoriser model loaded', loaded * 1e3, 'ms', '.0f')} ms, "
        f"{told('categoriser model a row', spent * 1e6, 'µs', '.0f')} µs for each of the "
        f"{len(rows):,} rows that reach it"
    )


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
        name = f"categoriser confidence {bucket * 5 / 100:.2f}+"
        print(
            f"    {bucket * 5 / 100:.2f}+: {len(group):6,} {told(f'{name} mean', float(mean), 'share', '.2f')} "
            f"{told(f'{name} right', share, 'share', '.2f')}"
        )


def _print_speed(categoriser: Categoriser, rows: Sequence[Row]) -> None:
    for title, forgets in (("not seen before", True), ("seen before", False)):
        if forgets:
            categoriser.forget()
        started = time.perf_counter()
        for row in rows:
            categoriser.categorise(description=row.description, country=row.country)
        spent = (time.perf_counter() - started) / len(rows)
        shown = told(f"categoriser row {title}", spent * 1e6, "µs", ".1f")
        print(f"{title}: {shown} µs a row over {len(rows):,} rows")
