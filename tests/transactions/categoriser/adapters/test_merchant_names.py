import json
import tomllib

import pytest

from transactions.categoriser.adapters import merchant_names
from transactions.categoriser.adapters.dictionary import DICTIONARY_FILE, read_stored
from transactions.categoriser.adapters.merchant_names import (
    collect_names,
    read_names,
    scripts_of,
    write_names,
)


def item(label, *, places=("001",), **tags):
    named = {key.replace("_", ":"): value for key, value in tags.items()}
    return {"displayName": label, "locationSet": {"include": list(places)}, "tags": named}


@pytest.fixture
def collected(tmp_path):
    def collect(*items, own="[latin]\n[cyrillic]\n", listed=None):
        folder = tmp_path / "dist" / "json"
        folder.mkdir(parents=True)
        trees = {"nsi": {"brands/shop/supermarket": {"items": list(items)}}}
        (folder / "nsi.min.json").write_text(json.dumps(trees), encoding="utf-8")
        (tmp_path / "own.toml").write_text(own, encoding="utf-8")
        brands = listed or {one["displayName"].partition(" (")[0] for one in items}
        return collect_names(package=tmp_path, own_names=tmp_path / "own.toml", listed=brands)

    return collect


def test_a_name_in_other_letters_gets_its_english_one(collected):
    found = collected(item("Магазин", name_en="Magazin"), item("店", brand_en="The Shop"))

    assert found == {"latin": {"Магазин": "Magazin", "店": "The Shop"}, "cyrillic": {}}


def test_a_name_in_latin_letters_gets_its_bulgarian_one(collected):
    assert collected(item("Markt (България)", name_bg="Маркт"))["cyrillic"] == {"Markt": "Маркт"}


def test_a_bulgarian_name_counts_for_the_brand_of_the_same_english_name(collected):
    bulgarian = item("Маркт", places=["bg"], brand_en="Markt")

    assert collected(bulgarian, item("Markt")) == {
        "latin": {"Маркт": "Markt"},
        "cyrillic": {"Markt": "Маркт"},
    }


def test_a_russian_name_is_not_taken_for_a_bulgarian_one(collected):
    assert collected(item("Маркт", places=["ru"], name_en="Markt"), item("Markt"))["cyrillic"] == {}


def test_among_several_names_the_commonest_counts(collected):
    found = collected(item("店", name_en="B"), item("店 (2)", name_en="A"), item("店 (3)", name_en="B"))

    assert found["latin"] == {"店": "B"}


def test_an_english_name_in_other_letters_is_none(collected):
    assert collected(item("店", name_en="店"), item("Shop", name_en="The Shop")) == {
        "latin": {},
        "cyrillic": {},
    }


def test_ours_come_first_and_only_brands_of_the_dictionary_are_named(collected):
    own = '[latin]\n"店" = "Ours"\n"Жар" = "Zhar"\n[cyrillic]\n'

    assert collected(item("店", name_en="Theirs"), own=own)["latin"] == {"店": "Ours"}


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Lidl", {"latin"}),
        ("Œuvre à 3", {"latin"}),
        ("Лидл", {"cyrillic"}),
        ("A1 България", {"latin", "cyrillic"}),
        ("セブン", {"other"}),
        ("24/7", set()),
    ],
)
def test_scripts_are_told_by_letters(name, scripts):
    assert scripts_of(name) == scripts


def test_the_same_names_are_the_same_file(tmp_path):
    names = {"latin": {"Жар": "Zhar", "Юг": "Yug"}, "cyrillic": {}}
    for file in ("one", "two"):
        write_names(tmp_path / file, names)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert read_names(tmp_path / "one") == names


def test_the_shipped_file_names_brands_of_the_shipped_dictionary():
    brands = {brand.name for brand, _ in read_stored(DICTIONARY_FILE).brands}
    names = read_names(merchant_names.NAMES_FILE)

    assert names["latin"].keys() | names["cyrillic"].keys() <= brands
    assert len(names["latin"]) > 2000
    assert all(scripts_of(shown) == {"cyrillic"} for shown in names["cyrillic"].values())


def test_the_shipped_file_holds_our_own_names():
    own = tomllib.loads(merchant_names.OWN_NAMES_FILE.read_text(encoding="utf-8"))
    names = read_names(merchant_names.NAMES_FILE)

    for script, listed in own.items():
        assert names[script] | listed == names[script]
