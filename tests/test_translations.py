"""The catalogues that are committed are those of the code, complete, and compiled."""

from string import Formatter

import pytest
from django.conf import settings
from django.utils import translation

from tests.test_packaging.test_dockerfile import is_ignored
from tools import messages
from transactions.domain.category_tree import SHIPPED_CATEGORIES

CATALOGUES = sorted(messages.LOCALES.glob("*/LC_MESSAGES/django.po"))
LONGEST_NAME = 60


def language(path):
    return path.parents[1].name


def fields_of(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_language_but_english_has_a_catalogue():
    offered = {code for code, _ in settings.LANGUAGES}

    assert offered == {"en", *map(language, CATALOGUES)} == {"en", "de", "es", "fr", "bg"}


def test_categories_and_letters_are_translated():
    found = {(context, text) for context, text, _ in messages.texts()}

    assert found >= {("category", shipped.name) for shipped in SHIPPED_CATEGORIES}
    assert ("letter", "Choose a new password") in found


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_a_catalogue_holds_the_texts_of_the_code_each_translated(path):
    """`make messages` brings it into step and names what is missing."""
    catalogue = messages.read_catalogue(path)

    assert messages.as_po(messages.in_step(catalogue)) == path.read_bytes()
    assert [message.id for message in catalogue if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_the_compiled_catalogue_is_the_written_one(path):
    """`make messages` compiles it."""
    catalogue = messages.in_step(messages.read_catalogue(path))

    assert path.with_suffix(".mo").read_bytes() == messages.compiled(catalogue)


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_a_translation_fills_in_the_same_figures(path):
    for message in messages.read_catalogue(path):
        assert fields_of(message.id) == fields_of(message.string), message.id


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_no_two_categories_are_called_the_same_in_a_language(code):
    with translation.override(code):
        names = [translation.pgettext("category", shipped.name) for shipped in SHIPPED_CATEGORIES]

    assert len({name.casefold() for name in names}) == len(SHIPPED_CATEGORIES)
    assert all(0 < len(name) <= LONGEST_NAME for name in names)


def test_the_catalogues_are_in_the_image():
    assert not any(is_ignored(path) for path in ["locale", "locale/de/LC_MESSAGES/django.mo"])
