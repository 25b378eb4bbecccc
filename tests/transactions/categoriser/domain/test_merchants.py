# ruff: noqa: RUF001 (statements come in many scripts)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.categoriser.domain.merchants import fold, merchant_key, merchant_name, name_spellings
from transactions.categoriser.domain.statement_noise import BANK_PHRASES, TAIL_NOISE

PIECES = st.sampled_from(
    sorted(TAIL_NOISE)[::7]
    + [" ".join(phrase) for phrase in sorted(BANK_PHRASES)][::5]
    + [
        "SQ *",
        "//",
        "#12",
        "12.03.2026",
        "XXXX1234",
        "s",
        "12",
        "mar",
        "7",
        "A101",
        "MCDONALD",
        "S",
        "1234",
        "*9A8",
    ]
)


@pytest.mark.parametrize(
    ("description", "key"),
    [
        ("SQ *BLUE BOTTLE COFFEE OAKLAND CA", "blue bottle coffee"),
        ("REWE SAGT DANKE 44325//BERLIN/DE 2026-03-01T18:22:11 KFN 1", "rewe"),
        ("Zettle_*Café Löwe", "cafe lowe"),
        ("TRADER JOE S #123 NEW YORK NY", "trader joes"),
        ("MCDONALD'S F1234 DALLAS TX", "mcdonalds"),
        ("BEA, Betaalpas ALBERT HEIJN 1521,PAS123", "albert heijn"),
        ("ПОКУПКА ПОС БИЛЛА 123 СОФИЯ", "билла"),
        ("CARTE 12/03/24 CARREFOUR CITY PARIS 11", "carrefour city"),
        ("CARD PAYMENT TO TESCO STORES 3345 ON 12 MAR", "tesco"),
        ("H&M 0234 HAMBURG", "h m"),
        ("7-ELEVEN 34456", "7 eleven"),
        ("FIRMA BEISPIEL GMBH", "firma beispiel"),
        ("ХРАНИ ООД", "храни"),
        ("Alza.cz a.s. Praha", "alza"),
        ("SP ALLBIRDS 8889630000", "allbirds"),
        ("बिग बाज़ार", "बिग बाज़ार"),
        ("AMZN Mktp US*2K4TY8", "amzn mktp"),
        ("CARD PURCHASE", "purchase"),
        ("4711 0815", ""),
        ("", ""),
    ],
)
def test_a_key_names_the_merchant_alone(description, key):
    assert merchant_key(description) == fold(key)


def test_one_shop_has_one_key_however_it_is_printed():
    printed = ["CAFE LUNA 0012 GRAZ", "SumUp *Café Luna", "KARTENZAHLUNG CAFE LUNA 12.03.2026 GRAZ AT"]

    assert {merchant_key(text) for text in printed} == {"cafe luna"}


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("ZETTLE_*CAFÉ LÖWE 882", "Café Löwe"),
        ("BLUE BOTTLE COFFEE #12", "Blue Bottle Coffee"),
        ("KFZ BRANDT", "KFZ Brandt"),
        ("ПЕКАРНА ЗОРА 12 СОФИЯ", "Пекарна Зора"),
    ],
)
def test_a_name_is_readable(description, name):
    assert merchant_name(description) == name


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Süd", ["sud", "sued"]),
        ("Mu\u0308ller", ["muller", "mueller"]),
        ("Østerå", ["ostera", "oesteraa"]),
        ("Café", ["cafe"]),
    ],
)
def test_an_umlaut_is_known_in_both_spellings(name, spellings):
    assert name_spellings(name) == spellings


@given(st.text(max_size=60) | st.lists(PIECES | st.text(max_size=8), max_size=8).map(" ".join))
def test_any_text_has_a_key_that_is_its_own_key(text):
    key = merchant_key(text)

    assert merchant_key(key) == key
    merchant_name(text)
