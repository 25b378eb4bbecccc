"""Brands' names written as banks write them, from a seeded generator.

Recipe, drawn independently for each row: the name in upper case; accents dropped in two rows of three; an
apostrophe stays, or becomes nothing or a blank; the name field is cut at 22 letters in one row of two; a
store number follows in one of two, a town in one of two (mostly towns that the normaliser does not list), a
state or country code in one of three, a card mask, time, date or reference in one of six; a processor's
prefix leads in one of ten, otherwise a bank's phrase in one of four.
"""

import random
import unicodedata

_TOWNS = """
BERLIN|MUENCHEN|LONDON|PARIS|MADRID|SOFIA|PRAHA|WARSZAWA|SEATTLE|AUSTIN|TORONTO|OBERHACHING|SWINDON
KETTERING|VILLEURBANNE|GETAFE|PERNIK|KLADNO|PLOCK|YAKIMA|ROUND ROCK|OAKVILLE|BAD VILBEL
MILTON KEYNES|AIX EN PROVENCE|ALCALA DE HEN|GORNA ORYAHOVICA|USTI NAD LABEM|JELENIA GORA|WALLA WALLA
SAINT CLOUD|TRAISKIRCHEN|ZAANDAM|NORRTALJE
"""
TOWNS = tuple(_TOWNS.replace("\n", "|").strip("|").split("|"))
_PHRASES = """
CARD PURCHASE|POS DEBIT|KARTENZAHLUNG|CARTE|COMPRA|PLATBA KARTOU|LASTSCHRIFT
VISA DEBIT|CHECKCARD 0312|ПОКУПКА ПОС|PAGAMENTO POS|KORTKÖP
"""
PHRASES = tuple(_PHRASES.replace("\n", "|").strip("|").split("|"))
REGIONS = ("DE", "GB", "FR", "ES", "BG", "CZ", "PL", "WA", "TX", "CA", "US", "NLD", "DEU")
PROCESSORS = ("SQ *", "SUMUP *", "PAYPAL *", "ZETTLE_*", "TST* ", "IZ *", "SP ")
TRACES = ("XXXX4821", "12.03.2026", "03/14", "18:22", "AUTH 552731", "REF:88A1290")
NAME_FIELD = 22


def bank_text(name: str, rng: random.Random) -> str:
    """`name` as one bank might print it."""
    text = name.upper().replace("’", "'")  # noqa: RUF001 (the sign is what is replaced)
    if rng.random() < 2 / 3:
        text = _without_accents(text)
    text = text.replace("'", rng.choice(("", " ", "'")))
    if rng.random() < 1 / 2:
        text = text[:NAME_FIELD].rstrip()
    written = " ".join([text, *_tail(rng)])
    if rng.random() < 1 / 10:
        return rng.choice(PROCESSORS) + written
    return f"{rng.choice(PHRASES)} {written}" if rng.random() < 1 / 4 else written


def _tail(rng: random.Random) -> list[str]:
    store = rng.choice(
        (f"{rng.randint(100, 99999)}", f"#{rng.randint(10, 9999)}", f"F{rng.randint(1000, 9999)}")
    )
    drawn = (
        (store, 1 / 2),
        (rng.choice(TOWNS), 1 / 2),
        (rng.choice(REGIONS), 1 / 3),
        (rng.choice(TRACES), 1 / 6),
    )
    return [part for part, chance in drawn if rng.random() < chance]


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f")
    )
