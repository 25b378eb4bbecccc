import pytest

from ingest.domain.letters import plausibility


@pytest.mark.parametrize(
    ("text", "encoding", "wrong"),
    [
        ("Müller Bäckerei Größe", "cp1252", "cp850"),
        ("Žluťoučký kůň příliš", "cp1250", "cp1252"),
        ("Покупка в магазин", "cp1251", "koi8-r"),
        ("Покупка в магазин", "koi8-r", "cp1251"),
        ("Płatność kartą Łódź", "cp852", "cp1250"),
    ],
)
def test_words_look_better_than_letters_thrown_together(text: str, encoding: str, wrong: str):
    misread = text.encode(encoding).decode(wrong, errors="replace")

    assert plausibility(text) > plausibility(misread)


def test_a_currency_sign_beside_a_number_looks_right():
    assert plausibility("paid £3.40") > plausibility("paid Ł3.40")


def test_plain_letters_say_nothing():
    assert plausibility("Shop 3.40") == 0.0
