"""The shipped dictionary: written by `build_dictionary`, read once a process."""

import gc
import gzip
import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from transactions.categoriser.adapters.text_model import shipped_model
from transactions.categoriser.domain.categoriser import Categoriser
from transactions.categoriser.domain.dictionary import Brand, Dictionary, Keywords, MccMeaning, WordHint
from transactions.categoriser.domain.merchants import name_spellings

DATA = Path(__file__).resolve().parent.parent / "data"
DICTIONARY_FILE = DATA / "dictionary.json.gz"
KEYWORDS_FILE = DATA / "keywords.toml"
OWN_MERCHANTS_FILE = DATA / "merchants.toml"


@lru_cache(maxsize=1)
def shipped_categoriser() -> Categoriser:
    """The categoriser over the shipped dictionary, keywords and model, built at the first call of a process."""
    dictionary = read_dictionary(DICTIONARY_FILE, keywords=read_keywords(KEYWORDS_FILE))
    categoriser = Categoriser(dictionary, shipped_model())
    # It lives as long as the process; the collector would look at each of its many objects again and again.
    gc.freeze()
    return categoriser


def read_keywords(path: Path) -> Keywords:
    """Keywords from a TOML file of category → language → words; umlauts are known in both spellings."""
    listed: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Keywords.of(
        {
            category: {
                language: [spelling for phrase in phrases for spelling in name_spellings(phrase)]
                for language, phrases in by_language.items()
            }
            for category, by_language in listed.items()
        }
    )


class StoredDictionary(NamedTuple):
    """What the file holds: brands with their folded names, the likeliest meaning of a shared name first."""

    brands: list[tuple[Brand, list[str]]]
    hints: dict[str, WordHint]
    mcc: dict[str, MccMeaning]


def read_stored(path: Path) -> StoredDictionary:
    """What `write_dictionary` wrote to `path`."""
    content = json.loads(gzip.decompress(path.read_bytes()))
    return StoredDictionary(
        brands=[
            (Brand(name, category, countries), aliases.split("|"))
            for name, category, countries, aliases in content["brands"]
        ],
        hints={word: WordHint(*hint) for word, hint in content["hints"].items()},
        mcc={code: MccMeaning(*meaning) for code, meaning in content["mcc"].items()},
    )


def read_dictionary(path: Path, *, keywords: Keywords) -> Dictionary:
    """The dictionary in `path`, ready for look-ups."""
    stored = read_stored(path)
    return Dictionary.of(brands=stored.brands, hints=stored.hints, mcc=stored.mcc, keywords=keywords)


def write_dictionary(
    path: Path,
    *,
    brands: Iterable[tuple[Brand, Iterable[str]]],
    hints: Mapping[str, WordHint],
    mcc: Mapping[str, MccMeaning],
) -> None:
    """The same content always makes the same bytes."""
    content = {
        "brands": [[*brand, "|".join(aliases)] for brand, aliases in brands],
        "hints": hints,
        "mcc": mcc,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
