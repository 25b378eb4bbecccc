# ruff: noqa: RUF001  (letters of other alphabets are the point here)
import io

import pytest

from ingest.adapters.text.encoding import detect_encoding, lines_beyond_ascii

TEXTS = {
    "german": "Buchungstag;Empfänger;Betrag;Währung\n01.02.2026;Müller Bäckerei;-3,40;EUR\n",
    "bulgarian": "Дата;Описание;Сума\n01.02.2026;Покупка в магазин Пролет;-3,40\n",
    "czech": "Datum zaúčtování;Částka;Název protiúčtu\n01.02.2026;-3,4;Žluťoučký kůň příliš\n",
    "polish": "Data operacji;Kwota;Tytuł\n2026-01-02;3;Płatność kartą Łódź\n",
    "french": "Date;Libellé;Débit\n01/02/2026;Café de la Gare à Orléans;3,40\n",
    "greek": "Ημερομηνία;Περιγραφή;Ποσό\n01/02/2026;Αγορά καφέ;3\n",
    "turkish": "Tarih;Açıklama;Tutar\n01.02.2026;Alışveriş ığdır şok;3\n",
    "pounds": "Date,Amount\n01/02/2026,£3.40\n",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("german", "utf-8"),
        ("german", "cp1252"),
        ("german", "cp850"),
        ("german", "mac_roman"),
        ("german", "utf-8-sig"),
        ("german", "utf-16"),
        ("german", "utf-16-le"),
        ("bulgarian", "cp1251"),
        ("bulgarian", "koi8-r"),
        ("bulgarian", "cp866"),
        ("czech", "cp1250"),
        ("czech", "iso8859-2"),
        ("czech", "cp852"),
        ("polish", "cp1250"),
        ("polish", "iso8859-2"),
        ("french", "iso8859-1"),
        ("french", "cp437"),
        ("greek", "cp1253"),
        ("turkish", "cp1254"),
        ("pounds", "cp1252"),
        ("pounds", "cp850"),
    ],
)
def test_text_comes_back_from_whatever_it_was_written_in(language: str, encoding: str):
    data = TEXTS[language].encode(encoding)

    assert data.decode(detect_encoding(data).value).removeprefix("\ufeff") == TEXTS[language]


def test_pure_ascii_needs_no_encoding():
    assert detect_encoding(b"Date,Amount\n").value == "ascii"


def test_a_few_damaged_bytes_leave_utf_8():
    data = ("Müller;Bäcker;Öl;Schön\n" * 3).encode() + b"M\xc3ller\n"

    guess = detect_encoding(data)

    assert guess.value == "utf-8"
    assert guess.confidence < 1.0


def test_a_letter_cut_at_the_end_of_the_sample_is_no_damage():
    assert detect_encoding("Bäckerei Mü".encode()[:-1]).confidence == 1.0


def test_lines_that_need_an_encoding_are_found_far_down():
    source = io.BytesIO(b"plain,1\n" * 100_000 + "Müller,2\n".encode("cp1252"))

    assert lines_beyond_ascii(source).strip() == b"M\xfcller,2"
