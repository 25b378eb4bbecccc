import pytest

from transactions.domain.category_tree import CATEGORY_BY_CODE
from transactions.models import Category
from transactions.selectors.names import category_label, category_names, merchant_names, merchants_called


@pytest.mark.parametrize(
    ("locale", "groceries", "uncategorised"),
    [
        ("en", "Groceries", "Uncategorised"),
        ("de-AT", "Lebensmittel", "Ohne Kategorie"),
        ("es", "Supermercado", "Sin categoría"),
        ("fr", "Courses alimentaires", "Sans catégorie"),
        ("bg", "Хранителни стоки", "Без категория"),
        ("it", "Groceries", "Uncategorised"),
    ],
)
def test_shipped_categories_are_called_by_their_names_in_a_language(locale, groceries, uncategorised):
    names = category_names(locale)

    assert (names["groceries"], names["uncategorised"]) == (groceries, uncategorised)
    assert names.keys() == CATEGORY_BY_CODE.keys()


@pytest.mark.parametrize("language", ["de", "es", "fr", "bg"])
def test_hardly_a_name_is_left_in_english(language):
    names = category_names(language)

    assert {code for code in names if names[code] == CATEGORY_BY_CODE[code].name} <= {
        "streaming", "fitness", "transport", "shopping",
    }  # fmt: skip


def test_the_language_of_the_process_changes_nothing():
    assert category_names("de") is category_names("de-CH")


def test_a_renamed_category_keeps_the_persons_own_name():
    assert category_label(Category(code="groceries"), locale="de") == "Lebensmittel"
    assert category_label(Category(code="groceries", name="Food"), locale="de") == "Food"
    assert category_label(Category(code="", name="Boats"), locale="de") == "Boats"


@pytest.mark.parametrize(
    ("stored", "shown", "languages"),
    [
        ("Фантастико", "Fantastico", ["en", "de", "es", "fr"]),
        ("Лидл", "Lidl", ["en", "de", "es", "fr"]),
        ("A1 България", "A1 Bulgaria", ["en", "de"]),
        ("Lidl", "Лидл", ["bg"]),
        ("Billa", "Билла", ["bg"]),
    ],
)
def test_a_merchant_has_a_name_in_the_letters_that_a_person_reads(stored, shown, languages):
    for language in languages:
        assert merchant_names(language)[stored] == shown


@pytest.mark.parametrize(
    ("stored", "language"), [("Фантастико", "bg"), ("Лидл", "bg"), ("Lidl", "de"), ("Rewe", "bg")]
)
def test_a_name_that_a_person_can_read_stays(stored, language):
    assert stored not in merchant_names(language)


def test_who_reads_cyrillic_gets_latin_letters_for_the_ones_of_a_third_script():
    assert merchant_names("bg")["セブン-イレブン"] == "7-ELEVEN"


def test_merchants_are_found_by_the_name_that_is_shown():
    assert "Lidl" in merchants_called("лидл", locale="bg")
    assert "Фантастико" in merchants_called("FANTAS", locale="de")
    assert merchants_called("лидл", locale="de") == []
