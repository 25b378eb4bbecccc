"""Training the statistical categoriser with scikit-learn, which only this needs and only developers have.

A linear support vector machine a category, over the marks of names. How sure its answers are is measured on names
of brands it has not seen, and only on those that dictionary and words leave open, as these are all it is asked.
"""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from transactions.categoriser.adapters.brand_index import word_hints
from transactions.categoriser.adapters.dictionary import StoredDictionary
from transactions.categoriser.adapters.text_model import Calibration, TrainedModel, Weights
from transactions.categoriser.adapters.training_text import (
    Example,
    brand_examples,
    person_examples,
    printed,
    word_examples,
)
from transactions.categoriser.domain.categoriser import Categoriser, Source
from transactions.categoriser.domain.dictionary import Brand, Dictionary, Keywords
from transactions.categoriser.domain.merchants import parse
from transactions.categoriser.domain.text_features import marks

SEED = 20260101
FOLDS = 4
MARKS_KEPT = 20_000
MIN_EXAMPLES = 3
"""A mark of fewer examples is not weighed."""

PENALTY = 0.3
ROUGH, FINE = 0.1, 0.003
"""Tolerances: to choose the marks, and to weigh them."""

SHARPNESS = 5.0
RIGHT_TOGETHER = 0.70
"""The guesses that are given must, all together, be right this often on held-out brands."""

SUREST = 95
"""Percent that no name goes beyond, however few of its likes were wrong."""

EVERYDAY = 1000
"""A category with more brands counts as one with this many: there are far more bus companies than bus rides."""

Listed = tuple[Brand, Sequence[str]]


class Trial(NamedTuple):
    """A guess about a brand that the model had not seen: raw percentage, and whether it is right."""

    raw: float
    is_right: bool
    weight: float


class Trained(NamedTuple):
    weights: Weights
    calibration: Calibration
    trials: Sequence[Trial]


def train(stored: StoredDictionary, keywords: Keywords, *, marks_kept: int = MARKS_KEPT) -> Trained:
    """The model of a dictionary and its keywords; the same input always makes the same weights."""
    brands = list(stored.brands)
    weigh = _category_weights(brands)
    general = [*word_examples(keywords, stored.mcc.values()), *person_examples(chance=random.Random(SEED))]  # noqa: S311
    trials: list[Trial] = []
    for held_out in folds(brands):
        kept = [brand for position, brand in enumerate(brands) if position not in held_out]
        model = TrainedModel(
            fit([*_examples(kept, weigh), *general], marks_kept=marks_kept), Calibration((0,), (0,), least=0)
        )
        asked = Categoriser(
            Dictionary.of(brands=kept, hints=word_hints(kept), mcc=stored.mcc, keywords=keywords)
        )
        trials += _trials(model, asked, [brands[position] for position in sorted(held_out)], weigh)
    return Trained(
        weights=fit([*_examples(brands, weigh), *general], marks_kept=marks_kept),
        calibration=calibrate(trials),
        trials=trials,
    )


def digest_of(stored: StoredDictionary, keywords: Keywords) -> str:
    """32 hex digits, different wherever a model would be trained from other data; comments do not count."""
    content = [stored.brands, stored.mcc, sorted(keywords.phrases.items())]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def folds(brands: Sequence[Listed], *, count: int = FOLDS) -> list[set[int]]:
    """Positions in `brands`, parted so that brands with a name in common stay together."""
    groups: dict[int, list[int]] = defaultdict(list)
    owners: dict[str, int] = {}
    leaders = list(range(len(brands)))

    def leader(position: int) -> int:
        while leaders[position] != position:
            leaders[position] = position = leaders[leaders[position]]
        return position

    for position, (brand, aliases) in enumerate(brands):
        for name in (brand.name.casefold(), *aliases):
            leaders[leader(position)] = leader(owners.setdefault(name, position))
    for position in range(len(brands)):
        groups[leader(position)].append(position)
    shuffled = [groups[first] for first in sorted(groups)]
    random.Random(SEED).shuffle(shuffled)  # noqa: S311
    return [{position for group in shuffled[start::count] for position in group} for start in range(count)]


def fit(examples: Iterable[Example], *, marks_kept: int) -> Weights:
    """Weights of the marks that say most, as signed bytes."""
    from sklearn.feature_extraction.text import CountVectorizer

    listed = [example for example in examples if example.words]
    counter = CountVectorizer(analyzer=_marks_of, min_df=MIN_EXAMPLES, binary=True, dtype=np.float32)
    counts = counter.fit_transform(listed)
    names = counter.get_feature_names_out()
    rough = np.linalg.norm(_machine(counts, listed, tolerance=ROUGH).coef_, axis=0)
    kept = np.sort(np.argsort(-rough, kind="stable")[:marks_kept])
    machine = _machine(counts[:, kept], listed, tolerance=FINE)
    scales = np.abs(machine.coef_).max(axis=1) / 127
    return Weights(
        categories=tuple(map(str, machine.classes_)),
        marks=tuple(map(str, names[kept])),
        grid=np.ascontiguousarray(np.round(machine.coef_ / scales[:, None]).astype(np.int8).T),
        scales=_rounded(scales),
        intercepts=_rounded(machine.intercept_),
        sharpness=SHARPNESS,
    )


def calibrate(trials: Sequence[Trial]) -> Calibration:
    """Raw to true percentages by isotonic regression, and the least that a guess needs."""
    from sklearn.isotonic import IsotonicRegression

    if not trials:
        return Calibration(raw=(0,), percents=(0,), least=100)
    raw = np.array([trial.raw for trial in trials])
    right = np.array([trial.is_right for trial in trials], dtype=float)
    weight = np.array([trial.weight for trial in trials])
    line = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(raw, right, sample_weight=weight)
    order = np.argsort(-raw, kind="stable")
    share = np.cumsum((right * weight)[order]) / np.cumsum(weight[order])
    good = np.flatnonzero(share >= RIGHT_TOGETHER)
    least = min(100 * line.predict([raw[order][good[-1]]])[0], SUREST) if len(good) else 100
    return Calibration(
        raw=_rounded(line.X_thresholds_),
        percents=_rounded(np.minimum(100 * line.y_thresholds_, SUREST)),
        least=int(least),
    )


def report(trained: Trained) -> str:
    """What to expect of the guesses, measured on one half of the trials after calibrating on the other."""
    middle = len(trained.trials) // 2
    line, unseen = calibrate(trained.trials[:middle]), trained.trials[middle:]
    told = [(line.percent(trial.raw), trial) for trial in unseen]
    given = [(percent, trial) for percent, trial in told if percent >= line.least]
    tenths: dict[int, list[tuple[int, Trial]]] = defaultdict(list)
    for percent, trial in given:
        tenths[percent // 10].append((percent, trial))
    error = sum(
        abs(sum(percent * trial.weight for percent, trial in each) - 100 * _right(each))
        for each in tenths.values()
    )
    weight = sum(trial.weight for _, trial in given) or 1
    return (
        f"Of {len(unseen):,} names that were left open, {len(given) / len(unseen):.1%} get a guess "
        f"(from {line.least} % on) and {_right(given) / weight:.1%} of the guesses are right; "
        f"expected calibration error {error / weight:.1f} points."
    )


def _right(told: Iterable[tuple[int, Trial]]) -> float:
    return sum(trial.weight for _, trial in told if trial.is_right)


def _machine(counts: Any, listed: Sequence[Example], *, tolerance: float) -> Any:
    from sklearn.preprocessing import normalize
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=PENALTY, tol=tolerance, random_state=SEED)
    return machine.fit(
        normalize(counts),
        [example.category for example in listed],
        sample_weight=[example.weight for example in listed],
    )


def _marks_of(example: Example) -> list[str]:
    return sorted(marks(example.words, country=example.country))


def _category_weights(brands: Iterable[Listed]) -> dict[str, float]:
    counts: dict[str, int] = defaultdict(int)
    for brand, _ in brands:
        counts[brand.category] += 1
    return {category: min(1, EVERYDAY / count) for category, count in counts.items()}


def _examples(brands: Iterable[Listed], weigh: dict[str, float]) -> Iterator[Example]:
    chance = random.Random(SEED)  # noqa: S311
    for brand, aliases in brands:
        for example in brand_examples(brand, aliases, chance=chance):
            yield example._replace(weight=example.weight * weigh[brand.category])


def _trials(
    model: TrainedModel, asked: Categoriser, brands: Iterable[Listed], weigh: dict[str, float]
) -> Iterator[Trial]:
    chance = random.Random(SEED + 1)  # noqa: S311
    for brand, _ in brands:
        description = printed(brand.name, chance)
        country = chance.choice(brand.countries.split() or [""])
        if asked.categorise(description=description, country=country).source is not Source.NONE:
            continue
        guess = model.raw_guess(parse(description).key_words, country=country, is_inflow=False)
        if guess:
            yield Trial(guess[1], guess[0] == brand.category, weigh[brand.category])


def _rounded(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
