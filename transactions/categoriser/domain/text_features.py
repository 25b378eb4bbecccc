"""The marks of a merchant's name that the statistical categoriser weighs."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

SHORTEST, LONGEST = 2, 5
"""Letters in a piece of a word; a word's beginning and end count as letters."""

MAX_WORDS = 8
MAX_LETTERS = 24
CACHED_WORDS = 4096


def marks(words: Sequence[str], *, country: str) -> set[str]:
    """Pieces of words, whole words, neighbouring words and the country; `words` are folded as `parse` does."""
    looked_at = [word[:MAX_LETTERS] for word in words[:MAX_WORDS]]
    found = {piece for word in looked_at for piece in _pieces(word)}
    found.update(f"{one}_{other}" for one, other in pairwise(looked_at))
    if found and country:
        found.add(f"@{country}")
    return found


@lru_cache(maxsize=CACHED_WORDS)
def _pieces(word: str) -> tuple[str, ...]:
    bounded = f" {word} "
    pieces = {
        bounded[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(bounded) - length + 1)
    }
    return (f"={word}", *pieces)
