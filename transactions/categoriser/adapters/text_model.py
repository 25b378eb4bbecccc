"""The trained statistical categoriser: a small file of weights, evaluated with NumPy alone.

The file is gzip: a line of JSON (version, inputs, categories, marks, calibration), then one signed byte for each mark
and category. A score is scale x sum of a category's bytes / sqrt(marks found) + intercept; the softmax of sharpness x
score goes through the calibration, a rising line through points measured on brands that were held out.
"""

import gzip
import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from transactions.categoriser.domain.text_features import LONGEST, MAX_LETTERS, MAX_WORDS, SHORTEST, marks
from transactions.categoriser.ports import Guess
from transactions.domain.category_tree import CATEGORY_BY_CODE, UNCATEGORISED, CategoryGroup

VERSION = 1
MODEL_FILE = Path(__file__).resolve().parent.parent / "data" / "text_model.gz"
MARKS = {"shortest": SHORTEST, "longest": LONGEST, "words": MAX_WORDS, "letters": MAX_LETTERS}


class UnusableModelError(Exception):
    """The file was written by another version of the code; train it anew."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """`raw` to `percents`: points of a rising line, both from 0 to 100; `least`: the percent a guess needs."""

    raw: tuple[float, ...]
    percents: tuple[float, ...]
    least: int

    def percent(self, raw: float) -> int:
        """How many of a hundred guesses with this raw percentage are right, rounded down."""
        position = bisect_left(self.raw, raw)
        if position in {0, len(self.raw)}:
            return int(self.percents[min(position, len(self.raw) - 1)])
        (left, right), (low, high) = (
            self.raw[position - 1 : position + 1],
            self.percents[position - 1 : position + 1],
        )
        return int(low + (high - low) * (raw - left) / (right - left))


@dataclass(frozen=True, slots=True)
class Weights:
    """`grid`: one row of bytes a mark, one column a category; `scales` and `intercepts`: one a category."""

    categories: tuple[str, ...]
    marks: tuple[str, ...]
    grid: np.ndarray[Any, np.dtype[np.int8]]
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]
    sharpness: float


class TrainedModel:
    """Guesses by the weights of a trained file; immutable. `inputs` is the digest of what it was trained from."""

    __slots__ = (
        "_calibration",
        "_intercepts",
        "_masks",
        "_rows",
        "_scales",
        "_weights",
        "categories",
        "inputs",
    )

    def __init__(self, weights: Weights, calibration: Calibration, *, inputs: str = "") -> None:
        self._weights, self._calibration, self.inputs = weights, calibration, inputs
        self._rows: Mapping[str, int] = {mark: row for row, mark in enumerate(weights.marks)}
        self._scales = np.asarray(weights.scales, dtype=np.float32)
        self._intercepts = np.asarray(weights.intercepts, dtype=np.float32)
        self.categories = weights.categories
        is_income = np.array([_is_income(category) for category in weights.categories])
        self._masks = {True: is_income, False: ~is_income, None: np.ones_like(is_income)}

    def guess(self, words: Sequence[str], *, country: str, is_inflow: bool | None) -> Guess | None:
        raw = self.raw_guess(words, country=country, is_inflow=is_inflow)
        if raw is None or raw[0] == UNCATEGORISED:
            return None
        percent = self._calibration.percent(raw[1])
        return Guess(raw[0], percent) if percent >= self._calibration.least else None

    def raw_guess(
        self, words: Sequence[str], *, country: str, is_inflow: bool | None
    ) -> tuple[str, float] | None:
        """The likeliest category that suits the direction, and its percentage before calibration."""
        scores = self.scores(words, country=country)
        if scores is None:
            return None
        odds = np.exp(self._weights.sharpness * (scores - scores.max()))
        suiting = np.where(self._masks[is_inflow], odds, 0)
        best = int(suiting.argmax())
        return self._weights.categories[best], float(100 * suiting[best] / odds.sum())

    def scores(
        self, words: Sequence[str], *, country: str
    ) -> np.ndarray[Any, np.dtype[np.floating[Any]]] | None:
        """One score a category; None where nothing in `words` was ever seen."""
        rows = [row for mark in marks(words, country=country) if (row := self._rows.get(mark)) is not None]
        if not rows:
            return None
        summed = self._weights.grid[rows].sum(axis=0, dtype=np.int32)
        scores: np.ndarray[Any, np.dtype[np.floating[Any]]] = (
            self._scales * summed / np.sqrt(len(rows)) + self._intercepts
        )
        return scores


@lru_cache(maxsize=1)
def shipped_model() -> TrainedModel:
    """The model of the shipped file, read at the first call of a process."""
    return read_model(MODEL_FILE)


def read_model(path: Path) -> TrainedModel:
    """What `write_model` wrote to `path`.

    :raises UnusableModelError: when the file is of another version or looks at other marks.
    """
    head, _, grid = gzip.decompress(path.read_bytes()).partition(b"\n")
    content = json.loads(head)
    if (content["version"], content["features"]) != (VERSION, MARKS):
        raise UnusableModelError(
            f"{path.name} is not of version {VERSION}; `manage.py train_categoriser` writes it."
        )
    stored = content["weights"]
    weights = Weights(
        categories=tuple(stored["categories"]),
        marks=tuple(stored["marks"].split("\t")),
        grid=np.frombuffer(grid, dtype=np.int8).reshape(-1, len(stored["categories"])),
        scales=tuple(stored["scales"]),
        intercepts=tuple(stored["intercepts"]),
        sharpness=stored["sharpness"],
    )
    points = content["calibration"]
    calibration = Calibration(tuple(points["raw"]), tuple(points["percents"]), least=points["least"])
    return TrainedModel(weights, calibration, inputs=content.get("inputs", ""))


def write_model(path: Path, *, weights: Weights, calibration: Calibration, inputs: str = "") -> None:
    """The same weights always make the same bytes."""
    content = {
        "version": VERSION,
        "inputs": inputs,
        "features": MARKS,
        "calibration": asdict(calibration),
        "weights": {
            "categories": weights.categories,
            "marks": "\t".join(weights.marks),
            "scales": weights.scales,
            "intercepts": weights.intercepts,
            "sharpness": weights.sharpness,
        },
    }
    head = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(head.encode() + b"\n" + weights.grid.tobytes(), compresslevel=9, mtime=0))


def _is_income(category: str) -> bool:
    return category in CATEGORY_BY_CODE and CATEGORY_BY_CODE[category].group is CategoryGroup.INCOME
