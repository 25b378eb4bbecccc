"""Names of brands in other scripts, written by `build_dictionary` and read once a process.

A brand has one name in the dictionary, that of its signs. Who reads Latin letters gets `Fantastico` for `Фантастико`,
who reads Bulgarian `Лидл` for `Lidl`; a name in letters that the person reads stays as it is.
"""

import gzip
import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
NAMES_FILE = DATA / "merchant_names.json.gz"
OWN_NAMES_FILE = DATA / "merchant_names.toml"
IN_CYRILLIC = frozenset({"bg"})
SCRIPTS = {"LATIN": "latin", "CYRILLIC": "cyrillic"}

NAMING_TAGS = ("name", "brand", "operator", "network")

Names = dict[str, dict[str, str]]


@lru_cache(maxsize=16)
def shipped_merchant_names(language: str) -> Mapping[str, str]:
    """Name in the dictionary → name for who reads this language."""
    names = _stored()
    if language not in IN_CYRILLIC:
        return MappingProxyType(names["latin"])
    readable = {name: shown for name, shown in names["latin"].items() if "cyrillic" not in scripts_of(name)}
    return MappingProxyType(readable | names["cyrillic"])


@lru_cache(maxsize=1)
def _stored() -> Names:
    return read_names(NAMES_FILE)


def read_names(path: Path) -> Names:
    """What `write_names` wrote: script → name in the dictionary → name in that script."""
    found: Names = json.loads(gzip.decompress(path.read_bytes()))
    return found


def write_names(path: Path, names: Names) -> None:
    """The same content always makes the same bytes."""
    text = json.dumps(names, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def collect_names(*, package: Path, own_names: Path, listed: Container[str]) -> Names:
    """Names in another script of the brands in `listed`: ours, and else the commonest in `package`.

    `package` is the unpacked name-suggestion-index, whose tags say what a brand is called in a language.
    """
    trees = json.loads((package / "dist" / "json" / "nsi.min.json").read_text(encoding="utf-8"))["nsi"]
    counted: dict[str, dict[str, Counter[str]]] = {each: defaultdict(Counter) for each in SCRIPTS.values()}
    for label, tags, places in _items(trees):
        for script, name, shown in _pairs(label, tags, places):
            counted[script][name][shown] += 1
    own: Names = tomllib.loads(own_names.read_text(encoding="utf-8"))
    return {
        script: {name: _commonest(shown) for name, shown in sorted(names.items()) if name in listed}
        | {name: shown for name, shown in own[script].items() if name in listed}
        for script, names in counted.items()
    }


def scripts_of(name: str) -> set[str]:
    """`latin`, `cyrillic`, `other`: the scripts of a name's letters."""
    firsts = {unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha()}
    return {SCRIPTS.get(first, "other") for first in firsts}


def _items(trees: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str], list[Any]]]:
    for _, tree in sorted(trees.items()):
        for item in tree["items"]:
            label = re.sub(r"\s*\([^)]*\)$", "", str(item["displayName"])).strip()
            yield label, item["tags"], item["locationSet"].get("include", [])


def _pairs(label: str, tags: Mapping[str, str], places: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Script, a name that is not in it, and the same brand's name that is."""
    english = _called(tags, language="en", script="latin")
    bulgarian = _called(tags, language="bg", script="cyrillic")
    if scripts_of(label) == {"latin"}:
        english.append(label)
    elif scripts_of(label):
        yield from (("latin", label, shown) for shown in english)
        # A name in Cyrillic may be of any language; one that is used in Bulgaria alone is Bulgarian.
        bulgarian += [label] if scripts_of(label) == {"cyrillic"} and places == ["bg"] else []
    yield from (("cyrillic", name, shown) for name in dict.fromkeys(english) for shown in bulgarian)


def _called(tags: Mapping[str, str], *, language: str, script: str) -> list[str]:
    named = [tags[f"{key}:{language}"] for key in NAMING_TAGS if f"{key}:{language}" in tags]
    return [name for name in named if scripts_of(name) == {script}]


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
