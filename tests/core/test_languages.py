import pytest

from core.languages import language_of


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("bg", "bg"),
        ("de", "de"),
        ("de-AT", "de"),
        ("es-419", "es"),
        ("fr-CA", "fr"),
        ("en-GB", "en"),
        ("it", "en"),
        ("den", "en"),
        ("", "en"),
    ],
)
def test_a_tag_means_the_shipped_language_it_begins_with_and_otherwise_english(locale, language):
    assert language_of(locale) == language
