from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import MerchantFactory, category_of
from transactions.categoriser.adapters.dictionary import StoredDictionary
from transactions.categoriser.adapters.text_model import read_model
from transactions.categoriser.adapters.text_training import digest_of
from transactions.categoriser.domain.dictionary import Brand, Keywords
from transactions.management.commands import train_categoriser

pytestmark = pytest.mark.django_db

FIRST = [
    "adler",
    "berg",
    "dorf",
    "erle",
    "falke",
    "garten",
    "hafen",
    "insel",
    "juwel",
    "krone",
    "linde",
    "mond",
]
LAST = ["nord", "ost", "sued", "west"]


def run(*arguments):
    out = StringIO()
    call_command("train_categoriser", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_file_is_trained_from_the_dictionary_and_the_keywords(tmp_path, monkeypatch):
    trades = {"pharmacy": "apotheke", "hotels": "herberge"}
    brands = [
        (Brand(f"{name}{trade}", code, ""), [f"{name}{trade}"])
        for code, trade in trades.items()
        for name in FIRST
    ]
    stored, keywords = StoredDictionary(brands, hints={}, mcc={}), Keywords.of({})
    monkeypatch.setattr(train_categoriser.dictionary, "read_stored", lambda _path: stored)
    monkeypatch.setattr(train_categoriser.dictionary, "read_keywords", lambda _path: keywords)
    path = tmp_path / "model.gz"

    said = run("--output", path)

    assert "of the guesses are right" in said
    assert set(read_model(path).categories) == {"hotels", "pharmacy", "uncategorised"}
    assert read_model(path).inputs == digest_of(stored, keywords)


def test_a_person_s_own_part_is_measured_and_nothing_is_written(alice, tmp_path):
    for name in FIRST:
        for place in LAST:
            MerchantFactory(user=alice, key=f"{name}verein {place}", category=category_of(alice, "charity"))

    said = run("--person", alice.email, "--output", tmp_path / "model.gz")

    assert said == "Merchants with names like those taught: 97 % of the guesses are right.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_person_who_taught_little_is_told_so(alice):
    assert run("--person", alice.email).startswith("Too little was taught")


def test_an_unknown_address_is_refused():
    with pytest.raises(CommandError, match=r"Nobody here has the address nobody@example\.org\."):
        run("--person", "nobody@example.org")
