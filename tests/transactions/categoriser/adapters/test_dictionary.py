import gc
import json
import tomllib

import pytest

from transactions.categoriser.adapters import dictionary
from transactions.categoriser.adapters.brand_index import read_brands, word_hints
from transactions.categoriser.adapters.mcc_categories import mcc_meanings
from transactions.categoriser.adapters.osm_tags import CATEGORY_BY_TAG, OPERATOR_TAGS
from transactions.categoriser.domain.merchants import fold
from transactions.domain.category_tree import CATEGORY_BY_CODE

TREES = {
    "brands/shop/supermarket": {
        "properties": {"exclude": {"generic": ["^(mini)?markt$"]}},
        "items": [
            {
                "displayName": "Beispielmarkt (Deutschland)",
                "locationSet": {"include": ["de", "at-9.geojson"]},
                "matchNames": ["beispiel markt"],
                "tags": {
                    "name": "Beispielmarkt",
                    "name:bg": "Бейшпилмаркт",
                    "brand:wikidata": "Q1",
                    "shop": "x",
                },
            },
            {"displayName": "Minimarkt", "locationSet": {"include": ["001"]}, "tags": {"name": "Minimarkt"}},
        ],
    },
    "brands/amenity/fuel": {
        "properties": {},
        "items": [
            {
                "displayName": "Beispielmarkt",
                "locationSet": {"include": ["de"]},
                "tags": {"name": "Beispielmarkt"},
            }
        ],
    },
    "transit/route/tram": {
        "properties": {},
        "items": [
            {
                "displayName": "Verbund Beispielstadt",
                "locationSet": {"include": ["de"]},
                "tags": {
                    "network": "Verbund Beispielstadt",
                    "operator": "Bahn für Beispielstadt",
                    "operator:short": "BFB",
                    "operator:wikidata": "Q2",
                },
            }
        ],
    },
    "flags/man_made/flagpole": {
        "properties": {},
        "items": [{"displayName": "Flag of Nowhere", "locationSet": {"include": ["001"]}, "tags": {}}],
    },
}


@pytest.fixture
def package(tmp_path):
    index = tmp_path / "package" / "dist" / "json" / "nsi.min.json"
    index.parent.mkdir(parents=True)
    index.write_text(json.dumps({"nsi": TREES}), encoding="utf-8")
    return tmp_path / "package"


@pytest.fixture
def own_merchants(tmp_path):
    path = tmp_path / "merchants.toml"
    path.write_text('[streaming]\nworld = [["Beispielfilm", "bspfilm com"]]\n', encoding="utf-8")
    return path


def build(package, own_merchants, path):
    brands = read_brands(package=package, own_merchants=own_merchants, generic_words=frozenset()).brands()
    dictionary.write_dictionary(path, brands=brands, hints=word_hints(brands), mcc=mcc_meanings())
    return path


def test_building_twice_makes_the_same_bytes(package, own_merchants, tmp_path):
    once = build(package, own_merchants, tmp_path / "once.json.gz")
    again = build(package, own_merchants, tmp_path / "again.json.gz")

    assert once.read_bytes() == again.read_bytes()


def test_a_brand_keeps_its_names_and_places(package, own_merchants, tmp_path):
    stored = dictionary.read_stored(build(package, own_merchants, tmp_path / "dictionary.json.gz"))

    assert [(*brand, aliases) for brand, aliases in stored.brands] == [
        ("Beispielfilm", "streaming", "", ["beispielfilm", "bspfilm com", "bspfilmcom"]),
        (
            "Beispielmarkt",
            "groceries",
            "at de",
            ["beispiel markt", "beispielmarkt", fold("Бейшпилмаркт")],
        ),
        ("Beispielmarkt", "fuel", "de", ["beispielmarkt"]),
        (
            "Bahn für Beispielstadt",
            "public-transport",
            "de",
            [
                "bahn fuer beispielstadt",
                "bahn fur beispielstadt",
                "bahnfuerbeispielstadt",
                "bahnfurbeispielstadt",
                "bfb",
            ],
        ),
        (
            "Verbund Beispielstadt",
            "public-transport",
            "de",
            ["verbund beispielstadt", "verbundbeispielstadt"],
        ),
    ]


def test_a_package_of_another_shape_is_refused(tmp_path, own_merchants):
    with pytest.raises(FileNotFoundError):
        read_brands(package=tmp_path, own_merchants=own_merchants, generic_words=frozenset())


def test_every_category_of_every_source_is_in_the_tree():
    keywords = tomllib.loads(dictionary.KEYWORDS_FILE.read_text(encoding="utf-8"))
    merchants = tomllib.loads(dictionary.OWN_MERCHANTS_FILE.read_text(encoding="utf-8"))
    stored = dictionary.read_stored(dictionary.DICTIONARY_FILE)
    used = {
        *CATEGORY_BY_TAG.values(),
        *keywords,
        *merchants,
        *(meaning.category for meaning in mcc_meanings().values()),
        *(brand.category for brand, _ in stored.brands),
        *(hint.category for hint in stored.hints.values()),
    }

    assert used <= set(CATEGORY_BY_CODE)
    assert set(CATEGORY_BY_TAG) >= OPERATOR_TAGS


def test_the_shipped_file_knows_the_codes_of_the_standard():
    shipped = dictionary.read_stored(dictionary.DICTIONARY_FILE)

    assert shipped.mcc == mcc_meanings()


def test_the_notices_of_the_sources_are_kept():
    notice = (dictionary.DATA / "NOTICE").read_text(encoding="utf-8")

    assert "Copyright 2026, name-suggestion-index contributors" in notice
    assert "Copyright (c) 2020 Jerome Leclanche" in notice


def test_the_collector_of_garbage_passes_over_the_shipped_dictionary():
    shipped = dictionary.shipped_categoriser()

    assert not any(each is shipped._dictionary for each in gc.get_objects())
