"""What categories and merchants are called in a person's language."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django.utils import translation

from core.languages import language_of
from transactions.categoriser import shipped_merchant_names
from transactions.domain.category_tree import SHIPPED_CATEGORIES
from transactions.models import Category

CONTEXT = "category"


def category_names(locale: str) -> Mapping[str, str]:
    """Code of each shipped category → its name in the language of a tag such as ``de-AT``."""
    return _category_names(language_of(locale))


def category_label(category: Category, *, locale: str) -> str:
    """The person's own name for a category, or the shipped one in their language."""
    return category.name or category_names(locale)[category.code]


def merchant_names(locale: str) -> Mapping[str, str]:
    """Name of a merchant as stored → the one in the person's own script, where it is another.

    A merchant whom the person renamed is stored under that name, which no dictionary knows.
    """
    return shipped_merchant_names(language_of(locale))


def merchants_called(text: str, *, locale: str) -> list[str]:
    """The stored names of merchants whose name in the person's script contains the text, whatever its case."""
    sought = text.casefold()
    return [stored for stored, shown in merchant_names(locale).items() if sought in shown.casefold()]


@lru_cache(maxsize=16)
def _category_names(language: str) -> Mapping[str, str]:
    with translation.override(language):
        return MappingProxyType(
            {shipped.code: translation.pgettext(CONTEXT, shipped.name) for shipped in SHIPPED_CATEGORIES}
        )
